//! The table `access_log_objects`.

use sea_orm::entity::prelude::*;

use crate::ids::AccessLogId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_log_objects")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: AccessLogId,
    pub object_kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub object_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub act: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
