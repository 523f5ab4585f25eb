//! Peer groups with the counts of their meetings, and talks that are counted one by one.

mod acts;
mod encounters;
mod meetings;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{DropInPlaceId, EncounterId, PeerGroupId, PeerGroupMeetingId, PersonId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::peer_groups as domain;
use rinnalla_domain::states;

pub use self::acts::PeerGroupMutation;
use self::encounters::EncounterConnection;
pub use self::encounters::{Encounter, EncounterMutation};
pub use self::meetings::PeerGroupMeeting;
use self::meetings::PeerGroupMeetingConnection;
use super::drop_in_places::DropInPlace;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// Who guides a peer group (ryhmän laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::PeerGroupKind")]
pub enum PeerGroupKind {
    /// Peers who were trained for it.
    PeerGroup,
    /// Its members themselves.
    SelfHelp,
    /// A guide, together with peers.
    Guided,
}

/// A group of people in a like situation, led by peers, by themselves or by a guide (vertaisryhmä).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct PeerGroup {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Its name.
    name: String,
    /// Who guides it.
    kind: PeerGroupKind,
    /// Where it meets, as people read it.
    place: Option<String>,
    /// The first day.
    from: Date,
    /// The last day; absent where none is said.
    to: Option<Date>,
    /// How often it has met.
    meetings_held: i64,
    /// How many came, all meetings together: visits, not people.
    visits: i64,
    /// Whether it was added in error; lists leave it out.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::PeerGroup,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    drop_in_place: Option<Option<DropInPlace>>,
    #[graphql(skip)]
    audiences: Option<Vec<String>>,
    #[graphql(skip)]
    leaders: Option<Vec<Arc<Person>>>,
}

/// A group of people in a like situation, led by peers, by themselves or by a guide (vertaisryhmä).
#[written]
#[ComplexObject]
impl PeerGroup {
    /// The association whose it is; absent where it is not one's own to know of.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// The drop-in place where it meets; absent where there is none, or it is not one's own to see.
    async fn drop_in_place(&self) -> Result<Option<&DropInPlace>> {
        Ok(filled(&self.drop_in_place)?.as_ref())
    }

    /// Whom it is for: codes of the list `GROUP_AUDIENCE`.
    async fn audiences(&self) -> Result<&[String]> {
        Ok(filled(&self.audiences)?)
    }

    /// Who leads it now, as far as one may know them.
    async fn leaders(&self) -> Result<&[Arc<Person>]> {
        Ok(filled(&self.leaders)?)
    }
}

impl From<domain::PeerGroup> for PeerGroup {
    fn from(row: domain::PeerGroup) -> Self {
        Self {
            id: id(row.id),
            name: row.name.clone(),
            kind: row.kind.into(),
            place: row.place.clone(),
            from: row.from_on.into(),
            to: row.to_on.map(Date),
            meetings_held: row.meetings,
            visits: row.heads,
            is_cancelled: row.is_cancelled,
            version: row.version,
            row,
            organisation: None,
            drop_in_place: None,
            audiences: None,
            leaders: None,
        }
    }
}

impl PeerGroup {
    /// One group with what is selected below it.
    pub async fn load(ctx: &Ctx, id: PeerGroupId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The groups with these ids, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[PeerGroupId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<PeerGroupId, Self>> {
        let found = domain::for_ids(ctx, ids).await?;
        let mut found: Vec<Self> = found.into_values().map(Into::into).collect();
        fill(&mut found, look, ctx).await?;
        Ok(found.into_iter().map(|it| (it.row.id, it)).collect())
    }

    async fn fill_leaders(
        nodes: &mut [&mut Self],
        ids: &[PeerGroupId],
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> DomainResult<()> {
        let leaders = domain::leaders_for(ctx, ids).await?;
        let people: Vec<PersonId> = leaders.values().flatten().copied().collect();
        let found = Person::for_ids(ctx, &people, look).await?;
        for node in nodes.iter_mut() {
            let of_one = leaders.get(&node.row.id).into_iter().flatten();
            node.leaders = Some(of_one.filter_map(|id| found.get(id).cloned()).collect());
        }
        Ok(())
    }
}

impl Prefetch for PeerGroup {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<PeerGroupId> = nodes.iter().map(|node| node.row.id).collect();
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        if let Some(below) = look.child("dropInPlace") {
            let of = nodes.iter().filter_map(|node| node.row.drop_in_place_id);
            let of: Vec<DropInPlaceId> = of.collect();
            let found = unless_forbidden(DropInPlace::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                let place = node.row.drop_in_place_id;
                node.drop_in_place = Some(place.and_then(|id| found.get(&id).cloned()));
            }
        }
        if look.has("audiences") {
            let mut found = domain::audiences_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.audiences = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("leaders") {
            Self::fill_leaders(nodes, &ids, &below, ctx).await?;
        }
        Ok(())
    }
}

/// What can be asked about peer groups and talks.
#[derive(Default)]
pub struct PeerGroupQuery;

#[Object]
impl PeerGroupQuery {
    /// One peer group; absent where it does not exist or is not one's own to see.
    async fn peer_group(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<PeerGroupId>,
    ) -> Result<Answer<Option<PeerGroup>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, PeerGroup::load(ctx, id, Look::of(c)).await)
    }

    /// The peer groups of the own association, or those that one leads, in the order in which they were added.
    async fn peer_groups(&self, c: &Context<'_>) -> Result<Answer<Vec<PeerGroup>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let all = async {
            let rows = domain::list(ctx).await?;
            let mut nodes: Vec<PeerGroup> = rows.into_iter().map(Into::into).collect();
            fill(&mut nodes, &look, ctx).await?;
            Ok(nodes)
        };
        answer(ctx, all.await)
    }

    /// One meeting of a peer group; absent where it does not exist or is not one's own to see.
    async fn peer_group_meeting(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<PeerGroupMeetingId>,
    ) -> Result<Answer<Option<PeerGroupMeeting>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, PeerGroupMeeting::load(ctx, id, Look::of(c)).await)
    }

    /// The meetings of a peer group, the latest first; those recorded in error are left out.
    async fn peer_group_meetings(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The group.")] peer_group_id: Ref<PeerGroupId>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<PeerGroupMeetingConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::meetings(ctx, peer_group_id.or_unknown(), args).await?;
            let mut page = page.map(PeerGroupMeeting::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            let cursor = PeerGroupMeeting::cursor;
            Ok(PeerGroupMeetingConnection::new(page, &args, cursor))
        };
        answer(ctx, page.await)
    }

    /// One entry of talks; absent where it does not exist or is not one's own to see.
    async fn encounter(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<EncounterId>,
    ) -> Result<Answer<Option<Encounter>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Encounter::load(ctx, id, Look::of(c)).await)
    }

    /// Talks that are counted one by one: the own association's, or those that one recorded; the latest first. Those recorded
    /// in error are left out.
    async fn encounters(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<EncounterConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::encounters(ctx, args).await?.map(Encounter::from);
            Ok(EncounterConnection::new(page, &args, Encounter::cursor))
        };
        answer(ctx, page.await)
    }
}
