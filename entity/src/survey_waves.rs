//! The table `survey_waves`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SurveyWaveId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_waves")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SurveyWaveId,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub code: String,
    pub opened_on: Date,
    pub closed_on: Option<Date>,
    pub version: i32,
    pub opened_by: PersonId,
    pub closed_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
