//! The jobs, one file each, and what they are given.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use rinnalla_domain::ctx::{Ctx, Register};
use rinnalla_domain::error::Result;
use rinnalla_domain::job_locks;
use rinnalla_domain::texts::Language;
use tokio::sync::watch;

use crate::delivery::Post;
use crate::message::Sender;
use crate::schedule::Job;
use crate::{Error, Settings};

pub(crate) mod deliver_mail;
pub(crate) mod forget_changes;
pub(crate) mod forget_idempotency_keys;
pub(crate) mod forget_sign_ins;
pub(crate) mod listing_consents;
pub(crate) mod participation_figures;
pub(crate) mod place_notices;
pub(crate) mod review_reminders;
pub(crate) mod seal_access_log;
pub(crate) mod seal_late_access_log;
pub(crate) mod session_reminders;
pub(crate) mod start_agreed;
pub(crate) mod supervision_notices;
pub(crate) mod weekly_digest;

/// A job that runs alone holds its name for this long at most: longer than any run takes, so that two are rare, and
/// short enough that a worker that died holds nobody up for long.
const LONGEST_RUN: Duration = Duration::from_secs(50);

/// A job under way; it ends with the number of what it counts.
pub(crate) type Running<'a> = Pin<Box<dyn Future<Output = Result<u64>> + Send + 'a>>;

/// Everything that a job is given.
pub(crate) struct House {
    pub(crate) register: Register,
    pub(crate) settings: Settings,
    pub(crate) sender: Sender,
    pub(crate) post: Arc<Post>,
    stop: watch::Sender<bool>,
}

impl House {
    pub(crate) fn new(register: Register, settings: Settings) -> std::result::Result<Self, Error> {
        let (sender, post) = settings.opened().map_err(Error::Settings)?;
        Ok(Self {
            register,
            settings,
            sender,
            post: Arc::new(post),
            stop: watch::Sender::new(false),
        })
    }

    /// The context of one run, or of one round of it: now is when this is called.
    pub(crate) fn ctx(&self) -> Ctx {
        Ctx::new(&self.register, None, Language::Fi)
    }

    /// Asks every job to come to an end.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Whether the worker is to stop: nothing new is begun then.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }
}

/// What a run of a job did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobReport {
    /// The job.
    pub name: &'static str,
    /// How many of what it counts; none where another worker was running it.
    pub done: Option<u64>,
    /// What it counts.
    pub counts: &'static str,
}

impl fmt::Display for JobReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.done {
            Some(done) => write!(f, "{}: {done} {}", self.name, self.counts),
            None => write!(f, "{}: another worker is at it", self.name),
        }
    }
}

/// Runs a job once.
pub(crate) async fn run(job: &Job, house: &House) -> Result<JobReport> {
    let report = |done| JobReport {
        name: job.name,
        done,
        counts: job.counts,
    };
    if !job.is_alone {
        return Ok(report(Some((job.run)(house).await?)));
    }
    let ctx = house.ctx();
    let Some(lock) = job_locks::try_lock(&ctx, job.name, LONGEST_RUN).await? else {
        return Ok(report(None));
    };
    let done = (job.run)(house).await;
    job_locks::release(&ctx, lock).await?;
    Ok(report(Some(done?)))
}
