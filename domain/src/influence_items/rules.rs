//! What may be told of work for influence.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

/// The longest title, in characters.
pub const TITLE_MAX_CHARS: usize = 200;
/// The longest name of a body.
pub const BODY_MAX_CHARS: usize = 120;
/// The longest section or register number.
pub const SECTION_MAX_CHARS: usize = 40;
/// The longest wording of an outcome.
pub const OUTCOME_MAX_CHARS: usize = 400;

/// How many may have taken part.
pub const PARTICIPANTS: RangeInclusive<i32> = 0..=10_000;

/// How far from today a day may be: initiatives take years, and their answers are still to come.
const FAR: Days = Days::new(10 * 366);

/// The days on which something may have been brought before a body, or will be.
pub fn near(today: NaiveDate) -> RangeInclusive<NaiveDate> {
    today - FAR..=today + FAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_initiative_of_the_source_can_be_recorded_and_a_slip_of_the_pen_cannot() {
        let day = |written: &str| written.parse::<NaiveDate>().unwrap();
        let near = near(day("2026-11-23"));
        assert!(near.contains(&day("2022-05-30")));
        assert!(!near.contains(&day("1922-05-30")));
    }
}
