//! Whoever changes the access log is found out.

use std::time::Duration;

use rinnalla_domain::audit::seals::{self, FaultKind};
use rinnalla_domain::ids::{AccessLogId, Id as _, OrganisationId, PersonId, RequestId};
use rinnalla_domain::states::OrganisationKind;
use rinnalla_entity::{access_log, access_log_looks, access_log_objects};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};
use uuid::Uuid;

use crate::on_both;
use crate::support::App;
use crate::support::databases::Kind;

const BACK: Duration = Duration::from_secs(10);

/// A row of the log with two objects that were changed, and two that were looked at.
async fn looked_at(app: &App, organisation: OrganisationId, id: AccessLogId) {
    let db = app.db().await;
    access_log::ActiveModel {
        id: Set(id),
        organisation_id: Set(organisation),
        request_id: Set(RequestId::random()),
        person_id: Set(PersonId::random()),
        grant_id: Set(None),
        purpose: Set("Caseload".to_owned()),
        at: Set(app.register.clock.now()),
    }
    .insert(&db)
    .await
    .unwrap();
    for _ in 0..2 {
        access_log_objects::ActiveModel {
            entry_id: Set(id),
            object_kind: Set("SUPPORT_RELATIONSHIP".to_owned()),
            object_id: Set(RequestId::random().0),
            act: Set("WRITE".to_owned()),
        }
        .insert(&db)
        .await
        .unwrap();
    }
    access_log_looks::ActiveModel {
        entry_id: Set(id),
        object_kind: Set("SUPPORT_RELATIONSHIP".to_owned()),
        act: Set("READ".to_owned()),
        objects: Set([RequestId::random(), RequestId::random()]
            .map(|id| id.0.into_bytes())
            .concat()),
    }
    .insert(&db)
    .await
    .unwrap();
    db.close().await.unwrap();
}

async fn some(app: &App, organisation: OrganisationId, rows: usize) -> Vec<AccessLogId> {
    let mut ids = Vec::new();
    for _ in 0..rows {
        let id = AccessLogId::random();
        looked_at(app, organisation, id).await;
        ids.push(id);
    }
    ids
}

async fn seal(app: &App) -> u64 {
    seals::seal(&app.job_ctx(), BACK).await.unwrap()
}

/// An id that was made so long ago.
fn older(than: AccessLogId, by: Duration) -> AccessLogId {
    AccessLogId(Uuid::from_u128(than.0.as_u128() - (by.as_millis() << 80)))
}

/// Does to the log what its triggers refuse: somebody who owns the database can.
async fn tamper(app: &App, table: &str, sql: &str) {
    match app.database.kind {
        Kind::Postgres => {
            app.run(&format!("ALTER TABLE {table} DISABLE TRIGGER USER"), [])
                .await;
        }
        Kind::Sqlite => {
            for what in ["update", "delete"] {
                app.run(&format!("DROP TRIGGER {table}_no_{what}"), [])
                    .await;
            }
        }
    }
    assert_eq!(app.run(sql, []).await, 1, "{sql}");
}

fn literal(app: &App, id: Uuid) -> String {
    match app.database.kind {
        Kind::Postgres => format!("'{id}'"),
        Kind::Sqlite => format!("x'{}'", id.simple()),
    }
}

async fn two_organisations(app: &App) -> [OrganisationId; 2] {
    [
        app.organisation("Yksi", OrganisationKind::Association)
            .await,
        app.organisation("Toinen", OrganisationKind::Association)
            .await,
    ]
}

on_both! {
    async fn what_was_written_is_sealed_once_and_found_right(app: App) {
        let [one, other] = two_organisations(&app).await;
        some(&app, one, 3).await;
        some(&app, other, 2).await;
        assert_eq!(seal(&app).await, 5);
        assert_eq!(seal(&app).await, 0);
        some(&app, one, 1).await;
        let found = seals::verify(&app.job_ctx()).await.unwrap();
        assert_eq!((found.seals, found.rows, found.unsealed, found.unsealed_before_the_end), (2, 5, 1, 0));
        assert_eq!(found.first_fault, None);
        assert_eq!(seal(&app).await, 1);
        let found = seals::verify(&app.job_ctx()).await.unwrap();
        assert_eq!((found.seals, found.rows, found.unsealed), (3, 6, 0));
        let mut seqs: Vec<_> = found.heads.iter().map(|head| (head.organisation, head.seq)).collect();
        seqs.sort();
        let mut expected = [(one, 2), (other, 1)];
        expected.sort();
        assert_eq!(seqs, expected);
    }
}

on_both! {
    async fn a_row_that_is_committed_late_goes_into_the_next_seal(app: App) {
        let [one, _] = two_organisations(&app).await;
        let ids = some(&app, one, 2).await;
        assert_eq!(seal(&app).await, 2);
        looked_at(&app, one, older(ids[0], Duration::from_secs(8))).await;
        assert_eq!(seal(&app).await, 1, "begun before, committed after");
        looked_at(&app, one, older(ids[0], Duration::from_secs(3600))).await;
        assert_eq!(seal(&app).await, 0, "that late is not looked for each second");
        let found = seals::verify(&app.job_ctx()).await.unwrap();
        assert_eq!((found.unsealed, found.unsealed_before_the_end, found.first_fault), (1, 1, None));
        let day = Duration::from_secs(24 * 3600);
        assert_eq!(seals::seal(&app.job_ctx(), day).await.unwrap(), 1, "but each hour");
        assert_eq!(seals::verify(&app.job_ctx()).await.unwrap().unsealed, 0);
    }
}

on_both! {
    async fn the_first_row_that_was_changed_is_named(app: App) {
        let [one, other] = two_organisations(&app).await;
        some(&app, other, 2).await;
        let ids = some(&app, one, 5).await;
        seal(&app).await;
        let id = literal(&app, ids[2].0);
        tamper(&app, "access_log", &format!("UPDATE access_log SET purpose = 'Other' WHERE id = {id}")).await;
        let fault = seals::verify(&app.job_ctx()).await.unwrap().first_fault.unwrap();
        assert_eq!((fault.organisation, fault.kind), (one, FaultKind::RowChanged(ids[2])));
    }
}

on_both! {
    async fn an_object_that_was_taken_out_is_found(app: App) {
        let [one, _] = two_organisations(&app).await;
        let ids = some(&app, one, 3).await;
        seal(&app).await;
        let id = literal(&app, ids[1].0);
        tamper(&app, "access_log_objects", &format!(
            "DELETE FROM access_log_objects WHERE entry_id = {id} AND object_id =
             (SELECT object_id FROM access_log_objects WHERE entry_id = {id} LIMIT 1)")).await;
        let fault = seals::verify(&app.job_ctx()).await.unwrap().first_fault.unwrap();
        assert_eq!(fault.kind, FaultKind::RowChanged(ids[1]));
    }
}

on_both! {
    async fn an_object_that_was_taken_out_of_a_look_is_found(app: App) {
        let [one, _] = two_organisations(&app).await;
        let ids = some(&app, one, 3).await;
        seal(&app).await;
        let id = literal(&app, ids[1].0);
        tamper(&app, "access_log_looks", &format!(
            "UPDATE access_log_looks SET objects = substr(objects, 17) WHERE entry_id = {id}")).await;
        let fault = seals::verify(&app.job_ctx()).await.unwrap().first_fault.unwrap();
        assert_eq!(fault.kind, FaultKind::RowChanged(ids[1]));
    }
}

on_both! {
    async fn a_seal_that_was_taken_out_or_changed_is_found(app: App) {
        let [one, _] = two_organisations(&app).await;
        for _ in 0..3 {
            some(&app, one, 2).await;
            seal(&app).await;
        }
        tamper(&app, "access_log_seals", "DELETE FROM access_log_seals WHERE seq = 2").await;
        let fault = seals::verify(&app.job_ctx()).await.unwrap().first_fault.unwrap();
        assert_eq!((fault.seq, fault.kind), (3, FaultKind::SealMissing));
        app.run("UPDATE access_log_seals SET seq = 2 WHERE seq = 3", []).await;
        let fault = seals::verify(&app.job_ctx()).await.unwrap().first_fault.unwrap();
        assert_eq!((fault.seq, fault.kind), (2, FaultKind::SealChanged));
    }
}

on_both! {
    async fn several_sealers_at_once_seal_every_row_once(app: App) {
        let [one, other] = two_organisations(&app).await;
        for _ in 0..5 {
            some(&app, one, 4).await;
            some(&app, other, 3).await;
            let sealers: Vec<_> = (0..4)
                .map(|_| {
                    let ctx = app.job_ctx();
                    tokio::spawn(async move { seals::seal(&ctx, BACK).await.unwrap() })
                })
                .collect();
            let mut sealed = 0;
            for sealer in sealers {
                sealed += sealer.await.unwrap();
            }
            assert_eq!(sealed, 7);
        }
        let found = seals::verify(&app.job_ctx()).await.unwrap();
        assert_eq!((found.rows, found.unsealed, found.first_fault), (35, 0, None));
    }
}

on_both! {
    async fn the_log_itself_refuses_changes(app: App) {
        let [one, _] = two_organisations(&app).await;
        some(&app, one, 1).await;
        seal(&app).await;
        let db = app.db().await;
        for (table, change) in [
            ("access_log", "purpose = ''"),
            ("access_log_objects", "act = 'WRITE'"),
            ("access_log_looks", "act = 'REFUSED'"),
            ("access_log_seals", "seq = 9"),
        ] {
            for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET {change}")] {
                let refused = sea_orm::ConnectionTrait::execute_unprepared(&db, &sql).await.unwrap_err();
                assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
            }
        }
        db.close().await.unwrap();
    }
}
