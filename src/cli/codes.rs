//! Codes on the command line: the closed sets of the register, read in capitals or not.

use clap::builder::{PossibleValuesParser, TypedValueParser};
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

/// Reads a code; the help lists them all. Take `ignore_case = true` along.
pub fn parser<C: Code>() -> impl TypedValueParser<Value = C> {
    let codes = C::all().into_iter().map(|(code, _)| code);
    PossibleValuesParser::new(codes).try_map(|text| {
        let mut all = C::all().into_iter();
        let found = all.find(|(code, _)| code.eq_ignore_ascii_case(&text));
        found.map(|(_, one)| one).ok_or("no such code")
    })
}

/// The language of a code that was checked.
pub fn language(code: &str) -> Language {
    Language::of_code(code)
}
