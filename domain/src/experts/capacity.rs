//! How many full-time experts there are on a day, beside how many are planned for the year.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use rinnalla_entity::ids::OrganisationId;
use rinnalla_entity::states::{Employment, FundingStatus};
use sea_orm::{FromQueryResult, Value};

use super::rules;
use crate::access::{ManageExperts, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// A part of the capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Of what: a task, an employment or a state of funding, as its code.
    pub code: String,
    /// Full-time experts.
    pub full_time: f64,
}

/// Full-time experts of a register, by the shares of the working time.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// The day.
    pub on: NaiveDate,
    /// How many are planned for its year; none where nothing was planned.
    pub planned: Option<f64>,
    /// The version of that plan; 0 where nothing was planned.
    pub plan_version: i32,
    /// How many there are: everything under way but what is only applied for.
    pub actual: f64,
    /// How many more there would be with what is applied for.
    pub applied_for: f64,
    /// What there is, by task.
    pub by_task: Vec<Share>,
    /// What there is, by employment.
    pub by_employment: Vec<Share>,
    /// Everything under way, by how its funding stands.
    pub by_funding: Vec<Share>,
}

/// How many full-time experts are planned for a year.
#[derive(Clone, Copy, Debug)]
pub struct SetTarget {
    /// Whose.
    pub organisation: OrganisationId,
    /// The year.
    pub year: i32,
    /// How many, in hundredths.
    pub hundredths: i32,
    /// The version of the plan; 0 where there is none yet.
    pub version: i32,
}

#[derive(FromQueryResult)]
struct Row {
    task: String,
    employment: Employment,
    funding: FundingStatus,
    percent: i64,
}

#[derive(FromQueryResult)]
struct Target {
    fte_hundredths: i32,
    version: i32,
}

/// The capacity of the own organisation's register on a day; exact, for its own use. `None` where the organisation is not
/// the actor's own.
pub async fn capacity(
    ctx: &Ctx,
    of: OrganisationId,
    on: Option<NaiveDate>,
) -> Result<Option<Capacity>> {
    static ROWS: Sql = Sql::new(
        "SELECT a.task, a.employment, a.funding, CAST(sum(a.working_time_pct) AS bigint) AS percent
         FROM expert_assignments a JOIN expert_profiles e ON e.id = a.profile_id
         WHERE e.organisation_id = $1 AND e.removed_at IS NULL AND a.cancelled_at IS NULL AND a.from_on <= $2
           AND (a.to_on IS NULL OR a.to_on >= $2)
         GROUP BY a.task, a.employment, a.funding ORDER BY a.task, a.employment, a.funding",
    );
    static TARGET: Sql = Sql::new(
        "SELECT fte_hundredths, version FROM expert_targets WHERE organisation_id = $1 AND year = $2",
    );
    let scope = require::<ManageExperts>(ctx)?;
    if !scope.covers(of) {
        ctx.refuse(&scope, ObjectKind::Organisation, of);
        return Ok(None);
    }
    let on = on.unwrap_or(ctx.today);
    let db = ctx.store.reader();
    let rows: Vec<Row> = ROWS.all(db, [of.0.into(), on.into()]).await?;
    let year = i16::try_from(on.year()).unwrap_or(i16::MAX);
    let target: Option<Target> = TARGET.one(db, [of.0.into(), year.into()]).await?;
    let there: Vec<&Row> = rows
        .iter()
        .filter(|it| rules::is_there(it.funding))
        .collect();
    let sum = |rows: &[&Row]| rules::full_time(rows.iter().map(|it| it.percent).sum());
    let all: Vec<&Row> = rows.iter().collect();
    let actual = sum(&there);
    Ok(Some(Capacity {
        on,
        planned: target
            .as_ref()
            .map(|it| rules::full_time(it.fte_hundredths.into())),
        plan_version: target.map_or(0, |it| it.version),
        actual,
        applied_for: sum(&all) - actual,
        by_task: shares(&there, |it| it.task.clone()),
        by_employment: shares(&there, |it| it.employment.code()),
        by_funding: shares(&all, |it| it.funding.code()),
    }))
}

fn shares(rows: &[&Row], code: impl Fn(&Row) -> String) -> Vec<Share> {
    let mut percent: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows {
        *percent.entry(code(row)).or_default() += row.percent;
    }
    let share = |(code, percent)| Share {
        code,
        full_time: rules::full_time(percent),
    };
    percent.into_iter().map(share).collect()
}

/// Says how many full-time experts are planned for a year.
///
/// Errors: `Conflict` (`STALE_VERSION`), `Invalid`: `organisationId UNKNOWN`, `year OUT_OF_RANGE`,
/// `hundredths OUT_OF_RANGE`.
pub async fn set_target(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: SetTarget,
) -> Result<OrganisationId> {
    static ADD: Sql = Sql::new(
        "INSERT INTO expert_targets (organisation_id, year, fte_hundredths, version) VALUES ($1, $2, $3, 1)
         ON CONFLICT DO NOTHING",
    );
    static SET: Sql = Sql::new(
        "UPDATE expert_targets SET fte_hundredths = $3, version = version + 1
         WHERE organisation_id = $1 AND year = $2 AND version = $4",
    );
    let scope = require::<ManageExperts>(ctx)?;
    let of = input.organisation;
    let hundredths = 0..=rules::MOST_HUNDREDTHS;
    let year = i16::try_from(input.year).ok();
    let year = year.filter(|_| rules::YEARS.contains(&input.year));
    let mut faults = Violations::default();
    let year = faults.take("year", year.ok_or("OUT_OF_RANGE"));
    faults
        .check(scope.covers(of), "organisationId", "UNKNOWN")
        .check(
            hundredths.contains(&input.hundredths),
            "hundredths",
            "OUT_OF_RANGE",
        )
        .done()?;
    let mut act = match ctx.begin("expertTargetSet", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    let mut values: Vec<Value> = vec![of.0.into(), year.into(), input.hundredths.into()];
    let written = match input.version {
        0 => ADD.run(&act.tx, values).await?,
        version => {
            values.push(version.into());
            SET.run(&act.tx, values).await?
        }
    };
    if written == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(OrganisationId)
}
