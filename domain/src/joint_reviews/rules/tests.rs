use super::*;
use crate::calendar::{day, helsinki_date, is_working_day, plus_days};
use chrono::Datelike;
use proptest::prelude::*;

fn began(first_meeting_on: &str, interval_months: u8) -> Entry {
    let first_meeting_on = day(first_meeting_on);
    Entry::Began {
        first_meeting_on,
        interval_months,
        recorded_on: first_meeting_on,
    }
}

fn held(cycle_no: u32, held_on: &str) -> Entry {
    held_and_recorded(cycle_no, held_on, held_on)
}

fn held_and_recorded(cycle_no: u32, held_on: &str, recorded_on: &str) -> Entry {
    Entry::Held {
        cycle_no,
        held_on: day(held_on),
        settles: true,
        next_interval_months: None,
        recorded_on: day(recorded_on),
    }
}

fn not_held(cycle_no: u32, recorded_on: &str) -> Entry {
    Entry::NotHeld {
        cycle_no,
        recorded_on: day(recorded_on),
    }
}

fn resumed(resumed_on: &str) -> Entry {
    Entry::Resumed {
        resumed_on: day(resumed_on),
        recorded_on: day(resumed_on),
    }
}

/// The number of the open cycle, its base, and its moved planned day.
fn open(entries: &[Entry]) -> Option<(u32, NaiveDate, NaiveDate)> {
    open_review(entries).map(|it| (it.cycle_no, it.window.base, it.window.planned_on))
}

fn cycle(cycle_no: u32, base: &str, planned_on: &str) -> Option<(u32, NaiveDate, NaiveDate)> {
    Some((cycle_no, day(base), day(planned_on)))
}

#[test]
fn a_review_is_due_three_months_after_the_first_meeting() {
    let begun = [began("14.9.2026", DEFAULT_INTERVAL_MONTHS)];
    assert_eq!(open(&begun), cycle(1, "14.9.2026", "14.12.2026"));
}

#[test]
fn the_days_of_a_review_move_to_a_working_day_and_are_kept_as_counted() {
    let vectors = [
        ("31.1.2026", 3, "30.4.2026", "30.4.2026"),
        ("31.8.2026", 6, "28.2.2027", "1.3.2027"),
        ("30.11.2025", 3, "28.2.2026", "2.3.2026"),
        ("1.2.2026", 3, "1.5.2026", "4.5.2026"),
        ("19.3.2026", 3, "19.6.2026", "22.6.2026"),
        ("25.9.2026", 3, "25.12.2026", "28.12.2026"),
        ("6.7.2026", 6, "6.1.2027", "7.1.2027"),
        ("29.11.2023", 3, "29.2.2024", "29.2.2024"),
        ("29.2.2024", 6, "29.8.2024", "29.8.2024"),
    ];
    for (base, interval_months, raw, moved) in vectors {
        let window = window(day(base), interval_months);
        assert_eq!(window.raw_planned_on, day(raw), "{base}");
        assert_eq!(window.planned_on, day(moved), "{base}");
    }
}

#[test]
fn a_window_runs_from_three_to_six_months_whatever_was_agreed_between() {
    let four = window(day("31.8.2026"), 4);
    assert_eq!(four.raw_window_start_on, day("30.11.2026"));
    assert_eq!(four.window_start_on, day("30.11.2026"));
    assert_eq!(four.raw_planned_on, day("31.12.2026"));
    assert_eq!(four.raw_window_end_on, day("28.2.2027"));
    assert_eq!(four.window_end_on, day("1.3.2027"));
}

#[test]
fn an_interval_outside_three_to_six_months_counts_as_the_nearest_one() {
    let base = day("14.9.2026");
    assert_eq!(window(base, 0), window(base, 3));
    assert_eq!(window(base, u8::MAX), window(base, 6));
    assert!(INTERVAL_MONTHS.contains(&DEFAULT_INTERVAL_MONTHS));
}

#[test]
fn the_changes_of_the_clock_move_no_review() {
    let before_spring = window(day("28.12.2026"), 3);
    assert_eq!(before_spring.raw_planned_on, day("28.3.2027"));
    assert_eq!(before_spring.planned_on, day("30.3.2027"), "Easter Sunday");
    let before_autumn = window(day("25.7.2026"), 3);
    assert_eq!(before_autumn.raw_planned_on, day("25.10.2026"));
    assert_eq!(before_autumn.planned_on, day("26.10.2026"));
}

#[test]
fn a_meeting_late_in_the_evening_counts_from_its_day_in_helsinki() {
    let vectors = [
        ("2026-10-25T21:30:00Z", "25.1.2027"),
        ("2026-10-25T22:30:00Z", "26.1.2027"),
        ("2027-03-27T21:30:00Z", "27.6.2027"),
        ("2027-03-27T22:30:00Z", "28.6.2027"),
    ];
    for (utc, raw) in vectors {
        let instant = utc
            .parse()
            .unwrap_or_else(|_| panic!("not an instant: {utc}"));
        assert_eq!(
            window(helsinki_date(instant), 3).raw_planned_on,
            day(raw),
            "{utc}"
        );
    }
}

#[test]
fn a_review_is_due_from_the_planned_day_to_the_end_of_the_window() {
    let (planned_on, window_end_on) = (day("14.12.2026"), day("15.3.2027"));
    let on = |today| timing(planned_on, window_end_on, day(today));
    assert_eq!(on("13.12.2026"), Timing::Upcoming);
    assert_eq!(on("14.12.2026"), Timing::Due);
    assert_eq!(on("15.3.2027"), Timing::Due);
    assert_eq!(on("16.3.2027"), Timing::Overdue);
}

#[test]
fn the_next_review_counts_from_the_day_on_which_the_last_was_held() {
    let first = began("14.9.2026", 3);
    let next = |held_on| open(&[first, held(1, held_on)]);
    assert_eq!(next("16.12.2026"), cycle(2, "16.12.2026", "16.3.2027"));
    assert_eq!(
        next("2.11.2026"),
        cycle(2, "2.11.2026", "2.2.2027"),
        "early"
    );
    assert_eq!(
        next("20.4.2027"),
        cycle(2, "20.4.2027", "20.7.2027"),
        "late"
    );
}

#[test]
fn a_review_recorded_very_late_skips_the_cycles_that_have_passed() {
    let first = began("14.9.2026", 3);
    let recorded = |on| open(&[first, held_and_recorded(1, "14.12.2026", on)]);
    assert_eq!(
        recorded("14.6.2027"),
        cycle(2, "14.12.2026", "15.3.2027"),
        "the last day"
    );
    assert_eq!(
        recorded("15.6.2027"),
        cycle(3, "14.6.2027", "14.9.2027"),
        "the day after"
    );
    assert_eq!(
        recorded("20.6.2028"),
        cycle(5, "14.6.2028", "14.9.2028"),
        "three have passed"
    );
}

#[test]
fn a_skipped_window_has_passed_only_when_its_working_day_has() {
    let first = began("31.8.2026", 3);
    let recorded = |on| open(&[first, held_and_recorded(1, "31.8.2026", on)]);
    assert_eq!(
        recorded("1.3.2027"),
        cycle(2, "31.8.2026", "30.11.2026"),
        "28.2. is a Sunday"
    );
    assert_eq!(recorded("2.3.2027"), cycle(3, "28.2.2027", "28.5.2027"));
}

#[test]
fn a_relationship_entered_long_after_it_began_starts_with_the_window_of_today() {
    let entered = Entry::Began {
        first_meeting_on: day("14.9.2024"),
        interval_months: 3,
        recorded_on: day("1.10.2026"),
    };
    assert_eq!(open(&[entered]), cycle(5, "14.9.2026", "14.12.2026"));
}

#[test]
fn a_review_not_held_leads_on_from_its_planned_day_if_said_in_time() {
    let first = began("14.9.2026", 4);
    let said = |on| open(&[first, not_held(1, on)]);
    assert_eq!(
        said("1.12.2026"),
        cycle(2, "14.1.2027", "14.5.2027"),
        "before it was due"
    );
    assert_eq!(
        said("15.3.2027"),
        cycle(2, "14.1.2027", "14.5.2027"),
        "14.3. is a Sunday"
    );
}

#[test]
fn a_review_not_held_leads_on_from_the_end_of_its_window_if_said_too_late() {
    let first = began("14.9.2026", 4);
    let said = |on| open(&[first, not_held(1, on)]);
    assert_eq!(said("16.3.2027"), cycle(2, "14.3.2027", "14.7.2027"));
    assert_eq!(
        said("15.9.2027"),
        cycle(3, "14.9.2027", "14.1.2028"),
        "a further window passed"
    );
}

#[test]
fn a_review_not_held_leads_on_from_the_day_as_counted_and_not_as_moved() {
    let first = began("25.9.2026", 3);
    let next = open(&[first, not_held(1, "28.12.2026")]);
    assert_eq!(next, cycle(2, "25.12.2026", "25.3.2027"));
}

#[test]
fn a_meeting_of_two_that_does_not_settle_the_review_leaves_it_open() {
    let met = |next_interval_months| Entry::Held {
        cycle_no: 1,
        held_on: day("16.12.2026"),
        settles: false,
        next_interval_months,
        recorded_on: day("1.10.2027"),
    };
    let first = began("14.9.2026", 3);
    assert_eq!(open(&[first, met(None)]), open(&[first]));
    assert_eq!(
        open(&[first, met(Some(5))]),
        cycle(1, "14.9.2026", "15.2.2027")
    );
}

#[test]
fn an_interval_agreed_in_between_moves_the_open_review_at_once() {
    let first = began("14.9.2024", 3);
    let agreed = Entry::IntervalAgreed { interval_months: 6 };
    assert_eq!(open(&[first, agreed]), cycle(1, "14.9.2024", "14.3.2025"));
    assert_eq!(
        open_review(&[first, agreed]).map(|it| it.interval_months),
        Some(6)
    );
}

#[test]
fn an_interval_agreed_in_a_review_holds_until_another_is_agreed() {
    let entries = [
        began("14.9.2026", 3),
        Entry::Held {
            cycle_no: 1,
            held_on: day("14.12.2026"),
            settles: true,
            next_interval_months: Some(5),
            recorded_on: day("14.12.2026"),
        },
        held(2, "14.5.2027"),
    ];
    assert_eq!(open(&entries[..2]), cycle(2, "14.12.2026", "14.5.2027"));
    assert_eq!(open(&entries), cycle(3, "14.5.2027", "14.10.2027"));
}

#[test]
fn nothing_is_open_before_the_beginning_during_a_pause_and_after_the_end() {
    let first = began("14.9.2026", 3);
    assert_eq!(open(&[]), None);
    assert_eq!(open(&[Entry::Paused, resumed("1.10.2026")]), None);
    assert_eq!(open(&[first, Entry::Paused]), None);
    assert_eq!(open(&[first, Entry::Paused, held(1, "20.9.2026")]), None);
    assert_eq!(open(&[first, Entry::Ended]), None);
    assert_eq!(
        open(&[first, Entry::Ended, Entry::Paused, resumed("1.10.2026")]),
        None
    );
}

#[test]
fn after_a_pause_a_new_review_counts_from_the_day_of_resuming() {
    let entries = [began("14.9.2026", 4), Entry::Paused, resumed("1.2.2027")];
    assert_eq!(open(&entries), cycle(2, "1.2.2027", "1.6.2027"));
}

#[test]
fn after_a_pause_the_last_review_counts_if_it_is_later_than_the_resuming() {
    let entries = [
        began("14.9.2026", 3),
        not_held(1, "1.10.2026"),
        Entry::Paused,
    ];
    let back = [&entries[..], &[resumed("1.11.2026")]].concat();
    assert_eq!(open(&back), cycle(3, "14.12.2026", "15.3.2027"));
}

#[test]
fn a_review_from_before_the_pause_recorded_after_it_does_not_count_back() {
    let resumed = [began("14.9.2026", 3), Entry::Paused, resumed("1.2.2027")];
    let earlier_day = held_and_recorded(2, "10.12.2026", "2.2.2027");
    let next = open(&[&resumed[..], &[earlier_day]].concat());
    assert_eq!(next, cycle(3, "1.2.2027", "3.5.2027"));
    let earlier_cycle = held_and_recorded(1, "10.12.2026", "2.2.2027");
    assert_eq!(
        open(&[&resumed[..], &[earlier_cycle]].concat()),
        open(&resumed)
    );
}

#[test]
fn a_review_recorded_during_a_pause_agrees_an_interval_and_takes_its_number() {
    let review = Entry::Held {
        cycle_no: 1,
        held_on: day("14.12.2026"),
        settles: true,
        next_interval_months: Some(6),
        recorded_on: day("20.1.2027"),
    };
    let entries = [
        began("14.9.2026", 3),
        Entry::Paused,
        review,
        resumed("1.2.2027"),
    ];
    assert_eq!(open(&entries), cycle(2, "1.2.2027", "2.8.2027"));
}

#[test]
fn a_resuming_recorded_very_late_skips_the_cycles_that_have_passed() {
    let late = Entry::Resumed {
        resumed_on: day("1.2.2027"),
        recorded_on: day("3.8.2027"),
    };
    let entries = [began("14.9.2026", 3), Entry::Paused, late];
    assert_eq!(open(&entries), cycle(3, "1.8.2027", "1.11.2027"));
}

#[test]
fn a_second_pause_or_resuming_changes_nothing() {
    let once = [began("14.9.2026", 3), Entry::Paused, resumed("1.2.2027")];
    let first = once[0];
    let twice = [
        first,
        Entry::Paused,
        Entry::Paused,
        once[2],
        resumed("1.3.2027"),
    ];
    assert_eq!(open(&twice), open(&once));
    assert_eq!(open(&[first, resumed("1.10.2026")]), open(&[first]));
}

#[test]
fn cancelling_an_entry_gives_the_state_as_if_it_never_was() {
    let (first, review) = (began("14.9.2026", 3), held(1, "14.12.2026"));
    assert_eq!(open(&[first, review]), cycle(2, "14.12.2026", "15.3.2027"));
    assert_eq!(open(&[first, review, Entry::Paused]), None);
    assert_eq!(open(&[first, review, Entry::Ended]), None);
    assert_eq!(open(&[first]), cycle(1, "14.9.2026", "14.12.2026"));
}

#[test]
fn a_number_in_use_is_never_given_again_when_an_earlier_review_is_cancelled() {
    let (first, second) = (began("14.9.2026", 3), held(2, "15.3.2027"));
    assert_eq!(open(&[first, second]), cycle(3, "15.3.2027", "15.6.2027"));
    let corrected = held_and_recorded(1, "10.12.2026", "1.4.2027");
    assert_eq!(open(&[first, second, corrected]), open(&[first, second]));
}

/// The cycles by number, each with its base and what became of it.
fn all(entries: &[Entry]) -> Vec<(u32, NaiveDate, Fate)> {
    let cycles = cycles(entries).into_iter();
    cycles
        .map(|(number, it)| (number, it.window.base, it.fate))
        .collect()
}

#[test]
fn every_cycle_keeps_its_days_and_says_what_became_of_it() {
    let entries = [
        began("14.9.2026", 3),
        held(1, "14.12.2026"),
        Entry::Paused,
        resumed("1.2.2027"),
        not_held(3, "3.5.2027"),
        Entry::Ended,
    ];
    let expected = [
        (1, day("14.9.2026"), Fate::Closed),
        (2, day("14.12.2026"), Fate::CutOffByPause),
        (3, day("1.2.2027"), Fate::Closed),
        (4, day("1.5.2027"), Fate::CutOffByEnd),
    ];
    assert_eq!(all(&entries), expected);
    assert_eq!(all(&entries[..1]), [(1, day("14.9.2026"), Fate::Open)]);
    assert_eq!(all(&[]), []);
}

#[test]
fn a_cycle_that_a_pause_cut_off_closes_when_its_review_is_recorded_after_all() {
    let during = [began("14.9.2026", 3), Entry::Paused, held(1, "14.12.2026")];
    assert_eq!(all(&during), [(1, day("14.9.2026"), Fate::Closed)]);
}

#[test]
fn a_number_whose_ground_was_cancelled_is_among_no_cycles() {
    let later = [began("14.9.2026", 3), held(2, "15.3.2027")];
    let expected = [
        (2, day("14.9.2026"), Fate::Closed),
        (3, day("15.3.2027"), Fate::Open),
    ];
    assert_eq!(all(&later), expected);
}

#[test]
fn an_interval_agreed_in_a_review_leaves_the_days_of_that_review() {
    let review = Entry::Held {
        cycle_no: 1,
        held_on: day("14.12.2026"),
        settles: true,
        next_interval_months: Some(6),
        recorded_on: day("14.12.2026"),
    };
    let cycles = cycles(&[began("14.9.2026", 3), review]);
    assert_eq!(cycles[&1].interval_months, 3);
    assert_eq!(cycles[&1].window.planned_on, day("14.12.2026"));
    assert_eq!(cycles[&2].interval_months, 6);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..146_097).prop_map(|days| plus_days(day("1.1.2000"), days))
}

fn months(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month())
}

proptest! {
    #[test]
    fn the_days_of_a_review_are_working_days_in_order(base in any_day(), interval in 3_u8..=6) {
        let it = window(base, interval);
        prop_assert!(it.window_start_on <= it.planned_on && it.planned_on <= it.window_end_on);
        let raw = [it.raw_window_start_on, it.raw_planned_on, it.raw_window_end_on];
        let moved = [it.window_start_on, it.planned_on, it.window_end_on];
        for (raw, moved) in raw.into_iter().zip(moved) {
            prop_assert!(is_working_day(moved));
            prop_assert!((0..=5).contains(&(moved - raw).num_days()));
        }
    }

    /// Fifty cycles in a row that nobody held: the months are exact, and the day is that of the first
    /// meeting unless a short month on the way has cut it, once for all, to its own last day.
    #[test]
    fn the_moving_to_working_days_never_adds_up(base in any_day(), interval in 3_u8..=6) {
        let began =
            Entry::Began { first_meeting_on: base, interval_months: interval, recorded_on: base };
        let mut entries = vec![began];
        for nth in 1..=50_u32 {
            let Some(OpenReview { cycle_no, window, .. }) = open_review(&entries) else {
                return Err(TestCaseError::fail("no review is open"));
            };
            prop_assert_eq!(cycle_no, nth);
            prop_assert_eq!(window.raw_planned_on, add_months(window.base, interval.into()));
            let counted = i64::from(nth) * i64::from(interval);
            prop_assert_eq!(months(window.raw_planned_on) - months(base), counted);
            prop_assert!(window.raw_planned_on.day() <= base.day());
            prop_assert!(window.raw_planned_on.day() >= base.day().min(28));
            prop_assert!((window.planned_on - window.raw_planned_on).num_days() <= 5);
            entries.push(Entry::NotHeld { cycle_no, recorded_on: window.planned_on });
        }
    }

    #[test]
    fn no_review_opens_whose_window_has_passed(
        base in any_day(),
        interval in 3_u8..=6,
        late in 0_i64..4000,
    ) {
        let recorded_on = plus_days(base, late);
        let began =
            Entry::Began { first_meeting_on: base, interval_months: interval, recorded_on };
        let Some(OpenReview { cycle_no, window: it, .. }) = open_review(&[began]) else {
            return Err(TestCaseError::fail("no review is open"));
        };
        prop_assert!(it.window_end_on >= recorded_on);
        prop_assert_eq!(months(it.base) - months(base), (i64::from(cycle_no) - 1) * 6);
        prop_assert!(cycle_no == 1 || next_working_day(it.base) < recorded_on);
    }
}
