//! The table `place_costs`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, PersonId, PlaceCostId};
use crate::states::PlaceCostKind;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "place_costs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlaceCostId,
    pub place_id: DropInPlaceId,
    pub kind: PlaceCostKind,
    pub on_date: Date,
    pub cents: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
