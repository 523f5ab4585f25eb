//! Openings one by one: taking one up to record something of it, adding one that no rule makes, cancelling, and saying what
//! is done.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::ids::{DropInPlaceId, Id as _, OpeningId, OpeningRuleId};
use rinnalla_entity::states::ClosedReason;
use sea_orm::{ConnectionTrait, Value};

use super::Opening;
use super::queries::{self, About, Held};
use super::rules::{self, Slot};
use crate::access::{KeepOpenings, ReadDropInPlaces, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::areas::area;
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations::{self, CodeList};
use crate::sql::{self, Sql};
use crate::text::free_line;

/// The longest idea, in characters: as the database holds it.
const IDEA_MAX_CHARS: usize = 80;

/// A day of a rule of which something is to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct TakeUp {
    /// The rule.
    pub rule: OpeningRuleId,
    /// The day.
    pub on: NaiveDate,
}

/// An opening that no rule makes.
#[derive(Clone, Copy, Debug)]
pub struct AddOpening {
    /// The place.
    pub place: DropInPlaceId,
    /// The day.
    pub on: NaiveDate,
    /// From when by Helsinki's clock.
    pub starts_at: NaiveTime,
    /// Until when.
    pub ends_at: NaiveTime,
}

/// An opening that does not take place.
#[derive(Clone, Copy, Debug)]
pub struct CancelOpening {
    /// The opening.
    pub opening: OpeningId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: ClosedReason,
}

/// An act on an opening that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnOpening {
    /// The opening.
    pub opening: OpeningId,
    /// Its version.
    pub version: i32,
}

/// What is done at an opening: everything as it should be.
#[derive(Clone, Debug)]
pub struct DescribeOpening {
    /// The opening.
    pub opening: OpeningId,
    /// Its version.
    pub version: i32,
    /// Codes.
    pub activities: Vec<String>,
    /// The participants' own ideas, as everybody reads them.
    pub ideas: Vec<String>,
    /// The area of osallisuus that it serves, 1 to 3.
    pub area: Option<i32>,
}

/// Takes a rule's opening up, so that something can be recorded of it. One that is taken up already is answered as it is.
///
/// Errors: `NotFound`, `Invalid` (`on NOT_OPEN_THEN` where the rule does not open, or the place is closed).
pub async fn take_up(ctx: &Ctx, key: &IdempotencyKey, input: TakeUp) -> Result<OpeningId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO openings (id, place_id, rule_id, on_date, starts_at, ends_at, created_by, created_at)
         SELECT $1, place_id, id, $3, starts_at, ends_at, $4, $5 FROM opening_rules WHERE id = $2 ON CONFLICT DO NOTHING",
    );
    let scope = require::<KeepOpenings>(ctx)?;
    let near = rules::near(ctx.today);
    if !near.contains(&input.on) {
        return Err(Error::invalid("on", "OUT_OF_RANGE"));
    }
    let id = rules::opening_of(input.rule, input.on);
    let mut act = match ctx.begin("openingTakeUp", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningId(done)),
    };
    let held = queries::hold(&act, &scope, About::Rule(input.rule)).await?;
    let slots = slots_on(&act.tx, held.id, input.on).await?;
    let slot = slots.iter().find(|slot| slot.opening == id);
    if slot.is_none_or(|slot| slot.closure.is_some()) {
        return Err(Error::invalid("on", "NOT_OPEN_THEN"));
    }
    let values: [Value; 5] = [
        id.0.into(),
        input.rule.0.into(),
        input.on.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningId)
}

/// Adds an opening that no rule makes; on a public holiday too.
///
/// Errors: `NotFound`, `Invalid` (`on`, `startsAt`, `endsAt OUT_OF_RANGE`, `endsAt TIMES_OUT_OF_ORDER`; `on NOT_OPEN_THEN` where the place is closed,
/// `startsAt OVERLAPS` where it is open then already).
pub async fn add_opening(ctx: &Ctx, key: &IdempotencyKey, input: AddOpening) -> Result<OpeningId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO openings (id, place_id, on_date, starts_at, ends_at, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    static CLOSED: Sql = Sql::new(
        "SELECT count(*) AS n FROM closed_days
         WHERE place_id = $1 AND cancelled_at IS NULL AND from_on <= $2 AND to_on >= $2",
    );
    let scope = require::<KeepOpenings>(ctx)?;
    let near = rules::near(ctx.today);
    let (starts_at, ends_at) = (
        rules::minutes(input.starts_at),
        rules::minutes(input.ends_at),
    );
    let mut faults = Violations::default();
    rules::check_times(starts_at, ends_at, &mut faults);
    faults
        .check(near.contains(&input.on), "on", "OUT_OF_RANGE")
        .done()?;
    let id = OpeningId::random();
    let mut act = match ctx.begin("openingAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(input.place)).await?;
    let closed = [held.id.0.into(), input.on.into()];
    let closed = queries::count(&act.tx, &CLOSED, closed).await?;
    let slots = slots_on(&act.tx, held.id, input.on).await?;
    let overlaps = slots
        .iter()
        .any(|it| it.closure.is_none() && it.starts_at < ends_at && it.ends_at > starts_at);
    Violations::default()
        .check(closed == 0, "on", "NOT_OPEN_THEN")
        .check(!overlaps, "startsAt", "OVERLAPS")
        .done()?;
    let values: [Value; 7] = [
        id.0.into(),
        held.id.0.into(),
        input.on.into(),
        starts_at.into(),
        ends_at.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    queries::show_change(&act, &held).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningId)
}

/// Says that an opening does not take place.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`, `LATER_ENTRIES_STAND_ON_IT` where visits were
/// counted).
pub async fn cancel_opening(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelOpening,
) -> Result<OpeningId> {
    static SQL: Sql = Sql::new("UPDATE openings SET cancelled_for = $2 WHERE id = $1");
    let scope = require::<KeepOpenings>(ctx)?;
    let id = input.opening;
    let mut act = match ctx.begin("openingCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningId(done)),
    };
    let (held, opening) = take(&act, &scope, id, input.version).await?;
    if opening.cancelled_for.is_some() {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    if opening.visits > 0 || opening.personal_supports > 0 {
        return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
    }
    SQL.run(&act.tx, [id.0.into(), code(input.reason)]).await?;
    queries::show_change(&act, &held).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningId)
}

/// Lets a cancelled opening take place after all.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn reinstate_opening(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnOpening,
) -> Result<OpeningId> {
    static SQL: Sql = Sql::new("UPDATE openings SET cancelled_for = NULL WHERE id = $1");
    let scope = require::<KeepOpenings>(ctx)?;
    let id = input.opening;
    let mut act = match ctx.begin("openingReinstate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningId(done)),
    };
    let (held, opening) = take(&act, &scope, id, input.version).await?;
    if opening.cancelled_for.is_none() {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    SQL.run(&act.tx, [id.0.into()]).await?;
    queries::show_change(&act, &held).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningId)
}

/// Says what is done at an opening, which everybody may read, and which area of osallisuus it serves, for the figures.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`activities UNKNOWN_CODE`; `activities`, `ideas`, `area
/// OUT_OF_RANGE`; faults of the ideas).
pub async fn describe_opening(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: DescribeOpening,
) -> Result<OpeningId> {
    static FORGET: Sql = Sql::new("DELETE FROM opening_activities WHERE opening_id = $1");
    static SERVE: Sql = Sql::new("UPDATE openings SET area = $2 WHERE id = $1");
    let scope = require::<KeepOpenings>(ctx)?;
    if let Some(done) = ctx.done_before("openingDescribe", key).await? {
        return Ok(OpeningId(done));
    }
    let (activities, ideas, area) = check(ctx, &input).await?;
    let id = input.opening;
    let mut act = match ctx.begin("openingDescribe", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningId(done)),
    };
    let (held, _) = take(&act, &scope, id, input.version).await?;
    FORGET.run(&act.tx, [id.0.into()]).await?;
    SERVE.run(&act.tx, [id.0.into(), area.into()]).await?;
    let none = || None::<String>;
    let told = activities.into_iter().map(|it| (Some(it), none()));
    let told = told.chain(ideas.into_iter().map(|it| (none(), Some(it))));
    let rows = (1_i16..).zip(told).flat_map(|(no, (activity, idea))| {
        [Value::from(id.0), no.into(), activity.into(), idea.into()]
    });
    let columns = "opening_id, no, code, idea";
    sql::insert_many(&act.tx, "opening_activities", columns, rows.collect()).await?;
    queries::show_change(&act, &held).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningId)
}

/// Codes, ideas and the area.
type Described = (BTreeSet<String>, Vec<String>, Option<i16>);

async fn check(ctx: &Ctx, input: &DescribeOpening) -> Result<Described> {
    let mut faults = Violations::default();
    let most = rules::MOST_ACTIVITIES;
    if input.activities.len() > most {
        faults.check(false, "activities", "OUT_OF_RANGE");
    } else if !input.activities.is_empty() {
        let db = ctx.store.reader();
        let list = CodeList::PlaceActivity;
        let unknown = organisations::unknown_codes(db, list, &input.activities).await?;
        faults.check(unknown.is_empty(), "activities", "UNKNOWN_CODE");
    }
    faults.check(input.ideas.len() <= most, "ideas", "OUT_OF_RANGE");
    let ideas = input.ideas.iter().take(most);
    let ideas: std::result::Result<Vec<String>, _> =
        ideas.map(|it| free_line(it, IDEA_MAX_CHARS)).collect();
    let ideas = faults.take("ideas", ideas);
    let area = faults.take("area", area(input.area));
    faults.done()?;
    let (ideas, area) = ideas.zip(area).ok_or_else(unchecked)?;
    Ok((input.activities.iter().cloned().collect(), ideas, area))
}

/// What a place has planned for one day.
pub(super) async fn slots_on(
    db: &impl ConnectionTrait,
    place: DropInPlaceId,
    on: NaiveDate,
) -> Result<Vec<Slot>> {
    let day = on..=on;
    let plan = queries::plan(db, place, &day).await?;
    rules::expand(&plan, &day).map_err(|fault| Error::Internal(Box::new(fault)))
}

/// An opening that an act is about, with its place held.
pub(super) async fn take(
    act: &Act<'_>,
    scope: &Scope<KeepOpenings>,
    id: OpeningId,
    version: i32,
) -> Result<(Held, Opening)> {
    let held = queries::hold(act, scope, About::Opening(id)).await?;
    queries::take_opening(&act.tx, id, version).await?;
    Ok((held, queries::held_opening(&act.tx, id).await?))
}

/// Notes that a place's openings were changed.
pub(super) fn changed(act: &mut Act<'_>, scope: &Scope<KeepOpenings>, held: &Held) {
    let of = held.organisation_id;
    act.changed(scope, of, ObjectKind::DropInPlace, held.id);
}

/// One opening of which something is recorded; `None` where it is absent or hidden.
pub async fn find_opening(ctx: &Ctx, id: OpeningId) -> Result<Option<Opening>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::opening(ctx, &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::DropInPlace, id);
    }
    Ok(found)
}
