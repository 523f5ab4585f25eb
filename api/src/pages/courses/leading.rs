//! What a coordinator does with a planned course: says who leads it, and takes people in.

use std::collections::HashMap;

use rinnalla_domain::access::ManageCourses;
use rinnalla_domain::courses::{self, AssignFacilitator, Course, OnCourse};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{CourseId, Id as _, PersonId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::people::{self, RoleGrant};
use rinnalla_domain::states::{FacilitatorKind, Role};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How many of the association's people are looked through for those who may lead.
const PEOPLE: i32 = 100;

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
    let (of, today) = (course.organisation_id, visit.ctx.today);
    let filter = people::Filter {
        organisation: Some(of),
        search: None,
    };
    let page = PageArgs::new(Some(PEOPLE), None, false)?;
    let known = people::list(&visit.ctx, &filter, page).await?.rows;
    let ids: Vec<PersonId> = known.iter().map(|it| it.id).collect();
    let roles: HashMap<PersonId, Vec<RoleGrant>> = people::roles_for(&visit.ctx, &ids).await?;
    let leads = |it: &RoleGrant| {
        matches!(it.role, Role::Facilitator | Role::PeerGuide)
            && it.organisation_id == of
            && it.cancelled_at.is_none()
            && it.valid_from <= today
            && it.valid_to.is_none_or(|to| to >= today)
    };
    let may_lead = |id: &PersonId| roles.get(id).is_some_and(|roles| roles.iter().any(leads));
    let known = known.into_iter().filter(|it| may_lead(&it.id));
    Ok(known
        .map(|it| (it.id.encode(), it.name.reveal().clone()))
        .collect())
}

fn leads_back(id: CourseId, what: &str) -> Answer {
    Answer::to(&format!("/courses/{}?done={what}", id.encode()))
}
