//! Takes a query apart into tokens before anything is built from them.
//!
//! Only as much of the grammar as that needs: what is not GraphQL counts as something
//! and is left for the parser to refuse.

use super::{NESTING, TOKENS};
use crate::fault::Fault;

/// The number of tokens of a query.
///
/// # Errors
/// Those of [`tokens`].
pub fn count(query: &str) -> Result<usize, Fault> {
    tokens(query, |_| {})
}

/// The number of tokens of a query, each of which `each` is shown.
///
/// # Errors
/// If there are more than [`TOKENS`], if brackets nest deeper than [`NESTING`], or if a
/// string holds a NUL.
pub fn tokens(query: &str, mut each: impl FnMut(&[u8])) -> Result<usize, Fault> {
    let text = query.as_bytes();
    let (mut at, mut tokens, mut depth) = (0, 0, 0_usize);
    while let Some(&byte) = text.get(at) {
        let rest = &text[at..];
        let length = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += run(rest, |byte| byte != b'\n' && byte != b'\r');
                continue;
            }
            0 => return Err(nul()),
            b'"' if rest.starts_with(b"\"\"\"") => block(rest)?,
            b'"' => string(rest)?,
            b'.' if rest.starts_with(b"...") => 3,
            b'{' | b'[' | b'(' => {
                depth += 1;
                if depth > NESTING {
                    return Err(Fault::over("nesting", NESTING));
                }
                1
            }
            b'}' | b']' | b')' => {
                depth = depth.saturating_sub(1);
                1
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                run(rest, |byte| byte == b'_' || byte.is_ascii_alphanumeric())
            }
            b'-' | b'0'..=b'9' => run(rest, |byte| {
                matches!(byte, b'-' | b'+' | b'.') || byte.is_ascii_alphanumeric()
            }),
            _ => 1,
        };
        each(&rest[..length.min(rest.len())]);
        at += length;
        tokens += 1;
        if tokens > TOKENS {
            return Err(Fault::over("tokens", TOKENS));
        }
    }
    Ok(tokens)
}

fn run(text: &[u8], goes_on: impl Fn(u8) -> bool) -> usize {
    text.iter()
        .position(|&byte| !goes_on(byte))
        .unwrap_or(text.len())
}

fn string(text: &[u8]) -> Result<usize, Fault> {
    let mut at = 1;
    while let Some(&byte) = text.get(at) {
        match byte {
            0 => return Err(nul()),
            b'\\' if text[at..].starts_with(b"\\u0000") => return Err(nul()),
            b'\\' => at += 2,
            b'"' => return Ok(at + 1),
            b'\n' | b'\r' => return Ok(at),
            _ => at += 1,
        }
    }
    Ok(text.len())
}

fn block(text: &[u8]) -> Result<usize, Fault> {
    let mut at = 3;
    while let Some(&byte) = text.get(at) {
        match byte {
            0 => return Err(nul()),
            b'\\' if text[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'"' if text[at..].starts_with(b"\"\"\"") => return Ok(at + 3),
            _ => at += 1,
        }
    }
    Ok(text.len())
}

fn nul() -> Fault {
    Fault::bad_text("text must not contain NUL")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_counted_once_and_noise_is_not() {
        let cases = [
            ("", 0),
            (" \t\n,# only { a } comment", 0),
            ("{ a }", 3),
            ("{a(b:$c)}", 9),
            ("... on X @d", 5),
            (r#"{ a(b: "x } \" { y", c: -1.5e+3) }"#, 11),
            (r#"{ a(b: """ " \""" { """) }"#, 8),
            ("\"unfinished", 1),
            ("\"\"\"unfinished", 1),
            ("\"ends\\", 1),
            ("å", 2),
        ];
        for (query, tokens) in cases {
            assert_eq!(count(query).unwrap(), tokens, "{query}");
        }
    }

    #[test]
    fn brackets_in_text_do_not_nest_and_others_do() {
        assert!(count(&"{a".repeat(NESTING)).is_ok());
        assert!(count(&"{a".repeat(NESTING + 1)).is_err());
        assert!(count(&format!("\"{}\"", "[".repeat(500))).is_ok());
    }

    #[test]
    fn nul_is_refused_in_every_form() {
        for query in [
            "{ a(b: \"\\u0000\") }",
            "{ a \0 }",
            "\"\0\"",
            "\"\"\"\0\"\"\"",
        ] {
            assert!(count(query).is_err(), "{query:?}");
        }
        assert!(count(r#""\\u0000""#).is_ok());
    }
}
