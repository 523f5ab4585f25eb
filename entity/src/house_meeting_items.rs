//! The table `house_meeting_items`.

use sea_orm::entity::prelude::*;

use crate::ids::{HouseMeetingId, WishId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "house_meeting_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub house_meeting_id: HouseMeetingId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub no: i16,
    pub wish_id: Option<WishId>,
    pub topic: Option<String>,
    pub decision: Option<String>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
