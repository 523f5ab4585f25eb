//! The bare schema.

use async_graphql::{EmptySubscription, Object, Schema};
use chrono::NaiveDate;
use poem::web::{Data, Json};
use poem::{Response, handler};
use uuid::Uuid;

use crate::rows::{self, Due, Entry, Node, Pool, Relationship, Written};

/// The questions.
pub struct Query(Pool);

/// The questions of the benchmark.
#[Object]
impl Query {
    /// A professional's first relationships.
    async fn caseload(&self, person: Uuid) -> async_graphql::Result<Vec<Relationship>> {
        Ok(rows::caseload(&self.0, person).await?)
    }

    /// The open reviews that are planned until a day.
    async fn due(&self, organisation: Uuid, to: NaiveDate) -> async_graphql::Result<Vec<Due>> {
        Ok(rows::due(&self.0, organisation, to).await?)
    }

    /// One relationship.
    async fn node(&self, id: Uuid) -> async_graphql::Result<Option<Node>> {
        Ok(rows::node(&self.0, id).await?)
    }

    /// A page of relationships.
    async fn page(&self, organisation: Uuid, after: Uuid) -> async_graphql::Result<Vec<Node>> {
        Ok(rows::page(&self.0, organisation, after).await?)
    }
}

/// What is recorded.
pub struct Mutation(Pool);

/// What is recorded in the benchmark.
#[Object]
impl Mutation {
    /// A meeting.
    async fn meeting(&self, entry: Entry) -> async_graphql::Result<Written> {
        Ok(rows::meeting(&self.0, &entry).await?)
    }

    /// A review.
    async fn review(&self, entry: Entry) -> async_graphql::Result<Written> {
        Ok(rows::review(&self.0, &entry).await?)
    }
}

/// The schema's type.
pub type BareSchema = Schema<Query, Mutation, EmptySubscription>;

/// The schema over a pool.
pub fn schema(pool: Pool) -> BareSchema {
    Schema::new(Query(pool.clone()), Mutation(pool), EmptySubscription)
}

/// `POST /graphql`.
#[handler]
pub async fn answer(
    Data(schema): Data<&BareSchema>,
    Json(request): Json<async_graphql::Request>,
) -> Response {
    let response = schema.execute(request).await;
    Response::builder()
        .content_type("application/json")
        .body(serde_json::to_vec(&response).unwrap_or_default())
}
