//! The own organisation's figures, exact: for its coordinators, who know its people anyway.

use chrono::NaiveDate;
use rinnalla_entity::ids::OrganisationId;

use super::counting::{self, Extent};
use super::periods::Period;
use super::publishing::cells_of;
use super::queries::{name_of, names};
use super::tables::Making;
use super::{Asked, Category, Row, Standing, Table, admit};
use crate::access::{ReadOwnFigures, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;

/// A table of the own organisation, as of now: nothing is hidden, and it is not to be passed on. Who asked is written into
/// the log. `None` where the organisation is not the actor's own.
///
/// Errors: as `participation::table`.
pub async fn own_table(ctx: &Ctx, of: OrganisationId, asked: &Asked) -> Result<Option<Table>> {
    let scope = require::<ReadOwnFigures>(ctx)?;
    let admitted = admit(asked)?;
    if !scope.covers(of) {
        ctx.refuse(&scope, ObjectKind::Organisation, of);
        return Ok(None);
    }
    let counted_in = period_of(&admitted, ctx.today);
    let tx = ctx.store.begin_count().await?;
    let extent = Extent {
        from: Period::year(counted_in.year).first_on(),
        to: Period::year(counted_in.year).last_on(),
        today: ctx.today,
        own: Some(of),
    };
    let counted = counting::count(&tx, admitted.measure, extent).await?;
    let names = names(&tx).await?;
    tx.commit().await?;
    ctx.see(&scope, ObjectKind::Organisation, [(of, of.0)]);
    let making = Making {
        measure: admitted.measure,
        threshold: 0,
    };
    let counted = counted
        .get(&counted_in.year)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let cells = cells_of(&making, counted_in, counted).into_iter();
    let rows = cells
        .filter(|(place, _)| place.by == admitted.by)
        .map(|(place, cell)| Row {
            row: place.by.0.map(|_| Category {
                name: name_of(place.by.0, &place.row, &names),
                code: place.row,
            }),
            column: place.by.1.map(|_| Category {
                name: name_of(place.by.1, &place.column, &names),
                code: place.column,
            }),
            cell,
        });
    Ok(Some(Table {
        measure: admitted.measure,
        period: admitted.period,
        by: admitted.breakdowns(),
        standing: Standing::Internal,
        published_on: None,
        threshold: None,
        rows: rows.collect(),
    }))
}

/// The period that is counted: of what stands at a period's end, its last quarter, or the running one.
fn period_of(asked: &super::Admitted, today: NaiveDate) -> Period {
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
