//! Courses: one's own parts in them, and those that one leads, each with its sessions and what is printed of it.

pub mod attendance_sheet;
pub mod certificate;
pub mod feedback;
pub mod following;
pub mod leading;
pub mod own;
pub mod planning;
pub mod sessions;
pub mod taking_part;

use askama::Template;
use rinnalla_domain::access::{
    ManageCourses, ManageExperts, ManageTrainings, ReadCourses, RecordExpenses,
};
use rinnalla_domain::courses::{
    self, Course, CourseSession, Enrolment, Filter, OwnEnrolment, rules,
};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{CourseId, Id as _};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::{CourseSessionStatus, CourseStatus, EnrolmentStatus};

use super::answer::Answer;
use super::form::Fact;
use super::listing::Way;
use super::texts::Texts;
use super::visit::{Frame, Visit};

/// How many courses stand on the page, the latest first.
const ROWS: u16 = 40;

#[derive(Template)]
#[template(path = "courses.html")]
struct Courses {
    frame: Frame,
    own: Vec<Row>,
    led: Vec<Row>,
    /// What a coordinator sees to besides.
    beside: Vec<Way>,
}

impl Courses {
    /// Each heading with what stands below it.
    fn sections(&self) -> [(&'static str, &[Row]); 2] {
        [("courses-own", &self.own), ("courses-led", &self.led)]
    }

    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.led.is_empty()
    }
}

/// A course in a list.
struct Row {
    path: String,
    name: String,
    status: String,
}

/// The courses that the viewer takes part in, and those that they lead or that are their association's.
pub async fn list(visit: Visit) -> Result<Answer> {
    let own = match courses::own_enrolments(&visit.ctx).await {
        // Whoever holds no role today takes part in nothing.
        Err(Error::Forbidden) => Vec::new(),
        found => found?,
    };
    let page = PageArgs {
        first: ROWS,
        after: None,
        total: false,
    };
    let led = match visit.may::<ReadCourses>() {
        true => {
            courses::list(&visit.ctx, &Filter::default(), page)
                .await?
                .rows
        }
        false => Vec::new(),
    };
    let texts = &visit.frame.texts;
    let of_own = |row: &OwnEnrolment| Row {
        path: format!("/enrolments/{}", row.id.encode()),
        name: row.course_name.clone(),
        status: enrolment_status(texts, row.status),
    };
    let of_led = |row: &Course| Row {
        path: format!("/courses/{}", row.id.encode()),
        name: row.name.clone(),
        status: course_status(texts, row.status),
    };
    Answer::page(&Courses {
        own: own.iter().map(of_own).collect(),
        led: led.iter().map(of_led).collect(),
        beside: beside(&visit),
        frame: visit.frame.titled(visit.say("courses")),
    })
}

/// Trainings, experts and expenses, for whoever keeps them.
fn beside(visit: &Visit) -> Vec<Way> {
    let mut ways = Vec::new();
    let mut way = |may: bool, path: &str, text| {
        ways.extend(may.then(|| Way::new(visit, path, text)));
    };
    way(visit.may::<ManageCourses>(), "/courses/new", "course-plan");
    way(visit.may::<ManageCourses>(), "/curricula", "curricula");
    way(visit.may::<ManageTrainings>(), "/trainings", "trainings");
    way(visit.may::<ManageExperts>(), "/experts", "experts");
    way(visit.may::<RecordExpenses>(), "/expenses", "expenses");
    ways
}

#[derive(Template)]
#[template(path = "course.html")]
struct CoursePage {
    frame: Frame,
    done: Option<String>,
    facts: Vec<Fact>,
    /// What should be put right about who leads it.
    warnings: Vec<String>,
    sessions: Vec<SessionRow>,
    /// Where the list for all its sessions is printed.
    sheet: String,
    graduates: Vec<Graduate>,
    /// What else may be done with the course.
    ways: Vec<Way>,
}

struct SessionRow {
    when: String,
    theme: Option<String>,
    status: String,
    /// Where it is recorded who was there; none for a cancelled one.
    path: Option<String>,
    /// What else may be done with it.
    ways: Vec<Way>,
}

/// Somebody who has graduated.
struct Graduate {
    name: String,
    certificate: String,
}

/// A course that the viewer leads, or that is their association's.
pub async fn show(visit: Visit) -> Result<Answer> {
    let course = find(&visit).await?;
    let id = course.id;
    let sessions = courses::sessions_for(&visit.ctx, &[id]).await?.remove(&id);
    let sessions = sessions.unwrap_or_default();
    let leaders = courses::facilitators_for(&visit.ctx, &[id])
        .await?
        .remove(&id);
    let parts = parts(&visit, id).await?;
    let texts = &visit.frame.texts;
    let mut facts = vec![texts.fact("course-status", course_status(texts, course.status))];
    facts.extend(course.unit.clone().map(|unit| texts.fact("unit", unit)));
    facts.push(texts.fact("taking-part", parts.len().to_string()));
    let leaders: Vec<_> = leaders
        .iter()
        .flatten()
        .map(|it| (it.kind, it.is_graduate))
        .collect();
    let warning = |warning: &rules::Warning| {
        texts.say(match warning {
            rules::Warning::TooFewProfessionals => "course-too-few-professionals",
            rules::Warning::AssistantNotGraduate => "course-assistant-not-graduate",
        })
    };
    let is_made_up = |of: &CourseSession| {
        let mut others = sessions.iter();
        others.any(|it| it.no == of.no && it.status != CourseSessionStatus::Cancelled)
    };
    let ways = |session: &CourseSession| {
        let ways = sessions::ways(session, is_made_up(session)).into_iter();
        ways.map(|(path, text)| Way::new(&visit, path, text))
            .collect()
    };
    let row = |session: &CourseSession| SessionRow {
        ways: match course.status {
            CourseStatus::Cancelled => Vec::new(),
            _ => ways(session),
        },
        when: texts.moment(session.begins()),
        theme: session.theme.clone(),
        status: session_status(texts, session.status),
        path: (session.status != CourseSessionStatus::Cancelled)
            .then(|| format!("/attendance/{}", session.id.encode())),
    };
    let graduates = parts
        .iter()
        .filter(|part| part.status == EnrolmentStatus::Graduated);
    let graduate = |part: &Enrolment| Graduate {
        name: name(texts, part),
        certificate: format!("/enrolments/{}/certificate", part.id.encode()),
    };
    Answer::page(&CoursePage {
        facts,
        sessions: sessions.iter().map(row).collect(),
        warnings: rules::warnings(course.status, &leaders)
            .iter()
            .map(warning)
            .collect(),
        done: texts.done(visit.query.get("done")),
        sheet: format!("/courses/{}/attendance-sheet", id.encode()),
        graduates: graduates.map(graduate).collect(),
        ways: ways_of(&visit, &course),
        frame: visit.frame.titled(course.name.clone()),
    })
}

/// What may be done with a course besides its sessions.
fn ways_of(visit: &Visit, course: &Course) -> Vec<Way> {
    let path = format!("/courses/{}", course.id.encode());
    let is_going_on = !matches!(
        course.status,
        CourseStatus::Finished | CourseStatus::Cancelled
    );
    let may_manage = visit.may::<ManageCourses>() && is_going_on;
    let takes_in = matches!(course.status, CourseStatus::Open | CourseStatus::Running);
    let mut ways = Vec::new();
    let mut way = |may: bool, act: &str, text| {
        ways.extend(may.then(|| Way::new(visit, format!("{path}/{act}"), text)));
    };
    way(may_manage, "leader", "course-leader");
    way(
        may_manage && course.status == CourseStatus::Planned,
        "open",
        "course-open",
    );
    let may_be_planned = matches!(course.status, CourseStatus::Planned | CourseStatus::Open);
    way(
        may_manage && may_be_planned,
        "curriculum",
        "course-curriculum",
    );
    way(takes_in, "enrol", "course-enrol");
    ways
}

/// The course in the path.
async fn find(visit: &Visit) -> Result<Course> {
    let id = visit.id::<CourseId>()?;
    let found = match courses::find(&visit.ctx, id).await {
        // To somebody who leads no course it is not there.
        Err(Error::Forbidden) => None,
        found => found?,
    };
    found.ok_or(Error::NotFound)
}

/// Everybody who has a place in it.
async fn parts(visit: &Visit, course: CourseId) -> Result<Vec<Enrolment>> {
    let mut found = courses::enrolments_for(&visit.ctx, &[course]).await?;
    let mut parts = found.remove(&course).unwrap_or_default();
    parts.retain(|part| courses::rules::has_place(part.status));
    Ok(parts)
}

/// What somebody who takes part is called here.
fn name(texts: &Texts, part: &Enrolment) -> String {
    let name = part.name.as_ref().map(|name| name.reveal().clone());
    name.unwrap_or_else(|| texts.say("attendance-nameless"))
}

fn course_status(texts: &Texts, status: CourseStatus) -> String {
    texts.name_of("course-status", &status.code())
}

fn enrolment_status(texts: &Texts, status: EnrolmentStatus) -> String {
    texts.name_of("enrolment-status", &status.code())
}

fn session_status(texts: &Texts, status: CourseSessionStatus) -> String {
    texts.name_of("session-status", &status.code())
}
