//! The table `openings`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, OpeningId, OpeningRuleId, PersonId};
use crate::states::ClosedReason;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "openings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OpeningId,
    pub place_id: DropInPlaceId,
    pub rule_id: Option<OpeningRuleId>,
    pub on_date: Date,
    pub starts_at: i16,
    pub ends_at: i16,
    pub cancelled_for: Option<ClosedReason>,
    pub visits: i32,
    pub first_time_visits: i32,
    pub personal_supports: i32,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
    pub area: Option<i16>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
