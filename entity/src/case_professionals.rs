//! The table `case_professionals`.

use sea_orm::entity::prelude::*;

use crate::ids::{CaseProfessionalId, PersonId, SupportedCaseId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "case_professionals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseProfessionalId,
    pub case_id: SupportedCaseId,
    pub person_id: PersonId,
    pub is_responsible: bool,
    pub from_on: Date,
    pub to_on: Option<Date>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
