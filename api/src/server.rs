//! Listens, and lets go in good order.
//!
//! poem's own server waits for ever for a header, takes 256 KB of it, and spins when it
//! cannot accept; so the connections are accepted here and given to poem's routes. Each
//! has a time for its header, for being idle, and for taking in what it asked for. When
//! the program is to stop, [`Drain`] tells everyone: readiness goes off, nothing new is
//! accepted, what is under way is finished, sockets are closed.

mod watched;

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::{
    Addr, Endpoint, EndpointExt, IntoEndpoint, Response,
    http::{StatusCode, uri::Scheme},
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

use self::watched::{Phase, Watched};

/// How long connections may take, and how many there may be.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a header, from its first byte.
    pub header: Duration,
    /// For the next request on an open connection. Longer than a proxy keeps its
    /// connections, or the proxy sends a request into one that is being closed.
    pub idle: Duration,
    /// For the client to take in a part of its answer.
    pub write: Duration,
    /// For what is under way when the program is to stop.
    pub drain: Duration,
    /// The largest header, in bytes.
    pub header_bytes: usize,
    /// The most connections at once; further ones wait to be accepted.
    pub connections: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            write: Duration::from_secs(30),
            drain: Duration::from_secs(15),
            header_bytes: 32 * 1024,
            connections: 1_024,
        }
    }
}

/// Tells connections and sockets that the program is to stop, and knows when all are done.
#[derive(Clone, Debug)]
pub struct Drain(Arc<watch::Sender<bool>>);

/// Held by whatever is under way; the program waits until it is dropped.
#[derive(Debug)]
pub struct UnderWay(watch::Receiver<bool>);

impl Default for Drain {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Drain {
    /// Whether the program is to stop: readiness is then off.
    pub fn is_stopping(&self) -> bool {
        *self.0.borrow()
    }

    /// Says that the program is to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Something that the program is to wait for.
    pub fn under_way(&self) -> UnderWay {
        UnderWay(self.0.subscribe())
    }

    async fn is_done(&self) {
        self.0.closed().await;
    }
}

impl UnderWay {
    /// Ends when the program is to stop.
    pub async fn stopping(&mut self) {
        // The sender cannot have gone without having been told to stop.
        let _ = self.0.wait_for(|is_stopping| *is_stopping).await;
    }
}

/// Serves the routes until `stop` ends, then drains.
///
/// # Errors
/// If the listener has no address.
pub async fn serve<E>(
    listener: TcpListener,
    routes: E,
    drain: Drain,
    patience: Patience,
    stop: impl Future<Output = ()>,
) -> io::Result<()>
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    let local = listener.local_addr()?;
    let routes = Arc::new(routes.into_endpoint().map_to_response());
    let places = Arc::new(Semaphore::new(patience.connections));
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    tracing::info!(%local, "listening");
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => {}
            accepted = accept(&listener, &places) => {
                let Some((stream, peer, place)) = accepted else { continue };
                let (routes, drain) = (Arc::clone(&routes), drain.clone());
                connections.spawn(async move {
                    connection(stream, [local, peer], routes, drain, patience).await;
                    drop(place);
                });
            }
        }
    }
    drain.stop();
    drop(listener);
    tracing::info!(
        connections = connections.len(),
        "stopping: finishing what is under way"
    );
    if timeout(patience.drain, drain.is_done()).await.is_err() {
        tracing::warn!(
            connections = connections.len(),
            "stopping: cutting off what is not done"
        );
        connections.shutdown().await;
    }
    Ok(())
}

type Place = tokio::sync::OwnedSemaphorePermit;

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, Place)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Small answers would otherwise wait for the client's acknowledgement.
            let _ = stream.set_nodelay(true);
            Some((stream, peer, place))
        }
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn connection<E>(
    stream: TcpStream,
    [local, peer]: [SocketAddr; 2],
    routes: Arc<E>,
    drain: Drain,
    patience: Patience,
) where
    E: Endpoint<Output = Response> + 'static,
{
    let mut under_way = drain.under_way();
    let phase = Phase::default();
    let stream = Watched::new(stream, phase.clone(), patience.header, patience.write);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (routes, phase) = (Arc::clone(&routes), phase.clone());
        phase.next();
        async move {
            let local = LocalAddr(Addr::from(local));
            let remote = RemoteAddr(Addr::from(peer));
            let request = (request, local, remote, Scheme::HTTP).into();
            let response = routes.get_response(request).await;
            if response.status() != StatusCode::SWITCHING_PROTOCOLS {
                phase.next();
            }
            Ok::<hyper::Response<_>, Infallible>(response.into())
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.idle)
        .max_header_size(patience.header_bytes)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = under_way.stopping() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Ends when the program is told to stop: SIGTERM, or Ctrl-C at a terminal.
///
/// # Errors
/// If the signals cannot be listened to.
pub fn told_to_stop() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Serves one page of text, made anew each time it is asked for, until `stop` ends. For a door of its own, which is
/// not the public one.
///
/// # Errors
/// If the listener has no address.
pub async fn serve_page<F>(
    listener: TcpListener,
    path: &'static str,
    content_type: &'static str,
    page: impl Fn() -> F + Send + Sync + 'static,
    stop: impl Future<Output = ()>,
) -> io::Result<()>
where
    F: Future<Output = String> + Send + 'static,
{
    let page = poem::endpoint::make(move |_| {
        let text = page();
        async move {
            Response::builder()
                .content_type(content_type)
                .body(text.await)
        }
    });
    let routes = poem::Route::new().at(path, poem::get(page));
    serve(
        listener,
        routes,
        Drain::default(),
        Patience::default(),
        stop,
    )
    .await
}

/// How long what must hold may take to show: whoever asks for readiness does not wait longer either.
const READY_TIME: Duration = Duration::from_secs(3);

/// A route that answers 200 while the program takes requests and 503 once it is to stop.
/// `is_ready` adds what else must hold, such as the store's answering.
pub fn readiness<F>(drain: Drain, is_ready: impl Fn() -> F + Send + Sync + 'static) -> impl Endpoint
where
    F: Future<Output = bool> + Send,
{
    poem::endpoint::make(move |_| {
        let ready = (!drain.is_stopping()).then(&is_ready);
        async move {
            let is_ready = match ready {
                Some(ready) => timeout(READY_TIME, ready).await.unwrap_or(false),
                None => false,
            };
            if is_ready {
                StatusCode::OK
            } else {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    })
}
