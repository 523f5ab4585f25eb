//! What goes over, table by table, and back again.
//!
//! Rows that stand by themselves are noted one by one, with the version that they then have; their parts follow them.
//! What ends with the former organisation and begins in the successor (grants, partnerships) is noted as two rows.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};

use super::Succession;
use super::tables::{PARTS, ROWS, VERSIONED};
use crate::calendar::plus_days;
use crate::error::Result;
use crate::sql::Sql;

/// Moves everything over.
pub(super) async fn over(
    tx: &impl ConnectionTrait,
    it: &Succession,
    now: DateTime<Utc>,
) -> Result<()> {
    hold_writers(tx).await?;
    for (kind, table, column, condition) in ROWS {
        let sql = format!(
            "INSERT INTO succession_entries (succession_id, kind, object_id)
             SELECT s.id, '{kind}', t.id FROM successions s JOIN {table} t ON t.{column} = s.former_id
             WHERE s.id = $1{condition}"
        );
        run(tx, &sql, [it.id.0.into()]).await?;
    }
    keep_one_default(tx, it).await?;
    put(tx, it, it.successor_id.0.into()).await?;
    end_and_begin_grants(tx, it, now).await?;
    end_and_begin_partnerships(tx, it, now).await?;
    close(tx, it, Some(it.from_on)).await?;
    note_versions(tx, it).await
}

/// Moves everything back.
pub(super) async fn back(
    tx: &impl ConnectionTrait,
    it: &Succession,
    now: DateTime<Utc>,
) -> Result<()> {
    hold_writers(tx).await?;
    put(tx, it, it.former_id.0.into()).await?;
    for sql in [
        "UPDATE programmes SET is_default = true WHERE id IN MOVED(DEFAULT)",
        "UPDATE role_grants SET cancelled_at = $2, version = version + 1 WHERE id IN MOVED(GRANT_BEGUN)",
        "UPDATE role_grants SET valid_to = (SELECT e.valid_to FROM succession_entries e
           WHERE e.succession_id = $1 AND e.kind = 'GRANT_ENDED' AND e.object_id = role_grants.id),
           cancelled_at = NULL, version = version + 1 WHERE id IN MOVED(GRANT_ENDED)",
        "DELETE FROM partnerships WHERE id IN MOVED(PARTNERSHIP_BEGUN)",
        "UPDATE partnerships SET valid_to = (SELECT e.valid_to FROM succession_entries e
           WHERE e.succession_id = $1 AND e.kind = 'PARTNERSHIP_ENDED' AND e.object_id = partnerships.id),
           version = version + 1 WHERE id IN MOVED(PARTNERSHIP_ENDED)",
    ] {
        let sql = moved(sql);
        let mut values: Vec<Value> = vec![it.id.0.into()];
        if sql.contains("$2") {
            values.push(now.into());
        }
        run(tx, &sql, values).await?;
    }
    close(tx, it, None).await
}

/// Gives the noted rows and their parts to an organisation.
async fn put(tx: &impl ConnectionTrait, it: &Succession, to: Value) -> Result<()> {
    for (kind, table, column, _) in ROWS {
        let sql = format!(
            "UPDATE {table} SET {column} = $2, version = version + 1 WHERE id IN MOVED({kind})"
        );
        run(tx, &moved(&sql), [it.id.0.into(), to.clone()]).await?;
    }
    for (table, which) in PARTS {
        let sql = format!("UPDATE {table} SET organisation_id = $2 WHERE {which}");
        run(tx, &moved(&sql), [it.id.0.into(), to.clone()]).await?;
    }
    Ok(())
}

/// An organisation has one default programme: where the successor has its own, the former's is one among others.
async fn keep_one_default(tx: &impl ConnectionTrait, it: &Succession) -> Result<()> {
    run(
        tx,
        "INSERT INTO succession_entries (succession_id, kind, object_id)
         SELECT $1, 'DEFAULT', t.id FROM programmes t WHERE t.organisation_id = $2 AND t.is_default
           AND EXISTS (SELECT 1 FROM programmes o WHERE o.organisation_id = $3 AND o.is_default)",
        [
            it.id.0.into(),
            it.former_id.0.into(),
            it.successor_id.0.into(),
        ],
    )
    .await?;
    let sql = moved("UPDATE programmes SET is_default = false WHERE id IN MOVED(DEFAULT)");
    run(tx, &sql, [it.id.0.into()]).await
}

/// Roles of daily work end on the day before and begin in the successor, unless the person holds them there. One that
/// would only have begun by then is cancelled. Roles that oversee others stay: the successor has its own.
async fn end_and_begin_grants(
    tx: &impl ConnectionTrait,
    it: &Succession,
    now: DateTime<Utc>,
) -> Result<()> {
    let id: Value = it.id.0.into();
    let daily = "g.cancelled_at IS NULL AND g.role NOT IN ('ADMIN', 'DPO', 'ANALYST') AND (g.valid_to IS NULL OR g.valid_to >= $3)";
    let ended = format!(
        "INSERT INTO succession_entries (succession_id, kind, object_id, valid_to)
         SELECT $1, 'GRANT_ENDED', g.id, g.valid_to FROM role_grants g WHERE g.organisation_id = $2 AND {daily}"
    );
    let values = [id.clone(), it.former_id.0.into(), it.from_on.into()];
    run(tx, &ended, values).await?;
    let begun = "INSERT INTO succession_entries (succession_id, kind, object_id, of_id)
         SELECT $1, 'GRANT_BEGUN', NEW_ID, g.id FROM succession_entries e JOIN role_grants g ON g.id = e.object_id
         WHERE e.succession_id = $1 AND e.kind = 'GRANT_ENDED' AND NOT EXISTS (
           SELECT 1 FROM role_grants o WHERE o.organisation_id = $2 AND o.person_id = g.person_id AND o.role = g.role
             AND o.cancelled_at IS NULL AND (o.valid_to IS NULL OR o.valid_to >= $3)
             AND (g.valid_to IS NULL OR o.valid_from <= g.valid_to))";
    let values = [id.clone(), it.successor_id.0.into(), it.from_on.into()];
    run(tx, begun, values).await?;
    let insert = "INSERT INTO role_grants (id, person_id, organisation_id, role, valid_from, valid_to, version, created_at)
         SELECT e.object_id, g.person_id, $2, g.role, CASE WHEN g.valid_from > $3 THEN g.valid_from ELSE $3 END, g.valid_to, 1, $4
         FROM succession_entries e JOIN role_grants g ON g.id = e.of_id WHERE e.succession_id = $1 AND e.kind = 'GRANT_BEGUN'";
    let values = [
        id.clone(),
        it.successor_id.0.into(),
        it.from_on.into(),
        now.into(),
    ];
    run(tx, insert, values).await?;
    let end = moved(
        "UPDATE role_grants SET version = version + 1,
           cancelled_at = CASE WHEN valid_from >= $2 THEN $4 ELSE cancelled_at END,
           valid_to = CASE WHEN valid_from >= $2 THEN valid_to ELSE $3 END WHERE id IN MOVED(GRANT_ENDED)",
    );
    run(
        tx,
        &end,
        [id, it.from_on.into(), eve(it).into(), now.into()],
    )
    .await
}

/// Partnerships end on the day before, or on their first day, and go on with the successor in the former's place.
async fn end_and_begin_partnerships(
    tx: &impl ConnectionTrait,
    it: &Succession,
    now: DateTime<Utc>,
) -> Result<()> {
    let id: Value = it.id.0.into();
    let (former, successor): (Value, Value) = (it.former_id.0.into(), it.successor_id.0.into());
    let ended = "INSERT INTO succession_entries (succession_id, kind, object_id, valid_to)
         SELECT $1, 'PARTNERSHIP_ENDED', p.id, p.valid_to FROM partnerships p
         WHERE (p.organisation_id = $2 OR p.partner_id = $2) AND (p.valid_to IS NULL OR p.valid_to >= $3)";
    run(tx, ended, [id.clone(), former.clone(), it.from_on.into()]).await?;
    // With the successor itself nothing goes on, nor what is agreed with it already.
    let begun = "INSERT INTO succession_entries (succession_id, kind, object_id, of_id)
         SELECT $1, 'PARTNERSHIP_BEGUN', NEW_ID, p.id FROM succession_entries e JOIN partnerships p ON p.id = e.object_id
         WHERE e.succession_id = $1 AND e.kind = 'PARTNERSHIP_ENDED' AND p.organisation_id <> $2 AND p.partner_id <> $2
           AND NOT EXISTS (SELECT 1 FROM partnerships o
             WHERE o.organisation_id = CASE WHEN p.organisation_id = $3 THEN $2 ELSE p.organisation_id END
               AND o.partner_id = CASE WHEN p.partner_id = $3 THEN $2 ELSE p.partner_id END
               AND o.kind = p.kind AND coalesce(o.county_code, '') = coalesce(p.county_code, '')
               AND (o.valid_to IS NULL OR o.valid_to >= $4) AND (p.valid_to IS NULL OR o.valid_from <= p.valid_to))";
    let values = [
        id.clone(),
        successor.clone(),
        former.clone(),
        it.from_on.into(),
    ];
    run(tx, begun, values).await?;
    let insert = "INSERT INTO partnerships (id, organisation_id, partner_id, kind, county_code, valid_from, valid_to, version, created_at)
         SELECT e.object_id, CASE WHEN p.organisation_id = $3 THEN $2 ELSE p.organisation_id END,
           CASE WHEN p.partner_id = $3 THEN $2 ELSE p.partner_id END, p.kind, p.county_code,
           CASE WHEN p.valid_from > $4 THEN p.valid_from ELSE $4 END, p.valid_to, 1, $5
         FROM succession_entries e JOIN partnerships p ON p.id = e.of_id
         WHERE e.succession_id = $1 AND e.kind = 'PARTNERSHIP_BEGUN'";
    let values = [id.clone(), successor, former, it.from_on.into(), now.into()];
    run(tx, insert, values).await?;
    let end = moved(
        "UPDATE partnerships SET version = version + 1, valid_to = CASE WHEN valid_from > $2 THEN valid_from ELSE $2 END
         WHERE id IN MOVED(PARTNERSHIP_ENDED)",
    );
    run(tx, &end, [id, eve(it).into()]).await
}

/// Closes the former organisation, or opens it again; a closed one is not in the directory.
async fn close(tx: &impl ConnectionTrait, it: &Succession, on: Option<NaiveDate>) -> Result<()> {
    let close = "UPDATE organisations SET closed_on = $2, version = version + 1 WHERE id = $1";
    run(tx, close, [it.former_id.0.into(), on.into()]).await?;
    if on.is_some() {
        let unlist = "UPDATE directory_entries SET is_listed = false, version = version + 1 WHERE organisation_id = $1 AND is_listed";
        run(tx, unlist, [it.former_id.0.into()]).await?;
    }
    Ok(())
}

async fn note_versions(tx: &impl ConnectionTrait, it: &Succession) -> Result<()> {
    for (kind, table) in VERSIONED {
        let sql = format!(
            "UPDATE succession_entries SET version = (SELECT t.version FROM {table} t WHERE t.id = object_id)
             WHERE succession_id = $1 AND kind = '{kind}'"
        );
        run(tx, &sql, [it.id.0.into()]).await?;
    }
    Ok(())
}

/// Whether anything was done since with what went over: changed itself, written about in the log (for parts are logged as
/// what they are parts of), or joined by something new.
pub(super) async fn is_built_on(tx: &impl ConnectionTrait, it: &Succession) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM succession_entries e JOIN access_log_objects o ON o.object_id = e.object_id AND o.act = 'WRITE'
             JOIN access_log l ON l.id = o.entry_id AND l.at > $2 AND l.purpose NOT LIKE 'succession%'
             WHERE e.succession_id = $1 AND e.kind IN ('CASE', 'CASE_REFERRED', 'REFERRAL', 'REFERRAL_REFERRED', 'RELATIONSHIP',
               'RELATIONSHIP_REFERRED', 'SUPPORT_PERSON'))
           OR EXISTS (SELECT 1 FROM succession_entries e JOIN referrals r ON r.case_id = e.object_id
             WHERE e.succession_id = $1 AND e.kind IN ('CASE', 'CASE_REFERRED') AND NOT EXISTS (SELECT 1 FROM succession_entries o
               WHERE o.succession_id = $1 AND o.object_id = r.id AND o.kind IN ('REFERRAL', 'REFERRAL_REFERRED')))
           OR EXISTS (SELECT 1 FROM succession_entries e JOIN match_proposals p ON p.support_person_id = e.object_id
             WHERE e.succession_id = $1 AND e.kind = 'SUPPORT_PERSON' AND NOT EXISTS (SELECT 1 FROM succession_entries o
               WHERE o.succession_id = $1 AND o.object_id = p.referral_id AND o.kind = 'REFERRAL'))
           OR EXISTS (SELECT 1 FROM succession_entries e JOIN support_persons s ON s.programme_id = e.object_id OR s.first_programme_id = e.object_id
             WHERE e.succession_id = $1 AND e.kind = 'PROGRAMME' AND NOT EXISTS (SELECT 1 FROM succession_entries o
               WHERE o.succession_id = $1 AND o.object_id = s.id AND o.kind = 'SUPPORT_PERSON')) AS is_built_on",
    );
    #[derive(FromQueryResult)]
    struct Row {
        is_built_on: bool,
    }
    let made_at = it.made_at.unwrap_or(it.proposed_at);
    let row: Option<Row> = SQL.one(tx, [it.id.0.into(), made_at.into()]).await?;
    if row.is_some_and(|row| row.is_built_on) {
        return Ok(true);
    }
    for (kind, table) in VERSIONED {
        let sql = format!(
            "SELECT count(*) > 0 AS is_built_on FROM succession_entries e JOIN {table} t ON t.id = e.object_id
             WHERE e.succession_id = $1 AND e.kind = '{kind}' AND e.version <> t.version"
        );
        let rows: Vec<Row> = crate::sql::all(tx, &sql, [it.id.0.into()]).await?;
        if rows.iter().any(|row| row.is_built_on) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The day before the successor's first.
fn eve(it: &Succession) -> NaiveDate {
    plus_days(it.from_on, -1)
}

/// Lets nobody else write what goes over until the act ends; SQLite has one writer. It may take longer than a question.
async fn hold_writers(tx: &impl ConnectionTrait) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let hold = "SET LOCAL statement_timeout = '25s';
            LOCK TABLE supported_cases, referrals, support_relationships, support_persons IN SHARE ROW EXCLUSIVE MODE";
        tx.execute_unprepared(hold).await?;
    }
    Ok(())
}

/// Writes `MOVED(KIND)` as the rows of that kind that went over by the succession `$1`.
fn moved(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 128);
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once("MOVED(") {
        let (kind, tail) = after.split_once(')').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str("(SELECT m.object_id FROM succession_entries m WHERE m.succession_id = $1 AND m.kind = '");
        out.push_str(kind);
        out.push_str("')");
        rest = tail;
    }
    out.push_str(rest);
    out
}

async fn run(
    tx: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<()> {
    let backend = tx.get_database_backend();
    let sql = crate::sql::translate(sql, backend);
    let statement = sea_orm::Statement::from_sql_and_values(backend, sql, values);
    tx.execute_raw(statement).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_over_is_asked_for_by_its_kind() {
        assert_eq!(
            moved("a IN MOVED(CASE) AND b"),
            "a IN (SELECT m.object_id FROM succession_entries m WHERE m.succession_id = $1 AND m.kind = 'CASE') AND b"
        );
    }
}
