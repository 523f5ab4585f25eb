//! How much an association may have printed in its own words, so that it fits on the paper that it is for.

use rinnalla_entity::states::PrintedTextKind;

use crate::error::Violations;
use crate::text;
use crate::texts::Language;

/// The most paragraphs of an agreement, and the longest, in characters: with the rest it fills three pages. Our own choice.
pub const TERMS: Size = Size {
    lines: 30,
    chars: 600,
};

/// The most questions of a review sheet, and the longest: with lines to write on they fill three pages. Our own choice.
pub const QUESTIONS: Size = Size {
    lines: 12,
    chars: 200,
};

/// How much there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Lines.
    pub lines: usize,
    /// Characters of one line.
    pub chars: usize,
}

/// How much there may be of a kind.
pub fn size(of: PrintedTextKind) -> Size {
    match of {
        PrintedTextKind::AgreementTemplate => TERMS,
        PrintedTextKind::ReviewQuestions => QUESTIONS,
    }
}

/// The lines as they are kept. `None` where something could not be taken; every fault is noted once.
pub(super) fn check(
    kind: PrintedTextKind,
    language: Language,
    lines: &[String],
    faults: &mut Violations,
) -> Option<String> {
    let Size { lines: most, chars } = size(kind);
    faults
        .check(language.has_texts(), "language", "UNKNOWN_CODE")
        .check(lines.len() <= most, "lines", "TOO_MANY");
    // Looked at no further than somebody could mean it.
    let cleaned = lines.iter().take(most);
    let cleaned = cleaned.map(|line| text::free_line(line, chars));
    let cleaned: Result<Vec<String>, &'static str> = cleaned.collect();
    Some(faults.take("lines", cleaned)?.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn faults(kind: PrintedTextKind, language: Language, lines: &[&str]) -> Vec<String> {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let mut faults = Violations::default();
        check(kind, language, &lines, &mut faults);
        match faults.done() {
            Ok(()) => Vec::new(),
            Err(Error::Invalid(found)) => found
                .iter()
                .map(|fault| format!("{} {}", fault.field, fault.code))
                .collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn lines_are_kept_trimmed_and_one_after_the_other() {
        let lines = [" Yksi. ".to_owned(), "Kaksi.".to_owned()];
        let kind = PrintedTextKind::AgreementTemplate;
        let kept = check(kind, Language::Sv, &lines, &mut Violations::default());
        assert_eq!(kept.as_deref(), Some("Yksi.\nKaksi."));
        let none = check(kind, Language::En, &[], &mut Violations::default());
        assert_eq!(
            none.as_deref(),
            Some(""),
            "nothing is to be printed any more"
        );
    }

    #[test]
    fn what_does_not_fit_is_told_all_at_once() {
        use PrintedTextKind::{AgreementTemplate, ReviewQuestions};
        let long = "ä".repeat(201);
        assert_eq!(
            faults(ReviewQuestions, Language::Fi, &[&long]),
            ["lines TOO_LONG"]
        );
        assert!(faults(AgreementTemplate, Language::Fi, &[&long]).is_empty());
        let many = [" "; 13];
        assert_eq!(
            faults(ReviewQuestions, Language::Smn, &many),
            ["language UNKNOWN_CODE", "lines TOO_MANY", "lines EMPTY"]
        );
        assert_eq!(
            faults(AgreementTemplate, Language::Fi, &["a\nb"]),
            ["lines CONTROL_CHARACTER"]
        );
        let number = format!("{}{}", "131052", "-308T");
        assert_eq!(
            faults(AgreementTemplate, Language::Fi, &[&number]),
            ["lines LOOKS_LIKE_IDENTITY_NUMBER"]
        );
    }
}
