//! What coordinators do with drop-in places, and who keeps them closes.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::drop_in_places as domain;
use rinnalla_domain::ids::{
    ClosedDayId, DropInPlaceId, OpeningRuleId, OrganisationId, PersonId, PlaceRoleTermId,
};

use super::codes::{ClosedReason, PlaceRole};
use super::{ClosedDay, DropInPlace, OpeningRule, PlaceRoleTerm};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, LocalTime, Ref};
use crate::graphql::support_persons::Weekday;

payload!(DropInPlacePayload, drop_in_place: DropInPlace, "What came of an act on a drop-in place.");
payload!(PlaceRoleTermPayload, place_role_term: PlaceRoleTerm, "What came of an act on who is at a drop-in place.");
payload!(OpeningRulePayload, opening_rule: OpeningRule, "What came of an act on a rule of opening.");
payload!(ClosedDayPayload, closed_day: ClosedDay, "What came of an act on closed days.");

/// What is told of a drop-in place: all of it, as it should be.
#[derive(InputObject)]
pub struct DropInPlaceDetailsInput {
    /// Its name, at most 80 characters.
    name: String,
    /// The word by which its public calendar is found: 3 to 40 small letters, digits and hyphens.
    slug: String,
    /// Where it is, as people read it, at most 120 characters.
    address: String,
    /// The official code of its county.
    county_code: String,
    /// The official code of its municipality.
    municipality_code: Option<String>,
    /// Whether everybody may read its calendar.
    is_public: bool,
    /// Whether everybody may send it wishes, by the form of its public page; nobody does where its calendar is not public.
    #[graphql(default)]
    takes_wishes: bool,
    /// How long a day must be open to count, 30 to 720 minutes.
    #[graphql(default = 180)]
    least_minutes: i32,
    /// On how many days of a week it is to be open, 1 to 7.
    #[graphql(default = 4)]
    model_days: i32,
    /// How many paid guides it is to have, 0 to 20.
    #[graphql(default = 2)]
    model_guides: i32,
    /// Organisations that it works with.
    #[graphql(default)]
    partner_ids: Vec<Ref<OrganisationId>>,
}

impl From<DropInPlaceDetailsInput> for domain::Details {
    fn from(told: DropInPlaceDetailsInput) -> Self {
        Self {
            name: told.name,
            slug: told.slug,
            address: told.address,
            county_code: told.county_code,
            municipality_code: told.municipality_code,
            is_public: told.is_public,
            takes_wishes: told.takes_wishes,
            least_minutes: told.least_minutes,
            model_days: told.model_days,
            model_guides: told.model_guides,
            partners: told.partner_ids.into_iter().map(Ref::or_unknown).collect(),
        }
    }
}

/// Adds a drop-in place.
#[derive(InputObject)]
pub struct DropInPlaceCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association that keeps it.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: DropInPlaceDetailsInput,
}

/// Puts right what is told of a drop-in place.
#[derive(InputObject)]
pub struct DropInPlaceCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: DropInPlaceDetailsInput,
}

/// Says that somebody is something at a drop-in place.
#[derive(InputObject)]
pub struct PlaceRoleTermAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// Who: somebody in a role of the association; as a paid guide, one of its paid guides.
    person_id: Ref<PersonId>,
    /// As what.
    role: PlaceRole,
    /// The first day.
    from: Date,
    /// The last day; open where none is said.
    to: Option<Date>,
}

/// Ends what somebody is at a drop-in place.
#[derive(InputObject)]
pub struct PlaceRoleTermEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The term.
    place_role_term_id: Ref<PlaceRoleTermId>,
    /// Its version.
    version: i32,
    /// The last day; the day before its first takes the whole term back.
    last_on: Date,
}

/// Lets a drop-in place open by itself on some days.
#[derive(InputObject)]
pub struct OpeningRuleAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// On which weekdays.
    weekdays: Vec<Weekday>,
    /// In every so many weeks, 1 to 8; the first of them is that of the first day.
    #[graphql(default = 1)]
    every_weeks: i32,
    /// From when by Helsinki's clock.
    starts_at: LocalTime,
    /// Until when, on the same day, 23:00 at the latest.
    ends_at: LocalTime,
    /// From which day on.
    from: Date,
    /// The last day; open where none is said.
    to: Option<Date>,
    /// Whether on public holidays, and on the eves of Midsummer and Christmas, too.
    #[graphql(default)]
    opens_on_holidays: bool,
}

/// Ends a rule of opening.
#[derive(InputObject)]
pub struct OpeningRuleEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The rule.
    opening_rule_id: Ref<OpeningRuleId>,
    /// Its version.
    version: i32,
    /// The last day; the day before its first takes the whole rule back.
    last_on: Date,
}

/// Closes a drop-in place on some days.
#[derive(InputObject)]
pub struct ClosedDayAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// The first day.
    from: Date,
    /// The last day, at most a hundred days later.
    to: Date,
    /// Why.
    reason: ClosedReason,
}

/// Opens a drop-in place again on days that were closed.
#[derive(InputObject)]
pub struct ClosedDayCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The days.
    closed_day_id: Ref<ClosedDayId>,
    /// Their version.
    version: i32,
}

/// What can be done with drop-in places.
#[derive(Default)]
pub struct DropInPlaceMutation;

#[Object]
impl DropInPlaceMutation {
    /// Adds a drop-in place of the own association.
    async fn drop_in_place_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The place.")] input: DropInPlaceCreateInput,
    ) -> Result<DropInPlacePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::Create {
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
        };
        let done = domain::create(ctx, &key, told).await;
        DropInPlacePayload::of(c, done, DropInPlace::load).await
    }

    /// Puts right what is told of a drop-in place.
    async fn drop_in_place_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: DropInPlaceCorrectInput,
    ) -> Result<DropInPlacePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::Correct {
            place: input.drop_in_place_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct(ctx, &key, told).await;
        DropInPlacePayload::of(c, done, DropInPlace::load).await
    }

    /// Says that somebody is a paid guide, a volunteer, in a work try-out or a peer guide at a drop-in place.
    async fn place_role_term_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, as what, from when to when.")] input: PlaceRoleTermAddInput,
    ) -> Result<PlaceRoleTermPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::AddTerm {
            place: input.drop_in_place_id.or_unknown(),
            person: input.person_id.or_unknown(),
            role: input.role.into(),
            from: input.from.0,
            to: input.to.map(|to| to.0),
        };
        let done = domain::add_term(ctx, &key, told).await;
        PlaceRoleTermPayload::of(c, done, PlaceRoleTerm::load).await
    }

    /// Ends what somebody is at a drop-in place, or takes it back.
    async fn place_role_term_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and the last day.")] input: PlaceRoleTermEndInput,
    ) -> Result<PlaceRoleTermPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::EndTerm {
            term: input.place_role_term_id.or_unknown(),
            version: input.version,
            last_on: input.last_on.0,
        };
        let done = domain::end_term(ctx, &key, told).await;
        PlaceRoleTermPayload::of(c, done, PlaceRoleTerm::load).await
    }

    /// Lets a drop-in place open by itself on some weekdays. A rule is never changed: it ends, and another begins.
    async fn opening_rule_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "When.")] input: OpeningRuleAddInput,
    ) -> Result<OpeningRulePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::AddRule {
            place: input.drop_in_place_id.or_unknown(),
            weekdays: input.weekdays.into_iter().map(Into::into).collect(),
            every_weeks: input.every_weeks,
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.0,
            from: input.from.0,
            to: input.to.map(|to| to.0),
            opens_on_holidays: input.opens_on_holidays,
        };
        let done = domain::add_rule(ctx, &key, told).await;
        OpeningRulePayload::of(c, done, OpeningRule::load).await
    }

    /// Ends a rule of opening, or takes it back; not before a day of which something is recorded.
    async fn opening_rule_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and the last day.")] input: OpeningRuleEndInput,
    ) -> Result<OpeningRulePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::EndRule {
            rule: input.opening_rule_id.or_unknown(),
            version: input.version,
            last_on: input.last_on.0,
        };
        let done = domain::end_rule(ctx, &key, told).await;
        OpeningRulePayload::of(c, done, OpeningRule::load).await
    }

    /// Closes a drop-in place on some days, whatever its rules say.
    async fn closed_day_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "When, and why.")] input: ClosedDayAddInput,
    ) -> Result<ClosedDayPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::AddClosedDays {
            place: input.drop_in_place_id.or_unknown(),
            from: input.from.0,
            to: input.to.0,
            reason: input.reason.into(),
        };
        let done = domain::add_closed(ctx, &key, told).await;
        ClosedDayPayload::of(c, done, ClosedDay::load).await
    }

    /// Opens a drop-in place again on days that were closed.
    async fn closed_day_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: ClosedDayCancelInput,
    ) -> Result<ClosedDayPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::CancelClosedDays {
            closed: input.closed_day_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel_closed(ctx, &key, told).await;
        ClosedDayPayload::of(c, done, ClosedDay::load).await
    }
}
