//! Reading a workbook of the kind XLSX: what Excel and LibreOffice save.
//!
//! A file that comes by mail may be anything: cut off, locked, or made to fill the memory. It is looked at before it is
//! unpacked, and its cells are read one by one, so that a cell in the millionth row costs no more than one in the first.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Dimensions, Reader as _, Xlsx};
use chrono::NaiveDate;
use zip::ZipArchive;

use super::book::{Book, Cell, Page, Row, letters};
use super::finding::Finding;
use super::template::{NOTES, plain};

/// The largest file: ten times what 10,000 rows take. Our own choice.
pub(super) const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// The most that a file may become when it is unpacked. Our own choice: an honest workbook grows tenfold.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// The most rows of one sheet. Our own choice: far above what an association has.
pub(super) const MOST_ROWS: u32 = 100_000;

/// Cells right of this column are not looked at: nothing of the template is there.
const MOST_COLUMNS: u32 = 200;

/// How a file of the old kind, or a locked one, begins.
const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The workbook in these bytes.
///
/// Errors: why it is none that can be read.
pub(super) fn read(bytes: Vec<u8>) -> Result<Book, Finding> {
    look_at(&bytes)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|_| Finding::of_file("BROKEN_FILE"))?;
    let mut read = Book::default();
    for name in book.sheet_names() {
        if NOTES.iter().any(|notes| plain(notes) == plain(&name)) {
            continue;
        }
        let page = page(&mut book, &name)?;
        // An empty sheet is what a new workbook has two of.
        if page.rows.is_empty() {
            continue;
        }
        let merged = book.merge_cells_by_sheet_name(&name);
        let merged = merged.map_err(|_| Finding::of_file("BROKEN_FILE"))?;
        read.findings
            .extend(merged.iter().map(|it| of_merged(&name, it)));
        read.pages.push(page);
    }
    Ok(read)
}

fn look_at(bytes: &[u8]) -> Result<(), Finding> {
    if bytes.starts_with(&COMPOUND_FILE) {
        let name: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let is_locked = bytes.windows(name.len()).any(|it| it == name);
        return Err(Finding::of_file(if is_locked {
            "PASSWORD"
        } else {
            "OLD_FORMAT"
        }));
    }
    if !bytes.starts_with(b"PK") {
        return Err(Finding::of_file("NOT_A_WORKBOOK"));
    }
    let broken = |_| Finding::of_file("BROKEN_FILE");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.by_name("xl/workbook.xml").is_err() {
        let is_other = archive.by_name("mimetype").is_ok();
        return Err(Finding::of_file(if is_other {
            "OLD_FORMAT"
        } else {
            "NOT_A_WORKBOOK"
        }));
    }
    // What the file says of its parts may be untrue, so they are unpacked into nothing first.
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(broken)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|_| Finding::of_file("BROKEN_FILE"))?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| Finding::of_file("TOO_BIG"))?;
    }
    Ok(())
}

fn page(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<Page, Finding> {
    let broken = |_| Finding::of_file("BROKEN_FILE");
    let mut page = Page {
        name: name.to_owned(),
        rows: Vec::new(),
    };
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let (row, column) = record.pos;
        let cell = match record.formula {
            Some(_) => Cell::Formula,
            None => cell(&record.value),
        };
        if cell == Cell::Empty || column >= MOST_COLUMNS {
            continue;
        }
        let number = row + 1;
        if page.rows.last().is_none_or(|last| last.number != number) {
            if page.rows.len() as u64 > u64::from(MOST_ROWS) {
                return Err(
                    Finding::of_sheet(name, "TOO_MANY_ROWS").tell("most", MOST_ROWS.to_string())
                );
            }
            page.rows.push(Row {
                number,
                cells: Vec::new(),
            });
        }
        if let Some(last) = page.rows.last_mut() {
            last.put(column as usize, cell);
        }
    }
    Ok(page)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        // A time of day without a day: a part of one.
        DataRef::DateTime(time) if (0.0..1.0).contains(&time.as_f64()) => {
            Cell::Number(time.as_f64())
        }
        DataRef::DateTime(day) if day.is_datetime() => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            let day = NaiveDate::from_ymd_opt(year.into(), month.into(), date.into());
            day.map_or(Cell::Broken, Cell::Day)
        }
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse().ok());
            day.map_or_else(|| Cell::text(text), Cell::Day)
        }
        DataRef::DurationIso(text) => Cell::text(text),
        DataRef::DateTime(_) | DataRef::Error(_) => Cell::Broken,
    }
}

fn of_merged(sheet: &str, merged: &Dimensions) -> Finding {
    let (row, column) = merged.start;
    let (last_row, last_column) = merged.end;
    let cell = |row: u32, column: u32| format!("{}{}", letters(column as usize), row + 1);
    Finding::of_sheet(sheet, "MERGED")
        .at(row + 1, Some(letters(column as usize)))
        .tell(
            "cells",
            format!("{}:{}", cell(row, column), cell(last_row, last_column)),
        )
}
