//! The table `organisations`.

use sea_orm::entity::prelude::*;

use crate::ids::OrganisationId;
use crate::states::OrganisationKind;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    pub is_name_neutral: bool,
    pub language: String,
    pub county_code: String,
    pub municipality_code: Option<String>,
    pub mailbox: Option<String>,
    pub max_active_default: i16,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub closed_on: Option<Date>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
