//! What a drop-in place cost, in lines, and who paid how much of each: the source's city paid the space and a part of a wage.

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, Id as _, PlaceCostId};
use rinnalla_entity::states::PlaceCostKind;
use sea_orm::{FromQueryResult, Value};

use super::queries::{self, About};
use super::rules;
use crate::access::{ManageDropInPlaces, ReadPlaceCosts, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::costs::{self, Line, Share};
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
use crate::page::Grouped;
use crate::sql::Sql;

/// A line of a place's costs.
#[derive(Clone, Debug)]
pub struct Cost {
    /// Its id.
    pub id: PlaceCostId,
    /// What the money went to.
    pub kind: PlaceCostKind,
    /// The day of it, or the first day of what it was for.
    pub on: NaiveDate,
    /// How much it was, in cents.
    pub cents: i32,
    /// Who paid how much of it.
    pub shares: Vec<Share>,
}

/// A line to add.
#[derive(Clone, Debug)]
pub struct AddCost {
    /// The place.
    pub place: DropInPlaceId,
    /// Its version.
    pub version: i32,
    /// What the money went to.
    pub kind: PlaceCostKind,
    /// The day of it, or the first day of what it was for.
    pub on: NaiveDate,
    /// How much it was, in cents.
    pub cents: i32,
    /// Who paid how much: all of it.
    pub shares: Vec<Share>,
}

/// A line that was wrong.
#[derive(Clone, Copy, Debug)]
pub struct CancelCost {
    /// The place.
    pub place: DropInPlaceId,
    /// Its version.
    pub version: i32,
    /// The line.
    pub cost: PlaceCostId,
}

/// Adds a line to what a place cost.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`on OUT_OF_RANGE`; `cents`, `shares` as [`costs`] says).
pub async fn add_cost(ctx: &Ctx, key: &IdempotencyKey, input: AddCost) -> Result<DropInPlaceId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO place_costs (id, place_id, kind, on_date, cents, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    let scope = require::<ManageDropInPlaces>(ctx)?;
    if let Some(done) = ctx.done_before("placeCostAdd", key).await? {
        return Ok(DropInPlaceId(done));
    }
    let mut faults = Violations::default();
    let is_near = rules::near(ctx.today).contains(&input.on);
    faults.check(is_near, "on", "OUT_OF_RANGE");
    costs::check(ctx, input.cents, &input.shares, &mut faults).await?;
    faults.done()?;
    let mut act = match ctx.begin("placeCostAdd", key, input.place).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(DropInPlaceId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(input.place)).await?;
    queries::take_place(&act.tx, held.id, input.version).await?;
    let id = PlaceCostId::random();
    let values: [Value; 7] = [
        id.0.into(),
        held.id.0.into(),
        code(input.kind),
        input.on.into(),
        input.cents.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    costs::write_shares(&act.tx, "place_cost_shares", id.0, input.shares).await?;
    let (of, place) = (held.organisation_id, held.id);
    act.changed(&scope, of, ObjectKind::DropInPlace, place);
    act.done().await.map(DropInPlaceId)
}

/// Takes a line back that was wrong; it stays, cancelled.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`placeCostId UNKNOWN` for one that is not the place's, or was
/// cancelled before).
pub async fn cancel_cost(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelCost,
) -> Result<DropInPlaceId> {
    static SQL: Sql = Sql::new(
        "UPDATE place_costs SET cancelled_by = $3, cancelled_at = $4 WHERE id = $1 AND place_id = $2 AND cancelled_at IS NULL",
    );
    let scope = require::<ManageDropInPlaces>(ctx)?;
    let mut act = match ctx.begin("placeCostCancel", key, input.place).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(DropInPlaceId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(input.place)).await?;
    queries::take_place(&act.tx, held.id, input.version).await?;
    let line = ("placeCostId", input.cost.0);
    costs::cancel(&act, &SQL, line, held.id.0).await?;
    let (of, place) = (held.organisation_id, held.id);
    act.changed(&scope, of, ObjectKind::DropInPlace, place);
    act.done().await.map(DropInPlaceId)
}

/// A line with one of its shares.
#[derive(FromQueryResult)]
pub(super) struct Row {
    place_id: DropInPlaceId,
    id: PlaceCostId,
    kind: PlaceCostKind,
    on_date: NaiveDate,
    cents: i32,
    funder: String,
    share_cents: i32,
}

/// What each place cost, the latest first; cancelled lines are left out. For the coordinators of the own association.
pub async fn costs_for(ctx: &Ctx, of: &[DropInPlaceId]) -> Result<Grouped<DropInPlaceId, Cost>> {
    let scope = require::<ReadPlaceCosts>(ctx)?;
    let rows = queries::costs_for(ctx, &scope, of).await?;
    let lines = rows.into_iter().map(|row| Line {
        of: row.place_id,
        id: row.id.uuid(),
        about: (row.id, row.kind, row.on_date, row.cents),
        share: Share {
            funder: row.funder,
            cents: row.share_cents,
        },
    });
    let cost = |((id, kind, on, cents), shares)| Cost {
        id,
        kind,
        on,
        cents,
        shares,
    };
    let grouped = costs::grouped(lines).into_iter();
    Ok(grouped
        .map(|(of, lines)| (of, lines.into_iter().map(cost).collect()))
        .collect())
}
