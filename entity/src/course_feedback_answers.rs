//! The table `course_feedback_answers`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseFeedbackAnswerId, CourseFeedbackWaveId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_feedback_answers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseFeedbackAnswerId,
    pub wave_id: CourseFeedbackWaveId,
    pub heard: Option<i16>,
    pub safe: Option<i16>,
    pub useful: Option<i16>,
    pub recommends: Option<i16>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
