//! Subscriptions: changes reach a signed-in client as they happen, over a socket.
//!
//! The graphql-transport-ws protocol. A browser opens sockets for foreign pages as well and
//! sends its cookies along, so the sign-in is what `connection_init` carries, and the page
//! must be one of ours. An open socket outlives a session: whether it still stands is
//! looked at again and again.

mod caller;
mod messages;
mod session;

use std::{sync::Arc, time::Duration};

use async_graphql::Executor;
use poem::{
    Endpoint, FromRequest, IntoResponse, Request, Response,
    http::{HeaderMap, StatusCode, header},
    web::websocket::{WebSocket, WebSocketConfig},
};

use self::caller::Caller;
use crate::{
    answer::{Media, RETRY_AFTER},
    fault::Fault,
    gate::Gate,
    http::peer,
    server::Drain,
    transport::Transport,
};

/// The name of the protocol.
pub const PROTOCOL: &str = "graphql-transport-ws";

/// What a socket may do, and how long things may take.
#[derive(Clone, Debug)]
pub struct Manners {
    /// The pages that may open sockets, as in `Origin`: `https://rinnalla.example`.
    /// Programs send no `Origin` and are let in to sign in.
    pub origins: Vec<String>,
    /// How long a client may take to sign in.
    pub init_time: Duration,
    /// How often a client is asked whether it is there. One that has not been heard of for
    /// twice as long is let go.
    pub ping_every: Duration,
    /// How often the session is looked at again.
    pub recheck_every: Duration,
    /// How long a client may take to take in a message.
    pub send_time: Duration,
    /// The most subscriptions at once.
    pub subscriptions: usize,
    /// The largest message, in bytes.
    pub message_bytes: usize,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            init_time: Duration::from_secs(10),
            ping_every: Duration::from_secs(20),
            recheck_every: Duration::from_secs(30),
            send_time: Duration::from_secs(10),
            subscriptions: 20,
            message_bytes: 64 * 1024,
        }
    }
}

/// The endpoint that sockets are opened at.
pub struct Socket<G, E> {
    transport: Arc<Transport<G, E>>,
    manners: Arc<Manners>,
    drain: Drain,
}

impl<G: Gate, E: Executor> Socket<G, E> {
    /// Sockets for a schema, until the program is to stop.
    pub fn new(transport: Arc<Transport<G, E>>, manners: Manners, drain: Drain) -> Self {
        Self {
            transport,
            manners: Arc::new(manners),
            drain,
        }
    }

    fn refuse(&self, headers: &HeaderMap) -> Result<(), Fault> {
        if self.drain.is_stopping() {
            return Err(Fault::unavailable("this server is stopping", RETRY_AFTER));
        }
        let origins = &self.manners.origins;
        let is_ours = headers.get_all(header::ORIGIN).iter().all(|origin| {
            origins
                .iter()
                .any(|ours| ours.as_bytes() == origin.as_bytes())
        });
        if !is_ours {
            let message = "sockets are not opened for this page";
            return Err(Fault::http(StatusCode::FORBIDDEN, "FORBIDDEN", message));
        }
        let offered = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
        let is_spoken = offered
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .any(|protocol| protocol.trim() == PROTOCOL);
        if is_spoken {
            return Ok(());
        }
        Err(Fault::bad_request(
            "a socket that speaks graphql-transport-ws is expected",
        ))
    }
}

impl<G: Gate, E: Executor> Endpoint for Socket<G, E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if let Err(fault) = self.refuse(request.headers()) {
            return Ok(fault.into_response(Media::Json));
        }
        let Ok(socket) = WebSocket::from_request_without_body(&request).await else {
            let fault = Fault::bad_request("a websocket upgrade is expected");
            return Ok(fault.into_response(Media::Json));
        };
        let mut headers = request.headers().clone();
        headers.remove(header::COOKIE);
        headers.remove(header::AUTHORIZATION);
        let most = Some(self.manners.message_bytes);
        let config = WebSocketConfig::default()
            .max_message_size(most)
            .max_frame_size(most);
        let caller = Caller {
            transport: Arc::clone(&self.transport),
            headers,
            peer: peer(&request),
            token: String::new(),
        };
        let (manners, under_way) = (Arc::clone(&self.manners), self.drain.under_way());
        let opened = socket.protocols([PROTOCOL]).config(config);
        let opened =
            opened.on_upgrade(move |stream| session::run(caller, manners, stream, under_way));
        Ok(opened.into_response())
    }
}
