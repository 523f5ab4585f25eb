//! On which days a place opens by itself. A rule is never changed, since what was by it stays so: it ends, and another
//! begins.

use chrono::{NaiveDate, NaiveTime, Weekday};
use rinnalla_entity::ids::{DropInPlaceId, Id as _, OpeningRuleId};
use sea_orm::Value;

use super::queries::{self, About};
use super::{OpeningRule, rules};
use crate::access::{ManageDropInPlaces, ReadDropInPlaces, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::calendar::plus_days;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// A new rule.
#[derive(Clone, Debug)]
pub struct AddRule {
    /// The place.
    pub place: DropInPlaceId,
    /// On which weekdays.
    pub weekdays: Vec<Weekday>,
    /// In every so many weeks, the first of them that of the first day.
    pub every_weeks: i32,
    /// From when by Helsinki's clock.
    pub starts_at: NaiveTime,
    /// Until when, on the same day.
    pub ends_at: NaiveTime,
    /// From which day on.
    pub from: NaiveDate,
    /// The last day; open where none is said.
    pub to: Option<NaiveDate>,
    /// Whether on public holidays too.
    pub opens_on_holidays: bool,
}

/// The end of a rule.
#[derive(Clone, Copy, Debug)]
pub struct EndRule {
    /// The rule.
    pub rule: OpeningRuleId,
    /// Its version.
    pub version: i32,
    /// The last day; the day before its first takes the whole rule back.
    pub last_on: NaiveDate,
}

/// Lets a place open by itself on some days.
///
/// Errors: `NotFound`, `Invalid` (`weekdays EMPTY`, `everyWeeks`, `startsAt`, `endsAt OUT_OF_RANGE`, `endsAt TIMES_OUT_OF_ORDER`, `from`,
/// `to OUT_OF_RANGE`, `to DATES_OUT_OF_ORDER`; `TOO_MANY`).
pub async fn add_rule(ctx: &Ctx, key: &IdempotencyKey, input: AddRule) -> Result<OpeningRuleId> {
    static MANY: Sql = Sql::new(
        "SELECT count(*) AS n FROM opening_rules WHERE place_id = $1 AND cancelled_at IS NULL
           AND (to_on IS NULL OR to_on >= $2)",
    );
    static SQL: Sql = Sql::new(
        "INSERT INTO opening_rules (id, place_id, recurrence, starts_at, ends_at, from_on, to_on, opens_on_holidays,
           created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    let scope = require::<ManageDropInPlaces>(ctx)?;
    let near = rules::near(ctx.today);
    let (from, to) = (input.from, input.to);
    let (starts_at, ends_at) = (
        rules::minutes(input.starts_at),
        rules::minutes(input.ends_at),
    );
    let every_weeks = rules::EVERY_WEEKS.contains(&input.every_weeks);
    let mut faults = Violations::default();
    rules::check_times(starts_at, ends_at, &mut faults);
    faults
        .check(!input.weekdays.is_empty(), "weekdays", "EMPTY")
        .check(every_weeks, "everyWeeks", "OUT_OF_RANGE")
        .check(near.contains(&from), "from", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| near.contains(&to)), "to", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| from <= to), "to", "DATES_OUT_OF_ORDER")
        .done()?;
    let every_weeks = u8::try_from(input.every_weeks).unwrap_or(1);
    let recurrence = rules::recurrence(&rules::numbers(&input.weekdays), every_weeks);
    let id = OpeningRuleId::random();
    let mut act = match ctx.begin("openingRuleAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningRuleId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(input.place)).await?;
    let many = [held.id.0.into(), ctx.today.into()];
    if queries::count(&act.tx, &MANY, many).await? >= rules::MOST_OF_A_PLACE {
        return Err(Error::invalid("", "TOO_MANY"));
    }
    let values: [Value; 10] = [
        id.0.into(),
        held.id.0.into(),
        recurrence.into(),
        starts_at.into(),
        ends_at.into(),
        from.into(),
        to.into(),
        input.opens_on_holidays.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    queries::show_change(&act, &held).await?;
    let of = held.organisation_id;
    act.changed(&scope, of, ObjectKind::DropInPlace, held.id);
    act.done().await.map(OpeningRuleId)
}

/// Ends a rule; ended on the day before its first, it is taken back. Not before a day of which something is recorded.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`lastOn OUT_OF_RANGE`, `lastOn LATER_ENTRIES_STAND_ON_IT`).
pub async fn end_rule(ctx: &Ctx, key: &IdempotencyKey, input: EndRule) -> Result<OpeningRuleId> {
    static LATER: Sql =
        Sql::new("SELECT count(*) AS n FROM openings WHERE rule_id = $1 AND on_date > $2");
    static END: Sql = Sql::new("UPDATE opening_rules SET to_on = $2 WHERE id = $1");
    static CANCEL: Sql = Sql::new("UPDATE opening_rules SET cancelled_at = $2 WHERE id = $1");
    let scope = require::<ManageDropInPlaces>(ctx)?;
    let id = input.rule;
    let mut act = match ctx.begin("openingRuleEnd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningRuleId(done)),
    };
    let held = queries::hold(&act, &scope, About::Rule(id)).await?;
    queries::take_rule(&act.tx, id, input.version).await?;
    let rule = queries::held_rule(&act.tx, id).await?;
    let before = plus_days(rule.from_on, -1);
    let may_end = before..=*rules::near(ctx.today).end();
    let later = [id.0.into(), input.last_on.into()];
    let later = queries::count(&act.tx, &LATER, later).await?;
    Violations::default()
        .check(may_end.contains(&input.last_on), "lastOn", "OUT_OF_RANGE")
        .check(later == 0, "lastOn", "LATER_ENTRIES_STAND_ON_IT")
        .done()?;
    match input.last_on == before {
        true => CANCEL.run(&act.tx, [id.0.into(), ctx.now.into()]).await?,
        false => {
            END.run(&act.tx, [id.0.into(), input.last_on.into()])
                .await?
        }
    };
    queries::show_change(&act, &held).await?;
    let of = held.organisation_id;
    act.changed(&scope, of, ObjectKind::DropInPlace, held.id);
    act.done().await.map(OpeningRuleId)
}

/// One rule; `None` where it is absent or hidden.
pub async fn find_rule(ctx: &Ctx, id: OpeningRuleId) -> Result<Option<OpeningRule>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::rule(ctx, &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::DropInPlace, id);
    }
    Ok(found)
}
