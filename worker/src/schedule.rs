//! The table of everything that happens by itself.
//!
//! A job takes no input: it looks at the state and brings it to where it should be. It may run twice, late or beside
//! another worker's. Which day it is, and whether people are at work, is asked in Helsinki's calendar when it runs;
//! the table only says how often to look.

use std::fmt;
use std::time::Duration;

use crate::jobs::{self, House, Running};

/// How often a job looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At every tick of the worker.
    EveryTick,
    /// Every minute.
    EveryMinute,
    /// Every hour.
    EveryHour,
}

/// One line of the table.
pub struct Job {
    /// Its name on the command line and in logs.
    pub name: &'static str,
    /// How often it looks.
    pub when: When,
    /// What it does.
    pub what: &'static str,
    /// What its report counts.
    pub counts: &'static str,
    /// Whether it runs in one worker at a time; the others leave it out meanwhile.
    pub is_alone: bool,
    pub(crate) run: fn(&House) -> Running<'_>,
}

/// One line of the table, for listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobInfo {
    /// Its name on the command line.
    pub name: &'static str,
    /// How often it looks, in words.
    pub when: &'static str,
    /// What it does.
    pub what: &'static str,
}

macro_rules! jobs {
    ($($name:ident, $when:ident, $alone:literal, $counts:literal, $what:literal;)+) => {
        /// THE table.
        pub const JOBS: &[Job] = &[$(Job {
            name: stringify!($name),
            when: When::$when,
            what: $what,
            counts: $counts,
            is_alone: $alone,
            run: |house| Box::pin(jobs::$name::run(house)),
        }),+];
    };
}

jobs! {
    // name, when, in one worker at a time, what is counted, what
    start_agreed, EveryMinute, true, "relationships", "brings relationships under way on the day on which their agreement starts";
    review_reminders, EveryMinute, true, "notices", "plans the notices of joint reviews that apply today, on working days";
    session_reminders, EveryMinute, true, "notices", "plans the reminders of course sessions, two working days before each";
    listing_consents, EveryMinute, true, "notices", "plans what experts hear of a consent to be listed that ends, thirty days before";
    supervision_notices, EveryMinute, true, "notices", "plans the invitations to supervision in the coming week, and each month how many go without";
    place_notices, EveryHour, true, "notices", "plans what place keepers hear of weeks that fall short, and guides of wishes that wait";
    weekly_digest, EveryMinute, true, "notices", "plans what coordinators hear of all that is open, on the first working day of the week";
    participation_figures, EveryHour, true, "tables", "counts participation figures anew once a night, and publishes what gives nobody away";
    deliver_mail, EveryTick, false, "mails", "hands over the mail that is due, on working days from nine on; links for signing in at any hour";
    seal_access_log, EveryTick, false, "rows", "seals what has been written to the access log";
    seal_late_access_log, EveryHour, true, "rows", "seals what was written to the access log out of turn in the last day";
    forget_idempotency_keys, EveryHour, true, "keys", "forgets the keys of requests that are older than a day";
    forget_sign_ins, EveryHour, true, "links and sessions", "forgets links for signing in after a day, and sessions a month after their end";
    forget_changes, EveryHour, true, "changes", "forgets news that every listening dashboard has been told";
}

impl Job {
    /// The line, for listing.
    pub fn info(&self) -> JobInfo {
        JobInfo {
            name: self.name,
            when: match self.when {
                When::EveryTick => "at every tick",
                When::EveryMinute => "every minute",
                When::EveryHour => "every hour",
            },
            what: self.what,
        }
    }

    /// The time from one run's beginning to the next.
    pub(crate) fn interval(&self, tick: Duration) -> Duration {
        match self.when {
            When::EveryTick => tick,
            When::EveryMinute => Duration::from_secs(60).max(tick),
            When::EveryHour => Duration::from_secs(3600).max(tick),
        }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_jobs_share_a_name() {
        let mut names: Vec<_> = JOBS.iter().map(|job| job.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), JOBS.len());
    }
}
