//! Invented registers, of any size, for trials and measurements: no association, person or case in them exists.
//!
//! The rows are written in bulk, and yet stand as the acts of the people in them would have left them: every day comes
//! from the rules, every state from the entries beside it, and what the worker would have mailed until yesterday is
//! marked as sent. The same seed gives the same register on the same day; names are sealed with the register's own
//! keys.

mod acting;
mod chance;
mod courses;
mod demonstration;
mod experts;
mod finished_courses;
mod groups;
mod house;
mod names;
mod places;
mod printed_texts;
mod programmes;
mod referral;
mod relationship;
mod rows;
mod story;
mod supervision;
mod supporters;
mod team;
mod touches;
mod trainings;
mod world;

use sea_orm::FromQueryResult;
use tokio::sync::mpsc;

use crate::ctx::Register;
use crate::error::{Error, Result};
use crate::sql::Sql;
use crate::store::Store;
use rows::{Batch, Sink};
use world::{Association, World};

pub use demonstration::{Demonstration, Player, demonstrate};

/// How many relationships a team of professionals has together.
const TEAM: u32 = 100;
/// So many relationships make another association worth while.
const RELATIONSHIPS_AN_ASSOCIATION: u32 = 2_600;
/// So many relationships keep a coordinator busy. Our own choice.
const RELATIONSHIPS_A_COORDINATOR: u32 = 650;
/// Teams whose rows are sent together.
const TEAMS_A_BATCH: u32 = 10;

/// How much is sown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How many support relationships; everything else follows from it.
    pub relationships: u32,
    /// Another seed gives another register; two of them may stand side by side.
    pub seed: u64,
}

/// What was sown.
#[derive(Clone, Debug, Default)]
pub struct Sown {
    /// The mail addresses that are due a notice today, one for each mail, in alphabetical order.
    pub due: Vec<String>,
}

/// Whether relationships stand in the register already.
pub async fn is_in_use(store: &Store) -> Result<bool> {
    static ANY: Sql = Sql::new("SELECT EXISTS (SELECT 1 FROM support_relationships) AS is_any");
    let row: Option<IsAny> = ANY.one(store.reader(), []).await?;
    Ok(row.is_some_and(|row| row.is_any))
}

#[derive(FromQueryResult)]
struct IsAny {
    is_any: bool,
}

/// Fills the register, all or nothing. `told` hears how many relationships are done.
///
/// Errors: `Conflict` (`SOWN_ALREADY`) where this seed stands in the register already.
pub async fn sow(register: &Register, amount: Amount, told: impl Fn(u64) + Send) -> Result<Sown> {
    // Two batches wait at most: making rows and storing them go side by side.
    let (give, mut take) = mpsc::channel::<(Batch, u64)>(2);
    let own = register.clone();
    let making = tokio::task::spawn_blocking(move || make(&own, amount, &give));
    let mut sink = Sink::open(&register.store).await?;
    while let Some((batch, done)) = take.recv().await {
        sink.put(batch).await?;
        told(done);
    }
    let mut due = making
        .await
        .map_err(|fault| Error::Internal(Box::new(fault)))??;
    sink.commit(&register.store).await?;
    due.sort_unstable();
    Ok(Sown { due })
}

fn make(
    register: &Register,
    amount: Amount,
    give: &mpsc::Sender<(Batch, u64)>,
) -> Result<Vec<String>> {
    let mut world = World::new(register, amount.seed, Some(amount.seed));
    let associations = associations(&mut world, amount.relationships)?;
    let mut done = 0;
    let mut part = 0;
    while done < amount.relationships {
        for _ in 0..TEAMS_A_BATCH {
            let size = TEAM.min(amount.relationships - done);
            if size == 0 {
                break;
            }
            part += 1;
            world.reseed(amount.seed, part);
            let place = usize::try_from(part).unwrap_or(0) % associations.len();
            team::write(&mut world, &associations[place], size, part == 1)?;
            done += size;
        }
        // The other side is gone only where it failed, and then it has told why.
        if give
            .blocking_send((world.take_batch(), done.into()))
            .is_err()
        {
            break;
        }
    }
    Ok(world.due)
}

fn associations(world: &mut World<'_>, relationships: u32) -> Result<Vec<Association>> {
    let number = relationships.div_ceil(RELATIONSHIPS_AN_ASSOCIATION).max(1);
    let each = (relationships / number).div_ceil(RELATIONSHIPS_A_COORDINATOR);
    let each = usize::try_from(each).unwrap_or(1);
    (0..usize::try_from(number).unwrap_or(1))
        .map(|n| world.association(n, each))
        .collect()
}
