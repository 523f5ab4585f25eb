//! Recording work for influence, following what comes of it, and taking back what was recorded in error.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, InfluenceItemId, OrganisationId};
use rinnalla_entity::states::{InfluenceKind, InfluenceOutcome};
use sea_orm::Value;

use super::rules;
use crate::access::{KeepInfluence, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::areas::AREAS;
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations;
use crate::sql::Sql;
use crate::text::free_line;

/// What is told of an item: all of it, as it should be.
#[derive(Clone, Debug)]
pub struct Details {
    /// What it was.
    pub kind: InfluenceKind,
    /// What it was about.
    pub title: String,
    /// The body that it was brought before.
    pub body: String,
    /// The day.
    pub on: NaiveDate,
    /// The section of the body's minutes.
    pub section: Option<String>,
    /// The number under which the body keeps it.
    pub register_number: Option<String>,
    /// How many of the own people took part.
    pub participants: Option<i32>,
    /// What came of it.
    pub outcome: InfluenceOutcome,
    /// The same in words.
    pub outcome_told: Option<String>,
    /// The area of osallisuus, 1 to 3.
    pub area: Option<i32>,
}

/// A new item.
#[derive(Clone, Debug)]
pub struct Record {
    /// The association.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: Details,
}

/// A correction, or news of what came of it.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The item.
    pub item: InfluenceItemId,
    /// The version that this is based on.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// An item that was recorded in error.
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    /// The item.
    pub item: InfluenceItemId,
    /// The version that this is based on.
    pub version: i32,
}

/// Records an item.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `ORGANISATION_CLOSED`; `title`, `body`, `section`, `registerNumber`,
/// `outcomeTold` as free lines; `on`, `participants`, `area OUT_OF_RANGE`).
pub async fn record(ctx: &Ctx, key: &IdempotencyKey, input: Record) -> Result<InfluenceItemId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO influence_items (id, organisation_id, kind, title, body, on_date, section, register_number, participants,
           outcome, outcome_told, area, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    );
    let scope = require::<KeepInfluence>(ctx)?;
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let told = check(ctx, &input.details, &mut faults);
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = InfluenceItemId::random();
    let mut act = match ctx.begin("influenceItemRecord", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(InfluenceItemId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let mut values: Vec<Value> = vec![id.0.into(), of.0.into()];
    values.extend(told);
    values.extend([scope.actor().0.into(), ctx.now.into()]);
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(InfluenceItemId)
}

/// Puts right what is told of an item, what came of it included.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`record`], `ALREADY_CANCELLED`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<InfluenceItemId> {
    static SQL: Sql = Sql::new(
        "UPDATE influence_items SET kind = $2, title = $3, body = $4, on_date = $5, section = $6, register_number = $7,
           participants = $8, outcome = $9, outcome_told = $10, area = $11 WHERE id = $1 AND cancelled_at IS NULL",
    );
    let scope = require::<KeepInfluence>(ctx)?;
    let mut faults = Violations::default();
    let told = check(ctx, &input.details, &mut faults);
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = input.item;
    let mut act = match ctx.begin("influenceItemCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(InfluenceItemId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    let of = act.take_own(&scope, "influence_items", object, input.version);
    let of = of.await?;
    let values = std::iter::once(id.0.into()).chain(told);
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(InfluenceItemId)
}

/// Takes an item back that was recorded in error; it stays, cancelled.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`).
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: Cancel) -> Result<InfluenceItemId> {
    let scope = require::<KeepInfluence>(ctx)?;
    let id = input.item;
    let mut act = match ctx.begin("influenceItemCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(InfluenceItemId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    act.cancel_own(&scope, "influence_items", object, input.version)
        .await?;
    act.done().await.map(InfluenceItemId)
}

/// What is told, checked, in the order of the columns.
fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Option<[Value; 10]> {
    let title = faults.take("title", free_line(&told.title, rules::TITLE_MAX_CHARS));
    let body = faults.take("body", free_line(&told.body, rules::BODY_MAX_CHARS));
    let mut some = |field, told: &Option<String>, most| {
        let line = told.as_deref().map(|told| free_line(told, most));
        faults.take(field, line.transpose())
    };
    let section = some("section", &told.section, rules::SECTION_MAX_CHARS);
    let number = some(
        "registerNumber",
        &told.register_number,
        rules::SECTION_MAX_CHARS,
    );
    let outcome = some("outcomeTold", &told.outcome_told, rules::OUTCOME_MAX_CHARS);
    let within =
        |n: Option<i32>, range: std::ops::RangeInclusive<i32>| n.is_none_or(|n| range.contains(&n));
    faults
        .check(
            rules::near(ctx.today).contains(&told.on),
            "on",
            "OUT_OF_RANGE",
        )
        .check(
            within(told.participants, rules::PARTICIPANTS),
            "participants",
            "OUT_OF_RANGE",
        )
        .check(within(told.area, AREAS), "area", "OUT_OF_RANGE");
    Some([
        code(told.kind),
        title?.into(),
        body?.into(),
        told.on.into(),
        section?.into(),
        number?.into(),
        told.participants.into(),
        code(told.outcome),
        outcome?.into(),
        told.area.into(),
    ])
}
