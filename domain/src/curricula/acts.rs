//! Adding a version, putting it right before a course follows it, and recording its workshops.

use chrono::NaiveDate;
use rinnalla_entity::ids::{CurriculumId, CurriculumWorkshopId, Id as _, OrganisationId};
use sea_orm::{ConnectionTrait, Value};

use super::{queries, rules};
use crate::access::{ManageCourses, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations;
use crate::sql::{self, Sql};
use crate::text::free_line;

/// A course has eight sessions (the source's "8 times, once a week"), and so has what it follows.
const SESSIONS: usize = 8;

/// How long texts may be, in characters: as the database holds them.
const NAME_MAX_CHARS: usize = 80;
const THEME_MAX_CHARS: usize = 120;
const LINE_MAX_CHARS: usize = 200;
const CHANGED_MAX_CHARS: usize = 400;

/// What one of the eight sessions is about.
#[derive(Clone, Debug)]
pub struct Words {
    /// What it is about.
    pub theme: String,
    /// How it is worked on.
    pub methods: Option<String>,
    /// What is needed for it.
    pub materials: Option<String>,
}

/// A new version.
#[derive(Clone, Debug)]
pub struct Create {
    /// The association.
    pub organisation: OrganisationId,
    /// Its name: with one that stands already, the next version of it.
    pub name: String,
    /// What the eight sessions are about, in order.
    pub sessions: Vec<Words>,
}

/// A correction: all eight sessions as they should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// Which version.
    pub curriculum: CurriculumId,
    /// The version number that the correction was made from.
    pub version: i32,
    /// What the eight sessions are about, in order.
    pub sessions: Vec<Words>,
}

/// A workshop that was held.
#[derive(Clone, Debug)]
pub struct AddWorkshop {
    /// Of which version.
    pub curriculum: CurriculumId,
    /// Its version number.
    pub version: i32,
    /// The day.
    pub on: NaiveDate,
    /// How many professionals there were.
    pub professionals: i32,
    /// How many project developers there were.
    pub developers: i32,
    /// What was changed.
    pub changed: String,
}

/// A workshop that was recorded in error.
#[derive(Clone, Copy, Debug)]
pub struct CancelWorkshop {
    /// Of which version.
    pub curriculum: CurriculumId,
    /// Its version number.
    pub version: i32,
    /// The workshop.
    pub workshop: CurriculumWorkshopId,
}

/// Adds a version to the own association's.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `ORGANISATION_CLOSED`, `name`, `sessions OUT_OF_RANGE` where they are not
/// eight, and what is wrong with their texts.
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<CurriculumId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO curricula (id, organisation_id, name, no, version, created_by, created_at) VALUES ($1, $2, $3, $4, 1, $5, $6)",
    );
    let scope = require::<ManageCourses>(ctx)?;
    if let Some(done) = ctx.done_before("curriculumCreate", key).await? {
        return Ok(CurriculumId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let name = faults.take("name", free_line(&input.name, NAME_MAX_CHARS));
    let sessions = check(&input.sessions, &mut faults);
    faults.done()?;
    let name = name.ok_or_else(unchecked)?;
    let id = CurriculumId::random();
    let mut act = match ctx.begin("curriculumCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CurriculumId(done)),
    };
    // The organisation is held until the end, so that two versions do not take one number.
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let no = queries::next_no(&act.tx, of, &name).await?;
    let values: [Value; 6] = [
        id.0.into(),
        of.0.into(),
        name.into(),
        i32::try_from(no).map_err(|_| unchecked())?.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    insert_sessions(&act.tx, id, sessions).await?;
    act.changed(&scope, of, ObjectKind::Course, id);
    act.done().await.map(CurriculumId)
}

/// Puts right what the sessions of a version are about, as long as no course follows it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`create`], and `CURRICULUM_IN_USE`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<CurriculumId> {
    static BEFORE: Sql = Sql::new("DELETE FROM curriculum_sessions WHERE curriculum_id = $1");
    let scope = require::<ManageCourses>(ctx)?;
    let mut faults = Violations::default();
    let sessions = check(&input.sessions, &mut faults);
    faults.done()?;
    let id = input.curriculum;
    let mut act = match ctx.begin("curriculumCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CurriculumId(done)),
    };
    let held = queries::take(&act, &scope, id, input.version).await?;
    if held.courses > 0 {
        return Err(Error::invalid("", "CURRICULUM_IN_USE"));
    }
    BEFORE.run(&act.tx, [id.0.into()]).await?;
    insert_sessions(&act.tx, id, sessions).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, id);
    act.done().await.map(CurriculumId)
}

/// Records a workshop in which a version was worked out.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`on DATE_IN_FUTURE`, `on OUT_OF_RANGE`, `professionals
/// OUT_OF_RANGE`, `developers OUT_OF_RANGE`, both where nobody was there, `changed`).
pub async fn add_workshop(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AddWorkshop,
) -> Result<CurriculumId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO curriculum_workshops (id, curriculum_id, on_date, professionals, developers, changed, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let scope = require::<ManageCourses>(ctx)?;
    if let Some(done) = ctx.done_before("curriculumWorkshopAdd", key).await? {
        return Ok(CurriculumId(done));
    }
    let mut faults = Violations::default();
    if let Some(fault) = rules::day_fault(input.on, ctx.today) {
        faults.check(false, "on", fault);
    }
    let is_empty = input.professionals == 0 && input.developers == 0;
    let mut heads = |field, n: i32| {
        let n = rules::HEADS.contains(&n) && !is_empty;
        faults.check(n, field, "OUT_OF_RANGE");
    };
    heads("professionals", input.professionals);
    heads("developers", input.developers);
    let changed = faults.take("changed", free_line(&input.changed, CHANGED_MAX_CHARS));
    faults.done()?;
    let changed = changed.ok_or_else(unchecked)?;
    let id = input.curriculum;
    let mut act = match ctx.begin("curriculumWorkshopAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CurriculumId(done)),
    };
    let held = queries::take(&act, &scope, id, input.version).await?;
    let values: [Value; 8] = [
        CurriculumWorkshopId::random().0.into(),
        id.0.into(),
        input.on.into(),
        input.professionals.into(),
        input.developers.into(),
        changed.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, id);
    act.done().await.map(CurriculumId)
}

/// Takes a workshop back that was recorded in error; it stays, cancelled.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`curriculumWorkshopId UNKNOWN` for one that is not the
/// version's, or was cancelled before).
pub async fn cancel_workshop(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelWorkshop,
) -> Result<CurriculumId> {
    static SQL: Sql = Sql::new(
        "UPDATE curriculum_workshops SET cancelled_by = $3, cancelled_at = $4
         WHERE id = $1 AND curriculum_id = $2 AND cancelled_at IS NULL",
    );
    let scope = require::<ManageCourses>(ctx)?;
    let id = input.curriculum;
    let mut act = match ctx.begin("curriculumWorkshopCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CurriculumId(done)),
    };
    let held = queries::take(&act, &scope, id, input.version).await?;
    let values: [Value; 4] = [
        input.workshop.0.into(),
        id.0.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::invalid("curriculumWorkshopId", "UNKNOWN"));
    }
    act.changed(&scope, held.organisation_id, ObjectKind::Course, id);
    act.done().await.map(CurriculumId)
}

/// The eight sessions with their texts as they are kept. A fault is told once, of all of them.
fn check(sessions: &[Words], faults: &mut Violations) -> Vec<Words> {
    if sessions.len() != SESSIONS {
        faults.check(false, "sessions", "OUT_OF_RANGE");
        return Vec::new();
    }
    let checked = |words: &Words| {
        let some = |told: &Option<String>| {
            let told = told.as_deref();
            told.map(|told| free_line(told, LINE_MAX_CHARS)).transpose()
        };
        Ok(Words {
            theme: free_line(&words.theme, THEME_MAX_CHARS)?,
            methods: some(&words.methods)?,
            materials: some(&words.materials)?,
        })
    };
    let all: std::result::Result<Vec<Words>, &'static str> = sessions.iter().map(checked).collect();
    faults.take("sessions", all).unwrap_or_default()
}

async fn insert_sessions(
    db: &impl ConnectionTrait,
    of: CurriculumId,
    sessions: Vec<Words>,
) -> Result<()> {
    let mut values: Vec<Value> = Vec::new();
    for (no, words) in (1_i16..).zip(sessions) {
        values.extend([
            of.0.into(),
            no.into(),
            words.theme.into(),
            words.methods.into(),
            words.materials.into(),
        ]);
    }
    let columns = "curriculum_id, no, theme, methods, materials";
    sql::insert_many(db, "curriculum_sessions", columns, values).await
}
