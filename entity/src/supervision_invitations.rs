//! The table `supervision_invitations`.

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, SupervisionInvitationId, SupervisionSessionId};
use crate::states::SupervisionAnswer;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupervisionInvitationId,
    pub session_id: SupervisionSessionId,
    pub person_id: PersonId,
    pub answer: SupervisionAnswer,
    pub version: i32,
    pub invited_by: PersonId,
    pub invited_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<PersonId>,
    pub withdrawn_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
