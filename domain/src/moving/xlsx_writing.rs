//! Writing a workbook as XLSX. A text is always written as a text: nothing of the register becomes a formula.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::book::{Book, Cell, Page, letters};
use super::exporting::headed;
use super::template::{Column, Form, List, NOTES, SHEETS, Sheet, of_three};
use super::words::Words;
use crate::texts::{Language, text, text_with};

/// So many rows of the template help with the words that a cell may hold.
const ROWS_HELPED: u32 = 5_000;

/// The lists stand right of the notes.
const LISTS_FROM: u16 = 6;

struct Formats {
    heading: Format,
    day: Format,
    text: Format,
    wrapped: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            heading: Format::new().set_bold(),
            day: Format::new().set_num_format("d.m.yyyy"),
            text: Format::new().set_num_format("@"),
            wrapped: Format::new().set_text_wrap(),
        }
    }
}

/// The bytes of a workbook.
pub(super) fn bytes(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    for page in &book.pages {
        write(workbook.add_worksheet(), page, &formats)?;
    }
    workbook.save_to_buffer()
}

/// The bytes of the empty template: the sheets, a sheet of notes, and beside those the lists that cells choose from.
pub(super) fn template(words: &Words, language: Language) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let mut lists: Vec<List> = Vec::new();
    for sheet in &SHEETS {
        let worksheet = workbook.add_worksheet();
        write(worksheet, &headed(sheet.kind, language), &formats)?;
        for (column, place) in sheet.columns.iter().zip(0_u16..) {
            let (Form::Word(list) | Form::DayOr(list)) = column.form else {
                continue;
            };
            if matches!(column.form, Form::DayOr(_)) {
                continue;
            }
            let at = lists.iter().position(|it| *it == list).unwrap_or_else(|| {
                lists.push(list);
                lists.len() - 1
            });
            worksheet.add_data_validation(
                1,
                place,
                ROWS_HELPED,
                place,
                &chosen(words, list, at, language),
            )?;
        }
    }
    notes(workbook.add_worksheet(), words, &lists, &formats, language)?;
    workbook.save_to_buffer()
}

/// Words of the three languages are all taken, so another word is warned of and not refused.
fn chosen(words: &Words, list: List, at: usize, language: Language) -> DataValidation {
    let column = letters(usize::from(LISTS_FROM) + at);
    let last = words.all(list, language).count() + 1;
    let formula = format!(
        "='{}'!${column}$2:${column}${last}",
        NOTES[of_three(language)]
    );
    DataValidation::new()
        .allow_list_formula(Formula::new(formula))
        .set_error_style(DataValidationErrorStyle::Warning)
}

fn write(worksheet: &mut Worksheet, page: &Page, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.set_name(&page.name)?.set_freeze_panes(1, 0)?;
    let sheet = Sheet::named(&page.name);
    let columns = sheet.map_or(&[][..], |sheet| sheet.columns);
    for (column, place) in columns.iter().zip(0_u16..) {
        worksheet.set_column_width(place, width(column.form))?;
        match column.form {
            Form::Day => worksheet.set_column_format(place, &formats.day)?,
            // A phone number keeps its zero, and a key stays as it was written.
            Form::Key | Form::Text | Form::Codes | Form::Keys | Form::Names | Form::Clock => {
                worksheet.set_column_format(place, &formats.text)?
            }
            _ => worksheet,
        };
    }
    for row in &page.rows {
        for (cell, place) in row.cells.iter().zip(0_u16..) {
            put(worksheet, (row.number - 1, place), cell, formats)?;
        }
    }
    Ok(())
}

fn put(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if row == 0 => {
            worksheet.write_string_with_format(row, column, text, &formats.heading)?
        }
        Cell::Text(text) => worksheet.write_string_with_format(row, column, text, &formats.text)?,
        Cell::Number(number) => worksheet.write_number(row, column, *number)?,
        Cell::Day(day) => {
            worksheet.write_datetime_with_format(row, column, &of_day(*day)?, &formats.day)?
        }
        Cell::Flag(flag) => worksheet.write_boolean(row, column, *flag)?,
        Cell::Empty | Cell::Formula | Cell::Broken => worksheet,
    };
    Ok(())
}

fn of_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(day.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))
}

/// One line a column: sheet, heading, whether it is needed, what to write.
fn notes(
    worksheet: &mut Worksheet,
    words: &Words,
    lists: &[List],
    formats: &Formats,
    language: Language,
) -> Result<(), XlsxError> {
    let said = |id: &str| text(language, id, None);
    worksheet
        .set_name(NOTES[of_three(language)])?
        .set_freeze_panes(1, 0)?;
    for (place, width) in (0..).zip([24.0, 30.0, 12.0, 70.0]) {
        worksheet.set_column_width(place, width)?;
    }
    for (place, id) in (0..).zip([
        "moving-sheet",
        "moving-column",
        "moving-needed",
        "moving-write",
    ]) {
        worksheet.write_string_with_format(0, place, said(id), &formats.heading)?;
    }
    let mut row = 1;
    for sheet in &SHEETS {
        for column in sheet.columns {
            let needed = if column.is_required {
                said("moving-yes")
            } else {
                String::new()
            };
            worksheet.write_string(row, 0, sheet.names[of_three(language)])?;
            worksheet.write_string(row, 1, column.headings[of_three(language)])?;
            worksheet.write_string(row, 2, needed)?;
            let note = note(sheet, column, words, language);
            worksheet.write_string_with_format(row, 3, note, &formats.wrapped)?;
            row += 1;
        }
    }
    for (list, place) in lists.iter().zip(LISTS_FROM..) {
        worksheet.set_column_width(place, 24.0)?;
        for (word, row) in words.all(*list, language).zip(1_u32..) {
            worksheet.write_string(row, place, word)?;
        }
    }
    Ok(())
}

/// What to write into a column: in words of its own where there is something to say, and by its form.
fn note(sheet: &Sheet, column: &Column, words: &Words, language: Language) -> String {
    let own = format!("moving-note-{}-{}", sheet.kind.code(), column.id).replace('_', "-");
    let own = Some(text(language, &own, None)).filter(|said| !said.starts_with("moving-note-"));
    let (form, list) = match column.form {
        Form::Key | Form::Text => ("text", None),
        Form::Day => ("day", None),
        Form::Number => ("number", None),
        Form::Word(list) => ("word", Some(list)),
        Form::Words(list) => ("words", Some(list)),
        Form::DayOr(list) => ("day-or-word", Some(list)),
        Form::Codes => ("codes", None),
        Form::Keys => ("keys", None),
        Form::Names => ("names", None),
        Form::Clock => ("clock", None),
        Form::Sum => ("sum", None),
        Form::Shares(list) => ("shares", Some(list)),
    };
    let allowed = list.map(|list| words.all(list, language).collect::<Vec<_>>().join(", "));
    let told = [("allowed", allowed.as_deref().unwrap_or_default())];
    let form = text_with(language, &format!("moving-form-{form}"), &told);
    [own, Some(form)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// How wide a column is shown, in characters.
fn width(form: Form) -> f64 {
    match form {
        Form::Key | Form::Text | Form::Words(_) | Form::Keys | Form::Names | Form::Shares(_) => {
            26.0
        }
        Form::Word(_) => 22.0,
        Form::Day | Form::DayOr(_) | Form::Codes => 14.0,
        Form::Number | Form::Clock | Form::Sum => 10.0,
    }
}
