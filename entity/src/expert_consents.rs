//! The table `expert_consents`.

use sea_orm::entity::prelude::*;

use crate::ids::{ExpertProfileId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expert_consents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub profile_id: ExpertProfileId,
    pub given_on: Date,
    pub until_on: Date,
    pub notice_on: Date,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub ended_by: Option<PersonId>,
    pub ended_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
