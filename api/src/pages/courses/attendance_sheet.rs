//! The attendance list on paper: everybody who has a place, a box for each session. Where somebody takes part under a
//! pseudonym the name's place is left empty, since a paper lies about; whoever leads the course knows whose row it is.

use askama::Template;
use rinnalla_domain::courses::{self, CourseSession};
use rinnalla_domain::error::Result;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::CourseSessionStatus;

use super::{find, name, parts};
use crate::pages::answer::Answer;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::visit::Visit;

/// Rows for whoever comes besides.
const SPARE: usize = 3;

#[derive(Template)]
#[template(path = "attendance_sheet.html")]
struct AttendanceSheet {
    sheet: Sheet,
    course: String,
    /// The days of the sessions that take place.
    days: Vec<String>,
    /// A name each; none where it is to be left empty.
    rows: Vec<Option<String>>,
}

/// The sheet.
pub async fn show(visit: Visit) -> Result<Answer> {
    let course = find(&visit).await?;
    let id = course.id;
    let sessions = courses::sessions_for(&visit.ctx, &[id]).await?.remove(&id);
    let parts = parts(&visit, id).await?;
    let back = format!("/courses/{}", id.encode());
    let heading = "paper-attendance";
    let paper = Paper::of(&visit, course.organisation_id, None, heading, back).await?;
    let texts = paper.sheet.texts;
    let takes_place = |it: &&CourseSession| it.status != CourseSessionStatus::Cancelled;
    let day = |it: &CourseSession| it.on_date.format("%-d.%-m.").to_string();
    let sessions = sessions.unwrap_or_default();
    let named = parts
        .iter()
        .map(|part| (!part.is_pseudonym).then(|| name(&texts, part)));
    Answer::page(&AttendanceSheet {
        course: course.name,
        days: sessions.iter().filter(takes_place).map(day).collect(),
        rows: named.chain([const { None }; SPARE]).collect(),
        sheet: paper.sheet,
    })
}
