//! Planning a course by one act, and putting right what is told of it.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::ids::{CourseId, CourseSessionId, CurriculumId, Id as _, OrganisationId};
use rinnalla_entity::states::{CourseOrganiserKind, CourseSessionStatus};
use sea_orm::{ConnectionTrait, Value};

use super::names::NAME_MAX_CHARS;
use super::queries::{self, About};
use super::rules::{self, LUNCH_MINUTES, MOST_PARTICIPANTS};
use crate::access::{ManageCourses, ReadCourses, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::calendar::add_months;
use crate::ctx::Ctx;
use crate::curricula;
use crate::error::{Result, Violations, unchecked};
use crate::organisations::{self, CodeList};
use crate::sql::{self, Sql};
use crate::text::free_line;

/// How many goals, or organisers, a course may name: our own choice, far above need.
const MOST_NAMED: usize = 20;

/// What is told of a course.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// For which unit it is arranged.
    pub unit: Option<String>,
    /// How long the lunch break is, in minutes.
    pub lunch_minutes: i32,
    /// How many came to the unit's groups before.
    pub baseline_group_size: Option<i32>,
    /// How many may take part.
    pub participant_limit: Option<i32>,
    /// Codes of what it is to bring.
    pub goals: Vec<String>,
    /// Organisations that arrange it too.
    pub organisers: Vec<OrganisationId>,
    /// Organisations that work along.
    pub partners: Vec<OrganisationId>,
}

/// A new course.
#[derive(Clone, Debug)]
pub struct Create {
    /// The association.
    pub organisation: OrganisationId,
    /// From which day on.
    pub starts_on: NaiveDate,
    /// At which time of day.
    pub starts_at: NaiveTime,
    /// The version of a curriculum that it follows: its sessions take their words from there.
    pub curriculum: Option<CurriculumId>,
    /// What is told of it.
    pub details: Details,
}

/// A correction: everything as it should be, but for days and times, which are the sessions' own.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The course.
    pub course: CourseId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// When the sessions of a course would be, before it is kept.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The days, and those left out.
    pub plan: rules::Plan,
    /// When each begins, as minutes after midnight.
    pub starts_at: i16,
    /// How long all last together, in minutes.
    pub gross_minutes: i32,
    /// The same without lunch.
    pub net_minutes: i32,
}

/// Shows a plan before it is kept.
///
/// Errors: `Invalid` (`startsOn`, `startsAt`, `lunchMinutes OUT_OF_RANGE`).
pub fn preview(
    ctx: &Ctx,
    starts_on: NaiveDate,
    starts_at: NaiveTime,
    lunch: i32,
) -> Result<Preview> {
    require::<ReadCourses>(ctx)?;
    let mut faults = Violations::default();
    let at = check_start(ctx, starts_on, starts_at, &mut faults);
    faults.check(
        LUNCH_MINUTES.contains(&lunch),
        "lunchMinutes",
        "OUT_OF_RANGE",
    );
    faults.done()?;
    let plan = rules::plan(starts_on);
    let (gross_minutes, net_minutes) = rules::hours(plan.days.len(), lunch);
    Ok(Preview {
        plan,
        starts_at: at.unwrap_or_default(),
        gross_minutes,
        net_minutes,
    })
}

fn check_start(ctx: &Ctx, on: NaiveDate, at: NaiveTime, faults: &mut Violations) -> Option<i16> {
    let earliest = add_months(ctx.today, -rules::MONTHS_BACK);
    let latest = add_months(ctx.today, rules::MONTHS_AHEAD);
    faults.check(
        (earliest..=latest).contains(&on),
        "startsOn",
        "OUT_OF_RANGE",
    );
    faults.take("startsAt", rules::start(at).ok_or("OUT_OF_RANGE"))
}

/// Plans a course of the own association with its eight sessions, and keeps it.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `curriculumId UNKNOWN` for one that is not the association's, and every fault
/// of what is told.
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<CourseId> {
    let scope = require::<ManageCourses>(ctx)?;
    if let Some(done) = ctx.done_before("courseCreate", key).await? {
        return Ok(CourseId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    if let Some(curriculum) = input.curriculum {
        // Of an association that is not one's own to act for, nothing is told.
        let is_known = scope.covers(of) && curricula::is_of(ctx, curriculum, of).await?;
        faults.check(is_known, "curriculumId", "UNKNOWN");
    }
    let at = check_start(ctx, input.starts_on, input.starts_at, &mut faults);
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let (at, told) = at.zip(told).ok_or_else(unchecked)?;
    let id = CourseId::random();
    let mut act = match ctx.begin("courseCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let words = match input.curriculum {
        Some(curriculum) => curricula::follow(&act.tx, curriculum).await?,
        None => Vec::new(),
    };
    insert(&act, id, &input, at, &told).await?;
    insert_sessions(&act.tx, id, &rules::plan(input.starts_on), at, &words).await?;
    write_named(&act.tx, id, &told).await?;
    act.changed(&scope, of, ObjectKind::Course, id);
    act.done().await.map(CourseId)
}

/// Puts right what is told of a course.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<CourseId> {
    static SQL: Sql = Sql::new(
        "UPDATE courses SET name = $2, unit = $3, lunch_minutes = $4, baseline_group_size = $5, participant_limit = $6
         WHERE id = $1",
    );
    let scope = require::<ManageCourses>(ctx)?;
    if let Some(done) = ctx.done_before("courseCorrect", key).await? {
        return Ok(CourseId(done));
    }
    let mut faults = Violations::default();
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = input.course;
    let mut act = match ctx.begin("courseCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(id)).await?;
    queries::take_course(&act.tx, id, input.version).await?;
    let values: [Value; 6] = [
        id.0.into(),
        told.name.clone().into(),
        told.unit.clone().into(),
        told.lunch_minutes.into(),
        told.baseline_group_size.into(),
        told.participant_limit.into(),
    ];
    SQL.run(&act.tx, values).await?;
    write_named(&act.tx, id, &told).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, id);
    act.done().await.map(CourseId)
}

/// What is told, checked.
struct Told {
    name: String,
    unit: Option<String>,
    lunch_minutes: i16,
    baseline_group_size: Option<i16>,
    participant_limit: Option<i16>,
    goals: BTreeSet<String>,
    organisers: Vec<(OrganisationId, CourseOrganiserKind)>,
}

async fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Result<Option<Told>> {
    let name = faults.take("name", free_line(&told.name, NAME_MAX_CHARS));
    let unit = told.unit.as_deref();
    let unit = unit.map(|unit| faults.take("unit", free_line(unit, NAME_MAX_CHARS)));
    let mut number = |field, n: i32, range: std::ops::RangeInclusive<i32>| {
        let n = range.contains(&n).then(|| i16::try_from(n).ok()).flatten();
        faults.take(field, n.ok_or("OUT_OF_RANGE"))
    };
    let lunch = number("lunchMinutes", told.lunch_minutes, LUNCH_MINUTES);
    let baseline = told.baseline_group_size;
    let baseline = baseline.map(|n| number("baselineGroupSize", n, 0..=MOST_PARTICIPANTS));
    let limit = told.participant_limit;
    let limit = limit.map(|n| number("participantLimit", n, 1..=MOST_PARTICIPANTS));
    if told.goals.len() > MOST_NAMED {
        faults.check(false, "goals", "OUT_OF_RANGE");
    } else if !told.goals.is_empty() {
        let db = ctx.store.reader();
        let unknown = organisations::unknown_codes(db, CodeList::CourseGoal, &told.goals).await?;
        faults.check(unknown.is_empty(), "goals", "UNKNOWN_CODE");
    }
    let organisers = check_organisers(ctx, told, faults).await?;
    let all = || {
        Some(Told {
            name: name?,
            unit: flat(unit)?,
            lunch_minutes: lunch?,
            baseline_group_size: flat(baseline)?,
            participant_limit: flat(limit)?,
            goals: told.goals.iter().cloned().collect(),
            organisers,
        })
    };
    Ok(all())
}

/// What was told and taken, or not told; `None` where it was told and refused.
fn flat<T>(told: Option<Option<T>>) -> Option<Option<T>> {
    match told {
        None => Some(None),
        Some(taken) => taken.map(Some),
    }
}

async fn check_organisers(
    ctx: &Ctx,
    told: &Details,
    faults: &mut Violations,
) -> Result<Vec<(OrganisationId, CourseOrganiserKind)>> {
    let mut named = Vec::new();
    for (field, ids, kind) in [
        (
            "organiserIds",
            &told.organisers,
            CourseOrganiserKind::Organiser,
        ),
        ("partnerIds", &told.partners, CourseOrganiserKind::Partner),
    ] {
        if ids.len() > MOST_NAMED {
            faults.check(false, field, "OUT_OF_RANGE");
            continue;
        }
        let known = match ids.is_empty() {
            true => Default::default(),
            false => organisations::for_ids(ctx, ids).await?,
        };
        faults.check(
            ids.iter().all(|id| known.contains_key(id)),
            field,
            "UNKNOWN",
        );
        let is_twice = ids.iter().any(|id| named.iter().any(|(it, _)| it == id));
        faults.check(!is_twice, field, "SAME_TWICE");
        let ids: BTreeSet<OrganisationId> = ids.iter().copied().collect();
        named.extend(ids.into_iter().map(|id| (id, kind)));
    }
    Ok(named)
}

async fn insert(act: &Act<'_>, id: CourseId, input: &Create, at: i16, told: &Told) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO courses (id, organisation_id, name, unit, starts_on, starts_at, lunch_minutes, baseline_group_size,
           participant_limit, status, version, created_by, created_at, curriculum_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'PLANNED', 1, $10, $11, $12)",
    );
    let values: [Value; 12] = [
        id.0.into(),
        input.organisation.0.into(),
        told.name.clone().into(),
        told.unit.clone().into(),
        input.starts_on.into(),
        at.into(),
        told.lunch_minutes.into(),
        told.baseline_group_size.into(),
        told.participant_limit.into(),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
        input.curriculum.map(|it| it.0).into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// The sessions of a plan, each with its curriculum's words where there are some.
async fn insert_sessions(
    db: &impl ConnectionTrait,
    course: CourseId,
    plan: &rules::Plan,
    at: i16,
    words: &[curricula::Session],
) -> Result<()> {
    let mut values: Vec<Value> = Vec::new();
    for (no, on) in (1_i16..).zip(&plan.days) {
        let words = words.iter().find(|it| it.no == no);
        values.extend([
            CourseSessionId::random().0.into(),
            course.0.into(),
            no.into(),
            (*on).into(),
            at.into(),
            (*on).into(),
            rules::remind_on(*on).into(),
            at.into(),
            rules::SESSION_MINUTES.into(),
            code(CourseSessionStatus::Scheduled),
            words.map(|it| it.theme.clone()).into(),
            words.and_then(|it| it.methods.clone()).into(),
            words.and_then(|it| it.materials.clone()).into(),
        ]);
    }
    let columns = "id, course_id, no, planned_on, planned_at, on_date, remind_on, starts_at, minutes, status, theme, methods, materials";
    sql::insert_many(db, "course_sessions", columns, values).await
}

/// Writes goals and organisers in the place of those before.
async fn write_named(db: &impl ConnectionTrait, course: CourseId, told: &Told) -> Result<()> {
    static GOALS: Sql = Sql::new("DELETE FROM course_goals WHERE course_id = $1");
    static ORGANISERS: Sql = Sql::new("DELETE FROM course_organisers WHERE course_id = $1");
    GOALS.run(db, [course.0.into()]).await?;
    ORGANISERS.run(db, [course.0.into()]).await?;
    let goals = told.goals.iter();
    let goals = goals.flat_map(|goal| [Value::from(course.0), goal.clone().into()]);
    sql::insert_many(db, "course_goals", "course_id, code", goals.collect()).await?;
    let organisers = told.organisers.iter();
    let organisers =
        organisers.flat_map(|(of, kind)| [Value::from(course.0), of.0.into(), code(*kind)]);
    let columns = "course_id, organisation_id, kind";
    sql::insert_many(db, "course_organisers", columns, organisers.collect()).await
}
