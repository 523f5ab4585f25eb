//! What a page answers, and what every answer tells the browser.

use askama::Template;
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{IntoResponse as _, Response};
use rinnalla_domain::error::{Error, Result};

use sha2::{Digest as _, Sha256};

use super::calendar::is_known;
use super::visit::{Frame, Visit};

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
    (ROBOTS, "noindex, nofollow"),
];

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

const HTML: &str = "text/html; charset=utf-8";

/// A page, a file to keep, or the way to another page.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    /// Of which kind it is, and what is in it.
    body: Option<(&'static str, Vec<u8>)>,
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
            body: Some((HTML, html.into_bytes())),
            headers: Vec::new(),
        })
    }

    /// A file to keep: of which kind it is, its name in plain letters, and what is in it.
    pub fn file(kind: &'static str, name: &str, content: Vec<u8>) -> Self {
        let disposition = format!("attachment; filename=\"{name}\"");
        let disposition = HeaderValue::from_str(&disposition);
        let disposition = disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment"));
        Self {
            status: StatusCode::OK,
            body: Some((kind, content)),
            headers: vec![(header::CONTENT_DISPOSITION, disposition)],
        }
    }

    /// Leads on to one of our own pages, which is asked for by GET.
    pub fn to(path: &str) -> Self {
        let path = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
        Self {
            status: StatusCode::SEE_OTHER,
            body: None,
            headers: vec![(header::LOCATION, path)],
        }
    }

    /// After an act: the front page, which says that it was done. `what` is the text `done-…`.
    pub fn done(what: &str) -> Self {
        Self::to(&format!("/?done={what}"))
    }

    /// A page for everybody: search engines may show it, caches may keep it for a while where nobody is signed in, and whoever has
    /// it already is told so.
    pub fn for_everybody(mut self, visit: &Visit) -> Self {
        let digest = Sha256::digest(self.body.as_ref().map_or(&[][..], |(_, it)| it));
        let digest: String = digest[..16].iter().map(|it| format!("{it:02x}")).collect();
        let tag = format!("\"{digest}\"");
        if is_known(&visit.headers, &tag) {
            self = Self {
                status: StatusCode::NOT_MODIFIED,
                body: None,
                headers: self.headers,
            };
        }
        let kept = match visit.frame.is_signed_in() {
            true => "private, no-cache",
            false => "public, max-age=300",
        };
        self.headers.extend([
            (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
            (
                header::VARY,
                HeaderValue::from_static("accept-language, cookie"),
            ),
            (ROBOTS, HeaderValue::from_static("all")),
        ]);
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            self.headers.push((header::ETAG, tag));
        }
        self
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
        let mut response = match self.body {
            Some((kind, content)) => Response::builder().content_type(kind).body(content),
            None => ().into_response(),
        };
        response.set_status(self.status);
        let headers = response.headers_mut();
        for (name, value) in HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        for (name, value) in self.headers {
            match name {
                header::SET_COOKIE => headers.append(name, value),
                _ => headers.insert(name, value).is_some(),
            };
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
            body: Some((HTML, page.text.into_bytes())),
            headers: Vec::new(),
        },
    }
}
