//! The table `expert_cohorts`.

use sea_orm::entity::prelude::*;

use crate::ids::{ExpertCohortId, OrganisationId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expert_cohorts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExpertCohortId,
    pub organisation_id: OrganisationId,
    pub trainer_id: OrganisationId,
    pub name: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
