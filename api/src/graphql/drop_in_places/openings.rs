//! An opening of which something is recorded, and who is to be there.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::drop_in_places::{self as domain, rules};
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OpeningId, OpeningShiftId, PersonId};
use rinnalla_domain::states;

use super::codes::{ClosedReason, PlaceRole};
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use crate::graphql::scalars::{Date, LocalTime, id};
use crate::graphql::written::{Written, written};

/// An opening of a drop-in place of which something is recorded, or that no rule makes (aukiolo).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Opening {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The day.
    on: Date,
    /// From when by Helsinki's clock.
    starts_at: LocalTime,
    /// Until when.
    ends_at: LocalTime,
    /// Why it was cancelled; absent where it was not.
    cancelled_for: Option<ClosedReason>,
    /// How many visits there were: nothing else is known of them.
    visits: i32,
    /// How many of them were somebody's first, where that was asked.
    first_time_visits: i32,
    /// How often somebody was supported by themselves.
    personal_supports: i32,
    /// The area of osallisuus that it serves: 1 in one's own life, 2 in communities and processes of influencing, 3 in the
    /// common good; absent where nobody said so.
    area: Option<i16>,
    /// Grows with every change but a count of visits; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    key: OpeningId,
    #[graphql(skip)]
    told: Option<Vec<domain::OpeningActivity>>,
    #[graphql(skip)]
    shifts: Option<Vec<OpeningShift>>,
    #[graphql(skip)]
    sources: Option<Vec<OpeningSource>>,
}

/// How word of a drop-in place reached some visitors of an opening: a count, and nobody in it (tiedon kulku).
#[derive(SimpleObject, Written, Clone)]
pub struct OpeningSource {
    /// How: a code of the list `INFORMATION_SOURCE`.
    code: String,
    /// How many told so.
    visitors: i32,
}

/// An opening of a drop-in place of which something is recorded, or that no rule makes (aukiolo).
#[written]
#[ComplexObject]
impl Opening {
    /// What is done: codes of the list `PLACE_ACTIVITY`.
    async fn activities(&self) -> Result<Vec<&str>> {
        let told = filled(&self.told)?.iter();
        Ok(told.filter_map(|it| it.code.as_deref()).collect())
    }

    /// The participants' own ideas, as everybody reads them.
    async fn ideas(&self) -> Result<Vec<&str>> {
        let told = filled(&self.told)?.iter();
        Ok(told.filter_map(|it| it.idea.as_deref()).collect())
    }

    /// Who is to be there, whoever could not come included.
    async fn shifts(&self) -> Result<&[OpeningShift]> {
        Ok(filled(&self.shifts)?)
    }

    /// How word of the place reached visitors, as far as it was asked.
    async fn sources(&self) -> Result<&[OpeningSource]> {
        Ok(filled(&self.sources)?)
    }

    /// Whether no paid guide is to be there: a warning, nothing is refused for it.
    async fn has_no_paid_guide(&self) -> Result<bool> {
        let mut shifts = filled(&self.shifts)?.iter();
        Ok(!shifts.any(|it| it.role == PlaceRole::PaidGuide && !it.is_absent))
    }
}

/// Somebody who is to be at an opening (työvuoro).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct OpeningShift {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// As what.
    role: PlaceRole,
    /// Whether they could not come.
    is_absent: bool,
    /// Whether they come instead of somebody else.
    is_instead: bool,
    #[graphql(skip)]
    person_id: PersonId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// Somebody who is to be at an opening (työvuoro).
#[written]
#[ComplexObject]
impl OpeningShift {
    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl From<domain::Opening> for Opening {
    fn from(row: domain::Opening) -> Self {
        Self {
            id: id(row.id),
            on: row.on_date.into(),
            starts_at: LocalTime(rules::clock(row.starts_at)),
            ends_at: LocalTime(rules::clock(row.ends_at)),
            cancelled_for: row.cancelled_for.map(|it: states::ClosedReason| it.into()),
            visits: row.visits,
            first_time_visits: row.first_time_visits,
            personal_supports: row.personal_supports,
            area: row.area,
            version: row.version,
            key: row.id,
            told: None,
            shifts: None,
            sources: None,
        }
    }
}

impl From<domain::OpeningShift> for OpeningShift {
    fn from(row: domain::OpeningShift) -> Self {
        Self {
            id: id(row.id),
            role: row.role.into(),
            is_absent: row.is_absent,
            is_instead: row.instead_of_id.is_some(),
            person_id: row.person_id,
            person: None,
        }
    }
}

impl Opening {
    /// One opening with what is selected below it.
    pub async fn load(ctx: &Ctx, id: OpeningId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_opening(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for Opening {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<OpeningId> = nodes.iter().map(|node| node.key).collect();
        if look.has("activities") || look.has("ideas") {
            let mut found = domain::activities_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.told = Some(found.remove(&node.key).unwrap_or_default());
            }
        }
        if look.has("sources") {
            let mut found = domain::sources_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.key).unwrap_or_default();
                let source = |row: domain::Source| OpeningSource {
                    code: row.code,
                    visitors: row.visitors,
                };
                node.sources = Some(rows.into_iter().map(source).collect());
            }
        }
        let below = look.child("shifts");
        if below.is_some() || look.has("hasNoPaidGuide") {
            let mut found = domain::shifts_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.key).unwrap_or_default();
                node.shifts = Some(rows.into_iter().map(OpeningShift::from).collect());
            }
        }
        if let Some(below) = below {
            let all = nodes.iter_mut().filter_map(|node| node.shifts.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

impl OpeningShift {
    /// One shift with what is selected below it.
    pub async fn load(ctx: &Ctx, id: OpeningShiftId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_shift(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for OpeningShift {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let ids: Vec<PersonId> = nodes.iter().map(|node| node.person_id).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.person_id).cloned());
            }
        }
        Ok(())
    }
}
