//! The SQL of a participant's own view: it reaches the actor's own parts, whatever the actor's roles are.

use rinnalla_entity::ids::{EnrolmentId, Id as _, OrganisationId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::CELLS;
use crate::access::{ReadOwnCourses, Scope};
use crate::courses::{Cell, OwnEnrolment};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;
use crate::sql::Sql;

type Own = Scope<ReadOwnCourses>;

/// One part alone, or all.
pub(in crate::courses) async fn own_enrolments(
    ctx: &Ctx,
    scope: &Own,
    id: Option<EnrolmentId>,
) -> Result<Vec<OwnEnrolment>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT e.id, c.organisation_id, c.name AS course_name, c.status AS course_status, e.status, e.wants_reminders,
           d.on_date AS decided_on, e.version
         FROM enrolments e JOIN courses c ON c.id = e.course_id
         LEFT JOIN enrolment_decisions d ON d.enrolment_id = e.id AND d.cancelled_at IS NULL
         WHERE e.status <> 'CANCELLED' AND e.person_id = ",
    );
    question.bind(scope.actor().uuid());
    if let Some(id) = id {
        question.words(" AND e.id = ").bind(id.uuid());
    }
    question.words(" ORDER BY c.starts_on DESC, e.id DESC");
    question.all(ctx.store.reader()).await
}

pub(in crate::courses) async fn own_cells(
    ctx: &Ctx,
    scope: &Own,
    of: &[EnrolmentId],
) -> Result<Vec<Cell>> {
    let mut question = Question::new(ctx.store.backend(), CELLS);
    question
        .is_one_of("e.id", of)
        .words(" AND e.person_id = ")
        .bind(scope.actor().uuid())
        .words(" ORDER BY s.on_date, s.starts_at, s.id");
    question.all(ctx.store.reader()).await
}

/// The association whose course it is, where the part is the actor's own.
pub(in crate::courses) async fn own_course(
    db: &impl ConnectionTrait,
    scope: &Own,
    id: EnrolmentId,
) -> Result<Option<OrganisationId>> {
    static SQL: Sql = Sql::new(
        "SELECT c.organisation_id FROM enrolments e JOIN courses c ON c.id = e.course_id
         WHERE e.id = $1 AND e.person_id = $2 AND e.status <> 'CANCELLED'",
    );
    #[derive(FromQueryResult)]
    struct Of {
        organisation_id: OrganisationId,
    }
    let of: Option<Of> = SQL.one(db, [id.0.into(), scope.actor().0.into()]).await?;
    Ok(of.map(|of| of.organisation_id))
}

pub(in crate::courses) async fn choose_reminders(
    db: &impl ConnectionTrait,
    id: EnrolmentId,
    version: i32,
    wants: bool,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE enrolments SET wants_reminders = $3, version = version + 1 WHERE id = $1 AND version = $2",
    );
    SQL.run(db, [id.0.into(), version.into(), wants.into()])
        .await
}
