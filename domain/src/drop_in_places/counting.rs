//! Counting visits: a tap is one visit, and nothing is known of whose. Counts are added and taken back, never set, so that
//! two phones that tap at once lose nothing, and a tap that is sent again counts once.

use rinnalla_entity::ids::OpeningId;
use sea_orm::Value;

use super::Opening;
use super::openings::{changed, slots_on};
use super::queries::{self, About};
use super::rules::MOST_AT_ONCE;
use crate::access::{KeepOpenings, require};
use crate::act::{Begun, IdempotencyKey};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// Visits to be counted, or taken back.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// The opening.
    pub opening: OpeningId,
    /// How many visits.
    pub visits: i32,
    /// How many of them were somebody's first, where that was asked.
    pub first_time_visits: i32,
    /// How often somebody was supported by themselves.
    pub personal_supports: i32,
}

impl Count {
    fn check(&self) -> Result<()> {
        let range = 0..=MOST_AT_ONCE;
        let is_nothing = self.visits == 0 && self.personal_supports == 0;
        let first = self.first_time_visits;
        Violations::default()
            .check(range.contains(&self.visits), "visits", "OUT_OF_RANGE")
            .check(range.contains(&first), "firstTimeVisits", "OUT_OF_RANGE")
            .check(
                range.contains(&self.personal_supports),
                "personalSupports",
                "OUT_OF_RANGE",
            )
            .check(!is_nothing || first > 0, "visits", "EMPTY")
            .done()
    }

    fn values(&self, sign: i32) -> [Value; 4] {
        [
            self.opening.0.into(),
            (sign * self.visits).into(),
            (sign * self.first_time_visits).into(),
            (sign * self.personal_supports).into(),
        ]
    }

    /// Whether what would come of it could be: nothing below zero, and no more first visits than visits.
    fn check_after(&self, opening: &Opening, sign: i32) -> Result<()> {
        let visits = opening.visits + sign * self.visits;
        let first = opening.first_time_visits + sign * self.first_time_visits;
        let supports = opening.personal_supports + sign * self.personal_supports;
        Violations::default()
            .check(visits >= 0, "visits", "OUT_OF_RANGE")
            .check(
                (0..=visits.max(0)).contains(&first),
                "firstTimeVisits",
                "OUT_OF_RANGE",
            )
            .check(supports >= 0, "personalSupports", "OUT_OF_RANGE")
            .done()
    }
}

/// Counts visits, on the day of the opening or later.
///
/// Errors: `NotFound`, `Invalid` (`visits`, `firstTimeVisits`, `personalSupports OUT_OF_RANGE`, `visits EMPTY`;
/// `DATE_IN_FUTURE`, `WRONG_STATE` where it does not take place).
pub async fn count(ctx: &Ctx, key: &IdempotencyKey, input: Count) -> Result<OpeningId> {
    add(ctx, key, input, ("openingVisitsCount", 1)).await
}

/// Takes visits back that were counted by mistake.
///
/// Errors: as [`count`]; `OUT_OF_RANGE` where there were not so many.
pub async fn take_back(ctx: &Ctx, key: &IdempotencyKey, input: Count) -> Result<OpeningId> {
    add(ctx, key, input, ("openingVisitsTakeBack", -1)).await
}

async fn add(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: Count,
    (name, sign): (&'static str, i32),
) -> Result<OpeningId> {
    static SQL: Sql = Sql::new(
        "UPDATE openings SET visits = visits + $2, first_time_visits = first_time_visits + $3,
           personal_supports = personal_supports + $4 WHERE id = $1",
    );
    let scope = require::<KeepOpenings>(ctx)?;
    input.check()?;
    let id = input.opening;
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningId(done)),
    };
    let held = queries::hold(&act, &scope, About::Opening(id)).await?;
    let opening = queries::held_opening(&act.tx, id).await?;
    if opening.on_date > ctx.today {
        return Err(Error::invalid("", "DATE_IN_FUTURE"));
    }
    let slots = slots_on(&act.tx, held.id, opening.on_date).await?;
    let mut slots = slots.iter().filter(|slot| slot.opening == id);
    if !slots.any(|slot| slot.closure.is_none()) {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    input.check_after(&opening, sign)?;
    SQL.run(&act.tx, input.values(sign)).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningId)
}
