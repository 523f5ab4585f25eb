//! How a course is planned, what its states follow from, and what attendance comes to: pure functions.
//!
//! The numbers are those of the peer-guide training of the source: eight times, once a week, four hours with a lunch
//! break, two professionals. Nobody fails by a number: graduation is the facilitators' recorded decision.

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use rinnalla_entity::states::{
    AttendanceStatus, CourseSessionStatus, CourseStatus, EnrolmentStatus, FacilitatorKind,
};

pub use crate::calendar::clock;
use crate::calendar::{self, Eve, Holiday, plus_days};

/// A course has eight sessions (the source's "8 times, once a week").
pub const SESSIONS: usize = 8;

/// A session lasts four hours, lunch included (the source).
pub const SESSION_MINUTES: i16 = 240;

/// Two professionals lead a course (the source).
pub const PROFESSIONALS: usize = 2;

/// How long the lunch break may be: the source gives none, so each course says its own. The longest is our own choice.
pub const LUNCH_MINUTES: std::ops::RangeInclusive<i32> = 0..=120;

/// A session ends on the day on which it begins.
pub const LATEST_START: i16 = 24 * 60 - SESSION_MINUTES;

/// The most people that a course may have, and that a group may have had before. Our own choice, far above the ten that
/// the source's courses had.
pub const MOST_PARTICIPANTS: i32 = 40;

/// The most that may be on a course's list, those who wait included. Our own choice.
pub const MOST_ON_LIST: usize = 80;

/// How many next steps may be told of a graduate. Our own choice.
pub const MOST_NEXT_STEPS: usize = 10;

/// The most that may lead a course, assistants included. Our own choice.
pub const MOST_FACILITATORS: usize = 12;

/// How many absences in a row are a sign to the facilitators: somebody may need to be asked how they are.
pub const ABSENCES_OF_A_SIGN: usize = 2;

/// A course is planned at most so many months ahead, and typed in at most so many months later. Our own choice, against
/// slips of the pen.
pub const MONTHS_AHEAD: i32 = 24;
/// See [`MONTHS_AHEAD`].
pub const MONTHS_BACK: i32 = 120;

/// How far from its planned day a session may be moved, in months. Our own choice.
pub const MOVED_MONTHS: i32 = 12;

/// Whoever wants to be reminded of a session hears of it so many working days before (the handbook's notice).
pub const REMINDED_WORKING_DAYS: u16 = 2;

/// The day on which people are reminded of a session.
pub fn remind_on(on: NaiveDate) -> NaiveDate {
    calendar::working_days_before(on, REMINDED_WORKING_DAYS)
}

/// Why a week has no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// A public holiday.
    Holiday(Holiday),
    /// The eve of Midsummer or Christmas, on which nobody works.
    Eve(Eve),
}

/// A day that a plan leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub why: DayOff,
}

/// When the sessions of a course would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The days, in order.
    pub days: Vec<NaiveDate>,
    /// The days between that were left out.
    pub skipped: Vec<Skipped>,
}

/// Why nobody meets on a day, where that is so.
pub fn day_off(on: NaiveDate) -> Option<DayOff> {
    let holiday = calendar::holiday(on).map(DayOff::Holiday);
    holiday.or_else(|| calendar::eve(on).map(DayOff::Eve))
}

/// Eight days, a week apart, from a first one on; holidays are left out, and the course goes on a week later.
pub fn plan(starts_on: NaiveDate) -> Plan {
    let (mut days, mut skipped) = (Vec::with_capacity(SESSIONS), Vec::new());
    // No more than two days in a row fall on the same weekday's holidays; the bound keeps the end of the calendar out.
    for week in 0..4 * SESSIONS as i64 {
        let on = plus_days(starts_on, 7 * week);
        match day_off(on) {
            Some(why) => skipped.push(Skipped { on, why }),
            None => days.push(on),
        }
        if days.len() == SESSIONS {
            break;
        }
    }
    Plan { days, skipped }
}

/// A time of day as minutes after midnight; `None` where a session could not end on the same day.
pub fn start(at: NaiveTime) -> Option<i16> {
    let minutes = i16::try_from(at.num_seconds_from_midnight() / 60).ok()?;
    (minutes <= LATEST_START).then_some(minutes)
}

/// How long so many sessions last together, and how long without lunch, in minutes.
pub fn hours(sessions: usize, lunch: i32) -> (i32, i32) {
    let sessions = i32::try_from(sessions).unwrap_or_default();
    let gross = sessions * i32::from(SESSION_MINUTES);
    (gross, gross - sessions * lunch)
}

/// What a session is, from what stands of it.
pub fn session_status(
    is_cancelled: bool,
    is_recorded: bool,
    is_moved: bool,
) -> CourseSessionStatus {
    match (is_cancelled, is_recorded, is_moved) {
        (true, _, _) => CourseSessionStatus::Cancelled,
        (_, true, _) => CourseSessionStatus::Held,
        (_, _, true) => CourseSessionStatus::Moved,
        _ => CourseSessionStatus::Scheduled,
    }
}

/// Whether a session is still to be held.
pub fn is_to_come(status: CourseSessionStatus) -> bool {
    matches!(
        status,
        CourseSessionStatus::Scheduled | CourseSessionStatus::Moved
    )
}

/// What a course is, from its sessions.
pub fn course_status(
    is_cancelled: bool,
    is_open: bool,
    sessions: &[CourseSessionStatus],
) -> CourseStatus {
    if is_cancelled {
        return CourseStatus::Cancelled;
    }
    let is_begun = sessions.contains(&CourseSessionStatus::Held);
    match (is_begun, sessions.iter().any(|it| is_to_come(*it))) {
        (true, false) => CourseStatus::Finished,
        (true, true) => CourseStatus::Running,
        _ if is_open => CourseStatus::Open,
        _ => CourseStatus::Planned,
    }
}

/// Whether somebody has a place in the course, or had one.
pub fn has_place(status: EnrolmentStatus) -> bool {
    !matches!(
        status,
        EnrolmentStatus::Applied | EnrolmentStatus::Cancelled
    )
}

/// What should be put right about a course; nothing is refused for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Fewer than two professionals lead it: the first session cannot be recorded yet.
    TooFewProfessionals,
    /// Somebody assists who has not graduated from a course.
    AssistantNotGraduate,
}

/// What should be put right about who leads a course; each leader with whether they have graduated.
pub fn warnings(status: CourseStatus, leaders: &[(FacilitatorKind, bool)]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if matches!(status, CourseStatus::Finished | CourseStatus::Cancelled) {
        return warnings;
    }
    if professionals(leaders.iter().map(|(kind, _)| *kind)) < PROFESSIONALS {
        warnings.push(Warning::TooFewProfessionals);
    }
    if leaders.contains(&(FacilitatorKind::Assistant, false)) {
        warnings.push(Warning::AssistantNotGraduate);
    }
    warnings
}

/// How many of those who lead a course are professionals.
pub fn professionals(leaders: impl IntoIterator<Item = FacilitatorKind>) -> usize {
    let is_one = |kind: &FacilitatorKind| *kind == FacilitatorKind::Professional;
    leaders.into_iter().filter(is_one).count()
}

/// A share, of the sessions that were recorded and of all eight; of the recorded ones none where there are none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Of the sessions that were recorded, 0 to 1.
    pub of_held: Option<f64>,
    /// Of all eight, 0 to 1.
    pub of_all: f64,
}

/// How much of a course somebody was there: whole sessions and parts of them.
pub fn attendance(marks: &[AttendanceStatus]) -> Rate {
    rate(
        marks,
        &[AttendanceStatus::Present, AttendanceStatus::Partly],
    )
}

/// How far somebody kept to it: who said beforehand that they could not come kept to it as well.
pub fn commitment(marks: &[AttendanceStatus]) -> Rate {
    let kept = [
        AttendanceStatus::Present,
        AttendanceStatus::Partly,
        AttendanceStatus::Excused,
    ];
    rate(marks, &kept)
}

fn rate(marks: &[AttendanceStatus], counted: &[AttendanceStatus]) -> Rate {
    let recorded = recorded(marks).count();
    let counted = marks.iter().filter(|mark| counted.contains(mark)).count();
    Rate {
        of_held: share(counted, recorded),
        of_all: share(counted, SESSIONS).unwrap_or_default(),
    }
}

/// A share with four decimals; none of nothing.
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}

/// Results of feedback are told from so many answers on: with fewer, one could be told from another.
pub const FEEDBACK_LEAST: i64 = 5;

/// What one graduate cost, in whole cents; none where nobody graduated or nothing was recorded.
pub fn cost_per_graduate(cents: i64, graduated: i64) -> Option<i64> {
    (cents > 0 && graduated > 0).then(|| (cents as f64 / graduated as f64).round() as i64)
}

/// Whether the latest recorded sessions were missed without a word, so that facilitators should ask how somebody is.
/// `marks` are in the order of the sessions.
pub fn is_missed(marks: &[AttendanceStatus]) -> bool {
    let latest: Vec<_> = recorded(marks).rev().take(ABSENCES_OF_A_SIGN).collect();
    latest.len() == ABSENCES_OF_A_SIGN
        && latest.iter().all(|mark| **mark == AttendanceStatus::Absent)
}

fn recorded(marks: &[AttendanceStatus]) -> impl DoubleEndedIterator<Item = &AttendanceStatus> {
    let is_recorded = |mark: &&AttendanceStatus| **mark != AttendanceStatus::NotRecorded;
    marks.iter().filter(is_recorded)
}

/// A mark that stands, and the session's version when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    /// The mark.
    pub status: AttendanceStatus,
    /// The session's version after the act that wrote it.
    pub version: i32,
}

/// What becomes of a mark that somebody records on what they had seen: two facilitators may record one session at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// It stands already.
    Same,
    /// It is written; what it replaces had been seen.
    Written,
    /// Somebody recorded otherwise in between.
    Conflict,
}

/// Merges one mark, recorded on the session's `version`, with the one that stands.
pub fn merge(mark: AttendanceStatus, version: i32, stands: Option<Stands>) -> Merged {
    match stands {
        None if mark == AttendanceStatus::NotRecorded => Merged::Same,
        None => Merged::Written,
        Some(stands) if stands.status == mark => Merged::Same,
        Some(stands) if stands.version <= version => Merged::Written,
        Some(_) => Merged::Conflict,
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
