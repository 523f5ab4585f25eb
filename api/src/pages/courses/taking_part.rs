//! Somebody more who takes part in a course, under a name or a pseudonym: nothing else is asked of anybody.

use rinnalla_domain::courses::{self, AddSomebody};
use rinnalla_domain::error::Result;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::personal::Personal;

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Adds them: they have a place, or wait for one.
pub async fn add(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let name = reading.text("name");
        let is_pseudonym = reading.tick("isPseudonym");
        let input = AddSomebody {
            course: visit.id()?,
            name: Personal::from(reading.done(name)?),
            is_pseudonym,
        };
        courses::add(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => {
            let course = super::find(&visit).await?;
            let course = course.id.encode();
            Ok(Answer::to(&format!(
                "/courses/{course}?done=course-enrolled"
            )))
        }
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let course = super::find(visit).await?;
    let texts = &visit.frame.texts;
    Form::new(visit, "course-enrol", faults)
        .about(vec![texts.fact("course", course.name)])
        .version(course.version)
        .back(format!("/courses/{}", course.id.encode()))
        .line("name", None)
        .tick("isPseudonym", false)
        .answer()
}
