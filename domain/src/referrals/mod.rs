//! From a professional's suggestion to the support person whose contact details are given: supported cases,
//! referrals, the acts on them, proposals, disclosures.
//!
//! A supported person is a case code here, and nothing that names anyone. A professional of a partner organisation
//! drafts a referral, confirms that the supported person is interested, records the consent and submits; the
//! association asks a support person first, offers, and discloses (the support-person model of Kainuu). How a referral
//! stands is worked out from the entries ([`rules`]), so that each of them can be cancelled or put right.

mod candidates;
mod cases;
mod correcting;
mod disclosure;
mod drafting;
mod handling;
pub mod matching;
mod proposals;
mod proposing;
mod queries;
mod reading;
mod reasons;
pub mod rules;
mod standing;
mod telling;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{OrganisationId, PersonId, ReferralId, SupportedCaseId};
use rinnalla_entity::states::{ReferralStatus, RehabilitationPhase, SupportForm};
use sea_orm::FromQueryResult;

pub use candidates::{Candidate, candidates};
pub use cases::{CaseDetails, SupportedCase, cases_for_ids, find_case, interests_for_cases};
pub use correcting::{ActCancel, ActCorrect, cancel_act, correct_act};
pub(crate) use disclosure::{Disclosed, cancel_disclosure, record_disclosure};
pub use drafting::{Correct, Draft, correct, draft};
pub use handling::{
    ConsentRecord, On, Submit, Withdraw, close, confirm_interest, decline, expire, keep_waiting,
    record_consent, submit, withdraw, withdraw_consent,
};
pub use proposals::{
    AskedAbout, Disclosure, MatchProposal, ProposedPerson, asked_about_for, disclosures_for,
    find_disclosure, find_proposal, proposals_for_ids, proposals_for_referrals, proposals_waiting,
    proposed_people_for,
};
pub use proposing::{
    Answer, Make, ProposalWithdraw, SupportedAnswer, answer, answer_for_supported, make,
    withdraw_proposal,
};
pub use reading::{
    Preparation, ReferralAct, acts_for, find, find_act, for_cases, for_ids, list, preparation_for,
    wishes_for,
};
pub(crate) use standing::rework;
pub use telling::{CaseInput, ReferralInput};

/// A referral (ehdotus, yhteydenotto).
#[derive(Clone, Debug, FromQueryResult)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// The association that it is made to.
    pub organisation_id: OrganisationId,
    /// The organisation of the professional.
    pub referring_organisation_id: OrganisationId,
    /// Whom it is about.
    pub case_id: SupportedCaseId,
    /// Who made it.
    pub professional_id: PersonId,
    /// One person, or a family.
    pub form: SupportForm,
    /// Where in rehabilitation the supported person is.
    pub phase: RehabilitationPhase,
    /// Who told of peer support: a code.
    pub information_source: Option<String>,
    /// The state.
    pub status: ReferralStatus,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// How many proposals were made, whatever became of them.
    pub proposal_count: i16,
    /// Rises with every change.
    pub version: i32,
    /// When the draft was begun.
    pub created_at: DateTime<Utc>,
}

/// Which referrals to list; all that the reader may see where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub statuses: Vec<ReferralStatus>,
    /// Submitted or kept waiting, without an open proposal.
    pub is_waiting: bool,
    /// Of cases whose professional the reader is.
    pub is_mine: bool,
    /// In this county.
    pub county_code: Option<String>,
    /// From this organisation.
    pub referring_organisation: Option<OrganisationId>,
}

impl Filter {
    /// Notes what cannot be.
    pub fn check(&self, faults: &mut crate::error::Violations) {
        let is_county = self
            .county_code
            .as_deref()
            .is_none_or(crate::organisations::rules::is_county_code);
        faults.check(is_county, "countyCode", "MALFORMED");
    }
}

/// The day of an act: the one that was told, today where none was. Facts are never of the future.
fn day_of(ctx: &crate::ctx::Ctx, on: Option<NaiveDate>) -> crate::error::Result<NaiveDate> {
    let on = on.unwrap_or(ctx.today);
    if on > ctx.today {
        return Err(crate::error::Error::invalid("on", "DATE_IN_FUTURE"));
    }
    Ok(on)
}
