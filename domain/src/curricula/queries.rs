//! The SQL of curricula: each statement reaches what its scope does.

use rinnalla_entity::ids::{CurriculumId, Id as _, OrganisationId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Curriculum, Session, Workshop};
use crate::access::{ManageCourses, ReadCourses, Scope};
use crate::act::{Act, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql::Sql;

type Reading = Scope<ReadCourses>;

const CURRICULA: &str = "SELECT k.id, k.organisation_id, k.name, k.no, k.version,
   (SELECT count(*) FROM courses f WHERE f.curriculum_id = k.id) AS courses FROM curricula k WHERE ";

/// The own association's, and those that the courses follow which one leads.
fn reaches(question: &mut Question, scope: &Reading) {
    let organisations = scope.organisations();
    question.words("(");
    if !organisations.is_empty() {
        question.is_one_of("k.organisation_id", &organisations);
        question.words(" OR ");
    }
    question
        .words(
            "k.id IN (SELECT c.curriculum_id FROM courses c WHERE c.curriculum_id IS NOT NULL AND ",
        )
        .reaches_course(scope)
        .words("))");
}

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    organisation: Option<OrganisationId>,
) -> Result<Vec<Curriculum>> {
    let mut question = Question::new(ctx.store.backend(), CURRICULA);
    reaches(&mut question, scope);
    if let Some(organisation) = organisation {
        question.words(" AND k.organisation_id = ");
        question.bind(organisation.uuid());
    }
    question.words(" ORDER BY k.name, k.no DESC, k.id");
    question.all(ctx.store.reader()).await
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Reading,
    ids: &[CurriculumId],
) -> Result<Vec<Curriculum>> {
    let mut question = Question::new(ctx.store.backend(), CURRICULA);
    question.is_one_of("k.id", ids).words(" AND ");
    reaches(&mut question, scope);
    question.all(ctx.store.reader()).await
}

pub(super) async fn sessions_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CurriculumId],
) -> Result<Vec<Session>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT s.curriculum_id, s.no, s.theme, s.methods, s.materials FROM curriculum_sessions s
         JOIN curricula k ON k.id = s.curriculum_id WHERE ",
    );
    question.is_one_of("s.curriculum_id", of).words(" AND ");
    reaches(&mut question, scope);
    question.words(" ORDER BY s.no");
    question.all(ctx.store.reader()).await
}

pub(super) async fn workshops_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CurriculumId],
) -> Result<Vec<Workshop>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT w.id, w.curriculum_id, w.on_date, w.professionals, w.developers, w.changed FROM curriculum_workshops w
         JOIN curricula k ON k.id = w.curriculum_id WHERE w.cancelled_at IS NULL AND ",
    );
    question.is_one_of("w.curriculum_id", of).words(" AND ");
    reaches(&mut question, scope);
    question.words(" ORDER BY w.on_date, w.id");
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

pub(super) async fn is_of(
    db: &impl ConnectionTrait,
    id: CurriculumId,
    of: OrganisationId,
) -> Result<bool> {
    static SQL: Sql =
        Sql::new("SELECT count(*) AS n FROM curricula WHERE id = $1 AND organisation_id = $2");
    let found: Option<Number> = SQL.one(db, [id.0.into(), of.0.into()]).await?;
    Ok(found.is_some_and(|found| found.n > 0))
}

/// Which number the next version of a name has.
pub(super) async fn next_no(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    name: &str,
) -> Result<i64> {
    static SQL: Sql = Sql::new(
        "SELECT CAST(coalesce(max(no), 0) + 1 AS bigint) AS n FROM curricula WHERE organisation_id = $1 AND name = $2",
    );
    let next: Option<Number> = SQL.one(db, [of.0.into(), name.into()]).await?;
    Ok(next.map_or(1, |next| next.n))
}

/// Holds a version until the act ends.
pub(super) async fn hold(db: &impl ConnectionTrait, id: CurriculumId) -> Result<()> {
    static SQL: Sql = Sql::new("UPDATE curricula SET version = version WHERE id = $1");
    SQL.run(db, [id.0.into()]).await?;
    Ok(())
}

pub(super) async fn sessions_of(
    db: &impl ConnectionTrait,
    id: CurriculumId,
) -> Result<Vec<Session>> {
    static SQL: Sql = Sql::new(
        "SELECT curriculum_id, no, theme, methods, materials FROM curriculum_sessions WHERE curriculum_id = $1 ORDER BY no",
    );
    SQL.all(db, [id.0.into()]).await
}

/// Holds a version of the actor's own association, and raises the version number that an act is based on.
///
/// Errors: `NotFound`, noted as refused; `Conflict` (`STALE_VERSION`).
pub(super) async fn take(
    act: &Act<'_>,
    scope: &Scope<ManageCourses>,
    id: CurriculumId,
    version: i32,
) -> Result<Curriculum> {
    hold(&act.tx, id).await?;
    let mut question = Question::new(act.ctx.store.backend(), CURRICULA);
    question
        .words("k.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .is_one_of("k.organisation_id", &scope.organisations());
    let held: Option<Curriculum> = question.one(&act.tx).await?;
    let Some(held) = held else {
        act.ctx.refuse(scope, ObjectKind::Course, id);
        return Err(Error::NotFound);
    };
    raise(&act.tx, id, version).await?;
    Ok(held)
}

take_version!(raise, "curricula", CurriculumId);
