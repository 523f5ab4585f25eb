//! What drop-in places cost and who paid, and how word of them reached their visitors.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::drop_in_places::{self as domain, AddCost, CancelCost, CountSource};
use rinnalla_domain::ids::{DropInPlaceId, OpeningId, PlaceCostId};
use rinnalla_domain::states;

use super::DropInPlace;
use super::acts::DropInPlacePayload;
use super::opening_acts::OpeningPayload;
use super::openings::Opening;
use crate::graphql::costs::{CostShare, CostShareInput};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref, id};
use crate::graphql::written::Written;

/// What the money of a drop-in place went to (paikan kulun laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::PlaceCostKind")]
pub enum PlaceCostKind {
    /// The rooms.
    Space,
    /// A wage, or a part of one.
    Wages,
    /// Materials.
    Material,
    /// Something that was done together.
    Activity,
    /// Something else.
    Other,
}

/// A line of what a drop-in place cost (kohtaamispaikan kulu).
#[derive(SimpleObject, Written, Clone)]
pub struct PlaceCost {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What the money went to.
    kind: PlaceCostKind,
    /// The day of it, or the first day of what it was for.
    on: Date,
    /// How much it was, in cents.
    cents: i32,
    /// Who paid how much of it.
    shares: Vec<CostShare>,
}

impl From<domain::Cost> for PlaceCost {
    fn from(row: domain::Cost) -> Self {
        Self {
            id: id(row.id),
            kind: row.kind.into(),
            on: row.on.into(),
            cents: row.cents,
            shares: row.shares.into_iter().map(CostShare::from).collect(),
        }
    }
}

/// Adds a line to what a drop-in place cost.
#[derive(InputObject)]
pub struct PlaceCostAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// Its version.
    version: i32,
    /// What the money went to.
    kind: PlaceCostKind,
    /// The day of it, or the first day of what it was for.
    on: Date,
    /// How much it was, in cents: up to a million euros.
    cents: i32,
    /// Who paid how much: all of it, 1 to 8 shares.
    shares: Vec<CostShareInput>,
}

/// Takes back a line that was wrong.
#[derive(InputObject)]
pub struct PlaceCostCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// Its version.
    version: i32,
    /// The line.
    place_cost_id: Ref<PlaceCostId>,
}

/// Counts how word of a drop-in place reached visitors.
#[derive(InputObject)]
pub struct OpeningSourceCountInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The opening at which they told.
    opening_id: Ref<OpeningId>,
    /// How: a code of the list `INFORMATION_SOURCE`.
    information_source: String,
    /// How many told so; fewer than none takes back what was counted by mistake.
    #[graphql(default = 1)]
    visitors: i32,
}

/// What can be done with what drop-in places cost, and with how word of them spread.
#[derive(Default)]
pub struct PlaceCostMutation;

#[Object]
impl PlaceCostMutation {
    /// Adds a line to what a drop-in place cost, with who paid for it.
    async fn place_cost_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The line.")] input: PlaceCostAddInput,
    ) -> Result<DropInPlacePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = AddCost {
            place: input.drop_in_place_id.or_unknown(),
            version: input.version,
            kind: input.kind.into(),
            on: input.on.0,
            cents: input.cents,
            shares: input.shares.into_iter().map(Into::into).collect(),
        };
        let done = domain::add_cost(ctx, &key, add).await;
        DropInPlacePayload::of(c, done, DropInPlace::load).await
    }

    /// Takes back a line that was wrong; it stays in the register, cancelled.
    async fn place_cost_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The line.")] input: PlaceCostCancelInput,
    ) -> Result<DropInPlacePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = CancelCost {
            place: input.drop_in_place_id.or_unknown(),
            version: input.version,
            cost: input.place_cost_id.or_unknown(),
        };
        let done = domain::cancel_cost(ctx, &key, cancel).await;
        DropInPlacePayload::of(c, done, DropInPlace::load).await
    }

    /// Counts how word of a drop-in place reached visitors of an opening: by code, and nobody is written down.
    async fn opening_source_count(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: OpeningSourceCountInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let count = CountSource {
            opening: input.opening_id.or_unknown(),
            source: input.information_source,
            visitors: input.visitors,
        };
        let done = domain::count_source(ctx, &key, count).await;
        OpeningPayload::of(c, done, Opening::load).await
    }
}
