//! The table `peer_group_leaders`.

use sea_orm::entity::prelude::*;

use crate::ids::{PeerGroupId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "peer_group_leaders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub peer_group_id: PeerGroupId,
    pub person_id: PersonId,
    pub added_by: PersonId,
    pub added_at: DateTimeUtc,
    pub removed_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
