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
    supporter: Uuid,
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
    organisation: String,
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
                supporter: row.try_get(4)?,
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
    match row.try_get::<Option<&str>, _>(5)? {
        Some("R") => of.reviews.push(Review {
            id: row.try_get(6)?,
            planned_on: row.try_get(7)?,
            held_on: row.try_get(8)?,
            status: row.try_get(9)?,
        }),
        Some(_) => of.meetings.push(Meeting {
            id: row.try_get(6)?,
            met_on: row.try_get(7)?,
            activity: row.try_get(9)?,
            minutes: row.try_get(10)?,
        }),
        None => {}
    }
    Ok(())
}

/// The first 50 reviews of an organisation that fall due in 30 days.
pub async fn due(pool: &Pool, organisation: Uuid) -> sqlx::Result<Vec<Due>> {
    let rows = sqlx::query(DUE).bind(organisation).fetch_all(pool).await?;
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
            })
        })
        .collect()
}

/// One relationship.
pub async fn node(pool: &Pool, id: Uuid) -> sqlx::Result<Option<Node>> {
    let row = sqlx::query(NODE).bind(id).fetch_optional(pool).await?;
    row.map(|row| {
        Ok(Node {
            id: row.try_get(0)?,
            status: row.try_get(1)?,
            case_code: row.try_get(2)?,
            first_meeting_on: row.try_get(3)?,
        })
    })
    .transpose()
}
