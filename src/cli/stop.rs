//! The orderly stop: SIGTERM or Ctrl-C is told to every part of the program, and each ends in its own time.

use tokio::sync::watch;

/// Told once, heard by all. Cheap to clone.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Listens for SIGTERM and Ctrl-C from now on. A second one ends the program at once.
    pub fn on_signal() -> Self {
        let (tell, hear) = watch::channel(false);
        tokio::spawn(async move {
            signal().await;
            let _ = tell.send(true);
            signal().await;
            std::process::exit(130);
        });
        Self(hear)
    }

    /// Waits until the stop is told.
    pub async fn told(mut self) {
        // The teller is never dropped before it has told: an error would mean that the program is ending anyway.
        let _ = self.0.wait_for(|stop| *stop).await;
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
