//! The walk along a referral's entries, one after the other.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::MatchProposalId;
use rinnalla_entity::states::{MatchProposalStatus, ReferralActKind as Kind, ReferralStatus};

use super::{Entry, Fault, Handover, Standing, Submitted};

#[derive(Clone, Copy)]
enum Phase {
    Draft,
    /// Submitted or kept waiting: nobody is proposed.
    Queued,
    /// A proposal is open.
    Proposed(MatchProposalId),
    /// Contact details were given; the relationship tells the rest.
    Disclosed(MatchProposalId),
    Over(ReferralStatus),
}

pub(super) struct Course<'a> {
    phase: Phase,
    /// Where a refused proposal brings the referral back to.
    waiting_as: ReferralStatus,
    last_on: Option<NaiveDate>,
    interest_on: Option<NaiveDate>,
    consent_on: Option<NaiveDate>,
    submitted: Option<Submitted>,
    proposals: BTreeMap<MatchProposalId, MatchProposalStatus>,
    handovers: &'a [Handover],
}

impl<'a> Course<'a> {
    pub fn new(handovers: &'a [Handover]) -> Self {
        Self {
            phase: Phase::Draft,
            waiting_as: ReferralStatus::Submitted,
            last_on: None,
            interest_on: None,
            consent_on: None,
            submitted: None,
            proposals: BTreeMap::new(),
            handovers,
        }
    }

    /// How the referral stands by now.
    pub fn standing(self) -> Standing {
        Standing {
            status: self.status(),
            submitted: self.submitted,
            is_interest_confirmed: self.interest_on.is_some(),
            has_consent: self.consent_on.is_some(),
            proposals: self.proposals,
        }
    }

    /// Takes the next entry.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Fault> {
        match entry.kind {
            Kind::InterestConfirmed => self.confirm_interest(entry),
            Kind::ConsentGiven => self.give_consent(entry),
            Kind::ConsentWithdrawn => self.withdraw_consent(entry),
            Kind::Submitted => self.submit(entry),
            Kind::KeptWaiting => {
                self.must(self.is_queued() || self.may_another_follow())?;
                self.proceed(entry)?;
                self.waiting_as = ReferralStatus::Waiting;
                self.phase = Phase::Queued;
                Ok(())
            }
            Kind::SupportPersonAsked => self.ask(entry),
            Kind::SupportPersonAgreed => self.answer(
                entry,
                MatchProposalStatus::Asked,
                MatchProposalStatus::Offered,
            ),
            Kind::SupportPersonRefused => self.answer(
                entry,
                MatchProposalStatus::Asked,
                MatchProposalStatus::RefusedBySupportPerson,
            ),
            Kind::SupportedAgreed => self.answer(
                entry,
                MatchProposalStatus::Offered,
                MatchProposalStatus::Accepted,
            ),
            Kind::SupportedRefused => self.answer(
                entry,
                MatchProposalStatus::Offered,
                MatchProposalStatus::RefusedBySupported,
            ),
            Kind::ProposalWithdrawn => {
                let proposal = self.open_proposal(entry)?;
                self.proceed(entry)?;
                self.proposals
                    .insert(proposal, MatchProposalStatus::Withdrawn);
                self.phase = Phase::Queued;
                Ok(())
            }
            Kind::DetailsDisclosed => self.answer(
                entry,
                MatchProposalStatus::Accepted,
                MatchProposalStatus::Disclosed,
            ),
            Kind::Withdrawn => self.withdraw(entry),
            Kind::Declined => self.finish(entry, self.is_queued(), ReferralStatus::Declined),
            Kind::Expired => {
                let is_draft = matches!(self.phase, Phase::Draft);
                self.finish(entry, is_draft || self.is_queued(), ReferralStatus::Expired)
            }
            Kind::Closed => self.finish(
                entry,
                self.status() == ReferralStatus::HandedOver,
                ReferralStatus::Closed,
            ),
        }
    }

    fn confirm_interest(&mut self, entry: &Entry) -> Result<(), Fault> {
        self.must(matches!(self.phase, Phase::Draft))?;
        if self.interest_on.is_some() {
            return Err(Fault::AlreadyRecorded);
        }
        self.interest_on = Some(entry.on);
        Ok(())
    }

    fn give_consent(&mut self, entry: &Entry) -> Result<(), Fault> {
        self.must(matches!(self.phase, Phase::Draft))?;
        if self.consent_on.is_some() {
            return Err(Fault::AlreadyRecorded);
        }
        self.consent_on = Some(entry.on);
        Ok(())
    }

    /// A consent can be withdrawn at any time; what is under way stops there.
    fn withdraw_consent(&mut self, entry: &Entry) -> Result<(), Fault> {
        let given_on = self.consent_on.ok_or(Fault::WrongState)?;
        if entry.on < given_on {
            return Err(Fault::DatesOutOfOrder);
        }
        self.consent_on = None;
        if !matches!(self.phase, Phase::Over(_)) {
            self.stop();
        }
        Ok(())
    }

    fn withdraw(&mut self, entry: &Entry) -> Result<(), Fault> {
        let may = match self.phase {
            Phase::Draft | Phase::Queued | Phase::Proposed(_) => true,
            Phase::Disclosed(_) => self.is_queued(),
            Phase::Over(_) => false,
        };
        self.must(may)?;
        // It may have been told before the last act here was done, and written down after it.
        if self.submitted.is_some_and(|it| entry.on < it.on) {
            return Err(Fault::DatesOutOfOrder);
        }
        self.stop();
        Ok(())
    }

    fn stop(&mut self) {
        if let Phase::Proposed(proposal) = self.phase {
            self.proposals
                .insert(proposal, MatchProposalStatus::Withdrawn);
        }
        self.phase = Phase::Over(ReferralStatus::Withdrawn);
    }

    fn submit(&mut self, entry: &Entry) -> Result<(), Fault> {
        self.must(matches!(self.phase, Phase::Draft))?;
        let interest_on = self.interest_on.ok_or(Fault::InterestNotConfirmed)?;
        let consent_on = self.consent_on.ok_or(Fault::ConsentMissing)?;
        if entry.on < interest_on.max(consent_on) {
            return Err(Fault::DatesOutOfOrder);
        }
        self.proceed(entry)?;
        self.submitted = Some(Submitted {
            on: entry.on,
            recorded_at: entry.recorded_at,
        });
        self.phase = Phase::Queued;
        Ok(())
    }

    fn ask(&mut self, entry: &Entry) -> Result<(), Fault> {
        let proposal = entry.proposal.ok_or(Fault::WrongState)?;
        match self.phase {
            Phase::Proposed(_) => return Err(Fault::ProposalAlreadyOpen),
            Phase::Disclosed(_) if !self.may_another_follow() => {
                return Err(Fault::RelationshipStillOpen);
            }
            Phase::Draft | Phase::Over(_) => return Err(Fault::WrongState),
            Phase::Queued | Phase::Disclosed(_) => {}
        }
        self.must(!self.proposals.contains_key(&proposal))?;
        self.proceed(entry)?;
        self.proposals.insert(proposal, MatchProposalStatus::Asked);
        self.phase = Phase::Proposed(proposal);
        Ok(())
    }

    fn answer(
        &mut self,
        entry: &Entry,
        from: MatchProposalStatus,
        to: MatchProposalStatus,
    ) -> Result<(), Fault> {
        let proposal = self.open_proposal(entry)?;
        self.must(self.proposals.get(&proposal) == Some(&from))?;
        self.proceed(entry)?;
        self.proposals.insert(proposal, to);
        self.phase = match to {
            MatchProposalStatus::Disclosed => Phase::Disclosed(proposal),
            MatchProposalStatus::Offered | MatchProposalStatus::Accepted => {
                Phase::Proposed(proposal)
            }
            _ => Phase::Queued,
        };
        Ok(())
    }

    fn finish(&mut self, entry: &Entry, may: bool, to: ReferralStatus) -> Result<(), Fault> {
        self.must(may)?;
        self.proceed(entry)?;
        self.phase = Phase::Over(to);
        Ok(())
    }

    /// The open proposal, where the entry is about that one.
    fn open_proposal(&self, entry: &Entry) -> Result<MatchProposalId, Fault> {
        match self.phase {
            Phase::Proposed(open) if entry.proposal == Some(open) => Ok(open),
            _ => Err(Fault::WrongState),
        }
    }

    /// Nobody is proposed, and nobody has been handed over to: the referral waits.
    fn is_queued(&self) -> bool {
        match self.phase {
            Phase::Queued => true,
            Phase::Disclosed(proposal) => self
                .handover(proposal)
                .is_some_and(|it| it.is_over && !it.has_met),
            _ => false,
        }
    }

    /// The relationship of the last proposal has ended: another support person may follow.
    fn may_another_follow(&self) -> bool {
        match self.phase {
            Phase::Disclosed(proposal) => self.handover(proposal).is_some_and(|it| it.is_over),
            _ => false,
        }
    }

    fn handover(&self, proposal: MatchProposalId) -> Option<&Handover> {
        self.handovers.iter().find(|it| it.proposal == proposal)
    }

    fn proceed(&mut self, entry: &Entry) -> Result<(), Fault> {
        if self.last_on.is_some_and(|last| entry.on < last) {
            return Err(Fault::DatesOutOfOrder);
        }
        self.last_on = Some(entry.on);
        Ok(())
    }

    fn must(&self, holds: bool) -> Result<(), Fault> {
        if holds {
            Ok(())
        } else {
            Err(Fault::WrongState)
        }
    }

    fn status(&self) -> ReferralStatus {
        match self.phase {
            Phase::Draft => ReferralStatus::Draft,
            Phase::Queued => self.waiting_as,
            Phase::Proposed(proposal) => match self.proposals.get(&proposal) {
                Some(MatchProposalStatus::Accepted) => ReferralStatus::Accepted,
                _ => ReferralStatus::Proposed,
            },
            Phase::Disclosed(proposal) => match self.handover(proposal) {
                Some(handover) if handover.has_met => ReferralStatus::HandedOver,
                Some(handover) if handover.is_over => self.waiting_as,
                _ => ReferralStatus::Accepted,
            },
            Phase::Over(status) => status,
        }
    }
}
