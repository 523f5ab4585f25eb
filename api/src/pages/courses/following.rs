//! Which version of a curriculum a planned course follows.

use rinnalla_domain::courses::{self, Course, FollowCurriculum};
use rinnalla_domain::curricula;
use rinnalla_domain::error::Result;
use rinnalla_domain::ids::{CurriculumId, Id as _, OrganisationId};

use super::leading::managed;
use crate::pages::answer::Answer;
use crate::pages::curricula::called;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Has the course follow what was chosen.
pub async fn follow(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let curriculum = chosen(&mut reading, &visit);
        let input = FollowCurriculum {
            course: visit.id()?,
            version: visit.version(),
            curriculum: reading.done(curriculum)?,
        };
        courses::follow_curriculum(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!(
            "/courses/{}?done=course-curriculum",
            id.encode()
        ))),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// A version, or none where nothing is chosen.
pub(super) fn chosen(reading: &mut Reading<'_>, visit: &Visit) -> Option<Option<CurriculumId>> {
    match visit.sent.get("curriculumId") {
        "" => Some(None),
        _ => reading.id("curriculumId").map(Some),
    }
}

/// The versions of some associations, each with its number.
pub(super) async fn versions(
    visit: &Visit,
    of: &[OrganisationId],
) -> Result<Vec<(String, String)>> {
    let found = curricula::list(&visit.ctx, None).await?;
    let found = found.iter().filter(|it| of.contains(&it.organisation_id));
    Ok(found
        .map(|it| (it.id.encode(), called(visit, it)))
        .collect())
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let course: Course = managed(visit).await?;
    let versions = versions(visit, &[course.organisation_id]).await?;
    let likely = course.curriculum_id.map(|it| it.encode());
    let texts = &visit.frame.texts;
    Form::new(visit, "course-curriculum", faults)
        .about(vec![texts.fact("course", course.name)])
        .version(course.version)
        .back(format!("/courses/{}", course.id.encode()))
        .select("curriculumId", versions, likely)
        .answer()
}
