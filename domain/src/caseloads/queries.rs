//! The SQL of caseloads.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    CaseProfessionalId, CaseloadMoveId, OrganisationId, PersonId, ReferralId,
    SupportRelationshipId, SupportedCaseId,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};

use crate::access::{Permission, Scope};
use crate::act::take_version;
use crate::error::Result;
use crate::reach::Question;
use crate::sql::{self, Sql};

use super::rules::{Begin, Part};
use super::{CaseProfessional, Caseload, CaseloadMove};

macro_rules! columns {
    () => {
        "cp.id, cp.case_id, cp.person_id, cp.is_responsible, cp.from_on, cp.to_on"
    };
}

/// `supported_cases AS c`, as far as the scope reaches: own organisations', or those of the own cases; and, for a
/// support person, those of the own open relationships.
fn reach<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let organisations = scope.organisations();
    let professionals = scope.professionals();
    let support_people = scope.support_people();
    let mut joint = "(";
    if !organisations.is_empty() {
        question
            .words(joint)
            .is_one_of("c.organisation_id", &organisations);
        joint = " OR ";
    }
    if !professionals.is_empty() {
        question
            .words(joint)
            .words("c.id IN (SELECT h.case_id FROM case_professionals h WHERE h.to_on IS NULL AND ")
            .is_one_of("h.person_id", &professionals)
            .words(")");
        joint = " OR ";
    }
    if !support_people.is_empty() {
        question
            .words(joint)
            .words(
                "c.id IN (SELECT r.case_id FROM support_persons h
                   JOIN support_relationships r ON r.support_person_id = h.id AND r.status NOT IN ('ENDED', 'CANCELLED')
                   WHERE ",
            )
            .is_one_of("h.person_id", &support_people)
            .words(")");
        joint = " OR ";
    }
    question.words(if joint == "(" { "(1 = 0)" } else { ")" });
}

/// A professional's part, with the organisation that coordinates the case.
#[derive(FromQueryResult)]
pub(super) struct Row {
    #[sea_orm(nested)]
    pub professional: CaseProfessional,
    pub organisation_id: OrganisationId,
}

pub(super) async fn for_cases<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    cases: &[SupportedCaseId],
) -> Result<Vec<Row>> {
    let mut question = Question::new(
        db.get_database_backend(),
        concat!(
            "SELECT ",
            columns!(),
            ", c.organisation_id FROM case_professionals cp JOIN supported_cases c ON c.id = cp.case_id
             WHERE cp.to_on IS NULL AND "
        ),
    );
    question.is_one_of("cp.case_id", cases).words(" AND ");
    reach(&mut question, scope);
    question.words(" ORDER BY cp.is_responsible DESC, cp.from_on, cp.id");
    question.all(db).await
}

pub(super) async fn find<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    id: CaseProfessionalId,
) -> Result<Option<Row>> {
    let mut question = Question::new(
        db.get_database_backend(),
        concat!(
            "SELECT ",
            columns!(),
            ", c.organisation_id FROM case_professionals cp JOIN supported_cases c ON c.id = cp.case_id WHERE cp.id = "
        ),
    );
    question.bind(id.0).words(" AND ");
    reach(&mut question, scope);
    question.one(db).await
}

/// A case, as far as its professionals are concerned.
#[derive(FromQueryResult)]
pub(super) struct Case {
    pub organisation_id: OrganisationId,
    pub referring_organisation_id: OrganisationId,
}

pub(super) async fn case<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    id: SupportedCaseId,
) -> Result<Option<Case>> {
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT c.organisation_id, c.referring_organisation_id FROM supported_cases c WHERE c.id = ",
    );
    question.bind(id.0).words(" AND ");
    reach(&mut question, scope);
    question.one(db).await
}

take_version!(pub(super) lock, "supported_cases", SupportedCaseId);

/// Notes that the responsible professional gave the case up without a successor.
pub(super) async fn give_up(
    db: &impl ConnectionTrait,
    id: SupportedCaseId,
    on: NaiveDate,
) -> Result<()> {
    static SQL: Sql = Sql::new("UPDATE supported_cases SET given_up_on = $2 WHERE id = $1");
    SQL.run(db, [id.0.into(), on.into()]).await?;
    Ok(())
}

/// The professionals of an organisation today.
pub(super) async fn professionals_of(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    today: NaiveDate,
) -> Result<Vec<PersonId>> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: PersonId,
    }
    static SQL: Sql = Sql::new(
        "SELECT DISTINCT g.person_id FROM role_grants g WHERE g.organisation_id = $1 AND g.role = 'PROFESSIONAL'
           AND g.cancelled_at IS NULL AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2)",
    );
    let rows: Vec<Row> = SQL.all(db, [organisation.0.into(), today.into()]).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// Takes all cases of a professional, so that what is read next stands until the act ends.
pub(super) async fn lock_all_of(db: &impl ConnectionTrait, person: PersonId) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE supported_cases SET version = version + 1
         WHERE id IN (SELECT case_id FROM case_professionals WHERE person_id = $1 AND to_on IS NULL)",
    );
    SQL.run(db, [person.0.into()]).await?;
    Ok(())
}

pub(super) async fn lock_cases(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = SupportedCaseId>,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE supported_cases SET version = version + 1 WHERE id = ANY_ID($1)");
    SQL.run(db, [sql::ids(db.get_database_backend(), cases)])
        .await?;
    Ok(())
}

/// Who is on these cases now.
pub(super) async fn current(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = SupportedCaseId>,
) -> Result<Vec<Part>> {
    static SQL: Sql = Sql::new(
        "SELECT id, case_id, person_id, is_responsible FROM case_professionals
         WHERE case_id = ANY_ID($1) AND to_on IS NULL ORDER BY id",
    );
    SQL.all(db, [sql::ids(db.get_database_backend(), cases)])
        .await
}

/// A case of a leaver, with the two organisations that know of it.
#[derive(FromQueryResult)]
pub(super) struct Leavers {
    #[sea_orm(nested)]
    pub part: Part,
    pub organisation_id: OrganisationId,
}

/// The cases of `from` that were referred by one of `referring`; where `coordinating` is given, of those organisations
/// alone.
pub(super) async fn caseload_of(
    db: &impl ConnectionTrait,
    from: PersonId,
    referring: &[OrganisationId],
    coordinating: Option<&[OrganisationId]>,
) -> Result<Vec<Leavers>> {
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT cp.id, cp.case_id, cp.person_id, cp.is_responsible, c.organisation_id
         FROM case_professionals cp JOIN supported_cases c ON c.id = cp.case_id
         WHERE cp.to_on IS NULL AND cp.person_id = ",
    );
    question
        .bind(from.0)
        .words(" AND ")
        .is_one_of("c.referring_organisation_id", referring);
    if let Some(coordinating) = coordinating {
        question
            .words(" AND ")
            .is_one_of("c.organisation_id", coordinating);
    }
    question.words(" ORDER BY cp.id");
    question.all(db).await
}

/// Every case of a professional, whoever coordinates or referred it.
pub(super) async fn all_cases_of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<Leavers>> {
    static SQL: Sql = Sql::new(
        "SELECT cp.id, cp.case_id, cp.person_id, cp.is_responsible, c.organisation_id
         FROM case_professionals cp JOIN supported_cases c ON c.id = cp.case_id
         WHERE cp.to_on IS NULL AND cp.person_id = $1 ORDER BY cp.id",
    );
    SQL.all(db, [person.0.into()]).await
}

#[derive(FromQueryResult)]
struct Shared {
    organisation_id: OrganisationId,
}

/// Where `to` is a professional today and `from` is, or was, one.
pub(super) async fn shared_organisations(
    db: &impl ConnectionTrait,
    from: PersonId,
    to: PersonId,
    today: NaiveDate,
) -> Result<Vec<OrganisationId>> {
    static SQL: Sql = Sql::new(
        "SELECT DISTINCT t.organisation_id FROM role_grants t
         JOIN role_grants f ON f.organisation_id = t.organisation_id AND f.person_id = $1 AND f.role = 'PROFESSIONAL'
           AND f.cancelled_at IS NULL
         WHERE t.person_id = $2 AND t.role = 'PROFESSIONAL' AND t.cancelled_at IS NULL
           AND t.valid_from <= $3 AND (t.valid_to IS NULL OR t.valid_to >= $3)",
    );
    let rows: Vec<Shared> = SQL
        .all(db, [from.0.into(), to.0.into(), today.into()])
        .await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

pub(super) async fn end_parts(
    db: &impl ConnectionTrait,
    parts: &[CaseProfessionalId],
    today: NaiveDate,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE case_professionals SET to_on = CASE WHEN from_on > $2 THEN from_on ELSE $2 END
         WHERE id = ANY_ID($1) AND to_on IS NULL",
    );
    let parts = sql::ids(db.get_database_backend(), parts.iter().copied());
    SQL.run(db, [parts, today.into()]).await
}

/// Begins parts today, in one statement.
pub(super) async fn begin_parts(
    db: &impl ConnectionTrait,
    parts: &[(CaseProfessionalId, Begin)],
    today: NaiveDate,
) -> Result<()> {
    static POSTGRES: Sql = Sql::new(
        "INSERT INTO case_professionals (id, case_id, person_id, is_responsible, from_on)
         SELECT id, case_id, person_id, is_responsible, $5
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[]) AS new (id, case_id, person_id, is_responsible)",
    );
    static SQLITE: Sql = Sql::new(
        "INSERT INTO case_professionals (id, case_id, person_id, is_responsible, from_on)
         SELECT unhex(value ->> 0), unhex(value ->> 1), unhex(value ->> 2), value ->> 3, $2 FROM json_each($1)",
    );
    if parts.is_empty() {
        return Ok(());
    }
    let on = db.get_database_backend();
    if on == DbBackend::Postgres {
        let is_responsible = parts.iter().map(|(_, part)| part.is_responsible);
        let values: [Value; 5] = [
            sql::ids(on, parts.iter().map(|(id, _)| *id)),
            sql::ids(on, parts.iter().map(|(_, part)| part.case_id)),
            sql::ids(on, parts.iter().map(|(_, part)| part.person_id)),
            is_responsible.collect::<Vec<_>>().into(),
            today.into(),
        ];
        POSTGRES.run(db, values).await?;
    } else {
        let hex = |id: uuid::Uuid| id.simple().to_string();
        let rows: serde_json::Value = parts
            .iter()
            .map(|(id, part)| {
                let [id, case, person] = [id.0, part.case_id.0, part.person_id.0].map(hex);
                serde_json::json!([id, case, person, part.is_responsible])
            })
            .collect();
        let values: [Value; 2] = [rows.to_string().into(), today.into()];
        SQLITE.run(db, values).await?;
    }
    Ok(())
}

pub(super) async fn insert_move(
    db: &impl ConnectionTrait,
    new: &CaseloadMove,
    ended: &[CaseProfessionalId],
    begun: &[CaseProfessionalId],
) -> Result<()> {
    static MOVE: Sql = Sql::new(
        "INSERT INTO caseload_moves (id, from_id, to_id, moved_count, version, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, 1, $5, $6)",
    );
    static ENTRIES: Sql = Sql::new(
        "INSERT INTO caseload_move_entries (move_id, case_professional_id, is_begun)
         SELECT $1, id, $2 FROM case_professionals WHERE id = ANY_ID($3)",
    );
    let values: [Value; 6] = [
        new.id.0.into(),
        new.from_id.0.into(),
        new.to_id.0.into(),
        new.moved_count.into(),
        new.recorded_by.0.into(),
        new.recorded_at.into(),
    ];
    MOVE.run(db, values).await?;
    for (parts, is_begun) in [(ended, false), (begun, true)] {
        let parts = sql::ids(db.get_database_backend(), parts.iter().copied());
        ENTRIES
            .run(db, [new.id.0.into(), is_begun.into(), parts])
            .await?;
    }
    Ok(())
}

pub(super) async fn find_move(
    db: &impl ConnectionTrait,
    id: CaseloadMoveId,
) -> Result<Option<CaseloadMove>> {
    static SQL: Sql = Sql::new(
        "SELECT id, from_id, to_id, moved_count, version, recorded_by, recorded_at, cancelled_at
         FROM caseload_moves WHERE id = $1",
    );
    SQL.one(db, [id.0.into()]).await
}

/// What a move ended and began, with the organisation that coordinates each case.
#[derive(FromQueryResult)]
pub(super) struct Entry {
    #[sea_orm(nested)]
    pub part: Part,
    pub is_begun: bool,
    pub organisation_id: OrganisationId,
}

pub(super) async fn entries(db: &impl ConnectionTrait, id: CaseloadMoveId) -> Result<Vec<Entry>> {
    static SQL: Sql = Sql::new(
        "SELECT cp.id, cp.case_id, cp.person_id, cp.is_responsible, e.is_begun, c.organisation_id
         FROM caseload_move_entries e JOIN case_professionals cp ON cp.id = e.case_professional_id
         JOIN supported_cases c ON c.id = cp.case_id WHERE e.move_id = $1 ORDER BY cp.id",
    );
    SQL.all(db, [id.0.into()]).await
}

pub(super) async fn cancel_move(
    db: &impl ConnectionTrait,
    id: CaseloadMoveId,
    version: i32,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE caseload_moves SET version = version + 1, cancelled_at = $3, cancelled_by = $4
         WHERE id = $1 AND version = $2 AND cancelled_at IS NULL",
    );
    let values: [Value; 4] = [id.0.into(), version.into(), now.into(), by.0.into()];
    SQL.run(db, values).await
}

/// What stands on cases and shows their professional: open relationships and referrals.
#[derive(FromQueryResult)]
pub(super) struct Touched {
    pub organisation_id: OrganisationId,
    pub relationship_id: Option<SupportRelationshipId>,
    pub referral_id: Option<ReferralId>,
}

pub(super) async fn touched(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = SupportedCaseId>,
) -> Result<Vec<Touched>> {
    static SQL: Sql = Sql::new(
        "SELECT r.organisation_id, r.id AS relationship_id, CAST(NULL AS uuid) AS referral_id
         FROM support_relationships r WHERE r.case_id = ANY_ID($1) AND r.status NOT IN ('ENDED', 'CANCELLED')
         UNION ALL
         SELECT f.organisation_id, CAST(NULL AS uuid), f.id FROM referrals f
         WHERE f.case_id = ANY_ID($1) AND f.status NOT IN ('CLOSED', 'WITHDRAWN', 'DECLINED', 'EXPIRED')",
    );
    SQL.all(db, [sql::ids(db.get_database_backend(), cases)])
        .await
}

pub(super) async fn list<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    after: uuid::Uuid,
    limit: i64,
) -> Result<Vec<Caseload>> {
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT cp.person_id, count(*) AS cases,
           CAST(sum(CASE WHEN cp.is_responsible THEN 1 ELSE 0 END) AS bigint) AS responsible_for,
           CAST(sum((SELECT count(*) FROM support_relationships r
             WHERE r.case_id = cp.case_id AND r.status NOT IN ('ENDED', 'CANCELLED'))) AS bigint) AS open_relationships
         FROM case_professionals cp JOIN supported_cases c ON c.id = cp.case_id
         WHERE cp.to_on IS NULL AND cp.person_id > ",
    );
    question.bind(after).words(" AND ");
    counted(&mut question, scope);
    question
        .words(" GROUP BY cp.person_id ORDER BY cp.person_id LIMIT ")
        .bind(limit);
    question.all(db).await
}

pub(super) async fn count<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT count(DISTINCT cp.person_id) AS n
         FROM case_professionals cp JOIN supported_cases c ON c.id = cp.case_id WHERE cp.to_on IS NULL AND ",
    );
    counted(&mut question, scope);
    let row: Option<Count> = question.one(db).await?;
    Ok(row.map_or(0, |row| row.n.unsigned_abs()))
}

/// Whose cases are counted: all that the own organisation coordinates, and one's own.
fn counted<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let organisations = scope.organisations();
    let professionals = scope.professionals();
    question.words("(");
    if !organisations.is_empty() {
        question.is_one_of("c.organisation_id", &organisations);
    }
    if !organisations.is_empty() && !professionals.is_empty() {
        question.words(" OR ");
    }
    if !professionals.is_empty() {
        question.is_one_of("cp.person_id", &professionals);
    }
    let is_nobody = organisations.is_empty() && professionals.is_empty();
    question.words(if is_nobody { "1 = 0)" } else { ")" });
}
