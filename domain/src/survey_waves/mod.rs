//! Survey waves (kyselykierros): a group answers ESIS, the form by which THL asks of osallisuus, in its official wording.
//!
//! The statements do not come with the program: an association loads them as it got them with the form's permission. An
//! answer knows its wave, its numbers, and whether it came on paper; nobody's id and no time (D-18). What came of a wave is
//! told once it is closed and five have answered: how many, and the mean of each statement. It is about a group, never
//! about one person, and there is no score.

mod answering;
mod queries;
pub mod rules;
mod statements;
mod waves;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{OrganisationId, SurveyWaveId};

use crate::access::{KeepSurveys, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;

pub use answering::{Answer, SendAnswer, send, take_back, type_in};
pub use statements::{LoadStatements, PublicSurvey, load_statements, public_survey, statements_of};
pub use waves::{Close, Open, close, open};

/// A round of answers.
#[derive(Clone, Debug)]
pub struct SurveyWave {
    /// Its id.
    pub id: SurveyWaveId,
    /// The association that asks.
    pub organisation_id: OrganisationId,
    /// What the coordinator calls it.
    pub name: String,
    /// What whoever answers types in.
    pub code: String,
    /// Since when it takes answers.
    pub opened_on: NaiveDate,
    /// Until when; it takes answers where none is said.
    pub closed_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
    /// What came of it; none while it is open, or where fewer than five have answered.
    pub results: Option<Results>,
}

/// What came of a wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// How many answered.
    pub answers: i64,
    /// The ten statements in order.
    pub items: Vec<Item>,
}

/// What came of one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// Which of the ten it is, from 1 on.
    pub no: usize,
    /// How many answered it; none where they are fewer than five.
    pub answers: Option<i64>,
    /// The mean, from 1 to 5; none where fewer than five answered it.
    pub mean: Option<f64>,
}

/// The own association's waves, the latest first.
pub async fn list(ctx: &Ctx, organisation: Option<OrganisationId>) -> Result<Vec<SurveyWave>> {
    let scope = require::<KeepSurveys>(ctx)?;
    let rows = queries::list(ctx, &scope, organisation).await?;
    Ok(rows.into_iter().map(SurveyWave::from).collect())
}

/// One wave; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: SurveyWaveId) -> Result<Option<SurveyWave>> {
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        let scope = require::<KeepSurveys>(ctx)?;
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// The waves with these ids, as far as the actor may see them.
pub async fn for_ids(ctx: &Ctx, ids: &[SurveyWaveId]) -> Result<HashMap<SurveyWaveId, SurveyWave>> {
    let scope = require::<KeepSurveys>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}
