//! What goes back to a client: stable codes, statuses, and nothing that was not meant
//! for it.
//!
//! A client, and the people who support it, go by `extensions.code` alone. So every
//! error has one, and whatever nobody planned is `INTERNAL` with an id that leads to the
//! log line; its own text may name a person and stays there.

mod nulls;

use std::{collections::BTreeMap, time::Duration};

use async_graphql::{Response as Executed, ServerError, Value};
use poem::{
    Response,
    http::{HeaderValue, StatusCode, header},
};
use serde::Serialize;

use crate::graphql::WRITTEN;
use crate::measure::Outcome;

pub use self::nulls::Nulls;

/// How long a client waits after an `UNAVAILABLE` of the transport's own.
pub const RETRY_AFTER: Duration = Duration::from_secs(5);

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status tells what happened.
    GraphQl,
    /// `application/json`, for older clients: a refused document is 200.
    Json,
}

impl Media {
    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }
}

/// An answer's JSON. `data` is absent, not null, where nothing was executed.
#[derive(Serialize)]
pub struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<&'a BTreeMap<String, Value>>,
}

impl<'a> Body<'a> {
    /// An answer without data.
    pub fn refusal(errors: &'a [ServerError]) -> Self {
        Self {
            data: None,
            errors,
            extensions: None,
        }
    }

    /// What an execution gave.
    pub fn executed(of: &'a Executed) -> Self {
        let extensions = Some(&of.extensions).filter(|all| !all.is_empty());
        Self {
            data: Some(&of.data),
            errors: &of.errors,
            extensions,
        }
    }
}

/// Where an execution ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// At validation, or at an argument no resolver was called with: no data.
    Refused,
    /// In the resolvers.
    Executed,
}

/// What an operation may have changed by the time a part of it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effects {
    /// Nothing: it asks.
    None,
    /// One thing, or nothing if that is what failed.
    One,
    /// Several things.
    Several,
}

/// Gives every error its code, and takes out of the texts what does not belong outside.
///
/// `suggestions` leaves "Did you mean" in. An unreadable argument refuses the whole
/// operation, unless a part of it has been carried out by then.
pub fn settle(
    response: &mut Executed,
    suggestions: bool,
    effects: Effects,
    incident: impl FnOnce() -> String,
) -> Stage {
    let nothing = response.data == Value::Null && !response.errors.is_empty();
    // The executor gives the errors of its resolvers a path, and those of validation none.
    let unvalidated = nothing && response.errors.iter().all(|error| error.path.is_empty());
    let unreadable = match effects {
        Effects::None => response.errors.iter().any(is_of_input),
        Effects::One => nothing && response.errors.iter().all(is_of_input),
        Effects::Several => false,
    };
    let mut incident = Some(incident);
    let mut id = None;
    for error in &mut response.errors {
        if code(error).is_some() {
            continue;
        }
        let fresh = std::mem::replace(error, ServerError::new("", None));
        *error = if unvalidated {
            let fresh = without_value(without_suggestion(fresh, suggestions));
            match argument(&fresh.message) {
                Some(path) => of_argument(fresh, &path),
                None => coded(fresh, "GRAPHQL_VALIDATION_FAILED"),
            }
        } else if is_of_input(&fresh) {
            coded(fresh, "BAD_USER_INPUT")
        } else {
            let id =
                id.get_or_insert_with(|| incident.take().map(|make| make()).unwrap_or_default());
            hidden(fresh, id)
        };
    }
    if unvalidated || unreadable {
        Stage::Refused
    } else {
        Stage::Executed
    }
}

/// Where in the arguments a value stands that validation did not take, as `input.details.heldOn`: it says so in its own
/// words.
fn argument(message: &str) -> Option<String> {
    let rest = message.strip_prefix("Invalid value for argument \"")?;
    let (path, rest) = rest.split_once("\", ")?;
    let missing = rest
        .strip_prefix("field \"")
        .and_then(|it| it.split_once('"'));
    Some(match missing {
        Some((field, _)) => format!("{path}.{field}"),
        None => path.to_owned(),
    })
}

/// A value that cannot be is the person's to put right, as one that the rules refuse.
fn of_argument(error: ServerError, path: &str) -> ServerError {
    let mut error = coded(error, "BAD_USER_INPUT");
    let expected = |of: &str| error.message.ends_with(&format!("expected type \"{of}\""));
    if let Some((_, written)) = WRITTEN.iter().find(|(of, _)| expected(of)) {
        error.message = format!("{}: {written}", error.message);
    }
    at_argument(error, path)
}

/// An error that names the argument, and the field as the rules' own refusals do: the last name on the way.
pub(crate) fn at_argument(mut error: ServerError, path: &str) -> ServerError {
    let field = path.rsplit('.').find(|it| it.parse::<usize>().is_err());
    let field = field.unwrap_or(path).to_owned();
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("field", Value::String(field));
    extensions.set("argument", Value::String(path.to_owned()));
    error
}

fn without_suggestion(mut error: ServerError, suggestions: bool) -> ServerError {
    if !suggestions && let Some(at) = error.message.find(" Did you mean") {
        error.message.truncate(at);
    }
    error
}

/// Validation repeats a value that an enum does not have. It may be a name in the wrong field, and errors get logged on
/// the way.
fn without_value(mut error: ServerError) -> ServerError {
    const REPEATS: &str = " does not contain the value \"";
    if let Some(at) = error.message.find(REPEATS) {
        error.message.truncate(at);
        error.message.push_str(" does not contain this value");
    }
    error
}

/// Whether the executor could not read an argument: it says so in its own words and,
/// unlike a resolver's `?`, keeps no source.
fn is_of_input(error: &ServerError) -> bool {
    let message = &error.message;
    error.source.is_none()
        && (message.starts_with("Failed to parse \"")
            || message.starts_with("Expected input type \""))
}

fn hidden(error: ServerError, id: &str) -> ServerError {
    let ServerError {
        message,
        locations,
        path,
        ..
    } = error;
    tracing::error!(
        incident = id,
        cause = message,
        "a resolver failed in a way nobody planned"
    );
    let mut error = coded(ServerError::new("internal error", None), "INTERNAL");
    if let Some(extensions) = &mut error.extensions {
        extensions.set("id", id);
    }
    ServerError {
        locations,
        path,
        ..error
    }
}

/// An error with a code.
pub(crate) fn coded(mut error: ServerError, code: &'static str) -> ServerError {
    error.extensions.get_or_insert_default().set("code", code);
    error
}

fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// The answer to an execution over HTTP.
pub fn executed(mut response: Executed, stage: Stage, media: Media) -> Response {
    let headers = std::mem::take(&mut response.http_headers);
    let mut answer = match (stage, media) {
        (Stage::Refused, Media::GraphQl) => respond(
            StatusCode::BAD_REQUEST,
            media,
            &Body::refusal(&response.errors),
        ),
        (Stage::Refused, Media::Json) => {
            respond(StatusCode::OK, media, &Body::refusal(&response.errors))
        }
        (Stage::Executed, _) => {
            respond(status(&response, media), media, &Body::executed(&response))
        }
    };
    if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
        let wait = HeaderValue::from(RETRY_AFTER.as_secs());
        answer.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    answer.headers_mut().extend(headers);
    answer
}

/// 200, except where nothing at all came of the request and every error says the same.
fn status(response: &Executed, media: Media) -> StatusCode {
    let common = |error: &ServerError| match code(error) {
        Some("UNAUTHENTICATED") => StatusCode::UNAUTHORIZED,
        Some("FORBIDDEN") => StatusCode::FORBIDDEN,
        Some("RATE_LIMITED") => StatusCode::TOO_MANY_REQUESTS,
        Some("UNAVAILABLE") => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    };
    match response.errors.split_first() {
        Some((first, rest)) if media == Media::GraphQl && response.data == Value::Null => {
            let status = common(first);
            let is_shared = rest.iter().all(|error| common(error) == status);
            if is_shared { status } else { StatusCode::OK }
        }
        _ => StatusCode::OK,
    }
}

/// An answer with the headers that every answer has.
pub(crate) fn respond(status: StatusCode, media: Media, body: &Body<'_>) -> Response {
    let json = serde_json::to_vec(body).unwrap_or_default();
    let mut response = Response::builder().status(status).body(json);
    if let Some(error) = body.errors.first() {
        response.set_data(Outcome(code(error).unwrap_or("INTERNAL").to_owned()));
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.content_type());
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
