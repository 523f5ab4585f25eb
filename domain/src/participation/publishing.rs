//! The nightly snapshot: everything is counted anew, what may not be told is hidden, and the rest is published.
//!
//! A period is published once it has ended. What was published stays as it was, unless what was counted since differs so much
//! that comparing the two tells nothing of a few people: so a figure that was read once can be read again, and no two days
//! can be subtracted from each other.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, NaiveDate};
use uuid::Uuid;

use super::counting::{self, Extent};
use super::measures::{Counting, MEASURES, Measure, MeasureCode};
use super::periods::{Part, Period};
use super::queries;
use super::suppression::is_threshold;
use super::tables::{Cells, Counted, Making, Place, may_replace};
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// How many years are counted anew each night, before the running one. What is older stays as it was published.
const YEARS_BACK: i32 = 10;

/// What is published of one population in one period.
pub(super) struct Publication {
    pub measure: MeasureCode,
    pub period: Period,
    pub cells: Cells,
}

/// Takes the snapshot of the day, unless it is taken. Returns how many tables of a population and period were published anew.
///
/// Errors: `Internal` where the threshold is one that no house may set.
pub async fn publish(ctx: &Ctx, threshold: u64) -> Result<u64> {
    if !is_threshold(threshold) {
        return Err(Error::internal(format!(
            "{threshold} is no threshold for figures"
        )));
    }
    if queries::is_taken(ctx.store.reader(), ctx.today).await? {
        return Ok(0);
    }
    // What is counted is one state of the register, and nobody waits for it.
    let tx = ctx.store.begin_count().await?;
    let names = queries::names(&tx).await?;
    let extent = Extent {
        from: Period::year(ctx.today.year() - YEARS_BACK).first_on(),
        to: ctx.today,
        today: ctx.today,
        own: None,
    };
    let mut publications = Vec::new();
    for measure in MEASURES.iter().filter(|it| !it.is_untold()) {
        let threshold = if measure.is_open() { 0 } else { threshold };
        let counted = counting::count(&tx, measure, extent).await?;
        let years = extent.from.year()..=ctx.today.year();
        let making = Making { measure, threshold };
        publications.extend(years.flat_map(|year| {
            let counted = counted.get(&year).map(Vec::as_slice).unwrap_or_default();
            of_year(&making, year, counted, ctx.today)
        }));
    }
    tx.commit().await?;
    write(ctx, threshold, publications, &names).await
}

async fn write(
    ctx: &Ctx,
    threshold: u64,
    publications: Vec<Publication>,
    names: &HashMap<Uuid, String>,
) -> Result<u64> {
    let tx = ctx.store.begin_write().await?;
    let Some(snapshot) = queries::add_snapshot(&tx, ctx, threshold).await? else {
        return Ok(0);
    };
    let before = queries::published(&tx).await?;
    let mut published = 0;
    for it in publications {
        let measure = it.measure.measure();
        let stands = before.get(&(it.measure, it.period.to_string()));
        if let Some(stands) = stands {
            let may = measure.is_open() || may_replace(&stands.cells, &it.cells, threshold);
            if stands.cells == it.cells || !may {
                continue;
            }
            queries::replace(&tx, stands.id, ctx.today).await?;
        }
        queries::add_publication(&tx, (snapshot, ctx.today, threshold), &it, names).await?;
        published += 1;
    }
    tx.commit().await?;
    Ok(published)
}

/// What is published of a population for the periods of a year that are over.
fn of_year(
    making: &Making<'_>,
    year: i32,
    counted: &[Counted],
    today: NaiveDate,
) -> Vec<Publication> {
    let periods = periods_of(making.measure, year).into_iter();
    let over = periods.filter(|period| period.is_over(today));
    let publication = |period: Period| Publication {
        measure: making.measure.code,
        period,
        cells: cells_of(making, period, counted),
    };
    over.map(publication).collect()
}

/// The periods of a year that a population is published for by itself.
fn periods_of(measure: &Measure, year: i32) -> Vec<Period> {
    let quarters = (1..=4).map(|no| Period::quarter(year, no));
    let halves = (1..=2).map(|no| Period {
        year,
        part: Part::Half(no),
    });
    match measure.counting {
        Counting::Distinct => vec![Period::year(year)],
        Counting::Stood => quarters.collect(),
        Counting::Happened => quarters.chain(halves).chain([Period::year(year)]).collect(),
    }
}

/// The cells of one period, from what was counted in its year.
pub(super) fn cells_of(making: &Making<'_>, period: Period, counted: &[Counted]) -> Cells {
    let mut cells = Cells::new();
    if making.measure.counting != Counting::Happened {
        let quarters = period.last_quarter().quarters();
        let of: Vec<Counted> = counted
            .iter()
            .filter(|it| quarters.contains(&it.quarter))
            .cloned()
            .collect();
        let total = making.total(&of);
        if !total.is_hidden {
            cells = making.tables(&of, false);
        }
        cells.insert(Place::total(), total);
        return cells;
    }
    let totals = making.totals(counted);
    let total = match period.part {
        Part::Quarter(no) => totals.quarters[usize::from(no) - 1].clone(),
        Part::Half(no) => totals.halves[usize::from(no) - 1].clone(),
        Part::Year => totals.year,
    };
    // Tables are those of whole years: a table of each quarter beside them would have to be looked at with them.
    if period.part == Part::Year && !total.is_hidden {
        let has_quarters = totals.quarters.iter().all(|it| !it.is_hidden);
        cells = making.tables(counted, has_quarters);
    }
    cells.insert(Place::total(), total);
    cells
}

/// What is published, by population and period.
pub(super) type Published = BTreeMap<(MeasureCode, String), queries::Stands>;
