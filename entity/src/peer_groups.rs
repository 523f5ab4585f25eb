//! The table `peer_groups`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, OrganisationId, PeerGroupId, PersonId};
use crate::states::PeerGroupKind;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "peer_groups")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeerGroupId,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub kind: PeerGroupKind,
    pub place: Option<String>,
    pub drop_in_place_id: Option<DropInPlaceId>,
    pub from_on: Date,
    pub to_on: Option<Date>,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
