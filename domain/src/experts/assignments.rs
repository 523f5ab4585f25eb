//! What experts do: the task, where, for how much of the working time, on what terms and with what money.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{ExpertAssignmentId, ExpertProfileId, Id as _, OrganisationId};
use rinnalla_entity::states::{Compensation, Employment, FundingStatus, RehabilitationPhase};
use sea_orm::{ConnectionTrait, Value};

use super::cohorts::LINE_MAX_CHARS;
use super::queries::{self, About};
use super::registering::check_known;
use super::rules;
use crate::access::{ManageExperts, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations::{self, CodeList};
use crate::sql::{self, Sql};
use crate::text::free_line;

/// For how many target groups an assignment may be: our own choice, far above need.
const MOST_TARGET_GROUPS: usize = 20;

/// What is told of an assignment.
#[derive(Clone, Debug)]
pub struct AssignmentDetails {
    /// The organisation that is worked for.
    pub host: OrganisationId,
    /// What is done, as a code.
    pub task: String,
    /// Where.
    pub place: Option<String>,
    /// How much of the working time, in per cent.
    pub working_time_pct: i32,
    /// What is paid.
    pub compensation: Compensation,
    /// On what terms.
    pub employment: Employment,
    /// How its funding stands.
    pub funding: FundingStatus,
    /// Before or after rehabilitation.
    pub phase: RehabilitationPhase,
    /// Whom the work is for, as codes; never told of anybody whom the expert meets.
    pub target_groups: Vec<String>,
    /// Its first day.
    pub from_on: NaiveDate,
    /// Its last day.
    pub to_on: Option<NaiveDate>,
}

/// A new assignment.
#[derive(Clone, Debug)]
pub struct Assign {
    /// Whose.
    pub profile: ExpertProfileId,
    /// The version of the expert's entry.
    pub version: i32,
    /// What is told of it.
    pub details: AssignmentDetails,
}

/// A correction: everything as it should be.
#[derive(Clone, Debug)]
pub struct CorrectAssignment {
    /// The assignment.
    pub assignment: ExpertAssignmentId,
    /// Its version.
    pub version: i32,
    /// What is told of it.
    pub details: AssignmentDetails,
}

/// An act on an assignment that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnAssignment {
    /// The assignment.
    pub assignment: ExpertAssignmentId,
    /// Its version.
    pub version: i32,
}

/// Records an assignment. Somebody may have one before their training has ended; what they are is told beside it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`: `hostId UNKNOWN`, `task UNKNOWN_CODE`, `place`,
/// `workingTimePct OUT_OF_RANGE`, `targetGroups UNKNOWN_CODE`, `OUT_OF_RANGE`, `fromOn OUT_OF_RANGE`, `toOn OUT_OF_RANGE`, `DATES_OUT_OF_ORDER`.
pub async fn assign(ctx: &Ctx, key: &IdempotencyKey, input: Assign) -> Result<ExpertAssignmentId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO expert_assignments (id, host_id, task, place, working_time_pct, compensation, employment, funding, phase,
           from_on, to_on, profile_id, version, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14)",
    );
    let scope = require::<ManageExperts>(ctx)?;
    if let Some(done) = ctx.done_before("expertAssignmentAdd", key).await? {
        return Ok(ExpertAssignmentId(done));
    }
    let told = check(ctx, &input.details).await?;
    let id = ExpertAssignmentId::random();
    let act = match ctx.begin("expertAssignmentAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertAssignmentId(done)),
    };
    let held = queries::hold(&act, &scope, About::Profile(input.profile)).await?;
    queries::take(&act.tx, held.id, input.version).await?;
    let mut values = cells(id, &input.details, told.line).to_vec();
    values.extend([held.id.0.into(), scope.actor().0.into(), ctx.now.into()]);
    SQL.run(&act.tx, values).await?;
    write_target_groups(&act.tx, id, &told.target_groups).await?;
    done(act, &scope, &held, id).await
}

/// Puts an assignment right: its end, its funding, whatever has become otherwise.
///
/// Errors: as [`assign`].
pub async fn correct_assignment(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CorrectAssignment,
) -> Result<ExpertAssignmentId> {
    static SQL: Sql = Sql::new(
        "UPDATE expert_assignments SET version = version + 1, host_id = $2, task = $3, place = $4, working_time_pct = $5,
           compensation = $6, employment = $7, funding = $8, phase = $9, from_on = $10, to_on = $11
         WHERE id = $1 AND version = $12 AND cancelled_at IS NULL",
    );
    let scope = require::<ManageExperts>(ctx)?;
    if let Some(done) = ctx.done_before("expertAssignmentCorrect", key).await? {
        return Ok(ExpertAssignmentId(done));
    }
    let told = check(ctx, &input.details).await?;
    let id = input.assignment;
    let act = match ctx.begin("expertAssignmentCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertAssignmentId(done)),
    };
    let held = queries::hold(&act, &scope, About::Assignment(id)).await?;
    let mut values = cells(id, &input.details, told.line).to_vec();
    values.push(input.version.into());
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    write_target_groups(&act.tx, id, &told.target_groups).await?;
    done(act, &scope, &held, id).await
}

/// Takes an assignment back that was recorded in error. One that has ended is given its last day instead.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`).
pub async fn cancel_assignment(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnAssignment,
) -> Result<ExpertProfileId> {
    static SQL: Sql = Sql::new(
        "UPDATE expert_assignments SET version = version + 1, cancelled_at = $3, cancelled_by = $4
         WHERE id = $1 AND version = $2 AND cancelled_at IS NULL",
    );
    static OF: Sql = Sql::new("SELECT profile_id AS id FROM expert_assignments WHERE id = $1");
    #[derive(sea_orm::FromQueryResult)]
    struct Of {
        id: ExpertProfileId,
    }
    let scope = require::<ManageExperts>(ctx)?;
    let id = input.assignment;
    let mut act = match ctx.begin("expertAssignmentCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => {
            let of: Option<Of> = OF.one(ctx.store.reader(), [done.into()]).await?;
            return of.map(|of| of.id).ok_or(Error::NotFound);
        }
    };
    let held = queries::hold(&act, &scope, About::Assignment(id)).await?;
    let values: [Value; 4] = [
        id.0.into(),
        input.version.into(),
        ctx.now.into(),
        scope.actor().0.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, held.organisation_id, ObjectKind::Expert, held.id);
    act.done().await?;
    Ok(held.id)
}

/// The cells that adding and correcting share, in their order.
fn cells(
    id: ExpertAssignmentId,
    told: &AssignmentDetails,
    (place, working_time_pct): (Option<String>, i16),
) -> [Value; 11] {
    [
        id.0.into(),
        told.host.0.into(),
        told.task.clone().into(),
        place.into(),
        working_time_pct.into(),
        code(told.compensation),
        code(told.employment),
        code(told.funding),
        code(told.phase),
        told.from_on.into(),
        told.to_on.into(),
    ]
}

/// What is told, checked.
struct Told {
    /// The place, and the share of the working time.
    line: (Option<String>, i16),
    target_groups: BTreeSet<String>,
}

async fn check(ctx: &Ctx, told: &AssignmentDetails) -> Result<Told> {
    let mut faults = Violations::default();
    check_known(ctx, told.host, "hostId", &mut faults).await?;
    let db = ctx.store.reader();
    let task = std::slice::from_ref(&told.task);
    let unknown = organisations::unknown_codes(db, CodeList::ExpertTask, task).await?;
    let groups = &told.target_groups;
    if groups.len() > MOST_TARGET_GROUPS {
        faults.check(false, "targetGroups", "OUT_OF_RANGE");
    } else if !groups.is_empty() {
        let unknown = organisations::unknown_codes(db, CodeList::TargetGroup, groups).await?;
        faults.check(unknown.is_empty(), "targetGroups", "UNKNOWN_CODE");
    }
    let place = told.place.as_deref();
    let place = place.map(|it| free_line(it, LINE_MAX_CHARS)).transpose();
    let place = faults.take("place", place);
    let pct = told.working_time_pct;
    let pct = i16::try_from(pct)
        .ok()
        .filter(|_| rules::WORKING_TIME.contains(&pct));
    let pct = faults.take("workingTimePct", pct.ok_or("OUT_OF_RANGE"));
    let days = rules::days(ctx.today);
    let is_known = |day: NaiveDate| days.contains(&day);
    faults
        .check(unknown.is_empty(), "task", "UNKNOWN_CODE")
        .check(is_known(told.from_on), "fromOn", "OUT_OF_RANGE")
        .check(told.to_on.is_none_or(is_known), "toOn", "OUT_OF_RANGE")
        .check(
            told.to_on.is_none_or(|to| told.from_on <= to),
            "toOn",
            "DATES_OUT_OF_ORDER",
        )
        .done()?;
    Ok(Told {
        line: place.zip(pct).ok_or_else(unchecked)?,
        target_groups: groups.iter().cloned().collect(),
    })
}

async fn write_target_groups(
    db: &impl ConnectionTrait,
    id: ExpertAssignmentId,
    groups: &BTreeSet<String>,
) -> Result<()> {
    static CLEAR: Sql = Sql::new("DELETE FROM expert_assignment_targets WHERE assignment_id = $1");
    CLEAR.run(db, [id.0.into()]).await?;
    let cells = groups
        .iter()
        .flat_map(|code| [Value::from(id.0), code.clone().into()]);
    let columns = "assignment_id, code";
    sql::insert_many(db, "expert_assignment_targets", columns, cells.collect()).await
}

async fn done(
    mut act: Act<'_>,
    scope: &crate::access::Scope<ManageExperts>,
    held: &queries::Held,
    id: ExpertAssignmentId,
) -> Result<ExpertAssignmentId> {
    act.changed(scope, held.organisation_id, ObjectKind::Expert, held.id);
    act.done().await?;
    Ok(id)
}
