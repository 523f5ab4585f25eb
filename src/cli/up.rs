//! `rinnalla up`: the whole register in one process, for one association on one machine.

use rinnalla_domain::ctx::Register;
use tokio::net::TcpListener;

use super::outcome::Outcome;
use super::settings::{DatabaseUrl, Settings, Written};
use super::stop::{Stop, Word};
use super::worker::{self, Told};
use super::{api, log, metrics, register};

/// Serves and works until it is told to stop. Makes what is missing of the register, and never fills it.
pub async fn run(written: &Written) -> Outcome {
    let settings = written.check(&[])?;
    log::start(&settings);
    let stop = Stop::on_signal_or_word();
    let register = register::open_or_make(&settings).await?;
    let listener = api::listen(&settings).await?;
    introduce(&settings, &listener);
    if !rinnalla_domain::organisations::is_any(&register.store).await? {
        println!("{}", begin(&super::called()));
    }
    both(
        register,
        &settings,
        listener,
        Begun {
            is_trial: false,
            told: None,
            stop,
        },
    )
    .await
}

fn begin(called: &str) -> String {
    format!(
        "
Nobody can sign in yet. In another terminal, in this folder, with an example's name and county:
  {called} organisation add --name 'Malliyhdistys ry' --county 20
      prints the organisation's id (`organisation counties` lists the counties)
  {called} person add --name 'Aino Mallinen' --organisation ID
      prints the administrator's id
  {called} token issue --person ID
      prints an access token, once
"
    )
}

/// How the two are begun.
pub struct Begun {
    /// Whether introspection is on unless the settings say otherwise.
    pub is_trial: bool,
    /// Told of every mail.
    pub told: Option<Told>,
    /// Heard by both, and told by the one that ends by itself.
    pub stop: (Stop, Word),
}

/// Runs API and worker until the program is told to stop, or one of the two ends.
pub async fn both(
    register: Register,
    settings: &Settings,
    listener: TcpListener,
    begun: Begun,
) -> Outcome {
    let (stop, asked) = begun.stop;
    let metrics = metrics::open(settings, Some(&register), &stop).await?;
    let store = register.store.clone();
    let worker = worker::work(
        register.clone(),
        settings.for_worker(begun.told, metrics.as_ref()),
        stop.clone(),
    );
    let begun = api::Begun {
        is_trial: begun.is_trial,
        metrics,
    };
    let api = api::serve(register, settings, listener, begun, stop);
    // Where one ends by itself, the other is told to.
    let (api, worker) = tokio::join!(
        async {
            let ended = api.await;
            asked.stop();
            ended
        },
        async {
            let ended = worker.await;
            asked.stop();
            ended
        }
    );
    store.close().await?;
    api.and(worker)
}

fn introduce(settings: &Settings, listener: &TcpListener) {
    let address = api::address(listener);
    println!("Rinnalla {}", env!("CARGO_PKG_VERSION"));
    println!("  Pages      http://{address}/");
    println!("  GraphQL    http://{address}/graphql  (sockets: ws://{address}/graphql/ws)");
    if settings.development == Some(true) {
        println!("  GraphiQL   http://{address}/graphiql");
    }
    println!("  Health     http://{address}/livez  http://{address}/readyz");
    if let Some(door) = settings.metrics_listen {
        println!("  Numbers    http://{door}/metrics");
    }
    match settings.database_or_file() {
        DatabaseUrl::Sqlite(file) => println!("  Database   {}", file.display()),
        DatabaseUrl::Postgres(_) => println!("  Database   PostgreSQL, as DATABASE_URL says"),
    }
    println!(
        "  Keys       {}  (without it no name can be read: keep a copy elsewhere)",
        settings.key_file.display()
    );
    match settings.smtp_url {
        Some(_) => println!("  Mail       by the mail server of SMTP_URL"),
        None => println!(
            "  Mail       as files in {} (SMTP_URL names no mail server)",
            settings.mail_folder().display()
        ),
    }
    if settings.clock.is_some() {
        println!("  Clock      stands still, as CLOCK says: for trials alone");
    }
    println!("Ctrl-C stops it.");
}
