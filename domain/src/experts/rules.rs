//! When somebody counts as trained, how long a consent to be listed lasts, and how many full-time experts there are.
//!
//! The model is the one that Turku's board described on 30.5.2022 § 261: whoever trains keeps a register of the trained,
//! being listed needs one's own consent, a training has a start and an end, and the wish for "about four trained,
//! full-time experts" stands beside what there is, such as one at 50 % of the working time.

use chrono::NaiveDate;
use rinnalla_entity::states::{ExpertStatus, FundingStatus};

use crate::calendar::{add_months, plus_days, previous_working_day};

/// How long a consent to be listed lasts at most, before it is asked for again: our own choice.
pub const CONSENT_MONTHS: i32 = 36;

/// How many days before its end a consent's expert is told.
pub const NOTICE_DAYS: i64 = 30;

/// The shares of the working time that an assignment may take, in per cent.
pub const WORKING_TIME: std::ops::RangeInclusive<i32> = 1..=100;

/// The years for which a number of experts may be planned: our own choice.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// The most full-time experts that may be planned, in hundredths: our own choice, as the database holds it too.
pub const MOST_HUNDREDTHS: i32 = 100_000;

/// How far back a training or an assignment may lie, in months: our own choice.
pub const MONTHS_BACK: i32 = 480;

/// How far ahead a cohort or an assignment may lie, in months: our own choice.
pub const MONTHS_AHEAD: i32 = 60;

/// The days on which something about an expert may begin or end.
pub fn days(today: NaiveDate) -> std::ops::RangeInclusive<NaiveDate> {
    add_months(today, -MONTHS_BACK)..=add_months(today, MONTHS_AHEAD)
}

/// Whether somebody is trained: only after the end of the cohort, or from the day on which another training was
/// completed.
pub fn status(
    cohort_ends_on: Option<NaiveDate>,
    trained_on: Option<NaiveDate>,
    today: NaiveDate,
) -> ExpertStatus {
    let is_past = cohort_ends_on.is_some_and(|end| end < today);
    match is_past || trained_on.is_some_and(|day| day <= today) {
        true => ExpertStatus::Trained,
        false => ExpertStatus::InTraining,
    }
}

/// The day on which the end of a consent is told: thirty days before, or the working day before that.
pub fn notice_on(until: NaiveDate) -> NaiveDate {
    previous_working_day(plus_days(until, -NOTICE_DAYS))
}

/// The last day that a consent given today may last to.
pub fn latest_until(today: NaiveDate) -> NaiveDate {
    add_months(today, CONSENT_MONTHS)
}

/// Full-time experts, of shares of the working time in per cent.
pub fn full_time(percent: i64) -> f64 {
    percent as f64 / 100.0
}

/// Whether an assignment under way counts as capacity that there is: what is only applied for is not there yet.
pub fn is_there(funding: FundingStatus) -> bool {
    funding != FundingStatus::Applied
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;

    #[test]
    fn whoever_is_in_a_cohort_is_trained_only_after_its_end() {
        // The programme of autumn 2022 to spring 2023.
        let end = Some(day("31.5.2023"));
        assert_eq!(
            status(end, None, day("31.5.2023")),
            ExpertStatus::InTraining
        );
        assert_eq!(status(end, None, day("1.6.2023")), ExpertStatus::Trained);
        let on = Some(day("1.2.2022"));
        assert_eq!(status(None, on, day("31.1.2022")), ExpertStatus::InTraining);
        assert_eq!(status(None, on, day("1.2.2022")), ExpertStatus::Trained);
    }

    #[test]
    fn the_end_of_a_consent_is_told_thirty_days_before_on_a_working_day() {
        assert_eq!(notice_on(day("30.12.2026")), day("30.11.2026"));
        assert_eq!(notice_on(day("20.12.2026")), day("20.11.2026"), "a Friday");
        assert_eq!(
            notice_on(day("22.12.2026")),
            day("20.11.2026"),
            "not on Sunday"
        );
    }

    #[test]
    fn half_of_the_working_time_is_half_a_full_time_expert() {
        assert!((full_time(50) - 0.5).abs() < f64::EPSILON);
        assert!((full_time(400) - 4.0).abs() < f64::EPSILON);
        assert!(is_there(FundingStatus::Granted) && is_there(FundingStatus::Ended));
        assert!(!is_there(FundingStatus::Applied));
    }
}
