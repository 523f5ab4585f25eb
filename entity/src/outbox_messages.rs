//! The table `outbox_messages`.

use sea_orm::entity::prelude::*;

use crate::ids::{LeaseToken, OrganisationId, OutboxMessageId, PersonId};
use crate::states::{NoticeKind, OutboxStatus, RecipientRole};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxMessageId,
    pub organisation_id: OrganisationId,
    pub kind: NoticeKind,
    pub subject_id: Uuid,
    pub cycle_no: i32,
    pub recipient_role: RecipientRole,
    pub for_on: Date,
    pub status: OutboxStatus,
    pub reason: Option<String>,
    pub not_before: DateTimeUtc,
    pub available_ms: i64,
    pub lease_token: Option<LeaseToken>,
    pub attempts: i16,
    pub sent_to_id: Option<PersonId>,
    pub key_version: i32,
    pub created_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
