//! The table `support_person_acts`.

use sea_orm::entity::prelude::*;

use crate::ids::{
    ExpertProfileId, GateId, OrganisationId, PersonId, ProgrammeId, SupportPersonActId,
    SupportPersonId,
};
use crate::states::SupportPersonActKind;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_person_acts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupportPersonActId,
    pub organisation_id: OrganisationId,
    pub support_person_id: SupportPersonId,
    pub kind: SupportPersonActKind,
    pub on_date: Date,
    pub seq: i32,
    pub gate_id: Option<GateId>,
    pub programme_id: Option<ProgrammeId>,
    pub expert_id: Option<ExpertProfileId>,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
