//! `rinnalla up`: the whole register in one process, for one association on one machine.

use super::api;
use super::outcome::Outcome;
use super::settings::Written;
use super::stop::Stop;
use super::{log, register};

/// Serves until it is told to stop.
pub async fn run(written: &Written) -> Outcome {
    let settings = written.check(&[])?;
    log::start(&settings);
    let register = register::open_or_make(&settings).await?;
    let listener = api::listen(&settings).await?;
    println!("GraphQL     http://{}/graphql", api::address(&listener));
    let stop = Stop::on_signal();
    let store = register.store.clone();
    api::serve(register, &settings, listener, false, stop).await?;
    store.close().await?;
    Ok(())
}
