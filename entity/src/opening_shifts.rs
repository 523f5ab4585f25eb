//! The table `opening_shifts`.

use sea_orm::entity::prelude::*;

use crate::ids::{OpeningId, OpeningShiftId, PersonId};
use crate::states::PlaceRole;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opening_shifts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OpeningShiftId,
    pub opening_id: OpeningId,
    pub person_id: PersonId,
    pub role: PlaceRole,
    pub instead_of_id: Option<OpeningShiftId>,
    pub added_by: PersonId,
    pub added_at: DateTimeUtc,
    pub absent_at: Option<DateTimeUtc>,
    pub removed_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
