//! What the acts on referrals take.

use async_graphql::InputObject;
use rinnalla_domain::ids::{OrganisationId, ReferralActId, ReferralId};
use rinnalla_domain::referrals as domain;

use super::{CaseBackground, RehabilitationPhase, SupportForm, WithdrawnBy};
use crate::graphql::scalars::{Date, Ref};

/// What is told of a supported person (tuettavan tiedot): nothing that names anyone.
#[derive(InputObject)]
pub struct SupportedCaseInput {
    /// Why somebody is supported.
    pub background: CaseBackground,
    /// How a next of kin is related: a code.
    pub kin_relation: Option<String>,
    /// The first year of the decade of birth, as 1980.
    pub birth_decade: Option<i32>,
    /// The official code of the county, as `20`.
    pub county_code: String,
    /// The official code of the municipality, as `205`, for matching alone.
    pub municipality_code: Option<String>,
    /// The code of the language that the supported person talks in, as `fi`.
    pub language: String,
    /// Codes of interests.
    #[graphql(default)]
    pub interests: Vec<String>,
}

impl From<SupportedCaseInput> for domain::CaseInput {
    fn from(input: SupportedCaseInput) -> Self {
        Self {
            background: input.background.into(),
            kin_relation: input.kin_relation,
            birth_decade: input.birth_decade,
            county_code: input.county_code,
            municipality_code: input.municipality_code,
            language: input.language,
            interests: input.interests,
        }
    }
}

/// What is told in a referral (yhteydenoton tiedot).
#[derive(InputObject)]
pub struct ReferralDetailsInput {
    /// One person, or a family.
    pub form: SupportForm,
    /// Where in rehabilitation the supported person is.
    pub phase: RehabilitationPhase,
    /// Who told of peer support: a code.
    pub information_source: Option<String>,
    /// Codes of what is wished of a support person.
    #[graphql(default)]
    pub wishes: Vec<String>,
}

impl From<ReferralDetailsInput> for domain::ReferralInput {
    fn from(input: ReferralDetailsInput) -> Self {
        Self {
            form: input.form.into(),
            phase: input.phase.into(),
            information_source: input.information_source,
            wishes: input.wishes,
        }
    }
}

/// Begins a referral.
#[derive(InputObject)]
pub struct ReferralDraftInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The association that it is made to.
    pub organisation_id: Ref<OrganisationId>,
    /// The organisation that one makes it for; needed where one is a professional in several.
    pub referring_organisation_id: Option<Ref<OrganisationId>>,
    /// Whom it is about.
    pub supported_case: SupportedCaseInput,
    /// What is told.
    pub details: ReferralDetailsInput,
}

/// Puts right what was told.
#[derive(InputObject)]
pub struct ReferralCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The referral.
    pub referral_id: Ref<ReferralId>,
    /// Its version.
    pub version: i32,
    /// Whom it is about: everything as it should be.
    pub supported_case: SupportedCaseInput,
    /// What is told: everything as it should be.
    pub details: ReferralDetailsInput,
}

macro_rules! record_inputs {
    ($($(#[$doc:meta])+ $input:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(InputObject)]
            pub struct $input {
                /// The client's own name for this attempt; the same key with the same input is done once.
                pub idempotency_key: String,
                /// The referral.
                pub referral_id: Ref<ReferralId>,
                /// Its version.
                pub version: i32,
                /// The day; today where it is not said.
                pub on: Option<Date>,
            }

            impl $input {
                /// As the domain takes it.
            pub fn of(&self) -> domain::On {
                    on(self.referral_id, self.version, self.on)
                }
            }
        )+
    };
}

record_inputs! {
    /// Records that the supported person is interested.
    ReferralConfirmInterestInput;
    /// Records that the supported person has withdrawn the consent.
    ConsentWithdrawInput;
    /// Keeps a referral waiting.
    ReferralKeepWaitingInput;
    /// Declines a referral.
    ReferralDeclineInput;
    /// Lets a referral expire.
    ReferralExpireInput;
    /// Closes a referral.
    ReferralCloseInput;
}

/// Records a consent.
#[derive(InputObject)]
pub struct ConsentRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The referral that is consented to.
    pub referral_id: Ref<ReferralId>,
    /// Its version.
    pub version: i32,
    /// The day; today where it is not said.
    pub on: Option<Date>,
    /// Which wording was read to the supported person, as the organisation calls it; at most 32 characters.
    pub text_version: String,
}

/// Submits a draft.
#[derive(InputObject)]
pub struct ReferralSubmitInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The referral.
    pub referral_id: Ref<ReferralId>,
    /// Its version.
    pub version: i32,
}

/// Takes a referral back.
#[derive(InputObject)]
pub struct ReferralWithdrawInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The referral.
    pub referral_id: Ref<ReferralId>,
    /// Its version.
    pub version: i32,
    /// The day; today where it is not said.
    pub on: Option<Date>,
    /// Who takes it back.
    pub withdrawn_by: WithdrawnBy,
}

/// Cancels an entry that was made by mistake.
#[derive(InputObject)]
pub struct ReferralActCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The entry.
    pub act_id: Ref<ReferralActId>,
    /// The version of the referral.
    pub version: i32,
}

/// Puts the day of an entry right.
#[derive(InputObject)]
pub struct ReferralActCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The entry.
    pub act_id: Ref<ReferralActId>,
    /// The version of the referral.
    pub version: i32,
    /// The day on which it really happened.
    pub on: Date,
}

/// A referral and a day, as the domain takes them.
pub fn on(referral: Ref<ReferralId>, version: i32, on: Option<Date>) -> domain::On {
    domain::On {
        referral: referral.or_unknown(),
        version,
        on: on.map(|on| on.0),
    }
}
