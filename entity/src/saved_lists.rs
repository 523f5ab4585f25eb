//! The table `saved_lists`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SavedListId};
use crate::states::SavedListKind;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_lists")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedListId,
    pub organisation_id: OrganisationId,
    pub owner_id: PersonId,
    pub list: SavedListKind,
    pub name: String,
    pub filter: String,
    pub is_shared: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
