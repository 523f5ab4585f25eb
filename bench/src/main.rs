//! Two servers that answer the benchmark's questions with nothing around them but one hand-written statement: a bare
//! poem handler that writes JSON (`/poem/…`), and a bare async-graphql schema (`/graphql`). No sign-in, no scope, no
//! log: what the register is measured against, never what it should be.

mod graphql;
mod rows;

use chrono::NaiveDate;
use poem::listener::TcpListener;
use poem::web::{Data, Json, Path};
use poem::{EndpointExt as _, Response, Route, Server, get, handler, post};
use sea_orm::sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

use crate::rows::{Entry, Pool};

fn json(rows: &impl serde::Serialize) -> Response {
    Response::builder()
        .content_type("application/json")
        .body(serde_json::to_vec(rows).unwrap_or_default())
}

#[handler]
async fn caseload(Path(person): Path<Uuid>, Data(pool): Data<&Pool>) -> poem::Result<Response> {
    let rows = rows::caseload(pool, person).await;
    Ok(json(&rows.map_err(poem::error::InternalServerError)?))
}

#[handler]
async fn due(
    Path((organisation, to)): Path<(Uuid, NaiveDate)>,
    Data(pool): Data<&Pool>,
) -> poem::Result<Response> {
    let rows = rows::due(pool, organisation, to).await;
    Ok(json(&rows.map_err(poem::error::InternalServerError)?))
}

#[handler]
async fn node(Path(id): Path<Uuid>, Data(pool): Data<&Pool>) -> poem::Result<Response> {
    let row = rows::node(pool, id).await;
    Ok(json(&row.map_err(poem::error::InternalServerError)?))
}

#[handler]
async fn page(
    Path((organisation, after)): Path<(Uuid, Uuid)>,
    Data(pool): Data<&Pool>,
) -> poem::Result<Response> {
    let rows = rows::page(pool, organisation, after).await;
    Ok(json(&rows.map_err(poem::error::InternalServerError)?))
}

#[handler]
async fn meeting(Json(entry): Json<Entry>, Data(pool): Data<&Pool>) -> poem::Result<Response> {
    let written = rows::meeting(pool, &entry).await;
    Ok(json(&written.map_err(poem::error::InternalServerError)?))
}

#[handler]
async fn review(Json(entry): Json<Entry>, Data(pool): Data<&Pool>) -> poem::Result<Response> {
    let written = rows::review(pool, &entry).await;
    Ok(json(&written.map_err(poem::error::InternalServerError)?))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("DATABASE_URL")?;
    let listen = std::env::var("LISTEN")?;
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .connect(&url)
        .await?;
    let routes = Route::new()
        .at("/poem/caseload/:person", get(caseload))
        .at("/poem/due/:organisation/:to", get(due))
        .at("/poem/node/:id", get(node))
        .at("/poem/page/:organisation/:after", get(page))
        .at("/poem/meeting", post(meeting))
        .at("/poem/review", post(review))
        .at("/graphql", post(graphql::answer))
        .data(graphql::schema(pool.clone()))
        .data(pool);
    Server::new(TcpListener::bind(listen)).run(routes).await?;
    Ok(())
}
