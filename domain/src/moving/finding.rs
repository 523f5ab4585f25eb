//! What is wrong with a workbook, where, and what to write instead.

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
];

/// Something to be mended before anything is moved in.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        let sheet = Some(self.sheet.clone()).filter(|sheet| !sheet.is_empty());
        let parts = [sheet, row, self.column.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
