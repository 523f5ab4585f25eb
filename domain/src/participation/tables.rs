//! From what was counted to the tables of one population: totals, tables of one breakdown and of two, with what stays hidden.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use uuid::Uuid;

use super::measures::{Breakdown, Measure, Summary};
use super::suppression::{self, Count, OneWay, Year};

/// The code under which small categories are put together: one that no list has, as many have an `OTHER` of their own.
pub const REST: &str = "REST";

/// What one statement brought of a population: so many alike.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// In which quarter, from 1 to 4.
    pub quarter: u8,
    /// Its categories, in the order of the measure's breakdowns.
    pub of: Vec<String>,
    /// How many.
    pub n: u64,
    /// How many people or cases are behind it, where that is not the same.
    pub behind: Option<u64>,
    /// Who is behind it, where people may be behind several.
    pub unit: Option<Uuid>,
    /// What is summed up of it.
    pub sums: [i64; 3],
    /// A time in days, and whether it has come to its end.
    pub days: Option<(i64, bool)>,
}

/// What came together in a cell.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    n: u64,
    behind: u64,
    units: HashSet<Uuid>,
    sums: [i64; 3],
    days: BTreeMap<(i64, bool), u64>,
}

impl Tally {
    fn add(&mut self, it: &Counted) {
        self.n += it.n;
        match (it.unit, it.behind) {
            (Some(unit), _) => {
                self.units.insert(unit);
                self.behind = self.units.len() as u64;
            }
            // The same may be behind several of them: at least as many as behind the largest.
            (None, Some(behind)) => self.behind = self.behind.max(behind),
            (None, None) => self.behind += it.n,
        }
        for (sum, further) in self.sums.iter_mut().zip(it.sums) {
            *sum += further;
        }
        if let Some(days) = it.days {
            *self.days.entry(days).or_default() += it.n;
        }
    }

    fn count(&self) -> Count {
        Count {
            n: self.n,
            behind: self.behind,
        }
    }

    /// What is told beside the count; nothing of times of too few.
    fn told(&self, measure: &Measure, threshold: u64) -> [Option<f64>; 3] {
        let mut told = [None; 3];
        for (at, summary) in measure.summaries.iter().enumerate() {
            told[at] = match summary {
                Summary::Sum(..) => Some(self.sums[at] as f64),
                Summary::Median(_) => {
                    let ended = self.days.iter().filter(|((_, ended), _)| *ended);
                    let ended: Vec<(i64, u64)> = ended.map(|((days, _), n)| (*days, *n)).collect();
                    let n: u64 = ended.iter().map(|(_, n)| n).sum();
                    (n > 0 && n >= threshold).then(|| median(&ended, n))
                }
                Summary::Survival(_) => (self.n >= threshold)
                    .then(|| survival(&self.days))
                    .flatten(),
            };
        }
        told
    }
}

fn median(sorted: &[(i64, u64)], n: u64) -> f64 {
    let at = |place: u64| {
        let mut before = 0;
        let found = sorted.iter().find(|(_, n)| {
            before += n;
            before > place
        });
        found.map_or(0, |(days, _)| *days) as f64
    };
    (at((n - 1) / 2) + at(n / 2)) / 2.0
}

/// The median of Kaplan and Meier: the first time at which no more than half go on. Those that have not ended count as long
/// as they are known to have lasted. `None` where more than half go on.
fn survival(days: &BTreeMap<(i64, bool), u64>) -> Option<f64> {
    let mut at_risk: u64 = days.values().sum();
    let mut go_on = 1.0;
    let times: BTreeSet<i64> = days.keys().map(|(days, _)| *days).collect();
    for time in times {
        let of = |ended| days.get(&(time, ended)).copied().unwrap_or(0);
        go_on *= 1.0 - of(true) as f64 / at_risk as f64;
        if go_on <= 0.5 + 1e-9 {
            return Some(time as f64);
        }
        at_risk -= of(true) + of(false);
    }
    None
}

/// A cell of a table, as it is published.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// How many; none where it is hidden.
    pub count: Option<u64>,
    /// What is told besides, in the order of the measure's summaries.
    pub told: [Option<f64>; 3],
    /// Whether it is hidden: it is small, or a small one could be worked out from it.
    pub is_hidden: bool,
}

/// Where a cell stands: the table's breakdowns, and the categories.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The breakdown of the rows, and that of the columns.
    pub by: (Option<Breakdown>, Option<Breakdown>),
    /// The category of the row.
    pub row: String,
    /// The category of the column.
    pub column: String,
}

impl Place {
    /// The total.
    pub fn total() -> Self {
        Self {
            by: (None, None),
            row: String::new(),
            column: String::new(),
        }
    }
}

/// The cells of one population in one period.
pub type Cells = BTreeMap<Place, Cell>;

/// Whether cells that are published may be replaced by those that were counted later. Who compares the two must not learn of
/// a few people: so the same tables are there, the same cells are hidden, and a cell is the same or its count differs by at
/// least the threshold. A category that a table does not name is empty.
pub fn may_replace(before: &Cells, after: &Cells, threshold: u64) -> bool {
    let tables = |cells: &Cells| cells.keys().map(|place| place.by).collect::<BTreeSet<_>>();
    let empty = Cell {
        count: Some(0),
        ..Cell::default()
    };
    let is_far = |was: &Cell, is: &Cell| match (was.count, is.count) {
        (Some(was), Some(is)) => was == is || was.abs_diff(is) >= threshold,
        _ => false,
    };
    let places: BTreeSet<&Place> = before.keys().chain(after.keys()).collect();
    tables(before) == tables(after)
        && places.into_iter().all(|place| {
            let was = before.get(place).unwrap_or(&empty);
            let is = after.get(place).unwrap_or(&empty);
            let is_told_alike = was.told == is.told || was.count != is.count || is.count == Some(0);
            was == is || (was.is_hidden == is.is_hidden && is_told_alike && is_far(was, is))
        })
}

/// How tables are made: of what, and with which threshold (0 where nothing is hidden).
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// The population.
    pub measure: &'a Measure,
    /// Fewer are not shown.
    pub threshold: u64,
}

impl Making<'_> {
    fn cell(&self, tally: &Tally, is_shown: bool) -> Cell {
        if !is_shown {
            return Cell {
                is_hidden: true,
                ..Cell::default()
            };
        }
        let count = self.measure.tells_count.then_some(tally.n);
        Cell {
            count,
            told: tally.told(self.measure, self.threshold),
            is_hidden: false,
        }
    }

    /// The totals of the quarters, halves and the whole of a year, where what happened adds up.
    pub fn totals(&self, counted: &[Counted]) -> Year<Cell> {
        let tally = |quarters: std::ops::RangeInclusive<u8>| {
            let mut tally = Tally::default();
            counted
                .iter()
                .filter(|it| quarters.contains(&it.quarter))
                .for_each(|it| tally.add(it));
            tally
        };
        let tallies = Year {
            quarters: [1, 2, 3, 4].map(|no| tally(no..=no)),
            halves: [tally(1..=2), tally(3..=4)],
            year: tally(1..=4),
        };
        let counts = Year {
            quarters: tallies.quarters.each_ref().map(Tally::count),
            halves: tallies.halves.each_ref().map(Tally::count),
            year: tallies.year.count(),
        };
        let shown = suppression::year(&counts, self.threshold);
        let [first, second, third, fourth] = &tallies.quarters;
        let quarter = |at: usize, of: &Tally| self.cell(of, shown.quarters[at]);
        Year {
            quarters: [
                quarter(0, first),
                quarter(1, second),
                quarter(2, third),
                quarter(3, fourth),
            ],
            halves: [
                self.cell(&tallies.halves[0], shown.halves[0]),
                self.cell(&tallies.halves[1], shown.halves[1]),
            ],
            year: self.cell(&tallies.year, shown.year),
        }
    }

    /// The total of all that was counted, by itself.
    pub fn total(&self, counted: &[Counted]) -> Cell {
        let mut tally = Tally::default();
        counted.iter().for_each(|it| tally.add(it));
        self.cell(&tally, !tally.count().is_small(self.threshold))
    }

    /// The tables of what was counted, beside a total that is shown. `has_quarters`: whether every quarter's total is shown,
    /// so that tables by quarter can be made.
    pub fn tables(&self, counted: &[Counted], has_quarters: bool) -> Cells {
        let mut cells = Cells::new();
        let mut groups: BTreeMap<Breakdown, Grouped> = BTreeMap::new();
        for by in self.measure.breakdowns.iter().copied() {
            if by == Breakdown::Quarter && !has_quarters {
                continue;
            }
            if let Some(grouped) = self.one_way(counted, by, &mut cells) {
                groups.insert(by, grouped);
            }
        }
        for (rows, columns) in self.measure.tables {
            if let (Some(of_rows), Some(of_columns)) = (groups.get(rows), groups.get(columns)) {
                self.two_way(
                    counted,
                    (*rows, of_rows),
                    (*columns, of_columns),
                    &mut cells,
                );
            }
        }
        cells
    }

    fn one_way(&self, counted: &[Counted], by: Breakdown, cells: &mut Cells) -> Option<Grouped> {
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for it in counted {
            tallies.entry(self.category(it, by)).or_default().add(it);
        }
        tallies.retain(|_, tally| tally.n > 0);
        let counts: Vec<Count> = tallies.values().map(Tally::count).collect();
        let as_a_whole = by.is_hidden_as_a_whole();
        let hidden = match suppression::one_way(&counts, self.threshold, as_a_whole) {
            OneWay::Withheld => return None,
            OneWay::Hiding(hidden) => hidden,
        };
        let place = |row: &str| Place {
            by: (Some(by), None),
            row: row.to_owned(),
            column: String::new(),
        };
        let mut grouped = Grouped::default();
        let mut other = Tally::default();
        for (at, (category, tally)) in tallies.iter().enumerate() {
            let is_shown = !hidden.contains(&at);
            cells.insert(place(category), self.cell(tally, is_shown));
            let group = if is_shown {
                &mut grouped.shown
            } else {
                &mut grouped.other
            };
            group.insert((*category).to_owned());
        }
        if !grouped.other.is_empty() {
            let of = counted
                .iter()
                .filter(|it| grouped.other.contains(self.category(it, by)));
            of.for_each(|it| other.add(it));
            cells.insert(place(REST), self.cell(&other, true));
        }
        Some(grouped)
    }

    fn two_way(
        &self,
        counted: &[Counted],
        (rows, of_rows): (Breakdown, &Grouped),
        (columns, of_columns): (Breakdown, &Grouped),
        cells: &mut Cells,
    ) {
        let (row_codes, column_codes) = (of_rows.codes(), of_columns.codes());
        let mut tallies = vec![vec![Tally::default(); column_codes.len()]; row_codes.len()];
        for it in counted.iter().filter(|it| it.n > 0) {
            let row = of_rows.place(self.category(it, rows));
            let column = of_columns.place(self.category(it, columns));
            tallies[row][column].add(it);
        }
        let counts: Vec<Vec<Count>> = tallies
            .iter()
            .map(|row| row.iter().map(Tally::count).collect())
            .collect();
        let hidden = suppression::rows(&counts, self.threshold);
        for (row, code) in row_codes.iter().enumerate() {
            let is_shown = hidden.as_ref().is_some_and(|hidden| !hidden.contains(&row));
            for (column, column_code) in column_codes.iter().enumerate() {
                let place = Place {
                    by: (Some(rows), Some(columns)),
                    row: (*code).to_owned(),
                    column: (*column_code).to_owned(),
                };
                cells.insert(place, self.cell(&tallies[row][column], is_shown));
            }
        }
    }

    fn category<'c>(&self, it: &'c Counted, by: Breakdown) -> &'c str {
        if by == Breakdown::Quarter {
            let names = ["Q1", "Q2", "Q3", "Q4"];
            return names[usize::from(it.quarter.clamp(1, 4) - 1)];
        }
        let at = self.measure.counted_by().position(|of| of == by);
        at.and_then(|at| it.of.get(at)).map_or("", String::as_str)
    }
}

/// The categories of a breakdown: those that are shown, and those that are put together.
#[derive(Clone, Debug, Default)]
struct Grouped {
    shown: BTreeSet<String>,
    other: BTreeSet<String>,
}

impl Grouped {
    fn codes(&self) -> Vec<&str> {
        let other = (!self.other.is_empty()).then_some(REST);
        self.shown.iter().map(String::as_str).chain(other).collect()
    }

    fn place(&self, category: &str) -> usize {
        let place = self.shown.iter().position(|it| it == category);
        place.unwrap_or(self.shown.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participation::measures::MeasureCode;

    #[test]
    fn what_is_put_together_takes_no_place_of_a_category_that_is_called_other() {
        let meetings = |activity: &str, n| Counted {
            quarter: 1,
            of: vec![activity.to_owned()],
            n,
            ..Counted::default()
        };
        let counted = [
            meetings("OTHER", 30),
            meetings("WALK", 20),
            meetings("CAFE", 2),
            meetings("SPORT", 3),
        ];
        let making = Making {
            measure: MeasureCode::Meetings.measure(),
            threshold: 5,
        };
        let cells = making.tables(&counted, false);
        let told = |code: &str| {
            let place = Place {
                by: (Some(Breakdown::Activity), None),
                row: code.to_owned(),
                column: String::new(),
            };
            cells.get(&place).and_then(|cell| cell.count)
        };
        // Two small ones hide the next larger one with them: 20 + 2 + 3 are told together.
        let all = ["OTHER", "WALK", "CAFE", "SPORT", REST].map(told);
        assert_eq!(all, [Some(30), None, None, None, Some(25)]);
    }
}
