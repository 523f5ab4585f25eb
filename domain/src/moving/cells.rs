//! Understanding the cells of a row: days as people write them, words for codes, numbers; every fault is noted.

use chrono::{Datelike as _, NaiveDate};

use super::book::{Cell, Page, Row, letters};
use super::days::{day_of, is_slashed};
use super::finding::Finding;
use super::template::{Form, List, Sheet};
use super::words::Words;
use crate::organisations::rules::is_municipality_code;
use crate::text::{self, TextFault};
use crate::texts::Language;

/// The longest key of a row.
const KEY_MAX_CHARS: usize = 80;

/// The longest of other texts; a name or an address has a limit of its own.
const TEXT_MAX_CHARS: usize = 254;

/// The earliest year that is taken for meant: no register of peer support is older. Our own choice.
const FIRST_YEAR: i32 = 1980;

/// A sheet whose headings are recognised.
pub(super) struct Recognised<'a> {
    pub sheet: &'static Sheet,
    pub page: &'a Page,
    /// For each column of the template, the column of the file.
    places: Vec<Option<usize>>,
    words: &'a Words,
    language: Language,
}

impl<'a> Recognised<'a> {
    /// Recognises the headings in the first row.
    pub(super) fn of(
        sheet: &'static Sheet,
        page: &'a Page,
        words: &'a Words,
        language: Language,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut places = vec![None; sheet.columns.len()];
        let headings = page.rows.first();
        let (number, cells) = headings.map_or((1, &[][..]), |row| (row.number, &row.cells[..]));
        for (at, cell) in cells.iter().enumerate() {
            let heading = match cell {
                Cell::Empty => continue,
                Cell::Text(text) => text.as_str(),
                _ => "",
            };
            let found = Finding::of_sheet(&page.name, "UNKNOWN_COLUMN");
            match sheet.column_with(heading) {
                Some(column) if places[column].is_none() => places[column] = Some(at),
                Some(_) => findings.push(
                    Finding::of_sheet(&page.name, "COLUMN_TWICE").at(number, Some(letters(at))),
                ),
                None => findings.push(
                    found
                        .at(number, Some(letters(at)))
                        .tell("heading", heading.chars().take(40).collect::<String>()),
                ),
            }
        }
        for (column, place) in sheet.columns.iter().zip(&places) {
            if column.is_required && place.is_none() {
                let heading = column.headings[super::template::of_three(language)];
                let missing = Finding::of_sheet(&page.name, "MISSING_COLUMN");
                findings.push(missing.at(number, None).tell("heading", heading));
            }
        }
        Self {
            sheet,
            page,
            places,
            words,
            language,
        }
    }

    /// The rows below the headings.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'a Row> {
        self.page.rows.iter().skip(1)
    }
}

/// One row, understood column by column.
pub(super) struct Line<'a> {
    of: &'a Recognised<'a>,
    row: &'a Row,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Line<'a> {
    pub(super) fn new(
        of: &'a Recognised<'a>,
        row: &'a Row,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Self { of, row, findings }
    }

    /// Notes what is wrong with a column.
    pub(super) fn note(&mut self, id: &str, code: &'static str) {
        self.note_told(id, code, &[]);
    }

    pub(super) fn note_told(
        &mut self,
        id: &str,
        code: &'static str,
        told: &[(&'static str, String)],
    ) {
        self.findings
            .push(place(self.of, self.row.number, id, code, told));
    }

    /// Notes that a state does not follow from the days of the row.
    pub(super) fn note_status(&mut self, id: &str, written: &str, follows: &str) {
        let form = self.form(id);
        let word = |code: &str| match form {
            Some(Form::Word(list)) => self.of.words.say(list, code, self.of.language).to_owned(),
            _ => code.to_owned(),
        };
        let told = [("written", word(written)), ("follows", word(follows))];
        self.note_told(id, "STATUS_DIFFERS", &told);
    }

    /// What the column holds.
    pub(super) fn form(&self, id: &str) -> Option<Form> {
        let place = self.of.sheet.place(id)?;
        Some(self.of.sheet.columns[place].form)
    }

    /// How many faults there are so far: what rests on a faulty cell is not told besides.
    pub(super) fn faults(&self) -> usize {
        self.findings.len()
    }

    /// Notes a fault unless something holds.
    pub(super) fn check(&mut self, holds: bool, id: &str, code: &'static str) {
        if !holds {
            self.note(id, code);
        }
    }

    /// Whether nothing is written there: what is written and not understood has a fault of its own.
    pub(super) fn is_empty(&self, id: &str) -> bool {
        let column = self.of.sheet.place(id);
        let place = column.and_then(|column| self.of.places[column]);
        let cell = place.and_then(|place| self.row.cells.get(place));
        cell.is_none_or(|cell| matches!(cell, Cell::Empty))
    }

    pub(super) fn cell(&mut self, id: &str) -> Option<Cell> {
        let column = self.of.sheet.place(id)?;
        let place = self.of.places[column];
        let cell = place
            .and_then(|place| self.row.cells.get(place))
            .cloned()
            .unwrap_or_default();
        match cell {
            Cell::Formula => self.note(id, "FORMULA"),
            Cell::Broken => self.note(id, "BROKEN_CELL"),
            Cell::Empty if self.of.sheet.columns[column].is_required && place.is_some() => {
                self.note(id, "REQUIRED");
            }
            Cell::Empty => {}
            cell => return Some(cell),
        }
        None
    }

    /// A text as it may be kept; a number is one, too, where a key is asked for.
    pub(super) fn text(&mut self, id: &str) -> Option<String> {
        let written = match self.cell(id)? {
            Cell::Text(text) => text,
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Flag(flag) => flag.to_string(),
            Cell::Empty | Cell::Formula | Cell::Broken => return None,
        };
        let column = &self.of.sheet.columns[self.of.sheet.place(id)?];
        let most = if column.form == Form::Key {
            KEY_MAX_CHARS
        } else {
            TEXT_MAX_CHARS
        };
        let clean = text::clean_line(&written, most);
        self.cleaned(id, clean, most)
    }

    /// A text that is kept in a form of its own.
    pub(super) fn clean(
        &mut self,
        id: &str,
        most: usize,
        clean: fn(&str) -> Result<String, TextFault>,
    ) -> Option<String> {
        let written = match self.cell(id)? {
            Cell::Text(text) => text,
            // A phone number that the spreadsheet took for a number has lost its zero.
            _ => {
                self.note(id, "NOT_A_TEXT");
                return None;
            }
        };
        let clean = clean(&written);
        self.cleaned(id, clean, most)
    }

    fn cleaned(
        &mut self,
        id: &str,
        clean: Result<String, TextFault>,
        most: usize,
    ) -> Option<String> {
        let code = match clean {
            Ok(text) => return Some(text),
            Err(TextFault::Empty) => "REQUIRED",
            Err(TextFault::TooLong) => "TOO_LONG",
            Err(TextFault::ControlCharacter) => "CONTROL_CHARACTER",
            Err(TextFault::Malformed) => match id {
                "email" => "BAD_EMAIL",
                "phone" => "BAD_PHONE",
                _ => "BAD_NAME",
            },
        };
        self.note_told(id, code, &[("most", most.to_string())]);
        None
    }

    /// A day.
    pub(super) fn day(&mut self, id: &str) -> Option<NaiveDate> {
        let cell = self.cell(id)?;
        let day = match &cell {
            Cell::Day(day) => Some(*day),
            Cell::Text(text) => day_of(text),
            _ => None,
        };
        match day {
            Some(day) if (FIRST_YEAR..2100).contains(&day.year()) => Some(day),
            Some(_) => {
                self.note(id, "FAR_DAY");
                None
            }
            None => {
                let is_slashed = matches!(&cell, Cell::Text(text) if is_slashed(text));
                self.note(id, if is_slashed { "SLASHED_DAY" } else { "BAD_DAY" });
                None
            }
        }
    }

    /// A day that has come.
    pub(super) fn past_day(&mut self, id: &str, today: NaiveDate) -> Option<NaiveDate> {
        let day = self.day(id)?;
        self.check(day <= today, id, "DATE_IN_FUTURE");
        Some(day)
    }

    /// A day, or a word of the column's list.
    pub(super) fn day_or_word(&mut self, id: &str) -> Option<Option<NaiveDate>> {
        let column = &self.of.sheet.columns[self.of.sheet.place(id)?];
        if let (Form::DayOr(list), Some(Cell::Text(text))) = (column.form, self.cell(id))
            && self.of.words.code(list, &text).is_some()
        {
            return Some(None);
        }
        self.day(id).map(Some)
    }

    /// A whole number in a range.
    pub(super) fn number(&mut self, id: &str, range: std::ops::RangeInclusive<i16>) -> Option<i16> {
        let number = match self.cell(id)? {
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e6 => {
                Some(number as i64)
            }
            Cell::Text(text) => text.parse().ok(),
            _ => None,
        };
        let number = number.and_then(|number| i16::try_from(number).ok());
        let fits = number.filter(|number| range.contains(number));
        if fits.is_none() {
            let told = [
                ("least", range.start().to_string()),
                ("most", range.end().to_string()),
            ];
            self.note_told(id, "BAD_NUMBER", &told);
        }
        fits
    }

    /// The register's count of changes, in an exported file.
    pub(super) fn version(&mut self) -> Option<i64> {
        match self.cell("version")? {
            Cell::Number(number) => Some(number as i64),
            Cell::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// One word of the column's list, as its code.
    pub(super) fn word(&mut self, id: &str) -> Option<String> {
        let Form::Word(list) = self.of.sheet.columns[self.of.sheet.place(id)?].form else {
            return None;
        };
        let written = match self.cell(id)? {
            Cell::Text(text) => text,
            Cell::Flag(flag) => flag.to_string(),
            Cell::Number(number) => number.to_string(),
            _ => String::new(),
        };
        self.code_of(id, list, &written)
    }

    /// One word, as a state.
    pub(super) fn state<E: sea_orm::ActiveEnum<Value = String>>(&mut self, id: &str) -> Option<E> {
        let code = self.word(id)?;
        E::try_from_value(&code).ok()
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, id: &str) -> Option<bool> {
        self.word(id).map(|code| code == "YES")
    }

    /// Words of the column's list, as codes, each once.
    pub(super) fn words(&mut self, id: &str) -> std::collections::BTreeSet<String> {
        let form = self.form(id);
        let written = match self.cell(id) {
            Some(Cell::Text(text)) => text,
            Some(Cell::Number(number)) => number.to_string(),
            Some(_) => {
                self.note(id, "NOT_A_TEXT");
                return Default::default();
            }
            None => return Default::default(),
        };
        let parts = written
            .split([',', ';'])
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let mut codes = std::collections::BTreeSet::new();
        for part in parts {
            match form {
                Some(Form::Words(list)) => codes.extend(self.code_of(id, list, part)),
                _ => {
                    // A spreadsheet takes 091 for a number and shows 91.
                    let code = format!("{part:0>3}");
                    self.check(is_municipality_code(&code), id, "BAD_MUNICIPALITY");
                    codes.insert(code);
                }
            }
        }
        codes
    }

    pub(super) fn code_of(&mut self, id: &str, list: List, written: &str) -> Option<String> {
        let words = self.of.words;
        if let Some(code) = words.code(list, written) {
            return Some(code.to_owned());
        }
        let language = self.of.language;
        let allowed: Vec<&str> = words.all(list, language).collect();
        let mut told = vec![
            ("written", written.chars().take(40).collect::<String>()),
            ("allowed", allowed.join(", ")),
        ];
        let code = match words.nearest(list, written, language) {
            Some(nearest) => {
                told.push(("nearest", nearest.to_owned()));
                "NEARLY_A_WORD"
            }
            None => "UNKNOWN_WORD",
        };
        self.note_told(id, code, &told);
        None
    }
}

/// A finding in a row of a recognised sheet.
pub(super) fn place(
    of: &Recognised<'_>,
    row: u32,
    id: &str,
    code: &'static str,
    told: &[(&'static str, String)],
) -> Finding {
    let column = of.sheet.place(id).map(|column| {
        let heading = of.sheet.columns[column].headings[super::template::of_three(of.language)];
        match of.places[column] {
            Some(at) => format!("{} {heading}", letters(at)),
            None => heading.to_owned(),
        }
    });
    let finding = Finding::of_sheet(&of.page.name, code).at(row, column);
    told.iter().fold(finding, |finding, (name, value)| {
        finding.tell(name, value.as_str())
    })
}
