//! The table `supervision_themes`.

use sea_orm::entity::prelude::*;

use crate::ids::SupervisionSessionId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_themes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: SupervisionSessionId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
