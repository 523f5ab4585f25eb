//! The SQL of courses: each statement reaches what its scope does.

mod acting;
mod changes;
mod costs;
mod enrolments;
mod feedback;
mod feeds;
mod own;

use rinnalla_entity::ids::{CourseId, CourseSessionId, Id as _};
use sea_orm::FromQueryResult;

use super::{Course, CourseSession, Facilitator, Figures, Filter, Organiser};
use crate::access::{ReadCourses, Scope};
use crate::act::code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::PageArgs;
use crate::reach::Question;

pub(crate) use acting::count_change;
pub(super) use acting::*;
pub(super) use changes::*;
pub(super) use costs::*;
pub(super) use enrolments::*;
pub(super) use feedback::*;
pub(super) use feeds::*;
pub(super) use own::*;

type Reading = Scope<ReadCourses>;

const COURSES: &str =
    "SELECT c.id, c.organisation_id, c.name, c.unit, c.starts_on, c.starts_at, c.lunch_minutes,
    c.baseline_group_size, c.participant_limit, c.curriculum_id, c.status, c.version FROM courses c WHERE ";

/// The columns of a session `s` of a course `c`.
macro_rules! session_columns {
    () => {
        "s.id, s.course_id, c.organisation_id, s.no, s.on_date, s.starts_at, s.minutes, s.status, s.replaces_id, s.theme,
         s.methods, s.materials, s.sequence, s.version"
    };
}
pub(super) use session_columns;

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    filter: &Filter,
    page: &PageArgs,
) -> Result<Vec<Course>> {
    let mut question = Question::new(ctx.store.backend(), COURSES);
    which(&mut question, scope, filter);
    if let Some(after) = page.after {
        question
            .words(" AND (c.starts_on, c.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question
        .words(" ORDER BY c.starts_on DESC, c.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Reading, filter: &Filter) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS n FROM courses c WHERE ",
    );
    which(&mut question, scope, filter);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

fn which(question: &mut Question, scope: &Reading, filter: &Filter) {
    question.reaches_course(scope);
    if let Some(organisation) = filter.organisation {
        question.words(" AND ");
        question.is_one_of("c.organisation_id", &[organisation]);
    }
    if let Some(status) = filter.status {
        question.words(" AND c.status = ").bind(code(status));
    }
    if let Some(from) = filter.from {
        question.words(" AND c.starts_on >= ").bind(from);
    }
    if let Some(to) = filter.to {
        question.words(" AND c.starts_on <= ").bind(to);
    }
    if filter.mine {
        question
            .words(" AND c.id IN (SELECT m.course_id FROM course_facilitators m WHERE m.removed_at IS NULL AND m.person_id = ")
            .bind(scope.actor().uuid())
            .words(")");
    }
}

pub(super) async fn for_ids(ctx: &Ctx, scope: &Reading, ids: &[CourseId]) -> Result<Vec<Course>> {
    let mut question = Question::new(ctx.store.backend(), COURSES);
    question
        .is_one_of("c.id", ids)
        .words(" AND ")
        .reaches_course(scope);
    question.all(ctx.store.reader()).await
}

/// What took part: whoever came at least once, for a part of a session at least.
const CAME: &str = " AS cost_cents, count(DISTINCT c.id) AS courses, count(e.id) AS enrolled,
    count(DISTINCT coalesce(e.person_id, e.id)) AS persons,
    count(CASE WHEN e.status = 'GRADUATED' THEN 1 END) AS graduated";
/// What courses cost, of lines that stand.
const COST: &str = "SELECT (SELECT coalesce(sum(k.cents), 0) FROM course_costs k";
const OF_COURSES: &str =
    " FROM courses c LEFT JOIN enrolments e ON e.course_id = c.id AND e.status <> 'CANCELLED'
      AND EXISTS (SELECT 1 FROM attendances a WHERE a.enrolment_id = e.id AND a.cancelled_at IS NULL
        AND a.status IN ('PRESENT', 'PARTLY')) WHERE ";

/// Cancelled courses are left out.
pub(super) async fn figures(ctx: &Ctx, scope: &Reading, filter: &Filter) -> Result<Figures> {
    let mut question = Question::new(ctx.store.backend(), COST);
    question.words(" JOIN courses c ON c.id = k.course_id WHERE k.cancelled_at IS NULL AND ");
    which(&mut question, scope, filter);
    question
        .words(" AND c.status <> 'CANCELLED')")
        .words(CAME)
        .words(OF_COURSES);
    which(&mut question, scope, filter);
    question.words(" AND c.status <> 'CANCELLED'");
    let figures: Option<Figures> = question.one(ctx.store.reader()).await?;
    Ok(figures.unwrap_or_default())
}

#[derive(FromQueryResult)]
pub(super) struct FiguresOf {
    pub course_id: CourseId,
    #[sea_orm(nested)]
    pub figures: Figures,
}

pub(super) async fn figures_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<FiguresOf>> {
    let mut question = Question::new(ctx.store.backend(), COST);
    question
        .words(" WHERE k.course_id = c.id AND k.cancelled_at IS NULL)")
        .words(CAME)
        .words(", c.id AS course_id")
        .words(OF_COURSES)
        .is_one_of("c.id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" GROUP BY c.id");
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(super) struct Goal {
    pub course_id: CourseId,
    pub code: String,
}

pub(super) async fn goals_for(ctx: &Ctx, scope: &Reading, of: &[CourseId]) -> Result<Vec<Goal>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT g.course_id, g.code FROM course_goals g JOIN courses c ON c.id = g.course_id WHERE ",
    );
    question
        .is_one_of("g.course_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" ORDER BY g.code");
    question.all(ctx.store.reader()).await
}

pub(super) async fn organisers_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<Organiser>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT o.course_id, o.organisation_id, o.kind FROM course_organisers o JOIN courses c ON c.id = o.course_id WHERE ",
    );
    question
        .is_one_of("o.course_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" ORDER BY o.kind, o.organisation_id");
    question.all(ctx.store.reader()).await
}

pub(super) async fn facilitators_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<Facilitator>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT f.course_id, f.person_id, f.kind, EXISTS (SELECT 1 FROM enrolments e JOIN courses o ON o.id = e.course_id
           WHERE e.person_id = f.person_id AND e.status = 'GRADUATED' AND o.organisation_id = c.organisation_id) AS is_graduate
         FROM course_facilitators f JOIN courses c ON c.id = f.course_id WHERE f.removed_at IS NULL AND ",
    );
    question
        .is_one_of("f.course_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" ORDER BY f.assigned_at, f.person_id");
    question.all(ctx.store.reader()).await
}

fn sessions(ctx: &Ctx) -> Question {
    let mut question = Question::new(ctx.store.backend(), "SELECT ");
    question
        .words(session_columns!())
        .words(" FROM course_sessions s JOIN courses c ON c.id = s.course_id WHERE ");
    question
}

const IN_ORDER: &str = " ORDER BY s.on_date, s.starts_at, s.id";

pub(super) async fn sessions_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<CourseSession>> {
    let mut question = sessions(ctx);
    question
        .is_one_of("s.course_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(IN_ORDER);
    question.all(ctx.store.reader()).await
}

pub(super) async fn session(
    ctx: &Ctx,
    scope: &Reading,
    id: CourseSessionId,
) -> Result<Option<CourseSession>> {
    let mut question = sessions(ctx);
    question
        .words("s.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_course(scope);
    question.one(ctx.store.reader()).await
}

/// The sessions of a day, and those before it that nobody has recorded, of open courses that the actor leads.
pub(super) async fn sessions_to_record(
    ctx: &Ctx,
    scope: &Reading,
    on: chrono::NaiveDate,
) -> Result<Vec<CourseSession>> {
    let mut question = sessions(ctx);
    question
        .words("s.status <> 'CANCELLED' AND c.status IN ('OPEN', 'RUNNING', 'FINISHED') AND (s.on_date = ")
        .bind(on)
        .words(" OR (s.status <> 'HELD' AND s.on_date < ")
        .bind(on)
        .words(")) AND c.id IN (SELECT m.course_id FROM course_facilitators m
             WHERE m.removed_at IS NULL AND m.person_id = ")
        .bind(scope.actor().uuid())
        .words(") AND ")
        .reaches_course(scope)
        .words(IN_ORDER)
        .words(" LIMIT 20");
    question.all(ctx.store.reader()).await
}
