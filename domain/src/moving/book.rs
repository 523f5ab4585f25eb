//! A workbook as it was found in a file, or as it is to be written into one: sheets of rows of cells, not yet understood.

use chrono::NaiveDate;

use super::finding::Finding;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing, or blanks alone.
    #[default]
    Empty,
    /// A text, trimmed.
    Text(String),
    /// A number.
    Number(f64),
    /// A day that the spreadsheet knows to be one.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// A formula: what it shows may be something else tomorrow.
    Formula,
    /// A mistake of the spreadsheet's own, as `#REF!`.
    Broken,
}

impl Cell {
    /// A text, or nothing.
    pub(super) fn text(written: &str) -> Self {
        match written.trim() {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// A text where there is one.
    pub(super) fn maybe(written: Option<impl Into<String>>) -> Self {
        written.map_or(Self::Empty, |text| Self::Text(text.into()))
    }
}

impl From<Option<NaiveDate>> for Cell {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

/// A row with its number in the sheet; the first row is 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its number.
    pub number: u32,
    /// Its cells from the left; those after the last one are empty.
    pub cells: Vec<Cell>,
}

impl Row {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| *cell == Cell::Empty)
    }

    pub(super) fn put(&mut self, column: usize, cell: Cell) {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Empty);
        }
        self.cells[column] = cell;
    }
}

/// A sheet: its name, and its rows that are not blank, the one of the headings first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A workbook.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Its sheets.
    pub pages: Vec<Page>,
    /// What was wrong with it already when it was read: merged cells.
    pub findings: Vec<Finding>,
}

impl Book {
    /// How many rows of people and what concerns them it has.
    pub fn rows(&self) -> u64 {
        let rows = self
            .pages
            .iter()
            .map(|page| page.rows.len().saturating_sub(1));
        rows.sum::<usize>().try_into().unwrap_or(u64::MAX)
    }
}

/// The letters of a column, as a spreadsheet shows them: `A`, `B`, … `AA`.
pub fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or_default());
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_that_a_spreadsheet_shows() {
        let shown: Vec<String> = [0, 25, 26, 51, 701, 702].map(letters).into();
        assert_eq!(shown, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }
}
