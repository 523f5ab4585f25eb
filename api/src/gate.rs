//! Where the transport meets the rest of the API: who is asking, and what must be
//! written down before an answer leaves.
//!
//! The transport knows HTTP and GraphQL and nothing of people. Everything it needs to
//! know of them comes through [`Gate`], so that no answer goes out without a sign-in
//! having been looked at before and the audit of reads having been written after.

use std::{error::Error, net::IpAddr, time::Duration};

use async_graphql::parser::types::OperationType;
use poem::http::HeaderMap;

/// What one request, or one socket, says about its caller.
#[derive(Clone, Copy, Debug)]
pub struct Credentials<'a> {
    /// The bearer token; absent means that nobody claims to be signed in.
    pub bearer: Option<&'a str>,
    /// The request's headers, for the language and, over HTTP alone, the session cookie.
    /// Those of a socket come without `Cookie` and `Authorization`: a browser adds them
    /// to a foreign page's socket too.
    pub headers: &'a HeaderMap,
    /// The address of the other end of the connection (the proxy's, behind a proxy).
    pub peer: Option<IpAddr>,
    /// What the sign-in is wanted for.
    pub via: Via,
}

/// What a sign-in is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// One question over HTTP. Somebody who is remembered will do: [`Gate::close`] looks whether that holds.
    Question,
    /// One request over HTTP.
    Request,
    /// A socket that is being opened, or one subscription on it.
    Socket,
    /// The regular look whether an open socket's session still stands. It is not an act
    /// of the person: it must not prolong an idle session.
    Recheck,
}

/// What came of an operation, for the gate's closing look.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// Query, mutation or subscription (then once an event).
    pub kind: OperationType,
    /// The operation's name as the client wrote it.
    pub name: Option<&'a str>,
    /// How many errors the answer carries.
    pub errors: usize,
}

/// Signs callers in and closes their requests.
pub trait Gate: Clone + Send + Sync + 'static {
    /// One request's context; resolvers find it with `ctx.data::<Gate::Ctx>()`.
    type Ctx: Clone + Send + Sync + 'static;

    /// Signs the caller in and makes the request's context.
    ///
    /// # Errors
    /// A [`Refusal`] becomes the whole answer, or closes the socket.
    fn open(&self, who: Credentials<'_>)
    -> impl Future<Output = Result<Self::Ctx, Refusal>> + Send;

    /// Called after an execution and before its answer leaves; the audit of reads is
    /// written here. For a subscription it is called with the same context after each
    /// event.
    ///
    /// # Errors
    /// A [`Refusal`] goes out in place of the data.
    fn close(
        &self,
        ctx: &Self::Ctx,
        outcome: Outcome<'_>,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// A fresh id by which an unplanned error's log line is found again. The context is
    /// there if the request got that far, so that its request id can be used.
    fn incident(&self, ctx: Option<&Self::Ctx>) -> String;
}

/// Why the gate does not let a request through.
#[derive(Debug)]
pub enum Refusal {
    /// The token is unknown, expired or withdrawn: 401.
    Unauthenticated,
    /// The caller is known and may not use the API at all: 403.
    Forbidden,
    /// Too many tries: 429.
    RateLimited {
        /// How long to wait before the next try.
        retry_after: Duration,
    },
    /// A part that is needed does not answer; also an outcome that is not known: 503.
    Unavailable {
        /// How long to wait before the next try.
        retry_after: Duration,
    },
    /// Who asked was remembered, and it holds no more: the same is to be asked again, by [`Via::Request`].
    Outdated,
    /// Anything unplanned: 500 and an id; the cause goes to the log alone.
    Internal(Box<dyn Error + Send + Sync>),
}

/// The token in an `Authorization` value, if it is a bearer token.
pub fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim_start();
    let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    (scheme.eq_ignore_ascii_case("bearer") && is_token).then_some(token)
}
