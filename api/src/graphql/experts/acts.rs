//! What is done with the register of experts: who stands in it, and who consents to be listed.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::experts::{self as domain, OnProfile};
use rinnalla_domain::ids::{ExpertCohortId, ExpertProfileId, OrganisationId, PersonId};

use super::ExpertProfile;
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(ExpertPayload, expert: ExpertProfile, "What came of an act on an expert by experience.");

/// How somebody was trained: in a cohort, or otherwise until a day; one of the two.
#[derive(InputObject)]
pub struct ExpertDetailsInput {
    /// Who trains or trained them.
    trainer_id: Ref<OrganisationId>,
    /// The cohort.
    expert_cohort_id: Option<Ref<ExpertCohortId>>,
    /// When another training was completed.
    trained_on: Option<Date>,
    /// What they were trained for: codes of the list `EXPERT_PURPOSE`.
    #[graphql(default)]
    purposes: Vec<String>,
}

impl From<ExpertDetailsInput> for domain::Details {
    fn from(told: ExpertDetailsInput) -> Self {
        Self {
            cohort: told.expert_cohort_id.map(Ref::or_unknown),
            trainer: told.trainer_id.or_unknown(),
            trained_on: told.trained_on.map(|day| day.0),
            purposes: told.purposes,
        }
    }
}

/// Writes somebody into the register.
#[derive(InputObject)]
pub struct ExpertAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose register.
    organisation_id: Ref<OrganisationId>,
    /// Who: somebody in the role of an expert there.
    person_id: Ref<PersonId>,
    /// How they were trained.
    details: ExpertDetailsInput,
}

/// Puts right how somebody was trained.
#[derive(InputObject)]
pub struct ExpertCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whom.
    expert_profile_id: Ref<ExpertProfileId>,
    /// The version.
    version: i32,
    /// How they were trained: all of it, as it should be.
    details: ExpertDetailsInput,
}

/// Takes somebody out of the register.
#[derive(InputObject)]
pub struct ExpertRemoveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whom.
    expert_profile_id: Ref<ExpertProfileId>,
    /// The version.
    version: i32,
}

/// Gives, renews or puts right a consent to be listed.
#[derive(InputObject)]
pub struct ExpertConsentGiveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose.
    expert_profile_id: Ref<ExpertProfileId>,
    /// The version.
    version: i32,
    /// Its last day, three years from today at most.
    until: Date,
}

/// Ends a consent to be listed.
#[derive(InputObject)]
pub struct ExpertConsentEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose.
    expert_profile_id: Ref<ExpertProfileId>,
    /// The version.
    version: i32,
}

/// What can be done with the register of experts by experience.
#[derive(Default)]
pub struct ExpertMutation;

#[Object]
impl ExpertMutation {
    /// Writes somebody into the own organisation's register. That they are listed needs a consent of their own besides.
    async fn expert_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who.")] input: ExpertAddInput,
    ) -> Result<ExpertPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = domain::Add {
            organisation: input.organisation_id.or_unknown(),
            person: input.person_id.or_unknown(),
            details: input.details.into(),
        };
        ExpertPayload::of(c, domain::add(ctx, &key, add).await, ExpertProfile::load).await
    }

    /// Puts right how somebody was trained, and for what.
    async fn expert_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: ExpertCorrectInput,
    ) -> Result<ExpertPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            profile: input.expert_profile_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct(ctx, &key, correct).await;
        ExpertPayload::of(c, done, ExpertProfile::load).await
    }

    /// Takes somebody out of the register, as long as no assignment stands; a consent to be listed ends with it. Answers
    /// nothing but that it is done.
    async fn expert_remove(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom.")] input: ExpertRemoveInput,
    ) -> Result<ExpertPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = OnProfile {
            profile: input.expert_profile_id.or_unknown(),
            version: input.version,
        };
        ExpertPayload::of(c, domain::remove(ctx, &key, on).await, async |_, _, _| {
            Ok(None)
        })
        .await
    }

    /// Gives, renews or puts right a consent to be listed; it takes the place of the one before.
    async fn expert_consent_give(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose, until when.")] input: ExpertConsentGiveInput,
    ) -> Result<ExpertPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let consent = domain::GiveConsent {
            profile: input.expert_profile_id.or_unknown(),
            version: input.version,
            until: input.until.0,
        };
        let done = domain::give_consent(ctx, &key, consent).await;
        ExpertPayload::of(c, done, ExpertProfile::load).await
    }

    /// Ends a consent to be listed, from now on.
    async fn expert_consent_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose.")] input: ExpertConsentEndInput,
    ) -> Result<ExpertPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = OnProfile {
            profile: input.expert_profile_id.or_unknown(),
            version: input.version,
        };
        let done = domain::end_consent(ctx, &key, on).await;
        ExpertPayload::of(c, done, ExpertProfile::load).await
    }
}
