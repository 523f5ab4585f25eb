//! What the acts on support persons take.

use async_graphql::InputObject;
use rinnalla_domain::ids::{
    ExpertProfileId, GateId, OrganisationId, PersonId, ProgrammeId, SupportPersonActId,
    SupportPersonId,
};
use rinnalla_domain::support_persons as domain;

use super::{SupportBackground, Weekday};
use crate::graphql::scalars::{Date, Ref};

/// What is told of a support person (tukihenkilön tiedot).
#[derive(InputObject)]
pub struct SupportPersonProfileInput {
    /// The ground of the peerness.
    pub background: SupportBackground,
    /// The official code of the county where the support person is, as `20`.
    pub county_code: String,
    /// The first year of the decade of birth, as 1980.
    pub birth_decade: Option<i32>,
    /// Days that suit; any where it is not said.
    pub weekdays: Option<Vec<Weekday>>,
    /// How many relationships and open proposals at once, 1 to 20; the organisation's default where it is not said.
    pub max_active: Option<i32>,
    /// Codes of interests.
    #[graphql(default)]
    pub interests: Vec<String>,
    /// Codes of the languages that the support person talks in, as `fi`; at least one.
    pub languages: Vec<String>,
    /// Official codes of the municipalities where the support person meets people, as `205`.
    #[graphql(default)]
    pub municipalities: Vec<String>,
}

impl From<SupportPersonProfileInput> for domain::ProfileInput {
    fn from(input: SupportPersonProfileInput) -> Self {
        let weekdays = input
            .weekdays
            .map(|days| days.into_iter().map(Into::into).collect());
        Self {
            background: input.background.into(),
            county_code: input.county_code,
            birth_decade: input.birth_decade,
            weekdays,
            max_active: input.max_active,
            interests: input.interests,
            languages: input.languages,
            municipalities: input.municipalities,
        }
    }
}

/// Makes somebody of the association an applicant.
#[derive(InputObject)]
pub struct SupportPersonAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The association.
    pub organisation_id: Ref<OrganisationId>,
    /// Who it is: somebody who holds or held a role in the association.
    pub person_id: Ref<PersonId>,
    /// The programme to begin in; the association's default one where it is not said.
    pub programme_id: Option<Ref<ProgrammeId>>,
    /// What is told.
    pub profile: SupportPersonProfileInput,
}

/// Makes an expert by experience a support person, in a programme that takes experts.
#[derive(InputObject)]
pub struct SupportPersonAddExpertInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The expert.
    pub expert_profile_id: Ref<ExpertProfileId>,
    /// The version of the expert's entry.
    pub version: i32,
    /// The programme to begin in: one that takes experts.
    pub programme_id: Ref<ProgrammeId>,
    /// From which day on the expert's training stands for the weekends; today where it is not said.
    pub on: Option<Date>,
    /// What is told of the support person.
    pub profile: SupportPersonProfileInput,
}

/// Attests that a support person was trained as an expert by experience.
#[derive(InputObject)]
pub struct SupportPersonAttestExpertInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The support person.
    pub support_person_id: Ref<SupportPersonId>,
    /// Its version.
    pub version: i32,
    /// The same person's entry in the association's register of experts.
    pub expert_profile_id: Ref<ExpertProfileId>,
    /// From which day on the training stands for the weekends; today where it is not said.
    pub on: Option<Date>,
}

/// Puts right what is told of a support person.
#[derive(InputObject)]
pub struct SupportPersonCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The support person.
    pub support_person_id: Ref<SupportPersonId>,
    /// Its version.
    pub version: i32,
    /// Everything as it should be.
    pub profile: SupportPersonProfileInput,
}

macro_rules! record_inputs {
    ($($(#[$doc:meta])+ $input:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(InputObject)]
            pub struct $input {
                /// The client's own name for this attempt; the same key with the same input is done once.
                pub idempotency_key: String,
                /// The support person.
                pub support_person_id: Ref<SupportPersonId>,
                /// Its version.
                pub version: i32,
                /// The day; today where it is not said.
                pub on: Option<Date>,
            }

            impl $input {
                /// As the domain takes it.
                pub fn of(&self) -> domain::Record {
                    domain::Record {
                        support_person: self.support_person_id.or_unknown(),
                        version: self.version,
                        on: self.on.map(|on| on.0),
                    }
                }
            }
        )+
    };
}

record_inputs! {
    /// Attests that the one-year criterion does not apply to a next of kin.
    SupportPersonAttestCriterionNotApplicableInput;
    /// Records that the training has started.
    SupportPersonStartTrainingInput;
    /// Records a training weekend.
    SupportPersonRecordWeekendInput;
    /// Attests a training that was completed earlier or elsewhere.
    SupportPersonAttestEarlierTrainingInput;
    /// Records that the confidentiality undertaking was signed.
    SupportPersonSignConfidentialityInput;
    /// Lets a support person begin.
    SupportPersonActivateInput;
    /// Pauses; no reason is recorded.
    SupportPersonPauseInput;
    /// Goes on after a pause.
    SupportPersonResumeInput;
    /// Ends somebody's time as a support person.
    SupportPersonEndInput;
}

/// Asks for the one-year criterion.
#[derive(InputObject)]
pub struct SupportPersonAttestCriterionInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The support person.
    pub support_person_id: Ref<SupportPersonId>,
    /// Its version.
    pub version: i32,
    /// The day of the attestation; today where it is not said.
    pub on: Option<Date>,
    /// Since when without substances. Used for the answer alone, and kept nowhere.
    pub substance_free_since: Date,
}

/// Moves a support person to another programme.
#[derive(InputObject)]
pub struct SupportPersonChangeProgrammeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The support person.
    pub support_person_id: Ref<SupportPersonId>,
    /// Its version.
    pub version: i32,
    /// The first day in it; today where it is not said.
    pub on: Option<Date>,
    /// The programme: one of the same association that takes people in on that day.
    pub programme_id: Ref<ProgrammeId>,
}

/// Attests a further gate.
#[derive(InputObject)]
pub struct SupportPersonAttestGateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The support person.
    pub support_person_id: Ref<SupportPersonId>,
    /// Its version.
    pub version: i32,
    /// The day; today where it is not said.
    pub on: Option<Date>,
    /// The gate: one of the same association that is in use.
    pub gate_id: Ref<GateId>,
}

/// Cancels an entry that was made by mistake.
#[derive(InputObject)]
pub struct SupportPersonActCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The entry.
    pub act_id: Ref<SupportPersonActId>,
    /// The version of the support person.
    pub version: i32,
}

/// Puts the day of an entry right.
#[derive(InputObject)]
pub struct SupportPersonActCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    pub idempotency_key: String,
    /// The entry.
    pub act_id: Ref<SupportPersonActId>,
    /// The version of the support person.
    pub version: i32,
    /// The day on which it really happened.
    pub on: Date,
}
