//! The table `supervision_texts`.

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, SupervisionSessionId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_texts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: SupervisionSessionId,
    pub written_by: PersonId,
    pub text_sealed: Vec<u8>,
    pub data_key_sealed: Vec<u8>,
    pub written_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
