//! The workshops of a version: one that was held is recorded, and one that was recorded in error is taken back.

use rinnalla_domain::curricula::{self, AddWorkshop, CancelWorkshop};
use rinnalla_domain::error::Result;
use rinnalla_domain::ids::Id as _;

use super::find;
use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How long what was changed may be told, in characters: as the database holds it.
const CHANGED_MAX_CHARS: usize = 400;

/// The form of one that was held.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records it.
pub async fn add(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let on = reading.day("on");
        let heads = reading
            .number("professionals")
            .zip(reading.number("developers"));
        let changed = reading.text("changed");
        let ((on, (professionals, developers)), changed) =
            reading.done(on.zip(heads).zip(changed))?;
        let input = AddWorkshop {
            curriculum: visit.id()?,
            version: visit.version(),
            on,
            professionals,
            developers,
            changed,
        };
        curricula::add_workshop(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!(
            "/curricula/{}?done=workshop-add",
            id.encode()
        ))),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The question which one was recorded in error.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_page(&visit, Faults::default()).await
}

/// Takes it back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let workshop = reading.id("curriculumWorkshopId");
        let input = CancelWorkshop {
            curriculum: visit.id()?,
            version: visit.version(),
            workshop: reading.done(workshop)?,
        };
        curricula::cancel_workshop(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!(
            "/curricula/{}?done=workshop-cancel",
            id.encode()
        ))),
        Err(error) => cancel_page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let texts = &visit.frame.texts;
    Form::new(visit, "workshop-add", faults)
        .about(vec![texts.fact("curriculum", super::called(visit, &found))])
        .version(found.version)
        .back(format!("/curricula/{}", found.id.encode()))
        .day("on", Some(visit.ctx.today))
        .number("professionals", None)
        .number("developers", None)
        .long_line("changed", None, CHANGED_MAX_CHARS)
        .answer()
}

async fn cancel_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let mut workshops = curricula::workshops_for(&visit.ctx, &[found.id]).await?;
    let texts = &visit.frame.texts;
    let workshops = workshops.remove(&found.id).unwrap_or_default();
    let choices = workshops.into_iter().map(|it| {
        let told = format!("{}: {}", texts.date(it.on_date), it.changed);
        (it.id.encode(), told)
    });
    Form::new(visit, "workshop-cancel", faults)
        .about(vec![texts.fact("curriculum", super::called(visit, &found))])
        .version(found.version)
        .back(format!("/curricula/{}", found.id.encode()))
        .choices("curriculumWorkshopId", choices.collect::<Vec<_>>(), None)
        .answer()
}
