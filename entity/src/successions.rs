//! The table `successions`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SuccessionId};
use crate::states::SuccessionStatus;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "successions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SuccessionId,
    pub former_id: OrganisationId,
    pub successor_id: OrganisationId,
    pub from_on: Date,
    pub status: SuccessionStatus,
    pub version: i32,
    pub proposed_by: PersonId,
    pub proposed_at: DateTimeUtc,
    pub made_by: Option<PersonId>,
    pub made_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub moved_cases: Option<i32>,
    pub moved_referrals: Option<i32>,
    pub moved_relationships: Option<i32>,
    pub moved_support_persons: Option<i32>,
    pub moved_people: Option<i32>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
