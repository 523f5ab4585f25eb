//! How many came to a group's meeting, and the same taken back where it was recorded in error: heads, and nobody's name.

use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::peer_groups::{self as groups, CancelMeeting, GroupMeeting, RecordMeeting};

use super::LATEST;
use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;

/// How long a group's first meeting is likely to last, in minutes; later ones as long as the last one.
const LIKELY_MINUTES: i32 = 90;

/// The form of one that was held: tonight's, as long as the last one.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records it.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let on = reading.day("on");
        let heads = reading.number("heads");
        let first_timers = reading.number_if("firstTimers");
        let minutes = reading.number("minutes");
        let ((on, heads), minutes) = reading.done(on.zip(heads).zip(minutes))?;
        let input = RecordMeeting {
            group: visit.id()?,
            on,
            minutes,
            heads,
            first_timers,
        };
        groups::record_meeting(&visit.ctx, &visit.key(), input).await?;
        Ok(input.group)
    };
    match done.await {
        Ok(group) => Ok(Answer::to(&format!(
            "/groups/{}?done=group-meeting",
            group.encode()
        ))),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The question whether it was recorded in error.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_page(&visit, Faults::default()).await
}

/// Takes it back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = CancelMeeting {
            meeting: visit.id()?,
            version: visit.version(),
        };
        let meeting = find(&visit).await?;
        groups::cancel_meeting(&visit.ctx, &visit.key(), input).await?;
        Ok(meeting.peer_group_id)
    };
    match done.await {
        Ok(group) => Ok(Answer::to(&format!(
            "/groups/{}?done=group-meeting-cancel",
            group.encode()
        ))),
        Err(error) => cancel_page(&visit, Faults::of(error)?).await,
    }
}

/// The meeting in the path, for whoever sees its group.
async fn find(visit: &Visit) -> Result<GroupMeeting> {
    let id = visit.id()?;
    let found = match groups::find_meeting(&visit.ctx, id).await {
        Err(Error::Forbidden) => None,
        found => found?,
    };
    found.ok_or(Error::NotFound)
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let group = super::find(visit).await?;
    let args = PageArgs { first: 1, ..LATEST };
    let last = groups::meetings(&visit.ctx, group.id, args).await?;
    let last = last.rows.first();
    let texts = &visit.frame.texts;
    let mut facts = vec![texts.fact("group", group.name)];
    facts.extend(last.map(|it| texts.fact("group-last", called(texts, it))));
    let today = visit.ctx.today;
    let goes_on = group.from_on <= today && group.to_on.is_none_or(|to| today <= to);
    Form::new(visit, "group-meeting", faults)
        .about(facts)
        .back(format!("/groups/{}", group.id.encode()))
        .day("on", goes_on.then_some(today))
        .number("heads", None)
        .number("firstTimers", None)
        .number(
            "minutes",
            Some(last.map_or(LIKELY_MINUTES, |it| it.minutes.into())),
        )
        .answer()
}

async fn cancel_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let group = super::the(visit, found.peer_group_id).await?;
    if found.is_cancelled {
        return Err(Error::NotFound);
    }
    let texts = &visit.frame.texts;
    let back = format!("/groups/{}", group.id.encode());
    Form::new(visit, "group-meeting-cancel", faults)
        .about(vec![
            texts.fact("group", group.name),
            texts.fact("group-meeting", called(texts, &found)),
        ])
        .version(found.version)
        .back(back)
        .answer()
}

/// A meeting as it is told in a line.
fn called(texts: &Texts, of: &GroupMeeting) -> String {
    let heads = texts.with("group-heads", &[("n", of.heads)]);
    format!("{}. {heads}", texts.day(of.on_date))
}
