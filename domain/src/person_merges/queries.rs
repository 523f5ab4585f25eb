//! The SQL of merges: what belongs to a record, and moving it to another and back.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id as _, OrganisationId, PersonId, PersonMergeId, RoleGrantId, SupervisionInvitationId,
    SupportPersonId,
};
use rinnalla_entity::states::PersonMergeEntryKind;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::Merge;
use super::moving::Done;
use super::rules::{Away, Give, Grant};
use crate::act::code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::{self, Sql};

macro_rules! merge_columns {
    () => {
        "SELECT m.id, m.organisation_id, m.kept_id, m.merged_id, m.caseload_move_id, m.recorded_by, m.recorded_on, m.recorded_at,
           m.cancelled_at, m.version FROM person_merges m WHERE "
    };
}

#[derive(FromQueryResult)]
struct RowId {
    id: Uuid,
}

async fn ids_of(
    sql: &Sql,
    db: &impl ConnectionTrait,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Uuid>> {
    let rows: Vec<RowId> = sql.all(db, values).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes a record for this act: 0 where it was changed since, or is closed.
pub(super) async fn take(db: &impl ConnectionTrait, id: PersonId, version: i32) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE people SET version = version + 1 WHERE id = $1 AND version = $2 AND is_active AND erased_at IS NULL",
    );
    SQL.run(db, [id.0.into(), version.into()]).await
}

/// The roles of a record, ended ones too, as far as they were not cancelled.
pub(super) async fn grants(db: &impl ConnectionTrait, of: PersonId) -> Result<Vec<Grant>> {
    static SQL: Sql = Sql::new(
        "SELECT id, organisation_id, role, valid_from, valid_to FROM role_grants
         WHERE person_id = $1 AND cancelled_at IS NULL ORDER BY valid_from, id",
    );
    SQL.all(db, [of.0.into()]).await
}

/// Absences of today and later in which either takes part.
pub(super) async fn absences(
    db: &impl ConnectionTrait,
    one: PersonId,
    other: PersonId,
    today: NaiveDate,
) -> Result<Vec<Away>> {
    static SQL: Sql = Sql::new(
        "SELECT id, person_id, substitute_id, organisation_id, from_on, to_on FROM absences
         WHERE cancelled_at IS NULL AND to_on >= $3 AND (person_id IN ($1, $2) OR substitute_id IN ($1, $2))
         ORDER BY from_on, id",
    );
    SQL.all(db, [one.0.into(), other.0.into(), today.into()])
        .await
}

/// What stands in the way of merging two records.
#[derive(FromQueryResult)]
pub(super) struct Obstacles {
    /// Both are support persons of one organisation, and the merged one has not ended there.
    pub are_both_support_persons: bool,
    /// One is a professional of a case that the other is the support person of.
    pub are_on_both_sides: bool,
}

pub(super) async fn obstacles(
    db: &impl ConnectionTrait,
    kept: PersonId,
    merged: PersonId,
) -> Result<Obstacles> {
    static SQL: Sql = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM support_persons m JOIN support_persons k ON k.organisation_id = m.organisation_id
             WHERE m.person_id = $2 AND k.person_id = $1 AND m.status <> 'ENDED') AS are_both_support_persons,
           EXISTS (SELECT 1 FROM support_persons sp
             JOIN support_relationships r ON r.support_person_id = sp.id AND r.status NOT IN ('ENDED', 'CANCELLED')
             JOIN case_professionals cp ON cp.case_id = r.case_id AND cp.to_on IS NULL
             WHERE (sp.person_id = $1 AND cp.person_id = $2) OR (sp.person_id = $2 AND cp.person_id = $1)) AS are_on_both_sides",
    );
    let row: Option<Obstacles> = SQL.one(db, [kept.0.into(), merged.0.into()]).await?;
    Ok(row.unwrap_or(Obstacles {
        are_both_support_persons: true,
        are_on_both_sides: true,
    }))
}

pub(super) async fn end_role(
    db: &impl ConnectionTrait,
    id: RoleGrantId,
    last_day: NaiveDate,
) -> Result<()> {
    static SQL: Sql =
        Sql::new(
            "UPDATE role_grants SET version = version + 1, valid_to = CASE WHEN valid_from > $2 THEN valid_from ELSE $2 END
             WHERE id = $1",
        );
    SQL.run(db, [id.0.into(), last_day.into()]).await?;
    Ok(())
}

pub(super) async fn cancel_role(
    db: &impl ConnectionTrait,
    id: RoleGrantId,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE role_grants SET version = version + 1, cancelled_at = $2 WHERE id = $1");
    SQL.run(db, [id.0.into(), now.into()]).await?;
    Ok(())
}

pub(super) async fn give_role(
    db: &impl ConnectionTrait,
    to: PersonId,
    give: &Give,
    now: DateTime<Utc>,
) -> Result<RoleGrantId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO role_grants (id, person_id, organisation_id, role, valid_from, valid_to, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7)",
    );
    let id = RoleGrantId::random();
    let values: [Value; 7] = [
        id.0.into(),
        to.0.into(),
        give.organisation.0.into(),
        code(give.role),
        give.from.into(),
        give.to.into(),
        now.into(),
    ];
    SQL.run(db, values).await?;
    Ok(id)
}

pub(super) async fn cancel_absence(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE absences SET version = version + 1, cancelled_at = $2 WHERE id = $1");
    SQL.run(db, [id.into(), now.into()]).await?;
    Ok(())
}

/// What can be another record's from now on: the rows, the column that says whose they are, and what rises with a change.
macro_rules! belongings {
    ($(($kind:ident, $table:literal, $column:literal, $also:literal, $which:literal)),+ $(,)?) => {
        /// The rows of one kind that belong to a record.
        pub(super) async fn belonging(
            db: &impl ConnectionTrait,
            kind: PersonMergeEntryKind,
            to: PersonId,
            other: PersonId,
        ) -> Result<Vec<Uuid>> {
            match kind {
                $(PersonMergeEntryKind::$kind => {
                    static SQL: Sql = Sql::new(concat!(
                        "SELECT t.id FROM ", $table, " t WHERE t.", $column, " = $1 AND ", $which, " ORDER BY t.id"
                    ));
                    ids_of(&SQL, db, [to.0.into(), other.0.into()]).await
                })+
                _ => Ok(Vec::new()),
            }
        }

        /// Gives rows of one kind from one record to another, as far as they are still the first one's.
        pub(super) async fn hand(
            db: &impl ConnectionTrait,
            kind: PersonMergeEntryKind,
            rows: &[Uuid],
            from: PersonId,
            to: PersonId,
        ) -> Result<()> {
            match kind {
                $(PersonMergeEntryKind::$kind => {
                    static SQL: Sql = Sql::new(concat!(
                        "UPDATE ", $table, " SET ", $column, " = $3", $also, " WHERE id = ANY_ID($1) AND ", $column, " = $2"
                    ));
                    let rows = sql::ids(db.get_database_backend(), rows.iter().map(|id| SupportPersonId(*id)));
                    SQL.run(db, [rows, from.0.into(), to.0.into()]).await?;
                })+
                _ => {}
            }
            match kind {
                PersonMergeEntryKind::SupervisionMoved => hand_presence(db, rows, from, to).await,
                _ => Ok(()),
            }
        }
    };
}

belongings! {
    (AbsenceMoved, "absences", "person_id", ", version = version + 1", "t.cancelled_at IS NULL AND $2 = $2"),
    (StandInMoved, "absences", "substitute_id", ", version = version + 1", "t.cancelled_at IS NULL AND $2 = $2"),
    (SupportPersonMoved, "support_persons", "person_id", ", version = version + 1",
        "NOT EXISTS (SELECT 1 FROM support_persons k WHERE k.organisation_id = t.organisation_id AND k.person_id = $2)"),
    (ReferralMoved, "referrals", "professional_id", ", version = version + 1",
        "t.status NOT IN ('CLOSED', 'WITHDRAWN', 'DECLINED', 'EXPIRED') AND $2 = $2"),
    (SavedListMoved, "saved_lists", "owner_id", ", version = version + 1", "$2 = $2"),
    (EnrolmentMoved, "enrolments", "person_id", ", version = version + 1",
        "t.status <> 'CANCELLED' AND NOT EXISTS (SELECT 1 FROM enrolments k WHERE k.course_id = t.course_id AND k.person_id = $2
           AND k.status <> 'CANCELLED')"),
    (FacilitatorMoved, "course_facilitators", "person_id", "",
        "t.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM course_facilitators k WHERE k.course_id = t.course_id
           AND k.person_id = $2 AND k.removed_at IS NULL)"),
    (ExpertMoved, "expert_profiles", "person_id", ", version = version + 1",
        "t.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM expert_profiles k WHERE k.organisation_id = t.organisation_id
           AND k.person_id = $2 AND k.removed_at IS NULL)"),
    (ExpenseMoved, "expenses", "person_id", ", version = version + 1", "$2 = $2"),
    (SupervisionMoved, "supervision_invitations", "person_id", ", version = version + 1",
        "t.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM supervision_invitations k WHERE k.session_id = t.session_id
           AND k.person_id = $2 AND k.withdrawn_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM supervision_attendances a WHERE a.session_id = t.session_id AND a.person_id = $2)"),
    (ContactRequestMoved, "supervision_contact_requests", "person_id", ", version = version + 1",
        "t.acknowledged_at IS NULL AND t.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM supervision_contact_requests k
           WHERE k.organisation_id = t.organisation_id AND k.person_id = $2 AND k.acknowledged_at IS NULL
           AND k.withdrawn_at IS NULL)"),
    (PlaceTermMoved, "place_role_terms", "person_id", ", version = version + 1",
        "t.cancelled_at IS NULL AND NOT EXISTS (SELECT 1 FROM place_role_terms k WHERE k.place_id = t.place_id AND k.person_id = $2
           AND k.role = t.role AND k.cancelled_at IS NULL AND (k.to_on IS NULL OR k.to_on >= t.from_on)
           AND (t.to_on IS NULL OR t.to_on >= k.from_on))"),
    (ShiftMoved, "opening_shifts", "person_id", "",
        "t.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM opening_shifts k WHERE k.opening_id = t.opening_id
           AND k.person_id = $2 AND k.removed_at IS NULL)"),
    (GroupLeaderMoved, "peer_group_leaders", "person_id", "",
        "t.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM peer_group_leaders k WHERE k.peer_group_id = t.peer_group_id
           AND k.person_id = $2 AND k.removed_at IS NULL)"),
}

/// Whether somebody was at a session of supervision goes with their invitation to it.
async fn hand_presence(
    db: &impl ConnectionTrait,
    invitations: &[Uuid],
    from: PersonId,
    to: PersonId,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE supervision_attendances SET person_id = $3 WHERE person_id = $2
           AND session_id IN (SELECT i.session_id FROM supervision_invitations i WHERE i.id = ANY_ID($1))",
    );
    let rows = invitations.iter().map(|id| SupervisionInvitationId(*id));
    let rows = sql::ids(db.get_database_backend(), rows);
    SQL.run(db, [rows, from.0.into(), to.0.into()]).await?;
    Ok(())
}

/// Revokes the access tokens of a record, and tells which; its sessions end for good: signing in anew is easy.
pub(super) async fn revoke_tokens(
    db: &impl ConnectionTrait,
    of: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    static WHICH: Sql = Sql::new(
        "SELECT id FROM access_tokens WHERE person_id = $1 AND revoked_at IS NULL ORDER BY id",
    );
    static REVOKE: Sql = Sql::new(
        "UPDATE access_tokens SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL",
    );
    static END: Sql =
        Sql::new("UPDATE sessions SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL");
    let tokens = ids_of(&WHICH, db, [of.0.into()]).await?;
    REVOKE.run(db, [of.0.into(), now.into()]).await?;
    END.run(db, [of.0.into(), now.into()]).await?;
    Ok(tokens)
}

pub(super) async fn insert(db: &impl ConnectionTrait, merge: &Merge, done: &[Done]) -> Result<()> {
    static MERGE: Sql = Sql::new(
        "INSERT INTO person_merges (id, organisation_id, kept_id, merged_id, caseload_move_id, version, recorded_by, recorded_on, recorded_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8)",
    );
    static ENTRY: Sql = Sql::new(
        "INSERT INTO person_merge_entries (merge_id, kind, row_id, former_to_on) VALUES ($1, $2, $3, $4)",
    );
    let values: [Value; 8] = [
        merge.id.0.into(),
        merge.organisation_id.0.into(),
        merge.kept_id.0.into(),
        merge.merged_id.0.into(),
        merge.caseload_move_id.map(|id| id.0).into(),
        merge.recorded_by.0.into(),
        merge.recorded_on.into(),
        merge.recorded_at.into(),
    ];
    MERGE.run(db, values).await?;
    for one in done {
        let values: [Value; 4] = [
            merge.id.0.into(),
            one.kind.code().into(),
            one.row_id.into(),
            one.former_to_on.into(),
        ];
        ENTRY.run(db, values).await?;
    }
    Ok(())
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: PersonMergeId,
    organisations: Vec<OrganisationId>,
) -> Result<Option<Merge>> {
    static SQL: Sql = Sql::new(concat!(
        merge_columns!(),
        "m.id = $1 AND m.organisation_id = ANY_ID($2)"
    ));
    let organisations = sql::ids(db.get_database_backend(), organisations);
    SQL.one(db, [id.0.into(), organisations]).await
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    organisations: Vec<OrganisationId>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Merge>> {
    static SQL: Sql = Sql::new(concat!(
        merge_columns!(),
        "m.organisation_id = ANY_ID($1) AND m.id < $2 ORDER BY m.id DESC LIMIT $3"
    ));
    let organisations = sql::ids(db.get_database_backend(), organisations);
    let after = after.unwrap_or(Uuid::max());
    SQL.all(db, [organisations, after.into(), limit.into()])
        .await
}

pub(super) async fn count(
    db: &impl ConnectionTrait,
    organisations: Vec<OrganisationId>,
) -> Result<u64> {
    static SQL: Sql =
        Sql::new("SELECT count(*) AS n FROM person_merges WHERE organisation_id = ANY_ID($1)");
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let organisations = sql::ids(db.get_database_backend(), organisations);
    let row: Option<Count> = SQL.one(db, [organisations]).await?;
    Ok(row.map_or(0, |row| row.n.unsigned_abs()))
}

/// What merges did, row by row.
pub(super) async fn entries(db: &impl ConnectionTrait, of: &[PersonMergeId]) -> Result<Vec<Done>> {
    static SQL: Sql = Sql::new(
        "SELECT merge_id, kind, row_id, former_to_on FROM person_merge_entries WHERE merge_id = ANY_ID($1) ORDER BY kind, row_id",
    );
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    SQL.all(db, [of]).await
}

/// How many cases each move of a caseload moved.
#[derive(FromQueryResult)]
pub(super) struct Moved {
    pub id: PersonMergeId,
    pub moved_count: i32,
}

pub(super) async fn cases_moved(
    db: &impl ConnectionTrait,
    of: &[PersonMergeId],
) -> Result<Vec<Moved>> {
    static SQL: Sql = Sql::new(
        "SELECT m.id, c.moved_count FROM person_merges m JOIN caseload_moves c ON c.id = m.caseload_move_id
         WHERE m.id = ANY_ID($1)",
    );
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    SQL.all(db, [of]).await
}

/// Whether the kept record of a merge was itself merged into another since.
pub(super) async fn is_merged(db: &impl ConnectionTrait, person: PersonId) -> Result<bool> {
    static SQL: Sql =
        Sql::new("SELECT id FROM person_merges WHERE merged_id = $1 AND cancelled_at IS NULL");
    Ok(!ids_of(&SQL, db, [person.0.into()]).await?.is_empty())
}

pub(super) async fn cancel(
    db: &impl ConnectionTrait,
    id: PersonMergeId,
    version: i32,
    ctx: &Ctx,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE person_merges SET version = version + 1, cancelled_at = $3, cancelled_by = $4 WHERE id = $1 AND version = $2",
    );
    let values: [Value; 4] = [
        id.0.into(),
        version.into(),
        ctx.now.into(),
        ctx.actor()?.person.0.into(),
    ];
    SQL.run(db, values).await
}

/// Takes back what a merge did to roles, absences and tokens, as far as they stand as the merge left them.
pub(super) async fn restore(
    db: &impl ConnectionTrait,
    merge: &Merge,
    last_day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<()> {
    const OF: &str =
        "(SELECT e.row_id FROM person_merge_entries e WHERE e.merge_id = $1 AND e.kind = ";
    let on = db.get_database_backend();
    let steps: [(String, Vec<Value>); 5] = [
        (
            format!(
                "UPDATE role_grants SET version = version + 1, valid_to = (SELECT e.former_to_on FROM person_merge_entries e
                   WHERE e.merge_id = $1 AND e.kind = 'ROLE_ENDED' AND e.row_id = role_grants.id)
                 WHERE id IN {OF}'ROLE_ENDED') AND cancelled_at IS NULL
                   AND valid_to = CASE WHEN valid_from > $2 THEN valid_from ELSE $2 END"
            ),
            vec![merge.id.0.into(), last_day.into()],
        ),
        (
            format!(
                "UPDATE role_grants SET version = version + 1, cancelled_at = NULL WHERE id IN {OF}'ROLE_CANCELLED') AND cancelled_at = $2"
            ),
            vec![merge.id.0.into(), merge.recorded_at.into()],
        ),
        (
            format!(
                "UPDATE role_grants SET version = version + 1, cancelled_at = $2 WHERE id IN {OF}'ROLE_GIVEN') AND cancelled_at IS NULL"
            ),
            vec![merge.id.0.into(), now.into()],
        ),
        (
            format!(
                "UPDATE absences SET version = version + 1, cancelled_at = NULL WHERE id IN {OF}'ABSENCE_CANCELLED') AND cancelled_at = $2"
            ),
            vec![merge.id.0.into(), merge.recorded_at.into()],
        ),
        (
            format!(
                "UPDATE access_tokens SET revoked_at = NULL WHERE id IN {OF}'TOKEN_REVOKED') AND revoked_at = $2"
            ),
            vec![merge.id.0.into(), merge.recorded_at.into()],
        ),
    ];
    for (text, values) in steps {
        let statement = sea_orm::Statement::from_sql_and_values(on, text, values);
        db.execute_raw(statement).await?;
    }
    Ok(())
}
