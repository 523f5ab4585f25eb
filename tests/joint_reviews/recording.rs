//! What is recorded at once is what is recorded step by step, whoever else is at work.

use rinnalla_domain::ids::{Id as _, JointReviewId, SupportRelationshipId};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, Statement, TransactionTrait as _,
};
use serde_json::json;
use uuid::Uuid;

use super::{act, held, not_held, open};
use crate::on_both;
use crate::support::App;
use crate::support::databases::Kind;
use crate::support::relationships::{Circle, Relationship, joint, terms};

on_both! {
    async fn recording_a_review_is_one_write_on_postgresql(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-15");
        let outcomes = [held(&app, &circle, &relationship, joint("2026-12-15")).await, {
            app.on_day("2027-03-15");
            not_held(&app, &circle, &relationship).await
        }];
        for answer in outcomes {
            answer.done();
            let about = |table: &str| answer.statements.iter().filter(|sql| sql.contains(table)).count();
            if app.database.kind == Kind::Postgres {
                // The sign-in, how things stand, and the write. Nothing is read again.
                assert_eq!(answer.statements.len(), 3, "{:#?}", answer.statements);
                assert_eq!(about("INTO joint_review_records"), 1);
            }
            assert_eq!(about("INTO access_log "), 1, "{:#?}", answer.statements);
        }
        assert_eq!(open(&app, &circle, &relationship).await, "3 2027-03-15 2027-06-15");
    }
}

on_both! {
    async fn what_is_recorded_at_once_is_what_is_recorded_step_by_step(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let (one, other) = (circle.active(&app).await, circle.active(&app).await);
        app.on_day("2026-12-15");
        for relationship in [&one, &other] {
            act(&app, &circle, relationship, "supportAgreementRecord", json!({ "terms": terms("2026-12-15") })).await;
        }
        let mut five = joint("2026-12-15");
        five["nextIntervalMonths"] = json!(5);
        // In the same moment as the agreement the order has to be looked up; a minute later the record is the last.
        held(&app, &circle, &one, five.clone()).await.done();
        app.at("2026-12-15", "10:01");
        held(&app, &circle, &other, five).await.done();
        let rows = app.review_rows().await;
        let of = |relationship: &str| {
            let of = |row: &&rinnalla_entity::joint_reviews::Model| row.relationship_id.encode() == relationship;
            let alike = |row: &rinnalla_entity::joint_reviews::Model| rinnalla_entity::joint_reviews::Model {
                id: JointReviewId(Uuid::nil()),
                relationship_id: SupportRelationshipId(Uuid::nil()),
                created_at: rows[0].created_at,
                version: 0,
                ..row.clone()
            };
            rows.iter().filter(of).map(alike).collect::<Vec<_>>()
        };
        assert_eq!(of(&one.id).len(), 2);
        assert_eq!(of(&one.id), of(&other.id));
    }
}

/// The write of a review that is recorded at once.
const WRITE: &str = "recorded AS (INSERT INTO joint_review_records";

/// A relationship on the day of its first review, on PostgreSQL.
async fn first_review() -> Option<(App, Circle, Relationship)> {
    let app = App::on(Kind::Postgres).await?;
    app.on_day("2026-09-14");
    let circle = app.circle("Esimerkki").await;
    let relationship = circle.active(&app).await;
    app.on_day("2026-12-15");
    Some((app, circle, relationship))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_follows_from_what_another_act_left_a_moment_before() {
    let Some((app, circle, relationship)) = first_review().await else {
        return;
    };
    held(&app, &circle, &relationship, joint("2026-12-15"))
        .await
        .done();
    app.on_day("2027-03-15");
    // The record of the first review is put right: five months had been agreed. Its version rises, as with every act on it.
    app.before(
        WRITE,
        &[
            "UPDATE joint_review_records SET next_interval_months = 5",
            "UPDATE joint_reviews SET version = version + 1 WHERE cycle_no = 1",
        ],
    );
    held(&app, &circle, &relationship, joint("2027-03-15"))
        .await
        .done();
    assert_eq!(
        open(&app, &circle, &relationship).await,
        "3 2027-03-15 2027-08-16",
        "five months later"
    );

    // Another agreement is put right. The relationship's version rises, as with every entry of its own.
    app.on_day("2027-03-16");
    act(
        &app,
        &circle,
        &relationship,
        "supportAgreementRecord",
        json!({ "terms": terms("2027-03-16") }),
    )
    .await;
    app.on_day("2027-08-16");
    app.before(
        WRITE,
        &[
            "UPDATE support_agreements SET review_interval_months = 4 WHERE starts_on = '2027-03-16'",
            "UPDATE support_relationships SET version = version + 1",
        ],
    );
    held(&app, &circle, &relationship, joint("2027-08-16"))
        .await
        .done();
    assert_eq!(
        open(&app, &circle, &relationship).await,
        "4 2027-08-16 2027-12-16"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_of_a_review_that_another_act_changed_a_moment_before_is_refused() {
    let Some((app, circle, relationship)) = first_review().await else {
        return;
    };
    app.before(WRITE, &["UPDATE joint_reviews SET version = version + 1"]);
    let answer = held(&app, &circle, &relationship, joint("2026-12-15")).await;
    assert_eq!(
        answer.json["errors"][0]["extensions"]["reason"],
        "STALE_VERSION"
    );
    assert_eq!(
        open(&app, &circle, &relationship).await,
        "1 2026-09-14 2026-12-14",
        "nothing was written"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_that_is_handed_over_a_moment_before_is_out_of_reach() {
    let Some((app, circle, relationship)) = first_review().await else {
        return;
    };
    app.before(
        WRITE,
        &["UPDATE case_professionals SET to_on = '2026-12-14'"],
    );
    let answer = held(&app, &circle, &relationship, joint("2026-12-15")).await;
    assert_eq!(answer.codes(), ["NOT_FOUND"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_holds_is_waited_for_step_by_step() {
    let Some((app, circle, relationship)) = first_review().await else {
        return;
    };
    let db: DatabaseConnection = app.db().await;
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared("SELECT id FROM support_relationships FOR NO KEY UPDATE")
        .await
        .unwrap();
    let ends = async {
        let watching = app.db().await;
        let waiting = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        loop {
            let row = watching
                .query_one_raw(Statement::from_string(DbBackend::Postgres, waiting))
                .await;
            if row.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap() > 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        watching.close().await.unwrap();
        tx.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(
        held(&app, &circle, &relationship, joint("2026-12-15")),
        ends
    );
    answer.done();
    let is_locked = |sql: &String| sql.contains("FOR NO KEY UPDATE OF r") && !sql.contains(WRITE);
    assert!(answer.statements.iter().any(is_locked), "not at once");
    db.close().await.unwrap();
    assert_eq!(
        open(&app, &circle, &relationship).await,
        "2 2026-12-15 2027-03-15"
    );
}
