//! Nobody is written to about what had passed before the register was moved in.

use super::*;
use rinnalla_domain::notices;

async fn plan(app: &App) -> u64 {
    let written = notices::enqueue_review_notices(&app.job_ctx())
        .await
        .unwrap();
    written.iter().map(|(_, count)| count).sum()
}

on_both! {
    async fn what_is_due_already_waits_in_lists_and_is_not_mailed(app: App) {
        let circle = app.circle("Kainuu").await;
        let mut sheets = small("Kainuu");
        // One that fell due before the association came, and one of which no professional follows the reviews.
        let second = [
            "T-8", "1", "mikko.kainuu@example.org", "läheinen", "1.4.2026", "7.4.2026", "13.4.2026", "14.4.2026",
            "31.12.2027", "13.4.2026", "kuukausittain", "ulkona; kahvila", "15.7.2026", "vaihdellen", "ei", "",
        ];
        sheets[3].row(second);
        moved(&app, &circle, &sheets).await;
        let left_out: Vec<String> = app.mails().await.iter()
            .map(|it| format!("{:?} {:?} {} {:?} {:?}", it.kind, it.recipient_role, it.for_on, it.status, it.reason))
            .collect();
        assert_eq!(left_out, [
            "ReviewComing Professional 2026-10-01 Cancelled Some(\"MOVED_IN\")",
            "ReviewDue Professional 2026-10-15 Cancelled Some(\"MOVED_IN\")",
            "ReviewDueNoProfessional Coordinator 2026-10-15 Cancelled Some(\"MOVED_IN\")",
        ]);
        assert_eq!(plan(&app).await, 0, "no burst of mail on the first day");
        app.on_day("2026-11-27");
        assert_eq!(plan(&app).await, 0, "nor on the days after");

        let waiting = "{ waitingForMe { items { kind dueOn } } }";
        let answer = circle.mikko.ask(&app, waiting, json!({})).await;
        assert_eq!(answer.data()["waitingForMe"]["items"], json!([{ "kind": "REVIEW_DUE", "dueOn": "2027-01-15" }]));
        let answer = circle.kaisa.ask(&app, waiting, json!({})).await;
        let items = &answer.data()["waitingForMe"]["items"];
        assert_eq!(*items, json!([{ "kind": "REVIEW_DUE_NO_PROFESSIONAL", "dueOn": "2027-01-15" }]));

        app.on_day("2026-11-30");
        assert_eq!(plan(&app).await, 1, "what comes later goes out as usual");
        app.on_day("2027-01-18");
        assert_eq!(plan(&app).await, 3, "overdue: the professional, and the coordinator of both");
    }
}

on_both! {
    async fn what_is_due_today_goes_out_today(app: App) {
        let circle = app.circle("Kainuu").await;
        app.on_day("2026-10-15");
        moved(&app, &circle, &small("Kainuu")).await;
        assert_eq!(plan(&app).await, 1);
        let planned: Vec<String> = app.mails().await.iter().map(|it| format!("{:?} {:?}", it.kind, it.status)).collect();
        assert_eq!(planned, ["ReviewComing Cancelled", "ReviewDue Planned"]);
    }
}
