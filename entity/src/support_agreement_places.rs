//! The table `support_agreement_places`.

use sea_orm::entity::prelude::*;

use crate::ids::SupportAgreementId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_agreement_places")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub agreement_id: SupportAgreementId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
