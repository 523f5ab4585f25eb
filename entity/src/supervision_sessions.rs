//! The table `supervision_sessions`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SupervisionSessionId};
use crate::states::{SupervisionForm, SupervisionStatus};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupervisionSessionId,
    pub organisation_id: OrganisationId,
    pub provider_id: OrganisationId,
    pub supervisor_id: PersonId,
    pub substitute_id: Option<PersonId>,
    pub on_date: Date,
    pub starts_at: i16,
    pub minutes: i16,
    pub held_minutes: Option<i16>,
    pub form: SupervisionForm,
    pub status: SupervisionStatus,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
