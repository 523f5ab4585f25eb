//! What may be told of grant targets.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

/// The longest code under which the funder keeps a target, in characters.
pub const CODE_MAX_CHARS: usize = 40;
/// The longest name.
pub const NAME_MAX_CHARS: usize = 120;

/// The most activities of one kind that belong to a target: a large association's decade.
pub const MOST_ACTIVITIES: usize = 500;

/// The class of how many volunteers a target had, as STEA's statistics of its targets tell them.
pub fn class_of(volunteers: u64) -> &'static str {
    match volunteers {
        0 => "0",
        1..=9 => "1–9",
        10..=29 => "10–29",
        30..=99 => "30–99",
        _ => "100+",
    }
}

/// How far from today a target's period may begin and end.
const FAR: Days = Days::new(20 * 366);

/// The days on which a period may begin and end.
pub fn near(today: NaiveDate) -> RangeInclusive<NaiveDate> {
    today - FAR..=today + FAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_ends_where_the_next_begins() {
        let classes = [0, 1, 9, 10, 29, 30, 99, 100, 5000].map(class_of);
        assert_eq!(
            classes,
            [
                "0", "1–9", "1–9", "10–29", "10–29", "30–99", "30–99", "100+", "100+"
            ]
        );
    }
}
