//! The bare schema.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use poem::web::{Data, Json};
use poem::{Response, handler};
use uuid::Uuid;

use crate::rows::{self, Due, Node, Pool, Relationship};

/// The questions.
pub struct Query(Pool);

/// The questions of the benchmark.
#[Object]
impl Query {
    /// A professional's first relationships.
    async fn caseload(&self, person: Uuid) -> async_graphql::Result<Vec<Relationship>> {
        Ok(rows::caseload(&self.0, person).await?)
    }

    /// The reviews that fall due in 30 days.
    async fn due(&self, organisation: Uuid) -> async_graphql::Result<Vec<Due>> {
        Ok(rows::due(&self.0, organisation).await?)
    }

    /// One relationship.
    async fn node(&self, id: Uuid) -> async_graphql::Result<Option<Node>> {
        Ok(rows::node(&self.0, id).await?)
    }
}

/// The schema's type.
pub type BareSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema over a pool.
pub fn schema(pool: Pool) -> BareSchema {
    Schema::new(Query(pool), EmptyMutation, EmptySubscription)
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
