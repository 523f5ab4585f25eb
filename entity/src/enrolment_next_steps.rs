//! The table `enrolment_next_steps`.

use sea_orm::entity::prelude::*;

use crate::ids::EnrolmentDecisionId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment_next_steps")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub decision_id: EnrolmentDecisionId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
