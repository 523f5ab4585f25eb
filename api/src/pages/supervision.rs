//! Supervision, for supervisors: the sessions that they hold, and who was there.

pub mod contact_me;
pub mod contact_requests;
pub mod invitations;

use rinnalla_domain::access::Supervise;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, PersonId, SupervisionSessionId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::people;
use rinnalla_domain::states::{SupervisionPresence, SupervisionStatus};
use rinnalla_domain::supervision_sessions::{
    self as sessions, Filter, Mark, Record, SupervisionSession,
};

use super::answer::Answer;
use super::form::{Faults, Form};
use super::listing::{Card, Listing, Way};
use super::sent::Reading;
use super::visit::Visit;

/// How many sessions the page shows: those to come and the last ones.
const MOST: u16 = 50;

/// The sessions that one holds.
pub async fn list(visit: Visit) -> Result<Answer> {
    let texts = &visit.frame.texts;
    let args = PageArgs {
        first: MOST,
        after: None,
        total: false,
    };
    let found = match sessions::list(&visit.ctx, &Filter::default(), args).await {
        Err(Error::Forbidden) => Vec::new(),
        found => found?.rows,
    };
    let card = |it: &SupervisionSession| {
        let may_record = it.on_date <= visit.ctx.today && it.status != SupervisionStatus::Cancelled;
        let path = format!("/supervision/{}", it.id.encode());
        let record = may_record.then(|| Way::new(&visit, path, "supervision-record"));
        Card {
            title: texts.day(it.on_date),
            status: texts.name_of("supervision-status", &it.status.code()),
            warnings: Vec::new(),
            lines: vec![it.organisation_name.clone()],
            ways: record.into_iter().collect(),
        }
    };
    let mut listing = Listing::new(&visit, visit.say("supervision"), "supervision-none");
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    listing.ways = contact_requests::way(&visit).await?.into_iter().collect();
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

/// The form for who was there.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records who was there of those who were invited.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let session = find(&visit).await?;
        let there = visit.sent.all("marks");
        let mark = |person: PersonId| Mark {
            person,
            status: match there.contains(&person.encode()) {
                true => SupervisionPresence::Attended,
                false => SupervisionPresence::Absent,
            },
        };
        let mut reading = Reading::of(&visit.sent);
        let minutes = reading.number("minutes");
        let input = Record {
            session: session.id,
            version: visit.version(),
            minutes: reading.done(minutes)?,
            marks: invited(&visit, &session)
                .await?
                .into_iter()
                .map(mark)
                .collect(),
        };
        sessions::record(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/supervision?done=supervision")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn find(visit: &Visit) -> Result<SupervisionSession> {
    let id = visit.id::<SupervisionSessionId>()?;
    if !visit.may::<Supervise>() {
        return Err(Error::NotFound);
    }
    let found = sessions::find(&visit.ctx, id).await?;
    found.ok_or(Error::NotFound)
}

/// Everybody who was invited, and whoever was there besides.
async fn invited(visit: &Visit, session: &SupervisionSession) -> Result<Vec<PersonId>> {
    let of = [session.id];
    let mut invited = sessions::invitations_for(&visit.ctx, &of).await?;
    let mut present = sessions::presences_for(&visit.ctx, &of).await?;
    let invited = invited.remove(&session.id).unwrap_or_default();
    let present = present.remove(&session.id).unwrap_or_default();
    let mut all: Vec<PersonId> = invited.iter().map(|it| it.person_id).collect();
    all.extend(present.iter().map(|it| it.person_id));
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let session = find(visit).await?;
    let all = invited(visit, &session).await?;
    let people = people::for_ids(&visit.ctx, &all).await?;
    let present = sessions::presences_for(&visit.ctx, &[session.id]).await?;
    let present = present.into_values().flatten();
    let there = present.filter(|it| it.status == SupervisionPresence::Attended);
    let likely = match session.status {
        SupervisionStatus::Held => there.map(|it| it.person_id.encode()).collect(),
        _ => all.iter().map(|id| id.encode()).collect(),
    };
    let texts = &visit.frame.texts;
    let name = |id: &PersonId| {
        let known = people.get(id).map(|it| it.name.reveal().clone());
        (
            id.encode(),
            known.unwrap_or_else(|| texts.say("evening-nameless")),
        )
    };
    Form::new(visit, "supervision-record", faults)
        .about(vec![texts.fact("day", texts.day(session.on_date))])
        .version(session.version)
        .back("/supervision".to_owned())
        .number(
            "minutes",
            Some(i32::from(session.held_minutes.unwrap_or(session.minutes))),
        )
        .several("marks", all.iter().map(name), likely)
        .answer()
}
