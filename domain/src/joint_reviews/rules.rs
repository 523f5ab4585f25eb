//! When a joint review falls due.
//!
//! The professional who suggested peer support stays by its side: every three to six months they
//! meet the two people together and hear how it has gone (the support-person model of Kainuu). That
//! is desirable, never compulsory: nothing ends because a review was not held.
//!
//! A review falls due in a window. It opens three months after the last review and closes six
//! months after it; in between lies the day that the people have agreed to aim at. Each day is moved
//! to a working day, but the next window is counted from the unmoved ones, so that weekends and
//! holidays never add up. Months are those of Act 150/1930 § 3, the moving that of its § 5.
//!
//! What is open now follows from what has been recorded and still stands, and from nothing else.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::calendar::{add_months, next_working_day};

pub mod reminders;

/// A review may be held from three months on: the "3" of "every 3–6 months" in the support-person
/// model of Kainuu.
pub const WINDOW_START_MONTHS: u8 = 3;

/// A review is late after six months: the "6" of "every 3–6 months" in the support-person model of
/// Kainuu.
pub const WINDOW_END_MONTHS: u8 = 6;

/// The intervals that people may agree on, in whole months: the day aimed at lies in the window.
pub const INTERVAL_MONTHS: RangeInclusive<u8> = WINDOW_START_MONTHS..=WINDOW_END_MONTHS;

/// The interval, in months, until people agree on another: the shortest of the model. Our own choice.
pub const DEFAULT_INTERVAL_MONTHS: u8 = WINDOW_START_MONTHS;

/// The days of one review cycle in Helsinki's calendar: as counted (`raw_…`) and as moved forward to
/// a working day (Act 150/1930 §§ 3, 5). They are in order: start ≤ planned ≤ end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The day that the months are counted from.
    pub base: NaiveDate,
    /// Three months after the base.
    pub raw_window_start_on: NaiveDate,
    /// The agreed interval after the base.
    pub raw_planned_on: NaiveDate,
    /// Six months after the base.
    pub raw_window_end_on: NaiveDate,
    /// The first working day on which the review is in its window.
    pub window_start_on: NaiveDate,
    /// The working day aimed at; from then on the review is due.
    pub planned_on: NaiveDate,
    /// The last working day of the window; after it the review is overdue.
    pub window_end_on: NaiveDate,
}

/// How a review that is open stands on a day. Derived whenever somebody asks, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timing {
    /// The planned day is still to come.
    Upcoming,
    /// From the planned day to the end of the window, both included.
    Due,
    /// The window has passed.
    Overdue,
}

/// One act of a relationship that bears on its reviews. `recorded_on` is the day in Helsinki on which
/// somebody wrote it down, which may be long after it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The relationship has begun, and its reviews are followed from now on.
    Began {
        /// The day of the first meeting.
        first_meeting_on: NaiveDate,
        /// The interval of the first agreement, in months.
        interval_months: u8,
        /// The day of recording.
        recorded_on: NaiveDate,
    },
    /// Another interval has been agreed; it applies to the open review at once.
    IntervalAgreed {
        /// The new interval, in months.
        interval_months: u8,
    },
    /// A review was held.
    Held {
        /// The cycle that it was recorded for.
        cycle_no: u32,
        /// The day on which the people met.
        held_on: NaiveDate,
        /// Whether it closes the cycle; of a meeting of two, the professional says so.
        settles: bool,
        /// The interval that was agreed there, in months, if any was.
        next_interval_months: Option<u8>,
        /// The day of recording.
        recorded_on: NaiveDate,
    },
    /// It was recorded that the review is not held; that closes the cycle.
    NotHeld {
        /// The cycle that it was recorded for.
        cycle_no: u32,
        /// The day of recording.
        recorded_on: NaiveDate,
    },
    /// The relationship is paused; the open review falls away.
    Paused,
    /// The relationship goes on after a pause, with a new review cycle.
    Resumed {
        /// The day of resuming.
        resumed_on: NaiveDate,
        /// The day of recording.
        recorded_on: NaiveDate,
    },
    /// The relationship has ended; no review is open any more.
    Ended,
}

/// The one review that a relationship has open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenReview {
    /// The number of the cycle: grows with every cycle, with gaps where cycles were skipped.
    pub cycle_no: u32,
    /// The agreed interval, in months.
    pub interval_months: u8,
    /// Its days.
    pub window: Window,
}

/// Whether a review cycle is still open, and if not, what ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The one review that is open.
    Open,
    /// Recorded as held or as not held.
    Closed,
    /// A pause cut it off.
    CutOffByPause,
    /// The end of the relationship cut it off.
    CutOffByEnd,
}

/// A review cycle as it stands after all that has been recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewCycle {
    /// The interval that was agreed while it was open, in months.
    pub interval_months: u8,
    /// Its days.
    pub window: Window,
    /// What became of it.
    pub fate: Fate,
}

/// The days of the cycle that starts at `base`. An interval outside [`INTERVAL_MONTHS`] counts as
/// the nearest one inside.
pub fn window(base: NaiveDate, interval_months: u8) -> Window {
    let interval_months = interval_months.clamp(WINDOW_START_MONTHS, WINDOW_END_MONTHS);
    let raw_window_start_on = add_months(base, WINDOW_START_MONTHS.into());
    let raw_planned_on = add_months(base, interval_months.into());
    let raw_window_end_on = add_months(base, WINDOW_END_MONTHS.into());
    Window {
        base,
        raw_window_start_on,
        raw_planned_on,
        raw_window_end_on,
        window_start_on: next_working_day(raw_window_start_on),
        planned_on: next_working_day(raw_planned_on),
        window_end_on: next_working_day(raw_window_end_on),
    }
}

/// How an open review stands on a day in Helsinki, from its moved days.
pub fn timing(planned_on: NaiveDate, window_end_on: NaiveDate, today: NaiveDate) -> Timing {
    if today < planned_on {
        Timing::Upcoming
    } else if today <= window_end_on {
        Timing::Due
    } else {
        Timing::Overdue
    }
}

/// The review that is open after all that has been recorded, or none: not begun, paused or ended.
///
/// `entries` are those that still stand, in the order of recording. One that was cancelled is left
/// out, and one that was corrected is replaced in its place; the answer is then as if the mistake
/// had never been made.
pub fn open_review(entries: &[Entry]) -> Option<OpenReview> {
    let cycle = entries
        .iter()
        .fold(None, |cycle: Option<Cycle>, entry| match cycle {
            Some(cycle) => Some(cycle.after(entry)),
            None => Cycle::begun(entry),
        })?;
    (cycle.standing == Standing::Followed).then(|| OpenReview {
        cycle_no: cycle.cycle_no,
        interval_months: cycle.interval_months,
        window: cycle.window(),
    })
}

/// Every cycle that has been open, by its number; skipped ones have none. Of `entries` as [`open_review`].
///
/// A number that is missing here was given in error: what it followed from no longer stands.
pub fn cycles(entries: &[Entry]) -> BTreeMap<u32, ReviewCycle> {
    let mut cycles = BTreeMap::new();
    let mut current: Option<Cycle> = None;
    for entry in entries {
        let Some(before) = current else {
            current = Cycle::begun(entry);
            continue;
        };
        let after = before.after(entry);
        if let Some(number) = before.closed_by(entry) {
            let closed = cycles.remove(&before.cycle_no);
            let closed = closed.unwrap_or_else(|| before.stands(Fate::Closed));
            let fate = Fate::Closed;
            cycles.insert(number, ReviewCycle { fate, ..closed });
        }
        let cut_off = match (before.standing, after.standing) {
            (Standing::Followed, Standing::Paused) => Some(Fate::CutOffByPause),
            (Standing::Followed, Standing::Ended) => Some(Fate::CutOffByEnd),
            _ => None,
        };
        cycles.extend(cut_off.map(|fate| (before.cycle_no, before.stands(fate))));
        current = Some(after);
    }
    let open = current.filter(|cycle| cycle.standing == Standing::Followed);
    cycles.extend(open.map(|cycle| (cycle.cycle_no, cycle.stands(Fate::Open))));
    cycles
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Followed,
    Paused,
    Ended,
}

/// The latest cycle: open while the relationship is followed, fallen away while it is paused.
#[derive(Clone, Copy)]
struct Cycle {
    cycle_no: u32,
    base: NaiveDate,
    interval_months: u8,
    resumed_on: Option<NaiveDate>,
    standing: Standing,
}

impl Cycle {
    fn begun(entry: &Entry) -> Option<Self> {
        let Entry::Began {
            first_meeting_on,
            interval_months,
            recorded_on,
        } = *entry
        else {
            return None;
        };
        let first = Self {
            cycle_no: 1,
            base: first_meeting_on,
            interval_months,
            resumed_on: None,
            standing: Standing::Followed,
        };
        Some(first.skip_passed(recorded_on))
    }

    fn after(self, entry: &Entry) -> Self {
        match *entry {
            Entry::IntervalAgreed { interval_months } => self.agree(interval_months),
            // A later cycle is under way already: what is recorded of an earlier one is history.
            Entry::Held { cycle_no, .. } | Entry::NotHeld { cycle_no, .. }
                if cycle_no < self.cycle_no =>
            {
                self
            }
            Entry::Held {
                cycle_no,
                held_on,
                settles,
                next_interval_months,
                recorded_on,
            } => {
                let agreed = next_interval_months.map_or(self, |months| self.agree(months));
                if settles {
                    agreed.close(cycle_no, held_on, recorded_on)
                } else {
                    agreed
                }
            }
            Entry::NotHeld {
                cycle_no,
                recorded_on,
            } => self.close(cycle_no, self.base_if_not_held(recorded_on), recorded_on),
            Entry::Paused if self.standing == Standing::Followed => self.stand(Standing::Paused),
            Entry::Resumed {
                resumed_on,
                recorded_on,
            } if self.standing == Standing::Paused => self.resume(resumed_on, recorded_on),
            Entry::Ended => self.stand(Standing::Ended),
            Entry::Began { .. } | Entry::Paused | Entry::Resumed { .. } => self,
        }
    }

    fn stands(self, fate: Fate) -> ReviewCycle {
        ReviewCycle {
            interval_months: self.interval_months,
            window: self.window(),
            fate,
        }
    }

    /// The number under which an entry closes this cycle, if it does.
    fn closed_by(self, entry: &Entry) -> Option<u32> {
        match *entry {
            Entry::Held {
                cycle_no,
                settles: true,
                ..
            }
            | Entry::NotHeld { cycle_no, .. } => Some(cycle_no),
            _ => None,
        }
        .filter(|cycle_no| *cycle_no >= self.cycle_no)
    }

    fn agree(mut self, interval_months: u8) -> Self {
        self.interval_months = interval_months;
        self
    }

    fn stand(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }

    fn window(self) -> Window {
        window(self.base, self.interval_months)
    }

    /// Said in time, the next cycle follows from the day that was planned; said too late, the whole
    /// window has been used up.
    fn base_if_not_held(self, recorded_on: NaiveDate) -> NaiveDate {
        let window = self.window();
        if recorded_on <= window.window_end_on {
            window.raw_planned_on
        } else {
            window.raw_window_end_on
        }
    }

    /// The cycle takes the number it was recorded under, not the one counted here: the two differ
    /// once an earlier entry has been cancelled, and a number in use is never given again.
    fn close(mut self, cycle_no: u32, base: NaiveDate, recorded_on: NaiveDate) -> Self {
        self.cycle_no = cycle_no;
        self.base = self.resumed_on.map_or(base, |on| base.max(on));
        match self.standing {
            Standing::Followed => self.open_next(recorded_on),
            Standing::Paused | Standing::Ended => self,
        }
    }

    /// The cycle that the pause cut off keeps its number, so that the new one has its own notices.
    fn resume(mut self, resumed_on: NaiveDate, recorded_on: NaiveDate) -> Self {
        self.base = self.base.max(resumed_on);
        self.resumed_on = Some(resumed_on);
        self.stand(Standing::Followed).open_next(recorded_on)
    }

    fn open_next(mut self, recorded_on: NaiveDate) -> Self {
        self.cycle_no = self.cycle_no.saturating_add(1);
        self.skip_passed(recorded_on)
    }

    /// Nobody is asked to hold a review whose whole window had passed before it could be known of.
    fn skip_passed(mut self, recorded_on: NaiveDate) -> Self {
        loop {
            let window = self.window();
            if window.window_end_on >= recorded_on {
                return self;
            }
            self.cycle_no = self.cycle_no.saturating_add(1);
            self.base = window.raw_window_end_on;
        }
    }
}

#[cfg(test)]
mod tests;
