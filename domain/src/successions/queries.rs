//! The SQL of successions themselves.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    OrganisationId, PersonId, ReferralId, SuccessionId, SupportPersonId, SupportRelationshipId,
    SupportedCaseId,
};
use rinnalla_entity::states::SuccessionStatus;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{Counts, Succession};
use crate::access::{ManageSuccessions, Scope};
use crate::act::{Act, code, take_version};
use crate::audit::ObjectKind;
use crate::error::{Error, Result};
use crate::sql::{self, Sql};

macro_rules! successions {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.former_id, f.name AS former_name, s.successor_id, o.name AS successor_name, s.from_on, s.status,
               s.proposed_at, s.made_at, s.cancelled_at, s.moved_cases, s.moved_referrals, s.moved_relationships,
               s.moved_support_persons, s.moved_people, s.version
             FROM successions s JOIN organisations f ON f.id = s.former_id JOIN organisations o ON o.id = s.successor_id WHERE ",
            $rest
        )
    };
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = OrganisationId>,
) -> Result<Vec<Succession>> {
    static SQL: Sql = Sql::new(successions!(
        "s.former_id = ANY_ID($1) OR s.successor_id = ANY_ID($1) ORDER BY s.id DESC"
    ));
    SQL.all(db, [sql::ids(db.get_database_backend(), of)]).await
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: SuccessionId,
) -> Result<Option<Succession>> {
    static SQL: Sql = Sql::new(successions!("s.id = $1"));
    SQL.one(db, [id.0.into()]).await
}

/// Whether a succession of `former` (to `successor`, where that is said) waits for an answer.
pub(super) async fn is_proposed(
    db: &impl ConnectionTrait,
    former: OrganisationId,
    successor: Option<OrganisationId>,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM successions WHERE former_id = $1 AND successor_id = coalesce($2, successor_id)
           AND status = 'PROPOSED') AS is_any",
    );
    #[derive(FromQueryResult)]
    struct Row {
        is_any: bool,
    }
    let values: [Value; 2] = [former.0.into(), successor.map(|id| id.0).into()];
    let row: Option<Row> = SQL.one(db, values).await?;
    Ok(row.is_some_and(|row| row.is_any))
}

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    id: SuccessionId,
    [former, successor]: &[OrganisationId; 2],
    from_on: NaiveDate,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO successions (id, former_id, successor_id, from_on, status, proposed_by, proposed_at)
         VALUES ($1, $2, $3, $4, 'PROPOSED', $5, $6)",
    );
    let values: [Value; 6] = [
        id.0.into(),
        former.0.into(),
        successor.0.into(),
        from_on.into(),
        by.0.into(),
        now.into(),
    ];
    SQL.run(db, values).await?;
    Ok(())
}

take_version!(pub(super) lock, "successions", SuccessionId);

/// Notes that it is made, and how much went over.
pub(super) async fn mark_made(
    db: &impl ConnectionTrait,
    id: SuccessionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE successions SET status = 'MADE', made_by = $2, made_at = $3,
           moved_cases = (SELECT count(DISTINCT object_id) FROM succession_entries
             WHERE succession_id = $1 AND kind IN ('CASE', 'CASE_REFERRED')),
           moved_referrals = (SELECT count(DISTINCT object_id) FROM succession_entries
             WHERE succession_id = $1 AND kind IN ('REFERRAL', 'REFERRAL_REFERRED')),
           moved_relationships = (SELECT count(DISTINCT object_id) FROM succession_entries
             WHERE succession_id = $1 AND kind IN ('RELATIONSHIP', 'RELATIONSHIP_REFERRED')),
           moved_support_persons = (SELECT count(*) FROM succession_entries WHERE succession_id = $1 AND kind = 'SUPPORT_PERSON'),
           moved_people = (SELECT count(DISTINCT g.person_id) FROM succession_entries e JOIN role_grants g ON g.id = e.object_id
             WHERE e.succession_id = $1 AND e.kind = 'GRANT_ENDED')
         WHERE id = $1",
    );
    SQL.run(db, [id.0.into(), by.0.into(), now.into()]).await?;
    Ok(())
}

pub(super) async fn cancel(
    db: &impl ConnectionTrait,
    id: SuccessionId,
    status: SuccessionStatus,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE successions SET status = $2, cancelled_by = $3, cancelled_at = $4 WHERE id = $1",
    );
    let values: [Value; 4] = [id.0.into(), code(status), by.0.into(), now.into()];
    SQL.run(db, values).await?;
    Ok(())
}

/// What would go over, counted in one statement.
pub(super) async fn to_move(
    db: &impl ConnectionTrait,
    former: OrganisationId,
    successor: OrganisationId,
    from_on: NaiveDate,
) -> Result<Counts> {
    static SQL: Sql = Sql::new(
        "SELECT (SELECT count(*) FROM supported_cases WHERE organisation_id = $1 OR referring_organisation_id = $1) AS cases,
           (SELECT count(*) FROM referrals WHERE organisation_id = $1 OR referring_organisation_id = $1) AS referrals,
           (SELECT count(*) FROM support_relationships WHERE organisation_id = $1 OR referring_organisation_id = $1) AS relationships,
           (SELECT count(*) FROM support_relationships WHERE (organisation_id = $1 OR referring_organisation_id = $1)
             AND status NOT IN ('ENDED', 'CANCELLED')) AS open_relationships,
           (SELECT count(*) FROM support_persons WHERE organisation_id = $1) AS support_persons,
           (SELECT count(*) FROM programmes WHERE organisation_id = $1) AS programmes,
           (SELECT count(*) FROM outbox_messages WHERE organisation_id = $1 AND status IN ('PLANNED', 'CLAIMED')) AS unsent_notices,
           (SELECT count(*) FROM partnerships WHERE (organisation_id = $1 OR partner_id = $1)
             AND (valid_to IS NULL OR valid_to >= $3)) AS partnerships,
           (SELECT count(*) FROM role_grants WHERE organisation_id = $1 AND cancelled_at IS NULL
             AND role NOT IN ('ADMIN', 'DPO', 'ANALYST') AND (valid_to IS NULL OR valid_to >= $3)) AS role_grants,
           (SELECT count(DISTINCT person_id) FROM role_grants WHERE organisation_id = $1 AND cancelled_at IS NULL
             AND role NOT IN ('ADMIN', 'DPO', 'ANALYST') AND (valid_to IS NULL OR valid_to >= $3)) AS people,
           (SELECT count(*) FROM support_persons t WHERE t.organisation_id = $1 AND t.status <> 'ENDED'
             AND EXISTS (SELECT 1 FROM support_persons o WHERE o.organisation_id = $2 AND o.person_id = t.person_id)) AS support_persons_in_both",
    );
    let values = [former.0.into(), successor.0.into(), from_on.into()];
    let counts: Option<Counts> = SQL.one(db, values).await?;
    counts.ok_or_else(|| Error::internal("a question without an answer"))
}

/// Something protected that went over, with the organisation that coordinates it now.
#[derive(FromQueryResult)]
pub(super) struct Touched {
    kind: String,
    object_id: Uuid,
    pub organisation_id: OrganisationId,
    /// Whether the coordinating organisation is the one that changed, and not the referring one.
    pub is_coordinated: bool,
}

impl Touched {
    /// Notes it in an organisation's log.
    pub fn note(&self, act: &mut Act<'_>, scope: &Scope<ManageSuccessions>, of: OrganisationId) {
        let id = self.object_id;
        match self.kind.as_str() {
            "CASE" => act.changed(scope, of, ObjectKind::SupportedCase, SupportedCaseId(id)),
            "REFERRAL" => act.changed(scope, of, ObjectKind::Referral, ReferralId(id)),
            "SUPPORT_PERSON" => {
                act.changed(scope, of, ObjectKind::SupportPerson, SupportPersonId(id));
            }
            "PERSON" => act.changed(scope, of, ObjectKind::Person, PersonId(id)),
            _ => {
                let id = SupportRelationshipId(id);
                act.changed(scope, of, ObjectKind::SupportRelationship, id);
            }
        }
    }
}

pub(super) async fn touched(db: &impl ConnectionTrait, id: SuccessionId) -> Result<Vec<Touched>> {
    static SQL: Sql = Sql::new(
        "SELECT 'CASE' AS kind, t.id AS object_id, t.organisation_id, e.kind = 'CASE' AS is_coordinated
         FROM succession_entries e JOIN supported_cases t ON t.id = e.object_id
         WHERE e.succession_id = $1 AND e.kind IN ('CASE', 'CASE_REFERRED')
         UNION ALL SELECT 'REFERRAL', t.id, t.organisation_id, e.kind = 'REFERRAL'
         FROM succession_entries e JOIN referrals t ON t.id = e.object_id
         WHERE e.succession_id = $1 AND e.kind IN ('REFERRAL', 'REFERRAL_REFERRED')
         UNION ALL SELECT 'RELATIONSHIP', t.id, t.organisation_id, e.kind = 'RELATIONSHIP'
         FROM succession_entries e JOIN support_relationships t ON t.id = e.object_id
         WHERE e.succession_id = $1 AND e.kind IN ('RELATIONSHIP', 'RELATIONSHIP_REFERRED')
         UNION ALL SELECT 'SUPPORT_PERSON', t.id, t.organisation_id, true
         FROM succession_entries e JOIN support_persons t ON t.id = e.object_id
         WHERE e.succession_id = $1 AND e.kind = 'SUPPORT_PERSON'
         UNION ALL SELECT 'PERSON', t.person_id, t.organisation_id, true
         FROM succession_entries e JOIN role_grants t ON t.id = e.object_id
         WHERE e.succession_id = $1 AND e.kind = 'GRANT_ENDED'",
    );
    SQL.all(db, [id.0.into()]).await
}
