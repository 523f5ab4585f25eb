//! The table `joint_review_records`.

use sea_orm::entity::prelude::*;

use crate::ids::{JointReviewId, JointReviewRecordId, OrganisationId, PersonId};
use crate::states::{
    NotHeldReason, ReviewChannel, ReviewOutcome, ReviewProgress, ReviewRecordKind,
};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "joint_review_records")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JointReviewRecordId,
    pub organisation_id: OrganisationId,
    pub joint_review_id: JointReviewId,
    pub kind: ReviewRecordKind,
    pub held_on: Option<Date>,
    pub professional_present: Option<bool>,
    pub supported_present: Option<bool>,
    pub support_person_present: Option<bool>,
    pub channel: Option<ReviewChannel>,
    pub progress: Option<ReviewProgress>,
    pub outcome: Option<ReviewOutcome>,
    pub settles_cycle: Option<bool>,
    pub next_interval_months: Option<i16>,
    pub not_held_reason: Option<NotHeldReason>,
    pub recorded_on: Date,
    pub corrects_id: Option<JointReviewRecordId>,
    pub corrects_at: Option<DateTimeUtc>,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
