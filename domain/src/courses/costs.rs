//! What a course cost, in lines, and who paid how much of each: one room may be paid by the city and a grant together.
//! Whoever takes part pays nothing. Wages are not counted unless somebody enters them.

use std::collections::BTreeSet;

use rinnalla_entity::ids::{CourseCostId, CourseId, Id as _};
use rinnalla_entity::states::CourseCostKind;
use sea_orm::{FromQueryResult, Value};

use super::queries::{self, About};
use super::rules;
use crate::access::{ManageCourses, ReadCourses, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations::{self, CodeList};
use crate::page::Grouped;
use crate::sql::{self, Sql};

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

/// What somebody paid of a line.
#[derive(Clone, Debug)]
pub struct Share {
    /// Who: a code of the list `FUNDER`.
    pub funder: String,
    /// How much, in cents.
    pub cents: i32,
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
    check(ctx, &input).await?;
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
    let shares = input.shares.into_iter();
    let shares = shares.flat_map(|it| [Value::from(id.0), it.funder.into(), it.cents.into()]);
    let columns = "cost_id, funder, cents";
    sql::insert_many(&act.tx, "course_cost_shares", columns, shares.collect()).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseId)
}

async fn check(ctx: &Ctx, input: &AddCost) -> Result<()> {
    let mut faults = Violations::default();
    faults.check(
        rules::COST_CENTS.contains(&input.cents),
        "cents",
        "OUT_OF_RANGE",
    );
    let shares = &input.shares;
    let are_paid = shares
        .iter()
        .all(|it| rules::COST_CENTS.contains(&it.cents));
    if shares.is_empty() || shares.len() > rules::MOST_SHARES || !are_paid {
        faults.check(false, "shares", "OUT_OF_RANGE");
        return faults.done();
    }
    let funders: BTreeSet<&String> = shares.iter().map(|it| &it.funder).collect();
    faults.check(funders.len() == shares.len(), "shares", "SAME_TWICE");
    let named: Vec<String> = funders.into_iter().cloned().collect();
    let db = ctx.store.reader();
    let unknown = organisations::unknown_codes(db, CodeList::Funder, &named).await?;
    let paid: i64 = shares.iter().map(|it| i64::from(it.cents)).sum();
    faults
        .check(unknown.is_empty(), "shares", "UNKNOWN_CODE")
        .check(
            paid == i64::from(input.cents),
            "shares",
            "SHARES_DO_NOT_ADD_UP",
        )
        .done()
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
    let values: [Value; 4] = [
        input.cost.0.into(),
        held.id.0.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::invalid("courseCostId", "UNKNOWN"));
    }
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
    let mut costs = Grouped::with_capacity(of.len());
    for row in queries::costs_for(ctx, &scope, of).await? {
        let of_one: &mut Vec<Cost> = costs.entry(row.course_id).or_default();
        if of_one.last().is_none_or(|last| last.id != row.id) {
            of_one.push(Cost {
                id: row.id,
                kind: row.kind,
                cents: row.cents,
                shares: Vec::new(),
            });
        }
        if let Some(cost) = of_one.last_mut() {
            cost.shares.push(Share {
                funder: row.funder,
                cents: row.share_cents,
            });
        }
    }
    Ok(costs)
}
