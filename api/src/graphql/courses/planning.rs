//! The plan of a course.

use async_graphql::SimpleObject;
use rinnalla_domain::calendar::helsinki_instant;
use rinnalla_domain::courses::{Preview, rules};

use super::codes::DayOff;
use crate::graphql::scalars::{Date, DateTime, LocalTime};
use crate::graphql::written::Written;

/// When the sessions of a course would be (kurssin suunnitelma).
#[derive(SimpleObject, Written, Clone)]
pub struct CoursePlan {
    /// The eight sessions.
    sessions: Vec<PlannedSession>,
    /// The days between that are left out.
    skipped: Vec<SkippedDay>,
    /// How long all last together, in minutes.
    gross_minutes: i32,
    /// The same without lunch.
    net_minutes: i32,
}

/// A session as it would be (suunniteltu kurssikerta).
#[derive(SimpleObject, Written, Clone)]
pub struct PlannedSession {
    /// Which of the eight it is, from 1 on.
    no: i32,
    /// The day.
    on: Date,
    /// The time of day.
    starts_at: LocalTime,
    /// When it begins: the time of day stays the same when clocks are changed.
    begins: DateTime,
}

/// A day that a plan leaves out (väliin jäävä päivä).
#[derive(SimpleObject, Written, Clone)]
pub struct SkippedDay {
    /// The day.
    on: Date,
    /// Why.
    why: DayOff,
}

impl From<rules::Skipped> for SkippedDay {
    fn from(skipped: rules::Skipped) -> Self {
        Self {
            on: skipped.on.into(),
            why: skipped.why.into(),
        }
    }
}

impl From<Preview> for CoursePlan {
    fn from(preview: Preview) -> Self {
        let at = rules::clock(preview.starts_at);
        let session = |(no, on)| PlannedSession {
            no,
            on: Date(on),
            starts_at: LocalTime(at),
            begins: DateTime(helsinki_instant(on, at)),
        };
        Self {
            sessions: (1..).zip(preview.plan.days).map(session).collect(),
            skipped: preview
                .plan
                .skipped
                .into_iter()
                .map(SkippedDay::from)
                .collect(),
            gross_minutes: preview.gross_minutes,
            net_minutes: preview.net_minutes,
        }
    }
}
