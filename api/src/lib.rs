//! How the register is asked: GraphQL over HTTP and sockets, and the pages behind the mails; in development GraphiQL, too.
//!
//! Depends on the domain alone; knows neither the database's tables nor the worker.

#![recursion_limit = "256"] // the schema's nested futures are deeper than the compiler's default

pub mod answer;
pub mod fault;
pub mod feed;
pub mod gate;
mod graphiql;
pub mod graphql;
pub mod http;
pub mod limits;
pub mod measure;
pub mod pages;
mod register_gate;
pub mod server;
pub mod socket;
pub mod transport;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use poem::{EndpointExt as _, get};
use rinnalla_domain::ctx::Register;
use tokio::net::TcpListener;

pub use crate::limits::TrustedDocuments;
pub use crate::measure::{Answered, OnAnswer};
pub use register_gate::RegisterGate;

use crate::feed::Feed;
use crate::graphql::RegisterSchema;
use crate::http::GraphQl;
use crate::measure::Measured;
use crate::server::{Drain, Patience, readiness};
use crate::socket::{Manners, Socket};
use crate::transport::{Policy, Transport};

/// Tells whether what serves the register is still as it was when the program started.
pub type IsReady = Arc<dyn Fn() -> BoxFuture<'static, bool> + Send + Sync>;

/// How the API is run.
#[derive(Clone, Default)]
pub struct Settings {
    /// The pages that may open sockets, as in `Origin`.
    pub allowed_origins: Vec<String>,
    /// Whether clients may ask for the schema, unknown fields are answered with the names of similar ones, and GraphiQL is
    /// served at `/graphiql`.
    pub is_development: bool,
    /// The documents that are answered alone; any document where there are none.
    pub trusted_documents: Option<Arc<TrustedDocuments>>,
    /// What must hold for `/readyz`; the store's answering where nothing is said.
    pub is_ready: Option<IsReady>,
    /// Told of every answer over HTTP.
    pub on_answer: Option<OnAnswer>,
}

/// The schema in GraphQL's own language.
pub fn sdl() -> String {
    graphql::sdl()
}

/// The transport of one process: what HTTP and sockets share.
///
/// # Errors
/// If a trusted document is over a limit.
pub fn transport(
    register: &Register,
    settings: &Settings,
) -> std::io::Result<Arc<Transport<RegisterGate, RegisterSchema>>> {
    let policy = Policy {
        introspection: settings.is_development,
        suggestions: settings.is_development,
        trusted: settings.trusted_documents.clone(),
        ..Policy::default()
    };
    Transport::new(
        graphql::schema(Feed::new(register.clone())),
        &graphql::sdl(),
        RegisterGate::new(register.clone()),
        policy,
    )
}

/// Serves until `stop` ends, then drains. In a box, for the same reason as the schema.
///
/// # Errors
/// If the listener has no address.
pub fn serve(
    register: Register,
    settings: Settings,
    listener: TcpListener,
    stop: BoxFuture<'static, ()>,
) -> BoxFuture<'static, std::io::Result<()>> {
    Box::pin(serving(register, settings, listener, stop))
}

async fn serving(
    register: Register,
    settings: Settings,
    listener: TcpListener,
    stop: BoxFuture<'static, ()>,
) -> std::io::Result<()> {
    let transport = transport(&register, &settings)?;
    let drain = Drain::default();
    let manners = Manners {
        origins: settings.allowed_origins.clone(),
        ..Manners::default()
    };
    let endpoint = Measured {
        endpoint: GraphQl(Arc::clone(&transport)),
        told: settings.on_answer,
    };
    let is_ready = settings.is_ready.unwrap_or_else(|| {
        let store = register.store.clone();
        Arc::new(move || {
            let store = store.clone();
            Box::pin(async move { store.ping().await.is_ok() })
        })
    });
    let routes = pages::routes(register, pages::Patience::default())
        .at("/graphql", endpoint)
        .at(
            "/graphql/ws",
            get(Socket::new(transport, manners, drain.clone())),
        )
        .at("/livez", poem::endpoint::make_sync(|_| "ok").boxed())
        .at("/readyz", readiness(drain.clone(), move || is_ready()));
    let routes = match settings.is_development {
        true => routes.nest("/graphiql", graphiql::routes()),
        false => routes,
    };
    server::serve(listener, routes, drain, Patience::default(), stop).await
}
