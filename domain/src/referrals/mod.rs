//! From a professional's suggestion to the support person whose contact details are given: supported cases,
//! referrals, the acts on them, proposals, disclosures.
//!
//! A supported person is a case code here, and nothing that names anyone. A professional of a partner organisation
//! drafts a referral, confirms that the supported person is interested, records the consent and submits; the
//! association asks a support person first, offers, and discloses (the support-person model of Kainuu). How a referral
//! stands is worked out from the entries ([`rules`]), so that each of them can be cancelled or put right.

pub mod matching;
pub mod rules;

mod disclosure;
mod standing;

pub(crate) use disclosure::{Disclosed, cancel_disclosure, record_disclosure};
pub(crate) use standing::rework;
