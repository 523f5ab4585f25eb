//! The desk at which every page is asked for: who asks is looked up before, what a form sends is measured and must be
//! of this session, and what was looked at is written down before the answer leaves. The same rules hold as for
//! GraphQL ([`crate::http`]).

use std::{future::Future, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use futures_util::FutureExt as _;
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, EndpointExt as _, Request, Response};
use rinnalla_domain::ctx::{Ctx, Register};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::texts::Language;
use rinnalla_domain::tokens::AccessToken;
use rinnalla_domain::{audit, sessions};
use tokio::time::timeout;

use super::answer::{Answer, fault};
use super::cookies;
use super::sent::{Sent, read};
use super::texts::Texts;
use super::visit::{Frame, Visit};

/// How long a page may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a form to arrive.
    pub body: Duration,
    /// For the answer.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            body: Duration::from_secs(15),
            answer: Duration::from_secs(30),
        }
    }
}

type Answering = Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;
type Handler = Box<dyn Fn(Visit) -> Answering + Send + Sync>;

/// Makes pages of functions.
#[derive(Clone)]
pub struct Desk(Arc<House>);

struct House {
    register: Register,
    patience: Patience,
}

/// For whom a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    SignedIn,
    Anybody,
}

impl Desk {
    pub fn new(register: Register, patience: Patience) -> Self {
        Self(Arc::new(House { register, patience }))
    }

    /// A page for whoever is signed in.
    pub fn page<F>(&self, show: fn(Visit) -> F) -> BoxEndpoint<'static>
    where
        F: Future<Output = Result<Answer>> + Send + 'static,
    {
        self.of(Whom::SignedIn, Some(handler(show)), None)
    }

    /// A page with a form, for whoever is signed in.
    pub fn form<F, G>(&self, show: fn(Visit) -> F, act: fn(Visit) -> G) -> BoxEndpoint<'static>
    where
        F: Future<Output = Result<Answer>> + Send + 'static,
        G: Future<Output = Result<Answer>> + Send + 'static,
    {
        self.of(Whom::SignedIn, Some(handler(show)), Some(handler(act)))
    }

    /// What a form alone leads to.
    pub fn act<F>(&self, act: fn(Visit) -> F) -> BoxEndpoint<'static>
    where
        F: Future<Output = Result<Answer>> + Send + 'static,
    {
        self.of(Whom::SignedIn, None, Some(handler(act)))
    }

    /// A page for anybody.
    pub fn open<F>(&self, show: fn(Visit) -> F) -> BoxEndpoint<'static>
    where
        F: Future<Output = Result<Answer>> + Send + 'static,
    {
        self.of(Whom::Anybody, Some(handler(show)), None)
    }

    /// A page with a form, for anybody.
    pub fn open_form<F, G>(&self, show: fn(Visit) -> F, act: fn(Visit) -> G) -> BoxEndpoint<'static>
    where
        F: Future<Output = Result<Answer>> + Send + 'static,
        G: Future<Output = Result<Answer>> + Send + 'static,
    {
        self.of(Whom::Anybody, Some(handler(show)), Some(handler(act)))
    }

    fn of(&self, whom: Whom, show: Option<Handler>, act: Option<Handler>) -> BoxEndpoint<'static> {
        let page = Page {
            house: Arc::clone(&self.0),
            whom,
            show,
            act,
        };
        page.boxed()
    }
}

fn handler<F>(of: fn(Visit) -> F) -> Handler
where
    F: Future<Output = Result<Answer>> + Send + 'static,
{
    Box::new(move |visit| Box::pin(of(visit)))
}

struct Page {
    house: Arc<House>,
    whom: Whom,
    show: Option<Handler>,
    act: Option<Handler>,
}

impl Endpoint for Page {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let mut frame = stranger(&request);
        let answered = AssertUnwindSafe(self.answered(&mut request, &mut frame)).catch_unwind();
        let answer = match timeout(self.house.patience.answer, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(panic)) => {
                let incident = rinnalla_domain::ids::RequestId::random().encode();
                let text = panic.downcast_ref::<&str>().copied();
                let cause = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
                let cause = cause.unwrap_or("of unknown kind");
                tracing::error!(incident, cause, "a page panicked");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                fault(&frame, status, "internal", Some(&incident))
            }
            Err(_) => unavailable(&frame),
        };
        Ok(answer.into_response())
    }
}

impl Page {
    async fn answered(&self, request: &mut Request, frame: &mut Frame) -> Answer {
        let handler = match *request.method() {
            Method::GET | Method::HEAD => &self.show,
            Method::POST => &self.act,
            _ => &None,
        };
        let Some(handler) = handler else {
            let status = StatusCode::METHOD_NOT_ALLOWED;
            return fault(frame, status, "method", None);
        };
        let visit = match self.visit(request, frame).await {
            Ok(visit) => visit,
            Err(answer) => return *answer,
        };
        let ctx = visit.ctx.clone();
        let answered = handler(visit).await;
        // What was looked at is written down before anything leaves, an error page included.
        let answered = match audit::write_seen(&ctx, "page").await {
            Ok(()) => answered,
            Err(error) => Err(error),
        };
        answered.unwrap_or_else(|error| told(frame, &ctx, error))
    }

    /// Looks up who asks, and reads what a form sent.
    async fn visit(
        &self,
        request: &mut Request,
        frame: &mut Frame,
    ) -> std::result::Result<Visit, Box<Answer>> {
        let register = &self.house.register;
        let session = cookies::read(request.headers(), cookies::SESSION)
            .and_then(|sent| AccessToken::parse(sent).ok());
        let opened = match &session {
            Some(token) => sessions::open(register, token).await,
            None => Ok(None),
        };
        let address = crate::http::address_of(crate::http::peer(request), request.headers());
        let nobody = Ctx::new(register, None, frame.texts.language).from_address(address);
        let opened = opened.map_err(|error| Box::new(told(frame, &nobody, error)))?;
        let chosen = chosen_language(request.headers());
        let (mut ctx, with) = match opened {
            Some((actor, with)) => {
                let ctx = Ctx::new(register, Some(actor), frame.texts.language);
                frame.form_token = session.as_ref().map(Frame::token_of);
                (ctx, Some(with))
            }
            None => (nobody, None),
        };
        if let Some(chosen) = chosen {
            ctx.language = chosen;
        }
        frame.texts = Texts::in_language(ctx.language);
        if self.whom == Whom::SignedIn && with.is_none() {
            return Err(Box::new(sign_in_first(frame)));
        }
        let mut sent = Sent::default();
        if request.method() == Method::POST {
            let refused = |status, name| Box::new(fault(frame, status, name, None));
            if !is_from_our_own_page(request.headers()) {
                return Err(refused(StatusCode::FORBIDDEN, "forged"));
            }
            let body = timeout(self.house.patience.body, read(request)).await;
            sent = match body {
                Ok(Ok(sent)) => sent,
                Ok(Err(status)) => return Err(refused(status, "form")),
                Err(_) => return Err(refused(StatusCode::REQUEST_TIMEOUT, "form")),
            };
            // Whoever is signed in shows the session's own proof, on pages for anybody as well.
            if let Some(token) = &frame.form_token
                && !is_same(token, sent.get("form"))
            {
                return Err(refused(StatusCode::FORBIDDEN, "forged"));
            }
        }
        Ok(Visit {
            register: register.clone(),
            ctx,
            frame: frame.clone(),
            sent,
            with,
            address,
            part: ["id", "token", "language", "slug"]
                .into_iter()
                .find_map(|name| request.raw_path_param(name).map(str::to_owned)),
            query: Sent::parse(request.uri().query().unwrap_or_default().as_bytes())
                .unwrap_or_default(),
            headers: request.headers().clone(),
        })
    }
}

/// The frame before it is known who asks.
fn stranger(request: &Request) -> Frame {
    let headers = request.headers();
    let language = chosen_language(headers).unwrap_or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        accepted
            .and_then(|value| value.to_str().ok())
            .map_or(Language::Fi, Language::of_header)
    });
    Frame {
        texts: Texts::in_language(language),
        title: String::new(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        form_token: None,
    }
}

fn chosen_language(headers: &HeaderMap) -> Option<Language> {
    let code = cookies::read(headers, cookies::LANGUAGE)?;
    let all = Language::ALL.into_iter();
    all.filter(|language| language.has_texts())
        .find(|language| language.code() == code)
}

fn sign_in_first(frame: &Frame) -> Answer {
    match frame.path.as_str() {
        "/" => Answer::to("/sign-in"),
        _ => Answer::to(&format!("/sign-in?to={}", frame.here())),
    }
}

/// Whether a form was sent by a page of ours: the browser says where it comes from, and no page can make it lie.
fn is_from_our_own_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_own_site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let origin = text("origin").and_then(|origin| origin.split_once("://"));
    let is_own_host = origin.is_some_and(|(_, host)| Some(host) == text("host"));
    is_own_site && is_own_host
}

/// Compares secrets without telling by the time how much of them is the same.
fn is_same(one: &str, other: &str) -> bool {
    let pairs = one.bytes().zip(other.bytes());
    one.len() == other.len() && pairs.fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn unavailable(frame: &Frame) -> Answer {
    fault(frame, StatusCode::SERVICE_UNAVAILABLE, "unavailable", None)
        .with(header::RETRY_AFTER, HeaderValue::from_static("2"))
}

/// What went wrong, as a page.
fn told(frame: &Frame, ctx: &Ctx, error: Error) -> Answer {
    match error {
        Error::NotFound => fault(frame, StatusCode::NOT_FOUND, "not-found", None),
        Error::Forbidden => fault(frame, StatusCode::FORBIDDEN, "forbidden", None),
        Error::Unauthenticated => sign_in_first(frame),
        Error::Unavailable | Error::Outdated => unavailable(frame),
        // A form shows these beside its fields; a page without one was asked for something that cannot be.
        Error::Invalid(_) => fault(frame, StatusCode::BAD_REQUEST, "form", None),
        Error::Conflict(_) => fault(frame, StatusCode::CONFLICT, "conflict", None),
        Error::Internal(cause) => {
            let incident = ctx.request.encode();
            tracing::error!(incident, %cause, "a page failed in a way nobody planned");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            fault(frame, status, "internal", Some(&incident))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_form_is_taken_from_our_own_pages_alone() {
        let host = ("host", "rinnalla.example.org");
        let own = ("origin", "https://rinnalla.example.org");
        assert!(is_from_our_own_page(&headers(&[host, own])));
        assert!(is_from_our_own_page(&headers(&[
            host,
            own,
            ("sec-fetch-site", "same-origin")
        ])));
        for forged in [
            headers(&[host]),
            headers(&[host, ("origin", "null")]),
            headers(&[host, ("origin", "https://evil.example.org")]),
            headers(&[
                host,
                ("origin", "https://rinnalla.example.org.evil.example"),
            ]),
            headers(&[host, own, ("sec-fetch-site", "cross-site")]),
            headers(&[host, own, ("sec-fetch-site", "same-site")]),
            headers(&[own]),
        ] {
            assert!(!is_from_our_own_page(&forged), "{forged:?}");
        }
    }

    #[test]
    fn secrets_are_the_same_or_not() {
        assert!(is_same("abc", "abc"));
        for other in ["", "ab", "abd", "abcd"] {
            assert!(!is_same("abc", other));
        }
    }
}
