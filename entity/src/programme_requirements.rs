//! The table `programme_requirements`.

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, ProgrammeId, ProgrammeRequirementId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_requirements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProgrammeRequirementId,
    pub programme_id: ProgrammeId,
    pub from_on: Date,
    pub asks_criterion: bool,
    pub training_weekends: i16,
    pub accepts_earlier_training: bool,
    pub takes_experts: bool,
    pub asks_confidentiality: bool,
    pub recorded_by: Option<PersonId>,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
