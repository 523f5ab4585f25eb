//! `rinnalla demo`: one invented association to look through, in a folder that is thrown away afterwards.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use rinnalla_domain::calendar;
use rinnalla_domain::ctx::{Clock, Register};
use rinnalla_domain::people;
use rinnalla_domain::states::Role;
use rinnalla_domain::synthetic::{self, Demonstration};
use tokio::net::TcpListener;
use tracing::level_filters::LevelFilter;

use super::outcome::{Outcome, failed};
use super::settings::{LISTEN, Settings, Written};
use super::stop::Stop;
use super::up::{self, Begun};
use super::{api, log, register};

/// How long a demonstration's tokens are good: nobody's clock moves in it.
const TOKEN_DAYS: u32 = 7;

/// Sets it up, and serves until it is told to stop.
pub async fn run(written: &Written, is_first: bool) -> Outcome {
    let folder = tempfile::Builder::new()
        .prefix("rinnalla-demo-")
        .tempdir()
        .map_err(|fault| failed(format!("no throw-away folder can be made: {fault}")))?;
    let settings = in_folder(written.check(&[])?, folder.path());
    log::start_at(&settings, LevelFilter::WARN);
    let stop = Stop::on_signal_or_word();
    let register = register::open_or_make(&settings).await?;
    let demonstration = synthetic::demonstrate(&register).await?;
    let listener = door(&settings).await?;
    let address = api::address(&listener);
    // Links in mails lead to the door that was opened.
    let settings = Settings {
        listen: listener.local_addr().ok(),
        ..settings
    };
    let begun = Begun {
        is_trial: true,
        stop,
        told: Some(Arc::new(|mail| {
            if let Some(file) = &mail.file {
                println!("  {}", file.display());
            }
        })),
    };
    introduce(&demonstration, &register, &address, folder.path());
    if settings.development.unwrap_or(begun.is_trial) {
        println!(
            "  GraphiQL   http://{address}/graphiql  (put one of the tokens below under Headers)"
        );
    }
    println!();
    addresses(&register, &demonstration).await?;
    let tokens = tokens(&register, &demonstration).await?;
    println!("{}", super::demo_queries::texts(&address, &tokens));
    if is_first {
        println!(
            "To begin for real: `{} up` keeps a register in ./data, empty at first and only yours.\n",
            super::called()
        );
    }
    println!("Ctrl-C stops it and throws everything away.\n");
    println!("Mails that are due go out now, and links for signing in when they are asked for:");
    let ended = up::both(register, &settings, listener, begun).await;
    println!("The folder {} is gone.", folder.path().display());
    ended
}

/// Nothing of a demonstration touches a register, a key file or a mail server that the settings name.
fn in_folder(settings: Settings, folder: &Path) -> Settings {
    Settings {
        database: None,
        smtp_url: None,
        data_dir: folder.to_owned(),
        key_file: folder.join("key"),
        worker_tick: Some(settings.worker_tick.unwrap_or(Duration::from_secs(1))),
        clock: Some(settings.clock.unwrap_or_else(last_working_day)),
        ..settings
    }
}

/// Ten o'clock in Helsinki on the last working day that has come so far.
fn last_working_day() -> DateTime<Utc> {
    let ten_hours_ago = Clock::default().now() - TimeDelta::hours(10);
    let day = calendar::previous_working_day(calendar::helsinki_date(ten_hours_ago));
    calendar::helsinki_instant(day, NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default())
}

/// The usual door, or any other where that is taken and none was asked for.
async fn door(settings: &Settings) -> Outcome<TcpListener> {
    if settings.listen.is_none() && TcpListener::bind(LISTEN).await.is_err() {
        let any = Settings {
            listen: Some(std::net::SocketAddr::new(LISTEN.ip(), 0)),
            ..settings.clone()
        };
        return api::listen(&any).await;
    }
    api::listen(settings).await
}

fn introduce(demonstration: &Demonstration, register: &Register, address: &str, folder: &Path) {
    let now = register.clock.now().with_timezone(&calendar::TIME_ZONE);
    println!(
        "A demonstration: two years of {}, an association that does not exist. Every person in it is invented.",
        demonstration.association
    );
    println!(
        "  Clock      stands still at {} in Helsinki",
        now.format("%A %-d.%-m.%Y %H:%M")
    );
    println!(
        "  Pages      http://{address}/  (sign in with one of the addresses below; the mail becomes a file)"
    );
    println!("  GraphQL    http://{address}/graphql  (sockets: ws://{address}/graphql/ws)");
    println!("  Folder     {}", folder.display());
}

/// The mail address of each player, for the pages.
async fn addresses(register: &Register, demonstration: &Demonstration) -> Outcome {
    println!("Sign in to the pages as:");
    for player in &demonstration.players {
        let email = people::email_of(register, player.person).await?;
        if let Some(email) = email {
            println!("  {:<16}{}", player.role.code(), email.reveal());
        }
    }
    println!();
    Ok(())
}

/// A token for each role.
async fn tokens(
    register: &Register,
    demonstration: &Demonstration,
) -> Outcome<Vec<(Role, String)>> {
    let mut tokens = Vec::new();
    for player in &demonstration.players {
        let token = people::issue_token(register, player.person, "demo", TOKEN_DAYS).await?;
        tokens.push((player.role, token.reveal().to_owned()));
    }
    Ok(tokens)
}
