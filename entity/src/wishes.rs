//! The table `wishes`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, PersonId, WishId};
use crate::states::{WishSource, WishStatus};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wishes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WishId,
    pub place_id: DropInPlaceId,
    pub source: WishSource,
    pub text: Option<String>,
    pub area: Option<i16>,
    pub status: WishStatus,
    pub told: Option<String>,
    pub answer: Option<String>,
    pub received_on: Date,
    pub answered_on: Option<Date>,
    pub version: i32,
    pub answered_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
