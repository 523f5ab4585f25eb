//! The official form's statements, loaded by whoever has the right to use them, and what whoever answers is shown.

use rinnalla_entity::ids::{Id as _, OrganisationId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{queries, rules};
use crate::access::{KeepSurveys, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations, unchecked};
use crate::organisations;
use crate::sql::{self, Sql};
use crate::texts::Language;

/// The ten statements in a language.
#[derive(Clone, Debug)]
pub struct LoadStatements {
    /// The association.
    pub organisation: OrganisationId,
    /// Their language.
    pub language: Language,
    /// The ten, in order, as the official form has them.
    pub lines: Vec<String>,
}

/// What whoever answers is shown.
#[derive(Clone, Debug)]
pub struct PublicSurvey {
    /// The statements in the reader's language, else in Finnish; empty where the association has loaded none, and
    /// whoever answers has the form on paper.
    pub lines: Vec<String>,
}

/// Loads the ten statements in a language, in the place of those before.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `ORGANISATION_CLOSED`; `lines OUT_OF_RANGE` where they are not ten, and what
/// is wrong with a line).
pub async fn load_statements(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: LoadStatements,
) -> Result<OrganisationId> {
    static BEFORE: Sql =
        Sql::new("DELETE FROM survey_statements WHERE organisation_id = $1 AND language = $2");
    let scope = require::<KeepSurveys>(ctx)?;
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let lines = faults.take("lines", rules::lines(&input.lines));
    faults.done()?;
    let lines = lines.ok_or_else(unchecked)?;
    let mut act = match ctx.begin("surveyStatementsLoad", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let language = input.language.code();
    BEFORE.run(&act.tx, [of.0.into(), language.into()]).await?;
    let rows = (1_i16..).zip(lines);
    let rows =
        rows.flat_map(|(no, line)| [Value::from(of.0), language.into(), no.into(), line.into()]);
    let columns = "organisation_id, language, no, line";
    sql::insert_many(&act.tx, "survey_statements", columns, rows.collect()).await?;
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(OrganisationId)
}

#[derive(FromQueryResult)]
struct Line {
    line: String,
}

/// The statements of an association in a language, in order; empty where none were loaded, or it is not one's own.
pub async fn statements_of(
    ctx: &Ctx,
    organisation: OrganisationId,
    language: Language,
) -> Result<Vec<String>> {
    let scope = require::<KeepSurveys>(ctx)?;
    let found = lines(ctx.store.reader(), organisation, language).await?;
    match scope.covers(organisation) {
        true => Ok(found),
        false => Ok(Vec::new()),
    }
}

/// What whoever has a wave's code is shown; none where no wave of this code takes answers. Asked by anybody.
pub async fn public_survey(ctx: &Ctx, code: &str) -> Result<Option<PublicSurvey>> {
    let db = ctx.store.reader();
    let Some(wave) = queries::taking(db, code).await? else {
        return Ok(None);
    };
    let mut found = lines(db, wave.organisation_id, ctx.language).await?;
    if found.is_empty() {
        found = lines(db, wave.organisation_id, Language::Fi).await?;
    }
    Ok(Some(PublicSurvey { lines: found }))
}

async fn lines(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    language: Language,
) -> Result<Vec<String>> {
    static SQL: Sql = Sql::new(
        "SELECT line FROM survey_statements WHERE organisation_id = $1 AND language = $2 ORDER BY no",
    );
    let rows: Vec<Line> = SQL
        .all(db, [of.uuid().into(), language.code().into()])
        .await?;
    Ok(rows.into_iter().map(|row| row.line).collect())
}
