//! The code that stands for a supported person: random, easy to read aloud, and telling nothing.

use std::fmt;
use std::str::FromStr;

use rand::{CryptoRng, RngExt as _};

use crate::text::TextFault;

/// Consonants and digits that no other of them resembles: no vowels, so that no words form; no 0 O Q, 1 I L,
/// B (8), G (6), S (5), Z (2), and no W, which is read aloud and sorted as V in Finnish.
pub const ALPHABET: &[u8; 21] = b"23456789CDFHJKMNPRTVX";

/// How many characters a code has; with 21 to choose from, 35 bits.
pub const LENGTH: usize = 8;

/// Abbreviations that could form all the same, and must not stand in a mail: a code with one is drawn again.
const UNFIT: [&str; 8] = ["THC", "XTC", "DMT", "DXM", "PCP", "MDPV", "HCV", "KKK"];

/// The code of a supported case. Stored without the hyphen ([`CaseCode::as_str`]), shown with it
/// (`Display`): `7KXR-2MHD`. Chance alone makes no two alike, but only nearly: the table's unique index
/// decides, and the act draws again.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseCode(String);

impl CaseCode {
    /// A new random code.
    #[must_use]
    pub fn random() -> Self {
        Self::draw(&mut rand::rng())
    }

    pub(crate) fn draw(rng: &mut impl CryptoRng) -> Self {
        loop {
            let mut one = || char::from(ALPHABET[rng.random_range(0..ALPHABET.len())]);
            let code: String = (0..LENGTH).map(|_| one()).collect();
            if !UNFIT.iter().any(|unfit| code.contains(unfit)) {
                return Self(code);
            }
        }
    }

    /// Reads a code as people write it: lower case, hyphens, dashes and spaces are accepted.
    ///
    /// # Errors
    /// [`TextFault::Empty`] for nothing, [`TextFault::Malformed`] for anything that is no code.
    pub fn parse(written: &str) -> Result<Self, TextFault> {
        let is_mark = |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
        let mut code = String::with_capacity(LENGTH);
        for c in written.chars().filter(|c| !is_mark(c)) {
            let c = c.to_ascii_uppercase();
            let known = u8::try_from(c).is_ok_and(|byte| ALPHABET.contains(&byte));
            if !known {
                return Err(TextFault::Malformed);
            }
            code.push(c);
        }
        match code.len() {
            0 if written.trim().is_empty() => Err(TextFault::Empty),
            LENGTH => Ok(Self(code)),
            _ => Err(TextFault::Malformed),
        }
    }

    /// The code as it is stored and compared: eight characters, no hyphen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

/// A stored code as people read it.
#[must_use]
pub fn shown(stored: &str) -> String {
    match stored.split_at_checked(LENGTH / 2) {
        Some((front, back)) => [front, "-", back].concat(),
        None => stored.to_owned(),
    }
}

impl fmt::Debug for CaseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseCode")
    }
}

impl FromStr for CaseCode {
    type Err = TextFault;

    fn from_str(written: &str) -> Result<Self, TextFault> {
        Self::parse(written)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    const MANY: u32 = 100_000;

    fn many_codes() -> Vec<CaseCode> {
        let mut rng = StdRng::seed_from_u64(20_260_101);
        (0..MANY).map(|_| CaseCode::draw(&mut rng)).collect()
    }

    #[test]
    fn a_hundred_thousand_codes_are_all_but_surely_different() {
        // Expected: 100 000² / 2 / 21⁸ = 0.13 pairs alike.
        let codes = many_codes();
        let different = codes.iter().collect::<HashSet<_>>().len();
        assert!(codes.len() - different <= 1, "{different}");
        let random: HashSet<_> = (0..1000).map(|_| CaseCode::random()).collect();
        assert!(random.len() >= 999);
    }

    #[test]
    fn every_position_holds_every_character_equally_often() {
        let codes = many_codes();
        let all_bits = (ALPHABET.len() as f64).log2();
        for position in 0..LENGTH {
            let mut counts = [0_u32; 128];
            for code in &codes {
                counts[usize::from(code.as_str().as_bytes()[position])] += 1;
            }
            let shares = counts
                .iter()
                .filter(|n| **n > 0)
                .map(|n| f64::from(*n) / f64::from(MANY));
            let bits: f64 = shares.map(|share| -share * share.log2()).sum();
            assert!(
                all_bits - bits < 0.001,
                "position {position}: {bits} of {all_bits}"
            );
        }
    }

    #[test]
    fn neighbouring_codes_are_not_in_sequence() {
        let codes = many_codes();
        let rising = codes.windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert!((49_000..51_000).contains(&rising), "{rising}");
    }

    #[test]
    fn no_code_holds_a_vowel_a_look_alike_or_an_unfit_abbreviation() {
        for code in many_codes() {
            assert!(!code.as_str().contains(|c| "AEIOUY01LQBGSZW".contains(c)));
            assert!(!UNFIT.iter().any(|unfit| code.as_str().contains(unfit)));
        }
        let unfit = UNFIT.concat().into_bytes();
        assert!(
            unfit.iter().all(|byte| ALPHABET.contains(byte)),
            "only what can form is listed"
        );
    }

    #[test]
    fn a_code_is_shown_with_a_hyphen_and_read_back() {
        for code in many_codes().into_iter().take(1000) {
            let shown = code.to_string();
            assert_eq!(shown.len(), 9);
            assert_eq!(shown.find('-'), Some(4));
            assert_eq!(shown.parse(), Ok(code.clone()));
            assert_eq!(CaseCode::parse(code.as_str()), Ok(code));
        }
    }

    #[test]
    fn a_code_is_accepted_as_people_write_it() {
        for written in [
            "7KXR-2MHD",
            "7kxr2mhd",
            " 7kxr 2mhd\n",
            "7KXR – 2MHD",
            "7K-XR-2M-HD",
        ] {
            assert_eq!(
                CaseCode::parse(written).unwrap().as_str(),
                "7KXR2MHD",
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        assert_eq!(CaseCode::parse("  "), Err(TextFault::Empty));
        for written in [
            "7KXR-2MH",
            "7KXR-2MHDD",
            "7KXR-2MH0",
            "7KXR-2MHÄ",
            "7KXR_2MHD",
            "----",
        ] {
            assert_eq!(
                CaseCode::parse(written),
                Err(TextFault::Malformed),
                "{written}"
            );
        }
    }

    #[test]
    fn a_log_line_does_not_show_the_code() {
        assert_eq!(format!("{:?}", CaseCode::random()), "CaseCode");
    }
}
