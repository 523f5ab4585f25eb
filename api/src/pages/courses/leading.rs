//! What a coordinator does with a planned course: says who leads it, and takes people in.

use rinnalla_domain::access::ManageCourses;
use rinnalla_domain::courses::{self, AssignFacilitator, Course, OnCourse};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{CourseId, Id as _};
use rinnalla_domain::states::{FacilitatorKind, Role};

use crate::pages::answer::Answer;
use crate::pages::associations::in_a_role;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// Who may lead it.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Says who leads it.
pub async fn assign(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let person = reading.id("personId");
        let kind = reading.choice("kind", FacilitatorKind::ALL, FacilitatorKind::code);
        let (person, kind) = reading.done(person.zip(kind))?;
        let input = AssignFacilitator {
            course: visit.id()?,
            version: visit.version(),
            person,
            kind,
        };
        courses::assign(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads_back(id, "course-leader")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The question whether people are taken in from now on.
pub async fn show_open(visit: Visit) -> Result<Answer> {
    open_page(&visit, Faults::default()).await
}

/// Takes them in.
pub async fn open(visit: Visit) -> Result<Answer> {
    let done = async {
        let on = OnCourse {
            course: visit.id()?,
            version: visit.version(),
        };
        courses::open(&visit.ctx, &visit.key(), on).await
    };
    match done.await {
        Ok(id) => Ok(leads_back(id, "course-opened")),
        Err(error) => open_page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let course = managed(visit).await?;
    let people = who_may_lead(visit, &course).await?;
    let texts = &visit.frame.texts;
    let kinds = texts.named("leads-as", FacilitatorKind::ALL, FacilitatorKind::code);
    Form::new(visit, "course-leader", faults)
        .about(vec![texts.fact("course", course.name)])
        .version(course.version)
        .back(format!("/courses/{}", course.id.encode()))
        .select("personId", people, None)
        .choices("kind", kinds, Some(FacilitatorKind::Professional.code()))
        .answer()
}

async fn open_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let course = managed(visit).await?;
    let texts = &visit.frame.texts;
    Form::new(visit, "course-open", faults)
        .about(vec![texts.fact("course", course.name)])
        .version(course.version)
        .back(format!("/courses/{}", course.id.encode()))
        .answer()
}

/// The course in the path, for whoever plans courses; whoever only leads one finds no such page.
pub(super) async fn managed(visit: &Visit) -> Result<Course> {
    match visit.may::<ManageCourses>() {
        true => super::find(visit).await,
        false => Err(Error::NotFound),
    }
}

/// The association's facilitators and peer guides of today, by name.
async fn who_may_lead(visit: &Visit, course: &Course) -> Result<Vec<(String, String)>> {
    let roles = [Role::Facilitator, Role::PeerGuide];
    let people = in_a_role(visit, &[course.organisation_id], &roles).await?;
    let people = people.into_iter();
    Ok(people.map(|(id, name)| (id.encode(), name)).collect())
}

fn leads_back(id: CourseId, what: &str) -> Answer {
    Answer::to(&format!("/courses/{}?done={what}", id.encode()))
}
