//! Adding grant targets, putting them right, and saying which activities belong to them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{GrantTargetId, Id, OrganisationId};
use rinnalla_entity::states::GrantKind;
use sea_orm::Value;

use super::{Activities, queries, rules};
use crate::access::{KeepGrantTargets, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations::{self, CodeList};
use crate::sql::Sql;
use crate::text::free_line;

/// What is told of a target: all of it, as it should be.
#[derive(Clone, Debug)]
pub struct Details {
    /// Who gives the grant: a code of the list `FUNDER`.
    pub funder: String,
    /// The code under which the funder keeps it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of grant it is.
    pub kind: GrantKind,
    /// The first day of its period.
    pub from: NaiveDate,
    /// The last day; open where none is said.
    pub to: Option<NaiveDate>,
    /// Whether talks that are counted one by one belong to it.
    pub counts_encounters: bool,
}

/// A new target.
#[derive(Clone, Debug)]
pub struct Create {
    /// The association.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: Details,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The target.
    pub target: GrantTargetId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// The activities that belong to a target: all of them.
#[derive(Clone, Debug)]
pub struct Tie {
    /// The target.
    pub target: GrantTargetId,
    /// The version that this is based on.
    pub version: i32,
    /// The activities.
    pub activities: Activities,
}

/// A target that was added in error.
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    /// The target.
    pub target: GrantTargetId,
    /// The version that this is based on.
    pub version: i32,
}

/// Adds a target.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `ORGANISATION_CLOSED`; `funder UNKNOWN_CODE`; `code`, `name` as free lines;
/// `from`, `to OUT_OF_RANGE`, `to DATES_OUT_OF_ORDER`).
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<GrantTargetId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO grant_targets (id, organisation_id, funder, code, name, kind, from_on, to_on, counts_encounters, created_by,
           created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    );
    let scope = require::<KeepGrantTargets>(ctx)?;
    if let Some(done) = ctx.done_before("grantTargetCreate", key).await? {
        return Ok(GrantTargetId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = GrantTargetId::random();
    let mut act = match ctx.begin("grantTargetCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(GrantTargetId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let mut values: Vec<Value> = vec![id.0.into(), of.0.into()];
    values.extend(told);
    values.extend([scope.actor().0.into(), ctx.now.into()]);
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(GrantTargetId)
}

/// Puts right what is told of a target.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`create`], `ALREADY_CANCELLED`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<GrantTargetId> {
    static SQL: Sql = Sql::new(
        "UPDATE grant_targets SET funder = $2, code = $3, name = $4, kind = $5, from_on = $6, to_on = $7, counts_encounters = $8
         WHERE id = $1",
    );
    let scope = require::<KeepGrantTargets>(ctx)?;
    if let Some(done) = ctx.done_before("grantTargetCorrect", key).await? {
        return Ok(GrantTargetId(done));
    }
    let mut faults = Violations::default();
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = input.target;
    let mut act = match ctx.begin("grantTargetCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(GrantTargetId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    let of = act.take_own(&scope, "grant_targets", object, input.version);
    let of = of.await?;
    if queries::is_cancelled(&act.tx, id).await? {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    let values = std::iter::once(id.0.into()).chain(told);
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(GrantTargetId)
}

/// Says which activities belong to a target: all of them, as it should be.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`courseIds`, `dropInPlaceIds`, `peerGroupIds`,
/// `programmeIds`, `influenceItemIds`: `OUT_OF_RANGE`, `UNKNOWN` where one is not the association's;
/// `ALREADY_CANCELLED`).
pub async fn tie(ctx: &Ctx, key: &IdempotencyKey, input: Tie) -> Result<GrantTargetId> {
    let scope = require::<KeepGrantTargets>(ctx)?;
    let mut faults = Violations::default();
    let told = &input.activities;
    let told = Activities {
        courses: once(&told.courses, "courseIds", &mut faults),
        places: once(&told.places, "dropInPlaceIds", &mut faults),
        groups: once(&told.groups, "peerGroupIds", &mut faults),
        programmes: once(&told.programmes, "programmeIds", &mut faults),
        influence: once(&told.influence, "influenceItemIds", &mut faults),
    };
    faults.done()?;
    let id = input.target;
    let mut act = match ctx.begin("grantTargetTie", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(GrantTargetId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    let of = act.take_own(&scope, "grant_targets", object, input.version);
    let of = of.await?;
    if queries::is_cancelled(&act.tx, id).await? {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    let known = queries::known(&act.tx, of, &told).await?;
    let mut all = |n: i64, told: usize, field| {
        faults.check(usize::try_from(n) == Ok(told), field, "UNKNOWN");
    };
    all(known.courses, told.courses.len(), "courseIds");
    all(known.places, told.places.len(), "dropInPlaceIds");
    all(known.groups, told.groups.len(), "peerGroupIds");
    all(known.programmes, told.programmes.len(), "programmeIds");
    all(known.influence, told.influence.len(), "influenceItemIds");
    faults.done()?;
    queries::write(&act.tx, id, &told).await?;
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(GrantTargetId)
}

/// Takes a target back that was added in error; it stays, cancelled. What belongs to it has to be untied first.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`; `IN_USE` where activities belong to it).
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: Cancel) -> Result<GrantTargetId> {
    let scope = require::<KeepGrantTargets>(ctx)?;
    let id = input.target;
    let mut act = match ctx.begin("grantTargetCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(GrantTargetId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    act.cancel_own(&scope, "grant_targets", object, input.version)
        .await?;
    if queries::is_in_use(&act.tx, id).await? {
        return Err(Error::invalid("", "IN_USE"));
    }
    act.done().await.map(GrantTargetId)
}

/// Each id once; too many are a fault.
fn once<T: Id + Ord>(told: &[T], field: &'static str, faults: &mut Violations) -> Vec<T> {
    let are_few = told.len() <= rules::MOST_ACTIVITIES;
    faults.check(are_few, field, "OUT_OF_RANGE");
    let once: BTreeSet<T> = told.iter().copied().collect();
    once.into_iter().collect()
}

/// What is told, checked, in the order of the columns.
async fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Result<Option<[Value; 7]>> {
    let funders = std::slice::from_ref(&told.funder);
    let db = ctx.store.reader();
    let unknown = organisations::unknown_codes(db, CodeList::Funder, funders).await?;
    faults.check(unknown.is_empty(), "funder", "UNKNOWN_CODE");
    let code_told = faults.take("code", free_line(&told.code, rules::CODE_MAX_CHARS));
    let name = faults.take("name", free_line(&told.name, rules::NAME_MAX_CHARS));
    let near = rules::near(ctx.today);
    let (from, to) = (told.from, told.to);
    faults
        .check(near.contains(&from), "from", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| near.contains(&to)), "to", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| from <= to), "to", "DATES_OUT_OF_ORDER");
    let (Some(code_told), Some(name)) = (code_told, name) else {
        return Ok(None);
    };
    Ok(Some([
        told.funder.clone().into(),
        code_told.into(),
        name.into(),
        code(told.kind),
        from.into(),
        to.into(),
        told.counts_encounters.into(),
    ]))
}
