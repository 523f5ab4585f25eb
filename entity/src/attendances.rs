//! The table `attendances`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseSessionId, EnrolmentId, PersonId};
use crate::states::AttendanceStatus;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: CourseSessionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub enrolment_id: EnrolmentId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_version: i32,
    pub status: AttendanceStatus,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
