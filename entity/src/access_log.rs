//! The table `access_log`.

use sea_orm::entity::prelude::*;

use crate::ids::{AccessLogId, OrganisationId, PersonId, RequestId, RoleGrantId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccessLogId,
    pub organisation_id: OrganisationId,
    pub request_id: RequestId,
    pub person_id: PersonId,
    pub grant_id: Option<RoleGrantId>,
    pub purpose: String,
    pub at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
