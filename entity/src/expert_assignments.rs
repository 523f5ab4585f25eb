//! The table `expert_assignments`.

use sea_orm::entity::prelude::*;

use crate::ids::{ExpertAssignmentId, ExpertProfileId, OrganisationId, PersonId};
use crate::states::{Compensation, Employment, FundingStatus, RehabilitationPhase};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expert_assignments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExpertAssignmentId,
    pub profile_id: ExpertProfileId,
    pub host_id: OrganisationId,
    pub list: String,
    pub task: String,
    pub place: Option<String>,
    pub working_time_pct: i16,
    pub compensation: Compensation,
    pub employment: Employment,
    pub funding: FundingStatus,
    pub phase: RehabilitationPhase,
    pub from_on: Date,
    pub to_on: Option<Date>,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
