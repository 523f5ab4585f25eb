//! Opening and closing survey waves, loading the official form, and how answers come.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ids::{OrganisationId, SurveyWaveId};
use rinnalla_domain::survey_waves as domain;

use super::SurveyWave;
use crate::graphql::codes::Language;
use crate::graphql::organisations::Organisation;
use crate::graphql::payload::{UserError, ctx, key, outcome};
use crate::graphql::scalars::Ref;

payload!(SurveyWavePayload, survey_wave: SurveyWave, "What came of an act on a survey wave.");
payload!(SurveyStatementsPayload, organisation: Organisation, "What came of loading the form's statements.");

/// What came of an answer to a survey.
#[derive(SimpleObject)]
pub struct SurveyAnswerPayload {
    /// Whether the answer is kept.
    is_kept: bool,
    /// What the person can put right; empty where the act was done.
    user_errors: Vec<UserError>,
}

/// Opens a survey wave.
#[derive(InputObject)]
pub struct SurveyWaveOpenInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association that asks.
    organisation_id: Ref<OrganisationId>,
    /// What the coordinator calls it, at most 80 characters.
    name: String,
}

/// Closes a survey wave.
#[derive(InputObject)]
pub struct SurveyWaveCloseInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The wave.
    survey_wave_id: Ref<SurveyWaveId>,
    /// Its version.
    version: i32,
}

/// Loads the official form's statements in a language.
#[derive(InputObject)]
pub struct SurveyStatementsLoadInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// Their language.
    language: Language,
    /// The ten statements in order, word for word, each at most 200 characters.
    lines: Vec<String>,
}

/// Answers a survey.
#[derive(InputObject)]
pub struct SurveyAnswerSendInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The wave's code.
    wave_code: String,
    /// The ten answers in order, 1 (strongly disagree) to 5 (completely agree); null where one was passed over.
    answers: Vec<Option<i32>>,
}

/// Types an answer in from paper.
#[derive(InputObject)]
pub struct SurveyAnswerTypeInInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The wave.
    survey_wave_id: Ref<SurveyWaveId>,
    /// Its version.
    version: i32,
    /// The ten answers in order, 1 to 5; null where one was passed over.
    answers: Vec<Option<i32>>,
}

/// Takes an answer back that was typed in wrongly.
#[derive(InputObject)]
pub struct SurveyAnswerTakeBackInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The wave.
    survey_wave_id: Ref<SurveyWaveId>,
    /// Its version.
    version: i32,
    /// The ten answers as they were typed in.
    answers: Vec<Option<i32>>,
}

/// What can be done with survey waves.
#[derive(Default)]
pub struct SurveyWaveMutation;

#[Object]
impl SurveyWaveMutation {
    /// Opens a survey wave, under a code of its own.
    async fn survey_wave_open(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: SurveyWaveOpenInput,
    ) -> Result<SurveyWavePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let open = domain::Open {
            organisation: input.organisation_id.or_unknown(),
            name: input.name,
        };
        let done = domain::open(ctx, &key, open).await;
        SurveyWavePayload::of(c, done, SurveyWave::load).await
    }

    /// Closes a survey wave for good: it takes no answers, and what came of it is told.
    async fn survey_wave_close(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SurveyWaveCloseInput,
    ) -> Result<SurveyWavePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let close = domain::Close {
            wave: input.survey_wave_id.or_unknown(),
            version: input.version,
        };
        let done = domain::close(ctx, &key, close).await;
        SurveyWavePayload::of(c, done, SurveyWave::load).await
    }

    /// Loads the official form's ten statements in a language, in the place of those before. None come with the program: the
    /// association asks for the form and for the permission to use it.
    async fn survey_statements_load(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: SurveyStatementsLoadInput,
    ) -> Result<SurveyStatementsPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let load = domain::LoadStatements {
            organisation: input.organisation_id.or_unknown(),
            language: input.language.into(),
            lines: input.lines,
        };
        let done = domain::load_statements(ctx, &key, load).await;
        SurveyStatementsPayload::of(c, done, Organisation::load).await
    }

    /// Answers a survey. Anybody with the wave's code may, a few times a minute; nothing is kept of who did, nor when.
    async fn survey_answer_send(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: SurveyAnswerSendInput,
    ) -> Result<SurveyAnswerPayload> {
        let ctx = ctx(c)?;
        let send = domain::SendAnswer {
            code: input.wave_code,
            answers: input.answers,
        };
        let done = domain::send(ctx, &input.idempotency_key, send).await;
        let user_errors = outcome(ctx, done)?.err().unwrap_or_default();
        Ok(SurveyAnswerPayload {
            is_kept: user_errors.is_empty(),
            user_errors,
        })
    }

    /// Types an answer in from paper.
    async fn survey_answer_type_in(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: SurveyAnswerTypeInInput,
    ) -> Result<SurveyWavePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::Answer {
            wave: input.survey_wave_id.or_unknown(),
            version: input.version,
            answers: input.answers,
        };
        let done = domain::type_in(ctx, &key, told).await;
        SurveyWavePayload::of(c, done, SurveyWave::load).await
    }

    /// Takes an answer back that was typed in wrongly: one from paper with these very numbers, as long as the wave takes
    /// answers.
    async fn survey_answer_take_back(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: SurveyAnswerTakeBackInput,
    ) -> Result<SurveyWavePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::Answer {
            wave: input.survey_wave_id.or_unknown(),
            version: input.version,
            answers: input.answers,
        };
        let done = domain::take_back(ctx, &key, told).await;
        SurveyWavePayload::of(c, done, SurveyWave::load).await
    }
}
