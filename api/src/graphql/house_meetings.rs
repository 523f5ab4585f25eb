//! House meetings of drop-in places: wishes and other matters on the agenda, and what was decided.

mod acts;

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::house_meetings as domain;
use rinnalla_domain::ids::{DropInPlaceId, HouseMeetingId, WishId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states;

pub use self::acts::HouseMeetingMutation;
use super::drop_in_places::DropInPlace;
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, filled};
use super::scalars::{Date, Ref, id};
use super::wishes::Wish;
use super::written::{Answer, Written, written};

/// How far a house meeting is (talokokouksen tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::HouseMeetingStatus")]
pub enum HouseMeetingStatus {
    /// It is to come.
    Planned,
    /// It was held.
    Held,
    /// It was called off.
    Cancelled,
}

/// A meeting of a drop-in place's people and its visitors (talokokous).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct HouseMeeting {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The day.
    on: Date,
    /// How far it is.
    status: HouseMeetingStatus,
    /// How many came; absent where it was not held yet.
    heads: Option<i16>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::HouseMeeting,
    #[graphql(skip)]
    drop_in_place: Option<Option<DropInPlace>>,
    #[graphql(skip)]
    items: Option<Vec<HouseMeetingItem>>,
}

/// A matter on the agenda of a house meeting (talokokouksen asia).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct HouseMeetingItem {
    /// Which it is, from 1 on.
    no: i16,
    /// The matter; absent where it is a wish.
    topic: Option<String>,
    /// What was decided; absent where nothing was.
    decision: Option<String>,
    #[graphql(skip)]
    wish_id: Option<WishId>,
    #[graphql(skip)]
    wish: Option<Option<Wish>>,
}

/// A meeting of a drop-in place's people and its visitors (talokokous).
#[written]
#[ComplexObject]
impl HouseMeeting {
    /// The place.
    async fn drop_in_place(&self) -> Result<Option<&DropInPlace>> {
        Ok(filled(&self.drop_in_place)?.as_ref())
    }

    /// The agenda, in order.
    async fn items(&self) -> Result<&[HouseMeetingItem]> {
        Ok(filled(&self.items)?)
    }
}

/// A matter on the agenda of a house meeting (talokokouksen asia).
#[written]
#[ComplexObject]
impl HouseMeetingItem {
    /// The wish that it is about; absent where it is none.
    async fn wish(&self) -> Result<Option<&Wish>> {
        Ok(filled(&self.wish)?.as_ref())
    }
}

impl From<domain::HouseMeeting> for HouseMeeting {
    fn from(row: domain::HouseMeeting) -> Self {
        Self {
            id: id(row.id),
            on: row.on_date.into(),
            status: row.status.into(),
            heads: row.heads,
            version: row.version,
            row,
            drop_in_place: None,
            items: None,
        }
    }
}

impl From<domain::Item> for HouseMeetingItem {
    fn from(row: domain::Item) -> Self {
        Self {
            no: row.no,
            topic: row.topic,
            decision: row.decision,
            wish_id: row.wish_id,
            wish: None,
        }
    }
}

impl HouseMeeting {
    /// One meeting with what is selected below it.
    pub async fn load(ctx: &Ctx, id: HouseMeetingId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    async fn fill_items(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<HouseMeetingId> = nodes.iter().map(|node| node.row.id).collect();
        let mut found = domain::items_for(ctx, &ids).await?;
        for node in nodes.iter_mut() {
            let rows = found.remove(&node.row.id).unwrap_or_default();
            node.items = Some(rows.into_iter().map(Into::into).collect());
        }
        let Some(below) = look.child("wish") else {
            return Ok(());
        };
        let all = || {
            nodes
                .iter()
                .filter_map(|node| node.items.as_ref())
                .flatten()
        };
        let wishes: Vec<WishId> = all().filter_map(|item| item.wish_id).collect();
        let found: HashMap<WishId, Wish> = Wish::for_ids(ctx, &wishes, &below).await?;
        for item in nodes
            .iter_mut()
            .filter_map(|node| node.items.as_mut())
            .flatten()
        {
            item.wish = Some(item.wish_id.and_then(|id| found.get(&id).cloned()));
        }
        Ok(())
    }
}

impl Prefetch for HouseMeeting {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("dropInPlace") {
            let ids: Vec<DropInPlaceId> = nodes.iter().map(|node| node.row.place_id).collect();
            let found = DropInPlace::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.drop_in_place = Some(found.get(&node.row.place_id).cloned());
            }
        }
        match look.child("items") {
            Some(below) => Self::fill_items(nodes, &below, ctx).await,
            None => Ok(()),
        }
    }
}

connection!(
    HouseMeeting,
    HouseMeetingConnection,
    HouseMeetingEdge,
    "A page of house meetings."
);

/// What can be asked about house meetings.
#[derive(Default)]
pub struct HouseMeetingQuery;

#[Object]
impl HouseMeetingQuery {
    /// One house meeting; absent where it does not exist or is not one's own to see.
    async fn house_meeting(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<HouseMeetingId>,
    ) -> Result<Answer<Option<HouseMeeting>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, HouseMeeting::load(ctx, id, Look::of(c)).await)
    }

    /// The house meetings of a drop-in place, the latest first.
    async fn house_meetings(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The place.")] drop_in_place_id: Ref<DropInPlaceId>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<HouseMeetingConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, drop_in_place_id.or_unknown(), args).await?;
            let mut page = page.map(HouseMeeting::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(HouseMeetingConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}
