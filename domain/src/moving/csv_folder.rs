//! A workbook as a folder of CSV files, a file a sheet: `people.csv`, `henkilöt.csv` …
//!
//! A spreadsheet that opens a CSV file runs a cell that begins with `=`, `+`, `-` or `@` as a formula. So an export puts
//! an apostrophe before such a text, as spreadsheets themselves do, and an import takes it off again.

use std::path::Path;

use super::book::{Book, Cell, Page, Row};
use super::finding::Finding;
use super::template::Sheet;
use super::xlsx::{MOST_BYTES, MOST_ROWS};

/// Excel takes a file as UTF-8 where it begins with this.
const MARK: &str = "\u{feff}";

/// The workbook in a folder.
///
/// Errors: why it is none that can be read.
pub(super) fn read(folder: &Path) -> Result<Book, Finding> {
    let unreadable = |_| Finding::of_file("BROKEN_FILE");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map_err(unreadable)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|it| it.eq_ignore_ascii_case("csv"))
        })
        .collect();
    paths.sort();
    let mut book = Book::default();
    for path in paths {
        let name = path.file_stem().map(|it| it.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let size = std::fs::metadata(&path).map_err(unreadable)?.len();
        if size > MOST_BYTES {
            return Err(Finding::of_sheet(&name, "TOO_BIG"));
        }
        let bytes = std::fs::read(&path).map_err(unreadable)?;
        let text = String::from_utf8(bytes).map_err(|_| Finding::of_sheet(&name, "NOT_UTF8"))?;
        book.pages.push(page(name, &text)?);
    }
    Ok(book)
}

fn page(name: String, text: &str) -> Result<Page, Finding> {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let often = |mark: &u8| first.bytes().filter(|byte| byte == mark).count();
    let delimiter = [b';', b'\t', b',']
        .into_iter()
        .rev()
        .max_by_key(often)
        .unwrap_or(b';');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (record, number) in reader.records().zip(1..) {
        let record = record.map_err(|_| Finding::of_sheet(&name, "BROKEN_FILE"))?;
        if number > MOST_ROWS {
            return Err(
                Finding::of_sheet(&name, "TOO_MANY_ROWS").tell("most", MOST_ROWS.to_string())
            );
        }
        let row = Row {
            number,
            cells: record.iter().map(cell).collect(),
        };
        if !row.is_blank() {
            rows.push(row);
        }
    }
    Ok(Page { name, rows })
}

fn cell(written: &str) -> Cell {
    let written = written.trim();
    match written.strip_prefix('\'') {
        Some(text) if is_run(text) => Cell::text(text),
        _ if is_formula(written) => Cell::Formula,
        _ => Cell::text(written),
    }
}

/// Whether a spreadsheet may run a text.
fn is_run(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A phone number begins with `+` as well, and is no formula.
fn is_formula(text: &str) -> bool {
    let is_number = |rest: &str| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || " -()/.".contains(c))
    };
    match text.strip_prefix(['+', '-']) {
        Some(rest) => !is_number(rest),
        None => text.starts_with(['=', '@']),
    }
}

/// Writes a workbook into a folder, which is made where there is none.
pub(super) fn write(book: &Book, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for page in &book.pages {
        let name = Sheet::named(&page.name).map_or(page.name.as_str(), |sheet| sheet.kind.code());
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .from_writer(MARK.as_bytes().to_vec());
        for row in &page.rows {
            writer.write_record(row.cells.iter().map(shown))?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|fault| std::io::Error::other(fault.to_string()))?;
        std::fs::write(folder.join(format!("{name}.csv")), bytes)?;
    }
    Ok(())
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if is_run(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.format("%-d.%-m.%Y").to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Empty | Cell::Formula | Cell::Broken => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_loses_it_again() {
        for text in ["=1+1", "+358 40 123", "-x", "@SUM(A1)", "\tx"] {
            let shown = shown(&Cell::Text(text.to_owned()));
            assert_eq!(shown, format!("'{text}"));
            assert_eq!(cell(&shown), Cell::text(text), "{text}");
        }
        assert_eq!(shown(&Cell::Text("Kaisa".to_owned())), "Kaisa");
        assert_eq!(cell("'Kaisa'"), Cell::text("'Kaisa'"));
    }

    #[test]
    fn a_formula_is_no_phone_number() {
        assert_eq!(cell("+358 40-123"), Cell::text("+358 40-123"));
        for text in ["=A1", "@x", "+A1", "-2+3*A1"] {
            assert_eq!(cell(text), Cell::Formula, "{text}");
        }
    }

    #[test]
    fn the_mark_between_cells_is_found_out() {
        for text in ["\u{feff}a;b,c\n1;2\n", "a\tb,c\n1\t2\n", "a,b\n1,2\n"] {
            let page = page("people".to_owned(), text).unwrap();
            assert_eq!(
                page.rows[1].cells,
                [Cell::text("1"), Cell::text("2")],
                "{text}"
            );
        }
    }
}
