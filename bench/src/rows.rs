//! The statements, one a question, and their rows.

use chrono::NaiveDate;
use sea_orm::sqlx::{self, PgPool, Row as _, postgres::PgRow};
use uuid::Uuid;

pub type Pool = PgPool;

/// A relationship of a caseload, with its latest reviews and meetings.
#[derive(serde::Serialize, async_graphql::SimpleObject)]
pub struct Relationship {
    id: Uuid,
    status: String,
    case_code: String,
    first_meeting_on: Option<NaiveDate>,
    support_person: Uuid,
    support_person_status: String,
    reviews: Vec<Review>,
    meetings: Vec<Meeting>,
}

/// A review of a relationship.
#[derive(serde::Serialize, async_graphql::SimpleObject)]
pub struct Review {
    id: Uuid,
    planned_on: NaiveDate,
    held_on: Option<NaiveDate>,
    status: String,
}

/// A meeting of a relationship.
#[derive(serde::Serialize, async_graphql::SimpleObject)]
pub struct Meeting {
    id: Uuid,
    met_on: NaiveDate,
    minutes: i16,
    activity: String,
}

/// A review that falls due.
#[derive(serde::Serialize, async_graphql::SimpleObject)]
pub struct Due {
    id: Uuid,
    planned_on: NaiveDate,
    window_end_on: NaiveDate,
    relationship: Uuid,
    status: String,
    case_code: String,
    professional: Option<Uuid>,
    organisation: Uuid,
    organisation_name: String,
}

/// A relationship by itself.
#[derive(serde::Serialize, async_graphql::SimpleObject)]
pub struct Node {
    id: Uuid,
    status: String,
    case_code: String,
    first_meeting_on: Option<NaiveDate>,
}

const CASELOAD: &str = include_str!("../sql/caseload.sql");
const DUE: &str = include_str!("../sql/due.sql");
const NODE: &str = include_str!("../sql/node.sql");
const PAGE: &str = include_str!("../sql/page.sql");
const MEETING: &str = include_str!("../sql/meeting.sql");
const REVIEW: &str = include_str!("../sql/review.sql");

/// Something that is recorded of a relationship.
#[derive(serde::Deserialize, async_graphql::InputObject)]
pub struct Entry {
    relationship: Uuid,
    on: NaiveDate,
    by: Uuid,
}

/// The id of what was written; none where nothing was.
#[derive(serde::Serialize, async_graphql::SimpleObject)]
pub struct Written {
    id: Option<Uuid>,
}

/// A professional's first 20 relationships with their last 3 reviews and last 5 meetings.
pub async fn caseload(pool: &Pool, person: Uuid) -> sqlx::Result<Vec<Relationship>> {
    let rows = sqlx::query(CASELOAD).bind(person).fetch_all(pool).await?;
    let mut relationships: Vec<Relationship> = Vec::with_capacity(20);
    for row in &rows {
        let id: Uuid = row.try_get(0)?;
        if relationships.last().is_none_or(|last| last.id != id) {
            relationships.push(Relationship {
                id,
                status: row.try_get(1)?,
                case_code: row.try_get(2)?,
                first_meeting_on: row.try_get(3)?,
                support_person: row.try_get(4)?,
                support_person_status: row.try_get(5)?,
                reviews: Vec::with_capacity(3),
                meetings: Vec::with_capacity(5),
            });
        }
        if let Some(last) = relationships.last_mut() {
            child(last, row)?;
        }
    }
    Ok(relationships)
}

fn child(of: &mut Relationship, row: &PgRow) -> sqlx::Result<()> {
    match row.try_get::<Option<&str>, _>(6)? {
        Some("R") => of.reviews.push(Review {
            id: row.try_get(7)?,
            planned_on: row.try_get(8)?,
            held_on: row.try_get(9)?,
            status: row.try_get(10)?,
        }),
        Some(_) => of.meetings.push(Meeting {
            id: row.try_get(7)?,
            met_on: row.try_get(8)?,
            activity: row.try_get(10)?,
            minutes: row.try_get(11)?,
        }),
        None => {}
    }
    Ok(())
}

/// The first 50 open reviews of an organisation that are planned until a day.
pub async fn due(pool: &Pool, organisation: Uuid, to: NaiveDate) -> sqlx::Result<Vec<Due>> {
    let question = sqlx::query(DUE).bind(organisation).bind(to);
    let rows = question.fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                id: row.try_get(0)?,
                planned_on: row.try_get(1)?,
                window_end_on: row.try_get(2)?,
                relationship: row.try_get(3)?,
                status: row.try_get(4)?,
                case_code: row.try_get(5)?,
                professional: row.try_get(6)?,
                organisation: row.try_get(7)?,
                organisation_name: row.try_get(8)?,
            })
        })
        .collect()
}

/// One relationship.
pub async fn node(pool: &Pool, id: Uuid) -> sqlx::Result<Option<Node>> {
    let row = sqlx::query(NODE).bind(id).fetch_optional(pool).await?;
    row.as_ref().map(node_of).transpose()
}

/// Twenty relationships of an organisation, those after one of them.
pub async fn page(pool: &Pool, organisation: Uuid, after: Uuid) -> sqlx::Result<Vec<Node>> {
    let question = sqlx::query(PAGE).bind(organisation).bind(after);
    let rows = question.fetch_all(pool).await?;
    rows.iter().map(node_of).collect()
}

fn node_of(row: &PgRow) -> sqlx::Result<Node> {
    Ok(Node {
        id: row.try_get(0)?,
        status: row.try_get(1)?,
        case_code: row.try_get(2)?,
        first_meeting_on: row.try_get(3)?,
    })
}

/// Records a meeting.
pub async fn meeting(pool: &Pool, entry: &Entry) -> sqlx::Result<Written> {
    write(pool, MEETING, entry).await
}

/// Closes the open review of a relationship and opens the next one.
pub async fn review(pool: &Pool, entry: &Entry) -> sqlx::Result<Written> {
    write(pool, REVIEW, entry).await
}

async fn write(pool: &Pool, sql: &'static str, entry: &Entry) -> sqlx::Result<Written> {
    let Entry {
        relationship,
        on,
        by,
    } = entry;
    let statement = sqlx::query(sql).bind(relationship).bind(on).bind(by);
    let row = statement.fetch_optional(pool).await?;
    let id = row.map(|row| row.try_get(0)).transpose()?;
    Ok(Written { id })
}
