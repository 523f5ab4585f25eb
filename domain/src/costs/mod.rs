//! What activities cost, in lines, and who paid how much of each: the part that courses and drop-in places share. One room may
//! be paid by the city and a grant together; the shares of a line add up to it.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::ops::RangeInclusive;

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::act::Act;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations::{self, CodeList};
use crate::page::Grouped;
use crate::sql::{self, Sql};

/// How much a line may be, in cents: up to a million euros.
pub const COST_CENTS: RangeInclusive<i32> = 1..=100_000_000;

/// How many may pay for one line.
pub const MOST_SHARES: usize = 8;

/// What somebody paid of a line.
#[derive(Clone, Debug)]
pub struct Share {
    /// Who: a code of the list `FUNDER`.
    pub funder: String,
    /// How much, in cents.
    pub cents: i32,
}

/// A line with one of its shares, as it is read: `about` is what all shares of the line have in common.
pub(crate) struct Line<P, C> {
    pub of: P,
    pub id: Uuid,
    pub about: C,
    pub share: Share,
}

/// The lines of each activity with their shares; the shares of a line come one after the other.
pub(crate) fn grouped<P: Hash + Eq, C>(
    lines: impl IntoIterator<Item = Line<P, C>>,
) -> Grouped<P, (C, Vec<Share>)> {
    let mut grouped = Grouped::<P, (C, Vec<Share>)>::new();
    let mut last = None;
    for line in lines {
        let of_one = grouped.entry(line.of).or_default();
        if last.replace(line.id) != Some(line.id) {
            of_one.push((line.about, Vec::new()));
        }
        if let Some((_, shares)) = of_one.last_mut() {
            shares.push(line.share);
        }
    }
    grouped
}

/// Notes what is wrong with a line: `cents OUT_OF_RANGE`, `shares OUT_OF_RANGE`, `SAME_TWICE`, `UNKNOWN_CODE`,
/// `SHARES_DO_NOT_ADD_UP`.
pub(crate) async fn check(
    ctx: &Ctx,
    cents: i32,
    shares: &[Share],
    faults: &mut Violations,
) -> Result<()> {
    faults.check(COST_CENTS.contains(&cents), "cents", "OUT_OF_RANGE");
    let are_paid = shares.iter().all(|it| COST_CENTS.contains(&it.cents));
    if shares.is_empty() || shares.len() > MOST_SHARES || !are_paid {
        faults.check(false, "shares", "OUT_OF_RANGE");
        return Ok(());
    }
    let funders: BTreeSet<&String> = shares.iter().map(|it| &it.funder).collect();
    faults.check(funders.len() == shares.len(), "shares", "SAME_TWICE");
    let named: Vec<String> = funders.into_iter().cloned().collect();
    let db = ctx.store.reader();
    let unknown = organisations::unknown_codes(db, CodeList::Funder, &named).await?;
    let paid: i64 = shares.iter().map(|it| i64::from(it.cents)).sum();
    let adds_up = paid == i64::from(cents);
    faults
        .check(unknown.is_empty(), "shares", "UNKNOWN_CODE")
        .check(adds_up, "shares", "SHARES_DO_NOT_ADD_UP");
    Ok(())
}

/// Writes the shares of a line.
pub(crate) async fn write_shares(
    db: &impl ConnectionTrait,
    table: &str,
    cost: Uuid,
    shares: Vec<Share>,
) -> Result<()> {
    let shares = shares.into_iter();
    let cells = shares.flat_map(|it| [Value::from(cost), it.funder.into(), it.cents.into()]);
    sql::insert_many(db, table, "cost_id, funder, cents", cells.collect()).await
}

/// Takes a line back that was wrong; it stays, cancelled. `sql` is given the line, whose it is, by whom and when.
///
/// Errors: `Invalid`: `UNKNOWN` under `field` for one that does not stand there.
pub(crate) async fn cancel(
    act: &Act<'_>,
    sql: &'static Sql,
    (field, line): (&'static str, Uuid),
    of: Uuid,
) -> Result<()> {
    let by = act.ctx.actor()?.person;
    let values: [Value; 4] = [line.into(), of.into(), by.0.into(), act.ctx.now.into()];
    match sql.run(&act.tx, values).await? {
        0 => Err(Error::invalid(field, "UNKNOWN")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_stand_under_their_lines_in_order() {
        let line = |of: u8, id: u128, funder: &str| Line {
            of,
            id: Uuid::from_u128(id),
            about: id,
            share: Share {
                funder: funder.to_owned(),
                cents: 1,
            },
        };
        let grouped = grouped([
            line(1, 7, "OWN"),
            line(1, 7, "STEA"),
            line(2, 8, "OWN"),
            line(1, 9, "OWN"),
        ]);
        let counts = |of: u8| -> Vec<(u128, usize)> {
            let lines = grouped[&of].iter();
            lines.map(|(id, shares)| (*id, shares.len())).collect()
        };
        assert_eq!((counts(1), counts(2)), (vec![(7, 2), (9, 1)], vec![(8, 1)]));
    }
}
