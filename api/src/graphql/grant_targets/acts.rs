//! Keeping grant targets, and saying which activities belong to them.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::grant_targets as domain;
use rinnalla_domain::ids::{
    CourseId, DropInPlaceId, GrantTargetId, InfluenceItemId, OrganisationId, PeerGroupId,
    ProgrammeId,
};

use super::{GrantKind, GrantTarget};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(GrantTargetPayload, grant_target: GrantTarget, "What came of an act on a grant target.");

/// What is told of a grant target: all of it, as it should be.
#[derive(InputObject)]
pub struct GrantTargetDetailsInput {
    /// Who gives the grant: a code of the list `FUNDER`.
    funder: String,
    /// The code under which the funder keeps it, at most 40 characters.
    code: String,
    /// Its name, at most 120 characters.
    name: String,
    /// What kind of grant it is.
    kind: GrantKind,
    /// The first day of its period.
    from: Date,
    /// The last day; open where none is said.
    to: Option<Date>,
    /// Whether talks that are counted one by one belong to it.
    #[graphql(default)]
    counts_encounters: bool,
}

impl From<GrantTargetDetailsInput> for domain::Details {
    fn from(told: GrantTargetDetailsInput) -> Self {
        Self {
            funder: told.funder,
            code: told.code,
            name: told.name,
            kind: told.kind.into(),
            from: told.from.0,
            to: told.to.map(|to| to.0),
            counts_encounters: told.counts_encounters,
        }
    }
}

/// Adds a grant target.
#[derive(InputObject)]
pub struct GrantTargetCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: GrantTargetDetailsInput,
}

/// Puts right what is told of a grant target.
#[derive(InputObject)]
pub struct GrantTargetCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The target.
    grant_target_id: Ref<GrantTargetId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: GrantTargetDetailsInput,
}

/// Says which activities belong to a grant target: all of them, as it should be.
#[derive(InputObject)]
pub struct GrantTargetTieInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The target.
    grant_target_id: Ref<GrantTargetId>,
    /// Its version.
    version: i32,
    /// Courses of the association.
    #[graphql(default)]
    course_ids: Vec<Ref<CourseId>>,
    /// Its drop-in places.
    #[graphql(default)]
    drop_in_place_ids: Vec<Ref<DropInPlaceId>>,
    /// Its peer groups.
    #[graphql(default)]
    peer_group_ids: Vec<Ref<PeerGroupId>>,
    /// Its programmes, with the support relationships in them.
    #[graphql(default)]
    programme_ids: Vec<Ref<ProgrammeId>>,
    /// Its work for influence.
    #[graphql(default)]
    influence_item_ids: Vec<Ref<InfluenceItemId>>,
}

/// Takes a grant target back that was added in error.
#[derive(InputObject)]
pub struct GrantTargetCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The target.
    grant_target_id: Ref<GrantTargetId>,
    /// Its version.
    version: i32,
}

/// What can be done with grant targets.
#[derive(Default)]
pub struct GrantTargetMutation;

#[Object]
impl GrantTargetMutation {
    /// Adds a grant target of the own association.
    async fn grant_target_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: GrantTargetCreateInput,
    ) -> Result<GrantTargetPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let create = domain::Create {
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
        };
        let done = domain::create(ctx, &key, create).await;
        GrantTargetPayload::of(c, done, GrantTarget::load).await
    }

    /// Puts right what is told of a grant target.
    async fn grant_target_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: GrantTargetCorrectInput,
    ) -> Result<GrantTargetPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            target: input.grant_target_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct(ctx, &key, correct).await;
        GrantTargetPayload::of(c, done, GrantTarget::load).await
    }

    /// Takes a grant target back that was added in error; it stays, cancelled. What belongs to it has to be untied first.
    async fn grant_target_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: GrantTargetCancelInput,
    ) -> Result<GrantTargetPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = domain::Cancel {
            target: input.grant_target_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel(ctx, &key, cancel).await;
        GrantTargetPayload::of(c, done, GrantTarget::load).await
    }

    /// Says which activities belong to a grant target: all of them, as it should be.
    async fn grant_target_tie(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: GrantTargetTieInput,
    ) -> Result<GrantTargetPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let tie = domain::Tie {
            target: input.grant_target_id.or_unknown(),
            version: input.version,
            activities: domain::Activities {
                courses: all(input.course_ids),
                places: all(input.drop_in_place_ids),
                groups: all(input.peer_group_ids),
                programmes: all(input.programme_ids),
                influence: all(input.influence_item_ids),
            },
        };
        let done = domain::tie(ctx, &key, tie).await;
        GrantTargetPayload::of(c, done, GrantTarget::load).await
    }
}

fn all<I: rinnalla_domain::ids::Id>(told: Vec<Ref<I>>) -> Vec<I> {
    told.into_iter().map(Ref::or_unknown).collect()
}
