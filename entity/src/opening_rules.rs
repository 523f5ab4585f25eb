//! The table `opening_rules`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, OpeningRuleId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opening_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OpeningRuleId,
    pub place_id: DropInPlaceId,
    pub recurrence: String,
    pub starts_at: i16,
    pub ends_at: i16,
    pub from_on: Date,
    pub to_on: Option<Date>,
    pub opens_on_holidays: bool,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
