//! What a sealed label may say.
//!
//! A label is a hint of its keeper's own, such as the number of a file that is kept elsewhere. What it says is the
//! keeper's; that it is short, and no identity number, can be held here.

use crate::text;

/// The longest label, in characters: room for a file number, and too little for a story (decided with the associations).
pub const LABEL_MAX_CHARS: usize = 30;

/// A label in the form in which it is kept.
///
/// Errors: a code: as [`text::free_line`]'s.
pub fn check(written: &str) -> Result<String, &'static str> {
    text::free_line(written, LABEL_MAX_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_short_line() {
        assert_eq!(
            check("  Kansio 14 / 2026 ").as_deref(),
            Ok("Kansio 14 / 2026")
        );
        assert_eq!(check(&"ä".repeat(30)).map(|it| it.chars().count()), Ok(30));
        assert_eq!(check(&"ä".repeat(31)), Err("TOO_LONG"));
        assert_eq!(check(" "), Err("EMPTY"));
        assert_eq!(check("a\nb"), Err("CONTROL_CHARACTER"));
    }

    #[test]
    fn an_identity_number_is_no_label() {
        // Written in pieces, so that the file itself holds none.
        let number = format!("{}{}", "131052", "-308T");
        for written in [
            number.clone(),
            number.to_lowercase(),
            format!("nro {number}"),
            format!("1310 52{}", "A308 t"),
        ] {
            assert_eq!(
                check(&written),
                Err("LOOKS_LIKE_IDENTITY_NUMBER"),
                "{written}"
            );
        }
        for written in ["131052", "2026-308", "991352-308T", "Kansio 310126-12"] {
            assert!(check(written).is_ok(), "{written}");
        }
    }
}
