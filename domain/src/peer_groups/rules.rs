//! What may be told of peer groups, their meetings and single talks.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

/// The longest name and the longest place, in characters.
pub const NAME_MAX_CHARS: usize = 80;
/// The longest place.
pub const PLACE_MAX_CHARS: usize = 120;

/// The most people who lead one group.
pub const MOST_LEADERS: usize = 10;

/// For how many kinds of people one group may be.
pub const AUDIENCES: RangeInclusive<usize> = 1..=7;

/// How long a meeting may last, in minutes: a day's half.
pub const MINUTES: RangeInclusive<i32> = 1..=720;

/// How many may come to one meeting.
pub const HEADS: RangeInclusive<i32> = 0..=1000;

/// How many talks one entry may count.
pub const TALKS: RangeInclusive<i32> = 1..=100;

/// How long ago a meeting or a talk may have been when it is recorded: the year before the last one is reported by then.
const RECORDED_WITHIN: Days = Days::new(2 * 366);

/// How far from today a group may begin and end.
const FAR: Days = Days::new(20 * 366);

/// Why a day cannot be one on which something was; none where it can.
pub fn day_fault(on: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    match on {
        on if on > today => Some("DATE_IN_FUTURE"),
        on if on < today - RECORDED_WITHIN => Some("OUT_OF_RANGE"),
        _ => None,
    }
}

/// The days on which a group may begin and end.
pub fn near(today: NaiveDate) -> RangeInclusive<NaiveDate> {
    today - FAR..=today + FAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_is_recorded_within_two_years_and_never_before_it_was() {
        let day = |written: &str| written.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-23");
        assert_eq!(day_fault(day("2026-11-24"), today), Some("DATE_IN_FUTURE"));
        assert_eq!(day_fault(today, today), None);
        assert_eq!(day_fault(day("2024-11-21"), today), None);
        assert_eq!(day_fault(day("2024-11-20"), today), Some("OUT_OF_RANGE"));
    }
}
