//! A pause, and going on after it: a day each.

use rinnalla_domain::error::Result;
use rinnalla_domain::support_relationships::{self, Pause, Resume};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The form of a pause.
pub async fn show_pause(visit: Visit) -> Result<Answer> {
    page(&visit, "pause", "pausedOn", Faults::default()).await
}

/// Records the pause.
pub async fn pause(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let day = reading.day("pausedOn");
        let input = Pause {
            relationship: visit.id()?,
            version: visit.version(),
            paused_on: reading.done(day)?,
        };
        support_relationships::pause(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("pause")),
        Err(error) => page(&visit, "pause", "pausedOn", Faults::of(error)?).await,
    }
}

/// The form of going on.
pub async fn show_resume(visit: Visit) -> Result<Answer> {
    page(&visit, "resume", "resumedOn", Faults::default()).await
}

/// Records that it goes on.
pub async fn resume(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let day = reading.day("resumedOn");
        let input = Resume {
            relationship: visit.id()?,
            version: visit.version(),
            resumed_on: reading.done(day)?,
        };
        support_relationships::resume(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("resume")),
        Err(error) => page(&visit, "resume", "resumedOn", Faults::of(error)?).await,
    }
}

async fn page(
    visit: &Visit,
    name: &'static str,
    day: &'static str,
    faults: Faults,
) -> Result<Answer> {
    let found = super::find(visit).await?;
    Form::new(visit, name, faults)
        .about(super::facts(visit, &found))
        .version(found.version)
        .back(super::back(&found))
        .day(day, Some(visit.ctx.today))
        .answer()
}
