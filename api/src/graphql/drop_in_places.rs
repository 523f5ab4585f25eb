//! Drop-in places: when they are open, who is there, how many come; and what everybody may read of them.

mod acts;
mod calendar;
mod codes;
mod costs;
mod opening_acts;
mod openings;
mod public;
mod terms;
mod weeks;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::drop_in_places as domain;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{ClosedDayId, DropInPlaceId, OpeningRuleId};

pub use self::acts::DropInPlaceMutation;
use self::calendar::PlaceCalendarEntry;
use self::codes::ClosedReason;
use self::costs::PlaceCost;
pub use self::costs::PlaceCostMutation;
pub use self::opening_acts::OpeningMutation;
pub use self::openings::{Opening, OpeningShift};
use self::public::PublicPlace;
pub use self::terms::PlaceRoleTerm;
use self::weeks::PlaceWeek;
use super::organisations::Organisation;
use super::payload::{answer, ctx, for_client};
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled, unless_forbidden};
use super::scalars::{Date, LocalTime, Ref, id};
use super::written::{Answer, Written, written};

/// An open place that anybody may visit without registering (kohtaamispaikka).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct DropInPlace {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Its name.
    name: String,
    /// The word by which its public calendar is found.
    slug: String,
    /// Where it is, as people read it.
    address: String,
    /// The official code of its county.
    county_code: String,
    /// The official code of its municipality.
    municipality_code: Option<String>,
    /// Whether everybody may read its calendar.
    is_public: bool,
    /// Whether everybody may send it wishes.
    takes_wishes: bool,
    /// How long a day must be open to count, in minutes.
    least_minutes: i16,
    /// On how many days of a week it is to be open.
    model_days: i16,
    /// How many paid guides it is to have.
    model_guides: i16,
    /// How many paid guides it has today.
    guides_today: i64,
    /// Whether it has fewer paid guides than it should have.
    has_too_few_guides: bool,
    /// Grows with every change of what is told of it; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::DropInPlace,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    partners: Option<Vec<Arc<Organisation>>>,
    #[graphql(skip)]
    rules: Option<Vec<OpeningRule>>,
    #[graphql(skip)]
    closed_days: Option<Vec<ClosedDay>>,
    #[graphql(skip)]
    role_terms: Option<Vec<PlaceRoleTerm>>,
    #[graphql(skip)]
    costs: Option<Vec<PlaceCost>>,
}

/// An open place that anybody may visit without registering (kohtaamispaikka).
#[written]
#[ComplexObject]
impl DropInPlace {
    /// The association that keeps it.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// Organisations that it works with, as far as they are one's own to know of.
    async fn partners(&self) -> Result<&[Arc<Organisation>]> {
        Ok(filled(&self.partners)?)
    }

    /// On which days it opens by itself: the rules that have not ended yet.
    async fn rules(&self) -> Result<&[OpeningRule]> {
        Ok(filled(&self.rules)?)
    }

    /// The days on which it is closed, from today on.
    async fn closed_days(&self) -> Result<&[ClosedDay]> {
        Ok(filled(&self.closed_days)?)
    }

    /// What it cost and who paid, the latest first, for the coordinators of its association; cancelled lines are left out.
    async fn costs(&self) -> Result<&[PlaceCost]> {
        Ok(filled(&self.costs)?)
    }

    /// Who is, was or will be there in which role.
    async fn role_terms(&self) -> Result<&[PlaceRoleTerm]> {
        Ok(filled(&self.role_terms)?)
    }
}

/// On which days, and from when to when, a drop-in place opens by itself (aukiolosääntö).
#[derive(SimpleObject, Written, Clone)]
pub struct OpeningRule {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The days, as a recurrence rule of RFC 5545: `FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=MO,WE`.
    recurrence: String,
    /// From when by Helsinki's clock, which it keeps when clocks are changed.
    starts_at: LocalTime,
    /// Until when.
    ends_at: LocalTime,
    /// The first day; from here its weeks are counted.
    from: Date,
    /// The last day; absent where none is said.
    to: Option<Date>,
    /// Whether it opens on public holidays, and on the eves of Midsummer and Christmas, too.
    opens_on_holidays: bool,
    /// Whether it was taken back.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
}

impl From<domain::OpeningRule> for OpeningRule {
    fn from(row: domain::OpeningRule) -> Self {
        Self {
            id: id(row.id),
            recurrence: row.recurrence,
            starts_at: LocalTime(domain::rules::clock(row.starts_at)),
            ends_at: LocalTime(domain::rules::clock(row.ends_at)),
            from: row.from_on.into(),
            to: row.to_on.map(Date),
            opens_on_holidays: row.opens_on_holidays,
            is_cancelled: row.is_cancelled,
            version: row.version,
        }
    }
}

impl OpeningRule {
    /// One rule.
    pub async fn load(ctx: &Ctx, id: OpeningRuleId, _: Look<'_>) -> DomainResult<Option<Self>> {
        Ok(domain::find_rule(ctx, id).await?.map(Into::into))
    }
}

/// Days on which a drop-in place is closed whatever its rules say (suljettu aika).
#[derive(SimpleObject, Written, Clone)]
pub struct ClosedDay {
    /// Their id.
    #[graphql(owned)]
    pub id: ID,
    /// The first day.
    from: Date,
    /// The last day.
    to: Date,
    /// Why.
    reason: ClosedReason,
    /// Whether it was taken back.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
}

impl From<domain::ClosedDay> for ClosedDay {
    fn from(row: domain::ClosedDay) -> Self {
        Self {
            id: id(row.id),
            from: row.from_on.into(),
            to: row.to_on.into(),
            reason: row.reason.into(),
            is_cancelled: row.is_cancelled,
            version: row.version,
        }
    }
}

impl ClosedDay {
    /// Closed days.
    pub async fn load(ctx: &Ctx, id: ClosedDayId, _: Look<'_>) -> DomainResult<Option<Self>> {
        Ok(domain::find_closed(ctx, id).await?.map(Into::into))
    }
}

impl From<domain::DropInPlace> for DropInPlace {
    fn from(row: domain::DropInPlace) -> Self {
        Self {
            id: id(row.id),
            name: row.name.clone(),
            slug: row.slug.clone(),
            address: row.address.clone(),
            county_code: row.county_code.clone(),
            municipality_code: row.municipality_code.clone(),
            is_public: row.is_public,
            takes_wishes: row.takes_wishes,
            least_minutes: row.least_minutes,
            model_days: row.model_days,
            model_guides: row.model_guides,
            guides_today: row.guides_today,
            has_too_few_guides: row.has_too_few_guides(),
            version: row.version,
            row,
            organisation: None,
            partners: None,
            rules: None,
            closed_days: None,
            role_terms: None,
            costs: None,
        }
    }
}

impl DropInPlace {
    /// One place with what is selected below it.
    pub async fn load(ctx: &Ctx, id: DropInPlaceId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The places with these ids, as far as one may see them, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[DropInPlaceId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<DropInPlaceId, Self>> {
        let found = domain::for_ids(ctx, ids).await?;
        let mut found: Vec<Self> = found.into_values().map(Self::from).collect();
        fill(&mut found, look, ctx).await?;
        Ok(found.into_iter().map(|node| (node.row.id, node)).collect())
    }

    async fn fill_organisations(
        nodes: &mut [&mut Self],
        ids: &[DropInPlaceId],
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> DomainResult<()> {
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        if let Some(below) = look.child("partners") {
            let named = domain::partners_for(ctx, ids).await?;
            let of: Vec<_> = named.values().flatten().copied().collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                let of = named
                    .get(&node.row.id)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                node.partners = Some(of.iter().filter_map(|id| found.get(id).cloned()).collect());
            }
        }
        Ok(())
    }
}

impl Prefetch for DropInPlace {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<DropInPlaceId> = nodes.iter().map(|node| node.row.id).collect();
        Self::fill_organisations(nodes, &ids, look, ctx).await?;
        if look.has("rules") {
            let mut found = domain::rules_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.rules = Some(rows.into_iter().map(Into::into).collect());
            }
        }
        if look.has("closedDays") {
            let mut found = domain::closed_days_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.closed_days = Some(rows.into_iter().map(Into::into).collect());
            }
        }
        if look.has("costs") {
            let mut found = unless_forbidden(domain::costs_for(ctx, &ids).await)?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.costs = Some(rows.into_iter().map(Into::into).collect());
            }
        }
        if let Some(below) = look.child("roleTerms") {
            let mut found = domain::terms_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.role_terms = Some(rows.into_iter().map(Into::into).collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.role_terms.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

/// What can be asked of drop-in places.
#[derive(Default)]
pub struct DropInPlaceQuery;

#[Object]
impl DropInPlaceQuery {
    /// One drop-in place; absent where it does not exist or is not one's own to see.
    async fn drop_in_place(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<DropInPlaceId>,
    ) -> Result<Answer<Option<DropInPlace>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, DropInPlace::load(ctx, id, Look::of(c)).await)
    }

    /// The drop-in places of the own association, or those where one is a paid guide.
    async fn drop_in_places(&self, c: &Context<'_>) -> Result<Answer<Vec<DropInPlace>>> {
        let ctx = ctx(c)?;
        let rows = for_client(ctx, domain::list(ctx).await)?;
        let mut rows: Vec<DropInPlace> = rows.into_iter().map(DropInPlace::from).collect();
        for_client(ctx, fill(&mut rows, &Look::of(c), ctx).await)?;
        Ok(Answer(rows))
    }

    /// The calendar of a drop-in place, in the order of time, closed openings included; absent where the place does not exist
    /// or is not one's own to see.
    async fn drop_in_place_calendar(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The place.")] drop_in_place_id: Ref<DropInPlaceId>,
        #[graphql(desc = "The first day.")] from: Date,
        #[graphql(desc = "The last day, at most a year later.")] to: Date,
    ) -> Result<Answer<Option<Vec<PlaceCalendarEntry>>>> {
        let (ctx, id) = (ctx(c)?, drop_in_place_id.or_unknown());
        let found = PlaceCalendarEntry::all(ctx, id, (from.0, to.0), Look::of(c)).await;
        answer(ctx, found)
    }

    /// The weeks of a drop-in place that some days fall into, each held against what the place has said of itself; absent
    /// where the place does not exist or is not one's own to see.
    async fn drop_in_place_weeks(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The place.")] drop_in_place_id: Ref<DropInPlaceId>,
        #[graphql(desc = "A day of the first week.")] from: Date,
        #[graphql(desc = "A day of the last week, at most a year later.")] to: Date,
    ) -> Result<Answer<Option<Vec<PlaceWeek>>>> {
        let (ctx, id) = (ctx(c)?, drop_in_place_id.or_unknown());
        let found = PlaceWeek::all(ctx, id, (from.0, to.0), Look::of(c)).await;
        answer(ctx, found)
    }

    /// When a drop-in place is open, as everybody may read it: nobody has to be signed in. Absent where no place of this name
    /// is open to the public. Activities are told in the language of `Accept-Language`.
    async fn public_calendar(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The word by which the place's calendar is found.")] slug: String,
        #[graphql(desc = "The first day.")] from: Date,
        #[graphql(desc = "The last day, at most a year later.")] to: Date,
    ) -> Result<Answer<Option<PublicPlace>>> {
        let ctx = ctx(c)?;
        let found = domain::public_calendar(ctx, &slug, (from.0, to.0)).await;
        Ok(Answer(for_client(ctx, found)?.map(PublicPlace::from)))
    }
}
