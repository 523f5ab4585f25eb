//! How a referral stands, worked out from what was recorded about it.
//!
//! A professional suggests a support person to somebody who wishes for one; the association looks for a suitable
//! person (the support-person model of Kainuu). The support person is asked first, without having to give a reason;
//! then the professional sees the proposal without contact details; then the supported person's yes is recorded; only
//! then are the contact details disclosed, from the association to the professional and never the other way. A no at
//! any point brings the referral back to where it waited, and the proposals are counted.
//!
//! When the relationship that came of it has ended, another support person can follow on the same referral.
//!
//! Nothing here is kept besides the entries: the same entries give the same state, so that a cancelled mistake leaves
//! no trace but its history.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{MatchProposalId, ReferralActId};
use rinnalla_entity::states::{
    MatchProposalStatus, ReferralActKind as Kind, ReferralStatus, SupportRelationshipStatus,
};

mod course;

use self::course::Course;

/// Something that was recorded and still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry.
    pub id: ReferralActId,
    /// What happened.
    pub kind: Kind,
    /// The proposal that it is about, where it is about one.
    pub proposal: Option<MatchProposalId>,
    /// The day on which it happened.
    pub on: NaiveDate,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// A support relationship that came of the referral; cancelled ones are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The proposal that led to it.
    pub proposal: MatchProposalId,
    /// Whether the two have met, which is the hand-over itself.
    pub has_met: bool,
    /// Whether it has ended.
    pub is_over: bool,
}

impl Handover {
    /// The hand-over that a relationship stands for; `None` for a cancelled one.
    pub fn of(
        proposal: MatchProposalId,
        status: SupportRelationshipStatus,
        first_meeting_on: Option<NaiveDate>,
    ) -> Option<Self> {
        (status != SupportRelationshipStatus::Cancelled).then_some(Self {
            proposal,
            has_met: first_meeting_on.is_some(),
            is_over: status == SupportRelationshipStatus::Ended,
        })
    }
}

/// How a referral stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The referral's state.
    pub status: ReferralStatus,
    /// When it was submitted, where it was.
    pub submitted: Option<Submitted>,
    /// Whether the supported person's interest is confirmed.
    pub is_interest_confirmed: bool,
    /// Whether a consent stands.
    pub has_consent: bool,
    /// Every proposal that was made, with its state.
    pub proposals: BTreeMap<MatchProposalId, MatchProposalStatus>,
}

/// The day of submitting, and when it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The day.
    pub on: NaiveDate,
    /// The instant of recording.
    pub recorded_at: DateTime<Utc>,
}

impl Standing {
    /// How many proposals have been made, whatever became of them.
    pub fn proposal_count(&self) -> i16 {
        i16::try_from(self.proposals.len()).unwrap_or(i16::MAX)
    }
}

/// Why an entry cannot stand where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The referral or the proposal is not in a state that allows it.
    WrongState,
    /// It would have happened before something that it follows on.
    DatesOutOfOrder,
    /// Nobody has recorded that the supported person is interested.
    InterestNotConfirmed,
    /// No consent stands.
    ConsentMissing,
    /// The same is recorded already.
    AlreadyRecorded,
    /// A proposal is open: one at a time.
    ProposalAlreadyOpen,
    /// The support relationship of the earlier proposal has not ended.
    RelationshipStillOpen,
}

impl Fault {
    /// The code that a client is told.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongState => "WRONG_STATE",
            Self::DatesOutOfOrder => "DATES_OUT_OF_ORDER",
            Self::InterestNotConfirmed => "INTEREST_NOT_CONFIRMED",
            Self::ConsentMissing => "CONSENT_MISSING",
            Self::AlreadyRecorded => "ALREADY_RECORDED",
            Self::ProposalAlreadyOpen => "PROPOSAL_ALREADY_OPEN",
            Self::RelationshipStillOpen => "RELATIONSHIP_STILL_OPEN",
        }
    }

    /// The input field that it belongs to.
    pub fn field(self) -> &'static str {
        match self {
            Self::DatesOutOfOrder => "on",
            _ => "",
        }
    }
}

/// An entry that cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The first one.
    pub at: ReferralActId,
    /// Why.
    pub fault: Fault,
}

/// Works out how a referral stands from its entries, in the order of recording, and from what became of the
/// relationships that it led to.
///
/// Errors: the first entry that could not stand.
pub fn fold(entries: &[Entry], handovers: &[Handover]) -> Result<Standing, Refused> {
    let mut course = Course::new(handovers);
    for entry in entries {
        course.take(entry).map_err(|fault| Refused {
            at: entry.id,
            fault,
        })?;
    }
    Ok(course.standing())
}

#[cfg(test)]
mod tests;
