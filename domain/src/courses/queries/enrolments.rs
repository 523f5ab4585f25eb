//! The SQL of enrolments and of attendance.

use rinnalla_entity::ids::{CourseId, EnrolmentId, Id as _};
use sea_orm::FromQueryResult;

use super::{Reading, session_columns};
use crate::courses::enrolments::{Cell, Row};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;

fn enrolments(ctx: &Ctx, scope: &Reading) -> Question {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT e.id, e.course_id, c.organisation_id, e.person_id, e.is_pseudonym, e.status, e.wants_reminders, e.applied_on,
           d.on_date AS decided_on, e.version, e.name_sealed, e.data_key_sealed, p.name_sealed AS person_name,
           p.data_key_sealed AS person_key, EXISTS (SELECT 1 FROM course_facilitators m
             WHERE m.course_id = c.id AND m.removed_at IS NULL AND m.person_id = ",
    );
    question.bind(scope.actor().uuid()).words(
        ") AS is_led FROM enrolments e JOIN courses c ON c.id = e.course_id
         LEFT JOIN people p ON p.id = e.person_id AND p.erased_at IS NULL
         LEFT JOIN enrolment_decisions d ON d.enrolment_id = e.id AND d.cancelled_at IS NULL WHERE ",
    );
    question
}

pub(in crate::courses) async fn enrolments_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<Row>> {
    let mut question = enrolments(ctx, scope);
    question
        .is_one_of("e.course_id", of)
        .words(" AND e.status <> 'CANCELLED' AND ")
        .reaches_course(scope)
        .words(" ORDER BY e.id");
    question.all(ctx.store.reader()).await
}

pub(in crate::courses) async fn enrolment(
    ctx: &Ctx,
    scope: &Reading,
    id: EnrolmentId,
) -> Result<Vec<Row>> {
    let mut question = enrolments(ctx, scope);
    question
        .words("e.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_course(scope);
    question.all(ctx.store.reader()).await
}

pub(in crate::courses) const CELLS: &str = concat!(
    "SELECT e.id AS enrolment_id, a.status AS mark, a.recorded_at, ",
    session_columns!(),
    " FROM enrolments e JOIN courses c ON c.id = e.course_id
      JOIN course_sessions s ON s.course_id = e.course_id AND s.status <> 'CANCELLED'
      LEFT JOIN attendances a ON a.session_id = s.id AND a.enrolment_id = e.id AND a.cancelled_at IS NULL WHERE "
);

pub(in crate::courses) async fn cells_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[EnrolmentId],
) -> Result<Vec<Cell>> {
    let mut question = Question::new(ctx.store.backend(), CELLS);
    question
        .is_one_of("e.id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" ORDER BY s.on_date, s.starts_at, s.id");
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(in crate::courses) struct NextStep {
    pub enrolment_id: EnrolmentId,
    pub code: String,
}

pub(in crate::courses) async fn next_steps_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[EnrolmentId],
) -> Result<Vec<NextStep>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT d.enrolment_id, n.code FROM enrolment_next_steps n
         JOIN enrolment_decisions d ON d.id = n.decision_id AND d.cancelled_at IS NULL
         JOIN enrolments e ON e.id = d.enrolment_id JOIN courses c ON c.id = e.course_id WHERE ",
    );
    question
        .is_one_of("d.enrolment_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" ORDER BY n.code");
    question.all(ctx.store.reader()).await
}
