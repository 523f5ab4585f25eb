//! The table `place_role_terms`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, PersonId, PlaceRoleTermId};
use crate::states::PlaceRole;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "place_role_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlaceRoleTermId,
    pub place_id: DropInPlaceId,
    pub person_id: PersonId,
    pub role: PlaceRole,
    pub from_on: Date,
    pub to_on: Option<Date>,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
