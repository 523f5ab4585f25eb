//! The weeks of drop-in places (F-7): each place of a quarter becomes its weeks, held against what the place has said of itself.

use std::collections::BTreeMap;

use rinnalla_entity::ids::DropInPlaceId;
use sea_orm::ConnectionTrait;

use super::counting::{ByYear, Extent};
use super::measures::{Breakdown, Measure};
use super::periods::Period;
use super::tables::Counted;
use crate::calendar::plus_days;
use crate::drop_in_places::{self, CountedWeek};
use crate::error::Result;

/// A week belongs to the quarter of its Thursday, as by ISO 8601 to the year.
const THURSDAY: i64 = 3;

/// Puts in the place of each place and quarter the weeks of it that are over.
pub(super) async fn of_places(
    db: &impl ConnectionTrait,
    measure: &Measure,
    of: Extent,
    counted: ByYear,
) -> Result<ByYear> {
    let units = counted.values().flatten().filter_map(|it| it.unit);
    let mut places: Vec<DropInPlaceId> = units.map(DropInPlaceId).collect();
    places.sort_unstable();
    places.dedup();
    let days = plus_days(of.from, -THURSDAY)..=plus_days(of.to, THURSDAY).min(of.today);
    let mut weeks: BTreeMap<(DropInPlaceId, Period), Vec<CountedWeek>> = BTreeMap::new();
    for (place, found) in drop_in_places::counted_weeks(db, &places, &days).await? {
        for week in found {
            let quarter = Period::of_day(plus_days(week.monday, THURSDAY));
            weeks.entry((place, quarter)).or_default().push(week);
        }
    }
    let opened_at = measure.counted_by().position(|by| by == Breakdown::Opened);
    let spread = |year: i32, it: Counted| {
        let place = DropInPlaceId(it.unit.unwrap_or_default());
        let key = (place, Period::quarter(year, it.quarter));
        let of_place = weeks.get(&key).cloned().unwrap_or_default();
        of_place.into_iter().map(move |week| {
            let mut one = Counted {
                n: 1,
                sums: [week.open_minutes.into(), 0, 0],
                ..it.clone()
            };
            if let Some(opened) = opened_at.and_then(|at| one.of.get_mut(at)) {
                *opened = code(&week).to_owned();
            }
            one
        })
    };
    Ok(counted
        .into_iter()
        .map(|(year, of_year)| {
            let of_year = of_year.into_iter().flat_map(|it| spread(year, it));
            (year, of_year.collect())
        })
        .collect())
}

fn code(week: &CountedWeek) -> &'static str {
    match (week.is_below_days, week.has_holiday) {
        (false, false) => "KEPT",
        (false, true) => "KEPT_WITH_HOLIDAY",
        (true, false) => "SHORT",
        (true, true) => "SHORT_WITH_HOLIDAY",
    }
}
