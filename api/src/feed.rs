//! The news of one process: what acts changed, whichever process they went through, for whoever listens here.
//!
//! The database alone knows what every process does, so it is read again and again; one reader serves all listeners
//! of the process, and there is none while nobody listens.

use std::sync::Arc;
use std::time::Duration;

use rinnalla_domain::ctx::Register;
use rinnalla_domain::dashboards::{Change, News};
use rinnalla_domain::error::Result;
use tokio::sync::{Mutex, broadcast};
use tokio::task::JoinHandle;

/// How often the news are read.
const EVERY: Duration = Duration::from_millis(500);
/// How many readings with something new a listener may be behind before it is told to begin again.
const BEHIND: usize = 256;

/// The news of one process. Cheap to clone.
#[derive(Clone)]
pub struct Feed(Arc<Inner>);

struct Inner {
    register: Register,
    news: broadcast::Sender<Arc<[Change]>>,
    reader: Mutex<Option<JoinHandle<()>>>,
}

impl Feed {
    /// The news of a register. Nothing is read until somebody listens.
    pub fn new(register: Register) -> Self {
        Self(Arc::new(Inner {
            register,
            news: broadcast::Sender::new(BEHIND),
            reader: Mutex::new(None),
        }))
    }

    /// The register that it tells of.
    pub fn register(&self) -> &Register {
        &self.0.register
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        self.0.news.receiver_count()
    }

    /// Listens: everything that is committed from now on will be heard of.
    ///
    /// Errors: `Unavailable` where the database does not answer.
    pub async fn listen(&self) -> Result<broadcast::Receiver<Arc<[Change]>>> {
        // Before the reader is looked at: one that is about to leave sees that somebody has come.
        let heard = self.0.news.subscribe();
        let mut reader = self.0.reader.lock().await;
        if reader.as_ref().is_none_or(JoinHandle::is_finished) {
            let news = News::begin(&self.0.register).await?;
            *reader = Some(tokio::spawn(read(Arc::clone(&self.0), news)));
        }
        Ok(heard)
    }
}

async fn read(feed: Arc<Inner>, mut news: News) {
    loop {
        tokio::time::sleep(EVERY).await;
        {
            let mut reader = feed.reader.lock().await;
            if feed.news.receiver_count() == 0 {
                *reader = None;
                return;
            }
        }
        match news.next().await {
            Ok(changes) if changes.is_empty() => {}
            // Fails only where the last listener has just gone.
            Ok(changes) => drop(feed.news.send(changes.into())),
            // Nothing is lost: the next reading goes on from the same place.
            Err(error) => tracing::warn!(%error, "the news could not be read"),
        }
    }
}
