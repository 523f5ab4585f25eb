//! The table `drop_in_places`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, OrganisationId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "drop_in_places")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DropInPlaceId,
    pub organisation_id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub address: String,
    pub county_code: String,
    pub municipality_code: Option<String>,
    pub is_public: bool,
    pub takes_wishes: bool,
    pub least_minutes: i16,
    pub model_days: i16,
    pub model_guides: i16,
    pub changes: i32,
    pub changed_at: DateTimeUtc,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
