//! What is told of peer groups, and how many came to their meetings.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{
    DropInPlaceId, OrganisationId, PeerGroupId, PeerGroupMeetingId, PersonId,
};
use rinnalla_domain::peer_groups as domain;

use super::{PeerGroup, PeerGroupKind, PeerGroupMeeting};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(PeerGroupPayload, peer_group: PeerGroup, "What came of an act on a peer group.");
payload!(PeerGroupMeetingPayload, peer_group_meeting: PeerGroupMeeting, "What came of an act on a meeting of a peer group.");

/// What is told of a peer group: all of it, as it should be.
#[derive(InputObject)]
pub struct PeerGroupDetailsInput {
    /// Its name, at most 80 characters.
    name: String,
    /// Who guides it.
    kind: PeerGroupKind,
    /// Whom it is for: codes of the list `GROUP_AUDIENCE`, at least one.
    audiences: Vec<String>,
    /// Where it meets, at most 120 characters.
    place: Option<String>,
    /// The association's drop-in place where it meets.
    drop_in_place_id: Option<Ref<DropInPlaceId>>,
    /// The first day.
    from: Date,
    /// The last day; open where none is said.
    to: Option<Date>,
    /// Who leads it: people in a role of the association, at most ten. Whoever is left out leads it no longer.
    #[graphql(default)]
    leader_ids: Vec<Ref<PersonId>>,
}

impl From<PeerGroupDetailsInput> for domain::Details {
    fn from(told: PeerGroupDetailsInput) -> Self {
        Self {
            name: told.name,
            kind: told.kind.into(),
            audiences: told.audiences,
            place: told.place,
            drop_in_place: told.drop_in_place_id.map(Ref::or_unknown),
            from: told.from.0,
            to: told.to.map(|to| to.0),
            leaders: told.leader_ids.into_iter().map(Ref::or_unknown).collect(),
        }
    }
}

/// Adds a peer group.
#[derive(InputObject)]
pub struct PeerGroupCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: PeerGroupDetailsInput,
}

/// Puts right what is told of a peer group.
#[derive(InputObject)]
pub struct PeerGroupCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The group.
    peer_group_id: Ref<PeerGroupId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: PeerGroupDetailsInput,
}

/// Records how many came to a meeting.
#[derive(InputObject)]
pub struct PeerGroupMeetingRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The group.
    peer_group_id: Ref<PeerGroupId>,
    /// The day.
    on: Date,
    /// How long it was, 1 to 720 minutes.
    minutes: i32,
    /// How many came, 0 to 1000.
    heads: i32,
    /// How many of them for the first time, where it was asked.
    first_timers: Option<i32>,
}

/// Takes a meeting back that was recorded in error.
#[derive(InputObject)]
pub struct PeerGroupMeetingCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The meeting.
    peer_group_meeting_id: Ref<PeerGroupMeetingId>,
    /// Its version.
    version: i32,
}

/// Takes a peer group back that was added in error.
#[derive(InputObject)]
pub struct PeerGroupCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The group.
    peer_group_id: Ref<PeerGroupId>,
    /// Its version.
    version: i32,
}

/// What can be done with peer groups.
#[derive(Default)]
pub struct PeerGroupMutation;

#[Object]
impl PeerGroupMutation {
    /// Adds a peer group of the own association.
    async fn peer_group_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: PeerGroupCreateInput,
    ) -> Result<PeerGroupPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let create = domain::Create {
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
        };
        let done = domain::create(ctx, &key, create).await;
        PeerGroupPayload::of(c, done, PeerGroup::load).await
    }

    /// Puts right what is told of a peer group, who leads it included.
    async fn peer_group_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: PeerGroupCorrectInput,
    ) -> Result<PeerGroupPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            group: input.peer_group_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct(ctx, &key, correct).await;
        PeerGroupPayload::of(c, done, PeerGroup::load).await
    }

    /// Takes a peer group back that was added in error; it stays, cancelled. What is recorded in it has to be taken back first.
    async fn peer_group_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: PeerGroupCancelInput,
    ) -> Result<PeerGroupPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = domain::Cancel {
            group: input.peer_group_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel(ctx, &key, cancel).await;
        PeerGroupPayload::of(c, done, PeerGroup::load).await
    }

    /// Records how many came to a meeting of a group of the own association, or of one that one leads.
    async fn peer_group_meeting_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: PeerGroupMeetingRecordInput,
    ) -> Result<PeerGroupMeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let record = domain::RecordMeeting {
            group: input.peer_group_id.or_unknown(),
            on: input.on.0,
            minutes: input.minutes,
            heads: input.heads,
            first_timers: input.first_timers,
        };
        let done = domain::record_meeting(ctx, &key, record).await;
        PeerGroupMeetingPayload::of(c, done, PeerGroupMeeting::load).await
    }

    /// Takes a meeting back that was recorded in error; it stays, cancelled.
    async fn peer_group_meeting_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: PeerGroupMeetingCancelInput,
    ) -> Result<PeerGroupMeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = domain::CancelMeeting {
            meeting: input.peer_group_meeting_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel_meeting(ctx, &key, cancel).await;
        PeerGroupMeetingPayload::of(c, done, PeerGroupMeeting::load).await
    }
}
