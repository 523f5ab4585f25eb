//! Workbooks as associations have them: written cell by cell, tidy or not.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

/// A cell as somebody filled it in.
#[derive(Clone, Debug)]
pub enum In {
    Text(String),
    Number(f64),
    Day(NaiveDate),
    Formula(String),
    Empty,
}

impl From<&str> for In {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<String> for In {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

/// A sheet with its headings.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<In>>,
    /// Cells of a column that are merged: the first row, the last row, the column, all counted from 0.
    pub merged: Vec<(u32, u32, u16)>,
}

impl Sheet {
    pub fn new(name: &str, headings: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            rows: vec![headings.iter().map(|it| (*it).into()).collect()],
            merged: Vec::new(),
        }
    }

    /// Adds a row; its number in the spreadsheet.
    pub fn row<T: Into<In>>(&mut self, cells: impl IntoIterator<Item = T>) -> usize {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self.rows.len()
    }

    /// The cell under a heading in a row, numbered as in the spreadsheet.
    pub fn cell(&mut self, row: usize, heading: &str) -> &mut In {
        let place = self.rows[0]
            .iter()
            .position(|it| matches!(it, In::Text(text) if text == heading));
        let place = place.unwrap_or_else(|| panic!("{} has no {heading}", self.name));
        let row = &mut self.rows[row - 1];
        while row.len() <= place {
            row.push(In::Empty);
        }
        &mut row[place]
    }
}

/// The bytes of a workbook.
pub fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("d.m.yyyy");
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name).unwrap();
        for (row, cells) in (0..).zip(&sheet.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    In::Text(text) => worksheet.write_string(row, column, text),
                    In::Number(number) => worksheet.write_number(row, column, *number),
                    In::Formula(formula) => {
                        worksheet.write_formula(row, column, Formula::new(formula))
                    }
                    In::Day(on) => {
                        let part = |number: u32| u8::try_from(number).unwrap();
                        let on = ExcelDateTime::from_ymd(
                            u16::try_from(on.year()).unwrap(),
                            part(on.month()),
                            part(on.day()),
                        );
                        worksheet.write_datetime_with_format(row, column, on.unwrap(), &day)
                    }
                    In::Empty => continue,
                }
                .unwrap();
            }
        }
        for (first, last, column) in &sheet.merged {
            let text = match &sheet.rows[*first as usize][usize::from(*column)] {
                In::Text(text) => text.clone(),
                _ => String::new(),
            };
            worksheet
                .merge_range(*first, *column, *last, *column, &text, &Format::new())
                .unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}
