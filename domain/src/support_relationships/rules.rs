//! How a support relationship stands, worked out from what has been recorded of it.
//!
//! Proposed, once contact details were disclosed; then the first meeting, with the professional; then the agreement
//! between the two people; then it is under way, with pauses, until it ends. An entry that comes before its time, or
//! whose day is out of order, makes no state: it cannot be recorded, and what it stands on cannot be cancelled.

use chrono::NaiveDate;
use rinnalla_entity::states::{EndReason, SupportRelationshipStatus};

use crate::joint_reviews::rules::DEFAULT_INTERVAL_MONTHS;

/// One entry that stands. Entries come in the order of recording; a corrected one has the place of the mistaken one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The first meeting was held.
    FirstMeeting {
        /// The day.
        on: NaiveDate,
    },
    /// The two people agreed, for the first time or anew: the newest agreement applies.
    Agreed {
        /// The first day it is for.
        starts_on: NaiveDate,
        /// The last day it is for; open-ended where there is none.
        ends_on: Option<NaiveDate>,
        /// The day of signing.
        signed_on: NaiveDate,
        /// The review interval, in months.
        interval_months: i16,
        /// Whether the professional stays by its side.
        professional_follows: bool,
    },
    /// It rests from this day.
    Paused {
        /// The day.
        on: NaiveDate,
    },
    /// It goes on from this day.
    Resumed {
        /// The day.
        on: NaiveDate,
    },
    /// It ended.
    Ended {
        /// The last day.
        on: NaiveDate,
        /// Why.
        reason: EndReason,
    },
}

/// How a relationship stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The status on the day that was asked for.
    pub status: SupportRelationshipStatus,
    /// The day of the first meeting.
    pub first_meeting_on: Option<NaiveDate>,
    /// The first day of the first agreement.
    pub starts_on: Option<NaiveDate>,
    /// The last day of the newest agreement; none where it is open-ended.
    pub agreed_until: Option<NaiveDate>,
    /// The last day.
    pub ended_on: Option<NaiveDate>,
    /// Why it ended.
    pub end_reason: Option<EndReason>,
    /// The review interval of the newest agreement, in months.
    pub review_interval_months: i16,
    /// Whether the professional stays by its side, by the newest agreement.
    pub professional_follows: bool,
}

/// Why an entry makes no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The relationship does not stand so that this may happen.
    WrongState,
    /// Its day lies before something that it follows.
    OutOfOrder,
    /// The agreement was signed before the two had met.
    SignedTooEarly,
}

/// How a relationship stands on a day; or which entry, by its position, cannot be, and why.
///
/// `disclosed_on` is the day on which the contact details were disclosed, with which it began.
pub fn state(
    disclosed_on: NaiveDate,
    entries: &[Entry],
    today: NaiveDate,
) -> Result<State, (usize, Fault)> {
    let mut so_far = SoFar::begun(disclosed_on);
    for (position, entry) in entries.iter().enumerate() {
        so_far.add(entry).map_err(|fault| (position, fault))?;
    }
    let mut state = so_far.state;
    let starts_later = state.starts_on.is_some_and(|starts_on| starts_on > today);
    if state.status == SupportRelationshipStatus::Active && starts_later {
        state.status = SupportRelationshipStatus::Agreed;
    }
    Ok(state)
}

struct SoFar {
    state: State,
    /// The latest day that a pause, a resuming or the end may not precede.
    since: NaiveDate,
    latest_start: Option<NaiveDate>,
}

impl SoFar {
    fn begun(disclosed_on: NaiveDate) -> Self {
        Self {
            state: State {
                status: SupportRelationshipStatus::Proposed,
                first_meeting_on: None,
                starts_on: None,
                agreed_until: None,
                ended_on: None,
                end_reason: None,
                review_interval_months: DEFAULT_INTERVAL_MONTHS.into(),
                professional_follows: true,
            },
            since: disclosed_on,
            latest_start: None,
        }
    }

    fn add(&mut self, entry: &Entry) -> Result<(), Fault> {
        use SupportRelationshipStatus::{Active, Ended, FirstMeetingHeld, Paused, Proposed};
        let status = self.state.status;
        match *entry {
            Entry::FirstMeeting { on } => {
                allowed(status == Proposed)?;
                not_before(on, self.since)?;
                self.state.first_meeting_on = Some(on);
                self.since = on;
                self.state.status = FirstMeetingHeld;
            }
            Entry::Agreed {
                starts_on,
                ends_on,
                signed_on,
                interval_months,
                professional_follows,
            } => {
                let met_on = self.state.first_meeting_on.ok_or(Fault::WrongState)?;
                allowed(status != Ended)?;
                not_before(starts_on, self.latest_start.unwrap_or(met_on))?;
                if signed_on < met_on {
                    return Err(Fault::SignedTooEarly);
                }
                if status == FirstMeetingHeld {
                    self.state.starts_on = Some(starts_on);
                    self.state.status = Active;
                }
                self.latest_start = Some(starts_on);
                self.state.agreed_until = ends_on;
                self.state.review_interval_months = interval_months;
                self.state.professional_follows = professional_follows;
            }
            Entry::Paused { on } => {
                allowed(status == Active)?;
                let starts_on = self.state.starts_on.ok_or(Fault::WrongState)?;
                not_before(on, self.since.max(starts_on))?;
                self.since = on;
                self.state.status = Paused;
            }
            Entry::Resumed { on } => {
                allowed(status == Paused)?;
                not_before(on, self.since)?;
                self.since = on;
                self.state.status = Active;
            }
            Entry::Ended { on, reason } => {
                allowed(status != Ended)?;
                not_before(on, self.since)?;
                self.state.ended_on = Some(on);
                self.state.end_reason = Some(reason);
                self.state.status = Ended;
            }
        }
        Ok(())
    }
}

fn not_before(on: NaiveDate, earliest: NaiveDate) -> Result<(), Fault> {
    if on < earliest {
        Err(Fault::OutOfOrder)
    } else {
        Ok(())
    }
}

fn allowed(holds: bool) -> Result<(), Fault> {
    if holds {
        Ok(())
    } else {
        Err(Fault::WrongState)
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
