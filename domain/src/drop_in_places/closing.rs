//! Days on which a place is closed whatever its rules say. What takes place on them is not forgotten: taken back, they are
//! open again.

use chrono::NaiveDate;
use rinnalla_entity::ids::{ClosedDayId, DropInPlaceId, Id as _};
use rinnalla_entity::states::ClosedReason;
use sea_orm::Value;

use super::queries::{self, About};
use super::{ClosedDay, rules};
use crate::access::{KeepOpenings, ReadDropInPlaces, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// The longest time that a place is closed by one act, in days: a summer. Our own choice.
const MOST_DAYS: i64 = 100;

/// A place is closed.
#[derive(Clone, Copy, Debug)]
pub struct AddClosedDays {
    /// The place.
    pub place: DropInPlaceId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Why.
    pub reason: ClosedReason,
}

/// It is not closed after all.
#[derive(Clone, Copy, Debug)]
pub struct CancelClosedDays {
    /// The days.
    pub closed: ClosedDayId,
    /// Their version.
    pub version: i32,
}

/// Closes a place on some days.
///
/// Errors: `NotFound`, `Invalid` (`from`, `to OUT_OF_RANGE`, `to DATES_OUT_OF_ORDER`; `ALREADY_RECORDED` where one of the
/// days is closed already, `LATER_ENTRIES_STAND_ON_IT` where visits were counted on one, `TOO_MANY`).
pub async fn add_closed(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AddClosedDays,
) -> Result<ClosedDayId> {
    static SAME: Sql = Sql::new(
        "SELECT count(*) AS n FROM closed_days
         WHERE place_id = $1 AND cancelled_at IS NULL AND from_on <= $3 AND to_on >= $2",
    );
    static COUNTED: Sql = Sql::new(
        "SELECT count(*) AS n FROM openings WHERE place_id = $1 AND on_date BETWEEN $2 AND $3
           AND (visits > 0 OR personal_supports > 0)",
    );
    static MANY: Sql = Sql::new(
        "SELECT count(*) AS n FROM closed_days WHERE place_id = $1 AND cancelled_at IS NULL AND to_on >= $2",
    );
    static SQL: Sql = Sql::new(
        "INSERT INTO closed_days (id, place_id, from_on, to_on, reason, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    let scope = require::<KeepOpenings>(ctx)?;
    let near = rules::near(ctx.today);
    let (from, to) = (input.from, input.to);
    Violations::default()
        .check(near.contains(&from), "from", "OUT_OF_RANGE")
        .check(near.contains(&to), "to", "OUT_OF_RANGE")
        .check(from <= to, "to", "DATES_OUT_OF_ORDER")
        .check((to - from).num_days() < MOST_DAYS, "to", "OUT_OF_RANGE")
        .done()?;
    let id = ClosedDayId::random();
    let mut act = match ctx.begin("closedDayAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ClosedDayId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(input.place)).await?;
    let days = || -> [Value; 3] { [held.id.0.into(), from.into(), to.into()] };
    let same = queries::count(&act.tx, &SAME, days()).await?;
    let counted = queries::count(&act.tx, &COUNTED, days()).await?;
    let many = [held.id.0.into(), ctx.today.into()];
    let many = queries::count(&act.tx, &MANY, many).await?;
    Violations::default()
        .check(same == 0, "", "ALREADY_RECORDED")
        .check(counted == 0, "", "LATER_ENTRIES_STAND_ON_IT")
        .check(many < rules::MOST_OF_A_PLACE, "", "TOO_MANY")
        .done()?;
    let values: [Value; 7] = [
        id.0.into(),
        held.id.0.into(),
        from.into(),
        to.into(),
        code(input.reason),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    queries::show_change(&act, &held).await?;
    let of = held.organisation_id;
    act.changed(&scope, of, ObjectKind::DropInPlace, held.id);
    act.done().await.map(ClosedDayId)
}

/// Opens a place again on days that were closed.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`).
pub async fn cancel_closed(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelClosedDays,
) -> Result<ClosedDayId> {
    static SQL: Sql =
        Sql::new("UPDATE closed_days SET cancelled_at = $2 WHERE id = $1 AND cancelled_at IS NULL");
    let scope = require::<KeepOpenings>(ctx)?;
    let id = input.closed;
    let mut act = match ctx.begin("closedDayCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ClosedDayId(done)),
    };
    let held = queries::hold(&act, &scope, About::Closed(id)).await?;
    queries::take_closed(&act.tx, id, input.version).await?;
    if SQL.run(&act.tx, [id.0.into(), ctx.now.into()]).await? == 0 {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    queries::show_change(&act, &held).await?;
    let of = held.organisation_id;
    act.changed(&scope, of, ObjectKind::DropInPlace, held.id);
    act.done().await.map(ClosedDayId)
}

/// Closed days; `None` where they are absent or hidden.
pub async fn find_closed(ctx: &Ctx, id: ClosedDayId) -> Result<Option<ClosedDay>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::closed_day(ctx, &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::DropInPlace, id);
    }
    Ok(found)
}
