//! The orderly stop: SIGTERM or Ctrl-C is told to every part of the program, and each ends in its own time.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Told once, heard by all. Cheap to clone.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

/// Tells the stop from inside the program.
pub struct Word(Arc<watch::Sender<bool>>);

impl Stop {
    /// Listens for SIGTERM and Ctrl-C from now on. A second one ends the program at once.
    pub fn on_signal() -> Self {
        Self::on_signal_or_word().0
    }

    /// The same, and a part of the program can tell the others.
    pub fn on_signal_or_word() -> (Self, Word) {
        let (tell, hear) = watch::channel(false);
        let tell = Arc::new(tell);
        let word = Word(Arc::clone(&tell));
        let mut signals = Signals::listen();
        tokio::spawn(async move {
            signals.next().await;
            tell.send_replace(true);
            // A terminal and a shell may both pass the same one on.
            tokio::time::sleep(Duration::from_secs(1)).await;
            signals.next().await;
            std::process::exit(130);
        });
        (Self(hear), word)
    }

    /// Waits until the stop is told.
    pub async fn told(mut self) {
        // The teller is never dropped before it has told: an error would mean that the program is ending anyway.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

impl Word {
    /// Tells it.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

/// The signals, listened to from when this is made: a program that says that it is up can be stopped in order.
struct Signals {
    terminate: Option<Signal>,
    interrupt: Option<Signal>,
}

impl Signals {
    fn listen() -> Self {
        Self {
            terminate: signal(SignalKind::terminate()).ok(),
            interrupt: signal(SignalKind::interrupt()).ok(),
        }
    }

    async fn next(&mut self) {
        tokio::select! {
            () = heard(&mut self.terminate) => {}
            () = heard(&mut self.interrupt) => {}
        }
    }
}

async fn heard(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}
