//! The bytes between us and the server: a TCP stream that sends small packets at once, in TLS where
//! the server is not this machine.
//!
//! STARTTLS is asked for here and not through lettre, for two reasons. Nothing is read ahead in the
//! clear, so what somebody slips in before TLS begins cannot be taken for the server's word
//! afterwards. And both ways into TLS share one set of trusted certificates.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use lettre::transport::smtp::commands::{Ehlo, Starttls};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::server::{Security, Server, Tls};
use super::verdict::{Stage, is_tls, of_reply};
use crate::delivery::{Code, Outcome};

/// More than any server says before TLS begins.
const LONGEST_REPLY: usize = 16 * 1024;

/// lettre waits for a greeting, which has been given before STARTTLS and is not given again.
const GREETING_GIVEN: &[u8] = b"220 greeted\r\n";

#[derive(Debug)]
pub(super) struct Wire {
    socket: Socket,
    greeting: &'static [u8],
}

#[derive(Debug)]
enum Socket {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

struct Reply {
    code: u16,
    text: String,
}

impl Wire {
    pub(super) async fn open(server: &Server, hello: &ClientId) -> Result<Self, Outcome> {
        let mut tcp = TcpStream::connect((server.host.as_str(), server.port))
            .await
            .map_err(|error| of_error(&error, Code::Unreachable))?;
        tcp.set_nodelay(true)
            .map_err(|error| of_error(&error, Code::Unreachable))?;
        match &server.security {
            Security::Plain => {
                if !tcp.peer_addr().is_ok_and(|peer| peer.ip().is_loopback()) {
                    return Err(Outcome::ConfigurationTrouble(Code::TlsRequired));
                }
                Ok(Self {
                    socket: Socket::Plain(tcp),
                    greeting: b"",
                })
            }
            Security::StartTls(tls) => {
                ask_for_tls(&mut tcp, hello).await?;
                Ok(Self {
                    socket: secure(tcp, tls).await?,
                    greeting: GREETING_GIVEN,
                })
            }
            Security::Tls(tls) => Ok(Self {
                socket: secure(tcp, tls).await?,
                greeting: b"",
            }),
        }
    }
}

async fn ask_for_tls(tcp: &mut TcpStream, hello: &ClientId) -> Result<(), Outcome> {
    wanted(read_reply(tcp).await, 220)?;
    let features = wanted(ask(tcp, &Ehlo::new(hello.clone()).to_string()).await, 250)?.text;
    let offers_tls = features.lines().any(|line| {
        line.get(4..)
            .is_some_and(|feature| feature.trim().eq_ignore_ascii_case("STARTTLS"))
    });
    if !offers_tls {
        return Err(Outcome::ConfigurationTrouble(Code::TlsRequired));
    }
    wanted(ask(tcp, &Starttls.to_string()).await, 220)?;
    Ok(())
}

fn wanted(reply: io::Result<Reply>, code: u16) -> Result<Reply, Outcome> {
    match reply {
        Ok(reply) if reply.code == code => Ok(reply),
        Ok(reply) if reply.code >= 400 => Err(of_reply(Stage::Opening, reply.code)),
        Ok(_) => Err(Outcome::Retry(Code::Lost)),
        Err(error) => Err(of_error(&error, Code::Lost)),
    }
}

async fn ask(tcp: &mut TcpStream, command: &str) -> io::Result<Reply> {
    tcp.write_all(command.as_bytes()).await?;
    read_reply(tcp).await
}

/// Reads one reply byte by byte, and nothing that comes after it.
async fn read_reply(tcp: &mut TcpStream) -> io::Result<Reply> {
    let (mut text, mut line) = (Vec::new(), 0);
    while text.len() < LONGEST_REPLY {
        let byte = tcp.read_u8().await?;
        text.push(byte);
        if byte != b'\n' {
            continue;
        }
        let (code, mark) = (text.get(line..line + 3), text.get(line + 3));
        if mark != Some(&b'-') {
            let code = code.and_then(|code| std::str::from_utf8(code).ok()?.parse().ok());
            let code = code.ok_or(io::ErrorKind::InvalidData)?;
            return Ok(Reply {
                code,
                text: String::from_utf8_lossy(&text).into_owned(),
            });
        }
        line = text.len();
    }
    Err(io::ErrorKind::InvalidData.into())
}

async fn secure(tcp: TcpStream, tls: &Tls) -> Result<Socket, Outcome> {
    match tls.connector.connect(tls.name.clone(), tcp).await {
        Ok(stream) => Ok(Socket::Tls(Box::new(stream))),
        Err(error) => {
            if let Some(cause) = error.get_ref().and_then(|cause| cause.downcast_ref()) {
                let cause: &rustls::Error = cause;
                tracing::warn!(%cause, "TLS with the mail server failed");
            }
            Err(of_error(&error, Code::Lost))
        }
    }
}

fn of_error(error: &io::Error, otherwise: Code) -> Outcome {
    Outcome::Retry(match error.kind() {
        _ if is_tls(error) => Code::Tls,
        io::ErrorKind::ConnectionRefused => Code::Refused,
        io::ErrorKind::TimedOut => Code::Timeout,
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof => Code::Lost,
        _ => otherwise,
    })
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.socket {
            Socket::Plain(tcp) => tcp.peer_addr(),
            Socket::Tls(tls) => tls.get_ref().0.peer_addr(),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.greeting.is_empty() {
            let (now, later) = self
                .greeting
                .split_at(self.greeting.len().min(buf.remaining()));
            buf.put_slice(now);
            self.greeting = later;
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        let read = match &mut self.socket {
            Socket::Plain(tcp) => Pin::new(tcp).poll_read(cx, buf),
            Socket::Tls(tls) => Pin::new(tls).poll_read(cx, buf),
        };
        // lettre gives up on a reply that is not UTF-8, though its number is clear: a letter that was
        // taken with a word in Latin-1 would be sent again and again.
        for byte in buf.filled_mut()[before..]
            .iter_mut()
            .filter(|byte| !byte.is_ascii())
        {
            *byte = b'?';
        }
        read
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.socket {
            Socket::Plain(tcp) => Pin::new(tcp).poll_write(cx, buf),
            Socket::Tls(tls) => Pin::new(tls).poll_write(cx, buf),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.socket {
            Socket::Plain(tcp) => Pin::new(tcp).poll_flush(cx),
            Socket::Tls(tls) => Pin::new(tls).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.socket {
            Socket::Plain(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Socket::Tls(tls) => Pin::new(tls).poll_shutdown(cx),
        }
    }
}
