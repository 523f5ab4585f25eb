//! A table as a file that people take away, with what it is, of when, and what is hidden in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::{Names, Row, Standing, Table, definition, name};
use crate::error::{Error, Result};
use crate::texts;

/// What stands for a number that is hidden, as in official statistics.
pub const HIDDEN: &str = "..";

/// The longest name that a sheet of a workbook may have.
const SHEET_NAME_CHARS: usize = 31;

/// A cell of a table as people read it.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A category.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that is hidden; never nought.
    Hidden,
    /// There is none.
    Nothing,
}

/// What a table is, of when, what is hidden in it and where it comes from: the name of each and what it is.
pub fn about(table: &Table, names: &Names) -> Vec<(String, String)> {
    let measure = table.measure;
    let (first, last) = (table.period.first_on(), table.period.last_on());
    let mut told = vec![
        (names.text("table"), name(measure, names.language)),
        (
            names.text("definition"),
            definition(measure, names.language),
        ),
        (
            names.text("period"),
            format!("{} ({first} – {last})", table.period),
        ),
    ];
    let published = table.published_on;
    told.extend(published.map(|day| (names.text("published-on"), day.to_string())));
    told.push((names.text("note"), note(table, names)));
    let source = format!("{} ({})", names.text("source-of"), measure.figures);
    told.push((names.text("source"), source));
    told
}

/// What is hidden in a table and why, or why there is none.
pub fn note(table: &Table, names: &Names) -> String {
    let threshold = table.threshold.unwrap_or_default().to_string();
    match table.standing {
        Standing::Internal => names.text("note-internal"),
        Standing::NotPublished => names.text("note-not-published"),
        Standing::Withheld => names.text("note-withheld"),
        Standing::Published if table.measure.is_open() => names.text("note-open"),
        Standing::Published => texts::text_with(
            names.language,
            "figures-note-published",
            &[("threshold", &threshold)],
        ),
    }
}

/// The table's heading: its breakdowns, the count, and what is told besides.
pub fn heading(table: &Table, names: &Names) -> Vec<String> {
    let by = table.by.iter().map(|by| names.breakdown(*by));
    let summaries = table.measure.summaries.iter();
    let count = table.measure.tells_count.then(|| names.text("count"));
    by.chain(count)
        .chain(summaries.map(|it| names.told(it.code())))
        .collect()
}

/// A row of the table, under its heading.
pub fn cells(table: &Table, row: &Row, names: &Names) -> Vec<Told> {
    let number = |n: Option<f64>| match n {
        Some(n) => Told::Number(n),
        None if row.cell.is_hidden => Told::Hidden,
        None => Told::Nothing,
    };
    let categories = table.by.iter().zip([&row.row, &row.column]);
    let mut cells: Vec<Told> = categories
        .filter_map(|(by, it)| Some(Told::Text(names.category(*by, it.as_ref()?))))
        .collect();
    if table.measure.tells_count {
        cells.push(number(row.cell.count.map(|n| n as f64)));
    }
    let told = row.cell.told.iter().take(table.measure.summaries.len());
    cells.extend(told.map(|n| number(*n)));
    cells
}

/// What a table's file says, line by line: what it is first, then the table with its heading.
fn lines(table: &Table, names: &Names) -> Vec<Vec<Told>> {
    let about = about(table, names).into_iter();
    let heading = heading(table, names).into_iter().map(Told::Text);
    about
        .map(|(name, what)| vec![Told::Text(name), Told::Text(what)])
        .chain([Vec::new(), heading.collect()])
        .chain(table.rows.iter().map(|row| cells(table, row, names)))
        .collect()
}

/// A spreadsheet runs a cell that begins so; an organisation could be called anything.
fn harmless(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text,
    }
}

/// The table as a CSV file: commas, UTF-8, a line for what it is, of when and what is hidden each, then the table.
///
/// Errors: `Internal`.
pub fn csv(table: &Table, names: &Names) -> Result<String> {
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for line in lines(table, names) {
        let cells = line.into_iter().map(|cell| match cell {
            Told::Text(text) => harmless(text),
            Told::Number(n) => n.to_string(),
            Told::Hidden => HIDDEN.to_owned(),
            Told::Nothing => String::new(),
        });
        let cells: Vec<String> = cells.collect();
        let broken = |fault: ::csv::Error| Error::Internal(Box::new(fault));
        // An empty line is one empty cell: a record must have one.
        let cells = if cells.is_empty() {
            vec![String::new()]
        } else {
            cells
        };
        writer.write_record(&cells).map_err(broken)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|fault| Error::internal(fault.to_string()))?;
    String::from_utf8(bytes).map_err(|fault| Error::Internal(Box::new(fault)))
}

/// A sheet of a workbook: its name, and its lines.
pub type Page = (String, Vec<Vec<Told>>);

/// Lines as a workbook (XLSX).
///
/// Errors: `Internal`.
pub fn book(pages: Vec<Page>) -> Result<Vec<u8>> {
    let broken = |fault: XlsxError| Error::Internal(Box::new(fault));
    let mut book = Workbook::new();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (name, lines) in pages {
        let sheet = book.add_worksheet();
        let name: String = name.chars().take(SHEET_NAME_CHARS).collect();
        sheet.set_name(name.trim_end()).map_err(broken)?;
        sheet.set_column_width(0, 28).map_err(broken)?;
        sheet.set_column_width(1, 28).map_err(broken)?;
        for (row, line) in (0_u32..).zip(lines) {
            for (column, cell) in (0_u16..).zip(line) {
                match cell {
                    Told::Text(text) => sheet.write_string_with_format(row, column, text, &wrapped),
                    Told::Number(n) => sheet.write_number(row, column, n),
                    Told::Hidden => sheet.write_string(row, column, HIDDEN),
                    Told::Nothing => continue,
                }
                .map_err(broken)?;
            }
        }
    }
    book.save_to_buffer().map_err(broken)
}

/// A table as a workbook, with the same lines as in CSV.
///
/// Errors: `Internal`.
pub fn workbook(table: &Table, names: &Names) -> Result<Vec<u8>> {
    book(vec![(names.text("sheet"), lines(table, names))])
}

/// The same workbook as base64, as it goes over a connection that carries text.
///
/// Errors: `Internal`.
pub fn workbook_as_text(table: &Table, names: &Names) -> Result<String> {
    Ok(STANDARD.encode(workbook(table, names)?))
}
