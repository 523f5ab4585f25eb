//! The periods of figures: years, half-years and quarters of Helsinki's calendar, and nothing between.
//!
//! Dates that anybody could choose would let two periods be compared that differ by a day, and with them by one person.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{Datelike as _, NaiveDate};

use crate::calendar::plus_days;

/// For how long after its end a quarter waits before it is published: what is written down late is to be in it, since what
/// is published stays. Our own choice; a report of a year is due in March.
pub const DAYS_TO_WRITE_DOWN: i64 = 14;

/// The years of which there can be figures; the table `participation_periods` holds their quarters.
pub const YEARS: RangeInclusive<i32> = 2000..=2060;

/// What part of a year a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Year,
    /// Its first or second half.
    Half(u8),
    /// One of its four quarters.
    Quarter(u8),
}

/// A year, a half-year or a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The year.
    pub year: i32,
    /// What part of it.
    pub part: Part,
}

impl Period {
    /// A year.
    pub fn year(year: i32) -> Self {
        Self {
            year,
            part: Part::Year,
        }
    }

    /// A quarter of a year, from 1 to 4.
    pub fn quarter(year: i32, no: u8) -> Self {
        Self {
            year,
            part: Part::Quarter(no),
        }
    }

    /// Reads `2026`, `2026H1` or `2026Q3`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, part) = text.split_at_checked(4)?;
        let is_year = year.bytes().all(|c| c.is_ascii_digit());
        let year = year
            .parse()
            .ok()
            .filter(|it| is_year && YEARS.contains(it))?;
        let part = match part {
            "" => Part::Year,
            "H1" => Part::Half(1),
            "H2" => Part::Half(2),
            "Q1" => Part::Quarter(1),
            "Q2" => Part::Quarter(2),
            "Q3" => Part::Quarter(3),
            "Q4" => Part::Quarter(4),
            _ => return None,
        };
        Some(Self { year, part })
    }

    /// The quarter that a day falls into.
    pub fn of_day(day: NaiveDate) -> Self {
        let no = u8::try_from(day.month0() / 3 + 1).unwrap_or(1);
        Self::quarter(day.year(), no)
    }

    /// Its quarters, by their numbers.
    pub fn quarters(self) -> RangeInclusive<u8> {
        match self.part {
            Part::Year => 1..=4,
            Part::Half(no) => 2 * no - 1..=2 * no,
            Part::Quarter(no) => no..=no,
        }
    }

    /// Its first day.
    pub fn first_on(self) -> NaiveDate {
        let month = u32::from(*self.quarters().start()) * 3 - 2;
        NaiveDate::from_ymd_opt(self.year, month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_on(self) -> NaiveDate {
        let month = u32::from(*self.quarters().end()) * 3;
        let next = match month {
            12 => NaiveDate::from_ymd_opt(self.year + 1, 1, 1),
            month => NaiveDate::from_ymd_opt(self.year, month + 1, 1),
        };
        plus_days(next.unwrap_or_default(), -1)
    }

    /// The quarter with which it ends: what stood at its end stood at the end of that.
    pub fn last_quarter(self) -> Self {
        Self::quarter(self.year, *self.quarters().end())
    }

    /// Whether it has ended, and what belongs to it has had its time to be written down.
    pub fn is_over(self, today: NaiveDate) -> bool {
        plus_days(self.last_on(), DAYS_TO_WRITE_DOWN) < today
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Year => write!(f, "{}", self.year),
            Part::Half(no) => write!(f, "{}H{no}", self.year),
            Part::Quarter(no) => write!(f, "{}Q{no}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_period_is_written_as_it_is_read_and_nothing_else_is_one() {
        for text in [
            "2026", "2026H1", "2026H2", "2026Q1", "2026Q4", "2000", "2060Q4",
        ] {
            assert_eq!(
                Period::parse(text).map(|it| it.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in [
            "", "26", "2026H3", "2026Q0", "2026Q5", "2026-Q1", "2026M1", "1999", "2061", "+026",
            "202６",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn periods_begin_and_end_with_helsinkis_months() {
        let days = |text| Period::parse(text).map(|it| (it.first_on(), it.last_on()));
        assert_eq!(days("2026"), Some((day("2026-01-01"), day("2026-12-31"))));
        assert_eq!(days("2026H1"), Some((day("2026-01-01"), day("2026-06-30"))));
        assert_eq!(days("2024Q1"), Some((day("2024-01-01"), day("2024-03-31"))));
        assert_eq!(days("2026Q4"), Some((day("2026-10-01"), day("2026-12-31"))));
        assert_eq!(Period::of_day(day("2026-03-31")), Period::quarter(2026, 1));
        assert_eq!(Period::of_day(day("2026-04-01")), Period::quarter(2026, 2));
        assert_eq!(Period::year(2026).last_quarter(), Period::quarter(2026, 4));
    }

    #[test]
    fn a_quarter_is_published_from_the_fifteenth_day_after_its_end() {
        let quarter = Period::quarter(2026, 3);
        assert!(!quarter.is_over(day("2026-10-14")));
        assert!(quarter.is_over(day("2026-10-15")));
    }
}
