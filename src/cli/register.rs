//! Opening the register: the database must serve this program, and the key file must be the one it was made with.

use std::sync::Arc;

use rinnalla_domain::ctx::Register;
use rinnalla_domain::key_checks::{self, KeyFit};
use rinnalla_domain::keys::Keys;
use rinnalla_domain::store::Store;
use rinnalla_migration::Fit;

use super::outcome::{Outcome, failed};
use super::settings::{DatabaseUrl, Settings};

/// Opens a register that is in use, and refuses a database that does not serve this program.
pub async fn open(settings: &Settings) -> Outcome<Register> {
    let store = connect(&settings.database_or_file()).await?;
    refuse_unless_it_serves(&store).await?;
    let keys = read_keys(settings)?;
    admit(&store, &keys).await?;
    Ok(Register::new(store, keys, settings.clock()))
}

/// Opens a register and makes what is missing of it: the folder, the database, its tables, its key file.
pub async fn open_or_make(settings: &Settings) -> Outcome<Register> {
    let database = settings.database_or_file();
    if let DatabaseUrl::Sqlite(path) = &database {
        make_folder(path.parent())?;
    }
    let store = connect(&database).await?;
    store
        .migrate_with(|db| async move { rinnalla_migration::migrate(&db).await })
        .await
        .map_err(|fault| failed(format!("the database could not be brought up: {fault}")))?;
    refuse_unless_it_serves(&store).await?;
    let is_new = !key_checks::any(&store).await?;
    let keys = if is_new && !settings.key_file.exists() {
        make_folder(settings.key_file.parent())?;
        Keys::create_new(&settings.key_file).map_err(|fault| failed(fault.to_string()))?
    } else {
        read_keys(settings)?
    };
    admit(&store, &keys).await?;
    Ok(Register::new(store, keys, settings.clock()))
}

async fn connect(database: &DatabaseUrl) -> Outcome<Store> {
    Ok(Store::open(&database.url()).await?)
}

async fn refuse_unless_it_serves(store: &Store) -> Outcome {
    let fit = store
        .migrate_with(|db| async move { rinnalla_migration::fit(&db).await })
        .await
        .map_err(|fault| failed(format!("the database cannot be read: {fault}")))?;
    match fit {
        Fit::Serves => Ok(()),
        Fit::TooNew => Err(failed(
            "the database is newer than this program and no longer serves it: install the newer program",
        )),
        Fit::NeedsMigration => Err(failed(
            "the database is empty or older than this program: run `rinnalla migrate` first",
        )),
    }
}

/// Whether the database still serves this program and its keys: another may have been put in its place.
pub fn readiness(register: &Register) -> rinnalla_api::IsReady {
    let (store, keys) = (register.store.clone(), Arc::clone(&register.keys));
    Arc::new(move || {
        let (store, keys) = (store.clone(), Arc::clone(&keys));
        Box::pin(async move {
            let look = |db| async move { rinnalla_migration::fit(&db).await };
            matches!(store.look_with(look).await, Ok(Fit::Serves))
                && matches!(key_checks::fit(&store, &keys).await, Ok(KeyFit::Serves))
        })
    })
}

fn read_keys(settings: &Settings) -> Outcome<Keys> {
    let (keys, warning) = Keys::read(&settings.key_file).map_err(|fault| {
        failed(format!(
            "{fault}; without the key file that it was made with, no name in the register can be read"
        ))
    })?;
    if let Some(warning) = warning {
        tracing::warn!("{warning}");
    }
    Ok(keys)
}

async fn admit(store: &Store, keys: &Keys) -> Outcome {
    match key_checks::admit(store, keys).await? {
        KeyFit::Serves => Ok(()),
        KeyFit::Differs(version) => Err(failed(format!(
            "the key file is not the one that this database was made with (version {version} differs): set KEY_FILE to the right one"
        ))),
        KeyFit::Lacks(version) => Err(failed(format!(
            "the key file lacks version {version}, which this database was sealed with: set KEY_FILE to the newest one"
        ))),
    }
}

fn private() -> std::fs::DirBuilder {
    let mut folders = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    folders
}

fn make_folder(folder: Option<&std::path::Path>) -> Outcome {
    let Some(folder) = folder.filter(|it| !it.as_os_str().is_empty()) else {
        return Ok(());
    };
    // What is made here is its owner's alone: cases stand in it too, and they are not sealed.
    let made = private().recursive(true).create(folder);
    made.map_err(|fault| {
        failed(format!(
            "the folder {} cannot be made: {fault}",
            folder.display()
        ))
    })
}
