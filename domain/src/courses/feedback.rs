//! What people thought of a course. Whoever leads it opens a wave and shows its code on the wall; whoever has the code answers
//! a few statements from 1 to 5, and is nobody: no name, no sign-in, no time. Results open when the wave is closed and at
//! least five have answered, so that no answer can be told from another.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    CourseFeedbackAnswerId, CourseFeedbackWaveId, CourseId, Id as _, OrganisationId,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::queries::{self, About};
use super::rules;
use crate::access::{LeadCourses, ReadCourses, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::page::Grouped;
use crate::sql::Sql;

/// One round of feedback on a course.
#[derive(Clone, Debug)]
pub struct Wave {
    /// Its id.
    pub id: CourseFeedbackWaveId,
    /// The course.
    pub course_id: CourseId,
    /// What whoever answers types in.
    pub code: String,
    /// Since when it takes answers.
    pub opened_on: NaiveDate,
    /// Until when.
    pub closed_on: Option<NaiveDate>,
    /// What came of it; none while it is open, or while too few have answered.
    pub results: Option<Results>,
}

/// What came of a wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Results {
    /// How many answered.
    pub answers: i64,
    /// That they were heard, on average.
    pub heard: Option<f64>,
    /// That the group was safe.
    pub safe: Option<f64>,
    /// That it was of use in their own life.
    pub useful: Option<f64>,
    /// That they would recommend it.
    pub recommends: Option<f64>,
}

/// What somebody thought, each from 1 to 5; what was passed over is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answers {
    /// That they were heard.
    pub heard: Option<i16>,
    /// That the group was safe.
    pub safe: Option<i16>,
    /// That it was of use in their own life.
    pub useful: Option<i16>,
    /// That they would recommend it.
    pub recommends: Option<i16>,
}

/// A wave to open.
#[derive(Clone, Copy, Debug)]
pub struct OpenFeedback {
    /// The course.
    pub course: CourseId,
}

/// A wave to close.
#[derive(Clone, Copy, Debug)]
pub struct CloseFeedback {
    /// The wave.
    pub wave: CourseFeedbackWaveId,
}

/// Opens a wave of feedback.
///
/// Errors: `NotFound`, `Invalid` (`WRONG_STATE` while another one is open).
pub async fn open_feedback(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OpenFeedback,
) -> Result<CourseFeedbackWaveId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO course_feedback_waves (id, course_id, code, opened_on, opened_by)
         SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM course_feedback_waves w
           WHERE w.course_id = $2 AND w.closed_on IS NULL)",
    );
    let scope = require::<LeadCourses>(ctx)?;
    let id = CourseFeedbackWaveId::random();
    let mut act = match ctx.begin("courseFeedbackOpen", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseFeedbackWaveId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(input.course)).await?;
    let values: [Value; 5] = [
        id.0.into(),
        held.id.0.into(),
        CaseCode::random().as_str().into(),
        ctx.today.into(),
        scope.actor().0.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    act.changed(&scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseFeedbackWaveId)
}

/// Closes a wave for good; one that is closed already stays as it is.
///
/// Errors: `NotFound`.
pub async fn close_feedback(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CloseFeedback,
) -> Result<CourseFeedbackWaveId> {
    static SQL: Sql = Sql::new(
        "UPDATE course_feedback_waves SET closed_on = $2, closed_by = $3 WHERE id = $1 AND closed_on IS NULL",
    );
    let scope = require::<LeadCourses>(ctx)?;
    let mut act = match ctx.begin("courseFeedbackClose", key, input.wave).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseFeedbackWaveId(done)),
    };
    let held = queries::hold(&act, &scope, About::Wave(input.wave)).await?;
    let by = scope.actor().0;
    let values = [input.wave.0.into(), ctx.today.into(), by.into()];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseFeedbackWaveId)
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: CourseFeedbackWaveId,
    pub course_id: CourseId,
    pub organisation_id: OrganisationId,
    code: String,
    opened_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    answers: i64,
    heard: Option<f64>,
    safe: Option<f64>,
    useful: Option<f64>,
    recommends: Option<f64>,
}

impl From<Row> for Wave {
    fn from(row: Row) -> Self {
        let is_told = row.closed_on.is_some() && row.answers >= rules::FEEDBACK_LEAST;
        let mean = |sum: Option<f64>| sum.map(|mean| (mean * 100.0).round() / 100.0);
        let results = is_told.then_some(Results {
            answers: row.answers,
            heard: mean(row.heard),
            safe: mean(row.safe),
            useful: mean(row.useful),
            recommends: mean(row.recommends),
        });
        Self {
            id: row.id,
            course_id: row.course_id,
            code: row.code,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            results,
        }
    }
}

/// One wave; `None` where it is absent or hidden.
pub async fn find_wave(ctx: &Ctx, id: CourseFeedbackWaveId) -> Result<Option<Wave>> {
    let scope = require::<ReadCourses>(ctx)?;
    let found = queries::wave(ctx, &scope, id).await?;
    match &found {
        Some(row) => ctx.see(
            &scope,
            ObjectKind::Course,
            [(row.organisation_id, row.course_id.uuid())],
        ),
        None => ctx.refuse(&scope, ObjectKind::Course, id),
    }
    Ok(found.map(Wave::from))
}

/// The waves of each course, the first one first.
pub async fn waves_for(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, Wave>> {
    let scope = require::<ReadCourses>(ctx)?;
    let mut waves = Grouped::with_capacity(of.len());
    for row in queries::waves_for(ctx, &scope, of).await? {
        let of_one: &mut Vec<Wave> = waves.entry(row.course_id).or_default();
        of_one.push(row.into());
    }
    Ok(waves)
}

#[derive(FromQueryResult)]
struct Open {
    id: CourseFeedbackWaveId,
}

/// Whether a code is that of a wave that takes answers. Asked by anybody.
pub async fn takes_feedback(ctx: &Ctx, code: &str) -> Result<bool> {
    Ok(open_wave(ctx.store.reader(), code).await?.is_some())
}

async fn open_wave(db: &impl ConnectionTrait, code: &str) -> Result<Option<CourseFeedbackWaveId>> {
    static SQL: Sql =
        Sql::new("SELECT id FROM course_feedback_waves WHERE code = $1 AND closed_on IS NULL");
    let Ok(code) = CaseCode::parse(code) else {
        return Ok(None);
    };
    let open: Option<Open> = SQL.one(db, [code.as_str().into()]).await?;
    Ok(open.map(|open| open.id))
}

/// Keeps what somebody thought. The same form sent twice is one answer; who sent it is asked nowhere, signed in or not.
///
/// Errors: `NotFound` for a code that takes no answers, `Invalid` (`EMPTY` where nothing was answered, `OUT_OF_RANGE`,
/// `TOO_MANY` where more have answered than can take part).
pub async fn give_feedback(
    ctx: &Ctx,
    code: &str,
    id: CourseFeedbackAnswerId,
    told: Answers,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO course_feedback_answers (id, wave_id, heard, safe, useful, recommends)
         SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM course_feedback_answers a WHERE a.wave_id = $2) < $7
         ON CONFLICT (id) DO NOTHING",
    );
    static KEPT: Sql = Sql::new("SELECT wave_id AS id FROM course_feedback_answers WHERE id = $1");
    let all = [told.heard, told.safe, told.useful, told.recommends];
    let mut given = all.iter().flatten();
    Violations::default()
        .check(all.iter().any(Option::is_some), "", "EMPTY")
        .check(given.all(|it| (1..=5).contains(it)), "", "OUT_OF_RANGE")
        .done()?;
    let tx = ctx.store.begin_write().await?;
    let wave = open_wave(&tx, code).await?.ok_or(Error::NotFound)?;
    let values: [Value; 7] = [
        id.0.into(),
        wave.0.into(),
        told.heard.into(),
        told.safe.into(),
        told.useful.into(),
        told.recommends.into(),
        i64::from(rules::MOST_PARTICIPANTS).into(),
    ];
    if SQL.run(&tx, values).await? == 0 {
        let kept: Option<Open> = KEPT.one(&tx, [id.0.into()]).await?;
        if kept.is_none() {
            return Err(Error::invalid("", "TOO_MANY"));
        }
    }
    tx.commit().await.map_err(|_| Error::Unavailable)
}
