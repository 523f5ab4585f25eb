//! Survey waves: a group answers the official form, and nobody is asked who they are.

mod acts;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, SurveyWaveId};
use rinnalla_domain::survey_waves as domain;

pub use self::acts::SurveyWaveMutation;
use super::codes::Language;
use super::organisations::Organisation;
use super::payload::{answer, ctx, for_client};
use super::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// A round of answers to the ten statements of the official form (kyselykierros).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SurveyWave {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What the coordinator calls it.
    name: String,
    /// What whoever answers types in.
    code: String,
    /// Since when it takes answers.
    opened_on: Date,
    /// Until when; absent as long as it takes answers.
    closed_on: Option<Date>,
    /// What came of it; absent while it takes answers, and where fewer than five have answered.
    results: Option<SurveyResults>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    organisation_id: OrganisationId,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
}

/// A round of answers to the ten statements of the official form (kyselykierros).
#[written]
#[ComplexObject]
impl SurveyWave {
    /// The association that asks.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }
}

/// What came of a survey wave: of the group, never of one person, and without a score (kyselyn tulokset).
#[derive(SimpleObject, Written, Clone)]
pub struct SurveyResults {
    /// How many answered.
    answers: i64,
    /// The ten statements in order.
    items: Vec<SurveyItem>,
}

/// What came of one statement (väittämän tulos).
#[derive(SimpleObject, Written, Clone)]
pub struct SurveyItem {
    /// Which of the ten it is, from 1 on.
    no: usize,
    /// How many answered it; absent where they are fewer than five.
    answers: Option<i64>,
    /// The mean, from 1 to 5; absent where fewer than five answered it.
    mean: Option<f64>,
}

/// What whoever answers a survey is shown (avoin kysely).
#[derive(SimpleObject, Written)]
pub struct PublicSurvey {
    /// The ten statements; empty where they are on paper alone.
    lines: Vec<String>,
}

impl From<domain::SurveyWave> for SurveyWave {
    fn from(row: domain::SurveyWave) -> Self {
        let item = |it: domain::Item| SurveyItem {
            no: it.no,
            answers: it.answers,
            mean: it.mean,
        };
        Self {
            id: id(row.id),
            name: row.name,
            code: row.code,
            opened_on: row.opened_on.into(),
            closed_on: row.closed_on.map(Date),
            results: row.results.map(|it| SurveyResults {
                answers: it.answers,
                items: it.items.into_iter().map(item).collect(),
            }),
            version: row.version,
            organisation_id: row.organisation_id,
            organisation: None,
        }
    }
}

impl SurveyWave {
    /// One wave with what is selected below it.
    pub async fn load(ctx: &Ctx, id: SurveyWaveId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for SurveyWave {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.organisation_id).cloned());
            }
        }
        Ok(())
    }
}

/// What can be asked about survey waves.
#[derive(Default)]
pub struct SurveyWaveQuery;

#[Object]
impl SurveyWaveQuery {
    /// One survey wave; absent where it does not exist or is not one's own to see.
    async fn survey_wave(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<SurveyWaveId>,
    ) -> Result<Answer<Option<SurveyWave>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, SurveyWave::load(ctx, id, Look::of(c)).await)
    }

    /// The survey waves of the own association, the latest first.
    async fn survey_waves(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of this association; of all within reach where nothing is said.")]
        organisation_id: Option<Ref<OrganisationId>>,
    ) -> Result<Answer<Vec<SurveyWave>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let all = async {
            let rows = domain::list(ctx, organisation_id.map(Ref::or_unknown)).await?;
            let mut nodes: Vec<SurveyWave> = rows.into_iter().map(SurveyWave::from).collect();
            fill(&mut nodes, &look, ctx).await?;
            Ok(nodes)
        };
        answer(ctx, all.await)
    }

    /// The statements that the own association has loaded in a language, in order; empty where there are none.
    async fn survey_statements(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The association.")] organisation_id: Ref<OrganisationId>,
        #[graphql(desc = "Their language.")] language: Language,
    ) -> Result<Answer<Vec<String>>> {
        let ctx = ctx(c)?;
        let of = organisation_id.or_unknown();
        answer(ctx, domain::statements_of(ctx, of, language.into()).await)
    }

    /// What whoever has a wave's code is shown: nobody has to be signed in. Absent where no wave of this code takes answers.
    /// Statements are in the language of `Accept-Language`, else in Finnish.
    async fn public_survey(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The wave's code.")] wave_code: String,
    ) -> Result<Answer<Option<PublicSurvey>>> {
        let ctx = ctx(c)?;
        let found = for_client(ctx, domain::public_survey(ctx, &wave_code).await)?;
        Ok(Answer(
            found.map(|found| PublicSurvey { lines: found.lines }),
        ))
    }
}
