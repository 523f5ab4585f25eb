//! Access tokens, the secrets of sessions and browsers, and those of sign-in links: shown once, stored as a hash only.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::text::TextFault;

/// What every token begins with, so that secret scanners and people recognise one that got loose.
pub const PREFIX: &str = "rnl_";

const RANDOM_BYTES: usize = 32;
const ENCODED_LENGTH: usize = 43;

/// A secret of 256 random bits, as its holder sends it: `rnl_` and 43 characters of base64url.
pub struct AccessToken(Zeroizing<String>);

/// The SHA-256 of a token: what is stored, and what a token is found by. A hash without salt is enough for a
/// secret that nobody can guess, and finding it by the hash leaves no comparison to be timed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl AccessToken {
    /// A new random token.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = Zeroizing::new([0; RANDOM_BYTES]);
        rand::fill(bytes.as_mut_slice());
        Self::of_bytes(&bytes)
    }

    /// The token of 256 bits that nobody can guess.
    pub(crate) fn of_bytes(bytes: &[u8; RANDOM_BYTES]) -> Self {
        let mut token = Zeroizing::new(String::with_capacity(PREFIX.len() + ENCODED_LENGTH));
        token.push_str(PREFIX);
        URL_SAFE_NO_PAD.encode_string(bytes.as_slice(), &mut token);
        Self(token)
    }

    /// Reads a token that somebody sent; only the form is checked.
    ///
    /// # Errors
    /// [`TextFault::Malformed`] for anything that [`AccessToken::random`] could not have made.
    pub fn parse(sent: &str) -> Result<Self, TextFault> {
        let encoded = sent.strip_prefix(PREFIX).ok_or(TextFault::Malformed)?;
        if encoded.len() != ENCODED_LENGTH {
            return Err(TextFault::Malformed);
        }
        // Refuses other spellings of the same bytes, too.
        let decoded = URL_SAFE_NO_PAD.decode(encoded).map(Zeroizing::new);
        decoded.map_err(|_| TextFault::Malformed)?;
        Ok(Self(Zeroizing::new(sent.to_owned())))
    }

    /// The token itself, to hand to its holder once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A second secret that only the holder of this one can name, for one purpose: forms carry it, and so show that they
    /// were made for this session.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(purpose.as_bytes());
        digest.update([0]);
        digest.update(self.0.as_bytes());
        URL_SAFE_NO_PAD.encode(digest.finalize())
    }

    /// What is stored of the token.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl TokenHash {
    /// The 32 bytes to store or to search for.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken")
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_token_sent_back_has_the_hash_that_was_stored() {
        let token = AccessToken::random();
        let sent = AccessToken::parse(token.reveal()).unwrap();
        assert_eq!(sent.hash(), token.hash());
        assert_ne!(AccessToken::random().hash(), token.hash());
    }

    #[test]
    fn the_hash_is_sha_256_of_the_whole_token() {
        let token = AccessToken::parse(&format!("rnl_{}", "A".repeat(43))).unwrap();
        let hex: String = token
            .hash()
            .as_bytes()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            hex,
            "09967a657b07c3a7aa79179e8051d28739142384e21174b5ee15e5180707e748"
        );
    }

    #[test]
    fn what_is_derived_from_a_token_is_neither_the_token_nor_its_hash() {
        let token = AccessToken::random();
        let derived = token.derived("forms");
        assert_eq!(derived, token.derived("forms"));
        assert_ne!(derived, token.derived("other"));
        assert_ne!(derived, AccessToken::random().derived("forms"));
        assert!(!token.reveal().contains(&derived));
        assert_ne!(derived, URL_SAFE_NO_PAD.encode(token.hash().as_bytes()));
    }

    #[test]
    fn a_token_is_recognised_by_its_prefix_and_holds_256_random_bits() {
        let tokens: Vec<_> = (0..1000).map(|_| AccessToken::random()).collect();
        let different: HashSet<_> = tokens.iter().map(AccessToken::hash).collect();
        assert_eq!(different.len(), tokens.len());
        let (mut ones, mut zeros) = ([0_u8; RANDOM_BYTES], [0_u8; RANDOM_BYTES]);
        for token in &tokens {
            let encoded = token.reveal().strip_prefix("rnl_").unwrap();
            for (place, byte) in URL_SAFE_NO_PAD.decode(encoded).unwrap().iter().enumerate() {
                ones[place] |= byte;
                zeros[place] |= !byte;
            }
        }
        assert_eq!((ones, zeros), ([0xff; RANDOM_BYTES], [0xff; RANDOM_BYTES]));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let good = "A".repeat(43);
        for sent in [
            String::new(),
            good.clone(),
            format!("RNL_{good}"),
            format!("rnl_{good}A"),
            format!("rnl_{}", &good[1..]),
            format!("rnl_{good} "),
            format!("rnl_{}+", &good[1..]),
            format!("rnl_{}B", &good[1..]),
            format!("rnl_{}Ä", &good[2..]),
        ] {
            assert_eq!(
                AccessToken::parse(&sent).unwrap_err(),
                TextFault::Malformed,
                "{sent}"
            );
        }
    }

    #[test]
    fn a_log_line_shows_neither_a_token_nor_its_hash() {
        let token = AccessToken::random();
        assert_eq!(
            format!("{token:?} {:?}", token.hash()),
            "AccessToken TokenHash"
        );
    }
}
