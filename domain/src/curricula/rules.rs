//! How many workshops a curriculum takes, and what may be told of one: pure functions.

use chrono::NaiveDate;

use crate::calendar::add_months;

/// The source held three workshops before its pilot. Fewer are told of; nothing is refused for it.
pub const WORKSHOPS: usize = 3;

/// How many may have been at a workshop, of either kind: our own choice, far above need.
pub const HEADS: std::ops::RangeInclusive<i32> = 0..=100;

/// Workshops are recorded so far back, in months: our own choice. The source's curriculum is older than any register.
const MONTHS_BACK: i32 = 240;

/// How many workshops are still to be held before the first course.
pub fn workshops_missing(held: usize) -> usize {
    WORKSHOPS.saturating_sub(held)
}

/// What is wrong with a workshop's day, where something is.
pub fn day_fault(on: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    match on {
        on if on > today => Some("DATE_IN_FUTURE"),
        on if on < add_months(today, -MONTHS_BACK) => Some("OUT_OF_RANGE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn three_workshops_are_held_before_the_first_course() {
        let missing: Vec<usize> = (0..5).map(workshops_missing).collect();
        assert_eq!(missing, [3, 2, 1, 0, 0]);
    }

    #[test]
    fn a_workshop_was_held_today_or_within_twenty_years() {
        let today = on("2026-11-23");
        assert_eq!(day_fault(today, today), None);
        assert_eq!(day_fault(on("2026-11-24"), today), Some("DATE_IN_FUTURE"));
        assert_eq!(day_fault(on("2006-11-23"), today), None);
        assert_eq!(day_fault(on("2006-11-22"), today), Some("OUT_OF_RANGE"));
    }
}
