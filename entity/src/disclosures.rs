//! The table `disclosures`.

use sea_orm::entity::prelude::*;

use crate::ids::{DisclosureId, MatchProposalId, OrganisationId, PersonId};
use crate::states::{DisclosedMatter, DisclosureBasis};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DisclosureId,
    pub organisation_id: OrganisationId,
    pub proposal_id: MatchProposalId,
    pub of_person_id: PersonId,
    pub to_person_id: PersonId,
    pub to_organisation_id: OrganisationId,
    pub what: DisclosedMatter,
    pub basis: DisclosureBasis,
    pub disclosed_by: PersonId,
    pub disclosed_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
