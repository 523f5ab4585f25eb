//! Opening a wave of a survey, and closing it for good.

use rinnalla_entity::ids::{Id as _, OrganisationId, SurveyWaveId};
use sea_orm::Value;

use super::rules;
use crate::access::{KeepSurveys, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations;
use crate::sql::Sql;
use crate::text::free_line;

/// A wave to open.
#[derive(Clone, Debug)]
pub struct Open {
    /// The association that asks.
    pub organisation: OrganisationId,
    /// What the coordinator calls it.
    pub name: String,
}

/// A wave to close.
#[derive(Clone, Copy, Debug)]
pub struct Close {
    /// The wave.
    pub wave: SurveyWaveId,
    /// The version that this is based on.
    pub version: i32,
}

/// Opens a wave, under a code of its own.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `ORGANISATION_CLOSED`; `name` as a free line).
pub async fn open(ctx: &Ctx, key: &IdempotencyKey, input: Open) -> Result<SurveyWaveId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO survey_waves (id, organisation_id, name, code, opened_on, opened_by) VALUES ($1, $2, $3, $4, $5, $6)",
    );
    let scope = require::<KeepSurveys>(ctx)?;
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let name = faults.take("name", free_line(&input.name, rules::NAME_MAX_CHARS));
    faults.done()?;
    let name = name.ok_or_else(unchecked)?;
    let id = SurveyWaveId::random();
    let mut act = match ctx.begin("surveyWaveOpen", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SurveyWaveId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let values: [Value; 6] = [
        id.0.into(),
        of.0.into(),
        name.into(),
        CaseCode::random().as_str().into(),
        ctx.today.into(),
        scope.actor().0.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(SurveyWaveId)
}

/// Closes a wave for good: it takes no answers, and what came of it is told.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE` where it was closed before).
pub async fn close(ctx: &Ctx, key: &IdempotencyKey, input: Close) -> Result<SurveyWaveId> {
    static SQL: Sql = Sql::new(
        "UPDATE survey_waves SET closed_on = $2, closed_by = $3 WHERE id = $1 AND closed_on IS NULL",
    );
    let scope = require::<KeepSurveys>(ctx)?;
    let id = input.wave;
    let mut act = match ctx.begin("surveyWaveClose", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SurveyWaveId(done)),
    };
    let object = (ObjectKind::Organisation, id);
    let of = act.take_own(&scope, "survey_waves", object, input.version);
    let of = of.await?;
    let by = [id.0.into(), ctx.today.into(), scope.actor().0.into()];
    if SQL.run(&act.tx, by).await? == 0 {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(SurveyWaveId)
}
