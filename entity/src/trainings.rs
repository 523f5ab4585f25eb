//! The table `trainings`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, TrainingId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trainings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TrainingId,
    pub organisation_id: OrganisationId,
    pub trainer_id: OrganisationId,
    pub name: String,
    pub first_on: Date,
    pub second_on: Date,
    pub cancelled_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
