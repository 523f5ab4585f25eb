//! The table `peer_group_audiences`.

use sea_orm::entity::prelude::*;

use crate::ids::PeerGroupId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "peer_group_audiences")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub peer_group_id: PeerGroupId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
