//! The table `case_interests`.

use sea_orm::entity::prelude::*;

use crate::ids::SupportedCaseId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "case_interests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: SupportedCaseId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
