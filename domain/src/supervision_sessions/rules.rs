//! When a session of supervision may be, and who has been without for too long: pure functions.
//!
//! The source says who arranges supervision and not how often, so there is no limit until an association sets its own.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use rinnalla_entity::states::SupervisionForm;

/// How long a session may last, in minutes. Our own choice, against slips of the pen; as the database holds it.
pub const MINUTES: RangeInclusive<i32> = 15..=480;

/// After how many days without supervision somebody may be missing from it: our own choice, a week to two years; as the
/// database holds it.
pub const LIMIT_DAYS: RangeInclusive<i32> = 7..=730;

/// The most people that one session may have. Our own choice, far above a group that can be supervised.
pub const MOST_PEOPLE: usize = 40;

/// How many themes a session may have. Our own choice.
pub const MOST_THEMES: usize = 10;

/// A session is planned at most so many months ahead, and written down at most so many months later. Our own choice,
/// against slips of the pen.
pub const MONTHS_AHEAD: i32 = 24;
/// See [`MONTHS_AHEAD`].
pub const MONTHS_BACK: i32 = 60;

/// The longest text on a session, in characters: our own choice, room for what the supervisor needs to recall.
pub const TEXT_MAX_CHARS: usize = 400;

/// Over how many months a peer's sessions and hours are counted: a year, as associations report.
pub const MONTHS_COUNTED: i32 = 12;

/// A time of day as minutes after midnight; `None` where a session could not end on the same day.
pub fn start(at: NaiveTime, minutes: i32) -> Option<i16> {
    let starts = i32::try_from(at.num_seconds_from_midnight() / 60).ok()?;
    match starts + minutes <= 24 * 60 {
        true => i16::try_from(starts).ok(),
        false => None,
    }
}

/// How many people a session may have: an individual one has one.
pub fn most_people(form: SupervisionForm) -> usize {
    match form {
        SupervisionForm::Individual => 1,
        SupervisionForm::Group | SupervisionForm::Remote => MOST_PEOPLE,
    }
}

/// How long somebody has been without supervision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Without {
    /// Days since the last session that they were at; none where there was none.
    pub since_last: Option<i64>,
    /// Whether it is longer than the association's limit; never, where there is none.
    pub is_missing: bool,
}

/// How long somebody has been without supervision on a day: from the last session on or, where there was none, from the
/// day on which they became a peer.
pub fn without(
    last_on: Option<NaiveDate>,
    peer_from: NaiveDate,
    limit_days: Option<i16>,
    today: NaiveDate,
) -> Without {
    let since = last_on.unwrap_or(peer_from);
    Without {
        since_last: last_on.map(|last| (today - last).num_days()),
        is_missing: limit_days.is_some_and(|limit| (today - since).num_days() > i64::from(limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn somebody_is_missing_when_the_limit_is_passed_and_not_on_its_last_day() {
        let (from, last) = (day("2026-01-01"), Some(day("2026-09-01")));
        let on = |today| without(last, from, Some(60), day(today));
        assert_eq!(on("2026-10-31").since_last, Some(60));
        assert!(!on("2026-10-31").is_missing);
        assert!(on("2026-11-01").is_missing);
    }

    #[test]
    fn whoever_was_never_supervised_is_counted_from_their_first_day_as_a_peer() {
        let on = |today| without(None, day("2026-09-01"), Some(60), day(today));
        assert_eq!(on("2026-11-01").since_last, None);
        assert!(!on("2026-10-31").is_missing);
        assert!(on("2026-11-01").is_missing);
    }

    #[test]
    fn nobody_is_missing_where_no_limit_is_set() {
        let never = without(None, day("2020-01-01"), None, day("2026-11-23"));
        assert!(!never.is_missing);
    }

    #[test]
    fn a_session_ends_on_the_day_on_which_it_begins() {
        let at = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
        assert_eq!(start(at("17:30"), 90), Some(1050));
        assert_eq!(start(at("22:30"), 90), Some(1350));
        assert_eq!(start(at("22:31"), 90), None);
    }

    #[test]
    fn an_individual_session_has_one_person() {
        assert_eq!(most_people(SupervisionForm::Individual), 1);
        assert_eq!(most_people(SupervisionForm::Remote), MOST_PEOPLE);
    }
}
