//! The table `participation_periods`.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participation_periods")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: String,
    pub first_on: Date,
    pub last_on: Date,
    pub year_before: Date,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
