//! When somebody is reminded of a review.
//!
//! A fortnight before the planned day, on it, halfway through the window, and when the window has
//! passed: then the coordinator hears too, and once more a month later. A review that has a day
//! booked needs no nudging; the professional is reminded of that day instead. All days are working
//! days: a notice before a date moves back to one, a notice on or after it moves forward.
//!
//! The days are fixed when a review opens or is booked, and stored with it; which of them applies is
//! asked when the mail goes out.

use chrono::NaiveDate;

use crate::calendar::{next_working_day, plus_days, previous_working_day, working_days_before};

/// The notice that a review is coming goes out a fortnight ahead: time enough to find an hour that
/// suits three people. Our own choice; the law and the model say nothing.
pub const COMING_DAYS_BEFORE: i64 = 14;

/// A nudge is sent only if at least three weeks of the window are left on its day; with less, the
/// notice that the review is overdue would follow on its heels. Our own choice.
pub const NUDGE_DAYS_LEFT: i64 = 21;

/// Between "due" and "overdue" lie more than two weeks, also with the six-month interval whose
/// planned day is the window's last. Our own choice.
pub const OVERDUE_DAYS_AFTER_PLANNED: i64 = 14;

/// The overdue notice is repeated once, after this many days; later the weekly digest carries it.
/// Our own choice.
pub const OVERDUE_REPEAT_DAYS: i64 = 30;

/// The professional is reminded of a booked review this many working days ahead. Our own choice.
pub const BOOKED_WORKING_DAYS_BEFORE: u16 = 3;

/// A notice about an open review, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewNotice {
    /// To the professional: a review is coming.
    Coming,
    /// To the professional: the review is due.
    Due,
    /// To the coordinator, where no professional follows: the review is due.
    DueNoProfessional,
    /// To the professional: the review is still open.
    Nudge,
    /// To the professional: a review has been booked for a day soon.
    BookedReminder,
    /// To the professional and the coordinator: the window has passed.
    Overdue,
    /// The same once more.
    OverdueAgain,
}

/// The days on which the notices of one review fall, all of them working days in Helsinki.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeDates {
    /// A fortnight before the planned day.
    pub coming_on: Option<NaiveDate>,
    /// The planned day.
    pub due_on: Option<NaiveDate>,
    /// Halfway from the planned day to the window's end, if the rest is long enough.
    pub nudge_on: Option<NaiveDate>,
    /// Three working days before the booked day.
    pub booked_reminder_on: Option<NaiveDate>,
    /// The booked day itself, after which there is nothing to remind of.
    pub booked_for: Option<NaiveDate>,
    /// After the window.
    pub overdue_on: NaiveDate,
    /// A month after that.
    pub overdue_again_on: NaiveDate,
}

/// The notices of an open review, from its moved days and the day that is booked for it, if any.
///
/// What would fall on or before the booked day (coming, due, nudge) falls away; what comes after it
/// stays, for the review that was booked but never recorded. The overdue notices always stay.
pub fn notice_dates(
    planned_on: NaiveDate,
    window_end_on: NaiveDate,
    booked_for: Option<NaiveDate>,
) -> NoticeDates {
    let unless_booked = |on: &NaiveDate| booked_for.is_none_or(|booked_for| *on > booked_for);
    let overdue_on = overdue_on(planned_on, window_end_on);
    NoticeDates {
        coming_on: Some(coming_on(planned_on)).filter(unless_booked),
        due_on: Some(next_working_day(planned_on)).filter(unless_booked),
        nudge_on: nudge_on(planned_on, window_end_on).filter(unless_booked),
        booked_reminder_on: booked_for
            .map(|booked_for| working_days_before(booked_for, BOOKED_WORKING_DAYS_BEFORE)),
        booked_for,
        overdue_on,
        overdue_again_on: next_working_day(plus_days(overdue_on, OVERDUE_REPEAT_DAYS)),
    }
}

/// The one notice that applies on a day in Helsinki, and the day it was meant for: the latest that
/// has come, so that after an outage one mail goes out and not the missed series.
///
/// Without a professional the coordinator hears that the review is due or overdue, and nothing else.
pub fn latest_applicable(
    dates: &NoticeDates,
    professional_follows: bool,
    today: NaiveDate,
) -> Option<(ReviewNotice, NaiveDate)> {
    let due = if professional_follows {
        ReviewNotice::Due
    } else {
        ReviewNotice::DueNoProfessional
    };
    let to_professional = |on: &NaiveDate| professional_follows && *on <= today;
    let before_booked_day = |_: &NaiveDate| dates.booked_for.is_some_and(|day| today <= day);
    [
        (
            ReviewNotice::Coming,
            dates.coming_on.filter(to_professional),
        ),
        (due, dates.due_on),
        (ReviewNotice::Nudge, dates.nudge_on.filter(to_professional)),
        (
            ReviewNotice::BookedReminder,
            dates
                .booked_reminder_on
                .filter(to_professional)
                .filter(before_booked_day),
        ),
        (ReviewNotice::Overdue, Some(dates.overdue_on)),
        (ReviewNotice::OverdueAgain, Some(dates.overdue_again_on)),
    ]
    .into_iter()
    .filter_map(|(notice, on)| Some((notice, on.filter(|on| *on <= today)?)))
    .max_by_key(|(_, on)| *on)
}

fn coming_on(planned_on: NaiveDate) -> NaiveDate {
    previous_working_day(plus_days(planned_on, -COMING_DAYS_BEFORE))
}

fn nudge_on(planned_on: NaiveDate, window_end_on: NaiveDate) -> Option<NaiveDate> {
    let half = (window_end_on - planned_on).num_days() / 2;
    let nudge_on = next_working_day(plus_days(planned_on, half));
    ((window_end_on - nudge_on).num_days() >= NUDGE_DAYS_LEFT).then_some(nudge_on)
}

fn overdue_on(planned_on: NaiveDate, window_end_on: NaiveDate) -> NaiveDate {
    let last_quiet_day = window_end_on.max(plus_days(planned_on, OVERDUE_DAYS_AFTER_PLANNED));
    next_working_day(plus_days(last_quiet_day, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{day, is_working_day};
    use crate::joint_reviews::rules::window;
    use proptest::prelude::*;

    /// A review planned for Monday 14.12.2026 whose window ends on Monday 15.3.2027.
    fn dates(booked_for: Option<&str>) -> NoticeDates {
        notice_dates(day("14.12.2026"), day("15.3.2027"), booked_for.map(day))
    }

    fn of_interval(interval_months: u8) -> NoticeDates {
        let it = window(day("14.9.2026"), interval_months);
        notice_dates(it.planned_on, it.window_end_on, None)
    }

    #[track_caller]
    fn applies(dates: &NoticeDates, today: &str, notice: ReviewNotice, meant_for: &str) {
        let expected = Some((notice, day(meant_for)));
        assert_eq!(
            latest_applicable(dates, true, day(today)),
            expected,
            "{today}"
        );
    }

    #[test]
    fn a_review_is_announced_due_nudged_and_overdue() {
        let it = dates(None);
        assert_eq!(it.coming_on, Some(day("30.11.2026")));
        assert_eq!(it.due_on, Some(day("14.12.2026")));
        assert_eq!(it.nudge_on, Some(day("28.1.2027")));
        assert_eq!(it.overdue_on, day("16.3.2027"));
        assert_eq!(it.overdue_again_on, day("15.4.2027"));
        assert_eq!(it.booked_reminder_on, None);
    }

    #[test]
    fn a_notice_before_a_day_moves_back_and_one_after_it_forward() {
        let it = notice_dates(day("7.1.2027"), day("25.3.2027"), None);
        assert_eq!(
            it.coming_on,
            Some(day("23.12.2026")),
            "24.12. is Christmas Eve"
        );
        assert_eq!(it.overdue_on, day("30.3.2027"), "26.3. is Good Friday");
        assert_eq!(it.overdue_again_on, day("29.4.2027"));
        assert_eq!(
            notice_dates(day("1.1.2027"), day("1.4.2027"), None).due_on,
            Some(day("4.1.2027"))
        );
    }

    #[test]
    fn a_nudge_is_sent_only_if_three_weeks_are_left() {
        let nudge_on =
            |window_end_on| notice_dates(day("4.1.2027"), day(window_end_on), None).nudge_on;
        assert_eq!(
            nudge_on("15.2.2027"),
            Some(day("25.1.2027")),
            "42 days, 21 left"
        );
        assert_eq!(nudge_on("14.2.2027"), None, "41 days, 20 left after moving");
    }

    #[test]
    fn long_intervals_are_not_nudged() {
        let nudges = [3, 4, 5, 6].map(|interval| of_interval(interval).nudge_on.is_some());
        assert_eq!(nudges, [true, true, false, false]);
    }

    #[test]
    fn where_the_planned_day_is_the_last_overdue_waits_a_fortnight_after_due() {
        let it = notice_dates(day("14.12.2026"), day("14.12.2026"), None);
        assert_eq!(it.due_on, Some(day("14.12.2026")));
        assert_eq!(
            it.overdue_on,
            day("29.12.2026"),
            "the fortnight ends on 28.12."
        );
        assert_eq!(
            of_interval(6).overdue_on,
            day("30.3.2027"),
            "29.3. is Easter Monday"
        );
    }

    #[test]
    fn a_booked_review_replaces_the_nudges_by_a_reminder() {
        let it = dates(Some("3.2.2027"));
        assert_eq!((it.coming_on, it.due_on, it.nudge_on), (None, None, None));
        assert_eq!(it.booked_reminder_on, Some(day("29.1.2027")));
        assert_eq!(it.overdue_on, day("16.3.2027"));
    }

    #[test]
    fn a_reminder_of_a_booked_review_counts_working_days() {
        let it = dates(Some("8.1.2027"));
        assert_eq!(
            it.booked_reminder_on,
            Some(day("4.1.2027")),
            "6.1. is Epiphany"
        );
    }

    #[test]
    fn what_comes_after_the_booked_day_stays() {
        let it = dates(Some("11.12.2026"));
        assert_eq!((it.coming_on, it.due_on), (None, Some(day("14.12.2026"))));
        let same_day = dates(Some("14.12.2026"));
        assert_eq!(
            (same_day.due_on, same_day.nudge_on),
            (None, Some(day("28.1.2027")))
        );
    }

    #[test]
    fn after_an_outage_only_the_latest_notice_applies() {
        let it = dates(None);
        assert_eq!(latest_applicable(&it, true, day("29.11.2026")), None);
        applies(&it, "30.11.2026", ReviewNotice::Coming, "30.11.2026");
        applies(&it, "13.12.2026", ReviewNotice::Coming, "30.11.2026");
        applies(&it, "14.12.2026", ReviewNotice::Due, "14.12.2026");
        applies(&it, "15.3.2027", ReviewNotice::Nudge, "28.1.2027");
        applies(&it, "16.3.2027", ReviewNotice::Overdue, "16.3.2027");
        applies(&it, "1.1.2030", ReviewNotice::OverdueAgain, "15.4.2027");
    }

    #[test]
    fn nobody_is_reminded_of_a_booked_day_that_has_passed() {
        let it = dates(Some("3.2.2027"));
        assert_eq!(latest_applicable(&it, true, day("28.1.2027")), None);
        applies(&it, "29.1.2027", ReviewNotice::BookedReminder, "29.1.2027");
        applies(&it, "3.2.2027", ReviewNotice::BookedReminder, "29.1.2027");
        assert_eq!(latest_applicable(&it, true, day("4.2.2027")), None);
        applies(&it, "16.3.2027", ReviewNotice::Overdue, "16.3.2027");
    }

    #[test]
    fn a_booked_day_that_passed_unrecorded_leaves_the_nudge_to_come() {
        applies(
            &dates(Some("18.12.2026")),
            "29.1.2027",
            ReviewNotice::Nudge,
            "28.1.2027",
        );
    }

    #[test]
    fn without_a_professional_the_coordinator_hears_of_due_and_overdue_alone() {
        let it = dates(None);
        let on = |today| latest_applicable(&it, false, day(today)).map(|(notice, _)| notice);
        assert_eq!(on("30.11.2026"), None);
        assert_eq!(on("14.12.2026"), Some(ReviewNotice::DueNoProfessional));
        assert_eq!(on("28.1.2027"), Some(ReviewNotice::DueNoProfessional));
        assert_eq!(on("16.3.2027"), Some(ReviewNotice::Overdue));
    }

    proptest! {
        #[test]
        fn notices_fall_on_working_days_in_their_order(days in 0_i64..146_097, interval in 3_u8..=6) {
            let it = window(plus_days(day("1.1.2000"), days), interval);
            let dates = notice_dates(it.planned_on, it.window_end_on, None);
            let all = [dates.coming_on, dates.due_on, dates.nudge_on];
            let overdue = [dates.overdue_on, dates.overdue_again_on];
            let all: Vec<_> = all.into_iter().flatten().chain(overdue).collect();
            prop_assert!(all.is_sorted_by(|before, after| before < after));
            prop_assert!(all.iter().all(|on| is_working_day(*on)));
            prop_assert_eq!(dates.due_on, Some(it.planned_on));
            prop_assert_eq!(dates.nudge_on.is_some(), interval <= 4);
            prop_assert!(dates.overdue_on > it.window_end_on);
        }
    }
}
