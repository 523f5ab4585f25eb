//! The table `supported_cases`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, SupportedCaseId};
use crate::states::CaseBackground;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "supported_cases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupportedCaseId,
    pub organisation_id: OrganisationId,
    pub referring_organisation_id: OrganisationId,
    pub case_code: String,
    pub background: CaseBackground,
    pub kin_relation_list: String,
    pub kin_relation: Option<String>,
    pub birth_decade: Option<i16>,
    pub county_code: String,
    pub municipality_code: Option<String>,
    pub language: String,
    pub version: i32,
    pub created_on: Date,
    pub given_up_on: Option<Date>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
