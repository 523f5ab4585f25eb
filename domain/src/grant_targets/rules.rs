//! What may be told of grant targets.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

/// The longest code under which the funder keeps a target, in characters.
pub const CODE_MAX_CHARS: usize = 40;
/// The longest name.
pub const NAME_MAX_CHARS: usize = 120;

/// The most activities of one kind that belong to a target: a large association's decade.
pub const MOST_ACTIVITIES: usize = 500;

/// How far from today a target's period may begin and end.
const FAR: Days = Days::new(20 * 366);

/// The days on which a period may begin and end.
pub fn near(today: NaiveDate) -> RangeInclusive<NaiveDate> {
    today - FAR..=today + FAR
}
