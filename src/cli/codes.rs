//! Codes on the command line: the closed sets of the register, read in capitals or not.

use rinnalla_domain::states::{OrganisationKind, PartnershipKind, Role};
use rinnalla_domain::texts::Language;

/// The languages that people may be written to in.
pub const LANGUAGES: [&str; 6] = ["fi", "sv", "en", "se", "smn", "sms"];

/// A closed set that can be read from its code.
pub trait Code: Copy + Send + Sync + 'static {
    /// All of them with their codes.
    fn all() -> Vec<(String, Self)>;
}

macro_rules! codes {
    ($($set:ty),+) => {
        $(impl Code for $set {
            fn all() -> Vec<(String, Self)> {
                Self::ALL.iter().map(|one| (one.code(), *one)).collect()
            }
        })+
    };
}

codes!(OrganisationKind, PartnershipKind, Role);

/// Reads a code, and lists them all where it is none.
pub fn read<C: Code>(text: &str) -> Result<C, String> {
    let all = C::all();
    let found = all.iter().find(|(code, _)| *code == text.to_uppercase());
    found.map(|(_, one)| *one).ok_or_else(|| {
        let codes: Vec<&str> = all.iter().map(|(code, _)| code.as_str()).collect();
        format!("one of {}", codes.join(", "))
    })
}

/// The language of a code that was checked.
pub fn language(code: &str) -> Language {
    Language::of_code(code)
}
