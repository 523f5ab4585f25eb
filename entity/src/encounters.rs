//! The table `encounters`.

use sea_orm::entity::prelude::*;

use crate::ids::{EncounterId, OrganisationId, PersonId};
use crate::states::RehabilitationPhase;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "encounters")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EncounterId,
    pub organisation_id: OrganisationId,
    pub list: String,
    pub kind: String,
    pub phase: RehabilitationPhase,
    pub on_date: Date,
    pub talks: i16,
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
