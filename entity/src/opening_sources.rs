//! The table `opening_sources`.

use sea_orm::entity::prelude::*;

use crate::ids::OpeningId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opening_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub opening_id: OpeningId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub visitors: i32,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
