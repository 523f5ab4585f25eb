//! What may be written into the register: checks of incoming text, and the one form it is kept in.
//!
//! Refused with a code: NUL and other control characters (the database takes no NUL), characters that turn
//! the direction of reading (they make a text look like another), invisible ones, noncharacters, and too
//! much of anything. What passes is trimmed and in Unicode's composed form (NFC), so that equal texts are
//! equal bytes.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The longest name of a person, in characters.
pub const NAME_MAX_CHARS: usize = 120;

/// The longest mail address, in bytes (RFC 5321, 4.5.3.1.3, less the angle brackets).
pub const EMAIL_MAX_BYTES: usize = 254;

/// The longest part before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
const EMAIL_LOCAL_MAX_BYTES: usize = 64;

/// The longest part of a domain between two dots, in bytes (RFC 1035, 2.3.4).
const DOMAIN_LABEL_MAX_BYTES: usize = 63;

/// How many digits an international phone number may have: at most by E.164, at least by good sense.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The longest phone number as it is written, in characters.
const PHONE_MAX_CHARS: usize = 40;

/// The marks of the centuries in an identity number.
const CENTURIES: &str = "-+ABCDEFYXWVU";

/// Why a text is refused. The person can put each right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing that could be seen.
    #[error("the text is empty")]
    Empty,
    /// More than may be.
    #[error("the text is too long")]
    TooLong,
    /// A control character, a line break, a turn of direction, something invisible or no character at all.
    #[error("the text holds a character that may not be used")]
    ControlCharacter,
    /// Not of the form that is needed.
    #[error("the text is not of the form that is needed")]
    Malformed,
}

impl TextFault {
    /// The code that clients are told; it never changes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "EMPTY",
            Self::TooLong => "TOO_LONG",
            Self::ControlCharacter => "CONTROL_CHARACTER",
            Self::Malformed => "MALFORMED",
        }
    }
}

/// One line of text of at most `max_chars` characters, trimmed and composed.
///
/// # Errors
/// [`TextFault::Empty`], [`TextFault::TooLong`] or [`TextFault::ControlCharacter`].
pub fn clean_line(written: &str, max_chars: usize) -> Result<String, TextFault> {
    let trimmed = written.trim();
    if trimmed.chars().any(is_refused) {
        return Err(TextFault::ControlCharacter);
    }
    let line: String = trimmed.nfc().collect();
    if !line.chars().any(is_visible) {
        return Err(TextFault::Empty);
    }
    if line.chars().count() > max_chars {
        return Err(TextFault::TooLong);
    }
    Ok(line)
}

/// A line of free text, as [`clean_line`]; nobody's identity number belongs there.
///
/// # Errors
/// A code: as [`clean_line`]'s, or `LOOKS_LIKE_IDENTITY_NUMBER`.
pub fn free_line(written: &str, max_chars: usize) -> Result<String, &'static str> {
    let line = clean_line(written, max_chars).map_err(TextFault::code)?;
    match holds_identity_number(&line) {
        true => Err("LOOKS_LIKE_IDENTITY_NUMBER"),
        false => Ok(line),
    }
}

/// A person's name: letters of any alphabet, spaces, hyphens, apostrophes and full stops, at most
/// [`NAME_MAX_CHARS`] characters. Several spaces become one.
///
/// # Errors
/// As [`clean_line`], and [`TextFault::Malformed`] for other characters or no letter at all.
pub fn clean_name(written: &str) -> Result<String, TextFault> {
    let line = clean_line(written, NAME_MAX_CHARS)?;
    let is_mark = |c| matches!(c, ' ' | '-' | '\u{2010}' | '\'' | '\u{2019}' | '.');
    let name = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = |c: char| c.is_alphabetic() || is_combining_mark(c) || is_mark(c);
    if !name.chars().all(fits) || !name.chars().any(char::is_alphabetic) {
        return Err(TextFault::Malformed);
    }
    Ok(name)
}

/// A mail address that mail can go to, its case kept. Plain ASCII only: a domain with other letters is
/// written in its `xn--` form, since not every mail server takes the other.
///
/// # Errors
/// As [`clean_line`], and [`TextFault::Malformed`].
pub fn clean_email(written: &str) -> Result<String, TextFault> {
    let address = clean_line(written, EMAIL_MAX_BYTES)?;
    let (local, domain) = address.split_once('@').ok_or(TextFault::Malformed)?;
    let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let local_fits = local.len() <= EMAIL_LOCAL_MAX_BYTES
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_local));
    let labels = domain.split('.');
    // A number at the end would be an address of the internet protocol.
    let top = domain.rsplit_once('.').map(|(_, top)| top);
    let has_top = top.is_some_and(|top| top.contains(|c: char| c.is_ascii_alphabetic()));
    if local_fits && has_top && labels.into_iter().all(is_domain_label) {
        Ok(address)
    } else {
        Err(TextFault::Malformed)
    }
}

/// A phone number in its international form, `+358401234567`. Spaces, hyphens, full stops, slashes and
/// parentheses may stand between the digits; a number without a country is Finnish.
///
/// # Errors
/// As [`clean_line`], and [`TextFault::Malformed`].
pub fn clean_phone(written: &str) -> Result<String, TextFault> {
    let line = clean_line(written, PHONE_MAX_CHARS)?;
    let is_mark = |c: char| {
        c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '.' | '/' | '(' | ')')
    };
    let digits = line.strip_prefix('+').unwrap_or(&line);
    if !digits.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return Err(TextFault::Malformed);
    }
    let phone = normal_phone(&line);
    match phone.strip_prefix('+') {
        Some(digits) if PHONE_DIGITS.contains(&digits.len()) && !digits.starts_with('0') => {
            Ok(phone)
        }
        _ => Err(TextFault::Malformed),
    }
}

/// The form in which mail addresses are compared: trimmed, in lower case, composed.
#[must_use]
pub fn normal_email(written: &str) -> String {
    // Lower case may take a composed letter apart, hence composed again.
    let lower = written.trim().nfc().collect::<String>().to_lowercase();
    lower.nfc().collect()
}

/// The form in which phone numbers are compared: digits with a `+` and the country in front. `00` is `+`,
/// another leading `0` is Finland's, and the `(0)` that is sometimes written after `+358` falls away.
#[must_use]
pub fn normal_phone(written: &str) -> String {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let international = if written.trim_start().starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("358{rest}")
    } else {
        return digits;
    };
    match international.strip_prefix("3580") {
        Some(rest) => format!("+358{rest}"),
        None => format!("+{international}"),
    }
}

/// By what Finnish readers look names up: case and most accents do not matter; å, ä and ö come last, in this order.
#[must_use]
pub fn sort_key(written: &str) -> String {
    let lower = written.nfc().collect::<String>().to_lowercase();
    let mut key = String::with_capacity(lower.len());
    for c in lower.nfc() {
        match c {
            // The three characters after z in ASCII.
            'å' => key.push('{'),
            'ä' => key.push('|'),
            'ö' => key.push('}'),
            other => key.extend(
                std::iter::once(other)
                    .nfd()
                    .filter(|c| !is_combining_mark(*c)),
            ),
        }
    }
    key
}

/// The form in which a part of a name is looked for: neither case nor accents matter.
#[must_use]
pub fn search_key(written: &str) -> String {
    let lower = written.trim().nfkc().collect::<String>().to_lowercase();
    lower.nfkd().filter(|c| !is_combining_mark(*c)).collect()
}

fn is_domain_label(label: &str) -> bool {
    (1..=DOMAIN_LABEL_MAX_BYTES).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether a text holds what could be a Finnish identity number: a day as six digits, a mark of the century, three
/// digits and a check character. Spaces within it are looked through.
fn holds_identity_number(text: &str) -> bool {
    let chars: Vec<char> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    chars.windows(11).any(|it| {
        let number = |part: &[char]| -> Option<u32> {
            part.iter()
                .try_fold(0, |sum, c| Some(sum * 10 + c.to_digit(10)?))
        };
        let is_day = number(&it[..2]).is_some_and(|day| (1..=31).contains(&day))
            && number(&it[2..4]).is_some_and(|month| (1..=12).contains(&month))
            && number(&it[4..6]).is_some();
        is_day
            && CENTURIES.contains(it[6])
            && number(&it[7..10]).is_some()
            && it[10].is_ascii_alphanumeric()
    })
}

fn is_refused(c: char) -> bool {
    let turns_direction = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let breaks_line = matches!(c, '\u{2028}' | '\u{2029}');
    let is_hidden = matches!(
        c,
        '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    let is_noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    c.is_control() || turns_direction || breaks_line || is_hidden || is_noncharacter
}

/// Joiners, soft hyphens and variation selectors belong to some texts but make none by themselves.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        )
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
