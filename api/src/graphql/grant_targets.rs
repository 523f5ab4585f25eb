//! Grant targets, and the activities that belong to them.

mod acts;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::grant_targets as domain;
use rinnalla_domain::ids::{GrantTargetId, Id, OrganisationId};
use rinnalla_domain::states;

pub use self::acts::GrantTargetMutation;
use super::courses::Course;
use super::drop_in_places::DropInPlace;
use super::influence_items::InfluenceItem;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::peer_groups::PeerGroup;
use super::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use super::programmes::Programme;
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// What kind of grant it is (avustuslaji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::GrantKind")]
pub enum GrantKind {
    /// STEA's general grant (Ay): elected trustees are no volunteers of it.
    General,
    /// STEA's targeted grant (Ak).
    Targeted,
    /// A project's grant (C).
    Project,
    /// Another.
    Other,
}

/// What a funder gives money for, from when to when (avustuskohde).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct GrantTarget {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Who gives it: a code of the list `FUNDER`.
    funder: String,
    /// The code under which the funder keeps it.
    code: String,
    /// Its name.
    name: String,
    /// What kind of grant it is.
    kind: GrantKind,
    /// The first day of its period.
    from: Date,
    /// The last day; absent where none is said.
    to: Option<Date>,
    /// Whether talks that are counted one by one belong to it.
    counts_encounters: bool,
    /// Whether it was added in error; lists leave it out.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::GrantTarget,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    courses: Option<Vec<Course>>,
    #[graphql(skip)]
    drop_in_places: Option<Vec<DropInPlace>>,
    #[graphql(skip)]
    peer_groups: Option<Vec<PeerGroup>>,
    #[graphql(skip)]
    programmes: Option<Vec<Programme>>,
    #[graphql(skip)]
    influence_items: Option<Vec<InfluenceItem>>,
}

/// What a funder gives money for, from when to when (avustuskohde).
#[written]
#[ComplexObject]
impl GrantTarget {
    /// The association that is given the grant.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// The courses that belong to it.
    async fn courses(&self) -> Result<&[Course]> {
        Ok(filled(&self.courses)?)
    }

    /// The drop-in places that belong to it.
    async fn drop_in_places(&self) -> Result<&[DropInPlace]> {
        Ok(filled(&self.drop_in_places)?)
    }

    /// The peer groups that belong to it.
    async fn peer_groups(&self) -> Result<&[PeerGroup]> {
        Ok(filled(&self.peer_groups)?)
    }

    /// The programmes that belong to it, with the support relationships in them.
    async fn programmes(&self) -> Result<&[Programme]> {
        Ok(filled(&self.programmes)?)
    }

    /// The work for influence that belongs to it.
    async fn influence_items(&self) -> Result<&[InfluenceItem]> {
        Ok(filled(&self.influence_items)?)
    }
}

impl From<domain::GrantTarget> for GrantTarget {
    fn from(row: domain::GrantTarget) -> Self {
        Self {
            id: id(row.id),
            funder: row.funder.clone(),
            code: row.code.clone(),
            name: row.name.clone(),
            kind: row.kind.into(),
            from: row.from_on.into(),
            to: row.to_on.map(Date),
            counts_encounters: row.counts_encounters,
            is_cancelled: row.is_cancelled,
            version: row.version,
            row,
            organisation: None,
            courses: None,
            drop_in_places: None,
            peer_groups: None,
            programmes: None,
            influence_items: None,
        }
    }
}

impl GrantTarget {
    /// One target with what is selected below it.
    pub async fn load(ctx: &Ctx, id: GrantTargetId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    async fn fill_activities(
        nodes: &mut [&mut Self],
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> DomainResult<()> {
        let ids: Vec<GrantTargetId> = nodes.iter().map(|node| node.row.id).collect();
        let tied = domain::activities_for(ctx, &ids).await?;
        macro_rules! fill_each {
            ($($field:literal $child:ident: $node:ident of $of:ident;)+) => {
                $(if let Some(below) = look.child($field) {
                    let of: Vec<_> = tied.values().flat_map(|it| it.$of.clone()).collect();
                    let found = unless_forbidden($node::for_ids(ctx, &of, &below).await)?;
                    for node in nodes.iter_mut() {
                        let of_one = tied.get(&node.row.id).map(|it| &it.$of);
                        node.$child = Some(those(&found, of_one));
                    }
                })+
            };
        }
        fill_each! {
            "courses" courses: Course of courses;
            "dropInPlaces" drop_in_places: DropInPlace of places;
            "peerGroups" peer_groups: PeerGroup of groups;
            "programmes" programmes: Programme of programmes;
            "influenceItems" influence_items: InfluenceItem of influence;
        }
        Ok(())
    }
}

/// Those of some ids that were found, in their order.
fn those<I: Id + Eq + std::hash::Hash, T: Clone>(
    found: &HashMap<I, T>,
    ids: Option<&Vec<I>>,
) -> Vec<T> {
    let ids = ids.into_iter().flatten();
    ids.filter_map(|id| found.get(id).cloned()).collect()
}

impl Prefetch for GrantTarget {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        const ACTIVITIES: [&str; 5] = [
            "courses",
            "dropInPlaces",
            "peerGroups",
            "programmes",
            "influenceItems",
        ];
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        match ACTIVITIES.iter().any(|field| look.has(field)) {
            true => Self::fill_activities(nodes, look, ctx).await,
            false => Ok(()),
        }
    }
}

/// What can be asked about grant targets.
#[derive(Default)]
pub struct GrantTargetQuery;

#[Object]
impl GrantTargetQuery {
    /// One grant target; absent where it does not exist or is not one's own to see.
    async fn grant_target(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<GrantTargetId>,
    ) -> Result<Answer<Option<GrantTarget>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, GrantTarget::load(ctx, id, Look::of(c)).await)
    }

    /// The grant targets of the own association, the latest period first.
    async fn grant_targets(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of this association; of all within reach where nothing is said.")]
        organisation_id: Option<Ref<OrganisationId>>,
    ) -> Result<Answer<Vec<GrantTarget>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let all = async {
            let rows = domain::list(ctx, organisation_id.map(Ref::or_unknown)).await?;
            let mut nodes: Vec<GrantTarget> = rows.into_iter().map(Into::into).collect();
            fill(&mut nodes, &look, ctx).await?;
            Ok(nodes)
        };
        answer(ctx, all.await)
    }
}
