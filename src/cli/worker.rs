//! `rinnalla worker`: sends what is due. Any number of these may run over one database.

use std::sync::Arc;

use rinnalla_domain::ctx::Register;
use rinnalla_worker::Delivered;

use super::metrics::{self, Metrics};
use super::outcome::{Outcome, failed};
use super::settings::{Need, Settings, Written};
use super::stop::Stop;
use super::{log, register};

/// Told of every mail that was handed over.
pub type Told = Arc<dyn Fn(&Delivered) + Send + Sync>;

/// Works until it is told to stop.
pub async fn run(written: &Written) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys, Need::Mail, Need::PublicUrl])?;
    log::start(&settings);
    let stop = Stop::on_signal();
    let register = register::open(&settings).await?;
    let metrics = metrics::open(&settings, Some(&register), &stop).await?;
    let store = register.store.clone();
    let counted = settings.for_worker(None, metrics.as_ref());
    work(register, counted, stop).await?;
    store.close().await?;
    Ok(())
}

/// Works on a register that is open.
pub async fn work(register: Register, settings: rinnalla_worker::Settings, stop: Stop) -> Outcome {
    rinnalla_worker::run(register, settings, stop.told())
        .await
        .map_err(|fault| failed(format!("the worker ended: {fault}")))
}

impl Settings {
    /// What of the settings concerns the worker.
    pub fn for_worker(
        &self,
        on_delivered: Option<Told>,
        metrics: Option<&Arc<Metrics>>,
    ) -> rinnalla_worker::Settings {
        let usual = rinnalla_worker::Settings::default();
        rinnalla_worker::Settings {
            smtp_url: self.smtp_url.clone(),
            smtp_ca_file: self.smtp_ca_file.clone(),
            mail_from: self.mail_from.clone().unwrap_or(usual.mail_from),
            public_url: self.public_url(),
            mail_folder: self.mail_folder(),
            tick: self.worker_tick.unwrap_or(usual.tick),
            lease: self.worker_lease.unwrap_or(usual.lease),
            first_retry: self.worker_first_retry.unwrap_or(usual.first_retry),
            parallel: usual.parallel,
            figures_threshold: self.figures_threshold.unwrap_or(usual.figures_threshold),
            on_delivered,
            on_run: metrics.map(Metrics::on_run),
        }
    }
}
