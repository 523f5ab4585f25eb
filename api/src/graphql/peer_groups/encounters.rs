//! Talks that are counted one by one.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{EncounterId, OrganisationId};
use rinnalla_domain::page::Cursor;
use rinnalla_domain::peer_groups as domain;

use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::Look;
use crate::graphql::referrals::RehabilitationPhase;
use crate::graphql::scalars::{Date, Ref, id};
use crate::graphql::written::Written;

/// Talks of a day that are counted one by one, as a motivation talk before rehabilitation: nobody's name, no agreement and
/// no review (kohtaaminen).
#[derive(SimpleObject, Written, Clone)]
pub struct Encounter {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What kind of talk: a code of the list `ENCOUNTER_KIND`.
    kind: String,
    /// Before, during or after rehabilitation.
    phase: RehabilitationPhase,
    /// The day.
    on: Date,
    /// How many there were.
    talks: i16,
    /// Whether it was recorded in error.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Encounter,
}

impl From<domain::Encounter> for Encounter {
    fn from(row: domain::Encounter) -> Self {
        Self {
            id: id(row.id),
            kind: row.kind.clone(),
            phase: row.phase.into(),
            on: row.on_date.into(),
            talks: row.talks,
            is_cancelled: row.is_cancelled,
            version: row.version,
            row,
        }
    }
}

impl Encounter {
    /// One entry.
    pub async fn load(ctx: &Ctx, id: EncounterId, _: Look<'_>) -> DomainResult<Option<Self>> {
        Ok(domain::find_encounter(ctx, id).await?.map(Into::into))
    }

    pub(super) fn cursor(&self) -> Cursor {
        self.row.cursor()
    }
}

connection!(
    Encounter,
    EncounterConnection,
    EncounterEdge,
    "A page of talks."
);

payload!(EncounterPayload, encounter: Encounter, "What came of an act on talks that are counted.");

/// Counts talks of a day.
#[derive(InputObject)]
pub struct EncounterRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// What kind of talk: a code of the list `ENCOUNTER_KIND`.
    kind: String,
    /// Before, during or after rehabilitation.
    phase: RehabilitationPhase,
    /// The day.
    on: Date,
    /// How many there were, 1 to 100.
    #[graphql(default = 1)]
    talks: i32,
}

/// Takes talks back that were recorded in error.
#[derive(InputObject)]
pub struct EncounterCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The entry.
    encounter_id: Ref<EncounterId>,
    /// Its version.
    version: i32,
}

/// What can be done with talks that are counted.
#[derive(Default)]
pub struct EncounterMutation;

#[Object]
impl EncounterMutation {
    /// Counts talks of a day.
    async fn encounter_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: EncounterRecordInput,
    ) -> Result<EncounterPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let record = domain::RecordEncounter {
            organisation: input.organisation_id.or_unknown(),
            kind: input.kind,
            phase: input.phase.into(),
            on: input.on.0,
            talks: input.talks,
        };
        let done = domain::record_encounter(ctx, &key, record).await;
        EncounterPayload::of(c, done, Encounter::load).await
    }

    /// Takes talks back that were recorded in error; the entry stays, cancelled.
    async fn encounter_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: EncounterCancelInput,
    ) -> Result<EncounterPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = domain::CancelEncounter {
            encounter: input.encounter_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel_encounter(ctx, &key, cancel).await;
        EncounterPayload::of(c, done, Encounter::load).await
    }
}
