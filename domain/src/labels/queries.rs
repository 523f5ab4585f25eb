//! The SQL of sealed labels: each reaches what is the keeper's own, and nothing that is an organisation's.

use rinnalla_entity::ids::{OrganisationId, SealedLabelId, SupportRelationshipId, SupportedCaseId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::Of;
use crate::access::{KeepLabels, Scope};
use crate::error::Result;
use crate::reach::Question;
use crate::sql::Sql;

/// A label as it is stored, with what it is a label of.
#[derive(FromQueryResult)]
pub(super) struct Sealed {
    pub id: SealedLabelId,
    pub of_id: Uuid,
    pub case_code: String,
    pub organisation_id: OrganisationId,
    pub data_key_sealed: Vec<u8>,
    pub text_sealed: Vec<u8>,
    pub version: i32,
}

/// Where a label is kept, and the one that is there.
#[derive(FromQueryResult)]
pub(super) struct Place {
    pub organisation_id: OrganisationId,
    pub label_id: Option<SealedLabelId>,
    pub version: Option<i32>,
}

const COLUMNS: &str = "l.id, l.data_key_sealed, l.text_sealed, l.version";

/// Cases `c` of which the scope's people are professionals today.
fn own_case(question: &mut Question, scope: &Scope<KeepLabels>) {
    question
        .words("c.id IN (SELECT h.case_id FROM case_professionals h WHERE h.to_on IS NULL AND ")
        .is_one_of("h.person_id", &scope.professionals())
        .words(")");
}

/// Relationships `r` whose support person is one of the scope's people.
fn own_relationship(question: &mut Question, scope: &Scope<KeepLabels>) {
    question
        .words("r.support_person_id IN (SELECT h.id FROM support_persons h WHERE ")
        .is_one_of("h.person_id", &scope.support_people())
        .words(")");
}

/// The labels that are kept for these cases as their professional.
pub(super) async fn of_cases(
    db: &impl ConnectionTrait,
    scope: &Scope<KeepLabels>,
    cases: &[SupportedCaseId],
) -> Result<Vec<Sealed>> {
    let mut question = Question::new(db.get_database_backend(), "SELECT ");
    question
        .words(COLUMNS)
        .words(", c.id AS of_id, c.case_code, c.organisation_id FROM sealed_labels l JOIN supported_cases c ON c.id = l.case_id WHERE ")
        .is_one_of("c.id", cases)
        .words(" AND ");
    own_case(&mut question, scope);
    question.all(db).await
}

/// The labels that are kept for these relationships as their support person.
pub(super) async fn of_relationships(
    db: &impl ConnectionTrait,
    scope: &Scope<KeepLabels>,
    relationships: &[SupportRelationshipId],
) -> Result<Vec<Sealed>> {
    let mut question = Question::new(db.get_database_backend(), "SELECT ");
    question
        .words(COLUMNS)
        .words(", r.id AS of_id, c.case_code, r.organisation_id FROM sealed_labels l JOIN support_relationships r ON r.id = l.relationship_id
           JOIN supported_cases c ON c.id = r.case_id WHERE ")
        .is_one_of("r.id", relationships)
        .words(" AND ");
    own_relationship(&mut question, scope);
    question.all(db).await
}

/// The labels of either kind for the cases with these codes, as they are stored; a professional's before a support
/// person's, the newest relationship's before others.
pub(super) async fn of_codes(
    db: &impl ConnectionTrait,
    scope: &Scope<KeepLabels>,
    codes: Vec<String>,
) -> Result<Vec<Sealed>> {
    const OF: &str = ", c.id AS of_id, c.case_code, c.organisation_id, ";
    let mut question = Question::new(db.get_database_backend(), "SELECT ");
    question
        .words(COLUMNS)
        .words(OF)
        .words("l.relationship_id FROM supported_cases c JOIN sealed_labels l ON l.case_id = c.id WHERE ")
        .is_code_of("c.case_code", codes.clone())
        .words(" AND ");
    own_case(&mut question, scope);
    question
        .words(" UNION ALL SELECT ")
        .words(COLUMNS)
        .words(OF)
        .words(
            "r.id FROM supported_cases c JOIN support_relationships r ON r.case_id = c.id
           JOIN sealed_labels l ON l.relationship_id = r.id WHERE ",
        )
        .is_code_of("c.case_code", codes)
        .words(" AND ");
    own_relationship(&mut question, scope);
    let mut rows: Vec<OfCode> = question.all(db).await?;
    rows.sort_by_key(|row| {
        (
            row.relationship_id.is_some(),
            std::cmp::Reverse(row.relationship_id),
        )
    });
    Ok(rows.into_iter().map(|row| row.sealed).collect())
}

#[derive(FromQueryResult)]
struct OfCode {
    #[sea_orm(nested)]
    sealed: Sealed,
    relationship_id: Option<SupportRelationshipId>,
}

/// The place of a label, where it is the keeper's own.
pub(super) async fn place(
    db: &impl ConnectionTrait,
    scope: &Scope<KeepLabels>,
    of: Of,
) -> Result<Option<Place>> {
    let on = db.get_database_backend();
    let mut question = Question::new(on, "");
    match of {
        Of::Case(case) => {
            question
                .words(
                    "SELECT c.organisation_id, l.id AS label_id, l.version FROM supported_cases c
                   LEFT JOIN sealed_labels l ON l.case_id = c.id WHERE c.id = ",
                )
                .bind(case.0)
                .words(" AND ");
            own_case(&mut question, scope);
        }
        Of::Relationship(relationship) => {
            question
                .words("SELECT r.organisation_id, l.id AS label_id, l.version FROM support_relationships r
                   LEFT JOIN sealed_labels l ON l.relationship_id = r.id WHERE r.id = ")
                .bind(relationship.0)
                .words(" AND ");
            own_relationship(&mut question, scope);
        }
    }
    question.one(db).await
}

/// A label to write: its key and its text, sealed.
pub(super) struct Cells {
    pub data_key: Vec<u8>,
    pub text: Vec<u8>,
}

/// 0 where somebody else wrote one in the same moment.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    id: SealedLabelId,
    of: Of,
    cells: Cells,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO sealed_labels (id, case_id, relationship_id, data_key_sealed, text_sealed, version)
         VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT DO NOTHING",
    );
    let (case, relationship) = match of {
        Of::Case(case) => (Some(case.0), None),
        Of::Relationship(relationship) => (None, Some(relationship.0)),
    };
    let values: [Value; 5] = [
        id.0.into(),
        case.into(),
        relationship.into(),
        cells.data_key.into(),
        cells.text.into(),
    ];
    SQL.run(db, values).await
}

pub(super) async fn replace(
    db: &impl ConnectionTrait,
    id: SealedLabelId,
    version: i32,
    cells: Cells,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE sealed_labels SET version = version + 1, data_key_sealed = $3, text_sealed = $4
         WHERE id = $1 AND version = $2",
    );
    let values: [Value; 4] = [
        id.0.into(),
        version.into(),
        cells.data_key.into(),
        cells.text.into(),
    ];
    SQL.run(db, values).await
}

pub(super) async fn erase(
    db: &impl ConnectionTrait,
    id: SealedLabelId,
    version: i32,
) -> Result<u64> {
    static SQL: Sql = Sql::new("DELETE FROM sealed_labels WHERE id = $1 AND version = $2");
    SQL.run(db, [id.0.into(), version.into()]).await
}
