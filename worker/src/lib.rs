//! When it happens by itself, and how mail leaves the house.
//!
//! `schedule` is the table of jobs, each a file in `jobs`. Of the mails, `mail` says what is written, `message` puts
//! it into an envelope, `delivery` hands it over, by `smtp` or as files (`eml`).
//!
//! The worker keeps nothing in memory that matters: each run asks the database what is due and not done. So a tick
//! that is missed, doubled or late changes nothing, and any number of workers can run side by side.

pub mod delivery;
pub mod eml;
pub mod jobs;
pub mod language;
pub mod mail;
pub mod message;
mod rounds;
pub mod schedule;
mod settings;
pub mod smtp;

use rinnalla_domain::ctx::Register;

pub use jobs::JobReport;
pub use rounds::run;
pub use schedule::JobInfo;
pub use settings::{Delivered, JobRun, OnDelivered, OnRun, RunResult, Settings};

/// Why the worker, or a job by hand, could not run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Settings that cannot be followed, all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Settings(Vec<delivery::SettingsError>),
    /// No job has this name.
    #[error("there is no job {0}")]
    UnknownJob(String),
    /// The register refused or failed.
    #[error(transparent)]
    Register(#[from] rinnalla_domain::error::Error),
    /// The scheduler that gives the tick could not be started.
    #[error("the tick could not be started: {0}")]
    Tick(String),
}

/// Every job, for listing.
pub fn jobs() -> Vec<JobInfo> {
    schedule::JOBS.iter().map(schedule::Job::info).collect()
}

/// Runs one job once, now.
///
/// # Errors
/// An unknown name, settings that cannot be followed, or what the job itself ran into.
pub async fn run_job(
    register: Register,
    settings: Settings,
    name: &str,
) -> Result<JobReport, Error> {
    let job = schedule::JOBS
        .iter()
        .find(|job| job.name == name)
        .ok_or_else(|| Error::UnknownJob(name.to_owned()))?;
    let house = jobs::House::new(register, settings)?;
    let report = jobs::run(job, &house).await;
    house.post.rest().await;
    Ok(report?)
}
