//! Log rows of questions, on their way to the database.
//!
//! An answer goes out when its log rows are safe on the disk, and not before. A write to the disk takes about as long for
//! one request as for fifty, so those that wait at the same time are written together.

//!
//! The same statement looks whether what was remembered of the askers still holds ([`crate::access::remembered`]): a
//! question of somebody whose rights have changed is neither answered nor logged, but asked again.

use super::writing::{self, Noted};
use crate::access::Rights;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::together::Together;

/// Who waits to be written, and is told what came of it.
pub(crate) type Journal = Together<Entry, Written>;

/// What one request waits for.
pub(crate) struct Entry {
    /// Where rights are to stand, for somebody who is remembered.
    pub rights: Option<Rights>,
    /// What it has looked at; nothing, where only that is asked.
    pub noted: Option<Noted>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// The rows are safe, and rights stand where they were to stand.
    Safe,
    /// Rights have changed, and nothing was written.
    Outdated,
    /// It is not known.
    Unknown,
}

/// Writes one request's rows; returns when they are safe. Whether what was remembered holds.
///
/// Errors: `Unavailable` where it is not known that they are.
pub(crate) async fn write(store: &Store, entry: Entry) -> Result<bool> {
    let on = store.clone();
    let written = store.journal().join(entry, move |entries| {
        let on = on.clone();
        async move {
            let written = write_all(&on, &entries).await;
            written.unwrap_or_else(|error| {
                tracing::error!(
                    requests = entries.len(),
                    "log rows of questions could not be written, so these are not answered: {error}"
                );
                vec![Written::Unknown; entries.len()]
            })
        }
    });
    match written.await {
        Some(Written::Safe) => Ok(true),
        Some(Written::Outdated) => Ok(false),
        Some(Written::Unknown) | None => Err(Error::Unavailable),
    }
}

async fn write_all(store: &Store, entries: &[Entry]) -> Result<Vec<Written>> {
    // The number only grows: who remembers less than another is out of date, wherever it stands now.
    let newest = entries.iter().filter_map(|entry| entry.rights).max();
    let may_hold = |entry: &&Entry| entry.rights.is_none() || entry.rights == newest;
    let hold = write_if(store, newest, entries.iter().filter(may_hold)).await?;
    if !hold {
        let unasked = entries.iter().filter(|entry| entry.rights.is_none());
        write_if(store, None, unasked).await?;
    }
    let came = |entry: &Entry| match entry.rights {
        Some(_) if !hold || entry.rights != newest => Written::Outdated,
        _ => Written::Safe,
    };
    Ok(entries.iter().map(came).collect())
}

async fn write_if<'a>(
    store: &Store,
    rights: Option<Rights>,
    entries: impl Iterator<Item = &'a Entry> + Clone,
) -> Result<bool> {
    let noted = entries.filter_map(|entry| entry.noted.as_ref());
    if store.is_postgres() || noted.clone().next().is_none() {
        return writing::write(store.writer(), rights, noted).await;
    }
    let tx = store.begin_write().await?;
    let hold = writing::write(&tx, rights, noted).await?;
    tx.commit().await?;
    Ok(hold)
}
