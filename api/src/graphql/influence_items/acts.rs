//! Recording work for influence, and what comes of it.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{InfluenceItemId, OrganisationId};
use rinnalla_domain::influence_items as domain;

use super::{InfluenceItem, InfluenceKind, InfluenceOutcome};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(InfluenceItemPayload, influence_item: InfluenceItem, "What came of an act on work for influence.");

/// What is told of work for influence: all of it, as it should be.
#[derive(InputObject)]
pub struct InfluenceItemDetailsInput {
    /// What it was.
    kind: InfluenceKind,
    /// What it was about, at most 200 characters.
    title: String,
    /// The body that it was brought before, at most 120 characters.
    body: String,
    /// The day.
    on: Date,
    /// The section of the body's minutes, at most 40 characters.
    section: Option<String>,
    /// The number under which the body keeps it, at most 40 characters.
    register_number: Option<String>,
    /// How many of the own people took part.
    participants: Option<i32>,
    /// What came of it.
    outcome: InfluenceOutcome,
    /// The same in words, at most 400 characters.
    outcome_told: Option<String>,
    /// The area of osallisuus, 1 to 3.
    area: Option<i32>,
}

impl From<InfluenceItemDetailsInput> for domain::Details {
    fn from(told: InfluenceItemDetailsInput) -> Self {
        Self {
            kind: told.kind.into(),
            title: told.title,
            body: told.body,
            on: told.on.0,
            section: told.section,
            register_number: told.register_number,
            participants: told.participants,
            outcome: told.outcome.into(),
            outcome_told: told.outcome_told,
            area: told.area,
        }
    }
}

/// Records work for influence.
#[derive(InputObject)]
pub struct InfluenceItemRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: InfluenceItemDetailsInput,
}

/// Puts right what is told of work for influence.
#[derive(InputObject)]
pub struct InfluenceItemCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Which.
    influence_item_id: Ref<InfluenceItemId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: InfluenceItemDetailsInput,
}

/// Takes back what was recorded in error.
#[derive(InputObject)]
pub struct InfluenceItemCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Which.
    influence_item_id: Ref<InfluenceItemId>,
    /// Its version.
    version: i32,
}

/// What can be done with work for influence.
#[derive(Default)]
pub struct InfluenceItemMutation;

#[Object]
impl InfluenceItemMutation {
    /// Records work for influence of the own association.
    async fn influence_item_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: InfluenceItemRecordInput,
    ) -> Result<InfluenceItemPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let record = domain::Record {
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
        };
        let done = domain::record(ctx, &key, record).await;
        InfluenceItemPayload::of(c, done, InfluenceItem::load).await
    }

    /// Puts right what is told of work for influence, what came of it included.
    async fn influence_item_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: InfluenceItemCorrectInput,
    ) -> Result<InfluenceItemPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            item: input.influence_item_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct(ctx, &key, correct).await;
        InfluenceItemPayload::of(c, done, InfluenceItem::load).await
    }

    /// Takes back what was recorded in error; it stays, cancelled.
    async fn influence_item_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: InfluenceItemCancelInput,
    ) -> Result<InfluenceItemPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = domain::Cancel {
            item: input.influence_item_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel(ctx, &key, cancel).await;
        InfluenceItemPayload::of(c, done, InfluenceItem::load).await
    }
}
