//! What a page is asked with: who asks, in which language, about what, and what a form sent.

use std::net::IpAddr;

use poem::http::HeaderMap;
use rinnalla_domain::access::SignedInWith;
use rinnalla_domain::ctx::{Ctx, Register};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id;
use rinnalla_domain::tokens::AccessToken;
use rinnalla_domain::{IdempotencyKey, access};

use super::sent::Sent;
use super::texts::Texts;

/// One request for a page.
pub struct Visit {
    /// The register.
    pub register: Register,
    /// As GraphQL's acts and questions take it.
    pub ctx: Ctx,
    /// What stands round the page.
    pub frame: Frame,
    /// What a form sent; nothing where the page was only asked for.
    pub sent: Sent,
    /// The session, where somebody is signed in.
    pub with: Option<SignedInWith>,
    /// The request's headers.
    pub headers: HeaderMap,
    /// The network address that it came from.
    pub address: Option<IpAddr>,
    /// The changing part of the path, where it has one.
    pub part: Option<String>,
    /// What stands after the path's question mark, read.
    pub query: Sent,
}

/// The pages that every page leads to.
const PLACES: [(&str, &str); 5] = [
    ("/", "waiting"),
    ("/relationships", "relationships"),
    ("/courses", "courses"),
    ("/paper", "paper"),
    ("/sessions", "sessions"),
];

/// What stands round every page.
#[derive(Clone)]
pub struct Frame {
    /// The texts of the viewer's language.
    pub texts: Texts,
    /// The page's title.
    pub title: String,
    /// The page's path, for coming back to it.
    pub path: String,
    /// What was chosen there, as the address has it after its question mark.
    pub query: String,
    /// The proof that a form is of this session; none where nobody is signed in.
    pub form_token: Option<String>,
}

impl Frame {
    /// The same round a page of another title.
    pub fn titled(&self, title: String) -> Self {
        Self {
            title,
            ..self.clone()
        }
    }

    /// The page with what was chosen there, as it is written into another address.
    pub fn here(&self) -> String {
        let here = match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        };
        let written: String = url::form_urlencoded::byte_serialize(here.as_bytes()).collect();
        written.replace("%2F", "/")
    }

    /// The proof that a form is of this session, as it is written into forms.
    pub fn token_of(session: &AccessToken) -> String {
        session.derived("form")
    }

    /// The address of the stylesheet.
    pub fn style(&self) -> &'static str {
        super::style::address()
    }

    /// The pages that every page leads to, each with the name of its text.
    pub fn places(&self) -> &'static [(&'static str, &'static str)] {
        &PLACES
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.form_token.is_some()
    }
}

impl Visit {
    /// A text of the viewer's language.
    pub fn say(&self, id: &str) -> String {
        self.frame.texts.say(id)
    }

    /// The id in the path. One that is malformed or of another type answers as if it did not exist.
    pub fn id<T: Id>(&self) -> Result<T> {
        self.part
            .as_deref()
            .and_then(T::decode)
            .ok_or(Error::NotFound)
    }

    /// Whether the viewer may do something anywhere; how far it reaches is asked when it is done.
    pub fn may<P: access::Permission>(&self) -> bool {
        access::require::<P>(&self.ctx).is_ok()
    }

    /// The key of the act that a form is about, and all that the form sent: sent twice, it is done once.
    pub fn key(&self) -> IdempotencyKey {
        IdempotencyKey {
            key: self.sent.get("key").to_owned(),
            input: self.sent.in_one_form(&self.frame.path),
        }
    }

    /// The version that a form was made from; none of any record where it is missing.
    pub fn version(&self) -> i32 {
        self.sent.get("version").parse().unwrap_or(-1)
    }
}
