//! Requests that are refused before, or instead of, being executed: each with its status
//! and its code.

use std::{any::Any, borrow::Cow, time::Duration};

use async_graphql::{Pos, ServerError};
use poem::{
    Response,
    http::{HeaderValue, StatusCode, header},
};

use crate::{
    answer::{Body, Media, RETRY_AFTER, at_argument, coded, respond},
    gate::Refusal,
};

/// Why a request is refused, and how that is said.
#[derive(Debug)]
pub struct Fault {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    detail: Option<Detail>,
    locations: Vec<Pos>,
    header: Option<Box<(header::HeaderName, HeaderValue)>>,
    of_document: bool,
}

/// What is told besides the code.
#[derive(Debug)]
enum Detail {
    /// The limit that was passed.
    Limit(&'static str),
    /// Where in the arguments the trouble is.
    Argument(String),
    /// Under what the cause stands in the log.
    Incident(String),
}

impl Fault {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            detail: None,
            locations: Vec::new(),
            header: None,
            of_document: false,
        }
    }

    /// A request that is not a GraphQL request at all.
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// Text that no table can hold: NUL, or half a surrogate pair.
    pub fn bad_text(message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_TEXT", message)
    }

    /// A request over a limit that is looked at before the document is.
    pub fn too_much(limit: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            detail: Some(Detail::Limit(limit)),
            ..Self::new(StatusCode::BAD_REQUEST, "LIMIT_EXCEEDED", message)
        }
    }

    /// Another status of HTTP's own, such as 405 or 415.
    pub fn http(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self::new(status, code, message)
    }

    /// A document that is not executed, whatever the reason: 400, or 200 in legacy JSON.
    pub fn document(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            of_document: true,
            ..Self::new(StatusCode::BAD_REQUEST, code, message)
        }
    }

    /// An integer beyond GraphQL's `Int`, where it stands in the arguments.
    pub fn beyond_int(argument: String) -> Self {
        let (least, most) = (i32::MIN, i32::MAX);
        let message =
            format!("Invalid value for argument \"{argument}\", an Int is from {least} to {most}");
        Self {
            detail: Some(Detail::Argument(argument)),
            ..Self::document("BAD_USER_INPUT", message)
        }
    }

    /// A document over one of the limits on documents.
    pub fn over(limit: &'static str, most: usize) -> Self {
        Self {
            detail: Some(Detail::Limit(limit)),
            ..Self::document(
                "LIMIT_EXCEEDED",
                format!("{limit} is over the limit of {most}"),
            )
        }
    }

    /// A document whose answer would be too large.
    pub fn too_complex(cost: u64, most: u64) -> Self {
        let message = format!("an estimated {cost} values, and at most {most} are answered");
        Self {
            detail: Some(Detail::Limit("complexity")),
            ..Self::document("TOO_COMPLEX", message)
        }
    }

    /// The answer did not come in time. Whether a mutation was carried out is not known.
    pub fn unavailable(message: &'static str, retry_after: Duration) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message).after(retry_after)
    }

    /// Something nobody planned; the cause has gone to the log under `incident`.
    pub fn internal(incident: String) -> Self {
        Self {
            detail: Some(Detail::Incident(incident)),
            ..Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL",
                "internal error",
            )
        }
    }

    /// A gate's refusal; an unplanned one is logged under the id that `incident` makes.
    pub fn refused(refusal: Refusal, incident: impl FnOnce() -> String) -> Self {
        match refusal {
            Refusal::Unauthenticated => {
                Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "sign in first")
                    .with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
            }
            Refusal::Forbidden => Self::new(StatusCode::FORBIDDEN, "FORBIDDEN", "not permitted"),
            Refusal::RateLimited { retry_after } => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "RATE_LIMITED",
                "too many requests",
            )
            .after(retry_after),
            Refusal::Unavailable { retry_after } => {
                Self::unavailable("not available at the moment", retry_after)
            }
            Refusal::Outdated => Self::unavailable("not available at the moment", RETRY_AFTER),
            Refusal::Internal(cause) => {
                let incident = incident();
                tracing::error!(incident, %cause, "a request failed in a way nobody planned");
                Self::internal(incident)
            }
        }
    }

    /// A panic in a request, logged under `incident`.
    pub fn panicked(panic: &(dyn Any + Send), incident: String) -> Self {
        let text = panic.downcast_ref::<&str>().copied();
        let cause = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        tracing::error!(
            incident,
            cause = cause.unwrap_or("of unknown kind"),
            "a request panicked"
        );
        Self::internal(incident)
    }

    /// Where in the document the trouble is.
    #[must_use]
    pub fn at(mut self, locations: impl IntoIterator<Item = Pos>) -> Self {
        self.locations.extend(locations);
        self
    }

    /// With one more header on the answer.
    #[must_use]
    pub fn with(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }

    fn after(self, wait: Duration) -> Self {
        self.with(
            header::RETRY_AFTER,
            HeaderValue::from(wait.as_secs().max(1)),
        )
    }

    /// The answer over HTTP.
    pub fn into_response(mut self, media: Media) -> Response {
        let legacy = self.of_document && media == Media::Json;
        let status = if legacy { StatusCode::OK } else { self.status };
        let header = self.header.take();
        let mut response = respond(status, media, &Body::refusal(&[self.into_error()]));
        if let Some((name, value)) = header.map(|header| *header) {
            response.headers_mut().insert(name, value);
        }
        response
    }

    /// The error as it stands in `errors`.
    pub fn into_error(self) -> ServerError {
        let mut error = coded(ServerError::new(self.message, None), self.code);
        error.locations = self.locations;
        let Some(detail) = self.detail else {
            return error;
        };
        let (name, told) = match detail {
            Detail::Argument(argument) => return at_argument(error, &argument),
            Detail::Limit(limit) => ("limit", limit.to_owned()),
            Detail::Incident(incident) => ("id", incident),
        };
        error.extensions.get_or_insert_default().set(name, told);
        error
    }
}
