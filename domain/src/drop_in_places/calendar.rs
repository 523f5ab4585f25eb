//! The calendar of a place, and its weeks held against what the place has said of itself. However long the range is, it takes
//! the same few statements.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, OpeningId};

use sea_orm::ConnectionTrait;

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

/// A week of a place, as figures count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedWeek {
    /// Its Monday.
    pub monday: NaiveDate,
    /// How long the place was open, in minutes.
    pub open_minutes: i32,
    /// Whether it was open on fewer days than it should have been.
    pub is_below_days: bool,
    /// Whether a public holiday closed it on a day.
    pub has_holiday: bool,
}

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

/// The weeks of some places that lie within some days as a whole, from the first week for which something was planned to the
/// last. For figures, which see no place: whoever counts has asked whether they may. The same few statements for all places.
pub(crate) async fn counted_weeks(
    db: &impl ConnectionTrait,
    places: &[DropInPlaceId],
    days: &Days,
) -> Result<HashMap<DropInPlaceId, Vec<CountedWeek>>> {
    let mut plans = queries::plans(db, places, days).await?;
    let mut counted = HashMap::new();
    for (place, model) in queries::models(db, places).await? {
        let plan = plans.remove(&place).unwrap_or_default();
        let Some(planned) = plan.planned(days) else {
            continue;
        };
        let within = rules::weeks_within(&planned);
        let slots =
            rules::expand(&plan, &within).map_err(|fault| Error::Internal(Box::new(fault)))?;
        let holidays = rules::closed_by_holiday(&slots);
        let of = Weeks {
            slots: &slots,
            guides: &[],
            away: &[],
            missed: &[],
        };
        let weeks = rules::weeks(model, &of, &within).into_iter();
        let weeks = weeks.map(|it| CountedWeek {
            monday: it.monday,
            open_minutes: it.open_minutes,
            is_below_days: it.is_below_days,
            has_holiday: holidays.contains(&it.monday),
        });
        counted.insert(place, weeks.collect());
    }
    Ok(counted)
}
