//! Reviews that await somebody, what they said should follow, and notices that reached nobody.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, OutboxStatus, ReviewOutcome, Role};
use rinnalla_entity::case_professionals;
use sea_orm::EntityTrait as _;
use serde_json::json;

use super::path::{Path, open_review};
use super::waiting::{lines, none, waiting};
use crate::on_both;
use crate::support::{App, date};

on_both! {
    async fn a_review_waits_for_the_professional_from_its_planned_day_until_it_is_recorded(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-08-31", true).await;
        let review = open_review(&app, relationship).await;
        assert_eq!((review.planned_on, review.window_end_on), (date("2026-11-30"), date("2027-03-01")));
        app.on_day("2026-11-29");
        assert_eq!(lines(&app, &path.mikko).await, none());
        app.on_day("2026-11-30");
        let due = "since 2026-11-30 by 2027-03-01 late";
        assert_eq!(lines(&app, &path.mikko).await, [format!("REVIEW_DUE {due} 0")]);
        assert_eq!(lines(&app, &path.kaisa).await, none(), "the professional follows");
        let subject = &waiting(&app, &path.mikko).await[0]["subject"];
        assert_eq!(*subject, json!({ "id": review.id.encode(), "kind": "REVIEW" }));

        app.on_day("2027-03-01");
        assert_eq!(lines(&app, &path.mikko).await, [format!("REVIEW_DUE {due} 0")]);
        app.on_day("2027-03-03");
        for actor in [&path.mikko, &path.kaisa] {
            assert_eq!(lines(&app, actor).await, [format!("REVIEW_OVERDUE {due} 2")]);
        }
        assert_eq!(lines(&app, &path.sari).await, none());

        path.review(&app, relationship, ReviewOutcome::Continue).await;
        for actor in [&path.mikko, &path.kaisa] {
            assert_eq!(lines(&app, actor).await, none());
        }
    }
}

on_both! {
    async fn a_booked_review_waits_three_working_days_before_its_day(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-08-31", true).await;
        app.on_day("2026-12-01");
        path.book(&app, relationship, "2026-12-15").await;
        assert_eq!(lines(&app, &path.mikko).await, none(), "a day is booked: nothing to do yet");
        app.on_day("2026-12-09");
        assert_eq!(lines(&app, &path.mikko).await, none());
        app.on_day("2026-12-10");
        let booked = "REVIEW_BOOKED since 2026-11-30 by 2026-12-15 late";
        assert_eq!(lines(&app, &path.mikko).await, [format!("{booked} 0")]);
        // What came of it is still to be recorded.
        app.on_day("2026-12-16");
        assert_eq!(lines(&app, &path.mikko).await, [format!("{booked} 1")]);
        path.review(&app, relationship, ReviewOutcome::Continue).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
    }
}

on_both! {
    async fn a_review_that_nobody_follows_waits_for_the_coordinator(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        path.active(&app, "2026-08-31", false).await;
        app.on_day("2026-12-01");
        assert_eq!(lines(&app, &path.mikko).await, none());
        assert_eq!(lines(&app, &path.kaisa).await, ["REVIEW_DUE_NO_PROFESSIONAL since 2026-11-30 by 2027-03-01 late 0"]);
        app.on_day("2027-03-02");
        assert_eq!(lines(&app, &path.kaisa).await, ["REVIEW_OVERDUE since 2026-11-30 by 2027-03-01 late 1"]);
    }
}

on_both! {
    async fn a_review_of_a_case_that_its_professional_has_left_waits_for_the_coordinator(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        path.active(&app, "2026-08-31", true).await;
        let db = app.db().await;
        case_professionals::Entity::update_many()
            .col_expr(case_professionals::Column::ToOn, date("2026-11-01").into())
            .exec(&db)
            .await
            .unwrap();
        app.on_day("2026-12-01");
        assert_eq!(lines(&app, &path.mikko).await, none());
        assert_eq!(lines(&app, &path.kaisa).await, ["REVIEW_DUE_NO_PROFESSIONAL since 2026-11-30 by 2027-03-01 late 0"]);
    }
}

on_both! {
    async fn what_a_review_said_should_follow_waits_until_it_is_done(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let changing = path.active(&app, "2026-08-31", true).await;
        let pausing = path.active(&app, "2026-08-31", true).await;
        let ending = path.active(&app, "2026-08-31", true).await;
        app.on_day("2026-12-01");
        path.review(&app, changing, ReviewOutcome::ChangeAgreement).await;
        path.review(&app, pausing, ReviewOutcome::Pause).await;
        path.review(&app, ending, ReviewOutcome::End).await;
        let mut expected = vec![
            "AGREEMENT_TO_CHANGE since 2026-12-01 by - late 0",
            "PAUSE_TO_RECORD since 2026-12-01 by - late 0",
            "END_TO_RECORD since 2026-12-01 by - late 0",
        ];
        assert_eq!(lines(&app, &path.mikko).await, expected);
        assert_eq!(lines(&app, &path.kaisa).await, none());
        let subject = &waiting(&app, &path.mikko).await[0]["subject"];
        assert_eq!(*subject, json!({ "id": changing.encode(), "kind": "RELATIONSHIP" }));

        app.on_day("2026-12-02");
        path.agree(&app, changing, true).await;
        expected.remove(0);
        assert_eq!(lines(&app, &path.mikko).await, expected);
        path.pause(&app, pausing).await;
        expected.remove(0);
        assert_eq!(lines(&app, &path.mikko).await, expected);
        path.end(&app, ending).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
    }
}

on_both! {
    async fn only_the_latest_review_says_what_should_follow(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-08-31", true).await;
        app.on_day("2026-12-01");
        path.review(&app, relationship, ReviewOutcome::End).await;
        app.on_day("2026-12-10");
        path.review(&app, relationship, ReviewOutcome::Continue).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
    }
}

async fn notice(app: &App, path: &Path, status: OutboxStatus, subject: uuid::Uuid) -> String {
    let fate = (status, "NO_RECIPIENT");
    app.undelivered(path.association, subject, fate).await
}

on_both! {
    async fn a_notice_that_reached_nobody_stays_in_view_for_thirty_days(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-10-01", true).await.uuid();
        app.at("2026-10-26", "00:30");
        let dead = notice(&app, &path, OutboxStatus::Dead, relationship).await;
        app.on_day("2026-10-27");
        notice(&app, &path, OutboxStatus::Skipped, relationship).await;
        let elsewhere = app.organisation("Muu ry", OrganisationKind::Association).await;
        let aino = app.person("Aino Esimerkki", path.association, Role::Admin).await;
        let olli = app.person("Olli Vieras", elsewhere, Role::Admin).await;

        app.on_day("2026-11-25");
        let failed = ["NOTICE_DEAD since 2026-10-26 by - late 0", "NOTICE_SKIPPED since 2026-10-27 by - late 0"];
        assert_eq!(lines(&app, &path.kaisa).await, failed);
        assert_eq!(lines(&app, &aino).await, failed);
        assert_eq!(lines(&app, &olli).await, none());
        assert_eq!(lines(&app, &path.mikko).await, none());
        let (of_kaisa, of_aino) = (waiting(&app, &path.kaisa).await, waiting(&app, &aino).await);
        assert_eq!(of_kaisa[0]["subject"], json!({ "id": dead, "kind": "NOTICE" }));
        assert!(of_kaisa[0]["caseCode"].is_string());
        assert!(of_aino[0]["caseCode"].is_null(), "an administrator learns nothing of whom it was about");

        app.on_day("2026-11-26");
        assert_eq!(lines(&app, &path.kaisa).await, failed[1..]);
        app.on_day("2026-11-27");
        assert_eq!(lines(&app, &path.kaisa).await, none());
    }
}
