//! Planning a house meeting with its agenda, changing it, and calling it off.

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, HouseMeetingId, Id as _, WishId};
use rinnalla_entity::states::HouseMeetingStatus;
use sea_orm::Value;

use super::{queries, rules};
use crate::access::{KeepWishes, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::sql::Sql;
use crate::text::free_line;
use crate::wishes;

/// A meeting to plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The place.
    pub place: DropInPlaceId,
    /// The day.
    pub on: NaiveDate,
    /// Wishes to talk over.
    pub wishes: Vec<WishId>,
    /// Other matters.
    pub topics: Vec<String>,
}

/// A meeting as it should be.
#[derive(Clone, Debug)]
pub struct Change {
    /// The meeting.
    pub meeting: HouseMeetingId,
    /// The version that this is based on.
    pub version: i32,
    /// The day.
    pub on: NaiveDate,
    /// Wishes to talk over: all of them.
    pub wishes: Vec<WishId>,
    /// Other matters: all of them.
    pub topics: Vec<String>,
}

/// A meeting to call off.
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    /// The meeting.
    pub meeting: HouseMeetingId,
    /// The version that this is based on.
    pub version: i32,
}

/// Plans a meeting.
///
/// Errors: `NotFound`, `Invalid` (`on OUT_OF_RANGE`; `wishIds UNKNOWN` for one that is not the place's, `EMPTY` where nothing is
/// on the agenda, `OUT_OF_RANGE`, `SAME_TWICE`; `topics` as free lines).
pub async fn plan(ctx: &Ctx, key: &IdempotencyKey, input: Plan) -> Result<HouseMeetingId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO house_meetings (id, place_id, on_date, created_by, created_at) VALUES ($1, $2, $3, $4, $5)",
    );
    let scope = require::<KeepWishes>(ctx)?;
    let topics = check(ctx, input.on, &input.wishes, &input.topics)?;
    let id = HouseMeetingId::random();
    let mut act = match ctx.begin("houseMeetingPlan", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(HouseMeetingId(done)),
    };
    let of = wishes::hold_place(&act, &scope, input.place).await?;
    if !wishes::are_of(&act.tx, &input.wishes, input.place).await? {
        return Err(Error::invalid("wishIds", "UNKNOWN"));
    }
    let values: [Value; 5] = [
        id.0.into(),
        input.place.0.into(),
        input.on.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    queries::write_items(&act.tx, id, &input.wishes, &topics).await?;
    act.changed(&scope, of, ObjectKind::DropInPlace, input.place);
    act.done().await.map(HouseMeetingId)
}

/// Changes the day and the agenda of a meeting. What was recorded of one that was held is taken back with it, to be recorded
/// anew: a matter that should not have been written down, or a meeting that was not held, does not stay.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`plan`], `WRONG_STATE` where it was called off.
pub async fn change(ctx: &Ctx, key: &IdempotencyKey, input: Change) -> Result<HouseMeetingId> {
    static SQL: Sql = Sql::new(
        "UPDATE house_meetings SET on_date = $2, status = 'PLANNED', heads = NULL WHERE id = $1",
    );
    let scope = require::<KeepWishes>(ctx)?;
    let topics = check(ctx, input.on, &input.wishes, &input.topics)?;
    let id = input.meeting;
    let mut act = match ctx.begin("houseMeetingChange", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(HouseMeetingId(done)),
    };
    let held = queries::hold(&act, &scope, id).await?;
    queries::take(&act.tx, id, input.version).await?;
    let are_known = wishes::are_of(&act.tx, &input.wishes, held.place_id).await?;
    let is_on = held.status != HouseMeetingStatus::Cancelled;
    Violations::default()
        .check(is_on, "", "WRONG_STATE")
        .check(are_known, "wishIds", "UNKNOWN")
        .done()?;
    SQL.run(&act.tx, [id.0.into(), input.on.into()]).await?;
    queries::write_items(&act.tx, id, &input.wishes, &topics).await?;
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::DropInPlace,
        held.place_id,
    );
    act.done().await.map(HouseMeetingId)
}

/// Calls a meeting off that was not held.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: Cancel) -> Result<HouseMeetingId> {
    static SQL: Sql = Sql::new(
        "UPDATE house_meetings SET status = 'CANCELLED' WHERE id = $1 AND status = 'PLANNED'",
    );
    let scope = require::<KeepWishes>(ctx)?;
    let id = input.meeting;
    let mut act = match ctx.begin("houseMeetingCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(HouseMeetingId(done)),
    };
    let held = queries::hold(&act, &scope, id).await?;
    queries::take(&act.tx, id, input.version).await?;
    if SQL.run(&act.tx, [id.0.into()]).await? == 0 {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::DropInPlace,
        held.place_id,
    );
    act.done().await.map(HouseMeetingId)
}

/// The other matters as they are kept.
fn check(ctx: &Ctx, on: NaiveDate, wishes: &[WishId], topics: &[String]) -> Result<Vec<String>> {
    let mut faults = Violations::default();
    faults.check(rules::near(ctx.today).contains(&on), "on", "OUT_OF_RANGE");
    if let Err(code) = rules::agenda(wishes, topics.len()) {
        let field = if topics.len() > rules::MOST_ITEMS {
            "topics"
        } else {
            "wishIds"
        };
        faults.check(false, field, code);
    }
    let topics = topics.iter().take(rules::MOST_ITEMS + 1);
    let lines: std::result::Result<Vec<String>, _> = topics
        .map(|topic| free_line(topic, rules::TOPIC_MAX_CHARS))
        .collect();
    let lines = faults.take("topics", lines);
    faults.done()?;
    lines.ok_or_else(unchecked)
}
