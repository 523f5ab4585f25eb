//! What the figures of the handbook are read from: cells of several tables of one year.

use chrono::NaiveDate;

use super::measures::{Breakdown, MeasureCode};
use super::{Asked, Category, Cell, Row, Standing, Table, tables_of};
use crate::ctx::Ctx;
use crate::error::Result;

/// Tables of one year, in the order in which they were asked for.
#[derive(Debug)]
pub struct Reading(Vec<Table>);

/// Reads tables of a year. One statement.
///
/// Errors: as `participation::table`.
pub async fn read(
    ctx: &Ctx,
    year: i32,
    tables: &[(MeasureCode, &[Breakdown])],
    as_of: Option<NaiveDate>,
) -> Result<Reading> {
    let asked: Vec<Asked> = tables
        .iter()
        .map(|(measure, by)| Asked {
            measure: *measure,
            period: year.to_string(),
            by: by.to_vec(),
        })
        .collect();
    tables_of(ctx, &asked, as_of).await.map(Reading)
}

impl Reading {
    /// How many there are of a category, or in all; `None` where that is not told.
    pub fn count(&self, table: usize, category: &str) -> Option<u64> {
        match self.published(table)?.cell(category) {
            Some(cell) => cell.count,
            // A published table names every category that is not empty.
            None => Some(0),
        }
    }

    /// How many there are of two categories at once.
    pub fn pair(&self, table: usize, row: &str, column: &str) -> Option<u64> {
        let table = self.published(table)?;
        let found = cell_of(table, row, column);
        found.map_or(Some(0), |it| it.count)
    }

    /// What is told beside the count of two categories at once, by its code.
    pub fn told_of_pair(&self, table: usize, row: &str, column: &str, code: &str) -> Option<f64> {
        let table = self.published(table)?;
        cell_of(table, row, column)?.told[summary(table, code)?]
    }

    /// How many there are of some categories together; `None` where one of them is not told.
    pub fn sum(&self, table: usize, categories: &[&str]) -> Option<u64> {
        categories.iter().map(|it| self.count(table, it)).sum()
    }

    /// What is told beside a count, by its code.
    pub fn told(&self, table: usize, category: &str, code: &str) -> Option<f64> {
        let table = self.0.get(table)?;
        table.cell(category)?.told[summary(table, code)?]
    }

    fn published(&self, table: usize) -> Option<&Table> {
        let table = self.0.get(table);
        table.filter(|it| it.standing == Standing::Published)
    }

    /// The rows of a table; none where it is not there.
    pub fn rows(&self, table: usize) -> &[Row] {
        let table = self.0.get(table);
        table.map(|it| it.rows.as_slice()).unwrap_or_default()
    }

    /// The categories of a table with how many there are of each.
    pub fn categories(&self, table: usize) -> Vec<(String, Option<u64>)> {
        let named = self
            .rows(table)
            .iter()
            .filter_map(|row| Some((row.row.as_ref()?.code.clone(), row.cell.count)));
        named.collect()
    }
}

fn summary(table: &Table, code: &str) -> Option<usize> {
    let mut summaries = table.measure.summaries.iter();
    summaries.position(|it| it.code() == code)
}

fn cell_of<'t>(table: &'t Table, row: &str, column: &str) -> Option<&'t Cell> {
    let is = |told: &Option<Category>, code: &str| told.as_ref().is_some_and(|it| it.code == code);
    let mut rows = table.rows.iter();
    let found = rows.find(|it| is(&it.row, row) && is(&it.column, column));
    found.map(|it| &it.cell)
}

/// A share, where both are told and there is something to share.
pub fn share(part: Option<f64>, all: Option<f64>) -> Option<f64> {
    let (part, all) = part.zip(all)?;
    (all > 0.0).then(|| part / all)
}
