//! The table `support_persons`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, ProgrammeId, SupportPersonId};
use crate::states::{SupportBackground, SupportPersonStatus};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_persons")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupportPersonId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub background: SupportBackground,
    pub status: SupportPersonStatus,
    pub birth_decade: Option<i16>,
    pub county_code: String,
    pub weekdays: i16,
    pub max_active: i16,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub programme_id: Option<ProgrammeId>,
    pub first_programme_id: Option<ProgrammeId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
