//! The weekly digest: once a week, only where something is open, in numbers.

use super::*;
use rinnalla_domain::notices::Open;

async fn digest(app: &App) -> u64 {
    notices::enqueue_weekly_digests(&app.job_ctx())
        .await
        .unwrap()
}

on_both! {
    async fn a_coordinator_hears_on_monday_how_much_waits(app: App) {
        let desk = app.desk().await;
        // Overdue; due where no professional follows; and one that is only coming.
        app.followed(&desk, "2026-04-14", 3).await;
        let unfollowed = app.followed(&desk, "2026-08-14", 3).await;
        app.followed(&desk, "2026-11-14", 3).await;
        app.run("UPDATE support_relationships SET professional_follows = false WHERE id = $1",
            [unfollowed.relationship.0.into()]).await;
        app.on_day("2026-11-30");
        assert_eq!(digest(&app).await, 1, "the city has no coordinator");
        assert_eq!(digest(&app).await, 0, "looked at twice");
        let notice = the_notice(&app).await;
        assert_eq!((notice.kind, notice.to), (NoticeKind::WeeklyDigest, Some(desk.maija.id)));
        let About::Digest { open, opaque_id } = &notice.about else { panic!("{notice:?}") };
        let expected = Open { reviews_overdue: 1, reviews_unfollowed: 1, ..Open::default() };
        assert_eq!(*open, expected, "numbers by kind, and no code");
        let waiting = desk.maija.ask(&app, "{ waitingForMe { items { kind } } }", json!({})).await;
        assert_eq!(waiting.data()["waitingForMe"]["items"], json!([
            { "kind": "REVIEW_OVERDUE" }, { "kind": "REVIEW_DUE_NO_PROFESSIONAL" }]), "the same that waits in the list");
        let mut browser = app.browser_of(&desk.maija).await;
        assert_eq!(browser.get(&format!("/r/{opaque_id}")).await.leads_to(), "/", "the list is what its link leads to");
    }
}

on_both! {
    async fn where_nothing_is_open_nobody_is_written_to(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-11-14", 3).await;
        app.on_day("2026-11-30");
        assert_eq!(digest(&app).await, 1);
        assert_eq!(fate(&app).await, Reason::NothingOpen);
        let log = "{ notices(first: 5) { nodes { kind supportRelationship { id } } } }";
        let listed = desk.maija.ask(&app, log, json!({})).await;
        assert_eq!(listed.data()["notices"]["nodes"], json!([{ "kind": "WEEKLY_DIGEST", "supportRelationship": null }]));
    }
}

on_both! {
    async fn after_an_outage_this_weeks_digest_comes_and_no_earlier_one(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-04-14", 3).await;
        app.on_day("2026-11-28");
        assert_eq!(digest(&app).await, 0, "a Saturday, and the week began before the association did");
        app.on_day("2026-12-02");
        assert_eq!(digest(&app).await, 1, "a Wednesday: Monday's is late");
        app.on_day("2026-12-08");
        assert_eq!(digest(&app).await, 1);
        let fates: Vec<_> = decide(&app).await.into_iter().map(|(claimed, decision)| match decision {
            Decision::Send(_) => format!("{} sent", claimed.for_on),
            Decision::Cancel(reason) => format!("{} {reason:?}", claimed.for_on),
            other => panic!("{other:?}"),
        }).collect();
        assert_eq!(fates, ["2026-11-30 Superseded", "2026-12-07 sent"]);
    }
}
