//! The table `expert_profiles`.

use sea_orm::entity::prelude::*;

use crate::ids::{ExpertCohortId, ExpertProfileId, OrganisationId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expert_profiles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExpertProfileId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub cohort_id: Option<ExpertCohortId>,
    pub trainer_id: OrganisationId,
    pub trained_on: Option<Date>,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
    pub removed_by: Option<PersonId>,
    pub removed_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
