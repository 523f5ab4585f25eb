//! Handing letters to a mail server: a few connections, kept while there is work, and a plain word on
//! how each letter fared.
//!
//! lettre speaks the protocol; the connections are ours, because lettre's own leave small packets
//! waiting (some twenty mails a second) and have a limit for connecting alone. What the server says
//! in words is never kept or logged: it can quote an address.

mod server;
mod verdict;
mod wire;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout, timeout_at};

use crate::delivery::{Code, Outcome, SettingsError};
use crate::message::{Letter, Sender};
use server::Server;
use verdict::{Fault, Stage};
use wire::Wire;

/// How long a parting word may take.
const PARTING: Duration = Duration::from_secs(1);

/// How much and how long. A lease has to outlive `send` by far.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at a time.
    pub connections: usize,
    /// Letters over one connection; servers have a limit of their own, often a hundred.
    pub letters: u32,
    /// For one letter from its turn to the server's word, connecting included.
    pub send: Duration,
    /// For connecting, TLS and signing in.
    pub connect: Duration,
    /// A connection that rested longer is not used again: it may be gone without a word.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4,
            letters: 100,
            send: Duration::from_secs(30),
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(10),
        }
    }
}

/// A mail server and the connections to it.
pub struct Smtp {
    server: Server,
    hello: ClientId,
    limits: Limits,
    turns: Semaphore,
    resting: Mutex<Vec<Connection>>,
}

struct Connection {
    smtp: AsyncSmtpConnection,
    letters: u32,
    rests_since: Instant,
}

impl Smtp {
    /// A server by its address. Connects to nothing yet.
    ///
    /// # Errors
    /// An address or certificates that cannot be used.
    pub fn new(
        url: &str,
        ca_file: Option<&Path>,
        from: &Sender,
        limits: Limits,
    ) -> Result<Self, SettingsError> {
        Ok(Self {
            server: Server::parse(url, ca_file)?,
            // Not the machine's name: each server on the way writes it into the mail.
            hello: ClientId::Domain(from.domain().to_owned()),
            limits,
            turns: Semaphore::new(limits.connections.max(1)),
            resting: Mutex::default(),
        })
    }

    /// The limits it keeps.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Hands a letter over. Waits for its turn first, which the limit does not count.
    pub async fn send(&self, letter: &Letter) -> Outcome {
        let Ok(_turn) = self.turns.acquire().await else {
            return Outcome::Retry(Code::Lost);
        };
        let deadline = Instant::now() + self.limits.send;
        while let Some(connection) = self.rested() {
            if let Some(outcome) = self.try_over(connection, letter, deadline).await {
                return outcome;
            }
        }
        match self.connect(deadline).await {
            Ok(fresh) => self
                .try_over(fresh, letter, deadline)
                .await
                .unwrap_or(Outcome::Retry(Code::Lost)),
            Err(outcome) => outcome,
        }
    }

    /// Takes leave of the server on every connection that rests.
    pub async fn rest(&self) {
        while let Some(connection) = self.take() {
            part(connection).await;
        }
    }

    /// Sends over one connection; `None` where the server had closed it while it rested, so that
    /// nothing has been tried yet.
    async fn try_over(
        &self,
        mut connection: Connection,
        letter: &Letter,
        deadline: Instant,
    ) -> Option<Outcome> {
        let fault = match hand_over(&mut connection.smtp, letter, deadline).await {
            Ok(()) => {
                self.keep(connection).await;
                return Some(Outcome::Sent);
            }
            Err(fault) => fault,
        };
        if connection.letters > 0 && fault.is_closed_at_start() {
            return None;
        }
        if fault.can_go_on {
            let limit = deadline.min(Instant::now() + PARTING);
            if let Ok(Ok(_)) = timeout_at(limit, connection.smtp.command(Rset)).await {
                self.keep(connection).await;
            }
        }
        Some(fault.outcome)
    }

    async fn connect(&self, deadline: Instant) -> Result<Connection, Outcome> {
        let limit = deadline.min(Instant::now() + self.limits.connect);
        let smtp = timeout_at(limit, self.open())
            .await
            .unwrap_or(Err(Outcome::Retry(Code::Timeout)))
            .inspect_err(|outcome| tracing::warn!(?outcome, "no connection to the mail server"))?;
        Ok(Connection {
            smtp,
            letters: 0,
            rests_since: Instant::now(),
        })
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Outcome> {
        let wire = Wire::open(&self.server, &self.hello).await?;
        let mut smtp = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &self.hello)
            .await
            .map_err(|error| Fault::of(Stage::Opening, &error).outcome)?;
        if let Some(credentials) = &self.server.credentials {
            smtp.auth(&[Mechanism::Plain, Mechanism::Login], credentials)
                .await
                .map_err(|error| Fault::of(Stage::SigningIn, &error).outcome)?;
        }
        Ok(smtp)
    }

    async fn keep(&self, mut connection: Connection) {
        connection.letters += 1;
        if connection.letters >= self.limits.letters {
            part(connection).await;
        } else {
            connection.rests_since = Instant::now();
            self.resting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
    }

    /// A connection that has not rested too long; those that have are dropped.
    fn rested(&self) -> Option<Connection> {
        std::iter::from_fn(|| self.take())
            .find(|connection| connection.rests_since.elapsed() < self.limits.idle)
    }

    fn take(&self) -> Option<Connection> {
        self.resting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// One letter's conversation. A connection that this leaves midway (limit, cancelled task) is
/// dropped, never kept: its next reply would be taken for another letter's.
async fn hand_over(
    smtp: &mut AsyncSmtpConnection,
    letter: &Letter,
    deadline: Instant,
) -> Result<(), Fault> {
    let from = letter.envelope.from().cloned();
    step(
        Stage::Sender,
        deadline,
        smtp.command(Mail::new(from, Vec::new())),
    )
    .await?;
    for to in letter.envelope.to() {
        step(
            Stage::Recipient,
            deadline,
            smtp.command(Rcpt::new(to.clone(), Vec::new())),
        )
        .await?;
    }
    let ready = step(Stage::Data, deadline, smtp.command(Data)).await?;
    if !ready.has_code(354) {
        return Err(Fault::out_of_step(Stage::Data));
    }
    // lettre ends the last line itself, before the dot.
    let text = letter.bytes.strip_suffix(b"\r\n").unwrap_or(&letter.bytes);
    let taken = step(Stage::Text, deadline, smtp.message(text)).await?;
    if taken.code().severity != Severity::PositiveCompletion {
        return Err(Fault::out_of_step(Stage::Text));
    }
    Ok(())
}

async fn step(
    stage: Stage,
    deadline: Instant,
    command: impl Future<Output = Result<Response, lettre::transport::smtp::Error>>,
) -> Result<Response, Fault> {
    match timeout_at(deadline, command).await {
        Ok(reply) => reply.map_err(|error| Fault::of(stage, &error)),
        Err(_) => Err(Fault::too_late(stage)),
    }
}

async fn part(mut connection: Connection) {
    // The letters are delivered; whether the goodbye is heard does not matter.
    let _ = timeout(PARTING, connection.smtp.quit()).await;
}
