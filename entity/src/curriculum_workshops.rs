//! The table `curriculum_workshops`.

use sea_orm::entity::prelude::*;

use crate::ids::{CurriculumId, CurriculumWorkshopId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "curriculum_workshops")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CurriculumWorkshopId,
    pub curriculum_id: CurriculumId,
    pub on_date: Date,
    pub professionals: i16,
    pub developers: i16,
    pub changed: String,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
