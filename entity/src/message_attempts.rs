//! The table `message_attempts`.

use sea_orm::entity::prelude::*;

use crate::ids::{MessageAttemptId, OutboxMessageId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageAttemptId,
    pub message_id: OutboxMessageId,
    pub attempt: i16,
    pub outcome: String,
    pub at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
