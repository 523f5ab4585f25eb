//! Times of day, sums of money, larger numbers and lists of other rows in a cell.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::book::Cell;
use super::cells::Line;
use super::template::Form;
use crate::costs::MOST_SHARES;
use crate::text::free_line;

/// The longest list of keys or names in one cell: our own choice, far above need.
const MOST_NAMED: usize = 20;

impl Line<'_> {
    /// A time of day, as minutes after midnight.
    pub(super) fn clock(&mut self, id: &str, latest: i16) -> Option<i16> {
        let minutes = match self.cell(id)? {
            // As spreadsheets keep it: a part of a day; or a whole hour.
            Cell::Number(part) if (0.0..1.0).contains(&part) => Some((part * 1440.0).round()),
            Cell::Number(hour) if hour.fract() == 0.0 => Some(hour * 60.0),
            Cell::Text(text) => clock_of(&text).map(f64::from),
            _ => None,
        };
        let minutes = minutes.filter(|it| (0.0..=f64::from(latest)).contains(it));
        if minutes.is_none() {
            let most = format!("{}.{:02}", latest / 60, latest % 60);
            self.note_told(id, "BAD_CLOCK", &[("most", most)]);
        }
        minutes.map(|it| it as i16)
    }

    /// A sum of euros, in cents.
    pub(super) fn sum(&mut self, id: &str, most: i32) -> Option<i32> {
        let cents = match self.cell(id)? {
            Cell::Number(euros) => {
                let cents = (euros * 100.0).round();
                let is_whole = (euros * 100.0 - cents).abs() < 1e-6;
                (is_whole && cents.abs() < 1e12).then_some(cents as i64)
            }
            Cell::Text(text) => cents_of(&text),
            _ => None,
        };
        let cents = cents.and_then(|it| i32::try_from(it).ok());
        let fits = cents.filter(|it| (1..=most).contains(it));
        if fits.is_none() {
            let told = [("most", (most / 100).to_string())];
            self.note_told(id, "BAD_SUM", &told);
        }
        fits
    }

    /// Who paid how much of a sum, as `STEA 800; kunta 200,50`; whoever stands alone without one paid all of it.
    pub(super) fn shares(&mut self, id: &str, cents: Option<i32>) -> Option<BTreeMap<String, i32>> {
        let Form::Shares(list) = self.form(id)? else {
            return None;
        };
        let before = self.faults();
        let written = self.text(id)?;
        let parts: Vec<&str> = written
            .split(';')
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .collect();
        let mut shares = BTreeMap::new();
        for part in &parts {
            let (word, sum) = part.split_at(
                part.find(|c: char| c.is_ascii_digit())
                    .unwrap_or(part.len()),
            );
            let paid = match sum {
                "" => cents.filter(|_| parts.len() == 1),
                sum => cents_of(sum)
                    .and_then(|it| i32::try_from(it).ok())
                    .filter(|it| *it > 0),
            };
            let funder = self.code_of(id, list, word.trim());
            match (funder, paid) {
                (Some(funder), Some(paid)) => {
                    self.check(shares.insert(funder, paid).is_none(), id, "PAYER_TWICE");
                }
                (Some(_), None) if sum.is_empty() && cents.is_none() => {}
                (Some(_), None) => self.note(id, "BAD_SHARES"),
                (None, _) => {}
            }
        }
        if shares.len() > MOST_SHARES {
            self.note_told(id, "TOO_MANY_NAMED", &[("most", MOST_SHARES.to_string())]);
        }
        let paid: i64 = shares.values().map(|it| i64::from(*it)).sum();
        let adds_up = cents.is_none_or(|cents| i64::from(cents) == paid);
        self.check(
            adds_up || self.faults() > before,
            id,
            "SHARES_DO_NOT_ADD_UP",
        );
        Some(shares)
    }

    /// A whole number that may be large.
    pub(super) fn whole(&mut self, id: &str, range: RangeInclusive<i32>) -> Option<i32> {
        let number = match self.cell(id)? {
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e9 => {
                Some(number as i32)
            }
            Cell::Text(text) => text.parse().ok(),
            _ => None,
        };
        let fits = number.filter(|it| range.contains(it));
        if fits.is_none() {
            let told = [
                ("least", range.start().to_string()),
                ("most", range.end().to_string()),
            ];
            self.note_told(id, "BAD_NUMBER", &told);
        }
        fits
    }

    /// A line of free text about something; nobody's identity number belongs there.
    pub(super) fn line(&mut self, id: &str, most: usize) -> Option<String> {
        let written = self.text(id)?;
        let code = match free_line(&written, most) {
            Ok(line) => return Some(line),
            Err("LOOKS_LIKE_IDENTITY_NUMBER") => "IDENTITY_NUMBER",
            Err("TOO_LONG") => "TOO_LONG",
            Err("CONTROL_CHARACTER") => "CONTROL_CHARACTER",
            Err(_) => "REQUIRED",
        };
        self.note_told(id, code, &[("most", most.to_string())]);
        None
    }

    /// Keys of other rows, or names, each once.
    pub(super) fn listed(&mut self, id: &str) -> BTreeSet<String> {
        let written = self.text(id).unwrap_or_default();
        let parts = written.split(';').map(str::trim);
        let listed: BTreeSet<String> = parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        if listed.len() > MOST_NAMED {
            self.note_told(id, "TOO_MANY_NAMED", &[("most", MOST_NAMED.to_string())]);
        }
        listed
    }
}

/// A time of day as people write it: `17.30`, `17:30`, `klo 17`.
fn clock_of(written: &str) -> Option<u16> {
    let written = written.trim().to_lowercase();
    let written = ["klo", "kl.", "kl"]
        .iter()
        .find_map(|word| written.strip_prefix(word))
        .unwrap_or(&written)
        .trim();
    let (hour, minute) = written.split_once([':', '.']).unwrap_or((written, "00"));
    let number = |text: &str, digits: RangeInclusive<usize>, most: u16| {
        let is_number =
            digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: Option<u16> = is_number.then(|| text.parse().ok()).flatten();
        number.filter(|number| *number <= most)
    };
    Some(number(hour, 1..=2, 23)? * 60 + number(minute, 2..=2, 59)?)
}

/// A sum as people write it: `1 234,50 €`, `12.5`.
fn cents_of(written: &str) -> Option<i64> {
    let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.trim_end_matches('€');
    let (euros, cents) = plain.split_once([',', '.']).unwrap_or((plain, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(euros) || !is_number(cents) || euros.is_empty() || cents.len() > 2 {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    euros
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents)
}

/// A sum as an export writes it beside a word.
pub(super) fn shown_sum(cents: i32) -> String {
    format!("{},{:02}", cents / 100, cents % 100)
}

/// A time of day as an export writes it.
pub(super) fn shown_clock(minutes: i16) -> Cell {
    Cell::Text(format!("{}.{:02}", minutes / 60, minutes % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (written, minutes) in [
            ("17.30", 1050),
            ("17:30", 1050),
            ("9.05", 545),
            ("klo 17", 1020),
            ("Kl. 8", 480),
            ("0:00", 0),
        ] {
            assert_eq!(clock_of(written), Some(minutes), "{written}");
        }
        for written in [
            "",
            "24:00",
            "17.3",
            "17:60",
            "17-30",
            "viideltä",
            "17.30.00",
        ] {
            assert_eq!(clock_of(written), None, "{written}");
        }
        assert_eq!(shown_clock(545), Cell::Text("9.05".to_owned()));
    }

    #[test]
    fn a_sum_is_read_as_people_write_it() {
        for (written, cents) in [
            ("1 234,50 €", 123_450),
            ("12.5", 1_250),
            ("12", 1_200),
            ("0,05", 5),
            ("1\u{a0}000,00", 100_000),
        ] {
            assert_eq!(cents_of(written), Some(cents), "{written}");
        }
        for written in ["", "€", "12,345", "1.234,50", "-5", "5e2", ",50"] {
            assert_eq!(cents_of(written), None, "{written}");
        }
    }
}
