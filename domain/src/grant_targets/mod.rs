//! Grant targets (avustuskohde): what a funder gives money for, from when to when, and which activities belong to it. STEA
//! asks each year for the figures of each target; these are the activities that they are counted of. An activity may
//! belong to several targets, as several funders may pay for it.

mod acts;
mod queries;
pub mod rules;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    CourseId, DropInPlaceId, GrantTargetId, InfluenceItemId, OrganisationId, PeerGroupId,
    ProgrammeId,
};
use rinnalla_entity::states::GrantKind;
use sea_orm::FromQueryResult;

use crate::access::{KeepGrantTargets, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;

pub use acts::{Cancel, Correct, Create, Details, Tie, cancel, correct, create, tie};

/// A grant target.
#[derive(Clone, Debug, FromQueryResult)]
pub struct GrantTarget {
    /// Its id.
    pub id: GrantTargetId,
    /// The association that is given the grant.
    pub organisation_id: OrganisationId,
    /// Who gives it: a code of the list `FUNDER`.
    pub funder: String,
    /// The code under which the funder keeps it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of grant it is.
    pub kind: GrantKind,
    /// The first day of its period.
    pub from_on: NaiveDate,
    /// The last day; open where none is said.
    pub to_on: Option<NaiveDate>,
    /// Whether talks that are counted one by one belong to it.
    pub counts_encounters: bool,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was added in error.
    pub is_cancelled: bool,
}

/// The activities that belong to a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activities {
    /// Courses.
    pub courses: Vec<CourseId>,
    /// Drop-in places.
    pub places: Vec<DropInPlaceId>,
    /// Peer groups.
    pub groups: Vec<PeerGroupId>,
    /// Programmes, with the support relationships in them.
    pub programmes: Vec<ProgrammeId>,
    /// Work for influence.
    pub influence: Vec<InfluenceItemId>,
}

/// The own association's targets, or those of one of them, the latest period first; those added in error are left
/// out.
pub async fn list(ctx: &Ctx, organisation: Option<OrganisationId>) -> Result<Vec<GrantTarget>> {
    let scope = require::<KeepGrantTargets>(ctx)?;
    queries::list(ctx, &scope, organisation).await
}

/// One target; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: GrantTargetId) -> Result<Option<GrantTarget>> {
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        let scope = require::<KeepGrantTargets>(ctx)?;
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// The targets with these ids, as far as the actor may see them.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[GrantTargetId],
) -> Result<HashMap<GrantTargetId, GrantTarget>> {
    let scope = require::<KeepGrantTargets>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The activities that belong to each target.
pub async fn activities_for(
    ctx: &Ctx,
    of: &[GrantTargetId],
) -> Result<HashMap<GrantTargetId, Activities>> {
    let scope = require::<KeepGrantTargets>(ctx)?;
    let mut found: HashMap<GrantTargetId, Activities> = HashMap::with_capacity(of.len());
    for row in queries::activities_for(ctx, &scope, of).await? {
        let of_one = found.entry(row.grant_target_id).or_default();
        of_one.courses.extend(row.course_id);
        of_one.places.extend(row.drop_in_place_id);
        of_one.groups.extend(row.peer_group_id);
        of_one.programmes.extend(row.programme_id);
        of_one.influence.extend(row.influence_item_id);
    }
    Ok(found)
}
