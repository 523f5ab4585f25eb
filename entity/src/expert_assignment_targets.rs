//! The table `expert_assignment_targets`.

use sea_orm::entity::prelude::*;

use crate::ids::ExpertAssignmentId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expert_assignment_targets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub assignment_id: ExpertAssignmentId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
