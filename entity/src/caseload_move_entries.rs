//! The table `caseload_move_entries`.

use sea_orm::entity::prelude::*;

use crate::ids::{CaseProfessionalId, CaseloadMoveId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "caseload_move_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub move_id: CaseloadMoveId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_professional_id: CaseProfessionalId,
    pub is_begun: bool,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
