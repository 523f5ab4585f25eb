//! The table `courses`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseId, CurriculumId, OrganisationId, PersonId};
use crate::states::CourseStatus;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "courses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseId,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub unit: Option<String>,
    pub starts_on: Date,
    pub starts_at: i16,
    pub lunch_minutes: i16,
    pub baseline_group_size: Option<i16>,
    pub participant_limit: Option<i16>,
    pub participant_fee: i16,
    pub status: CourseStatus,
    pub opened_at: Option<DateTimeUtc>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub changes: i32,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
    pub curriculum_id: Option<CurriculumId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
