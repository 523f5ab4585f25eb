//! The commands, one file each: what an administrator can tell the program to do.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod api;
mod log;
mod mail_server;
mod migrate;
mod outcome;
mod register;
mod schema;
mod settings;
mod stop;
mod up;

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
    /// The API alone, for production
    Api,
    /// Makes the database or brings it up to this program, and makes the key file of a new register
    Migrate,
    /// Prints the GraphQL schema
    Schema,
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
        Some(Command::Api) => api::run(&written).await,
        Some(Command::Migrate) => migrate::run(&written).await,
        Some(Command::Schema) => schema::run(),
        None => up::run(&written).await,
    }
}
