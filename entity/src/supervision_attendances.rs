//! The table `supervision_attendances`.

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, SupervisionSessionId};
use crate::states::SupervisionPresence;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_attendances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: SupervisionSessionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_version: i32,
    pub status: SupervisionPresence,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
