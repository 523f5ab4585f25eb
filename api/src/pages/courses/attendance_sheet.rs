//! The attendance list on paper: everybody who has a place, a box for each session, or for each mark of one. Where somebody takes part under a
//! pseudonym the name's place is left empty, since a paper lies about; whoever leads the course knows whose row it is.

use askama::Template;
use chrono::{DateTime, Utc};
use rinnalla_domain::courses::{self, Course, CourseSession};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{AttendanceStatus, CourseSessionStatus};

use super::{find, name, parts};
use crate::pages::answer::Answer;
use crate::pages::attendance;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::visit::Visit;

/// Rows for whoever comes besides.
const SPARE: usize = 3;

#[derive(Template)]
#[template(path = "attendance_sheet.html")]
struct AttendanceSheet {
    sheet: Sheet,
    course: String,
    /// What there is a box for: the days of the sessions that take place, or the marks of one.
    columns: Vec<String>,
    /// A name each; none where it is to be left empty.
    rows: Vec<Option<String>>,
}

/// The sheet for all its sessions.
pub async fn show(visit: Visit) -> Result<Answer> {
    let course = find(&visit).await?;
    let sessions = courses::sessions_for(&visit.ctx, &[course.id]).await?;
    let takes_place = |it: &&CourseSession| it.status != CourseSessionStatus::Cancelled;
    let day = |it: &CourseSession| it.on_date.format("%-d.%-m.").to_string();
    let sessions: Vec<CourseSession> = sessions.into_values().flatten().collect();
    let days = sessions.iter().filter(takes_place).map(day).collect();
    page(&visit, &course, None, days).await
}

/// The sheet for one session: a box for each mark.
pub async fn show_session(visit: Visit) -> Result<Answer> {
    let session = attendance::find(&visit).await?;
    let course = courses::find(&visit.ctx, session.course_id).await?;
    let course = course.ok_or(Error::NotFound)?;
    page(&visit, &course, Some(session.begins()), Vec::new()).await
}

async fn page(
    visit: &Visit,
    course: &Course,
    at: Option<DateTime<Utc>>,
    days: Vec<String>,
) -> Result<Answer> {
    let parts = parts(visit, course.id).await?;
    let back = format!("/courses/{}", course.id.encode());
    let heading = "paper-attendance";
    let paper = Paper::of(visit, course.organisation_id, None, heading, back).await?;
    let texts = paper.sheet.texts;
    let named = parts
        .iter()
        .map(|part| (!part.is_pseudonym).then(|| name(&texts, part)));
    let marks = texts.named("mark", &attendance::MARKS, AttendanceStatus::code);
    Answer::page(&AttendanceSheet {
        course: match at {
            Some(at) => format!("{}, {}", course.name, texts.moment(at)),
            None => course.name.clone(),
        },
        columns: match at {
            Some(_) => marks.into_iter().map(|(_, name)| name).collect(),
            None => days,
        },
        rows: named.chain([const { None }; SPARE]).collect(),
        sheet: paper.sheet,
    })
}
