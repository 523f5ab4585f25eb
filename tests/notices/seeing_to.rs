//! A notice that reached nobody is seen to: sent anew, or handled otherwise; by the coordinator, once.

use super::*;

const SHOWN: &str = "notice { id status reason acknowledgedAt acknowledgedBy { name } meantFor { name } attempts { outcome } }";
const WAITING: &str = "{ waitingForMe { items { kind subject { id } } } }";

async fn waits(app: &App, who: &Actor) -> usize {
    let answer = who.ask(app, WAITING, json!({})).await;
    answer.data()["waitingForMe"]["items"]
        .as_array()
        .unwrap()
        .len()
}

/// The reminder of a review that is due, which nobody could be sent: neither Kaisa nor Maija has an address, and the
/// association has no mailbox.
async fn skipped(app: &App) -> (Desk, String) {
    let desk = app.desk().await;
    app.followed(&desk, "2026-08-20", 3).await;
    app.run("UPDATE people SET email_bounces = 2", []).await;
    app.run("UPDATE organisations SET mailbox = NULL", []).await;
    app.on_day("2026-11-20");
    assert_eq!(plan(app).await, 1);
    let claimed = claim(app, 10).await;
    let decisions = notices::resolve(&app.job_ctx(), &claimed).await.unwrap();
    assert!(
        matches!(decisions[..], [Decision::Skip(Reason::NoRecipient)]),
        "{decisions:?}"
    );
    let id = claimed[0].id.encode();
    settle(
        app,
        &[(claimed[0].clone(), End::Skipped(Reason::NoRecipient))],
    )
    .await;
    (desk, id)
}

on_both! {
    async fn a_notice_that_is_seen_to_waits_no_more(app: App) {
        let (desk, id) = skipped(&app).await;
        // The review itself waits for Kaisa, and the notice for Maija.
        assert_eq!(waits(&app, &desk.maija).await, 1);
        let input = json!({ "noticeId": id, "idempotencyKey": "seen" });
        for _ in 0..2 {
            let answer = desk.maija.does(&app, "noticeAcknowledge", SHOWN, input.clone()).await;
            let shown = &answer.done()["notice"];
            assert_eq!(shown["status"], "SKIPPED", "what became of it stays on record");
            assert_eq!(shown["acknowledgedBy"]["name"], "Maija Malli");
            assert_eq!(shown["meantFor"]["name"], "Kaisa Esimerkki");
            assert!(shown["acknowledgedAt"].is_string());
        }
        assert_eq!(app.rows(&["notice_acknowledgements"]).await.len(), 1, "sent twice, noted once");
        assert_eq!(waits(&app, &desk.maija).await, 0);
        let filter = "{ notices(filter: { isUndelivered: true }) { nodes { id } totalCount } }";
        let left = desk.maija.ask(&app, filter, json!({})).await;
        assert_eq!(left.data()["notices"], json!({ "nodes": [], "totalCount": 0 }));
        let again = desk.maija.does(&app, "noticeAcknowledge", SHOWN, json!({ "noticeId": id })).await;
        assert_eq!(again.user_errors(), ["noticeId WRONG_STATE"]);
        app.on_day("2026-11-30");
        let open = digest_of(&app).await;
        assert_eq!(open.notices, 0, "it counts in the digest no more");
    }
}

/// What the digest of today would count.
async fn digest_of(app: &App) -> rinnalla_domain::notices::Open {
    app.run("UPDATE people SET email_bounces = 0", []).await;
    notices::enqueue_weekly_digests(&app.job_ctx())
        .await
        .unwrap();
    for (_, decision) in decide(app).await {
        match decision {
            Decision::Send(notice) => {
                if let About::Digest { open, .. } = notice.about {
                    return open;
                }
            }
            Decision::Cancel(Reason::NothingOpen) => return Default::default(),
            _ => {}
        }
    }
    panic!("no digest was planned")
}

on_both! {
    async fn sent_anew_it_goes_to_whom_it_reaches_now_under_the_same_name(app: App) {
        let (desk, id) = skipped(&app).await;
        let before = app.outbox().await[0].clone();
        desk.maija.does(&app, "noticeAcknowledge", SHOWN, json!({ "noticeId": id })).await.done();
        // Also one that was seen to: whoever finds the address later may still send it.
        app.run("UPDATE people SET email_bounces = 0 WHERE id = $1", [desk.kaisa.id.0.into()]).await;
        let input = json!({ "noticeId": id, "idempotencyKey": "anew" });
        for _ in 0..2 {
            let answer = desk.maija.does(&app, "noticeSendAgain", SHOWN, input.clone()).await;
            let shown = &answer.done()["notice"];
            assert_eq!((&shown["status"], &shown["reason"], &shown["acknowledgedAt"]), (&json!("PLANNED"), &json!(null), &json!(null)));
        }
        let notice = the_notice(&app).await;
        assert_eq!(notice.to, Some(desk.kaisa.id));
        assert_eq!(notice.written_at, before.created_at, "the same mail, and no second one");
        assert_eq!(app.outbox().await.len(), 1);
        let again = desk.maija.does(&app, "noticeSendAgain", SHOWN, json!({ "noticeId": id })).await;
        assert_eq!(again.user_errors(), ["noticeId WRONG_STATE"], "it is on its way");
    }
}

on_both! {
    async fn what_fails_again_waits_again_and_what_applies_no_more_is_cancelled(app: App) {
        let (desk, id) = skipped(&app).await;
        let again = async || {
            desk.maija.does(&app, "noticeSendAgain", SHOWN, json!({ "noticeId": id })).await.done().clone()
        };
        again().await;
        assert_eq!(waits(&app, &desk.maija).await, 0);
        assert_eq!(fate(&app).await, Reason::NoRecipient);
        app.run("UPDATE outbox_messages SET status = 'SKIPPED', reason = 'NO_RECIPIENT', lease_token = NULL, ended_at = created_at", []).await;
        assert_eq!(waits(&app, &desk.maija).await, 1);
        app.run("UPDATE support_relationships SET status = 'PAUSED'", []).await;
        again().await;
        assert_eq!(fate(&app).await, Reason::RelationshipNotActive);
    }
}

on_both! {
    async fn nobody_else_sees_to_it(app: App) {
        let (desk, id) = skipped(&app).await;
        let elsewhere = app.organisation("Muu ry", OrganisationKind::Association).await;
        let olli = app.person("Olli Vieras", elsewhere, Role::Coordinator).await;
        let anna = app.person("Anna Hallinto", desk.association, Role::Admin).await;
        let absent = OutboxMessageId::random().encode();
        for mutation in ["noticeAcknowledge", "noticeSendAgain"] {
            for hidden in [&id, &absent] {
                let answer = olli.does(&app, mutation, SHOWN, json!({ "noticeId": hidden })).await;
                assert_eq!(answer.codes(), ["NOT_FOUND"]);
            }
            for who in [&anna, &desk.kaisa] {
                let answer = who.does(&app, mutation, SHOWN, json!({ "noticeId": id })).await;
                assert_eq!(answer.codes(), ["FORBIDDEN"]);
            }
        }
        assert_eq!(app.rows(&["notice_acknowledgements"]).await.len(), 0);
        assert_eq!(waits(&app, &anna).await, 1, "the administrator sees it until the coordinator has seen to it");
    }
}
