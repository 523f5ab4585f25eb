//! `rinnalla api`: serves GraphQL. Any number of these may run over one database.

use std::sync::Arc;

use rinnalla_domain::ctx::Register;
use tokio::net::TcpListener;

use super::metrics::{self, Metrics};
use super::outcome::{Outcome, failed};
use super::settings::{LISTEN, Need, Settings, Written};
use super::stop::Stop;
use super::{log, register};

/// Serves until it is told to stop.
pub async fn run(written: &Written) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys])?;
    log::start(&settings);
    let stop = Stop::on_signal();
    let register = register::open(&settings).await?;
    let listener = listen(&settings).await?;
    tracing::info!("the API listens on {}", address(&listener));
    let metrics = metrics::open(&settings, None, &stop).await?;
    let store = register.store.clone();
    let usual = Begun {
        is_trial: false,
        metrics,
    };
    serve(register, &settings, listener, usual, stop).await?;
    store.close().await?;
    Ok(())
}

/// Opens the door.
pub async fn listen(settings: &Settings) -> Outcome<TcpListener> {
    let address = settings.listen.unwrap_or(LISTEN);
    TcpListener::bind(address).await.map_err(|fault| {
        failed(format!(
            "nothing can listen on {address}: {fault}; set LISTEN"
        ))
    })
}

/// The address that was opened, as text.
pub fn address(listener: &TcpListener) -> String {
    listener
        .local_addr()
        .map_or_else(|_| "?".to_owned(), |address| address.to_string())
}

/// How the API is begun, beside its settings.
pub struct Begun {
    /// Whether introspection is on unless the settings say otherwise.
    pub is_trial: bool,
    /// Where answers are counted.
    pub metrics: Option<Arc<Metrics>>,
}

/// Serves at a door that is open.
pub async fn serve(
    register: Register,
    settings: &Settings,
    listener: TcpListener,
    begun: Begun,
    stop: Stop,
) -> Outcome {
    let api = rinnalla_api::Settings {
        allowed_origins: settings.allowed_origins.clone(),
        is_development: settings.development.unwrap_or(begun.is_trial),
        trusted_documents: settings.trusted_documents.clone(),
        is_ready: Some(register::readiness(&register)),
        on_answer: begun.metrics.map(|it| it.on_answer()),
    };
    rinnalla_api::serve(register, api, listener, Box::pin(stop.told()))
        .await
        .map_err(|fault| failed(format!("the API ended: {fault}")))
}
