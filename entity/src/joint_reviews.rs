//! The table `joint_reviews`.

use sea_orm::entity::prelude::*;

use crate::ids::{JointReviewId, OrganisationId, SupportRelationshipId};
use crate::states::{JointReviewStatus, ReviewCancelledReason};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "joint_reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JointReviewId,
    pub organisation_id: OrganisationId,
    pub relationship_id: SupportRelationshipId,
    pub cycle_no: i32,
    pub status: JointReviewStatus,
    pub cancelled_reason: Option<ReviewCancelledReason>,
    pub interval_months: i16,
    pub base_on: Date,
    pub raw_planned_on: Date,
    pub raw_window_end_on: Date,
    pub window_start_on: Date,
    pub planned_on: Date,
    pub window_end_on: Date,
    pub booked_for: Option<Date>,
    pub coming_notice_on: Option<Date>,
    pub due_notice_on: Option<Date>,
    pub nudge_notice_on: Option<Date>,
    pub overdue_notice_on: Option<Date>,
    pub overdue_again_notice_on: Option<Date>,
    pub booked_notice_on: Option<Date>,
    pub held_on: Option<Date>,
    pub is_joint: Option<bool>,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
