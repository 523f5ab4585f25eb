//! What is wrong with a workbook, where, and what to write instead.

use std::collections::HashMap;

use crate::texts::{self, Language};

/// Every code that there is, each with a text in three languages.
const CODES: &[&str] = &[
    "NO_FILE",
    "NOT_A_WORKBOOK",
    "OLD_FORMAT",
    "PASSWORD",
    "BROKEN_FILE",
    "TOO_BIG",
    "NO_SHEETS",
    "TOO_MANY_ROWS",
    "NOT_UTF8",
    "UNKNOWN_SHEET",
    "SHEET_TWICE",
    "UNKNOWN_COLUMN",
    "COLUMN_TWICE",
    "MISSING_COLUMN",
    "MERGED",
    "FORMULA",
    "BROKEN_CELL",
    "REQUIRED",
    "TOO_LONG",
    "CONTROL_CHARACTER",
    "BAD_EMAIL",
    "BAD_PHONE",
    "BAD_NAME",
    "NOT_A_TEXT",
    "BAD_DAY",
    "SLASHED_DAY",
    "FAR_DAY",
    "DATE_IN_FUTURE",
    "BAD_NUMBER",
    "UNKNOWN_WORD",
    "NEARLY_A_WORD",
    "BAD_MUNICIPALITY",
    "STATUS_DIFFERS",
    "NOT_A_DECADE",
    "KEY_TWICE",
    "EMAIL_TWICE",
    "EMAIL_IN_USE",
    "NOT_YOURS",
    "CHANGED_SINCE",
    "ROLE_TWICE",
    "NOT_YOURS_TO_GIVE",
    "UNKNOWN_PERSON",
    "UNKNOWN_ORGANISATION",
    "SEVERAL_ORGANISATIONS",
    "NO_ROLE",
    "DATES_OUT_OF_ORDER",
    "GATES_OPEN",
    "CRITERION_APPLIES",
    "SAME_DAY_TWICE",
    "NOT_A_SUPPORT_PERSON",
    "OTHER_SUPPORT_PERSON",
    "SUPPORT_PERSON_NOT_ACTIVE",
    "DOES_NOT_REFER",
    "NOT_A_PROFESSIONAL",
    "BAD_CASE_CODE",
    "OTHER_CASE",
    "UNKNOWN_CASE",
    "CASE_DIFFERS",
    "ALREADY_OPEN",
    "OVER_CAPACITY",
    "NOT_NEXT_OF_KIN",
    "ONE_ALONE",
    "WHY_NOT_PRESENT",
    "WAS_PRESENT",
    "AGREEMENT_INCOMPLETE",
    "TOO_MANY_PLACES",
    "HELD_AND_NOT_HELD",
    "ONE_OF_TWO_MUST_BE_PRESENT",
    "SAY_IF_IT_SETTLES",
    "JOINT_SETTLES",
    "END_WITHOUT_REASON",
    "CONSENT_LATER",
    "STEP_MISSING",
    "MEETING_TWICE",
    "OUTSIDE_RELATIONSHIP",
    "UNKNOWN_RELATIONSHIP",
    "BAD_CLOCK",
    "BAD_SUM",
    "BAD_SHARES",
    "PAYER_TWICE",
    "SHARES_DO_NOT_ADD_UP",
    "UNKNOWN_CURRICULUM",
    "SEVERAL_CURRICULA",
    "IDENTITY_NUMBER",
    "TOO_MANY_NAMED",
    "UNKNOWN_ROW",
    "NAMED_TWICE",
    "NOT_A_FACILITATOR",
    "OTHER_COURSE",
    "SESSION_TWICE",
    "SESSIONS_MISSING",
    "NAME_OR_PERSON",
    "NO_ADDRESS",
    "NOT_DECIDED",
    "NEXT_STEPS_OF_GRADUATES",
    "ENROLLED_TWICE",
    "COURSE_NOT_OPEN",
    "NO_SESSION",
    "TOO_FEW_PROFESSIONALS",
    "WAITS",
    "LAST_SESSION_TO_COME",
    "CAME",
    "COURSE_FULL",
    "SESSION_MARKED",
    "TRAINING_CANCELLED",
    "WEEKEND_NOT_TOLD",
    "COHORT_OR_DAY",
    "CONSENT_INCOMPLETE",
    "CONSENT_TOO_LONG",
    "NOT_AN_EXPERT",
    "NOT_OF_THIS_KIND",
    "NOT_A_VOLUNTEER",
];

/// So many rows may have the same fault before they share a line, which names the first of them. Our own choice.
const MOST_ALIKE: usize = 5;

/// Every fault in a line, with its place. Where many rows of a column have the same fault with the same word, they share
/// one, so that a word that is wrong five thousand times hides nothing else; `is_each` gives each its own.
pub fn lines(findings: &[Finding], language: Language, is_each: bool) -> Vec<String> {
    let mut alike: HashMap<Finding, Vec<u32>> = HashMap::new();
    for finding in findings.iter().filter(|_| !is_each) {
        let rows = alike.entry(finding.of_any_row()).or_default();
        rows.extend(finding.row);
    }
    alike.retain(|_, rows| rows.len() > MOST_ALIKE);
    let line = |finding: &Finding| {
        let place = match alike.get(&finding.of_any_row()) {
            None => finding.place(language),
            // Told once, in the place of the first.
            Some(rows) if finding.row != rows.first().copied() => return None,
            Some(rows) => finding.place_of(rows, language),
        };
        Some(match place.is_empty() {
            true => finding.say(language),
            false => format!("{place}: {}", finding.say(language)),
        })
    };
    findings.iter().filter_map(line).collect()
}

/// Something to be mended before anything is moved in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The sheet, as the file names it; empty where it concerns the whole file.
    pub sheet: String,
    /// The row's number; none where it concerns the whole sheet.
    pub row: Option<u32>,
    /// The column: its letters and its heading, as `C Sähköposti`.
    pub column: Option<String>,
    /// The stable code; its text is `moving-…` in `locales/*.ftl`.
    pub code: &'static str,
    /// What its text tells besides.
    told: Vec<(&'static str, String)>,
}

impl Finding {
    /// Of the whole file.
    pub(super) fn of_file(code: &'static str) -> Self {
        debug_assert!(CODES.contains(&code), "{code} has no text");
        Self {
            sheet: String::new(),
            row: None,
            column: None,
            code,
            told: Vec::new(),
        }
    }

    /// Of a sheet.
    pub(super) fn of_sheet(sheet: &str, code: &'static str) -> Self {
        Self {
            sheet: sheet.to_owned(),
            ..Self::of_file(code)
        }
    }

    pub(super) fn at(mut self, row: u32, column: Option<String>) -> Self {
        (self.row, self.column) = (Some(row), column);
        self
    }

    pub(super) fn tell(mut self, what: &'static str, value: impl Into<String>) -> Self {
        self.told.push((what, value.into()));
        self
    }

    /// What is wrong and what to write instead, in a sentence or two.
    pub fn say(&self, language: Language) -> String {
        let told: Vec<_> = self
            .told
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let id = format!("moving-{}", self.code.to_lowercase().replace('_', "-"));
        texts::text_with(language, &id, &told)
    }

    /// Where it is, as `Henkilöt, rivi 12, C Sähköposti`.
    pub fn place(&self, language: Language) -> String {
        let row = self
            .row
            .map(|row| texts::text_with(language, "moving-row", &[("row", &row.to_string())]));
        self.place_at(row)
    }

    /// The same of many rows, of which the first are named.
    fn place_of(&self, rows: &[u32], language: Language) -> String {
        let first: Vec<String> = rows.iter().take(MOST_ALIKE).map(u32::to_string).collect();
        let told = [
            ("rows", first.join(", ")),
            ("count", rows.len().to_string()),
        ];
        let told = told.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.place_at(Some(texts::text_with(language, "moving-rows", &told)))
    }

    /// The same fault, wherever in its column it is.
    fn of_any_row(&self) -> Self {
        Self {
            row: None,
            ..self.clone()
        }
    }

    fn place_at(&self, row: Option<String>) -> String {
        let sheet = Some(self.sheet.clone()).filter(|sheet| !sheet.is_empty());
        let parts = [sheet, row, self.column.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_wrong_in_many_rows_is_told_once_with_the_first_of_them() {
        let column = || Some("E Kieli".to_owned());
        let wrong = |row, word: &str| {
            Finding::of_sheet("Henkilöt", "UNKNOWN_WORD")
                .at(row, column())
                .tell("written", word)
                .tell("allowed", "suomi")
        };
        let mut findings: Vec<Finding> = (2..5002).map(|row| wrong(row, "savo")).collect();
        findings.insert(1, wrong(7000, "murre"));
        findings.push(Finding::of_sheet("Henkilöt", "REQUIRED").at(9, Some("B Nimi".to_owned())));
        let told = lines(&findings, Language::Fi, false);
        assert_eq!(told.len(), 3, "{told:#?}");
        let first = "Henkilöt, rivit 2, 3, 4, 5, 6 … (yhteensä 5000), E Kieli: ";
        assert!(
            told[0].starts_with(first) && told[0].contains("savo"),
            "{told:#?}"
        );
        assert!(
            told[1].starts_with("Henkilöt, rivi 7000, E Kieli: "),
            "{told:#?}"
        );
        assert!(
            told[2].starts_with("Henkilöt, rivi 9, B Nimi: "),
            "{told:#?}"
        );
        assert_eq!(
            lines(&findings, Language::Fi, true).len(),
            5002,
            "each, where that is asked for"
        );
        let few = &findings[2..7];
        assert_eq!(
            lines(few, Language::Fi, false).len(),
            5,
            "few are told each"
        );
    }

    #[test]
    fn every_code_says_in_three_languages_what_to_write_instead() {
        let told = [
            "allowed", "carried", "cells", "follows", "heading", "least", "most", "names",
            "nearest", "row", "written",
        ];
        for code in CODES {
            let finding = told
                .iter()
                .fold(Finding::of_file(code), |it, name| it.tell(name, "…"));
            let said =
                [Language::Fi, Language::Sv, Language::En].map(|language| finding.say(language));
            for text in &said {
                assert!(
                    text.ends_with(['.', '…']) && !text.contains("{$"),
                    "{code}: {text}"
                );
            }
            assert!(
                said[0] != said[1] && said[1] != said[2],
                "{code} is not translated"
            );
        }
    }
}
