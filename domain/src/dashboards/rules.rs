//! What counts as waiting, and what comes first.
//!
//! What should have been done by a day that has passed comes first, the latest of all at the top; then what has a day,
//! by that day; then what has none, the longest waiting first. Since the days that have passed come before those to
//! come, and the earlier of them are the later ones to be late, that is one order: by day, then by age.

use chrono::NaiveDate;

use super::{WaitingItem, WaitingKind};
use crate::calendar::{plus_days, working_days_before};
use crate::joint_reviews::rules::reminders::BOOKED_WORKING_DAYS_BEFORE;
pub use crate::notices::rules::{ANSWER_DAYS, FAILED_NOTICE_DAYS};

/// How soon after the disclosure of contact details the first meeting should have been held and recorded. Our own
/// choice.
pub const FIRST_MEETING_DAYS: i64 = 14;

/// The most that one answer holds.
pub const MOST_ITEMS: usize = 200;

/// The furthest day for which a booked review is shown today: it comes into view with the day of its reminder.
pub fn booked_until(today: NaiveDate) -> NaiveDate {
    let is_in_view =
        |day: &NaiveDate| working_days_before(*day, BOOKED_WORKING_DAYS_BEFORE) <= today;
    today
        .iter_days()
        .take_while(is_in_view)
        .last()
        .unwrap_or(today)
}

/// The day since which a review waits that is booked for a day: since it fell due, or since its reminder, whichever
/// came first.
pub fn booked_since(planned_on: NaiveDate, booked_for: NaiveDate) -> NaiveDate {
    planned_on.min(working_days_before(booked_for, BOOKED_WORKING_DAYS_BEFORE))
}

/// The last day of asking for which an answer is missed today.
pub fn unanswered_since(today: NaiveDate) -> NaiveDate {
    plus_days(today, -ANSWER_DAYS)
}

/// How many days late something is that should have been done by a day; 0 where it is not late.
pub fn days_late(due_on: Option<NaiveDate>, today: NaiveDate) -> i64 {
    due_on.map_or(0, |due_on| (today - due_on).num_days().max(0))
}

/// Puts the most urgent first.
pub fn by_urgency(items: &mut [WaitingItem]) {
    let key = |item: &WaitingItem| -> (NaiveDate, NaiveDate, WaitingKind, uuid::Uuid) {
        (
            item.due_on.unwrap_or(NaiveDate::MAX),
            item.since,
            item.kind,
            item.subject.id,
        )
    };
    items.sort_by_key(key);
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::calendar::day;
    use crate::dashboards::Subject;

    #[test]
    fn a_booked_review_comes_into_view_three_working_days_before() {
        // Monday 23.11.2026: Thursday is the third working day from now.
        assert_eq!(booked_until(day("23.11.2026")), day("26.11.2026"));
        // From Wednesday on, Monday; the weekend between counts for nothing.
        assert_eq!(booked_until(day("25.11.2026")), day("30.11.2026"));
        // On Saturday, what Friday would have shown, and the weekend.
        assert_eq!(booked_until(day("28.11.2026")), day("2.12.2026"));
        // Before Christmas (Thursday 24.12.2026 is an eve): Wednesday, Monday and Tuesday are the working days.
        assert_eq!(booked_until(day("22.12.2026")), day("29.12.2026"));
    }

    #[test]
    fn what_is_due_today_is_not_late() {
        let today = day("23.11.2026");
        assert_eq!(days_late(None, today), 0);
        assert_eq!(days_late(Some(today), today), 0);
        assert_eq!(days_late(Some(day("24.11.2026")), today), 0);
        assert_eq!(days_late(Some(day("20.11.2026")), today), 3);
    }

    #[test]
    fn the_latest_comes_first_then_the_next_due_then_the_oldest() {
        let item = |name: u128, since: &str, due_on: Option<&str>| WaitingItem {
            kind: WaitingKind::ReviewDue,
            since: day(since),
            due_on: due_on.map(day),
            is_overdue: false,
            days_late: 0,
            case_code: None,
            subject: Subject {
                kind: WaitingKind::ReviewDue.subject(),
                id: Uuid::from_u128(name),
            },
        };
        let mut items = [
            item(6, "2.1.2026", None),
            item(5, "1.1.2026", None),
            item(4, "1.11.2026", Some("1.12.2026")),
            item(3, "1.3.2026", Some("24.11.2026")),
            item(2, "1.8.2026", Some("20.11.2026")),
            item(1, "1.9.2026", Some("1.10.2026")),
        ];
        by_urgency(&mut items);
        let order: Vec<u128> = items.iter().map(|item| item.subject.id.as_u128()).collect();
        assert_eq!(order, [1, 2, 3, 4, 5, 6]);
    }
}
