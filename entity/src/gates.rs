//! The table `gates`.

use sea_orm::entity::prelude::*;

use crate::ids::{GateId, OrganisationId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "gates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GateId,
    pub organisation_id: OrganisationId,
    pub name_fi: String,
    pub name_sv: String,
    pub name_en: String,
    pub is_active: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
