//! A table as a file that people take away, with what it is, of when, and what is hidden in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::measures::Breakdown;
use super::{Category, Row, Standing, Table, definition, name};
use crate::error::{Error, Result};
use crate::texts::{self, Language};

/// What stands for a number that is hidden, as in official statistics.
const HIDDEN: &str = "..";

/// A cell of a file.
enum Written {
    Text(String),
    Number(f64),
}

/// What a table's file says, line by line: what it is first, then the table with its heading.
fn lines(table: &Table, language: Language) -> Vec<Vec<Written>> {
    let text = |id: &str| texts::text(language, &format!("figures-{id}"), None);
    let told = |name: String, what: String| vec![Written::Text(name), Written::Text(what)];
    let measure = table.measure;
    let period = format!(
        "{} ({} – {})",
        table.period,
        table.period.first_on(),
        table.period.last_on()
    );
    let note = match table.standing {
        Standing::Internal => text("note-internal"),
        Standing::NotPublished => text("note-not-published"),
        Standing::Withheld => text("note-withheld"),
        Standing::Published if measure.is_open() => text("note-open"),
        Standing::Published => {
            let threshold = table.threshold.unwrap_or_default().to_string();
            texts::text_with(
                language,
                "figures-note-published",
                &[("threshold", &threshold)],
            )
        }
    };
    let mut lines = vec![
        told(text("table"), name(measure, language)),
        told(text("definition"), definition(measure, language)),
        told(text("period"), period),
    ];
    lines.extend(
        table
            .published_on
            .map(|day| told(text("published-on"), day.to_string())),
    );
    lines.push(told(text("note"), note));
    lines.push(told(
        text("source"),
        format!("{} ({})", text("source-of"), measure.figures),
    ));
    lines.push(Vec::new());
    let mut heading: Vec<Written> = table
        .by
        .iter()
        .map(|by| Written::Text(text(&heading_of(*by))))
        .collect();
    heading.push(Written::Text(text("count")));
    heading.extend(
        measure
            .summaries
            .iter()
            .map(|it| Written::Text(it.code().to_owned())),
    );
    lines.push(heading);
    lines.extend(
        table
            .rows
            .iter()
            .map(|row| line(table, row, &text("other"))),
    );
    lines
}

fn heading_of(by: Breakdown) -> String {
    format!("by-{}", by.name().to_lowercase().replace('_', "-"))
}

fn line(table: &Table, row: &Row, other: &str) -> Vec<Written> {
    let category = |it: &Category| {
        let is_other = it.code == super::OTHER;
        let told = it.name.clone().unwrap_or_else(|| it.code.clone());
        Written::Text(if is_other { other.to_owned() } else { told })
    };
    let number = |n: Option<f64>| match n {
        Some(n) => Written::Number(n),
        None if row.cell.is_hidden => Written::Text(HIDDEN.to_owned()),
        None => Written::Text(String::new()),
    };
    let mut line: Vec<Written> = [&row.row, &row.column]
        .into_iter()
        .flatten()
        .map(category)
        .collect();
    line.push(number(row.cell.count.map(|n| n as f64)));
    let told = row.cell.told.iter().take(table.measure.summaries.len());
    line.extend(told.map(|n| number(*n)));
    line
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
pub fn csv(table: &Table, language: Language) -> Result<String> {
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for line in lines(table, language) {
        let cells = line.into_iter().map(|cell| match cell {
            Written::Text(text) => harmless(text),
            Written::Number(n) => n.to_string(),
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

/// The table as a workbook (XLSX), with the same lines.
///
/// Errors: `Internal`.
pub fn workbook(table: &Table, language: Language) -> Result<Vec<u8>> {
    let broken = |fault: XlsxError| Error::Internal(Box::new(fault));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .set_name(texts::text(language, "figures-sheet", None))
        .map_err(broken)?;
    sheet.set_column_width(0, 28).map_err(broken)?;
    sheet.set_column_width(1, 28).map_err(broken)?;
    let wrapped = Format::new()
        .set_text_wrap()
        .set_align(rust_xlsxwriter::FormatAlign::Top);
    for (row, line) in (0_u32..).zip(lines(table, language)) {
        for (column, cell) in (0_u16..).zip(line) {
            match cell {
                Written::Text(text) => sheet.write_string_with_format(row, column, text, &wrapped),
                Written::Number(n) => sheet.write_number(row, column, n),
            }
            .map_err(broken)?;
        }
    }
    book.save_to_buffer().map_err(broken)
}

/// The same workbook as base64, as it goes over a connection that carries text.
///
/// Errors: `Internal`.
pub fn workbook_as_text(table: &Table, language: Language) -> Result<String> {
    Ok(STANDARD.encode(workbook(table, language)?))
}
