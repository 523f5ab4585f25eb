//! The statement that counts a population, put together from its declaration, and what it brings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::OrganisationId;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use uuid::Uuid;

use super::measures::{Behind, Breakdown, Counting, Measure, Summary};
use super::periods::Period;
use super::tables::Counted;
use super::weeks;
use crate::calendar::add_months;
use crate::error::Result;

/// Whose a row was in a quarter: what went over to a successor later was still the former organisation's.
const OWNER: &str = "coalesce((SELECT s.former_id FROM succession_entries e JOIN successions s ON s.id = e.succession_id
      AND s.status = 'MADE' AND s.from_on > p.last_on
    WHERE e.object_id = x.root AND e.kind IN ('REFERRAL', 'RELATIONSHIP', 'SUPPORT_PERSON', 'COURSE', 'EXPERT', 'DROP_IN_PLACE')
    ORDER BY s.from_on LIMIT 1), x.own)";

/// The quarters from one day to another. The one that is going on ends today, and its twelve months too.
const QUARTERS: &str =
    "(SELECT quarter, first_on, CASE WHEN last_on < $3 THEN last_on ELSE $3 END AS last_on,
      CASE WHEN last_on < $3 THEN year_before ELSE $4 END AS year_before
    FROM participation_periods WHERE first_on >= $1 AND first_on <= $2)";

/// What is counted: from which day on, to which, on which day; and of whom alone, if not of all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub today: NaiveDate,
    pub own: Option<OrganisationId>,
}

/// What was counted, by year.
pub(super) type ByYear = BTreeMap<i32, Vec<Counted>>;

fn has_unit(measure: &Measure) -> bool {
    measure.counting == Counting::Distinct || measure.behind == Behind::Some || has_each(measure)
}

/// Whether units are told apart one by one.
fn has_each(measure: &Measure) -> bool {
    measure.behind == Behind::Units || measure.is_of_weeks()
}

fn has_days(measure: &Measure) -> bool {
    measure.summaries.iter().any(|it| it.is_of_days())
}

fn has_owner(measure: &Measure) -> bool {
    measure.breakdowns.contains(&Breakdown::Organisation)
}

/// The days from `x.from_on` to another, as a number: so many alike are one row of the answer, whenever they began.
fn days(backend: DbBackend, to: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("{to} - x.from_on"),
        _ => format!("CAST(julianday({to}) - julianday(x.from_on) AS integer)"),
    }
}

/// The statement of a population; `own`: of one organisation alone.
fn statement(measure: &Measure, own: bool, backend: DbBackend) -> String {
    let mut inner = vec!["p.quarter".to_owned(), format!("{} AS n", measure.count)];
    let mut groups = vec!["y.quarter".to_owned()];
    let mut sums = Vec::new();
    if own || has_owner(measure) {
        inner.push(format!("{OWNER} AS own"));
    }
    for (at, by) in measure.counted_by().enumerate() {
        match by {
            Breakdown::Organisation => {
                groups.push("y.own".to_owned());
                continue;
            }
            // A calendar tells it.
            Breakdown::Opened => continue,
            _ => {}
        }
        inner.push(format!("{} AS c{at}", by.column()));
        groups.push(format!("y.c{at}"));
    }
    for (at, summary) in measure.summaries.iter().enumerate() {
        match summary {
            Summary::Sum(_, of) => {
                inner.push(format!("{of} AS s{at}"));
                sums.push(format!("CAST(sum(y.s{at}) AS bigint) AS s{at}"));
            }
            Summary::Median(_) => inner.push(format!(
                "CASE WHEN x.to_on IS NULL THEN 0 ELSE {} END AS days, CASE WHEN x.to_on IS NULL THEN 0 ELSE 1 END AS is_ended",
                days(backend, "x.to_on")
            )),
            Summary::Survival(_) => inner.push(format!(
                "CASE WHEN x.until_on <= p.last_on THEN {} ELSE {} END AS days,
                 CASE WHEN x.until_on <= p.last_on THEN 1 ELSE 0 END AS is_ended",
                days(backend, "x.until_on"),
                days(backend, "p.last_on")
            )),
        }
    }
    if has_days(measure) {
        groups.extend(["y.days".to_owned(), "y.is_ended".to_owned()]);
    }
    if has_unit(measure) {
        inner.push("x.unit".to_owned());
    }
    let n = match (measure.counting, measure.behind) {
        (Counting::Distinct, _) => "count(DISTINCT y.unit) AS n",
        (_, Behind::Some) => "CAST(sum(y.n) AS bigint) AS n, count(DISTINCT y.unit) AS behind",
        _ => "CAST(sum(y.n) AS bigint) AS n",
    };
    if has_each(measure) {
        groups.push("y.unit".to_owned());
    }
    let mut told = groups.clone();
    if measure.counting == Counting::Distinct {
        groups[0] = "substr(y.quarter, 1, 4)".to_owned();
        told[0] = "substr(y.quarter, 1, 4) || 'Q4' AS quarter".to_owned();
    }
    told.push(n.to_owned());
    told.extend(sums);
    format!(
        "SELECT {} FROM (SELECT {} FROM ({}) x JOIN {QUARTERS} p ON {}) y{} GROUP BY {}",
        told.join(", "),
        inner.join(", "),
        measure.rows,
        measure.within,
        if own { " WHERE y.own = $5" } else { "" },
        groups.join(", ")
    )
}

/// Counts a population, in one statement; weeks of places in a few more, however many places there are.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    measure: &Measure,
    of: Extent,
) -> Result<ByYear> {
    let mut values: Vec<Value> = vec![
        of.from.into(),
        of.to.into(),
        of.today.into(),
        add_months(of.today, -12).into(),
    ];
    values.extend(of.own.map(|own| Value::from(own.0)));
    let backend = db.get_database_backend();
    let sql = statement(measure, of.own.is_some(), backend);
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut counted = ByYear::new();
    for row in db.query_all_raw(statement).await? {
        if let Some((year, it)) = read(measure, &row)? {
            counted.entry(year).or_default().push(it);
        }
    }
    match measure.is_of_weeks() {
        true => weeks::of_places(db, measure, of, counted).await,
        false => Ok(counted),
    }
}

fn read(measure: &Measure, row: &QueryResult) -> Result<Option<(i32, Counted)>> {
    let quarter: String = row.try_get("", "quarter")?;
    let Some(period) = Period::parse(&quarter) else {
        return Ok(None);
    };
    let whole = |name: &str| -> Result<u64> {
        let n: i64 = row.try_get("", name)?;
        Ok(n.try_into().unwrap_or_default())
    };
    let mut it = Counted {
        quarter: *period.quarters().start(),
        n: whole("n")?,
        ..Counted::default()
    };
    for (at, by) in measure.counted_by().enumerate() {
        it.of.push(match by {
            Breakdown::Organisation => row.try_get::<Uuid>("", "own")?.simple().to_string(),
            Breakdown::Opened => String::new(),
            by if by.is_of_ids() => {
                let id: Uuid = row.try_get("", &format!("c{at}"))?;
                id.simple().to_string()
            }
            _ => row.try_get("", &format!("c{at}"))?,
        });
    }
    if measure.behind == Behind::Some {
        it.behind = Some(whole("behind")?);
    }
    if has_each(measure) {
        it.unit = Some(row.try_get("", "unit")?);
    }
    for (at, summary) in measure.summaries.iter().enumerate() {
        match summary {
            Summary::Sum(..) => it.sums[at] = row.try_get("", &format!("s{at}"))?,
            Summary::Median(_) | Summary::Survival(_) => {
                let days: i32 = row.try_get("", "days")?;
                let is_ended: i32 = row.try_get("", "is_ended")?;
                it.days = Some((i64::from(days.max(0)), is_ended == 1));
            }
        }
    }
    Ok(Some((period.year, it)))
}
