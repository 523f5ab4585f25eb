//! Log lines: a sentence with an id each, never a name, an address or a value; to the standard error stream.

use std::io::IsTerminal as _;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

use super::settings::{LogFormat, Settings};

/// Starts logging as the settings say.
pub fn start(settings: &Settings) {
    start_at(settings, LevelFilter::INFO);
}

/// The same; where the settings say nothing of the level, at this one.
pub fn start_at(settings: &Settings, usual: LevelFilter) {
    // What the libraries say below a warning is about themselves; statements and values are among it.
    let filter = EnvFilter::new("warn").add_directive(settings.log_level.unwrap_or(usual).into());
    let quiet = [
        "sqlx=warn",
        "sea_orm=warn",
        "sea_orm_migration=warn",
        "hyper=warn",
        "rustls=warn",
        "tokio_cron_scheduler=warn",
    ];
    let filter = quiet
        .iter()
        .filter_map(|directive| directive.parse().ok())
        .fold(filter, EnvFilter::add_directive);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    // A second start (a test, a command within a command) keeps the first.
    let _ = match settings.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
}
