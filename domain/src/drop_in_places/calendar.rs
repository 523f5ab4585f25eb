//! The calendar of a place, and its weeks held against what the place has said of itself. However long the range is, it takes
//! the same few statements.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, OpeningId};

use super::rules::{self, Days, Plan, Slot, Week, Weeks};
use super::{Opening, OpeningRule, find, queries};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};

/// One opening of the calendar.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it is, and whether it takes place.
    pub slot: Slot,
    /// The rule that makes it, where one does.
    pub rule: Option<OpeningRule>,
    /// The opening, where something of it is recorded.
    pub opening: Option<Opening>,
}

/// A week of a place.
pub type PlaceWeek = Week;

/// The calendar of a place, in the order of time; `None` where the place is absent or hidden.
///
/// Errors: `Invalid` (`from`, `to OUT_OF_RANGE`, `to DATES_OUT_OF_ORDER`).
pub async fn calendar(
    ctx: &Ctx,
    place: DropInPlaceId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Option<Vec<Entry>>> {
    check(ctx, from, to)?;
    if find(ctx, place).await?.is_none() {
        return Ok(None);
    }
    let (slots, plan) = expanded(ctx, place, &(from..=to)).await?;
    let openings = plan.openings.into_iter();
    let mut openings: HashMap<OpeningId, Opening> = openings.map(|it| (it.id, it)).collect();
    let entries = slots.into_iter().map(|slot| Entry {
        rule: plan
            .rules
            .iter()
            .find(|it| Some(it.id) == slot.rule)
            .cloned(),
        opening: openings.remove(&slot.opening),
        slot,
    });
    Ok(Some(entries.collect()))
}

/// The weeks that some days fall into, each held against the place's model; `None` where the place is absent or hidden.
///
/// Errors: as [`calendar`].
pub async fn weeks(
    ctx: &Ctx,
    place: DropInPlaceId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Option<Vec<PlaceWeek>>> {
    check(ctx, from, to)?;
    let Some(found) = find(ctx, place).await? else {
        return Ok(None);
    };
    let days = rules::whole_weeks(from, to);
    let (slots, _) = expanded(ctx, place, &days).await?;
    let (guides, away, missed) = queries::guides(ctx.store.reader(), place, &days).await?;
    let of = Weeks {
        slots: &slots,
        guides: &guides,
        away: &away,
        missed: &missed,
    };
    Ok(Some(rules::weeks(found.model(), &of, &days)))
}

fn check(ctx: &Ctx, from: NaiveDate, to: NaiveDate) -> Result<()> {
    let mut faults = Violations::default();
    rules::check_range(ctx.today, from, to, &mut faults);
    faults.done()
}

async fn expanded(ctx: &Ctx, place: DropInPlaceId, days: &Days) -> Result<(Vec<Slot>, Plan)> {
    let plan = queries::plan(ctx.store.reader(), place, days).await?;
    let slots = rules::expand(&plan, days).map_err(|fault| Error::Internal(Box::new(fault)))?;
    Ok((slots, plan))
}
