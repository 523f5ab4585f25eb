//! The codes of referrals, cases and proposals.

use crate::graphql::written::Written;
use async_graphql::{Enum, SimpleObject};
use rinnalla_domain::referrals::matching;
use rinnalla_domain::states;

/// Why somebody is supported (tuettavan tausta).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::CaseBackground")]
pub enum CaseBackground {
    /// Dependent on a substance, or recovering.
    DependentOrRecovering,
    /// Close to somebody who is.
    NextOfKin,
}

/// Who takes part in the support (tuen muoto).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupportForm")]
pub enum SupportForm {
    /// One person.
    Individual,
    /// A family.
    Family,
}

/// Where in rehabilitation somebody is (kuntoutuksen vaihe).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::RehabilitationPhase")]
pub enum RehabilitationPhase {
    /// Before it.
    BeforeRehab,
    /// In it.
    DuringRehab,
    /// After it.
    AfterRehab,
    /// Without it.
    NoRehab,
    /// Not known.
    Unknown,
}

/// How a referral stands (yhteydenoton tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ReferralStatus")]
pub enum ReferralStatus {
    /// Seen by the professional alone.
    Draft,
    /// Submitted to the association.
    Submitted,
    /// Kept waiting, since nobody suitable was free.
    Waiting,
    /// A support person is proposed.
    Proposed,
    /// Both have said yes.
    Accepted,
    /// The two have met, with the professional.
    HandedOver,
    /// Closed after the hand-over.
    Closed,
    /// Taken back, or its consent was withdrawn.
    Withdrawn,
    /// Nobody suitable could be found.
    Declined,
    /// Waited too long.
    Expired,
}

/// How a proposal stands (ehdotuksen tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::MatchProposalStatus")]
pub enum MatchProposalStatus {
    /// The support person is asked.
    Asked,
    /// The support person has agreed; the supported person is asked.
    Offered,
    /// Both have agreed.
    Accepted,
    /// The contact details were given to the professional.
    Disclosed,
    /// The support person said no.
    RefusedBySupportPerson,
    /// The supported person said no.
    RefusedBySupported,
    /// Taken back.
    Withdrawn,
}

/// How a support person is asked, or answers (kysymisen tapa).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::AskingChannel")]
pub enum AskingChannel {
    /// In the register, by themselves.
    Register,
    /// By a phone call that the coordinator records.
    Phone,
}

/// Who took a referral back (peruuttaja).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::WithdrawnBy")]
pub enum WithdrawnBy {
    /// The supported person.
    Supported,
    /// The professional.
    Professional,
}

/// What happened to a referral (yhteydenoton kirjaus).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ReferralActKind")]
pub enum ReferralActKind {
    /// The supported person is interested.
    InterestConfirmed,
    /// The supported person consented.
    ConsentGiven,
    /// The supported person withdrew the consent.
    ConsentWithdrawn,
    /// Submitted to the association.
    Submitted,
    /// Kept waiting.
    KeptWaiting,
    /// A support person was asked.
    SupportPersonAsked,
    /// The support person said yes.
    SupportPersonAgreed,
    /// The support person said no.
    SupportPersonRefused,
    /// The supported person said yes.
    SupportedAgreed,
    /// The supported person said no.
    SupportedRefused,
    /// The proposal was taken back.
    ProposalWithdrawn,
    /// The contact details were given to the professional.
    DetailsDisclosed,
    /// Taken back.
    Withdrawn,
    /// Declined.
    Declined,
    /// Expired.
    Expired,
    /// Closed.
    Closed,
}

/// What a disclosure gave (luovutettu tieto).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::DisclosedMatter")]
pub enum DisclosedMatter {
    /// Name, phone and mail address.
    ContactDetails,
    /// The same, after the support person had changed them.
    ChangedDetails,
}

/// On what ground something was disclosed (luovutuksen peruste).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::DisclosureBasis")]
pub enum DisclosureBasis {
    /// The support person agreed to this proposal.
    SupportPersonAgreed,
}

/// What speaks for a support person (ehdottamisen peruste).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchReasonKind {
    /// Has lived the same.
    Background,
    /// Born in the same decade.
    SameAgeBand,
    /// Born in the decade before or after.
    NearAgeBand,
    /// Meets people in the very municipality.
    ServesMunicipality,
    /// Is in the same county.
    SameCounty,
    /// Shares an interest: its code.
    SharedInterest,
    /// Shares a language: its code.
    SharedLanguage,
    /// At least one wished weekday suits.
    SharedWeekday,
    /// Is an expert by experience, whose own training stands for that of support persons.
    Expert,
    /// Can take so many more.
    FreeCapacity,
}

/// One reason for proposing somebody (ehdottamisen peruste).
#[derive(SimpleObject, Written, Clone, Debug)]
pub struct MatchReason {
    /// What speaks for them.
    kind: MatchReasonKind,
    /// The code of a shared interest or language.
    code: Option<String>,
    /// How many more they can take.
    free_capacity: Option<i32>,
}

impl From<matching::MatchReason> for MatchReason {
    fn from(reason: matching::MatchReason) -> Self {
        use matching::MatchReason as R;
        let plain = |kind| Self {
            kind,
            code: None,
            free_capacity: None,
        };
        let coded = |kind, code| Self {
            code: Some(code),
            ..plain(kind)
        };
        match reason {
            R::Background => plain(MatchReasonKind::Background),
            R::SameAgeBand => plain(MatchReasonKind::SameAgeBand),
            R::NearAgeBand => plain(MatchReasonKind::NearAgeBand),
            R::ServesMunicipality => plain(MatchReasonKind::ServesMunicipality),
            R::SameCounty => plain(MatchReasonKind::SameCounty),
            R::SharedInterest(code) => coded(MatchReasonKind::SharedInterest, code),
            R::SharedLanguage(code) => coded(MatchReasonKind::SharedLanguage, code),
            R::SharedWeekday => plain(MatchReasonKind::SharedWeekday),
            R::Expert => plain(MatchReasonKind::Expert),
            R::FreeCapacity(free) => Self {
                free_capacity: Some(free.into()),
                ..plain(MatchReasonKind::FreeCapacity)
            },
        }
    }
}
