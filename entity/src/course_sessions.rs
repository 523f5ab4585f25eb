//! The table `course_sessions`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseId, CourseSessionId};
use crate::states::CourseSessionStatus;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseSessionId,
    pub course_id: CourseId,
    pub no: i16,
    pub planned_on: Date,
    pub planned_at: i16,
    pub on_date: Date,
    pub remind_on: Date,
    pub starts_at: i16,
    pub minutes: i16,
    pub status: CourseSessionStatus,
    pub replaces_id: Option<CourseSessionId>,
    pub theme: Option<String>,
    pub methods: Option<String>,
    pub materials: Option<String>,
    pub sequence: i32,
    pub changed_at: Option<DateTimeUtc>,
    pub version: i32,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
