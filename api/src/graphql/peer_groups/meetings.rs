//! Meetings of peer groups: heads, and nobody's name.

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{PeerGroupId, PeerGroupMeetingId};
use rinnalla_domain::page::Cursor;
use rinnalla_domain::peer_groups as domain;

use super::PeerGroup;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, id};
use crate::graphql::written::{Written, written};

/// A meeting of a peer group: how many came, and nobody's name (ryhmän kokoontuminen).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct PeerGroupMeeting {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The day.
    on: Date,
    /// How long it was.
    minutes: i16,
    /// How many came.
    heads: i16,
    /// How many of them for the first time; absent where it was not asked.
    first_timers: Option<i16>,
    /// Whether it was recorded in error.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::GroupMeeting,
    #[graphql(skip)]
    peer_group: Option<Option<PeerGroup>>,
}

/// A meeting of a peer group: how many came, and nobody's name (ryhmän kokoontuminen).
#[written]
#[ComplexObject]
impl PeerGroupMeeting {
    /// The group.
    async fn peer_group(&self) -> Result<Option<&PeerGroup>> {
        Ok(filled(&self.peer_group)?.as_ref())
    }
}

impl From<domain::GroupMeeting> for PeerGroupMeeting {
    fn from(row: domain::GroupMeeting) -> Self {
        Self {
            id: id(row.id),
            on: row.on_date.into(),
            minutes: row.minutes,
            heads: row.heads,
            first_timers: row.first_timers,
            is_cancelled: row.is_cancelled,
            version: row.version,
            row,
            peer_group: None,
        }
    }
}

impl PeerGroupMeeting {
    /// One meeting with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: PeerGroupMeetingId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_meeting(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    pub(super) fn cursor(&self) -> Cursor {
        self.row.cursor()
    }
}

impl Prefetch for PeerGroupMeeting {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("peerGroup") {
            let ids: Vec<PeerGroupId> = nodes.iter().map(|node| node.row.peer_group_id).collect();
            let found = PeerGroup::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.peer_group = Some(found.get(&node.row.peer_group_id).cloned());
            }
        }
        Ok(())
    }
}

connection!(
    PeerGroupMeeting,
    PeerGroupMeetingConnection,
    PeerGroupMeetingEdge,
    "A page of meetings of a peer group."
);
