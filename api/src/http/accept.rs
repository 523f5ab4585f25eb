//! Which of the two forms of an answer a client wants, by its `Accept` header.

use poem::http::{HeaderMap, header};

use crate::answer::Media;

/// How well a range fits: not at all, by `*/*`, by `application/*`, or by name.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    #[default]
    None,
    Any,
    Application,
    Named,
}

/// The closest range found for one form, and its weight in thousandths.
#[derive(Clone, Copy, Default)]
struct Wish {
    fit: Fit,
    weight: u16,
}

impl Wish {
    fn take(&mut self, fit: Fit, weight: u16) {
        if fit > self.fit || (fit == self.fit && weight > self.weight) {
            *self = Self { fit, weight };
        }
    }
}

/// The form that suits a client best; `None` if neither does. A client that does not say,
/// or says "anything", is an older one and gets `application/json`.
pub fn negotiate(headers: &HeaderMap) -> Option<Media> {
    let (mut graphql, mut json) = (Wish::default(), Wish::default());
    let mut lines = headers.get_all(header::ACCEPT).iter().peekable();
    if lines.peek().is_none() {
        return Some(Media::Json);
    }
    for range in lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
    {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let Some(weight) = weight(parts) else {
            continue;
        };
        if name == "*/*" {
            graphql.take(Fit::Any, weight);
            json.take(Fit::Any, weight);
        } else if name.eq_ignore_ascii_case("application/*") {
            graphql.take(Fit::Application, weight);
            json.take(Fit::Application, weight);
        } else if name.eq_ignore_ascii_case("application/graphql-response+json") {
            graphql.take(Fit::Named, weight);
        } else if name.eq_ignore_ascii_case("application/json") {
            json.take(Fit::Named, weight);
        }
    }
    let prefers_graphql = graphql.weight > json.weight
        || (graphql.weight == json.weight && graphql.fit == Fit::Named);
    match (graphql.weight, json.weight) {
        (0, 0) => None,
        _ if prefers_graphql => Some(Media::GraphQl),
        _ => Some(Media::Json),
    }
}

/// The weight among a range's parameters; `None` for a range that cannot be served: an
/// unreadable weight, or another character set than UTF-8.
fn weight<'a>(parameters: impl Iterator<Item = &'a str>) -> Option<u16> {
    let mut weight = 1000;
    for parameter in parameters.filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        match name.trim() {
            name if name.eq_ignore_ascii_case("q") => weight = thousandths(value)?,
            name if name.eq_ignore_ascii_case("charset") => {
                value.eq_ignore_ascii_case("utf-8").then_some(())?;
            }
            _ => {}
        }
    }
    Some(weight)
}

fn thousandths(value: &str) -> Option<u16> {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let is_digits = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let part = if part.is_empty() {
        0
    } else {
        format!("{part:0<3}").parse().ok()?
    };
    match whole {
        "0" if is_digits => Some(part),
        "1" if is_digits && part == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;

    use super::*;

    #[test]
    fn the_form_is_chosen_by_weight_and_by_the_closest_range() {
        let graphql = Some(Media::GraphQl);
        let json = Some(Media::Json);
        let cases = [
            ("*/*", json),
            ("application/*", json),
            ("application/json", json),
            ("application/graphql-response+json", graphql),
            (
                "application/graphql-response+json, application/json",
                graphql,
            ),
            (
                "application/json, application/graphql-response+json",
                graphql,
            ),
            (
                "application/json;q=0.9, application/graphql-response+json;q=0.8",
                json,
            ),
            ("application/graphql-response+json;q=0, */*", json),
            ("application/json;q=0, */*;q=0.1", graphql),
            ("application/json; charset=UTF-8", json),
            ("application/json; charset=latin1", None),
            ("APPLICATION/JSON;Q=0.001", json),
            ("application/json;q=0", None),
            ("application/json;q=2", None),
            ("application/json;q=0.12345", None),
            ("text/html", None),
            ("text/html, */*;q=0.1", json),
            ("", None),
        ];
        for (accept, media) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(negotiate(&headers), media, "{accept}");
        }
        assert_eq!(negotiate(&HeaderMap::new()), json);
    }
}
