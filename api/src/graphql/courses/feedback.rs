//! What people thought of a course, in waves and without names.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::courses::{self as domain, CloseFeedback, OpenFeedback};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{CourseFeedbackWaveId, CourseId};

use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::Look;
use crate::graphql::scalars::{Date, Ref, id};
use crate::graphql::written::Written;

/// One round of feedback on a course (palautekierros).
#[derive(SimpleObject, Written, Clone)]
pub struct CourseFeedbackWave {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The code by which people answer, at `/feedback/` and the code: shown to the group, and to nobody else.
    code: String,
    /// Since when it takes answers.
    opened_on: Date,
    /// Until when; absent while it takes answers.
    closed_on: Option<Date>,
    /// What came of it; absent while it is open, and where fewer than five answered.
    results: Option<CourseFeedbackResults>,
}

/// What people thought, each on average between 1, not at all, and 5, wholly (palautteen tulos).
#[derive(SimpleObject, Written, Clone, Copy)]
pub struct CourseFeedbackResults {
    /// How many answered.
    answers: i64,
    /// That they were heard.
    heard: Option<f64>,
    /// That the group was safe.
    safe: Option<f64>,
    /// That it was of use in their own life.
    useful: Option<f64>,
    /// That they would recommend it.
    recommends: Option<f64>,
}

impl From<domain::Wave> for CourseFeedbackWave {
    fn from(row: domain::Wave) -> Self {
        Self {
            id: id(row.id),
            code: row.code,
            opened_on: row.opened_on.into(),
            closed_on: row.closed_on.map(Date),
            results: row.results.map(|it| CourseFeedbackResults {
                answers: it.answers,
                heard: it.heard,
                safe: it.safe,
                useful: it.useful,
                recommends: it.recommends,
            }),
        }
    }
}

impl CourseFeedbackWave {
    /// One wave.
    pub async fn load(
        ctx: &Ctx,
        id: CourseFeedbackWaveId,
        _: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        Ok(domain::find_wave(ctx, id).await?.map(Self::from))
    }
}

payload!(CourseFeedbackPayload, course_feedback: CourseFeedbackWave, "What came of an act on a round of feedback.");

/// Opens a round of feedback.
#[derive(InputObject)]
pub struct CourseFeedbackOpenInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// On which course.
    course_id: Ref<CourseId>,
}

/// Closes a round of feedback.
#[derive(InputObject)]
pub struct CourseFeedbackCloseInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The round.
    course_feedback_wave_id: Ref<CourseFeedbackWaveId>,
}

/// What can be done with feedback.
#[derive(Default)]
pub struct CourseFeedbackMutation;

#[Object]
impl CourseFeedbackMutation {
    /// Opens a round of feedback on a course that one leads: its code is shown to the group. One is open at a time.
    async fn course_feedback_open(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "On which course.")] input: CourseFeedbackOpenInput,
    ) -> Result<CourseFeedbackPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let open = OpenFeedback {
            course: input.course_id.or_unknown(),
        };
        let done = domain::open_feedback(ctx, &key, open).await;
        CourseFeedbackPayload::of(c, done, CourseFeedbackWave::load).await
    }

    /// Closes a round of feedback for good; its results are told from then on, where at least five answered.
    async fn course_feedback_close(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: CourseFeedbackCloseInput,
    ) -> Result<CourseFeedbackPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let close = CloseFeedback {
            wave: input.course_feedback_wave_id.or_unknown(),
        };
        let done = domain::close_feedback(ctx, &key, close).await;
        CourseFeedbackPayload::of(c, done, CourseFeedbackWave::load).await
    }
}
