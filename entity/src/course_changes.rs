//! The table `course_changes`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseChangeId, CourseId, CourseSessionId, CurriculumId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseChangeId,
    pub course_id: CourseId,
    pub session_id: CourseSessionId,
    pub theme: Option<String>,
    pub methods: Option<String>,
    pub materials: Option<String>,
    pub reason: Option<String>,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub curriculum_id: Option<CurriculumId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
