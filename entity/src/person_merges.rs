//! The table `person_merges`.

use sea_orm::entity::prelude::*;

use crate::ids::{CaseloadMoveId, OrganisationId, PersonId, PersonMergeId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person_merges")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonMergeId,
    pub organisation_id: OrganisationId,
    pub kept_id: PersonId,
    pub merged_id: PersonId,
    pub caseload_move_id: Option<CaseloadMoveId>,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_on: Date,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
