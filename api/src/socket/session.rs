//! One open socket: sign-in, subscriptions, the regular look at the session, the end.

use std::{
    collections::HashMap, convert::Infallible, io::ErrorKind, panic::AssertUnwindSafe, sync::Arc,
    time::Duration,
};

use async_graphql::{Executor, parser::types::OperationType};
use futures_util::{
    FutureExt, SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use poem::web::websocket::{Message, WebSocketStream};
use tokio::{
    sync::mpsc,
    task::{AbortHandle, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval_at, timeout},
};

use super::{
    Manners,
    caller::{Caller, Event, Events},
    messages::{Close, FromClient, FromServer, SignIn},
};
use crate::{
    fault::Fault,
    gate::{Gate, Refusal, Via},
    http::params::{self, Params},
    limits::Checked,
    server::UnderWay,
};

/// How long a client may take to take notice of the end.
const FAREWELL: Duration = Duration::from_secs(2);
/// How often in a row the session may go unchecked because what knows it does not answer.
/// Meanwhile no event can be authorised either, so nothing leaks.
const UNCHECKED: u32 = 3;
/// The longest name of a subscription.
const ID_BYTES: usize = 128;
/// How many events may wait for a slow client before their source waits too.
const WAITING: usize = 16;

/// An open and signed-in socket.
struct Session<'a, G, E> {
    caller: Arc<Caller<G, E>>,
    manners: Arc<Manners>,
    line: &'a mut Line,
    running: HashMap<String, (u64, AbortHandle)>,
    tasks: JoinSet<()>,
    events: mpsc::Sender<Event>,
    waiting: mpsc::Receiver<Event>,
    begun: u64,
    unchecked: u32,
}

/// The two halves of a socket, and how long the client may take to take in a message.
pub struct Line {
    sink: SplitSink<WebSocketStream, Message>,
    stream: SplitStream<WebSocketStream>,
    send_time: Duration,
}

/// Holds a socket from its opening to its end.
pub async fn run<G: Gate, E: Executor>(
    mut caller: Caller<G, E>,
    manners: Arc<Manners>,
    socket: WebSocketStream,
    mut under_way: UnderWay,
) {
    let (sink, stream) = socket.split();
    let mut line = Line {
        sink,
        stream,
        send_time: manners.send_time,
    };
    let whole = async {
        tokio::select! {
            signed_in = timeout(manners.init_time, sign_in(&mut caller, &mut line)) => {
                signed_in.unwrap_or(Err(Close::INIT_LATE))?;
            }
            () = under_way.stopping() => return Err(Close::STOPPING),
        }
        Session::new(caller, manners, &mut line)
            .hold(&mut under_way)
            .await
    };
    match AssertUnwindSafe(whole).catch_unwind().await {
        Ok(Ok(never)) => match never {},
        Ok(Err(Close::Gone)) => {}
        Ok(Err(Close::With(code, reason))) => line.close(code, reason).await,
        Err(_) => {
            tracing::error!("a socket panicked");
            line.close(1011, "Internal error").await;
        }
    }
}

async fn sign_in<G: Gate, E: Executor>(
    caller: &mut Caller<G, E>,
    line: &mut Line,
) -> Result<(), Close> {
    loop {
        match line.read().await? {
            None | Some(FromClient::Pong { .. } | FromClient::Complete { .. }) => {}
            Some(FromClient::Ping { .. }) => line.send(FromServer::Pong.message()).await?,
            Some(FromClient::Subscribe { .. }) => return Err(Close::UNAUTHENTICATED),
            Some(FromClient::ConnectionInit { payload }) => {
                caller.token = payload
                    .and_then(SignIn::token)
                    .ok_or(Close::UNAUTHENTICATED)?;
                caller
                    .open(Via::Socket)
                    .await
                    .map_err(|refusal| caller.close(refusal))?;
                return line.send(FromServer::ConnectionAck.message()).await;
            }
        }
    }
}

impl<'a, G: Gate, E: Executor> Session<'a, G, E> {
    fn new(caller: Caller<G, E>, manners: Arc<Manners>, line: &'a mut Line) -> Self {
        let (events, waiting) = mpsc::channel(WAITING);
        Self {
            caller: Arc::new(caller),
            manners,
            line,
            running: HashMap::new(),
            tasks: JoinSet::new(),
            events,
            waiting,
            begun: 0,
            unchecked: 0,
        }
    }

    async fn hold(mut self, under_way: &mut UnderWay) -> Result<Infallible, Close> {
        let mut ping = every(self.manners.ping_every);
        let mut recheck = every(self.manners.recheck_every);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                () = under_way.stopping() => return Err(Close::STOPPING),
                said = self.line.read() => {
                    heard = Instant::now();
                    if let Some(said) = said? {
                        self.answer(said).await?;
                    }
                }
                Some(event) = self.waiting.recv() => self.pass_on(event).await?,
                Some(_) = self.tasks.join_next() => {}
                _ = recheck.tick() => self.recheck().await?,
                _ = ping.tick() => {
                    if heard.elapsed() > self.manners.ping_every * 2 {
                        return Err(Close::Gone);
                    }
                    self.line.send(Message::Ping(Vec::new())).await?;
                }
            }
        }
    }

    async fn answer(&mut self, said: FromClient) -> Result<(), Close> {
        match said {
            FromClient::ConnectionInit { .. } => Err(Close::INIT_TWICE),
            FromClient::Ping { .. } => self.line.send(FromServer::Pong.message()).await,
            FromClient::Pong { .. } => Ok(()),
            FromClient::Complete { id } => {
                if let Some((_, task)) = self.running.remove(&id) {
                    task.abort();
                }
                Ok(())
            }
            FromClient::Subscribe { id, payload } => {
                if id.is_empty() || id.len() > ID_BYTES {
                    return Err(Close::BAD_MESSAGE);
                }
                if self.running.contains_key(&id) {
                    return Err(Close::TWICE);
                }
                match self.prepare(&payload) {
                    Ok(checked) => {
                        self.begin(id, checked, payload);
                        Ok(())
                    }
                    Err(fault) => {
                        let payload = &[fault.into_error()];
                        self.line
                            .send(FromServer::Error { id: &id, payload }.message())
                            .await
                    }
                }
            }
        }
    }

    fn prepare(&self, params: &Params) -> Result<Arc<Checked>, Fault> {
        let most = self.manners.subscriptions;
        if self.running.len() >= most {
            return Err(Fault::over("subscriptions", most));
        }
        let transport = &self.caller.transport;
        let (checked, _) = transport.find(&params.query)?;
        let chosen = checked.choose(params.operation_name.as_deref())?;
        if chosen.kind() != OperationType::Subscription {
            let message = "queries and mutations come over HTTP";
            return Err(Fault::document("SUBSCRIPTIONS_ONLY", message));
        }
        transport.check(chosen, params)?;
        Ok(checked)
    }

    fn begin(&mut self, id: String, checked: Arc<Checked>, params: Params) {
        self.begun += 1;
        let events = Events {
            id: id.clone(),
            begun: self.begun,
            to: self.events.clone(),
        };
        let caller = Arc::clone(&self.caller);
        let task = self.tasks.spawn(async move {
            let followed = AssertUnwindSafe(caller.follow(&events, &checked, params));
            let ended = followed.catch_unwind().await.unwrap_or_else(|panic| {
                let incident = caller.transport.gate.incident(None);
                Err(vec![Fault::panicked(panic.as_ref(), incident).into_error()])
            });
            let id = &events.id;
            let last = match &ended {
                Ok(()) => FromServer::Complete { id },
                Err(payload) => FromServer::Error { id, payload },
            };
            events.send(last.message(), true).await;
        });
        self.running.insert(id, (self.begun, task));
    }

    /// Passes an event on, unless its subscription has been ended meanwhile.
    async fn pass_on(&mut self, event: Event) -> Result<(), Close> {
        if self
            .running
            .get(&event.id)
            .is_none_or(|(begun, _)| *begun != event.begun)
        {
            return Ok(());
        }
        if event.is_last {
            self.running.remove(&event.id);
        }
        self.line.send(event.message).await
    }

    async fn recheck(&mut self) -> Result<(), Close> {
        let checked = timeout(self.manners.init_time, self.caller.open(Via::Recheck)).await;
        match checked {
            Ok(Ok(_)) => {
                self.unchecked = 0;
                Ok(())
            }
            Ok(Err(refusal @ (Refusal::Unauthenticated | Refusal::Forbidden))) => {
                Err(self.caller.close(refusal))
            }
            Ok(Err(_)) | Err(_) => {
                self.unchecked += 1;
                if self.unchecked < UNCHECKED {
                    Ok(())
                } else {
                    Err(Close::AGAIN)
                }
            }
        }
    }
}

impl Line {
    /// What the client says; nothing for the websocket's own pings and pongs.
    async fn read(&mut self) -> Result<Option<FromClient>, Close> {
        match self.stream.next().await {
            Some(Ok(Message::Text(text))) => match params::object(text.as_bytes()) {
                Ok(said) => Ok(Some(said)),
                Err(_) => Err(Close::BAD_MESSAGE),
            },
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
            Some(Ok(Message::Binary(_))) => Err(Close::BAD_MESSAGE),
            // Not the network, so the protocol: a message that is too long, for one.
            Some(Err(error)) if error.kind() == ErrorKind::Other => Err(Close::BAD_MESSAGE),
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Close::Gone),
        }
    }

    async fn send(&mut self, message: Message) -> Result<(), Close> {
        match timeout(self.send_time, self.sink.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Close::Gone),
        }
    }

    async fn close(mut self, code: u16, reason: &'static str) {
        let farewell = async {
            self.sink
                .send(Message::close_with(code, reason))
                .await
                .ok()?;
            // Without reading on, a reset could overtake the reason for closing.
            while let Some(Ok(_)) = self.stream.next().await {}
            Some(())
        };
        let _ = timeout(FAREWELL, farewell).await;
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
