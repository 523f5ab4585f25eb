//! Defining programmes, and what they ask for.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{GateId, OrganisationId, ProgrammeId};
use rinnalla_domain::{programmes as domain, support_persons};

use super::Programme;
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(ProgrammePayload, programme: Programme, "What came of an act on a programme.");

/// What is told of a programme (ohjelman tiedot).
#[derive(InputObject)]
pub struct ProgrammeDetailsInput {
    /// The Finnish name, at most 80 characters.
    name_fi: String,
    /// The Swedish name, at most 80 characters.
    name_sv: String,
    /// The English name, at most 80 characters.
    name_en: String,
    /// The first day on which somebody may join it; today where it is not said.
    valid_from: Option<Date>,
    /// The last such day; open where it is absent.
    valid_to: Option<Date>,
    /// Codes of the target groups that it is for.
    #[graphql(default)]
    target_groups: Vec<String>,
    /// Codes of the forms in which it supports people.
    #[graphql(default)]
    forms: Vec<String>,
    /// Codes of the languages in which it does, as `fi`.
    #[graphql(default)]
    languages: Vec<String>,
}

impl From<ProgrammeDetailsInput> for domain::Details {
    fn from(input: ProgrammeDetailsInput) -> Self {
        Self {
            names: domain::Names {
                name_fi: input.name_fi,
                name_sv: input.name_sv,
                name_en: input.name_en,
            },
            valid_from: input.valid_from.map(|date| date.0),
            valid_to: input.valid_to.map(|date| date.0),
            target_groups: input.target_groups,
            forms: input.forms,
            languages: input.languages,
        }
    }
}

/// What a programme is to ask for (ohjelman edellytykset).
#[derive(InputObject)]
pub struct ProgrammeRequirementsInput {
    /// The one-year criterion.
    asks_criterion: bool,
    /// How many training weekends, 0 to 20; no training where it is 0.
    training_weekends: i32,
    /// Whether a training completed earlier or elsewhere stands for the weekends.
    accepts_earlier_training: bool,
    /// Whether experts by experience are taken: their own completed training stands for the weekends.
    #[graphql(default)]
    takes_experts: bool,
    /// The confidentiality undertaking.
    asks_confidentiality: bool,
    /// Gates of the association's own that are in use.
    #[graphql(default)]
    gate_ids: Vec<Ref<GateId>>,
}

impl From<ProgrammeRequirementsInput> for domain::RequirementsInput {
    fn from(input: ProgrammeRequirementsInput) -> Self {
        let gates = input.gate_ids.into_iter().map(Ref::or_unknown);
        Self {
            asks_criterion: input.asks_criterion,
            training_weekends: input.training_weekends,
            accepts_earlier_training: input.accepts_earlier_training,
            takes_experts: input.takes_experts,
            asks_confidentiality: input.asks_confidentiality,
            gates: gates.collect(),
        }
    }
}

/// Defines a programme.
#[derive(InputObject)]
pub struct ProgrammeCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: ProgrammeDetailsInput,
    /// What it asks for, from its first day on.
    requirements: ProgrammeRequirementsInput,
}

/// Puts right what is told of a programme.
#[derive(InputObject)]
pub struct ProgrammeCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The programme.
    programme_id: Ref<ProgrammeId>,
    /// Its version.
    version: i32,
    /// Everything as it should be.
    details: ProgrammeDetailsInput,
}

/// Says what a programme asks for from a day on.
#[derive(InputObject)]
pub struct ProgrammeChangeRequirementsInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The programme.
    programme_id: Ref<ProgrammeId>,
    /// Its version.
    version: i32,
    /// From which day on, today or earlier; today where it is not said.
    from: Option<Date>,
    /// What it asks for.
    requirements: ProgrammeRequirementsInput,
}

/// What can be done with programmes.
#[derive(Default)]
pub struct ProgrammeMutation;

#[Object]
impl ProgrammeMutation {
    /// Defines a programme of the own association.
    async fn programme_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The programme.")] input: ProgrammeCreateInput,
    ) -> Result<ProgrammePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let create = domain::Create {
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
            requirements: input.requirements.into(),
        };
        ProgrammePayload::of(c, domain::create(ctx, &key, create).await, Programme::load).await
    }

    /// Puts right what is told of a programme. Whoever is in it stays, also when it takes nobody in any more.
    async fn programme_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: ProgrammeCorrectInput,
    ) -> Result<ProgrammePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            id: input.programme_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        ProgrammePayload::of(
            c,
            domain::correct(ctx, &key, correct).await,
            Programme::load,
        )
        .await
    }

    /// Says what a programme asks for from a day on, and works out anew how everybody in it stands: whoever lacks
    /// something is active no longer from that day. What is to hold from a later day is a programme of its own that
    /// begins then.
    async fn programme_change_requirements(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What, from when on.")] input: ProgrammeChangeRequirementsInput,
    ) -> Result<ProgrammePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let change = support_persons::ChangeRequirements {
            programme: input.programme_id.or_unknown(),
            version: input.version,
            from: input.from.map(|date| date.0),
            requirements: input.requirements.into(),
        };
        let done = support_persons::change_requirements(ctx, &key, change).await;
        ProgrammePayload::of(c, done, Programme::load).await
    }
}
