//! The statement that counts a population, put together from its declaration, and what it brings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::OrganisationId;
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use super::measures::{Behind, Breakdown, Counting, Measure, Summary};
use super::periods::Period;
use super::tables::Counted;
use crate::error::Result;

/// Whose a row was in a quarter: what went over to a successor later was still the former organisation's.
const OWNER: &str = "coalesce((SELECT s.former_id FROM succession_entries e JOIN successions s ON s.id = e.succession_id
      AND s.status = 'MADE' AND s.from_on > p.last_on
    WHERE e.object_id = x.root AND e.kind IN ('REFERRAL', 'RELATIONSHIP', 'SUPPORT_PERSON', 'COURSE', 'EXPERT', 'DROP_IN_PLACE')
    ORDER BY s.from_on LIMIT 1), x.own)";

/// The quarters from one day to another. The one that is going on ends today.
const QUARTERS: &str = "(SELECT quarter, first_on, CASE WHEN last_on < $3 THEN last_on ELSE $3 END AS last_on, year_before
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
    measure.counting == Counting::Distinct || matches!(measure.behind, Behind::Some | Behind::Units)
}

fn has_days(measure: &Measure) -> bool {
    measure.summaries.iter().any(|it| it.is_of_days())
}

fn has_owner(measure: &Measure) -> bool {
    measure.breakdowns.contains(&Breakdown::Organisation)
}

/// The statement of a population; `own`: of one organisation alone.
fn statement(measure: &Measure, own: bool) -> String {
    let mut inner = vec!["p.quarter".to_owned(), format!("{} AS n", measure.count)];
    let mut groups = vec!["y.quarter".to_owned()];
    let mut sums = Vec::new();
    if own || has_owner(measure) {
        inner.push(format!("{OWNER} AS own"));
    }
    for (at, by) in measure.counted_by().enumerate() {
        if by == Breakdown::Organisation {
            groups.push("y.own".to_owned());
            continue;
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
            Summary::Median(_) => inner.push("x.from_on, x.to_on".to_owned()),
            Summary::Survival(_) => inner.push(
                "x.from_on, CASE WHEN x.until_on <= p.last_on THEN x.until_on END AS to_on"
                    .to_owned(),
            ),
        }
    }
    if has_days(measure) {
        groups.extend(["y.from_on".to_owned(), "y.to_on".to_owned()]);
    }
    if has_unit(measure) {
        inner.push("x.unit".to_owned());
    }
    let n = match (measure.counting, measure.behind) {
        (Counting::Distinct, _) => "count(DISTINCT y.unit) AS n",
        (_, Behind::Some) => "CAST(sum(y.n) AS bigint) AS n, count(DISTINCT y.unit) AS behind",
        _ => "CAST(sum(y.n) AS bigint) AS n",
    };
    if measure.counting == Counting::Distinct {
        groups = vec!["substr(y.quarter, 1, 4)".to_owned()];
    } else if measure.behind == Behind::Units {
        groups.push("y.unit".to_owned());
    }
    let quarter = match measure.counting {
        Counting::Distinct => "substr(y.quarter, 1, 4) || 'Q4' AS quarter".to_owned(),
        _ => groups.join(", "),
    };
    let told: Vec<String> = [quarter, n.to_owned()].into_iter().chain(sums).collect();
    format!(
        "SELECT {} FROM (SELECT {} FROM ({}) x JOIN {QUARTERS} p ON {}) y{} GROUP BY {}",
        told.join(", "),
        inner.join(", "),
        measure.rows,
        measure.within,
        if own { " WHERE y.own = $4" } else { "" },
        groups.join(", ")
    )
}

/// Counts a population, in one statement.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    measure: &Measure,
    of: Extent,
) -> Result<ByYear> {
    let mut values: Vec<Value> = vec![of.from.into(), of.to.into(), of.today.into()];
    values.extend(of.own.map(|own| Value::from(own.0)));
    let sql = statement(measure, of.own.is_some());
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let mut counted = ByYear::new();
    for row in db.query_all_raw(statement).await? {
        if let Some((year, it)) = read(measure, &row, of.today)? {
            counted.entry(year).or_default().push(it);
        }
    }
    Ok(counted)
}

fn read(measure: &Measure, row: &QueryResult, today: NaiveDate) -> Result<Option<(i32, Counted)>> {
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
            _ => row.try_get("", &format!("c{at}"))?,
        });
    }
    if measure.behind == Behind::Some {
        it.behind = Some(whole("behind")?);
    }
    if measure.behind == Behind::Units {
        it.unit = Some(row.try_get("", "unit")?);
    }
    for (at, summary) in measure.summaries.iter().enumerate() {
        match summary {
            Summary::Sum(..) => it.sums[at] = row.try_get("", &format!("s{at}"))?,
            Summary::Median(_) | Summary::Survival(_) => {
                let from: NaiveDate = row.try_get("", "from_on")?;
                let to: Option<NaiveDate> = row.try_get("", "to_on")?;
                let until = to.unwrap_or(period.last_on().min(today));
                it.days = Some(((until - from).num_days().max(0), to.is_some()));
            }
        }
    }
    Ok(Some((period.year, it)))
}
