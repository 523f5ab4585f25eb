//! The table `influence_items`.

use sea_orm::entity::prelude::*;

use crate::ids::{InfluenceItemId, OrganisationId, PersonId};
use crate::states::{InfluenceKind, InfluenceOutcome};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "influence_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InfluenceItemId,
    pub organisation_id: OrganisationId,
    pub kind: InfluenceKind,
    pub title: String,
    pub body: String,
    pub on_date: Date,
    pub section: Option<String>,
    pub register_number: Option<String>,
    pub participants: Option<i32>,
    pub outcome: InfluenceOutcome,
    pub outcome_told: Option<String>,
    pub area: Option<i16>,
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
