//! The table `meetings`.

use sea_orm::entity::prelude::*;

use crate::ids::{MeetingId, OrganisationId, PersonId, SupportRelationshipId};
use crate::states::MeetingChannel;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "meetings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingId,
    pub organisation_id: OrganisationId,
    pub relationship_id: SupportRelationshipId,
    pub met_on: Date,
    pub minutes: i16,
    pub activity_list: String,
    pub activity: String,
    pub channel: MeetingChannel,
    pub version: i32,
    pub replaces_id: Option<MeetingId>,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
