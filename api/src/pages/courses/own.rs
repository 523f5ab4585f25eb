//! A participant's own page: when the course meets, whether one was there, and whether one is reminded. Nobody else is on it.

use askama::Template;
use rinnalla_domain::courses::{self, Cell, ChooseReminders, OwnEnrolment};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{EnrolmentId, Id as _};
use rinnalla_domain::states::AttendanceStatus;

use super::{course_status, enrolment_status};
use crate::pages::answer::Answer;
use crate::pages::form::Fact;
use crate::pages::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "own_enrolment.html")]
struct Own {
    frame: Frame,
    facts: Vec<Fact>,
    sessions: Vec<SessionRow>,
    wants_reminders: bool,
    key: String,
    version: i32,
    done: Option<String>,
}

struct SessionRow {
    when: String,
    /// Whether the viewer was there; none while nothing is recorded.
    mark: Option<String>,
}

/// The page.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    let cells = courses::own_cells_for(&visit.ctx, &[found.id]).await?;
    let cells = cells.into_values().flatten();
    let texts = &visit.frame.texts;
    let row = |cell: Cell| SessionRow {
        when: texts.moment(cell.session.begins()),
        mark: Some(cell.status())
            .filter(|mark| *mark != AttendanceStatus::NotRecorded)
            .map(|mark| texts.name_of("mark", &mark.code())),
    };
    let mut facts = vec![
        texts.fact("course-status", course_status(texts, found.course_status)),
        texts.fact("own-part", enrolment_status(texts, found.status)),
    ];
    let decided = found.decided_on.map(|day| texts.date(day));
    facts.extend(decided.map(|day| texts.fact("decided", day)));
    Answer::page(&Own {
        facts,
        sessions: cells.map(row).collect(),
        wants_reminders: found.wants_reminders,
        key: visit.ctx.request.encode(),
        version: found.version,
        done: texts.done(visit.query.get("done")),
        frame: visit.frame.titled(found.course_name),
    })
}

/// Says whether one wants to be reminded.
pub async fn choose(visit: Visit) -> Result<Answer> {
    let id = visit.id::<EnrolmentId>()?;
    let input = ChooseReminders {
        enrolment: id,
        version: visit.version(),
        wants_reminders: visit.sent.get("reminders") == "yes",
    };
    match courses::choose_reminders(&visit.ctx, &visit.key(), input).await {
        Ok(_) => Ok(Answer::to(&format!(
            "/enrolments/{}?done=reminders",
            id.encode()
        ))),
        Err(Error::Forbidden) => Err(Error::NotFound),
        Err(error) => Err(error),
    }
}

async fn find(visit: &Visit) -> Result<OwnEnrolment> {
    let id = visit.id::<EnrolmentId>()?;
    let found = match courses::find_own(&visit.ctx, id).await {
        Err(Error::Forbidden) => None,
        found => found?,
    };
    found.ok_or(Error::NotFound)
}
