//! The SQL of histories: the entries of a record and, where the reader may see them, the changes that left none.

use rinnalla_entity::ids::OrganisationId;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Record, Row};
use crate::error::{Error, Result};
use crate::page::PageArgs;
use crate::reach::Question;

/// Whose history is asked for, and how much of it the reader may see.
pub(super) struct Asked {
    pub of: Record,
    /// Whether everything that was recorded, or only what is not between an association and a support person.
    pub sees_all: bool,
    /// Of these organisations' access logs, the changes as well.
    pub changes: Vec<OrganisationId>,
}

const ENTRY: &str =
    "a.on_date, a.recorded_by AS by_id, a.recorded_at AS at, a.cancelled_by, a.cancelled_at";

/// What passes between the association and a support person, and is not the professional's to know.
const NOT_TOLD: &str = " AND a.kind NOT IN ('SUPPORT_PERSON_ASKED', 'SUPPORT_PERSON_AGREED', 'SUPPORT_PERSON_REFUSED', 'PROPOSAL_WITHDRAWN')";

/// `history(id, part, what, on_date, by_id, at, cancelled_by, cancelled_at)`.
fn with_history(question: &mut Question, asked: &Asked) {
    let id = asked.of.id();
    question.words("WITH entries AS (");
    match asked.of {
        Record::SupportPerson(_) if asked.sees_all => {
            question
                .words("SELECT a.id, 'SUPPORT_PERSON_ACT' AS part, a.kind AS what, ")
                .words(ENTRY)
                .words(" FROM support_person_acts a WHERE a.support_person_id = ")
                .bind(id);
        }
        Record::SupportedCase(_) | Record::Referral(_) => {
            question
                .words("SELECT a.id, 'REFERRAL_ACT' AS part, a.kind AS what, ")
                .words(ENTRY)
                .words(" FROM referral_acts a WHERE a.referral_id ");
            match asked.of {
                Record::SupportedCase(_) => question
                    .words("IN (SELECT f.id FROM referrals f WHERE f.case_id = ")
                    .bind(id)
                    .words(if asked.sees_all {
                        " AND f.submitted_at IS NOT NULL)"
                    } else {
                        ")"
                    }),
                _ => question.words("= ").bind(id),
            };
            if !asked.sees_all {
                question.words(NOT_TOLD);
            }
        }
        Record::SupportRelationship(_) => of_relationship(question, id),
        Record::Person(_)
        | Record::Organisation(_)
        | Record::SupportPerson(_)
        | Record::Course(_)
        | Record::Training(_)
        | Record::Expert(_)
        | Record::PeerGroup(_)
        | Record::InfluenceItem(_)
        | Record::GrantTarget(_) => {
            // Nothing is recorded about these but what the log knows: an empty list of the same shape.
            question.words(
                "SELECT l.id, 'CHANGE' AS part, l.purpose AS what, CAST(NULL AS date) AS on_date, l.person_id AS by_id, l.at,
                   l.person_id AS cancelled_by, l.at AS cancelled_at FROM access_log l WHERE 1 = 0",
            );
        }
    }
    question.words(") , history AS (SELECT * FROM entries");
    if !asked.changes.is_empty() {
        // An act that left an entry, or cancelled one, is told by the entry.
        question
            .words(
                " UNION ALL SELECT l.id, 'CHANGE', l.purpose, NULL, l.person_id, l.at, NULL, NULL
                 FROM access_log_objects o JOIN access_log l ON l.id = o.entry_id
                 WHERE o.act = 'WRITE' AND o.object_id = ",
            )
            .bind(id)
            .words(" AND ")
            .is_one_of("l.organisation_id", &asked.changes)
            .words(
                " AND NOT EXISTS (SELECT 1 FROM entries e WHERE (e.at = l.at AND e.by_id = l.person_id)
                   OR (e.cancelled_at = l.at AND e.cancelled_by = l.person_id))",
            );
    }
    question.words(") ");
}

fn of_relationship(question: &mut Question, id: uuid::Uuid) {
    question
        .words("SELECT a.id, 'RELATIONSHIP_ACT' AS part, a.kind AS what, ")
        .words(ENTRY)
        .words(" FROM support_relationship_acts a WHERE a.relationship_id = ")
        .bind(id)
        .words(
            " UNION ALL SELECT a.id, 'AGREEMENT', a.rhythm, a.signed_on, a.recorded_by, a.recorded_at, a.cancelled_by,
               a.cancelled_at FROM support_agreements a WHERE a.relationship_id = ",
        )
        .bind(id)
        .words(
            " UNION ALL SELECT a.id, 'MEETING', a.channel, a.met_on, a.recorded_by, a.recorded_at, a.cancelled_by,
               a.cancelled_at FROM meetings a WHERE a.relationship_id = ",
        )
        .bind(id)
        .words(
            " UNION ALL SELECT a.id, 'REVIEW_RECORD', a.kind, coalesce(a.held_on, a.recorded_on), a.recorded_by, a.recorded_at,
               a.cancelled_by, a.cancelled_at FROM joint_review_records a JOIN joint_reviews r ON r.id = a.joint_review_id
             WHERE r.relationship_id = ",
        )
        .bind(id);
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    asked: &Asked,
    page: &PageArgs,
) -> Result<Vec<Row>> {
    let mut question = Question::new(db.get_database_backend(), "");
    with_history(&mut question, asked);
    question.words("SELECT h.* FROM history h");
    if let Some(after) = page.after {
        if after.on.is_some() {
            return Err(Error::invalid("after", "MALFORMED"));
        }
        question
            .words(" WHERE (h.at, h.id) < (SELECT c.at, c.id FROM history c WHERE c.id = ")
            .bind(after.id)
            .words(")");
    }
    question
        .words(" ORDER BY h.at DESC, h.id DESC LIMIT ")
        .bind(page.limit());
    question.all(db).await
}

pub(super) async fn count(db: &impl ConnectionTrait, asked: &Asked) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(db.get_database_backend(), "");
    with_history(&mut question, asked);
    question.words("SELECT count(*) AS n FROM history");
    let row: Option<Count> = question.one(db).await?;
    Ok(row.map_or(0, |row| row.n.unsigned_abs()))
}
