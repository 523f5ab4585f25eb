//! The table `programme_requirement_gates`.

use sea_orm::entity::prelude::*;

use crate::ids::{GateId, ProgrammeRequirementId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_requirement_gates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub requirement_id: ProgrammeRequirementId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub gate_id: GateId,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
