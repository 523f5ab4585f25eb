//! `rinnalla audit`: whether the access log is whole.

use clap::Subcommand;
use rinnalla_domain::audit::seals::{self, FaultKind};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::texts::Language;

use super::outcome::{Outcome, failed, tell};
use super::register;
use super::settings::{Need, Written};

/// What is done.
#[derive(Subcommand)]
pub enum Audit {
    /// Goes through the whole access log and its seals; names the first fault
    Verify,
}

/// Does it.
pub async fn run(written: &Written, command: &Audit) -> Outcome {
    let Audit::Verify = command;
    let settings = written.check(&[Need::Database, Need::Keys])?;
    let register = register::open(&settings).await?;
    let ctx = Ctx::new(&register, None, Language::Fi);
    let found = seals::verify(&ctx).await?;
    drop(ctx);
    register.store.close().await?;
    tell!(
        "{} rows in {} seals, {} rows not sealed yet",
        found.rows,
        found.seals,
        found.unsealed
    );
    for head in &found.heads {
        // Kept elsewhere, these prove that nothing was taken out later.
        let hash: String = head.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        tell!("{} {} {hash}", head.organisation.encode(), head.seq);
    }
    match found.first_fault {
        None => {
            if found.unsealed_before_the_end > 0 {
                tell!(
                    "{} rows stand unsealed before sealed ones: late, or put in",
                    found.unsealed_before_the_end
                );
            }
            tell!("Everything that was sealed is whole.");
            Ok(())
        }
        Some(fault) => Err(failed(format!(
            "the log is not whole: organisation {}, seal {}: {}",
            fault.organisation.encode(),
            fault.seq,
            say(fault.kind)
        ))),
    }
}

fn say(fault: FaultKind) -> String {
    match fault {
        FaultKind::RowMissing(row) => format!("row {} is gone", row.encode()),
        FaultKind::RowChanged(row) => format!("row {} was changed", row.encode()),
        FaultKind::SealMissing => "a seal before this one is gone".to_owned(),
        FaultKind::SealChanged => "the seal was changed, or made with another key".to_owned(),
    }
}
