//! What a course cost, in lines, and who paid how much of each: one room may be paid by the city and a grant together.
//! Whoever takes part pays nothing. Wages are not counted unless somebody enters them.

use rinnalla_entity::ids::{CourseCostId, CourseId, Id as _};
use rinnalla_entity::states::CourseCostKind;
use sea_orm::{FromQueryResult, Value};

use super::queries::{self, About};
use crate::access::{ManageCourses, ReadCourses, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::costs::{self, Line, Share};
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
use crate::page::Grouped;
use crate::sql::Sql;

/// A line of a course's costs.
#[derive(Clone, Debug)]
pub struct Cost {
    /// Its id.
    pub id: CourseCostId,
    /// What the money went to.
    pub kind: CourseCostKind,
    /// How much it was, in cents.
    pub cents: i32,
    /// Who paid how much of it.
    pub shares: Vec<Share>,
}

/// A line to add.
#[derive(Clone, Debug)]
pub struct AddCost {
    /// The course.
    pub course: CourseId,
    /// Its version.
    pub version: i32,
    /// What the money went to.
    pub kind: CourseCostKind,
    /// How much it was, in cents.
    pub cents: i32,
    /// Who paid how much: all of it.
    pub shares: Vec<Share>,
}

/// A line that was wrong.
#[derive(Clone, Copy, Debug)]
pub struct CancelCost {
    /// The course.
    pub course: CourseId,
    /// Its version.
    pub version: i32,
    /// The line.
    pub cost: CourseCostId,
}

/// Adds a line to what a course cost.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`cents OUT_OF_RANGE`, `shares OUT_OF_RANGE`, `shares
/// SAME_TWICE`, `shares UNKNOWN_CODE`, `shares SHARES_DO_NOT_ADD_UP`).
pub async fn add_cost(ctx: &Ctx, key: &IdempotencyKey, input: AddCost) -> Result<CourseId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO course_costs (id, course_id, kind, cents, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)",
    );
    let scope = require::<ManageCourses>(ctx)?;
    if let Some(done) = ctx.done_before("courseCostAdd", key).await? {
        return Ok(CourseId(done));
    }
    let mut faults = Violations::default();
    costs::check(ctx, input.cents, &input.shares, &mut faults).await?;
    faults.done()?;
    let mut act = match ctx.begin("courseCostAdd", key, input.course).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(input.course)).await?;
    queries::take_course(&act.tx, held.id, input.version).await?;
    let id = CourseCostId::random();
    let values: [Value; 6] = [
        id.0.into(),
        held.id.0.into(),
        code(input.kind),
        input.cents.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    costs::write_shares(&act.tx, "course_cost_shares", id.0, input.shares).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseId)
}

/// Takes a line back that was wrong; it stays, cancelled.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`courseCostId UNKNOWN` for one that is not the course's, or
/// was cancelled before).
pub async fn cancel_cost(ctx: &Ctx, key: &IdempotencyKey, input: CancelCost) -> Result<CourseId> {
    static SQL: Sql = Sql::new(
        "UPDATE course_costs SET cancelled_by = $3, cancelled_at = $4 WHERE id = $1 AND course_id = $2 AND cancelled_at IS NULL",
    );
    let scope = require::<ManageCourses>(ctx)?;
    let mut act = match ctx.begin("courseCostCancel", key, input.course).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(input.course)).await?;
    queries::take_course(&act.tx, held.id, input.version).await?;
    let line = ("courseCostId", input.cost.0);
    costs::cancel(&act, &SQL, line, held.id.0).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseId)
}

/// A line with one of its shares.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub course_id: CourseId,
    id: CourseCostId,
    kind: CourseCostKind,
    cents: i32,
    funder: String,
    share_cents: i32,
}

/// What each course cost, in the order in which it was recorded; cancelled lines are left out.
pub async fn costs_for(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, Cost>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::costs_for(ctx, &scope, of).await?;
    let lines = rows.into_iter().map(|row| Line {
        of: row.course_id,
        id: row.id.0,
        about: (row.id, row.kind, row.cents),
        share: Share {
            funder: row.funder,
            cents: row.share_cents,
        },
    });
    let cost = |((id, kind, cents), shares)| Cost {
        id,
        kind,
        cents,
        shares,
    };
    let grouped = costs::grouped(lines).into_iter();
    Ok(grouped
        .map(|(of, lines)| (of, lines.into_iter().map(cost).collect()))
        .collect())
}
