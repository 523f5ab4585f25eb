//! Log rows of questions, on their way to the database.
//!
//! An answer goes out when its log rows are safe on the disk, and not before. A write to the disk takes about as long for
//! one request as for fifty, so those that wait at the same time are written together: whoever comes while a write is
//! under way goes with the next one. Nobody waits for company: alone, a request is written at once.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::writing::{self, Noted};
use crate::error::{Error, Result};
use crate::store::Store;

/// The most requests that are written together: a transaction that fails takes no more answers with it.
const TOGETHER: usize = 64;

/// Who waits to be written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal(Arc<Mutex<Queue>>);

#[derive(Default)]
struct Queue {
    waiting: Vec<(Noted, oneshot::Sender<bool>)>,
    is_writing: bool,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} waiting", self.waiting.len())
    }
}

impl Journal {
    /// Writes one request's rows; returns when they are safe.
    ///
    /// Errors: `Unavailable` where it is not known that they are.
    pub(crate) async fn write(&self, store: &Store, noted: Noted) -> Result<()> {
        let (done, told) = oneshot::channel();
        let begins = {
            let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            queue.waiting.push((noted, done));
            !std::mem::replace(&mut queue.is_writing, true)
        };
        if begins {
            // On its own, since a request may be given up while others wait for what it writes.
            tokio::spawn(self.clone().write_all(store.clone()));
        }
        match told.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(Error::Unavailable),
        }
    }

    async fn write_all(self, store: Store) {
        while let Some(batch) = self.next() {
            let (noted, waiting): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
            let written = write(&store, &noted).await;
            if let Err(error) = &written {
                tracing::error!(
                    requests = noted.len(),
                    "log rows of questions could not be written, so these are not answered: {error}"
                );
            }
            for one in waiting {
                // Somebody who gave up is told nothing.
                let _ = one.send(written.is_ok());
            }
        }
    }

    /// Those who go next; none where nobody waits, and then the next to come begins anew.
    fn next(&self) -> Option<Vec<(Noted, oneshot::Sender<bool>)>> {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let many = queue.waiting.len().min(TOGETHER);
        queue.is_writing = many > 0;
        (many > 0).then(|| queue.waiting.drain(..many).collect())
    }
}

async fn write(store: &Store, noted: &[Noted]) -> Result<()> {
    if store.is_postgres() {
        return writing::write(store.writer(), noted).await;
    }
    let tx = store.begin_write().await?;
    writing::write(&tx, noted).await?;
    Ok(tx.commit().await?)
}
