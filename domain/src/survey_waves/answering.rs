//! How answers come: from whoever has a wave's code, and from paper, typed in by the coordinator. Neither leaves a trace of
//! who or when.

use rinnalla_entity::ids::{Id as _, SurveyAnswerId, SurveyWaveId};
use rinnalla_entity::states::SurveySource;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::{queries, rules};
use crate::access::{KeepSurveys, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::sql::Sql;
use crate::text;

/// What somebody answers with a wave's code.
#[derive(Clone, Debug)]
pub struct SendAnswer {
    /// The wave's code.
    pub code: String,
    /// The ten answers in order, 1 to 5 each; none where one was passed over.
    pub answers: Vec<Option<i32>>,
}

/// An answer on paper.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The wave.
    pub wave: SurveyWaveId,
    /// The version that this is based on.
    pub version: i32,
    /// The ten answers in order, 1 to 5 each; none where one was passed over.
    pub answers: Vec<Option<i32>>,
}

type Answers = [Option<i16>; rules::STATEMENTS];

/// Keeps an answer of anybody's. The same key sent twice is one answer; who sent it is asked nowhere, signed in or not.
///
/// Errors: `NotFound` where no wave of this code takes answers, `Conflict` (`KEY_REUSED`), `Invalid` (`idempotencyKey`;
/// `waveCode MALFORMED`; `answers OUT_OF_RANGE`, `EMPTY`; `RATE_LIMITED`; `TOO_MANY` where more have answered than a wave takes).
pub async fn send(ctx: &Ctx, key: &str, input: SendAnswer) -> Result<()> {
    // Before anything else, so that a flood costs no statement.
    if ctx.actor.is_none() && !ctx.may_send() {
        return Err(Error::invalid("", "RATE_LIMITED"));
    }
    let mut faults = Violations::default();
    let key = text::clean_line(key, 80).map_err(|fault| fault.code());
    let key = faults.take("idempotencyKey", key);
    let told = faults.take("answers", rules::answers(&input.answers));
    let is_code = CaseCode::parse(&input.code).is_ok();
    faults.check(is_code, "waveCode", "MALFORMED").done()?;
    let (Some(key), Some(told)) = (key, told) else {
        return Err(unchecked());
    };
    let tx = ctx.store.begin_write().await?;
    let wave = queries::taking(&tx, &input.code).await?;
    let wave = wave.ok_or(Error::NotFound)?;
    let id = named(wave.id, &key);
    if insert(&tx, id, wave.id, SurveySource::Form, &told).await? == 0 {
        return match kept(&tx, id).await? {
            Some(kept) if kept.answers() == told => Ok(()),
            Some(_) => Err(Error::Conflict("KEY_REUSED")),
            None => Err(Error::invalid("", "TOO_MANY")),
        };
    }
    tx.commit().await.map_err(|_| Error::Unavailable)
}

/// Types an answer in from paper.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`answers` as [`send`]; `WRONG_STATE` where the wave is closed;
/// `TOO_MANY`).
pub async fn type_in(ctx: &Ctx, key: &IdempotencyKey, input: Answer) -> Result<SurveyWaveId> {
    let scope = require::<KeepSurveys>(ctx)?;
    let told = rules::answers(&input.answers).map_err(|code| Error::invalid("answers", code))?;
    let id = input.wave;
    let mut act = match ctx.begin("surveyAnswerTypeIn", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SurveyWaveId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    let of = act.take_own(&scope, "survey_waves", object, input.version);
    let of = of.await?;
    if queries::is_closed(&act.tx, id).await? {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let answer = SurveyAnswerId::random();
    if insert(&act.tx, answer, id, SurveySource::Paper, &told).await? == 0 {
        return Err(Error::invalid("", "TOO_MANY"));
    }
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(SurveyWaveId)
}

/// Takes an answer back that was typed in wrongly: one from paper with these very numbers, whichever it is.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`answers` as [`send`], `UNKNOWN` where none is like it;
/// `WRONG_STATE` where the wave is closed).
pub async fn take_back(ctx: &Ctx, key: &IdempotencyKey, input: Answer) -> Result<SurveyWaveId> {
    let scope = require::<KeepSurveys>(ctx)?;
    let told = rules::answers(&input.answers).map_err(|code| Error::invalid("answers", code))?;
    let id = input.wave;
    let mut act = match ctx.begin("surveyAnswerTakeBack", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SurveyWaveId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    let of = act.take_own(&scope, "survey_waves", object, input.version);
    let of = of.await?;
    if queries::is_closed(&act.tx, id).await? {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    if remove(&act.tx, id, &told).await? == 0 {
        return Err(Error::invalid("answers", "UNKNOWN"));
    }
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(SurveyWaveId)
}

/// The id of the answer that was sent to a wave under a key: whoever does not hold the key cannot work it out, and it tells
/// no time.
fn named(wave: SurveyWaveId, key: &str) -> SurveyAnswerId {
    let hash = Sha256::new_with_prefix(wave.uuid().as_bytes()).chain_update(key);
    let hash: [u8; 32] = hash.finalize().into();
    let half = Uuid::from_slice(&hash[..16]).unwrap_or_default();
    SurveyAnswerId(Builder::from_random_bytes(half.into_bytes()).into_uuid())
}

async fn insert(
    db: &impl ConnectionTrait,
    id: SurveyAnswerId,
    wave: SurveyWaveId,
    source: SurveySource,
    told: &Answers,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO survey_answers (id, wave_id, source, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10)
         SELECT $1, $2, $3, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
         WHERE (SELECT count(*) FROM survey_answers a WHERE a.wave_id = $2) < $4 ON CONFLICT (id) DO NOTHING",
    );
    let about: [Value; 4] = [id.0.into(), wave.0.into(), code(source), rules::MOST.into()];
    let told = told.iter().map(|step| Value::from(*step));
    SQL.run(db, about.into_iter().chain(told)).await
}

async fn remove(db: &impl ConnectionTrait, wave: SurveyWaveId, told: &Answers) -> Result<u64> {
    // What was passed over is compared as 0, so that each is bound once.
    static SQL: Sql = Sql::new(
        "DELETE FROM survey_answers WHERE id = (SELECT a.id FROM survey_answers a
           WHERE a.wave_id = $1 AND a.source = 'PAPER' AND coalesce(a.s1, 0) = $2 AND coalesce(a.s2, 0) = $3
             AND coalesce(a.s3, 0) = $4 AND coalesce(a.s4, 0) = $5 AND coalesce(a.s5, 0) = $6 AND coalesce(a.s6, 0) = $7
             AND coalesce(a.s7, 0) = $8 AND coalesce(a.s8, 0) = $9 AND coalesce(a.s9, 0) = $10
             AND coalesce(a.s10, 0) = $11 ORDER BY a.id LIMIT 1)",
    );
    let told = told.iter().map(|step| Value::from(step.unwrap_or(0)));
    SQL.run(db, std::iter::once(wave.0.into()).chain(told))
        .await
}

#[derive(FromQueryResult)]
struct Kept {
    s1: Option<i16>,
    s2: Option<i16>,
    s3: Option<i16>,
    s4: Option<i16>,
    s5: Option<i16>,
    s6: Option<i16>,
    s7: Option<i16>,
    s8: Option<i16>,
    s9: Option<i16>,
    s10: Option<i16>,
}

impl Kept {
    fn answers(&self) -> Answers {
        [
            self.s1, self.s2, self.s3, self.s4, self.s5, self.s6, self.s7, self.s8, self.s9,
            self.s10,
        ]
    }
}

async fn kept(db: &impl ConnectionTrait, id: SurveyAnswerId) -> Result<Option<Kept>> {
    static SQL: Sql = Sql::new(
        "SELECT s1, s2, s3, s4, s5, s6, s7, s8, s9, s10 FROM survey_answers WHERE id = $1",
    );
    SQL.one(db, [id.0.into()]).await
}
