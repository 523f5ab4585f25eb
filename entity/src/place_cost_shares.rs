//! The table `place_cost_shares`.

use sea_orm::entity::prelude::*;

use crate::ids::PlaceCostId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "place_cost_shares")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cost_id: PlaceCostId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub funder: String,
    pub cents: i32,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
