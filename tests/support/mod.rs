//! What tests stand on: a register on a fresh database, people in roles, time that is set.

pub mod actors;
pub mod acts;
pub mod browser;
pub mod calendars;
pub mod cases;
pub mod certificates;
pub mod chromium;
pub mod courses;
pub mod databases;
pub mod machine;
pub mod matching;
pub mod notices;
pub mod pairs;
pub mod places;
pub mod postfix;
pub mod program;
pub mod relationships;
pub mod reviews;
pub mod smtp;
pub mod spreadsheet;
pub mod supervision;
pub mod workbook;

use std::sync::{Arc, LazyLock, Mutex};

use async_graphql::{Executor as _, Request, Response, Variables};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rinnalla_api::feed::Feed;
use rinnalla_api::gate::{Credentials, Gate as _, Outcome, Refusal, Via};
use rinnalla_api::graphql::RegisterSchema;
use rinnalla_api::limits::Limits;
use rinnalla_api::{RegisterGate, answer};
use rinnalla_domain::calendar::helsinki_instant;
use rinnalla_domain::ctx::{Clock, Ctx, Register};
use rinnalla_domain::keys::Keys;
use rinnalla_domain::store::Store;
use sea_orm::{ConnectionTrait as _, Database, TransactionTrait as _};
use serde_json::{Value, json};

pub use self::actors::Actor;
use self::databases::{Kind, TestDatabase};

/// Declares tests that run on both databases: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both {
    ($(#[$meta:meta])* async fn $name:ident($app:ident: App) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn it($app: $crate::support::App) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                if let Some(app) = $crate::support::App::on($crate::support::databases::Kind::Sqlite).await {
                    it(app).await;
                }
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(app) = $crate::support::App::on($crate::support::databases::Kind::Postgres).await {
                    it(app).await;
                }
            }
        }
    };
}

/// What every question is measured by before it is executed.
static LIMITS: LazyLock<Limits> = LazyLock::new(|| {
    let sdl = include_str!("../../api/schema.graphql");
    Limits::for_schema(sdl, true).unwrap()
});

/// A register on a fresh database, with a clock that stands still.
pub struct App {
    pub register: Register,
    pub database: TestDatabase,
    gate: RegisterGate,
    schema: RegisterSchema,
    statements: Arc<Mutex<Vec<String>>>,
    before: Awaited,
    keys_used: std::sync::atomic::AtomicU32,
}

/// What somebody else does just before a statement with these words is sent.
struct Before {
    words: &'static str,
    changes: Vec<String>,
}

/// What is to happen, and fails the test where it never did.
#[derive(Default)]
struct Awaited(Arc<Mutex<Option<Before>>>);

impl Drop for Awaited {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(
                self.0.lock().unwrap().is_none(),
                "nothing of the kind was sent"
            );
        }
    }
}

impl Before {
    /// Does it on a thread of its own, since the statement waits for it; in one transaction.
    fn happen(self, url: String) {
        let happens = async move {
            let db = Database::connect(databases::quiet(&url)).await.unwrap();
            let tx = db.begin().await.unwrap();
            for change in &self.changes {
                tx.execute_unprepared(change).await.unwrap();
            }
            tx.commit().await.unwrap();
            db.close().await.unwrap();
        };
        let alone = || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
        };
        std::thread::spawn(move || alone().unwrap().block_on(happens))
            .join()
            .unwrap();
    }
}

/// An answer as the client sees it.
#[derive(Debug, Clone)]
pub struct Answer {
    pub json: Value,
    /// The SQL statements that the request took, sign-in and log included.
    pub statements: Vec<String>,
}

/// The answer to variables that cannot be.
fn refused(query: &str, variables: &Variables) -> Option<Value> {
    let checked = LIMITS.check(query).ok()?;
    let fault = checked
        .choose(None)
        .ok()?
        .check_variables(variables)
        .err()?;
    Some(json!({ "errors": [fault.into_error()] }))
}

impl App {
    /// A register on Monday 23.11.2026 at 10:00 in Helsinki; `None` where this database is not to be had.
    pub async fn on(kind: Kind) -> Option<Self> {
        let database = databases::fresh(kind).await?;
        let statements: Arc<Mutex<Vec<String>>> = Arc::default();
        let before = Awaited::default();
        let observer = {
            let (statements, before) = (Arc::clone(&statements), Arc::clone(&before.0));
            let url = database.url.clone();
            Arc::new(move |sql: &str| {
                statements.lock().unwrap().push(sql.to_owned());
                let is_next = |it: &mut Before| sql.contains(it.words);
                let next = before.lock().unwrap().take_if(is_next);
                if let Some(next) = next {
                    next.happen(url.clone());
                }
            })
        };
        let store = Store::open_observed(&database.url, Some(observer))
            .await
            .unwrap();
        let clock = Clock::fixed(at("2026-11-23", "10:00"));
        let register = Register::new(store, Keys::generate().unwrap(), clock);
        Some(Self {
            gate: RegisterGate::new(register.clone()),
            schema: rinnalla_api::graphql::schema(Feed::new(register.clone())),
            register,
            database,
            statements,
            before,
            keys_used: 0.into(),
        })
    }

    /// Sets the time to 10:00 in Helsinki on a day.
    pub fn on_day(&self, day: &str) {
        self.register.clock.set(at(day, "10:00"));
    }

    /// Sets the time.
    pub fn at(&self, day: &str, time: &str) {
        self.register.clock.set(at(day, time));
    }

    /// Has somebody else change something just before a statement with these words is sent, once. A test ends in vain if none was.
    pub fn before(&self, words: &'static str, changes: &[&str]) {
        let changes = changes.iter().map(|it| (*it).to_owned()).collect();
        *self.before.0.lock().unwrap() = Some(Before { words, changes });
    }

    /// A fresh idempotency key.
    pub fn key(&self) -> String {
        let n = self
            .keys_used
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        format!("key-{n}")
    }

    /// Forgets the statements so far.
    pub fn forget_statements(&self) {
        self.statements.lock().unwrap().clear();
    }

    /// The statements since they were last forgotten.
    pub fn statements(&self) -> Vec<String> {
        self.statements.lock().unwrap().clone()
    }

    /// Sends an operation through the gate: signed in before, logged after, as over HTTP.
    pub async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Answer {
        self.ask_via(Via::Request, token, query, variables).await
    }

    /// What an operation comes to before anything is made of it, and logged; none where who asks is turned away.
    pub async fn executed(&self, token: Option<&str>, query: &str) -> Option<Response> {
        let ctx = self.open(Via::Request, token).await.ok()?;
        Some(self.schema.execute(Request::new(query).data(ctx)).await)
    }

    async fn open(&self, via: Via, token: Option<&str>) -> Result<Ctx, Refusal> {
        let headers = poem::http::HeaderMap::new();
        let credentials = Credentials {
            bearer: token,
            headers: &headers,
            peer: None,
            via,
        };
        self.gate.open(credentials).await
    }

    /// The same as a question over HTTP goes first: somebody who is remembered need not sign in. A refusal is `refused`.
    pub async fn ask_via(
        &self,
        via: Via,
        token: Option<&str>,
        query: &str,
        variables: Value,
    ) -> Answer {
        self.forget_statements();
        let variables = Variables::from_json(variables);
        if let Some(json) = refused(query, &variables) {
            return Answer {
                json,
                statements: Vec::new(),
            };
        }
        let json = match self.open(via, token).await {
            Err(refusal) => json!({ "refused": format!("{refusal:?}") }),
            Ok(ctx) => {
                let request = Request::new(query).variables(variables).data(ctx.clone());
                let mut response = self.schema.execute(request).await;
                let kind = async_graphql::parser::types::OperationType::Query;
                answer::settle(&mut response, true, answer::Effects::Several, || {
                    "incident".to_owned()
                });
                let outcome = Outcome {
                    kind,
                    name: None,
                    errors: response.errors.len(),
                };
                match self.gate.close(&ctx, outcome).await {
                    Err(Refusal::Outdated) => json!({ "refused": "Outdated" }),
                    closed => {
                        closed.unwrap();
                        serde_json::to_value(&response).unwrap()
                    }
                }
            }
        };
        let mut statements = self.statements();
        for statement in &mut statements {
            if is_sign_in(statement) {
                WHO_ASKS.clone_into(statement);
            }
        }
        statements.dedup_by(|late, early| late == early && late == WHO_ASKS);
        Answer { json, statements }
    }
}

/// What stands for a sign-in among the statements of an answer. Whoever asks for the first time signs in; of whoever is
/// remembered it is looked whether that still holds; and where rights have changed since, one follows the other. It comes
/// before whatever is asked, and is no news to those who compare what was.
const WHO_ASKS: &str = "who asks, and what may they do";

fn is_sign_in(statement: &str) -> bool {
    statement.contains("FROM access_tokens t JOIN people p")
        || statement == "SELECT version FROM rights WHERE version = $1"
}

impl Answer {
    /// The data; fails the test where there are errors.
    #[track_caller]
    pub fn data(&self) -> &Value {
        assert!(
            self.json
                .get("errors")
                .is_none_or(|e| e.as_array().is_some_and(Vec::is_empty)),
            "{:#}",
            self.json
        );
        &self.json["data"]
    }

    /// The payload of the one mutation; fails the test where the act was refused.
    #[track_caller]
    pub fn done(&self) -> &Value {
        let payload = self.payload();
        assert_eq!(payload["userErrors"], json!([]), "{:#}", self.json);
        payload
    }

    /// The payload of the one mutation.
    #[track_caller]
    pub fn payload(&self) -> &Value {
        let data = self.data().as_object().expect("data");
        assert_eq!(data.len(), 1, "one mutation at a time");
        data.values().next().expect("a payload")
    }

    /// The user errors of the one mutation, as `field CODE`.
    #[track_caller]
    pub fn user_errors(&self) -> Vec<String> {
        let errors = self.payload()["userErrors"]
            .as_array()
            .expect("userErrors: ask for { field code }");
        errors
            .iter()
            .map(|e| {
                format!(
                    "{} {}",
                    e["field"].as_str().unwrap_or("-"),
                    e["code"].as_str().unwrap_or("?")
                )
            })
            .collect()
    }

    /// The codes of the top-level errors.
    pub fn codes(&self) -> Vec<String> {
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|e| {
                e["extensions"]["code"]
                    .as_str()
                    .unwrap_or("NONE")
                    .to_owned()
            })
            .collect()
    }
}

/// 09:30 on a day in Helsinki, as an instant.
pub fn at(day: &str, time: &str) -> DateTime<Utc> {
    helsinki_instant(date(day), NaiveTime::parse_from_str(time, "%H:%M").unwrap())
}

/// A day.
pub fn date(day: &str) -> NaiveDate {
    day.parse().unwrap()
}
