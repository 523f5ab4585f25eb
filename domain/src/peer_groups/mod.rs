//! Peer groups (vertaisryhmä) and talks that are counted one by one (kohtaaminen).
//!
//! A group is led by peers, by its members, or by a guide; the lecture of 2008 tells the three apart. Of a meeting there are
//! heads, of a talk that it was: nobody who came is written down, and no agreement or review follows. Leaders record the
//! meetings of their own groups, coordinators those of their association. The rules are in [`rules`]; here groups are read.

mod encounters;
mod meetings;
mod planning;
mod queries;
pub mod rules;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    DropInPlaceId, EncounterId, Id as _, OrganisationId, PeerGroupId, PeerGroupMeetingId, PersonId,
};
use rinnalla_entity::states::{PeerGroupKind, RehabilitationPhase};
use sea_orm::FromQueryResult;

use crate::access::{ReadPeerGroups, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Grouped, Page, PageArgs};

pub use encounters::{
    CancelEncounter, RecordEncounter, cancel_encounter, encounters, find_encounter,
    record_encounter,
};
pub use meetings::{CancelMeeting, RecordMeeting, cancel_meeting, record_meeting};
pub use planning::{Cancel, Correct, Create, Details, cancel, correct, create};

/// A peer group.
#[derive(Clone, Debug, FromQueryResult)]
pub struct PeerGroup {
    /// Its id.
    pub id: PeerGroupId,
    /// The association whose it is.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Who guides it.
    pub kind: PeerGroupKind,
    /// Where it meets, as people read it.
    pub place: Option<String>,
    /// The drop-in place where it meets.
    pub drop_in_place_id: Option<DropInPlaceId>,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day; open where none is said.
    pub to_on: Option<NaiveDate>,
    /// How often it has met.
    pub meetings: i64,
    /// How many came, all meetings together.
    pub heads: i64,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was added in error.
    pub is_cancelled: bool,
}

/// A meeting of a peer group.
#[derive(Clone, Debug, FromQueryResult)]
pub struct GroupMeeting {
    /// Its id.
    pub id: PeerGroupMeetingId,
    /// The group.
    pub peer_group_id: PeerGroupId,
    /// The day.
    pub on_date: NaiveDate,
    /// How long it was.
    pub minutes: i16,
    /// How many came.
    pub heads: i16,
    /// How many of them for the first time, where it was asked.
    pub first_timers: Option<i16>,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was recorded in error.
    pub is_cancelled: bool,
}

impl GroupMeeting {
    /// Where it stands in its list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.on_date),
            id: self.id.uuid(),
        }
    }
}

/// Talks of one day that are counted one by one.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Encounter {
    /// Its id.
    pub id: EncounterId,
    /// The association that counts them.
    pub organisation_id: OrganisationId,
    /// A code of the list `ENCOUNTER_KIND`.
    pub kind: String,
    /// Before, during or after rehabilitation.
    pub phase: RehabilitationPhase,
    /// The day.
    pub on_date: NaiveDate,
    /// How many there were.
    pub talks: i16,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was recorded in error.
    pub is_cancelled: bool,
}

impl Encounter {
    /// Where it stands in its list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.on_date),
            id: self.id.uuid(),
        }
    }
}

/// The peer groups that the actor may see, in the order in which they were added; those added in error are left out.
pub async fn list(ctx: &Ctx) -> Result<Vec<PeerGroup>> {
    let scope = require::<ReadPeerGroups>(ctx)?;
    let rows = queries::list(ctx, &scope).await?;
    see(ctx, &scope, rows.iter());
    Ok(rows)
}

/// One group; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: PeerGroupId) -> Result<Option<PeerGroup>> {
    let scope = require::<ReadPeerGroups>(ctx)?;
    let found = queries::for_ids(ctx, &scope, &[id]).await?.pop();
    match &found {
        Some(group) => see(ctx, &scope, std::iter::once(group)),
        None => ctx.refuse(&scope, ObjectKind::PeerGroup, id),
    }
    Ok(found)
}

/// The groups with these ids, as far as the actor may see them.
pub async fn for_ids(ctx: &Ctx, ids: &[PeerGroupId]) -> Result<HashMap<PeerGroupId, PeerGroup>> {
    let scope = require::<ReadPeerGroups>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    see(ctx, &scope, rows.iter());
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Whom groups are for: codes of the list `GROUP_AUDIENCE`.
pub async fn audiences_for(ctx: &Ctx, of: &[PeerGroupId]) -> Result<Grouped<PeerGroupId, String>> {
    let scope = require::<ReadPeerGroups>(ctx)?;
    let mut grouped = Grouped::<PeerGroupId, String>::with_capacity(of.len());
    for row in queries::audiences_for(ctx, &scope, of).await? {
        grouped.entry(row.peer_group_id).or_default().push(row.code);
    }
    Ok(grouped)
}

/// Who leads groups now.
pub async fn leaders_for(ctx: &Ctx, of: &[PeerGroupId]) -> Result<Grouped<PeerGroupId, PersonId>> {
    let scope = require::<ReadPeerGroups>(ctx)?;
    let mut grouped = Grouped::<PeerGroupId, PersonId>::with_capacity(of.len());
    for row in queries::leaders_for(ctx, &scope, of).await? {
        let of_one = grouped.entry(row.peer_group_id).or_default();
        of_one.push(row.person_id);
    }
    Ok(grouped)
}

/// The meetings of a group, the latest first; those recorded in error are left out. Empty where the group is absent or
/// hidden.
pub async fn meetings(ctx: &Ctx, of: PeerGroupId, args: PageArgs) -> Result<Page<GroupMeeting>> {
    let scope = require::<ReadPeerGroups>(ctx)?;
    let rows = queries::meetings(ctx, &scope, of, &args).await?;
    let total = match args.total {
        true => Some(queries::count_meetings(ctx, &scope, of).await?),
        false => None,
    };
    Ok(Page::of(rows, &args, total))
}

/// One meeting; `None` where it is absent or hidden.
pub async fn find_meeting(ctx: &Ctx, id: PeerGroupMeetingId) -> Result<Option<GroupMeeting>> {
    let scope = require::<ReadPeerGroups>(ctx)?;
    let found = queries::meeting(ctx, &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::PeerGroup, id);
    }
    Ok(found)
}

fn see<'a>(ctx: &Ctx, scope: &Scope<ReadPeerGroups>, rows: impl Iterator<Item = &'a PeerGroup>) {
    let seen = rows.map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::PeerGroup, seen);
}
