//! Whether a key file belongs to a database.
//!
//! A register that began with the wrong key file would seal new names with a key that opens none of the old ones. So
//! the database keeps a check value of each key version ([`Keys::fingerprint`], which tells nothing of the key).

use sea_orm::FromQueryResult;

use crate::error::Result;
use crate::keys::Keys;
use crate::sql::Sql;
use crate::store::Store;

/// How a key file and a database fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFit {
    /// They belong together.
    Serves,
    /// This version is another key than the one that the database was made with.
    Differs(u32),
    /// The database was sealed with this version, and the file lacks it.
    Lacks(u32),
}

#[derive(FromQueryResult)]
struct Check {
    version: i32,
    fingerprint: String,
}

/// Whether the database was ever used with keys; without, a new key file may be made for it.
pub async fn any(store: &Store) -> Result<bool> {
    Ok(!known(store).await?.is_empty())
}

/// Compares the keys that a program holds with the database as it is now.
pub async fn fit(store: &Store, keys: &Keys) -> Result<KeyFit> {
    Ok(refusal(&known(store).await?, keys).unwrap_or(KeyFit::Serves))
}

/// Compares the key file with the database, and notes the versions that are new to it.
pub async fn admit(store: &Store, keys: &Keys) -> Result<KeyFit> {
    static NOTE: Sql = Sql::new(
        "INSERT INTO key_checks (version, fingerprint) VALUES ($1, $2) ON CONFLICT (version) DO NOTHING",
    );
    if let Some(refused) = refusal(&known(store).await?, keys) {
        return Ok(refused);
    }
    for version in keys.versions() {
        if let Ok(fingerprint) = keys.fingerprint(version) {
            let note = [(version as i32).into(), fingerprint.into()];
            NOTE.run(store.writer(), note).await?;
        }
    }
    // Two programs may have begun at once with two files: the one whose note came second sees the other's here.
    fit(store, keys).await
}

async fn known(store: &Store) -> Result<Vec<Check>> {
    static KNOWN: Sql = Sql::new("SELECT version, fingerprint FROM key_checks ORDER BY version");
    KNOWN.all(store.reader(), []).await
}

fn refusal(known: &[Check], keys: &Keys) -> Option<KeyFit> {
    known.iter().find_map(|check| {
        let version = check.version as u32;
        match keys.fingerprint(version) {
            Ok(fingerprint) if fingerprint == check.fingerprint => None,
            Ok(_) => Some(KeyFit::Differs(version)),
            Err(_) => Some(KeyFit::Lacks(version)),
        }
    })
}
