//! Recording who was there, for a whole session in one act.
//!
//! Two facilitators may record the same session at once, each from their own phone. What the other has not touched is
//! merged; where they say otherwise of the same person, the second hears that somebody was first, and nothing of theirs
//! is written, so that neither loses anything unseen.

use std::collections::{BTreeMap, HashMap};

use rinnalla_entity::ids::{CourseSessionId, EnrolmentId, Id as _};
use rinnalla_entity::states::{AttendanceStatus, CourseSessionStatus, CourseStatus};
use sea_orm::Value;

use super::CourseSession;
use super::changing::{has_graduates, set_recorded};
use super::queries::{self, About, Held};
use super::rules::{self, Merged, Stands};
use crate::access::{LeadCourses, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::sql::{self, Sql};

/// How many marks one act may bring: our own choice, above any course.
const MOST_MARKS: usize = 100;

/// Whether somebody was there.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Whose part.
    pub enrolment: EnrolmentId,
    /// Whether; `NotRecorded` takes a mark back.
    pub status: AttendanceStatus,
}

/// Who was at a session.
#[derive(Clone, Debug)]
pub struct RecordAttendance {
    /// The session.
    pub session: CourseSessionId,
    /// The session's version that the marks were made on.
    pub version: i32,
    /// The marks; whoever is not named stays as they were.
    pub marks: Vec<Mark>,
}

/// Records who was at a session, on its day or later; marks that were wrong are recorded again.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`) where somebody recorded otherwise of the same people since;
/// `Invalid` (`marks EMPTY`, `OUT_OF_RANGE`, `SAME_TWICE`, `UNKNOWN`, `WRONG_STATE`; `WRONG_STATE`, `DATE_IN_FUTURE`,
/// `TOO_FEW_PROFESSIONALS`, `LATER_ENTRIES_STAND_ON_IT` without a field).
pub async fn record_attendance(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RecordAttendance,
) -> Result<CourseSessionId> {
    let scope = require::<LeadCourses>(ctx)?;
    let given = input.marks.iter().map(|it| (it.enrolment, it.status));
    let marks: BTreeMap<EnrolmentId, AttendanceStatus> = given.collect();
    Violations::default()
        .check(!marks.is_empty(), "marks", "EMPTY")
        .check(input.marks.len() <= MOST_MARKS, "marks", "OUT_OF_RANGE")
        .check(marks.len() == input.marks.len(), "marks", "SAME_TWICE")
        .done()?;
    let id = input.session;
    let name = "courseSessionRecordAttendance";
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseSessionId(done)),
    };
    let held = queries::hold(&act, &scope, About::Session(id)).await?;
    let sessions = queries::sessions_of(&act.tx, held.id).await?;
    let session = sessions.into_iter().find(|it| it.id == id);
    let session = session.ok_or_else(unchecked)?;
    may_be_recorded(&act, &held, &session).await?;
    are_of_the_course(&act, &held, &marks).await?;
    let standing = standing(&act, id).await?;
    let written = merged(&marks, input.version, &session, &standing)?;
    if !written.is_empty() {
        let mut after: HashMap<_, _> = standing.iter().map(|(id, it)| (*id, it.status)).collect();
        after.extend(written.iter().copied());
        let mut left = after.values();
        let is_recorded = left.any(|mark| *mark != AttendanceStatus::NotRecorded);
        if !is_recorded && has_graduates(&act, &held).await? {
            return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
        }
        write(&act, &session, &written).await?;
        let when = (session.on_date, session.starts_at);
        set_recorded(&act, id, when, is_recorded).await?;
        queries::follow(&act.tx, &held).await?;
    }
    let of = held.organisation_id;
    act.changed(&scope, of, ObjectKind::Course, held.id);
    for (enrolment, _) in written {
        act.changed(&scope, of, ObjectKind::Enrolment, enrolment);
    }
    act.done().await.map(CourseSessionId)
}

/// The course goes on, the session has begun, and two professionals lead it.
async fn may_be_recorded(act: &Act<'_>, held: &Held, session: &CourseSession) -> Result<()> {
    let is_closed = matches!(held.status, CourseStatus::Planned | CourseStatus::Cancelled);
    if is_closed || session.status == CourseSessionStatus::Cancelled {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let leaders = queries::leaders_of(&act.tx, held.id).await?;
    Violations::default()
        .check(session.on_date <= act.ctx.today, "", "DATE_IN_FUTURE")
        .check(
            rules::professionals(leaders) >= rules::PROFESSIONALS,
            "",
            "TOO_FEW_PROFESSIONALS",
        )
        .done()
}

async fn are_of_the_course(
    act: &Act<'_>,
    held: &Held,
    marks: &BTreeMap<EnrolmentId, AttendanceStatus>,
) -> Result<()> {
    let parts = queries::parts_of(&act.tx, held.id).await?;
    let parts: HashMap<_, _> = parts.iter().map(|it| (it.id, it.status)).collect();
    let found = |id: &EnrolmentId| parts.get(id).copied();
    let mut faults = Violations::default();
    faults.check(
        marks.keys().all(|id| found(id).is_some()),
        "marks",
        "UNKNOWN",
    );
    let have_places = marks.keys().filter_map(found).all(rules::has_place);
    faults.check(have_places, "marks", "WRONG_STATE").done()
}

async fn standing(act: &Act<'_>, session: CourseSessionId) -> Result<HashMap<EnrolmentId, Stands>> {
    let rows = queries::marks_of(&act.tx, session).await?;
    let stands = rows.into_iter().map(|row| {
        let stands = Stands {
            status: row.status,
            version: row.session_version,
        };
        (row.enrolment_id, stands)
    });
    Ok(stands.collect())
}

/// The marks that are to be written.
fn merged(
    marks: &BTreeMap<EnrolmentId, AttendanceStatus>,
    version: i32,
    session: &CourseSession,
    standing: &HashMap<EnrolmentId, Stands>,
) -> Result<Vec<(EnrolmentId, AttendanceStatus)>> {
    if version > session.version {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let mut written = Vec::with_capacity(marks.len());
    for (id, mark) in marks {
        match rules::merge(*mark, version, standing.get(id).copied()) {
            Merged::Same => {}
            Merged::Written => written.push((*id, *mark)),
            Merged::Conflict => return Err(Error::Conflict("STALE_VERSION")),
        }
    }
    Ok(written)
}

async fn write(
    act: &Act<'_>,
    session: &CourseSession,
    marks: &[(EnrolmentId, AttendanceStatus)],
) -> Result<()> {
    static REPLACE: Sql = Sql::new(
        "UPDATE attendances SET cancelled_at = $3, cancelled_by = $4
         WHERE session_id = $1 AND enrolment_id = ANY_ID($2) AND cancelled_at IS NULL",
    );
    let (now, by) = (act.ctx.now, act.ctx.actor()?.person);
    let ids = sql::ids(act.ctx.store.backend(), marks.iter().map(|(id, _)| *id));
    let values: [Value; 4] = [session.id.0.into(), ids, now.into(), by.0.into()];
    REPLACE.run(&act.tx, values).await?;
    let rows = marks.iter().flat_map(|(id, mark)| {
        [
            Value::from(session.id.0),
            id.uuid().into(),
            (session.version + 1).into(),
            code(*mark),
            by.0.into(),
            now.into(),
        ]
    });
    let columns = "session_id, enrolment_id, session_version, status, recorded_by, recorded_at";
    sql::insert_many(&act.tx, "attendances", columns, rows.collect()).await
}
