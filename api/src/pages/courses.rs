//! Courses: one's own parts in them, and those that one leads, each with its sessions and what is printed of it.

pub mod attendance_sheet;
pub mod certificate;
pub mod feedback;
pub mod own;

use askama::Template;
use rinnalla_domain::access::ReadCourses;
use rinnalla_domain::courses::{self, Course, CourseSession, Enrolment, Filter, OwnEnrolment};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{CourseId, Id as _};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::{CourseSessionStatus, CourseStatus, EnrolmentStatus};

use super::answer::Answer;
use super::form::Fact;
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
        frame: visit.frame.titled(visit.say("courses")),
    })
}

#[derive(Template)]
#[template(path = "course.html")]
struct CoursePage {
    frame: Frame,
    facts: Vec<Fact>,
    sessions: Vec<SessionRow>,
    /// Where the list for all its sessions is printed.
    sheet: String,
    graduates: Vec<Graduate>,
}

struct SessionRow {
    when: String,
    theme: Option<String>,
    status: String,
    /// Where it is recorded who was there; none for a cancelled one.
    path: Option<String>,
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
    let parts = parts(&visit, id).await?;
    let texts = &visit.frame.texts;
    let mut facts = vec![texts.fact("course-status", course_status(texts, course.status))];
    facts.extend(course.unit.clone().map(|unit| texts.fact("unit", unit)));
    facts.push(texts.fact("taking-part", parts.len().to_string()));
    let row = |session: &CourseSession| SessionRow {
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
        sessions: sessions.unwrap_or_default().iter().map(row).collect(),
        sheet: format!("/courses/{}/attendance-sheet", id.encode()),
        graduates: graduates.map(graduate).collect(),
        frame: visit.frame.titled(course.name.clone()),
    })
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
    said(texts, "course-status", &status.code())
}

fn enrolment_status(texts: &Texts, status: EnrolmentStatus) -> String {
    said(texts, "enrolment-status", &status.code())
}

fn session_status(texts: &Texts, status: CourseSessionStatus) -> String {
    said(texts, "session-status", &status.code())
}

fn said(texts: &Texts, list: &str, code: &str) -> String {
    texts.say(&format!("{list}-{}", code.to_lowercase().replace('_', "-")))
}
