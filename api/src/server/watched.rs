//! A connection whose other end may not dawdle over a header, nor over taking its answer.
//!
//! hyper's own time for a header runs while a connection is idle too, so it cannot tell a
//! browser that keeps a connection from one that sends a byte a second. Here the time runs
//! from a header's first byte.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

/// How far a connection is: even while it waits for a header, odd while a request is being
/// answered (its body has a time elsewhere).
#[derive(Clone, Debug, Default)]
pub struct Phase(Arc<AtomicUsize>);

impl Phase {
    /// A header has come, or a request has been answered.
    pub fn next(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }

    fn now(&self) -> usize {
        self.0.load(Ordering::Acquire)
    }
}

/// A stream with a time for headers and one for writing.
pub struct Watched {
    stream: TcpStream,
    phase: Phase,
    /// The phase that the last bytes were read in.
    read_in: usize,
    header: Limit,
    write: Limit,
}

/// A time that runs while something is not done. Its timer is made at first need.
struct Limit {
    time: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    is_running: bool,
}

impl Limit {
    fn new(time: Duration) -> Self {
        Self {
            time,
            timer: None,
            is_running: false,
        }
    }

    fn start(&mut self) {
        if !self.is_running {
            self.is_running = true;
            match &mut self.timer {
                Some(timer) => timer.as_mut().reset(Instant::now() + self.time),
                None => self.timer = Some(Box::pin(sleep(self.time))),
            }
        }
    }

    fn stop(&mut self) {
        self.is_running = false;
    }

    /// Ready with an error once the time is up.
    fn poll<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if let (true, Some(timer)) = (self.is_running, &mut self.timer) {
            ready!(timer.as_mut().poll(cx));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl Watched {
    /// Watches a stream.
    pub fn new(stream: TcpStream, phase: Phase, header: Duration, write: Duration) -> Self {
        Self {
            stream,
            phase,
            read_in: 0,
            header: Limit::new(header),
            write: Limit::new(write),
        }
    }

    fn watch_write<T>(
        &mut self,
        cx: &mut Context<'_>,
        poll: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.write.stop();
            return poll;
        }
        self.write.start();
        self.write.poll(cx)
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let phase = this.phase.now();
        if std::mem::replace(&mut this.read_in, phase) != phase {
            this.header.stop();
        }
        let before = buffer.filled().len();
        let poll = Pin::new(&mut this.stream).poll_read(cx, buffer);
        let is_header = phase.is_multiple_of(2);
        if is_header && buffer.filled().len() > before {
            this.header.start();
        }
        match poll {
            Poll::Pending => this.header.poll(cx),
            ready => ready,
        }
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let poll = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.watch_write(cx, poll)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let poll = Pin::new(&mut this.stream).poll_write_vectored(cx, slices);
        this.watch_write(cx, poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
