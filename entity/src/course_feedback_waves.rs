//! The table `course_feedback_waves`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseFeedbackWaveId, CourseId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_feedback_waves")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseFeedbackWaveId,
    pub course_id: CourseId,
    pub code: String,
    pub opened_on: Date,
    pub opened_by: PersonId,
    pub closed_on: Option<Date>,
    pub closed_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
