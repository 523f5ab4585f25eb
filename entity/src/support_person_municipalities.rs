//! The table `support_person_municipalities`.

use sea_orm::entity::prelude::*;

use crate::ids::SupportPersonId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_person_municipalities")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub support_person_id: SupportPersonId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
