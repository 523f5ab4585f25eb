//! Acts that come at the same moment share a statement on PostgreSQL, and each is done once or refused for itself.

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Statement, TransactionTrait as _};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::databases::Kind;
use crate::support::relationships::{Circle, Relationship, joint};
use crate::support::{Actor, Answer, App};

/// What both statements have, and nothing else does.
const WRITE: &str = "kept AS (INSERT INTO idempotency_keys";

async fn active(app: &App, circle: &Circle, many: usize) -> Vec<Relationship> {
    let mut all = Vec::new();
    for _ in 0..many {
        all.push(circle.active(app).await);
    }
    all
}

/// Sends them all at once, and the first statement late, so that the others have come when it ends. What came of
/// it, how many such statements it took, and how many reviews were recorded step by step.
async fn sent(app: &App, acts: Vec<impl Future<Output = Answer>>) -> (Vec<Answer>, [usize; 2]) {
    if app.database.kind == Kind::Postgres {
        app.before(WRITE, &["SELECT pg_sleep(0.5)"]);
    }
    let answers = join_all(acts).await;
    let (together, alone): (Vec<_>, Vec<_>) = app
        .statements()
        .into_iter()
        .partition(|sql| sql.contains(WRITE));
    let alone = alone
        .iter()
        .filter(|sql| sql.contains("INTO joint_review_records"));
    (answers, [together.len(), alone.count()])
}

/// Keeps as somebody's the keys that a query lists; how many they are.
async fn used(db: &impl ConnectionTrait, actor: &Actor, keys: &str) -> u64 {
    let all = format!(
        "INSERT INTO idempotency_keys (actor_id, idempotency_key, act, input_hash, object_id, created_at)
         SELECT p.id, k.key, 'meetingRecord', '', p.id, now() FROM people p, ({keys}) AS k (key) WHERE p.id = '{}'",
        actor.id.0
    );
    db.execute_unprepared(&all).await.unwrap().rows_affected()
}

fn reason(answer: &Answer) -> Value {
    answer.json["errors"][0]["extensions"]["reason"].clone()
}

on_both! {
    async fn reviews_are_recorded_together_and_each_once(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationships = active(&app, &circle, 6).await;
        app.on_day("2026-12-15");
        let mut inputs = Vec::new();
        for relationship in &relationships {
            let open = circle.open_review(&app, relationship).await;
            inputs.push(json!({ "jointReviewId": open["id"], "version": open["version"], "held": joint("2026-12-15"),
                "idempotencyKey": app.key() }));
        }
        let with_own_key = |input: &Value| {
            let mut input = input.clone();
            input["idempotencyKey"] = json!(app.key());
            input
        };
        // Each three times: sent again under the same key, and by another tab that knows nothing of it.
        let again = inputs.clone();
        let others: Vec<Value> = inputs.iter().map(with_own_key).collect();
        let all = inputs.into_iter().chain(again).chain(others);
        let acts = all.map(|input| app.act(&circle.mikko, "jointReviewRecordHeld", input));
        let (answers, [together, alone]) = sent(&app, acts.collect()).await;
        for n in 0..6 {
            let [one, again, other] = [n, n + 6, n + 12].map(|at| &answers[at]);
            let (refused, done) = match one.json.get("errors") {
                None => (vec![other], vec![one, again]),
                Some(_) => (vec![one, again], vec![other]),
            };
            assert!(refused.iter().all(|it| reason(it) == "STALE_VERSION"), "{refused:#?}");
            assert!(done.iter().all(|it| it.done()["jointReview"]["status"] == "HELD"));
        }
        let rows = app.review_rows().await;
        assert_eq!(rows.len(), 12, "each has its next review, and no other");
        assert!(rows.iter().all(|row| row.version == if row.cycle_no == 1 { 3 } else { 1 }));
        let written = app.read_sql("SELECT count(*) FROM joint_review_records").await;
        let logged = app.read_sql("SELECT count(*) FROM access_log WHERE purpose = 'jointReviewRecordHeld'").await;
        assert_eq!((&*written, &*logged), ("6", "6"));
        if app.database.kind == Kind::Postgres {
            assert!((1..6).contains(&together), "{together} statements for eighteen acts");
            assert_eq!(alone, 0, "whoever comes second is left out, and spoils it for nobody");
        }
    }
}

on_both! {
    async fn who_may_not_spoils_it_for_nobody_and_each_is_logged_with_the_own_grant(app: App) {
        app.on_day("2026-09-14");
        let (circle, strangers) = (app.circle("Esimerkki").await, app.circle("Toinen").await);
        let relationships = active(&app, &circle, 4).await;
        app.on_day("2026-12-15");
        let input = |relationship: &Relationship, activity: &str| {
            json!({ "supportRelationshipId": relationship.id, "metOn": "2026-12-15", "minutes": 60, "activity": activity,
                "channel": "IN_PERSON" })
        };
        let by = |actor, n: usize, activity| {
            app.act(actor, "meetingRecord", input(&relationships[n], activity))
        };
        let acts = vec![
            by(&circle.sari, 0, "COFFEE"),
            by(&strangers.sari, 1, "COFFEE"),
            by(&circle.sari, 1, "A\u{0}B"),
            by(&circle.kaisa, 2, "COFFEE"),
            by(&circle.sari, 3, "COFFEE"),
            by(&strangers.kaisa, 3, "COFFEE"),
        ];
        let (answers, [together, _]) = sent(&app, acts).await;
        for n in [0, 3, 4] {
            answers[n].done();
        }
        assert_eq!(answers[1].codes(), ["NOT_FOUND"]);
        assert_eq!(answers[2].user_errors(), ["activity UNKNOWN_CODE"]);
        assert_eq!(answers[5].codes(), ["NOT_FOUND"]);
        let logged = app.read_sql(
            "SELECT count(*) FROM access_log l JOIN role_grants g ON g.id = l.grant_id AND g.person_id = l.person_id
             AND g.organisation_id = l.organisation_id WHERE l.purpose = 'meetingRecord' AND EXISTS (
               SELECT 1 FROM access_log_objects o WHERE o.entry_id = l.id AND o.act = 'WRITE')",
        );
        assert_eq!(logged.await, "3");
        assert_eq!(app.read_sql("SELECT count(*) FROM meetings").await, "3");
        if app.database.kind == Kind::Postgres {
            // The first alone; then those of support persons and those of coordinators, whose reach is another.
            assert!((2..6).contains(&together), "{together} statements for six acts");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_another_process_is_writing_keeps_nobody_else_waiting() {
    let Some(app) = App::on(Kind::Postgres).await else {
        return;
    };
    app.on_day("2026-09-14");
    let circle = app.circle("Esimerkki").await;
    let relationships = active(&app, &circle, 2).await;
    app.on_day("2026-12-15");
    let (db, key) = (app.db().await, app.key());
    let other = db.begin().await.unwrap();
    let held = format!("VALUES ('{key}')");
    assert_eq!(used(&other, &circle.sari, &held).await, 1);
    let record = |n: usize, key: String| {
        let input = json!({ "supportRelationshipId": relationships[n].id, "metOn": "2026-12-15", "minutes": 60,
            "activity": "COFFEE", "channel": "IN_PERSON", "idempotencyKey": key });
        app.act(&circle.sari, "meetingRecord", input)
    };
    let waits = record(0, key);
    let goes_on = async {
        record(1, app.key()).await.done();
        other.rollback().await.unwrap();
    };
    let (waited, ()) = tokio::join!(waits, goes_on);
    waited.done();
    db.close().await.unwrap();
}

/// A plan is kept, and goes on while the table grows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_looked_up_and_never_all_of_them_read_though_they_be_few() {
    let Some(app) = App::on(Kind::Postgres).await else {
        return;
    };
    app.on_day("2026-09-14");
    let circle = app.circle("Esimerkki").await;
    let relationship = circle.active(&app).await;
    let input = json!({ "supportRelationshipId": relationship.id, "metOn": "2026-09-14", "minutes": 60,
        "activity": "COFFEE", "channel": "IN_PERSON" });
    let answer = app.act(&circle.sari, "meetingRecord", input).await;
    let written = answer.statements.iter().find(|sql| sql.contains(WRITE));
    let db = app.db().await;
    let few = "SELECT 'one-of-' || n FROM generate_series(1, 600) n";
    assert_eq!(used(&db, &circle.sari, few).await, 600);
    db.execute_unprepared("ANALYZE idempotency_keys")
        .await
        .unwrap();
    let explain = format!("EXPLAIN {}", written.unwrap().replace("$1", "'[]'"));
    let explain = Statement::from_string(db.get_database_backend(), explain);
    let plan = db.query_all_raw(explain).await.unwrap();
    let plan = plan.iter().map(|row| row.try_get_by_index(0).unwrap());
    let plan = plan.collect::<Vec<String>>().join("\n");
    assert!(plan.contains("idempotency_keys_pkey"), "{plan}");
    assert!(!plan.contains("Seq Scan on idempotency_keys"), "{plan}");
    db.close().await.unwrap();
}
