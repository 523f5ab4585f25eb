//! Log rows of questions, on their way to the database.
//!
//! An answer goes out when its log rows are safe on the disk, and not before. A write to the disk takes about as long for
//! one request as for fifty, so those that wait at the same time are written together.

use super::writing::{self, Noted};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::together::Together;

/// Who waits to be written, and is told whether that was done.
pub(crate) type Journal = Together<Noted, bool>;

/// Writes one request's rows; returns when they are safe.
///
/// Errors: `Unavailable` where it is not known that they are.
pub(crate) async fn write(store: &Store, noted: Noted) -> Result<()> {
    let on = store.clone();
    let written = store.journal().join(noted, move |noted| {
        let on = on.clone();
        async move {
            let written = write_all(&on, &noted).await;
            if let Err(error) = &written {
                tracing::error!(
                    requests = noted.len(),
                    "log rows of questions could not be written, so these are not answered: {error}"
                );
            }
            vec![written.is_ok(); noted.len()]
        }
    });
    match written.await {
        Some(true) => Ok(()),
        Some(false) | None => Err(Error::Unavailable),
    }
}

async fn write_all(store: &Store, noted: &[Noted]) -> Result<()> {
    if store.is_postgres() {
        return writing::write(store.writer(), noted).await;
    }
    let tx = store.begin_write().await?;
    writing::write(&tx, noted).await?;
    Ok(tx.commit().await?)
}
