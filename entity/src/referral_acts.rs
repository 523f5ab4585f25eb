//! The table `referral_acts`.

use sea_orm::entity::prelude::*;

use crate::ids::{MatchProposalId, OrganisationId, PersonId, ReferralActId, ReferralId};
use crate::states::{AskingChannel, ReferralActKind};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "referral_acts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReferralActId,
    pub organisation_id: OrganisationId,
    pub referral_id: ReferralId,
    pub proposal_id: Option<MatchProposalId>,
    pub kind: ReferralActKind,
    pub on_date: Date,
    pub seq: i32,
    pub channel: Option<AskingChannel>,
    pub reason: Option<String>,
    pub text_version: Option<String>,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
