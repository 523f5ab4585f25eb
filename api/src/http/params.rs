//! Reads what a client sends: one JSON object, or the parameters of a GET, each of its
//! type and of bounded depth and number.
//!
//! The JSON is looked over once before it is built: nesting costs stack, and text with NUL
//! or half a surrogate pair would otherwise fail deep inside, as a fault of ours.

use std::collections::BTreeMap;

use async_graphql::Variables;
use poem::Request;
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

use crate::fault::Fault;

/// The deepest nesting of a JSON text.
pub const JSON_DEPTH: usize = 64;
/// The most values in a JSON text: each is copied wherever its variable is used.
pub const JSON_VALUES: usize = 10_000;

/// One GraphQL request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// The document.
    pub query: String,
    /// Which of its operations.
    #[serde(default)]
    pub operation_name: Option<String>,
    /// Its variables.
    #[serde(default)]
    pub variables: Variables,
    /// An object by the specification; nothing of it is used here.
    #[serde(default, rename = "extensions")]
    _extensions: Option<BTreeMap<String, IgnoredAny>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InUrl {
    query: String,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl Params {
    /// From the body of a POST.
    ///
    /// # Errors
    /// `BAD_REQUEST`, `BAD_TEXT`, or `LIMIT_EXCEEDED`.
    pub fn from_body(body: &[u8]) -> Result<Self, Fault> {
        object(body)
    }

    /// From the URL of a GET.
    ///
    /// # Errors
    /// Those of [`Params::from_body`].
    pub fn from_url(request: &Request) -> Result<Self, Fault> {
        let wrong = "a query is needed; query, operationName, variables and extensions are given once at most";
        let url: InUrl = request.params().map_err(|_| Fault::bad_request(wrong))?;
        let map = |text: &Option<String>| match text.as_deref() {
            None | Some("" | "null") => Ok(BTreeMap::<String, IgnoredAny>::new()),
            Some(text) => object(text.as_bytes()),
        };
        let variables = match url.variables.as_deref() {
            None | Some("" | "null") => Variables::default(),
            Some(text) => object(text.as_bytes())?,
        };
        Ok(Self {
            query: url.query,
            operation_name: url.operation_name.filter(|name| !name.is_empty()),
            variables,
            _extensions: Some(map(&url.extensions)?),
        })
    }
}

/// Reads a JSON object.
///
/// # Errors
/// `BAD_REQUEST`, `BAD_TEXT`, or `LIMIT_EXCEEDED`.
pub fn object<T: DeserializeOwned>(json: &[u8]) -> Result<T, Fault> {
    look_over(json)?;
    // A list would be taken for the object's fields in their order.
    if json.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(Fault::bad_request("one JSON object is expected"));
    }
    serde_json::from_slice(json).map_err(|error| {
        // What the reader says of a value may repeat the value.
        let what = if error.is_data() {
            "query is missing, or a parameter is given twice or of the wrong type"
        } else {
            "not well-formed JSON"
        };
        Fault::bad_request(format!(
            "{what} (line {}, column {})",
            error.line(),
            error.column()
        ))
    })
}

fn look_over(json: &[u8]) -> Result<(), Fault> {
    let (mut at, mut depth, mut values) = (0, 0_usize, 1);
    while let Some(&byte) = json.get(at) {
        at += 1;
        match byte {
            b'"' => at = string(json, at)?,
            b'{' | b'[' => {
                depth += 1;
                values += 1;
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > JSON_DEPTH {
            return Err(Fault::too_much(
                "jsonDepth",
                "the JSON is nested too deeply",
            ));
        }
        if values > JSON_VALUES {
            return Err(Fault::too_much(
                "jsonValues",
                "the JSON holds too many values",
            ));
        }
    }
    Ok(())
}

/// The position after a string that starts before `at`.
fn string(json: &[u8], mut at: usize) -> Result<usize, Fault> {
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => return Ok(at + 1),
            b'\\' => match escaped(json, at) {
                Some(0) => return Err(Fault::bad_text("text must not contain NUL")),
                Some(0xD800..=0xDBFF) if is_low(escaped(json, at + 6)) => at += 12,
                Some(0xD800..=0xDFFF) => {
                    return Err(Fault::bad_text(
                        "text must not contain half a surrogate pair",
                    ));
                }
                _ => at += 2,
            },
            0 => return Err(Fault::bad_text("text must not contain NUL")),
            _ => at += 1,
        }
    }
    Ok(at)
}

fn is_low(unit: Option<u16>) -> bool {
    matches!(unit, Some(0xDC00..=0xDFFF))
}

/// The unit of a `\uXXXX` at `at`, if there is one.
fn escaped(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_fine(json: &str) -> bool {
        look_over(json.as_bytes()).is_ok()
    }

    #[test]
    fn text_that_no_table_can_hold_is_refused() {
        for json in [
            r#"["\u0000"]"#,
            r#"["\ud800"]"#,
            r#"["\uDC00"]"#,
            r#"["\ud800\u0041"]"#,
        ] {
            assert!(!is_fine(json), "{json}");
        }
        assert!(!is_fine("[\"\0\"]"));
        assert!(!is_fine(r#"["\ud83c\ud83c\udfc3"]"#));
        for json in [
            r#"["\ud83c\udfc3"]"#,
            r#"["\\u0000"]"#,
            r#"["\\\\ud800"]"#,
            r#"["\u00e5"]"#,
        ] {
            assert!(is_fine(json), "{json}");
        }
    }

    #[test]
    fn depth_and_number_are_counted_outside_text() {
        assert!(is_fine(&"[".repeat(JSON_DEPTH)));
        assert!(!is_fine(&"[".repeat(JSON_DEPTH + 1)));
        assert!(is_fine(&format!("[\"{}\"]", "[{,".repeat(JSON_VALUES))));
        assert!(is_fine(&format!("[1{}]", ",1".repeat(JSON_VALUES - 2))));
        assert!(!is_fine(&format!("[1{}]", ",1".repeat(JSON_VALUES))));
    }
}
