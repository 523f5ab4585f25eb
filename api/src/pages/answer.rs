//! What a page answers, and what every answer tells the browser.

use askama::Template;
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{IntoResponse as _, Response};
use rinnalla_domain::error::{Error, Result};

use super::visit::Frame;

/// Nothing is loaded from elsewhere, nothing is run, nothing frames the page, and forms lead to us alone.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Besides: no guessing of types, no copy kept anywhere. The referrer stays within the site; without any, browsers
/// would send forms under the origin `null`, and we could not tell them from forged ones.
const HEADERS: [(HeaderName, &str); 9] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// A page, or the way to another one.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    html: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Answer {
    /// A page.
    ///
    /// # Errors
    /// A template that cannot be filled: our own fault.
    pub fn page(template: &impl Template) -> Result<Self> {
        let html = template
            .render()
            .map_err(|fault| Error::Internal(Box::new(fault)))?;
        Ok(Self {
            status: StatusCode::OK,
            html: Some(html),
            headers: Vec::new(),
        })
    }

    /// Leads on to one of our own pages, which is asked for by GET.
    pub fn to(path: &str) -> Self {
        let path = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
        Self {
            status: StatusCode::SEE_OTHER,
            html: None,
            headers: vec![(header::LOCATION, path)],
        }
    }

    /// After an act: the front page, which says that it was done. `what` is the text `done-…`.
    pub fn done(what: &str) -> Self {
        Self::to(&format!("/?done={what}"))
    }

    /// With another status than 200.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With a header more; cookies are headers, too.
    pub fn with(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// As it leaves.
    pub fn into_response(self) -> Response {
        let mut response = match self.html {
            Some(html) => Response::builder()
                .content_type("text/html; charset=utf-8")
                .body(html),
            None => ().into_response(),
        };
        response.set_status(self.status);
        let headers = response.headers_mut();
        for (name, value) in HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        response
    }
}

/// Something that went wrong, as a page.
#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    frame: &'a Frame,
    heading: String,
    text: String,
    incident: Option<&'a str>,
}

/// The page for something that went wrong: `name` is its texts' name, `fault-…`.
pub fn fault(frame: &Frame, status: StatusCode, name: &str, incident: Option<&str>) -> Answer {
    let texts = &frame.texts;
    let heading = texts.say(&format!("fault-{name}"));
    let page = FaultPage {
        frame: &frame.titled(heading.clone()),
        text: texts.say(&format!("fault-{name}-text")),
        heading,
        incident,
    };
    match Answer::page(&page) {
        Ok(answer) => answer.status(status),
        // The frame itself cannot be filled: what is left is the status.
        Err(_) => Answer {
            status,
            html: Some(page.text),
            headers: Vec::new(),
        },
    }
}
