//! The SQL of who has been without supervision for how long: one statement, whatever the number of peers.

use sea_orm::{DbBackend, Value};

use super::{Count, peers_on, supervised_by};
use crate::access::{ReadSupervisionCoverage, Scope};
use crate::calendar::{add_months, plus_days};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::PageArgs;
use crate::sql;
use crate::supervision_sessions::{Peer, PeerFilter, rules};

/// Peers of `$1` on the day `$2`, where the actor coordinates it (`$3`) or supervises it for one of `$4`; with what they
/// attended from the day `$5` on. `$6`: only those who were without for longer than the limit.
macro_rules! coverage {
    ($select:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM (",
            peers_on!("$1", "$2"),
            ") w LEFT JOIN (
               SELECT a.person_id, max(x.on_date) AS last_on,
                 count(CASE WHEN x.on_date >= $5 THEN 1 END) AS sessions,
                 sum(CASE WHEN x.on_date >= $5 THEN x.held_minutes ELSE 0 END) AS minutes
               FROM supervision_attendances a JOIN supervision_sessions x ON x.id = a.session_id
               WHERE x.organisation_id = $1 AND x.status = 'HELD' AND a.cancelled_at IS NULL AND a.status = 'ATTENDED'
                 AND ($1 = ANY_ID($3) OR x.provider_id = ANY_ID($4))
               GROUP BY a.person_id) t ON t.person_id = w.person_id
             LEFT JOIN supervision_settings k ON k.organisation_id = $1
             WHERE ($1 = ANY_ID($3) OR ",
            supervised_by!("$1", "$4", "$2"),
            ") AND ($6 = 0 OR ",
            "LIMIT_PASSED",
            ")",
            $rest
        )
    };
}

/// Dates are counted otherwise by each database.
fn translated(text: &str, backend: DbBackend) -> String {
    let passed = match backend {
        DbBackend::Postgres => "coalesce(t.last_on, w.peer_from) + k.limit_days < $2",
        _ => "date(coalesce(t.last_on, w.peer_from), '+' || k.limit_days || ' days') < $2",
    };
    sql::translate(&text.replace("LIMIT_PASSED", passed), backend)
}

fn values(ctx: &Ctx, scope: &Scope<ReadSupervisionCoverage>, filter: PeerFilter) -> Vec<Value> {
    let on = ctx.store.backend();
    let counted_from = plus_days(add_months(ctx.today, -rules::MONTHS_COUNTED), 1);
    vec![
        filter.organisation.0.into(),
        ctx.today.into(),
        sql::ids(on, scope.organisations()),
        sql::ids(on, scope.providers()),
        counted_from.into(),
        i32::from(filter.missing).into(),
    ]
}

pub(in crate::supervision_sessions) async fn peers(
    ctx: &Ctx,
    scope: &Scope<ReadSupervisionCoverage>,
    filter: PeerFilter,
    page: &PageArgs,
) -> Result<Vec<Peer>> {
    const SQL: &str = coverage!(
        "w.person_id, w.peer_from, t.last_on, coalesce(t.sessions, 0) AS sessions, coalesce(t.minutes, 0) AS minutes, k.limit_days",
        " AND w.person_id > $7 ORDER BY w.person_id LIMIT $8"
    );
    let after = page.after.map_or(uuid::Uuid::nil(), |cursor| cursor.id);
    let mut values = values(ctx, scope, filter);
    values.extend([after.into(), page.limit().into()]);
    let text = translated(SQL, ctx.store.backend());
    sql::all(ctx.store.reader(), &text, values).await
}

pub(in crate::supervision_sessions) async fn count_peers(
    ctx: &Ctx,
    scope: &Scope<ReadSupervisionCoverage>,
    filter: PeerFilter,
) -> Result<u64> {
    const SQL: &str = coverage!("count(*) AS n", "");
    let text = translated(SQL, ctx.store.backend());
    let values = values(ctx, scope, filter);
    let rows: Vec<Count> = sql::all(ctx.store.reader(), &text, values).await?;
    Ok(rows.first().map_or(0, |row| row.n.unsigned_abs()))
}
