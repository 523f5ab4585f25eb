//! The table `supervision_contact_requests`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SupervisionContactRequestId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_contact_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupervisionContactRequestId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub asked_at: DateTimeUtc,
    pub acknowledged_by: Option<PersonId>,
    pub acknowledged_at: Option<DateTimeUtc>,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub version: i32,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
