//! Participation figures (osallistumisluvut): how many, for people who never see whom.
//!
//! Each population is declared once ([`measures`]): what is counted, over which rows, what it may be broken down by. Every night
//! everything is counted anew, what could give somebody away is hidden ([`suppression`]), and the rest is published; analysts
//! read what is published and nothing else, so that the same question has the same answer all day. Periods are fixed, and what
//! was published of one stays. The own organisation's figures are exact, for its coordinators alone, and written into the log.

#[cfg(test)]
mod attack_tests;
mod counting;
mod declared;
pub mod files;
pub mod measures;
mod naming;
mod own;
pub mod periods;
mod publishing;
mod queries;
pub mod reading;
mod statements;
pub mod suppression;
mod tables;
mod weeks;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::{ReadFigures, require};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::texts::{self, Language};

use self::measures::{Breakdown, Counting, Measure, MeasureCode};
use self::periods::Period;
pub use naming::Names;
pub use own::{own_table, own_tables};
pub use publishing::publish;
pub use queries::Snapshot;
use tables::Place;
pub use tables::{Cell, REST};

/// How many of the latest snapshots are listed. Our own choice: a year of nights.
const MOST_SNAPSHOTS: u16 = 366;

/// A table that is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Of which population.
    pub measure: MeasureCode,
    /// Of which period, as `2026`, `2026H1` or `2026Q3`.
    pub period: String,
    /// By what.
    pub by: Vec<Breakdown>,
}

/// A table that is asked for, and may be.
#[derive(Clone, Debug)]
struct Admitted {
    measure: &'static Measure,
    period: Period,
    by: (Option<Breakdown>, Option<Breakdown>),
}

/// Whether there is a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is published.
    Published,
    /// The period is not over, or was not counted.
    NotPublished,
    /// It is withheld as a whole: what it could show would give somebody away.
    Withheld,
    /// It is exact, for the own organisation's use alone.
    Internal,
}

/// A category of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its code; of an organisation its id without hyphens, [`REST`] for small ones that are put together.
    pub code: String,
    /// The name of an organisation when it was published.
    pub name: Option<String>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The category of the first breakdown.
    pub row: Option<Category>,
    /// The category of the second.
    pub column: Option<Category>,
    /// What is told.
    pub cell: Cell,
}

/// A table of a population in a period.
#[derive(Clone, Debug)]
pub struct Table {
    /// Of which population.
    pub measure: &'static Measure,
    /// Of which period.
    pub period: Period,
    /// By what.
    pub by: Vec<Breakdown>,
    /// Whether it is there.
    pub standing: Standing,
    /// On which day it was published.
    pub published_on: Option<NaiveDate>,
    /// Fewer than this are hidden.
    pub threshold: Option<i16>,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// The cell of a category, or the total.
    pub fn cell(&self, row: &str) -> Option<&Cell> {
        let code = |it: &Row| it.row.as_ref().map_or(String::new(), |it| it.code.clone());
        self.rows
            .iter()
            .find(|it| code(it) == row)
            .map(|it| &it.cell)
    }
}

fn admit(asked: &Asked) -> Result<Admitted> {
    let measure = asked.measure.measure();
    let period = Period::parse(&asked.period);
    let mut faults = Violations::default();
    faults.check(measure.may_be_by(&asked.by), "by", "BREAKDOWN_NOT_ALLOWED");
    let Some(period) = faults.take("period", period.ok_or("MALFORMED")) else {
        faults.done()?;
        return Err(crate::error::unchecked());
    };
    let is_year = period == Period::year(period.year);
    let has_tables = is_year || measure.counting == Counting::Stood;
    let is_counted = is_year || measure.counting != Counting::Distinct;
    faults
        .check(
            asked.by.is_empty() || has_tables,
            "by",
            "BREAKDOWN_OF_YEARS_ONLY",
        )
        .check(is_counted, "period", "YEARS_ONLY")
        .done()?;
    let by = match asked.by[..] {
        [one, other] if measure.tables.contains(&(one, other)) => (Some(one), Some(other)),
        [one, other] => (Some(other), Some(one)),
        [one] => (Some(one), None),
        _ => (None, None),
    };
    Ok(Admitted {
        measure,
        period,
        by,
    })
}

impl Admitted {
    /// The period under which it is published: what stands at a period's end, with its last quarter.
    fn published_as(&self) -> String {
        match self.measure.counting {
            Counting::Stood => self.period.last_quarter().to_string(),
            _ => self.period.to_string(),
        }
    }

    fn kind(&self) -> String {
        let name = |by: Option<Breakdown>| by.map_or("", Breakdown::name);
        format!("{}/{}", name(self.by.0), name(self.by.1))
    }

    fn breakdowns(&self) -> Vec<Breakdown> {
        [self.by.0, self.by.1].into_iter().flatten().collect()
    }
}

/// A table as it is published, or as it was on an earlier day. One statement.
///
/// Errors: `Invalid`: `period MALFORMED`, `period YEARS_ONLY`, `by BREAKDOWN_NOT_ALLOWED`, `by BREAKDOWN_OF_YEARS_ONLY`.
pub async fn table(ctx: &Ctx, asked: &Asked, as_of: Option<NaiveDate>) -> Result<Table> {
    let mut tables = tables_of(ctx, std::slice::from_ref(asked), as_of).await?;
    tables
        .pop()
        .ok_or_else(|| Error::internal("a table that was asked for is missing"))
}

/// Several tables at once, in the order in which they are asked for. One statement.
///
/// Errors: as [`table`].
pub async fn tables_of(ctx: &Ctx, asked: &[Asked], as_of: Option<NaiveDate>) -> Result<Vec<Table>> {
    require::<ReadFigures>(ctx)?;
    let admitted: Vec<Admitted> = asked.iter().map(admit).collect::<Result<_>>()?;
    let measures: Vec<&str> = admitted.iter().map(|it| it.measure.name).collect();
    let periods: Vec<String> = admitted.iter().map(Admitted::published_as).collect();
    // With each table its total: an empty population has empty tables, and they are published.
    let total = std::iter::once("/".to_owned());
    let kinds: Vec<String> = admitted.iter().map(Admitted::kind).chain(total).collect();
    let on = as_of.unwrap_or(ctx.today);
    let rows = queries::read(ctx.store.reader(), &measures, &periods, &kinds, on).await?;
    let mut found: BTreeMap<(&str, &str), Vec<&queries::ReadRow>> = BTreeMap::new();
    for row in &rows {
        found
            .entry((&row.measure, &row.period))
            .or_default()
            .push(row);
    }
    let table = |it: &Admitted| {
        let published_as = it.published_as();
        let rows = found.get(&(it.measure.name, published_as.as_str()));
        put_together(it, rows.map(Vec::as_slice).unwrap_or_default())
    };
    Ok(admitted.iter().map(table).collect())
}

fn put_together(asked: &Admitted, found: &[&queries::ReadRow]) -> Table {
    let mut rows = Vec::new();
    let mut is_empty = false;
    for it in found {
        let Some((place, cell)) = it.cell.told() else {
            continue;
        };
        is_empty |= place == Place::total() && cell.count == Some(0);
        if place.by != asked.by {
            continue;
        }
        let category = |by: Option<Breakdown>, code: String, name: &Option<String>| {
            by.map(|_| Category {
                code,
                name: name.clone(),
            })
        };
        rows.push(Row {
            row: category(place.by.0, place.row, &it.cell.row_name),
            column: category(place.by.1, place.column, &it.cell.column_name),
            cell,
        });
    }
    let standing = match (found.is_empty(), rows.is_empty()) {
        _ if asked.measure.is_untold() => Standing::Withheld,
        (true, _) => Standing::NotPublished,
        (_, true) if !is_empty => Standing::Withheld,
        _ => Standing::Published,
    };
    Table {
        measure: asked.measure,
        period: asked.period,
        by: asked.breakdowns(),
        standing,
        published_on: found.first().map(|it| it.published_on),
        threshold: found.first().map(|it| it.threshold),
        rows,
    }
}

/// The latest snapshots, the last one first.
pub async fn snapshots(ctx: &Ctx) -> Result<Vec<Snapshot>> {
    require::<ReadFigures>(ctx)?;
    queries::snapshots(ctx.store.reader(), MOST_SNAPSHOTS).await
}

/// Whether the actor may read figures: who asks for the list of what is counted is told it, and nothing of anybody.
pub fn may_read(ctx: &Ctx) -> Result<()> {
    require::<ReadFigures>(ctx).map(|_| ())
}

/// Whether the actor may read the figures of a year, and there can be such.
///
/// Errors: `Invalid`: `year OUT_OF_RANGE`.
pub fn may_read_year(ctx: &Ctx, year: i32) -> Result<()> {
    may_read(ctx)?;
    let is_year = periods::YEARS.contains(&year);
    Violations::default()
        .check(is_year, "year", "OUT_OF_RANGE")
        .done()
}

/// What a population is called.
pub fn name(measure: &Measure, language: Language) -> String {
    texts::text(language, &text_id("measure", measure.name), None)
}

/// What exactly is counted, for people who are no programmers.
pub fn definition(measure: &Measure, language: Language) -> String {
    texts::text(
        language,
        &format!("{}-definition", text_id("measure", measure.name)),
        None,
    )
}

fn text_id(of: &str, name: &str) -> String {
    format!("{of}-{}", name.to_lowercase().replace('_', "-"))
}
