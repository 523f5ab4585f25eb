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
use crate::support::relationships::{joint, terms};

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
                // The sign-in, how the reviews and the entries stand, and the write. Nothing is read again.
                assert_eq!(answer.statements.len(), 4, "{:#?}", answer.statements);
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

/// Somebody else's act, that comes between how things stood and the write: it holds the relationship, is waited for, and has
/// changed something when it ends.
async fn meanwhile(app: &App, changes: &[String], act: impl Future<Output = ()>) {
    let db: DatabaseConnection = app.db().await;
    let tx = db.begin().await.unwrap();
    for change in ["SELECT id FROM support_relationships FOR NO KEY UPDATE".to_owned()]
        .iter()
        .chain(changes)
    {
        tx.execute_unprepared(change).await.unwrap();
    }
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
    tokio::join!(act, ends);
    db.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_follows_from_what_another_act_left_a_moment_before() {
    let Some(app) = App::on(Kind::Postgres).await else {
        return;
    };
    app.on_day("2026-09-14");
    let circle = app.circle("Esimerkki").await;
    let relationship = circle.active(&app).await;
    app.on_day("2026-12-15");
    held(&app, &circle, &relationship, joint("2026-12-15"))
        .await
        .done();
    app.on_day("2027-03-15");
    // The record of the first review is put right: five months had been agreed. Its version rises, as with every act on it.
    let corrected = [
        "UPDATE joint_review_records SET next_interval_months = 5".to_owned(),
        "UPDATE joint_reviews SET version = version + 1 WHERE cycle_no = 1".to_owned(),
    ];
    meanwhile(&app, &corrected, async {
        held(&app, &circle, &relationship, joint("2027-03-15"))
            .await
            .done();
    })
    .await;
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
    let agreed = [
        "UPDATE support_agreements SET review_interval_months = 4 WHERE starts_on = '2027-03-16'"
            .to_owned(),
        "UPDATE support_relationships SET version = version + 1".to_owned(),
    ];
    meanwhile(&app, &agreed, async {
        held(&app, &circle, &relationship, joint("2027-08-16"))
            .await
            .done();
    })
    .await;
    assert_eq!(
        open(&app, &circle, &relationship).await,
        "4 2027-08-16 2027-12-16"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_of_a_review_that_another_act_changed_a_moment_before_is_refused() {
    let Some(app) = App::on(Kind::Postgres).await else {
        return;
    };
    app.on_day("2026-09-14");
    let circle = app.circle("Esimerkki").await;
    let relationship = circle.active(&app).await;
    app.on_day("2026-12-15");
    let changed = ["UPDATE joint_reviews SET version = version + 1".to_owned()];
    meanwhile(&app, &changed, async {
        let answer = held(&app, &circle, &relationship, joint("2026-12-15")).await;
        assert_eq!(
            answer.json["errors"][0]["extensions"]["reason"],
            "STALE_VERSION"
        );
    })
    .await;
    assert_eq!(
        open(&app, &circle, &relationship).await,
        "1 2026-09-14 2026-12-14",
        "nothing was written"
    );
}
