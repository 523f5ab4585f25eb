//! Who holds a socket, and the events that go to them: each closed at the gate before it
//! leaves, as an answer over HTTP is.

use std::{net::IpAddr, sync::Arc};

use async_graphql::{Executor, ServerError};
use futures_util::StreamExt;
use poem::{http::HeaderMap, web::websocket::Message};
use tokio::sync::mpsc;

use super::messages::{Close, FromServer};
use crate::{
    answer::{Body, Stage},
    fault::Fault,
    gate::{Credentials, Gate, Outcome, Refusal, Via},
    http::params::Params,
    limits::Checked,
    transport::Transport,
};

/// Who holds a socket.
pub struct Caller<G, E> {
    /// What is asked.
    pub transport: Arc<Transport<G, E>>,
    /// The headers that the socket was opened with.
    pub headers: HeaderMap,
    /// The other end.
    pub peer: Option<IpAddr>,
    /// The token of the sign-in.
    pub token: String,
}

/// A message of one subscription; `begun` tells it from an earlier one of the same name.
pub struct Event {
    /// What the client calls it.
    pub id: String,
    /// Which of that name.
    pub begun: u64,
    /// What is said.
    pub message: Message,
    /// Whether the subscription has ended with it.
    pub is_last: bool,
}

impl<G: Gate, E: Executor> Caller<G, E> {
    /// Asks the gate to let the caller in, or in again.
    pub async fn open(&self, via: Via) -> Result<G::Ctx, Refusal> {
        let bearer = Some(self.token.as_str());
        let who = Credentials {
            bearer,
            headers: &self.headers,
            peer: self.peer,
            via,
        };
        self.transport.gate.open(who).await
    }

    /// How a socket is closed that the gate refuses.
    pub fn close(&self, refusal: Refusal) -> Close {
        match refusal {
            Refusal::Unauthenticated => Close::UNAUTHENTICATED,
            Refusal::Forbidden => Close::FORBIDDEN,
            Refusal::RateLimited { .. } | Refusal::Unavailable { .. } | Refusal::Outdated => {
                Close::AGAIN
            }
            Refusal::Internal(_) => {
                let _logged = Fault::refused(refusal, || self.transport.gate.incident(None));
                Close::INTERNAL
            }
        }
    }

    /// Executes a subscription and sends its events until it ends.
    pub async fn follow(
        &self,
        events: &Events,
        checked: &Checked,
        params: Params,
    ) -> Result<(), Vec<ServerError>> {
        let transport = &*self.transport;
        let refused = |refusal, ctx: Option<&G::Ctx>| {
            let fault = Fault::refused(refusal, || transport.gate.incident(ctx));
            vec![fault.into_error()]
        };
        let chosen = checked.choose(params.operation_name.as_deref());
        let chosen = chosen.map_err(|fault| vec![fault.into_error()])?;
        let ctx = self
            .open(Via::Socket)
            .await
            .map_err(|refusal| refused(refusal, None))?;
        let request = transport.request(checked, &params, ctx.clone());
        let mut stream = transport.schema.execute_stream(request, None);
        while let Some(mut event) = stream.next().await {
            let incident = || transport.gate.incident(Some(&ctx));
            if transport.settle(&mut event, chosen, incident) == Stage::Refused {
                return Err(event.errors);
            }
            let errors = event.errors.len();
            let outcome = Outcome {
                kind: chosen.kind(),
                name: chosen.name(),
                errors,
            };
            let closed = transport.gate.close(&ctx, outcome).await;
            closed.map_err(|refusal| refused(refusal, Some(&ctx)))?;
            let next = FromServer::Next {
                id: &events.id,
                payload: Body::executed(&event),
            };
            events.send(next.message(), false).await;
        }
        Ok(())
    }
}

/// Where one subscription's messages go.
pub struct Events {
    /// What the client calls it.
    pub id: String,
    /// Which of that name.
    pub begun: u64,
    /// The socket's own end.
    pub to: mpsc::Sender<Event>,
}

impl Events {
    /// Sends a message to the socket.
    pub async fn send(&self, message: Message, is_last: bool) {
        let event = Event {
            id: self.id.clone(),
            begun: self.begun,
            message,
            is_last,
        };
        // A socket that has gone takes its subscriptions with it.
        let _ = self.to.send(event).await;
    }
}
