//! The own organisation's figures, exact: for its coordinators, who know its people anyway.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::OrganisationId;

use super::counting::{self, ByYear, Extent};
use super::measures::{Breakdown, MeasureCode};
use super::periods::Period;
use super::publishing::cells_of;
use super::queries::{name_of, names};
use super::tables::Making;
use super::{Admitted, Asked, Category, Row, Standing, Table, admit};
use crate::access::{ReadOwnFigures, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;

/// A table of the own organisation, as of now: nothing is hidden, and it is not to be passed on. Who asked is written into
/// the log. `None` where the organisation is not the actor's own.
///
/// Errors: as `participation::table`.
pub async fn own_table(ctx: &Ctx, of: OrganisationId, asked: &Asked) -> Result<Option<Table>> {
    let tables = own_tables(ctx, of, std::slice::from_ref(asked)).await?;
    Ok(tables.and_then(|mut tables| tables.pop()))
}

/// Several of them at once, in the order in which they are asked for, all of one state of the register. A statement for
/// each population, and one for names.
///
/// Errors: as `participation::table`.
pub async fn own_tables(
    ctx: &Ctx,
    of: OrganisationId,
    asked: &[Asked],
) -> Result<Option<Vec<Table>>> {
    let scope = require::<ReadOwnFigures>(ctx)?;
    let admitted: Vec<Admitted> = asked.iter().map(admit).collect::<Result<_>>()?;
    if !scope.covers(of) {
        ctx.refuse(&scope, ObjectKind::Organisation, of);
        return Ok(None);
    }
    let mut years: BTreeMap<MeasureCode, (i32, i32)> = BTreeMap::new();
    for it in &admitted {
        let year = period_of(it, ctx.today).year;
        let (first, last) = years.entry(it.measure.code).or_insert((year, year));
        (*first, *last) = (year.min(*first), year.max(*last));
    }
    let tx = ctx.store.begin_count().await?;
    let mut counted: BTreeMap<MeasureCode, ByYear> = BTreeMap::new();
    for (code, (first, last)) in years {
        let extent = Extent {
            from: Period::year(first).first_on(),
            to: Period::year(last).last_on(),
            today: ctx.today,
            own: Some(of),
        };
        counted.insert(code, counting::count(&tx, code.measure(), extent).await?);
    }
    let names = names(&tx).await?;
    tx.commit().await?;
    ctx.see(&scope, ObjectKind::Organisation, [(of, of.0)]);
    let table = |it: Admitted| {
        let counted_in = period_of(&it, ctx.today);
        let of_measure = counted.get(&it.measure.code);
        let of_year = of_measure.and_then(|years| years.get(&counted_in.year));
        let making = Making {
            measure: it.measure,
            threshold: 0,
        };
        let counted = of_year.map(Vec::as_slice).unwrap_or_default();
        let cells = cells_of(&making, counted_in, counted).into_iter();
        let category = |by: Option<Breakdown>, code: String| {
            by.map(|_| Category {
                name: name_of(by, &code, &names),
                code,
            })
        };
        let rows = cells
            .filter(|(place, _)| place.by == it.by)
            .map(|(place, cell)| Row {
                row: category(place.by.0, place.row),
                column: category(place.by.1, place.column),
                cell,
            });
        Table {
            measure: it.measure,
            period: it.period,
            by: it.breakdowns(),
            standing: Standing::Internal,
            published_on: None,
            threshold: None,
            rows: rows.collect(),
        }
    };
    Ok(Some(admitted.into_iter().map(table).collect()))
}

/// The period that is counted: of what stands at a period's end, its last quarter, or the running one.
fn period_of(asked: &Admitted, today: NaiveDate) -> Period {
    use super::Counting;
    match asked.measure.counting {
        Counting::Stood => {
            let running = Period::of_day(today);
            let last = asked.period.last_quarter();
            if asked.period.first_on() <= today {
                last.min(running)
            } else {
                last
            }
        }
        _ => asked.period,
    }
}
