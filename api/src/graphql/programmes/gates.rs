//! Further gates: what an association asks for besides the three.

use std::collections::HashMap;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{GateId, OrganisationId};
use rinnalla_domain::programmes as domain;

use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::Look;
use crate::graphql::scalars::{Ref, id};
use crate::graphql::written::Written;

/// Something that an association asks for besides the three gates, attested by a coordinator (lisäedellytys).
#[derive(SimpleObject, Written, Clone)]
pub struct Gate {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What it is called in the reader's language.
    name: String,
    /// The Finnish name.
    name_fi: String,
    /// The Swedish name.
    name_sv: String,
    /// The English name.
    name_en: String,
    /// Whether programmes may still ask for it.
    is_active: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
}

impl Gate {
    fn of(row: domain::Gate, ctx: &Ctx) -> Self {
        Self {
            id: id(row.id),
            name: row.names.read_in(ctx.language).to_owned(),
            name_fi: row.names.name_fi,
            name_sv: row.names.name_sv,
            name_en: row.names.name_en,
            is_active: row.is_active,
            version: row.version,
        }
    }

    /// One gate.
    pub async fn load(ctx: &Ctx, id: GateId, _: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_gate(ctx, id).await?;
        Ok(found.map(|row| Self::of(row, ctx)))
    }

    /// Those among `ids` that may be seen.
    pub async fn for_ids(ctx: &Ctx, ids: &[GateId]) -> DomainResult<HashMap<GateId, Self>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let found = domain::gates_for_ids(ctx, ids).await?.into_iter();
        Ok(found.map(|(id, row)| (id, Self::of(row, ctx))).collect())
    }

    /// The further gates of organisations.
    pub async fn for_organisations(
        ctx: &Ctx,
        of: &[OrganisationId],
    ) -> DomainResult<HashMap<OrganisationId, Vec<Self>>> {
        let found = domain::gates_for(ctx, of).await?.into_iter();
        let read = |rows: Vec<domain::Gate>| rows.into_iter().map(|row| Self::of(row, ctx));
        Ok(found.map(|(of, rows)| (of, read(rows).collect())).collect())
    }
}

payload!(GatePayload, gate: Gate, "What came of an act on a further gate.");

/// Adds a further gate to the association's own.
#[derive(InputObject)]
pub struct GateAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// The Finnish name, at most 80 characters.
    name_fi: String,
    /// The Swedish name, at most 80 characters.
    name_sv: String,
    /// The English name, at most 80 characters.
    name_en: String,
}

/// Puts right what a further gate is called, or takes it out of use.
#[derive(InputObject)]
pub struct GateCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The gate.
    gate_id: Ref<GateId>,
    /// Its version.
    version: i32,
    /// The Finnish name, at most 80 characters.
    name_fi: String,
    /// The Swedish name, at most 80 characters.
    name_sv: String,
    /// The English name, at most 80 characters.
    name_en: String,
    /// Whether programmes may still ask for it.
    is_active: bool,
}

/// What can be done with further gates.
#[derive(Default)]
pub struct GateMutation;

#[Object]
impl GateMutation {
    /// Adds a further gate to the association's own.
    async fn gate_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The gate.")] input: GateAddInput,
    ) -> Result<GatePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = domain::GateAdd {
            organisation: input.organisation_id.or_unknown(),
            names: domain::Names {
                name_fi: input.name_fi,
                name_sv: input.name_sv,
                name_en: input.name_en,
            },
        };
        GatePayload::of(c, domain::add_gate(ctx, &key, add).await, Gate::load).await
    }

    /// Puts right what a further gate is called, or takes it out of use: what was attested stays, and programmes that
    /// ask for it go on doing so.
    async fn gate_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: GateCorrectInput,
    ) -> Result<GatePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::GateCorrect {
            id: input.gate_id.or_unknown(),
            version: input.version,
            names: domain::Names {
                name_fi: input.name_fi,
                name_sv: input.name_sv,
                name_en: input.name_en,
            },
            is_active: input.is_active,
        };
        GatePayload::of(
            c,
            domain::correct_gate(ctx, &key, correct).await,
            Gate::load,
        )
        .await
    }
}
