//! Which notices somebody does without, and that the needed ones come all the same.

use super::*;

const VIEWER: &str = "viewer { person { version } notices { kind isOptedOut mayOptOut } }";

fn without(version: i32, kinds: &[&str]) -> serde_json::Value {
    json!({ "version": version, "kinds": kinds })
}

/// The kinds that a viewer does without.
fn opted_out(viewer: &serde_json::Value) -> Vec<String> {
    let notices = viewer["notices"].as_array().unwrap();
    let without = notices.iter().filter(|it| it["isOptedOut"] == true);
    without
        .map(|it| it["kind"].as_str().unwrap().to_owned())
        .collect()
}

on_both! {
    async fn a_notice_that_its_reader_does_without_goes_to_nobody(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-10");
        let chosen = desk.kaisa.does(&app, "noticeOptOutsChange", VIEWER, without(1, &["REVIEW_COMING"])).await;
        assert_eq!(opted_out(&chosen.done()["viewer"]), ["REVIEW_COMING"]);
        assert_eq!(plan(&app).await, 1, "the duty is planned, whoever reads it");
        let decided = decide(&app).await;
        assert!(matches!(decided[..], [(_, Decision::Skip(Reason::OptedOut))]), "{decided:?}");
        let (claimed, _) = decided.into_iter().next().unwrap();
        settle(&app, &[(claimed, End::Skipped(Reason::OptedOut))]).await;
        assert_eq!(plan(&app).await, 0, "not planned again");

        // Nobody is asked to look after it.
        let undelivered = "{ notices(filter: { isUndelivered: true }) { nodes { kind reason } } waitingForMe { items { kind } } }";
        let answer = desk.maija.ask(&app, undelivered, json!({})).await;
        assert_eq!(answer.data()["notices"]["nodes"], json!([]));
        let all = desk.maija.ask(&app, "{ notices { nodes { status reason } } }", json!({})).await;
        assert_eq!(all.data()["notices"]["nodes"], json!([{ "status": "SKIPPED", "reason": "OPTED_OUT" }]));

        // That the review is due is told in any case.
        app.on_day("2026-11-24");
        assert_eq!(plan(&app).await, 1);
        assert_eq!(the_notice(&app).await.kind, NoticeKind::ReviewDue);
    }
}

on_both! {
    async fn a_substitutes_own_choice_counts_while_standing_in(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        let anna = app.person("Anna Esimerkki", desk.city, Role::Professional).await;
        app.on_day("2026-11-10");
        desk.kaisa.does(&app, "noticeOptOutsChange", VIEWER, without(1, &["REVIEW_COMING"])).await.done();
        app.away(&desk.kaisa, &anna, "2026-11-09", "2026-11-11").await;
        plan(&app).await;
        assert_eq!(the_notice(&app).await.to, Some(anna.id));
        anna.does(&app, "noticeOptOutsChange", VIEWER, without(1, &["REVIEW_COMING", "REVIEW_NUDGE"])).await.done();
        app.run("UPDATE outbox_messages SET available_ms = 0", []).await;
        assert_eq!(fate(&app).await, Reason::OptedOut);
    }
}

on_both! {
    async fn a_choice_of_notices_is_ones_own_and_whole(app: App) {
        let desk = app.desk().await;
        let tables = ["notice_opt_outs", "people", "changes", "idempotency_keys"];
        let before = app.rows(&tables).await;
        desk.kaisa.tries(&app, "noticeOptOutsChange", VIEWER, &without(1, &["REVIEW_COMING"]), &[
            (json!({ "kinds": ["REVIEW_DUE"] }), &["kinds NOTICE_IS_NEEDED"]),
            (json!({ "kinds": ["REVIEW_COMING", "REVIEW_OVERDUE"] }), &["kinds NOTICE_IS_NEEDED"]),
            (json!({ "idempotencyKey": " " }), &["idempotencyKey EMPTY"]),
        ]).await;
        let stale = desk.kaisa.does(&app, "noticeOptOutsChange", VIEWER, without(2, &[])).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let nobody = app.ask(None, "mutation { noticeOptOutsChange(input: { idempotencyKey: \"a\", version: 1, kinds: [] }) { userErrors { code } } }", json!({})).await;
        assert_eq!(nobody.codes(), ["UNAUTHENTICATED"]);
        assert_eq!(app.rows(&tables).await, before);

        let mut input = without(1, &["REVIEW_NUDGE", "REVIEW_COMING", "REVIEW_NUDGE"]);
        input["idempotencyKey"] = json!("once");
        let first = desk.kaisa.does(&app, "noticeOptOutsChange", VIEWER, input.clone()).await;
        assert_eq!(opted_out(&first.done()["viewer"]), ["REVIEW_COMING", "REVIEW_NUDGE"]);
        let rows = app.rows(&tables).await;
        let again = desk.kaisa.does(&app, "noticeOptOutsChange", VIEWER, input).await;
        assert_eq!(again.done(), first.done());
        assert_eq!(app.rows(&tables).await, rows);
        let fewer = desk.kaisa.does(&app, "noticeOptOutsChange", VIEWER, without(2, &["REVIEW_BOOKED"])).await;
        assert_eq!(opted_out(&fewer.done()["viewer"]), ["REVIEW_BOOKED"]);
        let others = desk.maija.ask(&app, "{ me { notices { kind isOptedOut mayOptOut } } }", json!({})).await;
        assert_eq!(opted_out(&others.data()["me"]), [""; 0]);
    }
}

on_both! {
    async fn mail_that_is_not_sent_yet_goes_to_the_changed_address(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        assert_eq!(the_notice(&app).await.email.reveal(), &address("Kaisa Esimerkki"));
        let correct = json!({
            "personId": desk.kaisa.node(), "version": 1, "name": "Kaija Esimerkki", "email": "kaija@example.org", "language": "SV",
        });
        desk.kaisa.does(&app, "personCorrect", "person { id }", correct).await.done();
        app.run("UPDATE outbox_messages SET available_ms = 0", []).await;
        let notice = the_notice(&app).await;
        assert_eq!(notice.email.reveal(), "kaija@example.org");
        assert_eq!(notice.first_name.as_ref().unwrap().reveal(), "Kaija");
        assert_eq!(notice.language.code(), "sv");
    }
}
