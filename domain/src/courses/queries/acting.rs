//! The SQL of acts. Every act holds its course until it ends, so that what it has read stays true.

use rinnalla_entity::ids::{
    CourseFeedId, CourseFeedbackWaveId, CourseId, CourseSessionId, CurriculumId, EnrolmentId,
    Id as _, OrganisationId, PersonId,
};
use rinnalla_entity::states::{
    AttendanceStatus, CourseSessionStatus, CourseStatus, EnrolmentStatus, FacilitatorKind,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::session_columns;
use crate::access::{Permission, Scope};
use crate::act::{Act, code, take_version};
use crate::audit::ObjectKind;
use crate::courses::{CourseSession, rules};
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql::Sql;

/// What an act is about.
#[derive(Clone, Copy)]
pub(in crate::courses) enum About {
    Course(CourseId),
    Session(CourseSessionId),
    Enrolment(EnrolmentId),
    Feed(CourseFeedId),
    Wave(CourseFeedbackWaveId),
}

/// A course that an act holds.
#[derive(FromQueryResult)]
pub(in crate::courses) struct Held {
    pub id: CourseId,
    pub organisation_id: OrganisationId,
    pub status: CourseStatus,
    pub participant_limit: Option<i16>,
    pub curriculum_id: Option<CurriculumId>,
    is_open: bool,
    is_cancelled: bool,
}

/// Holds the course of what an act is about. Absent or hidden: `NotFound`, noted as refused.
pub(in crate::courses) async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    about: About,
) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT c.id, c.organisation_id, c.status, c.participant_limit, c.curriculum_id, c.opened_at IS NOT NULL AS is_open,
           c.cancelled_at IS NOT NULL AS is_cancelled FROM courses c WHERE c.id = ",
    );
    match about {
        About::Course(id) => question.bind(id.uuid()),
        About::Session(id) => question
            .words("(SELECT s.course_id FROM course_sessions s WHERE s.id = ")
            .bind(id.uuid())
            .words(")"),
        About::Enrolment(id) => question
            .words("(SELECT e.course_id FROM enrolments e WHERE e.id = ")
            .bind(id.uuid())
            .words(")"),
        About::Wave(id) => question
            .words("(SELECT w.course_id FROM course_feedback_waves w WHERE w.id = ")
            .bind(id.uuid())
            .words(")"),
        About::Feed(id) => question
            .words("(SELECT k.course_id FROM course_feeds k WHERE k.id = ")
            .bind(id.uuid())
            .words(")"),
    };
    question
        .words(" AND ")
        .reaches_course(scope)
        .words_on(" FOR UPDATE OF c", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    if held.is_none() {
        match about {
            About::Course(id) => act.ctx.refuse(scope, ObjectKind::Course, id),
            About::Session(id) => act.ctx.refuse(scope, ObjectKind::Course, id),
            About::Enrolment(id) => act.ctx.refuse(scope, ObjectKind::Enrolment, id),
            About::Feed(id) => act.ctx.refuse(scope, ObjectKind::Course, id),
            About::Wave(id) => act.ctx.refuse(scope, ObjectKind::Course, id),
        }
    }
    held.ok_or(Error::NotFound)
}

pub(in crate::courses) async fn sessions_of(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<Vec<CourseSession>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        session_columns!(),
        " FROM course_sessions s JOIN courses c ON c.id = s.course_id WHERE s.course_id = $1
          ORDER BY s.on_date, s.starts_at, s.id"
    ));
    SQL.all(db, [course.0.into()]).await
}

/// Brings the course's state to what follows from its sessions.
pub(in crate::courses) async fn follow(db: &impl ConnectionTrait, held: &Held) -> Result<()> {
    let sessions = sessions_of(db, held.id).await?;
    let states: Vec<CourseSessionStatus> = sessions.iter().map(|it| it.status).collect();
    let status = rules::course_status(held.is_cancelled, held.is_open, &states);
    set_status(db, held.id, status).await
}

async fn set_status(
    db: &impl ConnectionTrait,
    course: CourseId,
    status: CourseStatus,
) -> Result<()> {
    static SQL: Sql = Sql::new("UPDATE courses SET status = $2 WHERE id = $1 AND status <> $2");
    SQL.run(db, [course.0.into(), code(status)]).await?;
    Ok(())
}

take_version!(pub(in crate::courses) take_course, "courses", CourseId);
take_version!(pub(in crate::courses) take_session, "course_sessions", CourseSessionId);
take_version!(pub(in crate::courses) take_enrolment, "enrolments", EnrolmentId);

/// Writes day, time and state of a session; calendars hear of it.
pub(in crate::courses) async fn set_session(
    act: &Act<'_>,
    id: CourseSessionId,
    (on, at): (chrono::NaiveDate, i16),
    status: CourseSessionStatus,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE course_sessions SET on_date = $2, starts_at = $3, status = $4, remind_on = $5 WHERE id = $1",
    );
    let values: [Value; 5] = [
        id.0.into(),
        on.into(),
        at.into(),
        code(status),
        rules::remind_on(on).into(),
    ];
    SQL.run(&act.tx, values).await?;
    count_change(act, id).await
}

/// Notes that a session's day, time or cancellation has changed.
pub(crate) async fn count_change(act: &Act<'_>, id: CourseSessionId) -> Result<()> {
    static COURSE: Sql = Sql::new(
        "UPDATE courses SET changes = changes + 1
         WHERE id = (SELECT s.course_id FROM course_sessions s WHERE s.id = $1)",
    );
    static SESSION: Sql = Sql::new(
        "UPDATE course_sessions SET sequence = (SELECT c.changes FROM courses c WHERE c.id = course_id), changed_at = $2
         WHERE id = $1",
    );
    COURSE.run(&act.tx, [id.0.into()]).await?;
    let values = [id.0.into(), act.ctx.now.into()];
    SESSION.run(&act.tx, values).await?;
    Ok(())
}

/// How somebody's part in the course stands.
#[derive(FromQueryResult)]
pub(in crate::courses) struct Part {
    pub id: EnrolmentId,
    pub person_id: Option<PersonId>,
    pub status: EnrolmentStatus,
    pub came: bool,
    pub is_marked: bool,
}

/// Every part in a course, those recorded in error included.
pub(in crate::courses) async fn parts_of(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<Vec<Part>> {
    static SQL: Sql = Sql::new(
        "SELECT e.id, e.person_id, e.status,
           EXISTS (SELECT 1 FROM attendances a WHERE a.enrolment_id = e.id AND a.cancelled_at IS NULL
             AND a.status IN ('PRESENT', 'PARTLY')) AS came,
           EXISTS (SELECT 1 FROM attendances a WHERE a.enrolment_id = e.id AND a.cancelled_at IS NULL
             AND a.status <> 'NOT_RECORDED') AS is_marked
         FROM enrolments e WHERE e.course_id = $1 ORDER BY e.id",
    );
    SQL.all(db, [course.0.into()]).await
}

pub(in crate::courses) async fn set_part(
    db: &impl ConnectionTrait,
    id: EnrolmentId,
    status: EnrolmentStatus,
) -> Result<()> {
    static SQL: Sql = Sql::new("UPDATE enrolments SET status = $2 WHERE id = $1");
    SQL.run(db, [id.0.into(), code(status)]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Leader {
    kind: FacilitatorKind,
}

/// As what people lead the course.
pub(in crate::courses) async fn leaders_of(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<Vec<FacilitatorKind>> {
    static SQL: Sql = Sql::new(
        "SELECT kind FROM course_facilitators WHERE course_id = $1 AND removed_at IS NULL ORDER BY assigned_at",
    );
    let rows: Vec<Leader> = SQL.all(db, [course.0.into()]).await?;
    Ok(rows.into_iter().map(|row| row.kind).collect())
}

/// A mark that stands.
#[derive(FromQueryResult)]
pub(in crate::courses) struct StandingMark {
    pub enrolment_id: EnrolmentId,
    pub status: AttendanceStatus,
    pub session_version: i32,
}

pub(in crate::courses) async fn marks_of(
    db: &impl ConnectionTrait,
    session: CourseSessionId,
) -> Result<Vec<StandingMark>> {
    static SQL: Sql = Sql::new(
        "SELECT enrolment_id, status, session_version FROM attendances WHERE session_id = $1 AND cancelled_at IS NULL",
    );
    SQL.all(db, [session.0.into()]).await
}

impl Held {
    /// Whether the course is still to begin, as far as its state tells.
    pub fn may_be_planned(&self) -> bool {
        matches!(self.status, CourseStatus::Planned | CourseStatus::Open)
    }

    /// The course as it is when it is no longer cancelled.
    pub fn going_on(&self) -> Self {
        Self {
            is_cancelled: false,
            ..*self
        }
    }
}

/// When a session was to be at first.
pub(in crate::courses) async fn planned(
    db: &impl ConnectionTrait,
    id: CourseSessionId,
) -> Result<(chrono::NaiveDate, i16)> {
    static SQL: Sql = Sql::new("SELECT planned_on, planned_at FROM course_sessions WHERE id = $1");
    #[derive(FromQueryResult)]
    struct Planned {
        planned_on: chrono::NaiveDate,
        planned_at: i16,
    }
    let planned: Option<Planned> = SQL.one(db, [id.0.into()]).await?;
    let planned = planned.ok_or(Error::NotFound)?;
    Ok((planned.planned_on, planned.planned_at))
}
