//! `rinnalla seed`: invented data in any amount, for trials and measurements.

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rinnalla_domain::error::Error;
use rinnalla_domain::synthetic::{self, Amount};

use super::outcome::{Failure, Outcome, failed, tell};
use super::settings::{Need, Written};
use super::{log, register};

/// How much.
#[derive(Args)]
pub struct Seed {
    /// How many support relationships; everything else follows from it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    relationships: u32,
    /// Another number gives another register
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Prints the mail addresses that are due a notice today, one line a mail
    #[arg(long)]
    print_due: bool,
    /// Also where relationships stand in the register already
    #[arg(long)]
    beside: bool,
}

/// Fills the register, and makes it first where there is none.
pub async fn run(written: &Written, seed: &Seed) -> Outcome {
    let settings = written.check(&[Need::Database])?;
    log::start(&settings);
    let register = register::open_or_make(&settings).await?;
    if !seed.beside && synthetic::is_in_use(&register.store).await? {
        return Err(failed(
            "there are relationships in this register already, and invented ones would stand among them: say --beside if that is meant",
        ));
    }
    let bar = ProgressBar::new(seed.relationships.into()).with_style(style());
    let amount = Amount {
        relationships: seed.relationships,
        seed: seed.seed,
    };
    let told = bar.clone();
    let sown = synthetic::sow(&register, amount, move |done| told.set_position(done))
        .await
        .map_err(|fault| match fault {
            Error::Conflict(_) => failed(
                "this seed stands in the register already: choose another number with --seed",
            ),
            other => Failure::from(other),
        })?;
    bar.finish();
    eprintln!(
        "{} relationships in {:.1} s; {} mails are due",
        seed.relationships,
        bar.elapsed().as_secs_f64(),
        sown.due.len()
    );
    if seed.print_due {
        for address in sown.due {
            tell!("{address}");
        }
    }
    register.store.close().await?;
    Ok(())
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:40} {pos}/{len} relationships  {elapsed}, {eta} to go")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
