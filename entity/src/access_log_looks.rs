//! The table `access_log_looks`.

use sea_orm::entity::prelude::*;

use crate::ids::AccessLogId;

/// One row: the objects of one kind that one request read, or was refused.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_log_looks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: AccessLogId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub object_kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub act: String,
    /// Their ids, 16 bytes each.
    pub objects: Vec<u8>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
