//! A session of a course on a facilitator's phone: who is here, a tap each.

use askama::Template;
use poem::http::StatusCode;
use rinnalla_domain::courses::{
    self, Cell, CourseSession, Enrolment, Mark, RecordAttendance, rules,
};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{CourseSessionId, Id as _};
use rinnalla_domain::states::AttendanceStatus;

use super::answer::Answer;
use super::form::{Choice, Fact, Faults};
use super::visit::{Frame, Visit};

/// What can be tapped.
pub const MARKS: [AttendanceStatus; 4] = [
    AttendanceStatus::Present,
    AttendanceStatus::Partly,
    AttendanceStatus::Excused,
    AttendanceStatus::Absent,
];

#[derive(Template)]
#[template(path = "attendance.html")]
struct Attendance {
    frame: Frame,
    facts: Vec<Fact>,
    rows: Vec<Row>,
    faults: Vec<String>,
    /// Whether its day has come.
    is_begun: bool,
    key: String,
    version: i32,
}

/// Somebody who takes part.
struct Row {
    name: String,
    /// The name of the field.
    field: String,
    has_missed_twice: bool,
    choices: Vec<Choice>,
}

/// Who is here.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, &Faults::default()).await
}

/// Records it. Whoever was not tapped stays as they were.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let session = find(&visit).await?;
        let mut marks = Vec::new();
        for part in parts(&visit, &session).await? {
            let sent = visit.sent.get(&field(&part));
            let mark = MARKS.into_iter().find(|mark| mark.code() == sent);
            marks.extend(mark.map(|status| Mark {
                enrolment: part.id,
                status,
            }));
        }
        let input = RecordAttendance {
            session: session.id,
            version: visit.version(),
            marks,
        };
        courses::record_attendance(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("attendance")),
        Err(error) => page(&visit, &Faults::of(error)?).await,
    }
}

/// The session in the path.
pub async fn find(visit: &Visit) -> Result<CourseSession> {
    let id = visit.id::<CourseSessionId>()?;
    let found = match courses::find_session(&visit.ctx, id).await {
        // To somebody who leads no course it is not there.
        Err(Error::Forbidden) => None,
        found => found?,
    };
    found.ok_or(Error::NotFound)
}

/// Everybody who has a place.
async fn parts(visit: &Visit, session: &CourseSession) -> Result<Vec<Enrolment>> {
    let of = session.course_id;
    let mut found = courses::enrolments_for(&visit.ctx, &[of]).await?;
    let mut parts = found.remove(&of).unwrap_or_default();
    parts.retain(|part| rules::has_place(part.status));
    Ok(parts)
}

fn field(part: &Enrolment) -> String {
    format!("mark-{}", part.id.encode())
}

async fn page(visit: &Visit, faults: &Faults) -> Result<Answer> {
    let session = find(visit).await?;
    let parts = parts(visit, &session).await?;
    let ids: Vec<_> = parts.iter().map(|part| part.id).collect();
    let mut cells = courses::cells_for(&visit.ctx, &ids).await?;
    let texts = &visit.frame.texts;
    let row = |part: &Enrolment| {
        let cells = cells.remove(&part.id).unwrap_or_default();
        let marks: Vec<_> = cells.iter().map(Cell::status).collect();
        let here = cells.iter().find(|cell| cell.session.id == session.id);
        // What is recorded stands; what is not stands as it was tapped.
        let recorded = here.and_then(|cell| cell.mark);
        let recorded = recorded.filter(|mark| *mark != AttendanceStatus::NotRecorded);
        let chosen = match recorded {
            Some(mark) => mark.code(),
            None => visit.sent.get(&field(part)).to_owned(),
        };
        let name = part.name.as_ref().map(|name| name.reveal().clone());
        Row {
            name: name.unwrap_or_else(|| texts.say("attendance-nameless")),
            field: field(part),
            has_missed_twice: part.is_led && rules::is_missed(&marks),
            choices: texts
                .named("mark", &MARKS, AttendanceStatus::code)
                .into_iter()
                .map(|(value, label)| Choice {
                    is_chosen: value == chosen,
                    value,
                    label,
                })
                .collect(),
        }
    };
    let rows = parts.iter().map(row).collect();
    let mut facts = vec![texts.fact("session", texts.moment(session.begins()))];
    if let Some(theme) = &session.theme {
        facts.push(texts.fact("theme", theme.clone()));
    }
    let page = Attendance {
        facts,
        rows,
        faults: faults.codes().map(|code| texts.fault(code)).collect(),
        is_begun: session.on_date <= visit.ctx.today,
        key: visit.ctx.request.encode(),
        version: session.version,
        frame: visit.frame.titled(visit.say("attendance")),
    };
    let status = match faults.codes().next() {
        None => StatusCode::OK,
        Some("STALE_VERSION") => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Answer::page(&page)?.status(status))
}
