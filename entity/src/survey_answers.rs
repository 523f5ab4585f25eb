//! The table `survey_answers`.

use sea_orm::entity::prelude::*;

use crate::ids::{SurveyAnswerId, SurveyWaveId};
use crate::states::SurveySource;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_answers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SurveyAnswerId,
    pub wave_id: SurveyWaveId,
    pub source: SurveySource,
    pub s1: Option<i16>,
    pub s2: Option<i16>,
    pub s3: Option<i16>,
    pub s4: Option<i16>,
    pub s5: Option<i16>,
    pub s6: Option<i16>,
    pub s7: Option<i16>,
    pub s8: Option<i16>,
    pub s9: Option<i16>,
    pub s10: Option<i16>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
