//! The only words that can get into a mail from outside its texts, each checked where it is made.
//! None can hold a line break or a control character, so none can start a header or a line of its
//! own.

use std::net::IpAddr;

use url::Url;

/// Why a word may not stand in a mail. Says which kind of word, never the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this {0} cannot stand in a mail")]
pub struct TokenError(&'static str);

/// The reader's own first name: letters, and what joins them. Nothing that a mail program would turn
/// into a link. Where a name is not so, greet without one (`.ok()`) and send the mail all the same.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstName(String);

/// A name of an organisation that tells nothing of the matter. Whether it does is for its
/// administrator to say, not for a list of words; here is only seen that it is one line of text.
#[derive(Clone, PartialEq, Eq)]
pub struct OrganisationName(String);

/// A case's random code: capital letters, digits and hyphens.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseCode(String);

/// An address behind sign-in: https (plain only on this machine), with an opaque id in its path and
/// nothing else, no search; no token either, but for the link that somebody asked for to sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(String);

impl FirstName {
    /// # Errors
    /// Empty, longer than 60 characters, or with more than letters, spaces, hyphens and apostrophes.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        let is_plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '\u{2019}');
        let is_name = text.chars().any(char::is_alphabetic) && text.chars().all(is_plain);
        if is_name && text.chars().count() <= 60 {
            Ok(Self(text.to_owned()))
        } else {
            Err(TokenError("first name"))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An invented name.
    pub fn sample() -> Self {
        Self("Päivi".to_owned())
    }
}

impl OrganisationName {
    /// # Errors
    /// Empty, longer than 120 characters, with control characters or an address in it.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        let is_name = text.chars().any(char::is_alphanumeric)
            && text.chars().count() <= 120
            && !text.chars().any(is_unseen)
            && !["://", "www.", "@"]
                .iter()
                .any(|address| text.contains(address));
        if is_name {
            Ok(Self(text.to_owned()))
        } else {
            Err(TokenError("organisation name"))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An invented name.
    pub fn sample() -> Self {
        Self("Esimerkkiyhdistys ry".to_owned())
    }
}

impl CaseCode {
    /// # Errors
    /// Shorter than 8 or longer than 24 characters, or with more than A–Z, 0–9 and hyphens.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let is_code = (8..=24).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        if is_code {
            Ok(Self(text.to_owned()))
        } else {
            Err(TokenError("case code"))
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An invented code.
    pub fn sample() -> Self {
        Self("7KQ2-MX9D".to_owned())
    }
}

impl Link {
    /// # Errors
    /// Not an absolute address, or one that is neither https nor of this machine, or one with a user,
    /// a search or a fragment.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let refused = TokenError("link");
        if text.len() > 500 || text.chars().any(|c| is_unseen(c) || c.is_whitespace()) {
            return Err(refused);
        }
        let url = Url::parse(text).map_err(|_| refused)?;
        let host = url.host_str().ok_or(refused)?;
        let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(host));
        let is_bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if is_safe && is_bare {
            Ok(Self(url.into()))
        } else {
            Err(refused)
        }
    }

    /// The address, in ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An invented address.
    pub fn sample() -> Self {
        Self("https://rinnalla.example.org/n/Q2hhbm5lbC1kb3Zlcg".to_owned())
    }
}

impl std::fmt::Debug for FirstName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FirstName(…)")
    }
}

impl std::fmt::Debug for OrganisationName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrganisationName(…)")
    }
}

impl std::fmt::Debug for CaseCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CaseCode(…)")
    }
}

/// Whether a host is this machine by its name or its address.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Controls, line and paragraph separators, marks of direction, and what has no width.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
