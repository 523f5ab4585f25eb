//! The table `peer_group_meetings`.

use sea_orm::entity::prelude::*;

use crate::ids::{PeerGroupId, PeerGroupMeetingId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "peer_group_meetings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeerGroupMeetingId,
    pub peer_group_id: PeerGroupId,
    pub on_date: Date,
    pub minutes: i16,
    pub heads: i16,
    pub first_timers: Option<i16>,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
