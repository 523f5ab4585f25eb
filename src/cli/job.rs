//! `rinnalla job`: one job once, by hand.

use clap::Args;
use rinnalla_domain::ctx::Clock;

use super::outcome::{Outcome, failed, tell};
use super::settings::{Fault, Need, Written, helsinki_time};
use super::{log, register};

/// Which job, and when.
#[derive(Args)]
pub struct Job {
    /// The job's name
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// As if it were this time in Helsinki, as 2026-11-22T09:00
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Lists the jobs
    #[arg(long)]
    list: bool,
}

/// Runs it, and tells what it did.
pub async fn run(written: &Written, job: &Job) -> Outcome {
    let Some(name) = job.name.as_deref().filter(|_| !job.list) else {
        for job in rinnalla_worker::jobs() {
            tell!("{:<26}{:<16}{}", job.name, job.when, job.what);
        }
        return Ok(());
    };
    let at = job.at.as_deref().map(helsinki_time).transpose();
    let checked = written.check(&[Need::Database, Need::Keys]);
    let (settings, at) = match (checked, at) {
        (Ok(settings), Ok(at)) => (settings, at),
        (checked, at) => {
            let mut faults = checked.err().unwrap_or_default();
            faults.extend(at.err().map(|what| Fault { name: "AT", what }));
            return Err(faults.into());
        }
    };
    log::start(&settings);
    let mut register = register::open(&settings).await?;
    if let Some(at) = at {
        register.clock = Clock::fixed(at);
    }
    let store = register.store.clone();
    let done = rinnalla_worker::run_job(register, settings.for_worker(None, None), name).await;
    store.close().await?;
    let report = done.map_err(|fault| match fault {
        rinnalla_worker::Error::UnknownJob(name) => failed(format!(
            "there is no job {name:?}; `rinnalla job --list` lists them"
        )),
        other => failed(other.to_string()),
    })?;
    tell!("{report}");
    Ok(())
}
