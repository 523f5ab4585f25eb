//! The table `training_participants`.

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, SupportPersonId, TrainingId, TrainingParticipantId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_participants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TrainingParticipantId,
    pub training_id: TrainingId,
    pub support_person_id: SupportPersonId,
    pub added_by: PersonId,
    pub added_at: DateTimeUtc,
    pub removed_by: Option<PersonId>,
    pub removed_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
