//! When a training can be: two weekends, one after the other (the support-person model of Kainuu: "a training of two
//! weekends"). Each is known by its first day. What attending them comes to is the support person's own rule
//! ([`crate::support_persons::rules`]): the programme says how many weekends it asks for.

use std::ops::RangeInclusive;

use chrono::{Datelike as _, NaiveDate};

use crate::calendar::add_months;

/// How far back a training can be written down: our own choice, for registers that begin with older trainings.
pub const MONTHS_BACK: i32 = 240;

/// How far ahead one can be planned: our own choice.
pub const MONTHS_AHEAD: i32 = 24;

/// How many may take part in one training: our own choice, far above any.
pub const MOST_PARTICIPANTS: usize = 60;

/// The days on which a training's weekends can begin.
pub fn days(today: NaiveDate) -> RangeInclusive<NaiveDate> {
    add_months(today, -MONTHS_BACK)..=add_months(today, MONTHS_AHEAD)
}

/// Whether the second weekend is another one, and after the first: two days of one week are one weekend.
pub fn are_two_weekends(first: NaiveDate, second: NaiveDate) -> bool {
    let week = |day: NaiveDate| (day.iso_week().year(), day.iso_week().week());
    week(first) < week(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;

    #[test]
    fn two_days_of_one_week_are_one_weekend() {
        let saturday = day("23.1.2027");
        assert!(!are_two_weekends(saturday, saturday));
        assert!(
            !are_two_weekends(saturday, day("24.1.2027")),
            "Sunday belongs to it"
        );
        assert!(are_two_weekends(saturday, day("30.1.2027")));
        assert!(!are_two_weekends(day("30.1.2027"), saturday), "in order");
        assert!(
            are_two_weekends(day("27.12.2026"), day("2.1.2027")),
            "over the turn of the year"
        );
    }

    #[test]
    fn a_training_is_written_down_within_what_anybody_remembers() {
        let days = days(day("23.11.2026"));
        assert!(days.contains(&day("23.11.2006")) && days.contains(&day("23.11.2028")));
        assert!(!days.contains(&day("22.11.2006")) && !days.contains(&day("24.11.2028")));
    }
}
