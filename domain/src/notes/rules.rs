//! What a note on a support person may say.

use crate::text;

/// The longest note, in characters: our own choice, room for a practical matter and too little for somebody's story.
pub const NOTE_MAX_CHARS: usize = 200;

/// A note in the form in which it is kept: one line.
///
/// Errors: a code: as [`text::free_line`]'s.
pub fn check(written: &str) -> Result<String, &'static str> {
    text::free_line(written, NOTE_MAX_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_one_short_line_without_an_identity_number() {
        let practical = "Tavoittaa parhaiten iltapäivisin.";
        assert_eq!(check(practical).as_deref(), Ok(practical));
        assert_eq!(
            check(&"ä".repeat(200)).map(|it| it.chars().count()),
            Ok(200)
        );
        assert_eq!(check(&"ä".repeat(201)), Err("TOO_LONG"));
        assert_eq!(check("kaksi\nriviä"), Err("CONTROL_CHARACTER"));
        // Written in pieces, so that the file itself holds none.
        assert_eq!(
            check(&format!("{}{}", "131052", "-308T")),
            Err("LOOKS_LIKE_IDENTITY_NUMBER")
        );
    }
}
