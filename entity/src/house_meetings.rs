//! The table `house_meetings`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, HouseMeetingId, PersonId};
use crate::states::HouseMeetingStatus;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "house_meetings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HouseMeetingId,
    pub place_id: DropInPlaceId,
    pub on_date: Date,
    pub status: HouseMeetingStatus,
    pub heads: Option<i16>,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
