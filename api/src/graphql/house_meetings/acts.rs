//! Planning house meetings, and recording what they decided.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::house_meetings as domain;
use rinnalla_domain::ids::{DropInPlaceId, HouseMeetingId, WishId};

use super::HouseMeeting;
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};
use crate::graphql::wishes::WishStatus;

payload!(HouseMeetingPayload, house_meeting: HouseMeeting, "What came of an act on a house meeting.");

/// Plans a house meeting.
#[derive(InputObject)]
pub struct HouseMeetingPlanInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// The day.
    on: Date,
    /// Wishes to the place to talk over; they come first on the agenda.
    #[graphql(default)]
    wish_ids: Vec<Ref<WishId>>,
    /// Other matters, at most 200 characters each; thirty with the wishes.
    #[graphql(default)]
    topics: Vec<String>,
}

/// Changes a house meeting: all of its day and agenda, as they should be.
#[derive(InputObject)]
pub struct HouseMeetingChangeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The meeting.
    house_meeting_id: Ref<HouseMeetingId>,
    /// Its version.
    version: i32,
    /// The day.
    on: Date,
    /// Wishes to the place to talk over; they come first on the agenda.
    #[graphql(default)]
    wish_ids: Vec<Ref<WishId>>,
    /// Other matters, at most 200 characters each; thirty with the wishes.
    #[graphql(default)]
    topics: Vec<String>,
}

/// Calls a house meeting off.
#[derive(InputObject)]
pub struct HouseMeetingCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The meeting.
    house_meeting_id: Ref<HouseMeetingId>,
    /// Its version.
    version: i32,
}

/// What was decided in one matter.
#[derive(InputObject)]
pub struct HouseMeetingDecisionInput {
    /// Which matter of the agenda, from 1 on.
    no: i32,
    /// What was decided, at most 500 characters.
    decision: String,
    /// How the wish stands now, where the matter is one; talked over where nothing is said.
    wish_status: Option<WishStatus>,
    /// Whether the decision is what everybody is answered to the wish.
    #[graphql(default)]
    answers_wish: bool,
}

/// Records a house meeting that was held, or puts right what was recorded.
#[derive(InputObject)]
pub struct HouseMeetingRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The meeting.
    house_meeting_id: Ref<HouseMeetingId>,
    /// Its version.
    version: i32,
    /// How many came, 0 to 1000.
    heads: i32,
    /// What was decided: all of it; matters that are left out were talked over without a decision.
    decisions: Vec<HouseMeetingDecisionInput>,
}

/// What can be done with house meetings.
#[derive(Default)]
pub struct HouseMeetingMutation;

#[Object]
impl HouseMeetingMutation {
    /// Plans a house meeting with its agenda.
    async fn house_meeting_plan(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: HouseMeetingPlanInput,
    ) -> Result<HouseMeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let plan = domain::Plan {
            place: input.drop_in_place_id.or_unknown(),
            on: input.on.0,
            wishes: input.wish_ids.into_iter().map(Ref::or_unknown).collect(),
            topics: input.topics,
        };
        let done = domain::plan(ctx, &key, plan).await;
        HouseMeetingPayload::of(c, done, HouseMeeting::load).await
    }

    /// Changes the day and the agenda of a house meeting. What was recorded of it is taken back, to be recorded anew.
    async fn house_meeting_change(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: HouseMeetingChangeInput,
    ) -> Result<HouseMeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let change = domain::Change {
            meeting: input.house_meeting_id.or_unknown(),
            version: input.version,
            on: input.on.0,
            wishes: input.wish_ids.into_iter().map(Ref::or_unknown).collect(),
            topics: input.topics,
        };
        let done = domain::change(ctx, &key, change).await;
        HouseMeetingPayload::of(c, done, HouseMeeting::load).await
    }

    /// Calls a house meeting off that was not held.
    async fn house_meeting_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: HouseMeetingCancelInput,
    ) -> Result<HouseMeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = domain::Cancel {
            meeting: input.house_meeting_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel(ctx, &key, cancel).await;
        HouseMeetingPayload::of(c, done, HouseMeeting::load).await
    }

    /// Records what a house meeting decided, or puts right what was recorded. Each wish on the agenda counts as talked over.
    async fn house_meeting_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: HouseMeetingRecordInput,
    ) -> Result<HouseMeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let decision = |told: HouseMeetingDecisionInput| domain::Decision {
            no: told.no,
            decision: told.decision,
            wish_status: told.wish_status.map(Into::into),
            answers_wish: told.answers_wish,
        };
        let record = domain::Record {
            meeting: input.house_meeting_id.or_unknown(),
            version: input.version,
            heads: input.heads,
            decisions: input.decisions.into_iter().map(decision).collect(),
        };
        let done = domain::record(ctx, &key, record).await;
        HouseMeetingPayload::of(c, done, HouseMeeting::load).await
    }
}
