//! GraphQL over HTTP: one operation a request, asked strictly and answered plainly.
//!
//! After the GraphQL-over-HTTP draft. A mutation comes by POST of `application/json`
//! alone, which a foreign page cannot send without asking first; nothing comes in batches
//! or files; everything has a size and a time.

mod accept;
pub mod params;

use std::{net::IpAddr, panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Executor, Response as Executed, parser::types::OperationType};
use futures_util::FutureExt;
use poem::{
    Addr, Endpoint, Request, Response,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
};
use tokio::time::timeout;

use self::params::Params;
use crate::{
    answer::{self, Media, RETRY_AFTER, Stage},
    fault::Fault,
    gate::{Credentials, Gate, Outcome, Refusal, Via, bearer},
    limits::{Checked, Chosen},
    measure::Operation,
    transport::Transport,
};

/// The largest body, in bytes.
pub const BODY_BYTES: usize = 256 * 1024;

/// The endpoint for `GET` and `POST /graphql`.
pub struct GraphQl<G, E>(pub Arc<Transport<G, E>>);

impl<G: Gate, E: Executor> Endpoint for GraphQl<G, E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let wanted = accept::negotiate(request.headers());
        let media = wanted.unwrap_or(Media::Json);
        let answer = async {
            wanted.ok_or_else(|| {
                let message = "only application/graphql-response+json and application/json are had";
                Fault::http(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
            })?;
            let params = self.read(&mut request).await?;
            let late = "the answer took too long; whether anything was changed is not known";
            timeout(
                self.0.policy.request_time,
                self.run(&request, params, media),
            )
            .await
            .unwrap_or_else(|_| Err(Fault::unavailable(late, RETRY_AFTER)))
        };
        let answer = AssertUnwindSafe(answer)
            .catch_unwind()
            .await
            .unwrap_or_else(|panic| {
                Err(Fault::panicked(panic.as_ref(), self.0.gate.incident(None)))
            });
        Ok(answer.unwrap_or_else(|fault| fault.into_response(media)))
    }
}

impl<G: Gate, E: Executor> GraphQl<G, E> {
    async fn read(&self, request: &mut Request) -> Result<Params, Fault> {
        match *request.method() {
            Method::GET => Params::from_url(request),
            Method::POST => {
                is_json(request.headers())?;
                let read = self.body(request);
                match timeout(self.0.policy.body_time, read).await {
                    Ok(body) => Params::from_body(&body?),
                    Err(_) => Err(cut_off(Fault::http(
                        StatusCode::REQUEST_TIMEOUT,
                        "REQUEST_TIMEOUT",
                        "the body took too long",
                    ))),
                }
            }
            _ => Err(not_allowed("only GET and POST are answered", "GET, POST")),
        }
    }

    async fn body(&self, request: &mut Request) -> Result<Vec<u8>, Fault> {
        let too_large = || {
            let message = "the body is larger than 256 KiB";
            cut_off(Fault::http(
                StatusCode::PAYLOAD_TOO_LARGE,
                "PAYLOAD_TOO_LARGE",
                message,
            ))
        };
        let announced = request.headers().get(header::CONTENT_LENGTH);
        let announced = announced.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > BODY_BYTES) {
            return Err(too_large());
        }
        let mut body = Vec::with_capacity(announced.unwrap_or_default());
        let mut chunks = std::pin::pin!(request.take_body().into_bytes_stream());
        while let Some(chunk) = futures_util::StreamExt::next(&mut chunks).await {
            let chunk = chunk.map_err(|_| cut_off(Fault::bad_request("the body broke off")))?;
            if body.len() + chunk.len() > BODY_BYTES {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    async fn run(
        &self,
        request: &Request,
        params: Params,
        media: Media,
    ) -> Result<Response, Fault> {
        let transport = &*self.0;
        let (checked, is_known) = transport.find(&params.query)?;
        let chosen = checked.choose(params.operation_name.as_deref())?;
        match chosen.kind() {
            OperationType::Query => {}
            OperationType::Mutation if request.method() == Method::POST => {}
            OperationType::Mutation => {
                return Err(not_allowed("a mutation comes by POST", "POST"));
            }
            OperationType::Subscription => {
                let message = "a subscription comes over the socket";
                return Err(Fault::document("SUBSCRIPTION_NOT_ALLOWED", message));
            }
        }
        let values = transport.check(chosen, &params)?;
        let _admitted = transport.admit(values).await;

        let who = credentials(request)?;
        let known = match chosen.kind() {
            OperationType::Query => {
                let via = Via::Question;
                let who = Credentials { via, ..who };
                self.once(who, &checked, chosen, &params).await?
            }
            _ => None,
        };
        let (response, stage) = match known {
            Some(answered) => answered,
            None => {
                let answered = self.once(who, &checked, chosen, &params).await?;
                answered.ok_or_else(|| Fault::unavailable("not available", RETRY_AFTER))?
            }
        };
        if stage == Stage::Executed && !is_known {
            transport.keep(params.query, &checked);
        }
        let mut answer = answer::executed(response, stage, media);
        if stage == Stage::Executed {
            answer.set_data(Operation(chosen.kind()));
        }
        Ok(answer)
    }

    /// Executes an operation and closes it at the gate; `None` where it was asked by somebody who is remembered, and that
    /// holds no more.
    async fn once(
        &self,
        who: Credentials<'_>,
        checked: &Checked,
        chosen: Chosen<'_>,
        params: &Params,
    ) -> Result<Option<(Executed, Stage)>, Fault> {
        let transport = &*self.0;
        let refused = |refusal, ctx: Option<&G::Ctx>| {
            Fault::refused(refusal, || transport.gate.incident(ctx))
        };
        let opened = transport.gate.open(who).await;
        let ctx = opened.map_err(|refusal| refused(refusal, None))?;
        let to_execute = transport.request(checked, params, ctx.clone());
        let execution = AssertUnwindSafe(transport.schema.execute(to_execute)).catch_unwind();
        let mut response = execution.await.map_err(|panic| {
            Fault::panicked(panic.as_ref(), transport.gate.incident(Some(&ctx)))
        })?;
        let stage = transport.settle(&mut response, chosen, || {
            transport.gate.incident(Some(&ctx))
        });
        if stage == Stage::Executed {
            let outcome = Outcome {
                kind: chosen.kind(),
                name: chosen.name(),
                errors: response.errors.len(),
            };
            match transport.gate.close(&ctx, outcome).await {
                Err(Refusal::Outdated) => return Ok(None),
                closed => closed.map_err(|refusal| refused(refusal, Some(&ctx)))?,
            }
        }
        Ok(Some((response, stage)))
    }
}

fn credentials(request: &Request) -> Result<Credentials<'_>, Fault> {
    let headers = request.headers();
    let given = headers.get(header::AUTHORIZATION);
    let token = given.map(|value| value.to_str().ok().and_then(bearer));
    if token == Some(None) {
        let refusal = Refusal::Unauthenticated;
        return Err(Fault::refused(refusal, String::new));
    }
    let peer = peer(request);
    Ok(Credentials {
        bearer: token.flatten(),
        headers,
        peer,
        via: Via::Request,
    })
}

/// The network address that a request came from. Behind a proxy on this machine or in its own network it is the one
/// that the proxy names last; nobody else's word is taken.
pub(crate) fn address_of(peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = peer?;
    let is_near = match peer {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    };
    let named = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    Some(named.filter(|_| is_near).unwrap_or(peer))
}

/// The address of the other end.
pub(crate) fn peer(request: &Request) -> Option<IpAddr> {
    match &request.remote_addr().0 {
        Addr::SocketAddr(address) => Some(address.ip()),
        _ => None,
    }
}

/// `application/json`, in UTF-8, not compressed.
fn is_json(headers: &HeaderMap) -> Result<(), Fault> {
    let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let mut parts = header(header::CONTENT_TYPE)
        .unwrap_or_default()
        .split(';')
        .map(str::trim);
    let is_json = parts
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts
        .filter_map(|parameter| parameter.split_once('='))
        .all(|(name, value)| {
            !name.eq_ignore_ascii_case("charset")
                || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        });
    let is_plain = headers
        .get(header::CONTENT_ENCODING)
        .is_none_or(|coding| coding == "identity");
    if is_json && is_utf8 && is_plain {
        return Ok(());
    }
    let message = "the body must be application/json in UTF-8, and not compressed";
    let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    Err(Fault::http(status, "UNSUPPORTED_MEDIA_TYPE", message))
}

fn not_allowed(message: &'static str, allow: &'static str) -> Fault {
    Fault::http(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        message,
    )
    .with(header::ALLOW, HeaderValue::from_static(allow))
}

/// What is left of the body is not waited for.
fn cut_off(fault: Fault) -> Fault {
    fault.with(header::CONNECTION, HeaderValue::from_static("close"))
}
