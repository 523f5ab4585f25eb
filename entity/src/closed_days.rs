//! The table `closed_days`.

use sea_orm::entity::prelude::*;

use crate::ids::{ClosedDayId, DropInPlaceId, PersonId};
use crate::states::ClosedReason;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "closed_days")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClosedDayId,
    pub place_id: DropInPlaceId,
    pub from_on: Date,
    pub to_on: Date,
    pub reason: ClosedReason,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
