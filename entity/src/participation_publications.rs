//! The table `participation_publications`.

use sea_orm::entity::prelude::*;

use crate::ids::{ParticipationPublicationId, ParticipationSnapshotId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participation_publications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ParticipationPublicationId,
    pub snapshot_id: ParticipationSnapshotId,
    pub measure: String,
    pub period: String,
    pub threshold: i16,
    pub published_on: Date,
    pub replaced_on: Option<Date>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
