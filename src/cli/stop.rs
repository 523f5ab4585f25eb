//! The orderly stop: SIGTERM or Ctrl-C is told to every part of the program, and each ends in its own time.

use std::sync::Arc;
use std::time::Duration;

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
        tokio::spawn(async move {
            signal().await;
            tell.send_replace(true);
            // A terminal and a shell may both pass the same one on.
            tokio::time::sleep(Duration::from_secs(1)).await;
            signal().await;
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

async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
