//! When a drop-in place is open: its rules, its single openings, its closed days and the public holidays put together.
//! Pure functions over days; times of day are those of Helsinki's clock, so 12:00 stays 12:00 when clocks are changed.
//!
//! A place is open at least four days a week, several hours at a time, and has two paid guides (the source). How many hours
//! "several" are is each place's own to say.

mod weeks;

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Timelike as _, Weekday};
use rinnalla_entity::ids::{OpeningId, OpeningRuleId};
use rinnalla_entity::states::ClosedReason;
use rrule::{RRule, RRuleError, Tz, Unvalidated};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{ClosedDay, Opening, OpeningRule};
pub use crate::calendar::clock;
use crate::calendar::{add_months, plus_days};
use crate::courses::rules::{DayOff, day_off};
use crate::error::Violations;
pub use weeks::{
    Away, GuideTerm, Missed, Model, Short, Week, Weeks, closed_by_holiday, weeks, weeks_within,
};

/// How long a day must be open to count, in minutes, unless the place says otherwise: "several hours" of the source, read as
/// three. Our own choice.
pub const LEAST_MINUTES_DEFAULT: i32 = 180;
/// What a place may say instead, as the database holds it too.
pub const LEAST_MINUTES: RangeInclusive<i32> = 30..=720;

/// On how many days of a week a place is open (the source).
pub const MODEL_DAYS_DEFAULT: i32 = 4;
/// What a place may say instead.
pub const MODEL_DAYS: RangeInclusive<i32> = 1..=7;

/// How many paid guides a place has (the source).
pub const MODEL_GUIDES_DEFAULT: i32 = 2;
/// What a place may say instead.
pub const MODEL_GUIDES: RangeInclusive<i32> = 0..=20;

/// A rule opens every so many weeks. Our own choice.
pub const EVERY_WEEKS: RangeInclusive<i32> = 1..=8;

/// A place closes by eleven in the evening, as minutes after midnight. Our own choice.
pub const LATEST_END: i16 = 23 * 60;

/// The longest range of days that a calendar is asked for at once: a year.
pub const MOST_DAYS: i64 = 366;

/// How far from today something may be planned or looked at, in months. Our own choice, against slips of the pen.
pub const MONTHS_AHEAD: i32 = 24;
/// See [`MONTHS_AHEAD`].
pub const MONTHS_BACK: i32 = 120;

/// How many rules, closed days to come, people in roles, or openings of one day a place may have. Our own choice, far above
/// need.
pub const MOST_OF_A_PLACE: i64 = 200;

/// How many activities and ideas an opening shows. Our own choice.
pub const MOST_ACTIVITIES: usize = 20;

/// How many visits one tap may count. Our own choice: a tap counts one, a head count of an evening some dozens.
pub const MOST_AT_ONCE: i32 = 200;

/// Days from the first to the last, both counted.
pub type Days = RangeInclusive<NaiveDate>;

/// Why a place is not open although it was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closure {
    /// A public holiday, or the eve of Midsummer or Christmas.
    Holiday(DayOff),
    /// The place is closed on the day.
    ClosedDay(ClosedReason),
    /// This opening does not take place.
    Cancelled(ClosedReason),
}

/// One opening of the calendar, whether something of it is recorded or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its id, whether something of it is recorded or not.
    pub opening: OpeningId,
    /// The rule that makes it.
    pub rule: Option<OpeningRuleId>,
    /// The day.
    pub on: NaiveDate,
    /// When it begins, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// When it ends.
    pub ends_at: i16,
    /// Why it does not take place; `None` where it does.
    pub closure: Option<Closure>,
}

/// What a place has planned and recorded for some days.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Its rules.
    pub rules: Vec<OpeningRule>,
    /// Its openings that are recorded.
    pub openings: Vec<Opening>,
    /// Its closed days.
    pub closed: Vec<ClosedDay>,
}

/// A rule of RFC 5545 for some weekdays of every so many weeks; weeks begin on Monday.
pub fn recurrence(weekdays: &BTreeSet<u8>, every_weeks: u8) -> String {
    const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let days = weekdays
        .iter()
        .filter_map(|day| NAMES.get(usize::from(*day)));
    let days: Vec<&str> = days.copied().collect();
    format!(
        "FREQ=WEEKLY;INTERVAL={every_weeks};WKST=MO;BYDAY={}",
        days.join(",")
    )
}

/// Weekdays as [`recurrence`] takes them, Monday first.
pub fn numbers(weekdays: &[Weekday]) -> BTreeSet<u8> {
    let number = |day: &Weekday| u8::try_from(day.num_days_from_monday()).unwrap_or_default();
    weekdays.iter().map(number).collect()
}

/// The id of a rule's opening on a day: the same whoever asks, so that two who record it first record one, and a calendar
/// knows it again.
pub fn opening_of(rule: OpeningRuleId, on: NaiveDate) -> OpeningId {
    let mut hash = Sha256::new();
    hash.update(rule.0.as_bytes());
    hash.update(on.num_days_from_ce().to_be_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    // A UUID of version 8: made by a rule of our own.
    bytes[6] = 0x80 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    OpeningId(Uuid::from_bytes(bytes))
}

/// A time of day as minutes after midnight.
pub fn minutes(at: NaiveTime) -> i16 {
    i16::try_from(at.num_seconds_from_midnight() / 60).unwrap_or_default()
}

/// The days on which a rule opens, among some days. The recurrence is counted in days, where no clock is changed; the time of
/// day comes to it afterwards.
///
/// Errors: what is stored is no rule of RFC 5545.
pub fn days_of(rule: &OpeningRule, within: &Days) -> Result<Vec<NaiveDate>, RRuleError> {
    let first = rule.from_on.max(*within.start());
    let last = rule.to_on.map_or(*within.end(), |to| to.min(*within.end()));
    if first > last {
        return Ok(Vec::new());
    }
    let most = (last - first).num_days() + 1;
    let recurrence: RRule<Unvalidated> = rule.recurrence.parse()?;
    let found = recurrence
        .build(midnight(rule.from_on))?
        .after(midnight(first))
        .before(midnight(last))
        .all(u16::try_from(most).unwrap_or(u16::MAX));
    Ok(found.dates.iter().map(DateTime::date_naive).collect())
}

fn midnight(day: NaiveDate) -> DateTime<Tz> {
    day.and_time(NaiveTime::MIN)
        .and_utc()
        .with_timezone(&Tz::UTC)
}

/// The calendar of some days, in the order of time.
///
/// Errors: as [`days_of`].
pub fn expand(plan: &Plan, within: &Days) -> Result<Vec<Slot>, RRuleError> {
    let of_rules = plan.openings.iter();
    let of_rules = of_rules.filter_map(|it| Some(((it.rule_id?, it.on_date), it)));
    let recorded: HashMap<_, &Opening> = of_rules.collect();
    let mut slots = Vec::new();
    for rule in &plan.rules {
        for on in days_of(rule, within)? {
            let opening = recorded.get(&(rule.id, on));
            slots.push(Slot {
                opening: opening_of(rule.id, on),
                rule: Some(rule.id),
                on,
                starts_at: rule.starts_at,
                ends_at: rule.ends_at,
                closure: opening
                    .and_then(|it| it.cancelled_for)
                    .map(Closure::Cancelled)
                    .or_else(|| plan.closed_on(on))
                    .or_else(|| rule.holiday_on(on)),
            });
        }
    }
    let single = plan.openings.iter().filter(|it| it.rule_id.is_none());
    let single = single.filter(|it| within.contains(&it.on_date));
    slots.extend(single.map(|it| {
        Slot {
            opening: it.id,
            rule: None,
            on: it.on_date,
            starts_at: it.starts_at,
            ends_at: it.ends_at,
            // Somebody who adds an opening on a holiday has said that the place is open.
            closure: it
                .cancelled_for
                .map(Closure::Cancelled)
                .or_else(|| plan.closed_on(it.on_date)),
        }
    }));
    slots.sort_by_key(|it| (it.on, it.starts_at, it.ends_at, it.rule, it.opening));
    Ok(slots)
}

impl Plan {
    /// From the first to the last of some days for which something was planned; `None` where nothing ever was.
    pub fn planned(&self, within: &Days) -> Option<Days> {
        let single = || self.openings.iter().map(|it| it.on_date);
        let first = self.rules.iter().map(|it| it.from_on).chain(single());
        let of_rules = self
            .rules
            .iter()
            .map(|it| it.to_on.unwrap_or(*within.end()));
        let last = of_rules.chain(single()).max()?;
        let first = first.min()?;
        Some(first.max(*within.start())..=last.min(*within.end()))
    }

    fn closed_on(&self, on: NaiveDate) -> Option<Closure> {
        let covers = |it: &&ClosedDay| (it.from_on..=it.to_on).contains(&on);
        let closed = self.closed.iter().find(covers)?;
        Some(Closure::ClosedDay(closed.reason))
    }
}

impl OpeningRule {
    fn holiday_on(&self, on: NaiveDate) -> Option<Closure> {
        let holiday = day_off(on).map(Closure::Holiday);
        holiday.filter(|_| !self.opens_on_holidays)
    }
}

/// Notes what is wrong with the times of an opening.
pub fn check_times(starts_at: i16, ends_at: i16, faults: &mut Violations) {
    faults
        .check(starts_at < LATEST_END, "startsAt", "OUT_OF_RANGE")
        .check(ends_at <= LATEST_END, "endsAt", "OUT_OF_RANGE")
        .check(starts_at < ends_at, "endsAt", "TIMES_OUT_OF_ORDER");
}

/// Notes what is wrong with a range of days to look at.
pub fn check_range(today: NaiveDate, from: NaiveDate, to: NaiveDate, faults: &mut Violations) {
    let near = near(today);
    faults
        .check(near.contains(&from), "from", "OUT_OF_RANGE")
        .check(near.contains(&to), "to", "OUT_OF_RANGE")
        .check(from <= to, "to", "DATES_OUT_OF_ORDER")
        .check((to - from).num_days() < MOST_DAYS, "to", "OUT_OF_RANGE");
}

/// The days that something may be planned for or looked at.
pub fn near(today: NaiveDate) -> Days {
    add_months(today, -MONTHS_BACK)..=add_months(today, MONTHS_AHEAD)
}

/// The whole weeks that some days fall into, Monday to Sunday.
pub fn whole_weeks(from: NaiveDate, to: NaiveDate) -> Days {
    let monday = from.week(Weekday::Mon).checked_first_day();
    let sunday = to.week(Weekday::Mon).checked_last_day();
    monday.unwrap_or(from)..=sunday.unwrap_or(to)
}

/// Whether a slug may stand in an address: 3 to 40 small letters, digits and hyphens, with a letter or digit at both ends.
pub fn is_slug(slug: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (3..=40).contains(&slug.len())
        && slug.chars().all(|c| is_plain(c) || c == '-')
        && slug.starts_with(is_plain)
        && slug.ends_with(is_plain)
}

/// The days that a feed holds: somewhat less than a year, a month of them past.
pub fn fed(today: NaiveDate) -> Days {
    add_months(today, -1)..=plus_days(add_months(today, 11), -1)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
