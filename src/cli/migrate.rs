//! `rinnalla migrate`: makes the database or brings it up to this program. Run it before a new version of the
//! program starts; old and new programs may run side by side meanwhile.

use super::outcome::{Outcome, tell};
use super::register;
use super::settings::{Need, Written};

/// Migrates, and makes the key file of a new register.
pub async fn run(written: &Written) -> Outcome {
    let settings = written.check(&[Need::Database])?;
    let register = register::open_or_make(&settings).await?;
    tell!(
        "The database is at level {}; its keys are in {}.",
        rinnalla_migration::LEVEL,
        settings.key_file.display()
    );
    register.store.close().await?;
    Ok(())
}
