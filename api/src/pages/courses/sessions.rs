//! One session put elsewhere: moved, cancelled, made up for, or held after all. The others keep their days.

use rinnalla_domain::courses::{self, CourseSession, MakeUpSession, MoveSession, OnSession, rules};
use rinnalla_domain::error::Result;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::CourseSessionStatus;

use crate::pages::answer::Answer;
use crate::pages::attendance;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// What a form is about, sent along: once it is done, the session is of another state, and the same form sent again is
/// still the same act.
const ACT: &str = "act";
const MAKE_UP: &str = "session-make-up";
const REINSTATE: &str = "session-reinstate";

/// Another day or time for one that is to come; another session for one that is cancelled.
pub async fn show_move(visit: Visit) -> Result<Answer> {
    move_form(&visit, Faults::default()).await
}

/// Moves it, or makes up for it.
pub async fn put(visit: Visit) -> Result<Answer> {
    let done = async {
        let found = attendance::find(&visit).await?;
        let mut reading = Reading::of(&visit.sent);
        let at = reading.day("on").zip(reading.time("startsAt"));
        let (on, starts_at) = reading.done(at)?;
        let (session, version) = (found.id, visit.version());
        if visit.sent.get(ACT) == MAKE_UP {
            let input = MakeUpSession {
                session,
                version,
                on,
                starts_at,
            };
            courses::make_up_session(&visit.ctx, &visit.key(), input).await?;
            return Ok((found, "session-made-up"));
        }
        let input = MoveSession {
            session,
            version,
            on,
            starts_at,
        };
        courses::move_session(&visit.ctx, &visit.key(), input).await?;
        Ok((found, "session-moved"))
    };
    match done.await {
        Ok((found, what)) => Ok(leads_back(&found, what)),
        Err(error) => move_form(&visit, Faults::of(error)?).await,
    }
}

/// The question whether to cancel one that is to come, or to hold a cancelled one after all.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_form(&visit, Faults::default()).await
}

/// Cancels it, or takes that back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let found = attendance::find(&visit).await?;
        let on = OnSession {
            session: found.id,
            version: visit.version(),
        };
        if visit.sent.get(ACT) == REINSTATE {
            courses::reinstate_session(&visit.ctx, &visit.key(), on).await?;
            return Ok((found, "session-reinstated"));
        }
        courses::cancel_session(&visit.ctx, &visit.key(), on).await?;
        Ok((found, "session-cancelled"))
    };
    match done.await {
        Ok((found, what)) => Ok(leads_back(&found, what)),
        Err(error) => cancel_form(&visit, Faults::of(error)?).await,
    }
}

async fn move_form(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = attendance::find(visit).await?;
    let texts = &visit.frame.texts;
    let (name, likely) = match is_cancelled(&found) {
        true => (MAKE_UP, None),
        false => ("session-move", Some(found.on_date)),
    };
    form(visit, name, faults, &found)
        .day("on", likely)
        .line("startsAt", Some(texts.time(found.starts_at())))
        .answer()
}

async fn cancel_form(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = attendance::find(visit).await?;
    let name = match is_cancelled(&found) {
        true => REINSTATE,
        false => "session-cancel",
    };
    form(visit, name, faults, &found).answer()
}

fn form(visit: &Visit, name: &'static str, faults: Faults, found: &CourseSession) -> Form {
    let texts = &visit.frame.texts;
    let mut facts = vec![texts.fact("session", texts.moment(found.begins()))];
    facts.extend(found.theme.clone().map(|theme| texts.fact("theme", theme)));
    Form::new(visit, name, faults)
        .about(facts)
        .version(found.version)
        .hidden(ACT, name)
        .back(format!("/courses/{}", found.course_id.encode()))
}

fn is_cancelled(found: &CourseSession) -> bool {
    found.status == CourseSessionStatus::Cancelled
}

/// What may be done with a session besides recording who was there: where that leads, and what it is called.
pub fn ways(found: &CourseSession, is_made_up: bool) -> Vec<(String, &'static str)> {
    let path = |act| format!("/attendance/{}/{act}", found.id.encode());
    match is_cancelled(found) {
        true if is_made_up => Vec::new(),
        true => vec![
            (path("move"), "session-make-up"),
            (path("cancel"), "session-reinstate"),
        ],
        false if rules::is_to_come(found.status) => vec![
            (path("move"), "session-move"),
            (path("cancel"), "session-cancel"),
            (path("sheet"), "session-sheet"),
        ],
        false => Vec::new(),
    }
}

fn leads_back(found: &CourseSession, what: &str) -> Answer {
    Answer::to(&format!(
        "/courses/{}?done={what}",
        found.course_id.encode()
    ))
}
