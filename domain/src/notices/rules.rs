//! When mail may leave, how often a letter is tried, and whom it goes to when someone is away.
//!
//! Mail about work comes at work: on working days from nine in the morning on, Helsinki's time. A link for signing in is
//! waited for and leaves at any hour. A letter that could
//! not be handed over is tried again, less and less often, and is shown to an administrator when that has gone on for
//! too long.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc};
use rinnalla_entity::states::NoticeKind;

use crate::calendar;

/// Mail leaves from nine o'clock in Helsinki on. Our own choice: people are at work and have begun their day.
pub const FROM: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(nine) => nine,
    None => NaiveTime::MIN,
};

/// A letter is tried this often before it is given up: the waits between add up to more than the fifteen hours of one
/// working day, so that a mail server may be away from Friday to Monday. Our own choice.
pub const MOST_ATTEMPTS: i16 = 36;

/// A row that has been claimed this often without any word of its fate may be what stops the workers: from then on
/// it is tried alone, so that it takes no other with it. Our own choice.
pub const SUSPECT_ATTEMPTS: i16 = 3;

/// The longest wait between two attempts. Our own choice.
pub const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// An address that has been refused for good this often is passed over until somebody corrects it. Our own choice:
/// once may be the other side's mistake.
pub const FLAGGED_BOUNCES: i16 = 2;

/// Links for signing in that are older than this are not looked through: none is good for so long.
pub const SIGN_IN_LOOKS_BACK: TimeDelta = TimeDelta::hours(1);

/// How long an answer to a proposal is waited for before the coordinator is to ask what holds it up. Our own choice:
/// the supported person is waiting, and a volunteer who was asked should not be pressed within the week.
pub const ANSWER_DAYS: i64 = 7;

/// How long a notice that reached nobody stays in view. Our own choice.
pub const FAILED_NOTICE_DAYS: i64 = 30;

/// The day of this week's digest: Monday, or the next working day.
pub fn digest_on(today: NaiveDate) -> NaiveDate {
    let since_monday = i64::from(today.weekday().num_days_from_monday());
    calendar::next_working_day(calendar::plus_days(today, -since_monday))
}

/// After how many days a wish that nobody has answered is told of: the handbook's own number.
pub const WISH_DAYS: i64 = 14;

/// How many days before a session of supervision its invitation is mailed: the handbook's own number.
pub const INVITATION_DAYS: i64 = 7;

/// The last day whose invitations are mailed by today: seven days before each, on a working day before that where mail does
/// not leave then.
pub fn invited_until(today: NaiveDate) -> NaiveDate {
    let next = calendar::next_working_day(calendar::plus_days(today, 1));
    calendar::plus_days(next, INVITATION_DAYS - 1)
}

/// The day of this month's overview: its first working day.
pub fn monthly_on(today: NaiveDate) -> NaiveDate {
    calendar::next_working_day(today.with_day(1).unwrap_or(today))
}

/// The instant from which a notice that is meant for a day may leave.
pub fn not_before(for_on: NaiveDate) -> DateTime<Utc> {
    calendar::helsinki_instant(for_on, FROM)
}

/// Whether mail may leave at an instant. What is late, or tried again, waits for the next working morning as well.
pub fn may_leave(now: DateTime<Utc>) -> bool {
    let today = calendar::helsinki_date(now);
    calendar::is_working_day(today) && now >= not_before(today)
}

/// How long to wait after the given attempt (the first is 1): twice as long each time, up to [`LONGEST_WAIT`], and
/// by chance up to half of it shorter, so that what failed together does not come back together.
pub fn wait(attempt: i16, first: Duration, chance: u16) -> Duration {
    let doublings = u32::from(attempt.max(1).unsigned_abs() - 1).min(20);
    let whole = first.saturating_mul(1 << doublings).min(LONGEST_WAIT);
    whole - (whole / 2).mul_f64(f64::from(chance) / f64::from(u16::MAX))
}

/// Whether somebody may do without a kind of notice. That a review has fallen due, and that its window has passed, is
/// told in any case: it is what the register was asked to remind of.
pub fn may_do_without(kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::ReviewDue | NoticeKind::ReviewOverdue | NoticeKind::SignIn => false,
        NoticeKind::ReviewComing
        | NoticeKind::ReviewNudge
        | NoticeKind::ReviewDueNoProfessional
        | NoticeKind::ReviewBooked
        | NoticeKind::WeeklyDigest
        | NoticeKind::SessionComing
        | NoticeKind::SessionMoved
        | NoticeKind::SessionCancelled
        | NoticeKind::ListingConsentEnds
        | NoticeKind::SupervisionComing
        | NoticeKind::SupervisionMissing
        | NoticeKind::PlaceWeekPast
        | NoticeKind::PlaceWeekNext
        | NoticeKind::WishesUnanswered => true,
    }
}

/// Somebody whom a notice may go to, as the register knows them on the day of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<P> {
    /// The person whose duty it is, and whether mail can reach them.
    pub person: (P, bool),
    /// Whether they are away today; then whoever stands in for them, and whether mail can reach those.
    pub away: Option<(P, bool)>,
}

impl<P: Copy> Candidate<P> {
    /// The person, or while they are away their substitute; `None` where mail reaches neither.
    pub fn reached(&self) -> Option<P> {
        let (person, is_reachable) = self.away.unwrap_or(self.person);
        is_reachable.then_some(person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{day, helsinki_instant};

    fn at(on: &str, hour: u32, minute: u32) -> DateTime<Utc> {
        helsinki_instant(day(on), NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
    }

    #[test]
    fn mail_leaves_on_working_days_from_nine_on() {
        assert!(!may_leave(at("23.11.2026", 8, 59)));
        assert!(may_leave(at("23.11.2026", 9, 0)));
        assert!(may_leave(at("23.11.2026", 23, 59)));
        assert!(!may_leave(at("24.11.2026", 0, 0)), "at night");
        assert!(!may_leave(at("28.11.2026", 12, 0)), "a Saturday");
        assert!(!may_leave(at("24.12.2026", 12, 0)), "Christmas Eve");
        assert!(!may_leave(at("19.6.2026", 12, 0)), "Midsummer Eve");
    }

    #[test]
    fn the_digest_comes_on_monday_or_the_next_working_day() {
        for (today, expected) in [
            ("23.11.2026", "23.11.2026"),
            ("29.11.2026", "23.11.2026"),
            ("28.12.2026", "28.12.2026"),
            ("29.3.2027", "30.3.2027"),
            ("2.4.2027", "30.3.2027"),
        ] {
            assert_eq!(digest_on(day(today)), day(expected), "{today}");
        }
    }

    #[test]
    fn an_invitation_comes_seven_days_before_or_on_the_working_day_before_that() {
        // From Thursday on for the session in a week; on a Friday for those of next Friday to Sunday as well.
        for (today, until) in [
            ("26.11.2026", "3.12.2026"),
            ("27.11.2026", "6.12.2026"),
            ("23.12.2026", "3.1.2027"),
        ] {
            assert_eq!(invited_until(day(today)), day(until), "{today}");
        }
    }

    #[test]
    fn the_months_overview_comes_on_its_first_working_day() {
        for (today, expected) in [
            ("23.11.2026", "2.11.2026"),
            ("1.1.2027", "4.1.2027"),
            ("30.5.2026", "4.5.2026"),
        ] {
            assert_eq!(monthly_on(day(today)), day(expected), "{today}");
        }
    }

    #[test]
    fn nine_is_nine_in_summer_and_in_winter() {
        let utc = |on| not_before(day(on)).to_rfc3339();
        assert_eq!(utc("27.3.2026"), "2026-03-27T07:00:00+00:00");
        assert_eq!(utc("30.3.2026"), "2026-03-30T06:00:00+00:00");
        assert_eq!(utc("23.10.2026"), "2026-10-23T06:00:00+00:00");
        assert_eq!(utc("26.10.2026"), "2026-10-26T07:00:00+00:00");
    }

    #[test]
    fn waits_double_up_to_an_hour() {
        let minute = Duration::from_secs(60);
        let minutes = |attempt| {
            (
                wait(attempt, minute, 0).as_secs(),
                wait(attempt, minute, u16::MAX).as_secs(),
            )
        };
        assert_eq!(minutes(1), (60, 30));
        assert_eq!(minutes(2), (120, 60));
        assert_eq!(minutes(6), (32 * 60, 16 * 60));
        assert_eq!(minutes(7), (3600, 1800));
        assert_eq!(minutes(i16::MAX), (3600, 1800));
        assert_eq!(wait(i16::MAX, Duration::MAX, 0), LONGEST_WAIT);
    }

    #[test]
    fn a_letter_outlives_a_mail_server_that_is_away_from_friday_to_monday() {
        let first = Duration::from_secs(60);
        let shortest: Duration = (1..MOST_ATTEMPTS)
            .map(|attempt| wait(attempt, first, u16::MAX))
            .sum();
        // From nine on Friday, mail is tried for fifteen hours; then again on Monday from nine on.
        assert!(shortest > Duration::from_secs(15 * 3600), "{shortest:?}");
    }

    #[test]
    fn whoever_is_away_is_stood_in_for() {
        let present = Candidate {
            person: (1, true),
            away: None,
        };
        let away = Candidate {
            person: (1, true),
            away: Some((2, true)),
        };
        let unreachable = Candidate {
            person: (1, false),
            away: None,
        };
        let nobody = Candidate {
            person: (1, true),
            away: Some((2, false)),
        };
        let reached = [present, away, unreachable, nobody].map(|it| it.reached());
        assert_eq!(reached, [Some(1), Some(2), None, None]);
    }
}
