//! What may be paid free of tax: data with a year.

use rinnalla_entity::ids::OrganisationId;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::rules::{self, Limits};
use crate::access::{ManageExpenseLimits, ReadExpenseLimits, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// Limits from a year on.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct ExpenseLimits {
    /// From which year on, until others are told.
    pub from_year: i16,
    /// For how many days a per diem.
    pub per_diem_days: i16,
    /// How much for travel in one's own vehicle, in cents.
    pub own_vehicle_cents: i32,
    /// Whether the organisation added them itself.
    pub is_own: bool,
}

/// New limits of an organisation's own.
#[derive(Clone, Copy, Debug)]
pub struct AddLimits {
    /// Whose.
    pub organisation: OrganisationId,
    /// From which year on.
    pub from_year: i32,
    /// For how many days a per diem.
    pub per_diem_days: i32,
    /// How much for travel in one's own vehicle, in cents.
    pub own_vehicle_cents: i32,
}

/// The limits that hold in a year: those of the latest year before or in it; of the same year the organisation's own.
pub(super) async fn holding(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    year: i16,
) -> Result<Option<Limits>> {
    static SQL: Sql = Sql::new(
        "SELECT from_year, per_diem_days, own_vehicle_cents, organisation_id IS NOT NULL AS is_own FROM expense_limits
         WHERE (organisation_id IS NULL OR organisation_id = $1) AND from_year <= $2
         ORDER BY from_year DESC, CASE WHEN organisation_id IS NULL THEN 1 ELSE 0 END LIMIT 1",
    );
    let found: Option<ExpenseLimits> = SQL.one(db, [of.0.into(), year.into()]).await?;
    Ok(found.map(|row| Limits {
        per_diem_days: row.per_diem_days.into(),
        own_vehicle_cents: row.own_vehicle_cents,
    }))
}

/// All limits that hold for an organisation, the latest year first.
pub async fn limits_of(ctx: &Ctx, of: OrganisationId) -> Result<Vec<ExpenseLimits>> {
    static SQL: Sql = Sql::new(
        "SELECT from_year, per_diem_days, own_vehicle_cents, organisation_id IS NOT NULL AS is_own FROM expense_limits
         WHERE organisation_id IS NULL OR organisation_id = $1
         ORDER BY from_year DESC, CASE WHEN organisation_id IS NULL THEN 1 ELSE 0 END",
    );
    let scope = require::<ReadExpenseLimits>(ctx)?;
    let is_own = scope.any_organisations().contains(&of);
    if !is_own {
        ctx.refuse(&scope, ObjectKind::Organisation, of);
        return Ok(Vec::new());
    }
    SQL.all(ctx.store.reader(), [of.0.into()]).await
}

/// Adds limits of the organisation's own, or puts those of that year right.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `fromYear OUT_OF_RANGE`, `perDiemDays OUT_OF_RANGE`,
/// `ownVehicleCents OUT_OF_RANGE`.
pub async fn add_limits(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AddLimits,
) -> Result<OrganisationId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO expense_limits (id, organisation_id, from_year, per_diem_days, own_vehicle_cents, added_by, added_at)
         VALUES (NEW_ID, $1, $2, $3, $4, $5, $6)
         ON CONFLICT (organisation_id, from_year) DO UPDATE SET per_diem_days = excluded.per_diem_days,
           own_vehicle_cents = excluded.own_vehicle_cents, added_by = excluded.added_by, added_at = excluded.added_at",
    );
    let scope = require::<ManageExpenseLimits>(ctx)?;
    let of = input.organisation;
    let short = |n: i32, range: std::ops::RangeInclusive<i32>| {
        let n = range.contains(&n).then(|| i16::try_from(n).ok()).flatten();
        n.ok_or("OUT_OF_RANGE")
    };
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let year = faults.take("fromYear", short(input.from_year, rules::LIMIT_YEARS));
    let days = 0..=rules::MOST_DAYS;
    let days = faults.take("perDiemDays", short(input.per_diem_days, days));
    let cents = 0..=rules::MOST_LIMIT_CENTS;
    faults
        .check(
            cents.contains(&input.own_vehicle_cents),
            "ownVehicleCents",
            "OUT_OF_RANGE",
        )
        .done()?;
    let mut act = match ctx.begin("expenseLimitsAdd", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    let (year, days) = year
        .zip(days)
        .ok_or_else(|| Error::internal("an input was neither taken nor refused"))?;
    let values: [Value; 6] = [
        of.0.into(),
        year.into(),
        days.into(),
        input.own_vehicle_cents.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(OrganisationId)
}
