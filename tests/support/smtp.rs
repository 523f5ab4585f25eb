//! A mail server that does as the test says, recipient by recipient, and keeps what it was given.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// What becomes of one letter to a recipient.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Accept,
    /// This reply to RCPT.
    RefuseRecipient(u16),
    /// This reply after the final dot.
    RefuseText(u16),
    /// Closes when the text begins.
    DropBeforeDot,
    /// Takes the letter, and closes without a word.
    DropAfterDot,
    /// Accepts with a word that is not UTF-8.
    AcceptInLatin1,
    /// Never answers RCPT.
    Silence,
    /// Takes the letter and never says so.
    SilenceAfterDot,
    /// Accepts, each reply this late.
    Slow(Duration),
    /// Accepts and closes the connection after this letter, as servers do with those that rest.
    AcceptAndClose,
}

/// How the server is towards everybody.
#[derive(Clone, Default)]
pub struct Manner {
    /// Instead of 220.
    pub greeting: Option<u16>,
    /// Instead of 250 to MAIL FROM.
    pub sender: Option<u16>,
    /// Asks for `AUTH PLAIN` with this initial response (base64), or answers 535.
    pub sign_in: Option<&'static str>,
    /// Offers STARTTLS.
    pub starttls: Option<TlsAcceptor>,
    /// TLS from the first byte.
    pub tls: Option<TlsAcceptor>,
    /// Sent in the clear right behind the answer to STARTTLS.
    pub slipped_in: &'static [u8],
}

#[derive(Clone, Debug, Default)]
pub struct Received {
    pub to: String,
    pub from: String,
    /// As it came, dots still doubled, without the final one.
    pub raw: String,
}

#[derive(Default)]
struct Seen {
    script: Mutex<HashMap<String, VecDeque<Act>>>,
    received: Mutex<Vec<Received>>,
    commands: Mutex<Vec<String>>,
    connections: Mutex<usize>,
}

pub struct Listener {
    pub address: SocketAddr,
    seen: Arc<Seen>,
}

impl Listener {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let served = seen.clone();
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                tcp.set_nodelay(true).unwrap();
                *served.connections.lock().unwrap() += 1;
                let (manner, seen) = (manner.clone(), served.clone());
                tokio::spawn(async move {
                    let stream: Box<dyn Stream> = match &manner.tls {
                        Some(tls) => Box::new(tls.accept(tcp).await.ok()?),
                        None => Box::new(tcp),
                    };
                    converse(stream, &manner, &seen).await
                });
            }
        });
        Self { address, seen }
    }

    /// What becomes of the next letters to this recipient, one after the other; the last act stays.
    pub fn on(&self, recipient: &str, acts: &[Act]) {
        let acts = acts.iter().copied().collect();
        self.seen
            .script
            .lock()
            .unwrap()
            .insert(recipient.to_owned(), acts);
    }

    pub fn received(&self) -> Vec<Received> {
        self.seen.received.lock().unwrap().clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.seen.commands.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.seen.connections.lock().unwrap()
    }
}

fn next_act(seen: &Seen, recipient: &str) -> Act {
    let mut script = seen.script.lock().unwrap();
    match script.get_mut(recipient) {
        Some(acts) if acts.len() > 1 => acts.pop_front().unwrap(),
        Some(acts) => acts.front().copied().unwrap_or(Act::Accept),
        None => Act::Accept,
    }
}

/// A stream with or without TLS.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Ends with the connection, whoever ends it.
async fn converse(stream: Box<dyn Stream>, manner: &Manner, seen: &Seen) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut offered = manner.starttls.clone();
    let greeting = format!("{} localhost\r\n", manner.greeting.unwrap_or(220));
    stream.write_all(greeting.as_bytes()).await.ok()?;
    let mut letter = Received::default();
    let mut act = Act::Accept;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        seen.commands.lock().unwrap().push(line.clone());
        let argument = line
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'));
        let argument = argument.map(|(address, _)| address.to_owned());
        let reply = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => {
                let tls = if offered.is_some() {
                    "250-STARTTLS\r\n"
                } else {
                    ""
                };
                let auth = if manner.sign_in.is_some() {
                    "250-AUTH PLAIN LOGIN\r\n"
                } else {
                    ""
                };
                format!("250-localhost\r\n{tls}{auth}250 8BITMIME\r\n")
            }
            "STARTTLS" => {
                let go = [b"220 go ahead\r\n", manner.slipped_in].concat();
                stream.write_all(&go).await.ok()?;
                let tls = offered.take()?.accept(stream.into_inner()).await.ok()?;
                stream = BufReader::new(Box::new(tls));
                continue;
            }
            "AUTH" if line.strip_prefix("AUTH PLAIN ") == manner.sign_in => "235 in\r\n".into(),
            "AUTH" => "535 no\r\n".into(),
            "MAIL" => {
                letter = Received {
                    from: argument?,
                    ..Received::default()
                };
                format!("{} sender\r\n", manner.sender.unwrap_or(250))
            }
            "RCPT" => {
                letter.to = argument?;
                act = next_act(seen, &letter.to);
                match act {
                    Act::Silence => std::future::pending().await,
                    Act::RefuseRecipient(code) => format!("{code} <{}> refused\r\n", letter.to),
                    _ => "250 recipient\r\n".into(),
                }
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                if matches!(act, Act::DropBeforeDot) {
                    return None;
                }
                loop {
                    let from = letter.raw.len();
                    if stream.read_line(&mut letter.raw).await.ok()? == 0 {
                        return None;
                    }
                    if &letter.raw[from..] == ".\r\n" {
                        letter.raw.truncate(from);
                        break;
                    }
                }
                if let Act::RefuseText(code) = act {
                    format!("{code} text refused\r\n")
                } else {
                    seen.received
                        .lock()
                        .unwrap()
                        .push(std::mem::take(&mut letter));
                    match act {
                        Act::DropAfterDot => return None,
                        Act::AcceptInLatin1 => {
                            stream.write_all(b"250 v\xe4lkommen\r\n").await.ok()?;
                            continue;
                        }
                        Act::SilenceAfterDot => std::future::pending().await,
                        _ => "250 taken\r\n".into(),
                    }
                }
            }
            "QUIT" => "221 bye\r\n".into(),
            _ => "250 ok\r\n".into(),
        };
        if let Act::Slow(late) = act {
            tokio::time::sleep(late).await;
        }
        stream.write_all(reply.as_bytes()).await.ok()?;
        let is_taken = reply.starts_with("250 taken");
        if line == "QUIT" || (is_taken && matches!(act, Act::AcceptAndClose)) {
            return None;
        }
    }
}
