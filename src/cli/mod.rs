//! The commands, one file each: what an administrator can tell the program to do.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod api;
mod audit;
mod codes;
mod demo;
mod demo_queries;
mod job;
mod log;
mod metrics;
mod migrate;
mod moving;
mod municipalities;
mod organisation;
mod outcome;
mod person;
mod register;
mod schema;
mod seed;
mod settings;
mod stop;
mod token;
mod up;
mod worker;

use outcome::Outcome;
use settings::Written;

/// The working register of peer support for people recovering from substance dependence, and for their next of kin.
///
/// Without a command: `demo`, unless DATABASE_URL, DATA_DIR or ./data exists; then `up`.
#[derive(Parser)]
#[command(name = "rinnalla", version, max_term_width = 110)]
struct Program {
    #[command(flatten)]
    settings: Written,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// API and worker in one process; makes the data folder, its database and its keys where there are none
    Up,
    /// The same on a throw-away folder with one invented association, its clock standing still
    Demo,
    /// The API alone, for production
    Api,
    /// The worker alone, for production
    Worker,
    /// Makes the database or brings it up to this program, and makes the key file of a new register
    Migrate,
    /// Runs one job once
    Job(job::Job),
    /// The first organisations
    #[command(subcommand)]
    Organisation(organisation::Organisation),
    /// The first administrator
    #[command(subcommand)]
    Person(person::Person),
    /// Access tokens
    #[command(subcommand)]
    Token(token::Token),
    /// The list of municipalities
    #[command(subcommand)]
    Municipalities(municipalities::Municipalities),
    /// Moves an association's register in from a workbook, all of it or nothing
    Import(moving::Import),
    /// Writes an association's register into a workbook that `import` takes
    Export(moving::Export),
    /// Fills a register with invented data, for trials and measurements
    Seed(seed::Seed),
    /// The access log
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Prints the GraphQL schema
    Schema,
}

/// How the program was called, so that what people are told to type can be typed.
fn called() -> String {
    let called = std::env::args()
        .next()
        .filter(|called| called.contains('/'));
    called.unwrap_or_else(|| "rinnalla".to_owned())
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    let program = Program::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(fault) => return outcome::failed(format!("the program cannot start: {fault}")).exit(),
    };
    match runtime.block_on(run(program)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.exit(),
    }
}

async fn run(program: Program) -> Outcome {
    let written = program.settings;
    match program.command {
        Some(Command::Up) => up::run(&written).await,
        Some(Command::Demo) => demo::run(&written, false).await,
        Some(Command::Api) => api::run(&written).await,
        Some(Command::Worker) => worker::run(&written).await,
        Some(Command::Migrate) => migrate::run(&written).await,
        Some(Command::Job(job)) => job::run(&written, &job).await,
        Some(Command::Organisation(it)) => organisation::run(&written, it).await,
        Some(Command::Person(it)) => person::run(&written, it).await,
        Some(Command::Token(it)) => token::run(&written, it).await,
        Some(Command::Municipalities(it)) => municipalities::run(&written, it).await,
        Some(Command::Import(it)) => moving::import(&written, &it).await,
        Some(Command::Export(it)) => moving::export(&written, &it).await,
        Some(Command::Seed(seed)) => seed::run(&written, &seed).await,
        Some(Command::Audit(it)) => audit::run(&written, &it).await,
        Some(Command::Schema) => schema::run(),
        None if written.names_a_register() => up::run(&written).await,
        None => demo::run(&written, true).await,
    }
}
