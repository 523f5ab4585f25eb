//! The table `succession_entries`.

use sea_orm::entity::prelude::*;

use crate::ids::SuccessionId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "succession_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub succession_id: SuccessionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub object_id: Uuid,
    pub of_id: Option<Uuid>,
    pub valid_to: Option<Date>,
    pub version: Option<i32>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
