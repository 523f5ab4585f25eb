//! Wishes to drop-in places: sent by anybody, answered by whoever keeps the place, told to all.

mod acts;
mod public;

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{DropInPlaceId, WishId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states;
use rinnalla_domain::wishes as domain;

pub use self::acts::WishMutation;
use self::public::PublicWish;
use super::drop_in_places::DropInPlace;
use super::payload::{answer, ctx, for_client};
use super::prefetch::{Look, Prefetch, fill, filled};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// How a wish came (toiveen lähde).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::WishSource")]
pub enum WishSource {
    /// By the form that everybody may send.
    Form,
    /// In the paper box.
    Paper,
}

/// How a wish stands (toiveen tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::WishStatus")]
pub enum WishStatus {
    /// It came.
    Received,
    /// It was talked about, at a house meeting or otherwise.
    Discussed,
    /// It is going to be.
    Planned,
    /// It has become true.
    Done,
    /// It cannot be, and the answer says why.
    NotPossible,
}

/// A wish to a drop-in place, as whoever keeps the place sees it (toive).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Wish {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// How it came.
    source: WishSource,
    /// What was wished for; absent where it was erased.
    text: Option<String>,
    /// The area of osallisuus: 1 in one's own life, 2 in communities and processes of influencing, 3 in the common good.
    area: Option<i16>,
    /// How it stands.
    status: WishStatus,
    /// The wish as everybody reads it, in the place's own words; absent where it is not told.
    told: Option<String>,
    /// What everybody is answered.
    answer: Option<String>,
    /// The day on which it came, or the box was emptied.
    received_on: Date,
    /// The day on which it was first answered.
    answered_on: Option<Date>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Wish,
    #[graphql(skip)]
    drop_in_place: Option<Option<DropInPlace>>,
}

/// A wish to a drop-in place, as whoever keeps the place sees it (toive).
#[written]
#[ComplexObject]
impl Wish {
    /// The place that it was sent to.
    async fn drop_in_place(&self) -> Result<Option<&DropInPlace>> {
        Ok(filled(&self.drop_in_place)?.as_ref())
    }
}

impl From<domain::Wish> for Wish {
    fn from(row: domain::Wish) -> Self {
        Self {
            id: id(row.id),
            source: row.source.into(),
            text: row.text.clone(),
            area: row.area,
            status: row.status.into(),
            told: row.told.clone(),
            answer: row.answer.clone(),
            received_on: row.received_on.into(),
            answered_on: row.answered_on.map(Date),
            version: row.version,
            row,
            drop_in_place: None,
        }
    }
}

impl Wish {
    /// One wish with what is selected below it.
    pub async fn load(ctx: &Ctx, id: WishId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The wishes with these ids, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[WishId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<WishId, Self>> {
        let found = domain::for_ids(ctx, ids).await?;
        let mut found: Vec<Self> = found.into_iter().map(Into::into).collect();
        fill(&mut found, look, ctx).await?;
        Ok(found.into_iter().map(|it| (it.row.id, it)).collect())
    }
}

impl Prefetch for Wish {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("dropInPlace") {
            let ids: Vec<DropInPlaceId> = nodes.iter().map(|node| node.row.place_id).collect();
            let found = DropInPlace::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.drop_in_place = Some(found.get(&node.row.place_id).cloned());
            }
        }
        Ok(())
    }
}

connection!(Wish, WishConnection, WishEdge, "A page of wishes.");

/// Which wishes.
#[derive(InputObject)]
pub struct WishFilter {
    /// To this place alone.
    drop_in_place_id: Option<Ref<DropInPlaceId>>,
    /// That stand so.
    status: Option<WishStatus>,
}

impl WishFilter {
    fn of(filter: Option<Self>) -> domain::Filter {
        filter.map_or_else(domain::Filter::default, |told| domain::Filter {
            place: told.drop_in_place_id.map(Ref::or_unknown),
            status: told.status.map(Into::into),
        })
    }
}

/// What can be asked about wishes.
#[derive(Default)]
pub struct WishQuery;

#[Object]
impl WishQuery {
    /// One wish; absent where it does not exist or is not one's own to see.
    async fn wish(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<WishId>,
    ) -> Result<Answer<Option<Wish>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Wish::load(ctx, id, Look::of(c)).await)
    }

    /// The wishes to the own association's places, or to those where one is a paid guide, the latest first.
    async fn wishes(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which; all where nothing is said.")] filter: Option<WishFilter>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<WishConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &WishFilter::of(filter), args).await?;
            let mut page = page.map(Wish::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(WishConnection::new(page, &args, |node| node.row.cursor()))
        };
        answer(ctx, page.await)
    }

    /// What came of the wishes to a drop-in place, the latest first, as everybody may read it: nobody has to be signed in.
    /// Empty where no place of this name is open to the public.
    async fn public_wishes(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The word by which the place's calendar is found.")] slug: String,
    ) -> Result<Answer<Vec<PublicWish>>> {
        let ctx = ctx(c)?;
        let told = for_client(ctx, domain::told(ctx, &slug).await)?;
        Ok(Answer(told.into_iter().map(PublicWish::from).collect()))
    }
}
