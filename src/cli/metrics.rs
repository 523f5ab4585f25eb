//! `/metrics`: numbers for whoever watches over the installation, in Prometheus's text, at a door of their own.
//!
//! Everything is counted by words of the program's own: codes, names of jobs, states. Never an id, a name or a text.

use std::sync::Arc;

use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use rinnalla_api::{Answered, OnAnswer};
use rinnalla_domain::ctx::{Ctx, Register};
use rinnalla_domain::notices::{self, Standing};
use rinnalla_domain::texts::Language;
use rinnalla_worker::{JobRun, OnRun, RunResult};
use tokio::net::TcpListener;

use super::outcome::{Outcome, failed};
use super::settings::Settings;
use super::stop::Stop;

/// OpenMetrics, which Prometheus and its kin read.
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// From what a single look-up takes to the time limit of a request, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0, 30.0];

type Labels<const N: usize> = [(&'static str, String); N];

/// What one process counts.
pub struct Metrics {
    registry: Registry,
    answers: Family<Labels<2>, Histogram, fn() -> Histogram>,
    runs: Family<Labels<2>, Counter>,
    done: Family<Labels<1>, Counter>,
    last: Family<Labels<1>, Gauge>,
}

/// Opens the door where one is set, and shows the numbers there until the program is told to stop. Where `queue` is
/// given, the outbox of that register is among them.
pub async fn open(
    settings: &Settings,
    queue: Option<&Register>,
    stop: &Stop,
) -> Outcome<Option<Arc<Metrics>>> {
    let Some(address) = settings.metrics_listen else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address).await.map_err(|fault| {
        failed(format!(
            "nothing can listen on {address}: {fault}; set METRICS_LISTEN"
        ))
    })?;
    let metrics = Arc::new(Metrics::new());
    let page = {
        let (metrics, queue) = (Arc::clone(&metrics), queue.cloned());
        move || {
            let (metrics, queue) = (Arc::clone(&metrics), queue.clone());
            async move { metrics.page(queue.as_ref()).await }
        }
    };
    let stop = stop.clone();
    tokio::spawn(async move {
        let told = stop.told();
        let served =
            rinnalla_api::server::serve_page(listener, "/metrics", CONTENT_TYPE, page, told);
        if let Err(fault) = served.await {
            tracing::warn!(%fault, "the numbers are not shown");
        }
    });
    Ok(Some(metrics))
}

impl Metrics {
    fn new() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BUCKETS);
        let mut it = Self {
            registry: Registry::with_prefix("rinnalla"),
            answers: Family::new_with_constructor(histogram),
            runs: Family::default(),
            done: Family::default(),
            last: Family::default(),
        };
        it.registry.register_with_unit(
            "request_duration",
            "Answers to GraphQL requests over HTTP, by operation and the code of the first error",
            Unit::Seconds,
            it.answers.clone(),
        );
        it.registry.register(
            "job_runs",
            "Runs of jobs, by what came of them",
            it.runs.clone(),
        );
        it.registry.register(
            "job_done",
            "What jobs have done, each in what it counts: mails, notices, rows",
            it.done.clone(),
        );
        it.registry.register_with_unit(
            "job_last_success_timestamp",
            "When a job last ended well in this process",
            Unit::Seconds,
            it.last.clone(),
        );
        it
    }

    /// Counts answers.
    pub fn on_answer(self: &Arc<Self>) -> OnAnswer {
        let metrics = Arc::clone(self);
        Arc::new(move |it: &Answered| {
            let labels = [
                ("operation", it.operation.to_owned()),
                ("outcome", it.outcome.clone()),
            ];
            let took = it.took.as_secs_f64();
            metrics.answers.get_or_create(&labels).observe(took);
        })
    }

    /// Counts the runs of jobs.
    pub fn on_run(self: &Arc<Self>) -> OnRun {
        let metrics = Arc::clone(self);
        Arc::new(move |run: &JobRun| {
            let job = ("job", run.name.to_owned());
            let of_job = std::array::from_ref(&job);
            let result = match run.result {
                RunResult::Done(n) => {
                    metrics.done.get_or_create(of_job).inc_by(n);
                    let ended_at = run.ended_at.timestamp();
                    metrics.last.get_or_create(of_job).set(ended_at);
                    "done"
                }
                RunResult::Elsewhere => "elsewhere",
                RunResult::Failed => "failed",
            };
            let labels = [job.clone(), ("result", result.to_owned())];
            metrics.runs.get_or_create(&labels).inc();
        })
    }

    async fn page(&self, queue: Option<&Register>) -> String {
        let mut text = String::new();
        // Writing into a text does not fail.
        let _ = encode_registry(&mut text, &self.registry);
        if let Some(register) = queue {
            let ctx = Ctx::new(register, None, Language::Fi);
            match notices::standing(&ctx).await {
                Ok(standing) => {
                    let _ = encode_registry(&mut text, &outbox(&ctx, &standing));
                }
                // Numbers that are missing are seen; old ones would be believed.
                Err(error) => tracing::warn!(%error, "the outbox could not be looked at"),
            }
        }
        let _ = encode_eof(&mut text);
        text
    }
}

/// The outbox as it stands now.
fn outbox(ctx: &Ctx, standing: &Standing) -> Registry {
    let mut registry = Registry::with_prefix("rinnalla");
    let messages = Family::<Labels<1>, Gauge>::default();
    for (status, count) in &standing.counts {
        let labels = [("status", status.code())];
        let count = i64::try_from(*count).unwrap_or(i64::MAX);
        messages.get_or_create(&labels).set(count);
    }
    registry.register(
        "outbox_messages",
        "Notices that wait, are being handed over, found nobody or were given up",
        messages,
    );
    let age = standing
        .oldest_due
        .map_or(0, |since| (ctx.now - since).num_seconds());
    registry.register_with_unit(
        "outbox_oldest_due",
        "How long the longest waiting notice whose time has come waits",
        Unit::Seconds,
        gauge(age),
    );
    registry.register(
        "mail_paused",
        "Whether no mail leaves because the settings of the mail server are in the way",
        gauge(i64::from(standing.is_paused)),
    );
    registry
}

fn gauge(value: i64) -> Gauge {
    let gauge = Gauge::default();
    gauge.set(value);
    gauge
}
