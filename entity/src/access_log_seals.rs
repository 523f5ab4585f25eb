//! The table `access_log_seals`.

use sea_orm::entity::prelude::*;

use crate::ids::{AccessLogId, OrganisationId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_log_seals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub from_id: AccessLogId,
    pub through_id: AccessLogId,
    pub entries: i32,
    pub members: Vec<u8>,
    pub hash: Vec<u8>,
    pub key_version: i32,
    pub sealed_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
