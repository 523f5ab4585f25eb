//! What whoever watches over an installation sees of it: whether it is ready, and its numbers; and the documents that
//! it can be told to answer alone.

use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::json;

use crate::support::databases::quiet;
use crate::support::program::{
    Installation, ask, free_address, http, on_both_installations, wait_for,
};

/// A statement of the test's own, beside the program.
fn sql(it: &Installation, statement: &str) {
    let url = it.database.as_ref().unwrap().url.clone();
    let run = async {
        let db = Database::connect(quiet(&url)).await.unwrap();
        db.execute_unprepared(statement).await.unwrap();
        db.close().await.unwrap();
    };
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(run));
}

/// The first administrator's token.
fn token(it: &Installation) -> String {
    let organisation = it.must(&[
        "organisation",
        "add",
        "--name",
        "Malliyhdistys ry",
        "--county",
        "20",
    ]);
    let person = it.must(&[
        "person",
        "add",
        "--name",
        "Aino Mallinen",
        "--organisation",
        &organisation,
    ]);
    it.must(&["token", "issue", "--person", &person])
}

/// The numbers, once they hold all of these lines' beginnings.
#[track_caller]
fn numbers(address: &str, wanted: &[&str]) -> String {
    let mut page = String::new();
    for _ in 0..100 {
        page = http(address, "/metrics", "", None).1;
        let has = |line: &&str| page.lines().any(|it| it.starts_with(line));
        if wanted.iter().all(has) {
            return page;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{wanted:?} is not all there:\n{page}");
}

on_both_installations! {
    fn it_is_ready_while_the_database_serves_it_and_its_keys(it: Installation) {
        it.must(&["organisation", "add", "--name", "Malliyhdistys ry", "--county", "20"]);
        let address = free_address();
        let api = it.start(&["api", "--listen", &address]);
        wait_for(&address);
        let ready = || http(&address, "/readyz", "", None).0;
        assert_eq!(ready(), 200);
        for (broken, mended) in [
            // A newer program's database that no longer serves this one.
            (
                "INSERT INTO schema_levels (level, serves_from) VALUES (999, 999)",
                "DELETE FROM schema_levels WHERE level = 999",
            ),
            // A database that was made with other keys.
            (
                "UPDATE key_checks SET fingerprint = 'x' || substr(fingerprint, 1, 15)",
                "DELETE FROM key_checks",
            ),
        ] {
            sql(&it, broken);
            assert_eq!(ready(), 503, "{broken}");
            assert_eq!(http(&address, "/livez", "", None).0, 200);
            sql(&it, mended);
            assert_eq!(ready(), 200, "{mended}");
        }
        assert_eq!(api.stop(), Some(0));
    }

    fn its_numbers_are_shown_at_a_door_of_their_own(it: Installation) {
        let token = token(&it);
        let (address, door) = (free_address(), free_address());
        let api = it.start(&["api", "--listen", &address, "--metrics-listen", &door]);
        wait_for(&address);
        for _ in 0..2 {
            ask(&address, &token, "{ me { person { name } } }", json!({}));
        }
        ask(&address, &token, "{ nothing }", json!({}));
        ask(&address, "rnl_nobody", "{ me { person { name } } }", json!({}));
        let counted = "rinnalla_request_duration_seconds_count";
        let page = numbers(&door, &[
            &format!("{counted}{{operation=\"query\",outcome=\"OK\"}} 2"),
            &format!("{counted}{{operation=\"none\",outcome=\"GRAPHQL_VALIDATION_FAILED\"}} 1"),
            &format!("{counted}{{operation=\"none\",outcome=\"UNAUTHENTICATED\"}} 1"),
            "# EOF",
        ]);
        assert!(!page.contains("Aino") && !page.contains("rnl_"), "{page}");
        assert_eq!(http(&address, "/metrics", "", None).0, 404, "not on the public door");
        assert_eq!(api.stop(), Some(0));

        let door = free_address();
        let mut worker = it.command(&["worker", "--metrics-listen", &door, "--clock", "2026-11-24T10:00"]);
        worker.env("SMTP_URL", "smtp://127.0.0.1:2525").env("MAIL_FROM", "noreply@example.org");
        worker.env("PUBLIC_URL", "https://rinnalla.example.org").env("WORKER_TICK", "1s");
        let worker = crate::support::program::Running::of(worker);
        wait_for(&door);
        numbers(&door, &[
            "rinnalla_job_runs_total{job=\"review_reminders\",result=\"done\"} 1",
            "rinnalla_job_last_success_timestamp_seconds{job=\"deliver_mail\"} 1795507200",
            "rinnalla_job_done_total{job=\"deliver_mail\"} 0",
            "rinnalla_outbox_oldest_due_seconds 0",
            "rinnalla_mail_paused 0",
            "# EOF",
        ]);
        assert_eq!(worker.stop(), Some(0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_that_is_given_documents_answers_these_alone() {
    let it = Installation::on(crate::support::databases::Kind::Sqlite)
        .await
        .unwrap();
    let token = token(&it);
    std::fs::create_dir(it.path().join("documents")).unwrap();
    let (code, told) = it.refused(&["api", "--trusted-documents", "documents"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("TRUSTED_DOCUMENTS (--trusted-documents): documents: no document in it"),
        "{told}"
    );

    let known = "query Me { me { person { name } } }";
    std::fs::write(it.path().join("documents/me.graphql"), known).unwrap();
    let address = free_address();
    let api = it.start(&[
        "api",
        "--listen",
        &address,
        "--trusted-documents",
        "documents",
    ]);
    wait_for(&address);
    let answer = ask(&address, &token, known, json!({}));
    assert_eq!(
        answer["data"]["me"]["person"]["name"], "Aino Mallinen",
        "{answer}"
    );
    let answer = ask(&address, &token, "{ me { person { name } } }", json!({}));
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "UNKNOWN_DOCUMENT",
        "{answer}"
    );
    assert_eq!(api.stop(), Some(0));
}
