//! What those who keep a drop-in place do with its openings.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::drop_in_places as domain;
use rinnalla_domain::ids::{DropInPlaceId, OpeningId, OpeningRuleId, OpeningShiftId, PersonId};

use super::codes::ClosedReason;
use super::{Opening, OpeningShift};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, LocalTime, Ref};

payload!(OpeningPayload, opening: Opening, "What came of an act on an opening.");
payload!(OpeningShiftPayload, opening_shift: OpeningShift, "What came of an act on who is at an opening.");

/// Takes a rule's opening up.
#[derive(InputObject)]
pub struct OpeningTakeUpInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The rule.
    opening_rule_id: Ref<OpeningRuleId>,
    /// The day.
    on: Date,
}

/// Adds an opening that no rule makes.
#[derive(InputObject)]
pub struct OpeningAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// The day.
    on: Date,
    /// From when by Helsinki's clock.
    starts_at: LocalTime,
    /// Until when, on the same day, 23:00 at the latest.
    ends_at: LocalTime,
}

/// Says that an opening does not take place.
#[derive(InputObject)]
pub struct OpeningCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The opening.
    opening_id: Ref<OpeningId>,
    /// Its version.
    version: i32,
    /// Why.
    reason: ClosedReason,
}

/// Lets a cancelled opening take place after all.
#[derive(InputObject)]
pub struct OpeningReinstateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The opening.
    opening_id: Ref<OpeningId>,
    /// Its version.
    version: i32,
}

/// Says what is done at an opening: all of it, as it should be.
#[derive(InputObject)]
pub struct OpeningDescribeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The opening.
    opening_id: Ref<OpeningId>,
    /// Its version.
    version: i32,
    /// Codes of the list `PLACE_ACTIVITY`.
    #[graphql(default)]
    activities: Vec<String>,
    /// The participants' own ideas, at most 80 characters each. Everybody can read them: nothing on anybody.
    #[graphql(default)]
    ideas: Vec<String>,
    /// The area of osallisuus that it serves, 1 to 3; none where it is absent.
    area: Option<i32>,
}

/// Says that somebody is to be at an opening.
#[derive(InputObject)]
pub struct OpeningShiftAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The opening.
    opening_id: Ref<OpeningId>,
    /// Its version.
    version: i32,
    /// Who: somebody who is something at the place on the day.
    person_id: Ref<PersonId>,
}

/// Takes somebody off the list of an opening.
#[derive(InputObject)]
pub struct OpeningShiftRemoveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Who, at which opening.
    opening_shift_id: Ref<OpeningShiftId>,
    /// The opening's version.
    version: i32,
}

/// Says that somebody cannot come, and who comes instead.
#[derive(InputObject)]
pub struct OpeningShiftReplaceInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Who, at which opening.
    opening_shift_id: Ref<OpeningShiftId>,
    /// The opening's version.
    version: i32,
    /// Who comes instead, where somebody does.
    person_id: Option<Ref<PersonId>>,
}

/// Counts visits.
#[derive(InputObject)]
pub struct OpeningVisitsCountInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The opening.
    opening_id: Ref<OpeningId>,
    /// How many visits, 0 to 200.
    visits: i32,
    /// How many of them were somebody's first, where that was asked.
    #[graphql(default)]
    first_time_visits: i32,
    /// How often somebody was supported by themselves.
    #[graphql(default)]
    personal_supports: i32,
}

/// Takes visits back that were counted by mistake.
#[derive(InputObject)]
pub struct OpeningVisitsTakeBackInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The opening.
    opening_id: Ref<OpeningId>,
    /// How many visits, 0 to 200.
    visits: i32,
    /// How many of them were somebody's first, where that was asked.
    #[graphql(default)]
    first_time_visits: i32,
    /// How often somebody was supported by themselves.
    #[graphql(default)]
    personal_supports: i32,
}

/// What can be done with the openings of a drop-in place.
#[derive(Default)]
pub struct OpeningMutation;

#[Object]
impl OpeningMutation {
    /// Takes a rule's opening up, so that something can be recorded of it; one that is taken up already is answered as it is.
    async fn opening_take_up(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which rule, which day.")] input: OpeningTakeUpInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::TakeUp {
            rule: input.opening_rule_id.or_unknown(),
            on: input.on.0,
        };
        let done = domain::take_up(ctx, &key, told).await;
        OpeningPayload::of(c, done, Opening::load).await
    }

    /// Adds an opening that no rule makes; on a public holiday too.
    async fn opening_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "When.")] input: OpeningAddInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::AddOpening {
            place: input.drop_in_place_id.or_unknown(),
            on: input.on.0,
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.0,
        };
        let done = domain::add_opening(ctx, &key, told).await;
        OpeningPayload::of(c, done, Opening::load).await
    }

    /// Says that an opening does not take place.
    async fn opening_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: OpeningCancelInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::CancelOpening {
            opening: input.opening_id.or_unknown(),
            version: input.version,
            reason: input.reason.into(),
        };
        let done = domain::cancel_opening(ctx, &key, told).await;
        OpeningPayload::of(c, done, Opening::load).await
    }

    /// Lets a cancelled opening take place after all.
    async fn opening_reinstate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: OpeningReinstateInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::OnOpening {
            opening: input.opening_id.or_unknown(),
            version: input.version,
        };
        let done = domain::reinstate_opening(ctx, &key, told).await;
        OpeningPayload::of(c, done, Opening::load).await
    }

    /// Says what is done at an opening, which everybody may read, and which area of osallisuus it serves.
    async fn opening_describe(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: OpeningDescribeInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::DescribeOpening {
            opening: input.opening_id.or_unknown(),
            version: input.version,
            activities: input.activities,
            ideas: input.ideas,
            area: input.area,
        };
        let done = domain::describe_opening(ctx, &key, told).await;
        OpeningPayload::of(c, done, Opening::load).await
    }

    /// Says that somebody is to be at an opening.
    async fn opening_shift_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, where.")] input: OpeningShiftAddInput,
    ) -> Result<OpeningShiftPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::AddShift {
            opening: input.opening_id.or_unknown(),
            version: input.version,
            person: input.person_id.or_unknown(),
        };
        let done = domain::add_shift(ctx, &key, told).await;
        OpeningShiftPayload::of(c, done, OpeningShift::load).await
    }

    /// Takes somebody off the list of an opening.
    async fn opening_shift_remove(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who.")] input: OpeningShiftRemoveInput,
    ) -> Result<OpeningShiftPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::RemoveShift {
            shift: input.opening_shift_id.or_unknown(),
            version: input.version,
        };
        let done = domain::remove_shift(ctx, &key, told).await;
        OpeningShiftPayload::of(c, done, OpeningShift::load).await
    }

    /// Says that somebody cannot come, and who comes instead where somebody does, in one act. No reason is asked.
    async fn opening_shift_replace(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, and who instead.")] input: OpeningShiftReplaceInput,
    ) -> Result<OpeningShiftPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::ReplaceShift {
            shift: input.opening_shift_id.or_unknown(),
            version: input.version,
            person: input.person_id.map(Ref::or_unknown),
        };
        let done = domain::replace_shift(ctx, &key, told).await;
        OpeningShiftPayload::of(c, done, OpeningShift::load).await
    }

    /// Counts visits on the day of the opening or later: a tap is one, and nothing is known of whose.
    async fn opening_visits_count(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "How many.")] input: OpeningVisitsCountInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::Count {
            opening: input.opening_id.or_unknown(),
            visits: input.visits,
            first_time_visits: input.first_time_visits,
            personal_supports: input.personal_supports,
        };
        let done = domain::count(ctx, &key, told).await;
        OpeningPayload::of(c, done, Opening::load).await
    }

    /// Takes visits back that were counted by mistake.
    async fn opening_visits_take_back(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "How many.")] input: OpeningVisitsTakeBackInput,
    ) -> Result<OpeningPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::Count {
            opening: input.opening_id.or_unknown(),
            visits: input.visits,
            first_time_visits: input.first_time_visits,
            personal_supports: input.personal_supports,
        };
        let done = domain::take_back(ctx, &key, told).await;
        OpeningPayload::of(c, done, Opening::load).await
    }
}
