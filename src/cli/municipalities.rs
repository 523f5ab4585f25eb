//! `rinnalla municipalities`: the list of municipalities, which changes as they merge.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use rinnalla_domain::organisations;

use super::outcome::{Outcome, failed, tell};
use super::register;
use super::settings::{Need, Written};

/// What is done.
#[derive(Subcommand)]
pub enum Municipalities {
    /// Loads a list, all of it or nothing; loaded again, it changes nothing
    Load(Load),
}

/// A list.
#[derive(Args)]
pub struct Load {
    /// A file with the lines code;valid_from;valid_to;name_fi;name_sv;county_code
    file: PathBuf,
}

/// Does it.
pub async fn run(written: &Written, command: Municipalities) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys])?;
    let Municipalities::Load(it) = command;
    let text = std::fs::read_to_string(&it.file)
        .map_err(|fault| failed(format!("{} cannot be read: {fault}", it.file.display())))?;
    let register = register::open(&settings).await?;
    let loaded = organisations::load_municipalities(&register.store, &text)
        .await
        .map_err(|fault| failed(format!("nothing was loaded:\n{fault}")))?;
    tell!(
        "{} lines, {} of them new or changed",
        loaded.lines,
        loaded.changed
    );
    register.store.close().await?;
    Ok(())
}
