//! The worker's rounds: at each tick, every job whose time has come is begun, unless its last run still goes on.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use rinnalla_domain::ctx::Register;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use tokio_cron_scheduler::{Job as CronJob, JobScheduler};

use crate::jobs::{self, House};
use crate::schedule::{JOBS, Job};
use crate::{Error, JobRun, RunResult, Settings};

/// What is in flight when the worker is told to stop has this long to end.
const FAREWELL: Duration = Duration::from_secs(15);

/// Every second of Coordinated Universal Time. The scheduler only knocks: a local time in it would be an hour wrong
/// from the next clock change on.
const EVERY_SECOND: &str = "* * * * * *";

/// Runs every job by the table until `shutdown`, and once at the start. Then begins nothing new, finishes what is in
/// flight and gives back what it held.
///
/// # Errors
/// Settings that cannot be followed.
pub async fn run(
    register: Register,
    settings: Settings,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Error> {
    let tick = settings.tick;
    let house = Arc::new(House::new(register, settings)?);
    let (mut knocks, scheduler) = knocking().await?;
    let mut rounds: Vec<Round> = JOBS.iter().map(|job| Round { job, last: None }).collect();
    tracing::info!("the worker is up");
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        for round in &mut rounds {
            round.begin_if_due(&house, tick);
        }
        tokio::select! {
            () = &mut shutdown => break,
            knock = knocks.recv() => if knock.is_none() { break },
        }
    }
    house.stop();
    stop(scheduler).await;
    let until = Instant::now() + FAREWELL;
    for mut running in rounds
        .into_iter()
        .filter_map(|it| it.last)
        .map(|(_, it)| it)
    {
        if timeout_at(until, &mut running).await.is_err() {
            // What it held falls free when its lease ends.
            running.abort();
        }
    }
    house.post.rest().await;
    tracing::info!("the worker has stopped");
    Ok(())
}

struct Round {
    job: &'static Job,
    last: Option<(Instant, JoinHandle<()>)>,
}

impl Round {
    fn begin_if_due(&mut self, house: &Arc<House>, tick: Duration) {
        // A little early is on time: knocks come on the second, not after it.
        let interval = self.job.interval(tick) - Duration::from_millis(300);
        let is_due = self
            .last
            .as_ref()
            .is_none_or(|(begun, running)| running.is_finished() && begun.elapsed() >= interval);
        if !is_due {
            return;
        }
        let (job, house) = (self.job, Arc::clone(house));
        let running = tokio::spawn(async move {
            let begun = Instant::now();
            let ended = jobs::run(job, &house).await;
            if let Some(told) = &house.settings.on_run {
                told(&JobRun {
                    name: job.name,
                    result: match &ended {
                        Ok(report) => report.done.map_or(RunResult::Elsewhere, RunResult::Done),
                        Err(_) => RunResult::Failed,
                    },
                    ended_at: house.register.clock.now(),
                    took: begun.elapsed(),
                });
            }
            match ended {
                Ok(report) if report.done.is_some_and(|done| done > 0) => {
                    tracing::info!("{report}");
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(job = job.name, %error, "a job failed and is tried again")
                }
            }
        });
        self.last = Some((Instant::now(), running));
    }
}

async fn knocking() -> Result<(mpsc::Receiver<()>, JobScheduler), Error> {
    let (knock, knocks) = mpsc::channel(1);
    let faulty = |error: tokio_cron_scheduler::JobSchedulerError| Error::Tick(error.to_string());
    let scheduler = JobScheduler::new().await.map_err(faulty)?;
    let each = CronJob::new(EVERY_SECOND, move |_, _| {
        // A knock that nobody has answered yet is enough.
        let _ = knock.try_send(());
    });
    scheduler.add(each.map_err(faulty)?).await.map_err(faulty)?;
    scheduler.start().await.map_err(faulty)?;
    Ok((knocks, scheduler))
}

async fn stop(mut scheduler: JobScheduler) {
    if let Err(error) = scheduler.shutdown().await {
        tracing::warn!(%error, "the tick did not stop");
    }
}
