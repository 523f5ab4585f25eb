//! Support relationships: the viewer's own, how each stands, and what may be done about it.

pub mod agreement;
pub mod agreement_sheet;
pub mod end;
pub mod first_meeting;
pub mod hand_over;
pub mod hand_over_sheet;
pub mod meeting;
pub mod rest;

use askama::Template;
use rinnalla_domain::access::{
    ManageRelationships, MoveCaseload, RecordAgreements, RecordMeetings,
};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, SupportRelationshipId};
use rinnalla_domain::meetings;
use rinnalla_domain::page::{Cursor, Page, PageArgs};
use rinnalla_domain::states::SupportRelationshipStatus as Status;
use rinnalla_domain::support_relationships::{self, Filter, SupportRelationship, With};

use super::answer::Answer;
use super::form::Fact;
use super::item::{Item, Way};
use super::visit::{Frame, Visit};

/// How many stand on one page.
const ROWS: u16 = 40;

#[derive(Template)]
#[template(path = "relationships.html")]
struct Relationships {
    frame: Frame,
    rows: Vec<Row>,
    /// Where the list goes on.
    next: Option<String>,
}

struct Row {
    path: String,
    case_code: String,
    status: String,
    /// Where a meeting is recorded, for whom it may be.
    meeting: Option<String>,
}

/// The viewer's own relationships, the newest first; those of the whole organisation for a coordinator.
pub async fn list(visit: Visit) -> Result<Answer> {
    let after = Some(visit.query.get("after")).filter(|after| !after.is_empty());
    let after = after.map(Cursor::decode).transpose();
    let page = PageArgs {
        first: ROWS,
        after: after.map_err(|_| Error::NotFound)?,
        total: false,
    };
    let page =
        match support_relationships::list(&visit.ctx, &Filter::default(), page, With::default())
            .await
        {
            // Whoever sees no relationships has none.
            Err(Error::Forbidden) => Page {
                rows: Vec::new(),
                has_next: false,
                total: None,
            },
            found => found?,
        };
    let next = page.rows.last().filter(|_| page.has_next);
    Answer::page(&Relationships {
        next: next.map(|row| format!("/relationships?after={}", row.cursor().encode())),
        rows: page.rows.iter().map(|row| listed(&visit, row)).collect(),
        frame: visit.frame.titled(visit.say("relationships")),
    })
}

fn listed(visit: &Visit, row: &SupportRelationship) -> Row {
    let path = format!("/relationships/{}", row.id.encode());
    Row {
        case_code: row.shown_case_code(),
        status: status(visit, row),
        meeting: takes_meetings(visit, row).then(|| format!("{path}/meeting")),
        path,
    }
}

/// How a relationship stands, and what may be done.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    let totals = meetings::totals_for(&visit.ctx, &[found.id]).await?;
    let totals = totals.get(&found.id).copied().unwrap_or_default();
    let texts = &visit.frame.texts;
    let mut facts = facts(&visit, &found);
    if found.first_meeting_on.is_some() {
        let met = [
            ("meetings", totals.meetings),
            ("hours", totals.minutes / 60),
        ];
        facts.push(texts.fact("meetings", texts.with("relationship-met", &met)));
    }
    let path = format!("/relationships/{}", found.id.encode());
    let manages = visit.may::<ManageRelationships>();
    let has_begun = found.first_meeting_on.is_some();
    let is_own = Some(visit.ctx.actor()?.person) == found.professional_id;
    let is_open = !matches!(found.status, Status::Ended | Status::Cancelled);
    let ways = [
        (manages && found.status == Status::Proposed, "first-meeting"),
        (takes_meetings(&visit, &found), "meeting"),
        (
            is_open && has_begun && visit.may::<RecordAgreements>(),
            "agreement",
        ),
        (manages && found.status == Status::Active, "pause"),
        (manages && found.status == Status::Paused, "resume"),
        (manages && is_open && has_begun, "end"),
        (
            is_own && is_open && visit.may::<MoveCaseload>(),
            "hand-over",
        ),
        (found.status != Status::Cancelled, "agreement-sheet"),
        (hand_over_sheet::is_for(&visit, &found), "hand-over-sheet"),
    ];
    let ways = ways
        .into_iter()
        .filter(|(may, _)| *may)
        .map(|(_, name)| Way {
            path: format!("{path}/{name}"),
            label: visit.say(&format!("{name}-way")),
            hint: visit.say(&format!("{name}-way-hint")),
        });
    let heading = visit.say("relationship");
    Answer::page(&Item {
        frame: visit.frame.titled(heading.clone()),
        heading,
        status: status(&visit, &found),
        is_late: false,
        facts,
        ways: ways.collect(),
    })
}

/// The relationship in the path, or the same answer as for one that is not there.
async fn find(visit: &Visit) -> Result<SupportRelationship> {
    let id = visit.id::<SupportRelationshipId>()?;
    let found = support_relationships::find(&visit.ctx, id).await?;
    found.ok_or(Error::NotFound)
}

/// What stands above a relationship's page and each of its forms.
fn facts(visit: &Visit, found: &SupportRelationship) -> Vec<Fact> {
    let texts = &visit.frame.texts;
    let known = found.particulars.as_ref();
    let days = [
        ("relationship-proposed", known.map(|it| it.proposed_on)),
        ("relationship-first-meeting", found.first_meeting_on),
        (
            "relationship-agreed-until",
            known.and_then(|it| it.agreed_until),
        ),
        ("relationship-ended", found.ended_on),
    ];
    let case = texts.fact("case", found.shown_case_code());
    let days = days.into_iter();
    let days = days.filter_map(|(name, day)| Some(texts.fact(name, texts.day(day?))));
    [case].into_iter().chain(days).collect()
}

fn status(visit: &Visit, found: &SupportRelationship) -> String {
    let code = found.status.code().to_lowercase().replace('_', "-");
    visit.say(&format!("relationship-is-{code}"))
}

/// Whether meetings can be recorded: from the first meeting on, also late ones after the end.
fn takes_meetings(visit: &Visit, found: &SupportRelationship) -> bool {
    let has_begun = found.first_meeting_on.is_some() && found.status != Status::Cancelled;
    has_begun && visit.may::<RecordMeetings>()
}

/// The way back from a form.
fn back(found: &SupportRelationship) -> String {
    format!("/relationships/{}", found.id.encode())
}
