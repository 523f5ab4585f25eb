//! What is worked out of one review and kept in its row: status, days, and the days of its notices.

use chrono::NaiveDate;
use rinnalla_entity::states::{JointReviewStatus, NoticeKind, ReviewCancelledReason};
use sea_orm::{ActiveEnum as _, FromQueryResult, Value};

use super::rules::reminders::notice_dates;
use super::rules::{Fate, ReviewCycle};
use crate::act::code;

/// What the record that closed a cycle says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    /// None where it was not held.
    pub held_on: Option<NaiveDate>,
    pub is_joint: Option<bool>,
}

/// What is worked out of a review and kept in its row.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct State {
    pub status: JointReviewStatus,
    pub(super) cancelled_reason: Option<ReviewCancelledReason>,
    pub(super) interval_months: i16,
    pub(super) base_on: NaiveDate,
    pub(super) raw_planned_on: NaiveDate,
    pub(super) raw_window_end_on: NaiveDate,
    pub(super) window_start_on: NaiveDate,
    pub(super) planned_on: NaiveDate,
    pub(super) window_end_on: NaiveDate,
    pub(super) coming_notice_on: Option<NaiveDate>,
    pub(super) due_notice_on: Option<NaiveDate>,
    pub(super) nudge_notice_on: Option<NaiveDate>,
    pub(super) overdue_notice_on: Option<NaiveDate>,
    pub(super) overdue_again_notice_on: Option<NaiveDate>,
    pub(super) booked_notice_on: Option<NaiveDate>,
    pub(super) held_on: Option<NaiveDate>,
    pub(super) is_joint: Option<bool>,
}

impl State {
    pub(super) fn of(
        cycle: &ReviewCycle,
        settled: Option<Settled>,
        booked_for: Option<NaiveDate>,
        follows: bool,
    ) -> Self {
        let window = cycle.window;
        let state = Self {
            status: JointReviewStatus::Planned,
            cancelled_reason: None,
            interval_months: cycle.interval_months.into(),
            base_on: window.base,
            raw_planned_on: window.raw_planned_on,
            raw_window_end_on: window.raw_window_end_on,
            window_start_on: window.window_start_on,
            planned_on: window.planned_on,
            window_end_on: window.window_end_on,
            coming_notice_on: None,
            due_notice_on: None,
            nudge_notice_on: None,
            overdue_notice_on: None,
            overdue_again_notice_on: None,
            booked_notice_on: None,
            held_on: None,
            is_joint: None,
        };
        match cycle.fate {
            Fate::Open => state.with_notices(booked_for, follows),
            Fate::CutOffByPause => state.closed(settled, ReviewCancelledReason::Paused),
            Fate::CutOffByEnd => state.closed(settled, ReviewCancelledReason::Ended),
            Fate::Closed => state.closed(settled, ReviewCancelledReason::RecordedInError),
        }
    }

    /// Without a professional nothing is announced, nudged or reminded of: the coordinator hears of due and overdue.
    fn with_notices(self, booked_for: Option<NaiveDate>, follows: bool) -> Self {
        let booked_for = booked_for.filter(|_| follows);
        let dates = notice_dates(self.planned_on, self.window_end_on, booked_for);
        let to_professional = |on: Option<NaiveDate>| on.filter(|_| follows);
        Self {
            coming_notice_on: to_professional(dates.coming_on),
            due_notice_on: dates.due_on,
            nudge_notice_on: to_professional(dates.nudge_on),
            overdue_notice_on: Some(dates.overdue_on),
            overdue_again_notice_on: Some(dates.overdue_again_on),
            booked_notice_on: to_professional(dates.booked_reminder_on),
            ..self
        }
    }

    pub fn without_notices(self) -> Self {
        Self {
            coming_notice_on: None,
            due_notice_on: None,
            nudge_notice_on: None,
            overdue_notice_on: None,
            overdue_again_notice_on: None,
            booked_notice_on: None,
            ..self
        }
    }

    /// Held or not held where a record says so, else cancelled.
    pub(super) fn closed(self, settled: Option<Settled>, otherwise: ReviewCancelledReason) -> Self {
        let held_on = settled.and_then(|record| record.held_on);
        Self {
            status: match settled {
                Some(_) if held_on.is_some() => JointReviewStatus::Held,
                Some(_) => JointReviewStatus::NotHeld,
                None => JointReviewStatus::Cancelled,
            },
            cancelled_reason: settled.is_none().then_some(otherwise),
            held_on,
            is_joint: settled.and_then(|record| record.is_joint),
            ..self
        }
    }

    pub fn notices(&self, cycle_no: i32, follows: bool) -> Vec<(NoticeKind, i32, NaiveDate)> {
        let due = if follows {
            NoticeKind::ReviewDue
        } else {
            NoticeKind::ReviewDueNoProfessional
        };
        [
            (NoticeKind::ReviewComing, self.coming_notice_on),
            (due, self.due_notice_on),
            (NoticeKind::ReviewNudge, self.nudge_notice_on),
            (NoticeKind::ReviewBooked, self.booked_notice_on),
            (NoticeKind::ReviewOverdue, self.overdue_notice_on),
            (NoticeKind::ReviewOverdue, self.overdue_again_notice_on),
        ]
        .into_iter()
        .filter_map(|(kind, on)| Some((kind, cycle_no, on?)))
        .collect()
    }

    /// The columns of [`Self::values`].
    pub const COLUMNS: &str = "status, cancelled_reason, interval_months, base_on, raw_planned_on, raw_window_end_on,
       window_start_on, planned_on, window_end_on, coming_notice_on, due_notice_on, nudge_notice_on, overdue_notice_on,
       overdue_again_notice_on, booked_notice_on, held_on, is_joint";

    pub fn values(&self) -> [Value; 17] {
        [
            code(self.status),
            self.cancelled_reason.map(|reason| reason.to_value()).into(),
            self.interval_months.into(),
            self.base_on.into(),
            self.raw_planned_on.into(),
            self.raw_window_end_on.into(),
            self.window_start_on.into(),
            self.planned_on.into(),
            self.window_end_on.into(),
            self.coming_notice_on.into(),
            self.due_notice_on.into(),
            self.nudge_notice_on.into(),
            self.overdue_notice_on.into(),
            self.overdue_again_notice_on.into(),
            self.booked_notice_on.into(),
            self.held_on.into(),
            self.is_joint.into(),
        ]
    }
}
