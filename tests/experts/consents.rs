//! The consent to be listed, and the notice of its end.

use poem::http::StatusCode;
use rinnalla_domain::notices::{self, About, Decision, Mailing};
use rinnalla_domain::states::NoticeKind;
use serde_json::json;

use super::Expert;
use crate::on_both;
use crate::support::App;
use crate::support::matching::World;

async fn plan(app: &App) -> u64 {
    notices::enqueue_listing_notices(&app.job_ctx())
        .await
        .unwrap()
}

/// What leaves now.
async fn sent(app: &App) -> Vec<Mailing> {
    let ctx = app.job_ctx();
    let minute = std::time::Duration::from_secs(60);
    let claimed = notices::claim(&ctx, 100, minute).await.unwrap();
    let decided = notices::resolve(&ctx, &claimed).await.unwrap();
    let mut ends = Vec::new();
    let mut letters = Vec::new();
    for (row, decision) in claimed.into_iter().zip(decided) {
        let end = match decision {
            Decision::Send(letter) => {
                let to = letter.to;
                letters.push(*letter);
                notices::End::Sent { to }
            }
            Decision::Cancel(reason) => notices::End::Cancelled(reason),
            Decision::Skip(reason) => notices::End::Skipped(reason),
            Decision::Dead(code) => panic!("{code}"),
        };
        ends.push((row, end));
    }
    notices::settle(&ctx, &ends, minute).await.unwrap();
    letters
}

async fn fates(app: &App) -> Vec<String> {
    let sql =
        "SELECT count(*) FROM outbox_messages WHERE kind = 'LISTING_CONSENT_ENDS' AND status = ";
    let mut fates = Vec::new();
    for status in ["PLANNED", "SENT", "CANCELLED"] {
        fates.push(app.read_sql(&format!("{sql}'{status}'")).await);
    }
    fates
}

on_both! {
    async fn an_expert_is_told_thirty_days_before_the_consent_ends_once_and_nobody_else(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let input = json!({ "until": "2027-01-22" });
        let given = eero.does(&app, &world.kaisa, "expertConsentGive", input).await;
        assert_eq!(given.done()["expert"]["isListed"], true);
        app.on_day("2026-12-22");
        assert_eq!(plan(&app).await, 0, "thirty-one days before");
        app.on_day("2026-12-23");
        assert_eq!((plan(&app).await, plan(&app).await), (1, 0), "looked at twice");
        let letters = sent(&app).await;
        assert_eq!(letters.len(), 1);
        let About::Consent { deadline, opaque_id } = &letters[0].about else { panic!("{:?}", letters[0]) };
        assert_eq!((deadline.on.to_string().as_str(), opaque_id), ("2027-01-22", &eero.id));
        assert_eq!((letters[0].to, letters[0].kind), (Some(eero.actor.id), NoticeKind::ListingConsentEnds));
        app.on_day("2027-01-22");
        assert_eq!(plan(&app).await, 0, "once and no more");
        assert_eq!(eero.seen_by(&app, &world.kaisa).await["isListed"], true, "its last day");
        app.on_day("2027-01-25");
        assert_eq!(eero.seen_by(&app, &world.kaisa).await["isListed"], false);
    }
}

on_both! {
    async fn a_consent_put_right_moves_the_unsent_mail_and_one_that_ends_cancels_it(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let give = async |until: &str| {
            eero.does(&app, &eero.actor, "expertConsentGive", json!({ "until": until })).await.done();
        };
        give("2027-01-22").await;
        app.at("2026-12-23", "08:00");
        assert_eq!(plan(&app).await, 1, "planned, and not sent before nine");
        give("2027-02-22").await;
        assert_eq!(fates(&app).await, ["0", "0", "1"]);
        assert_eq!(plan(&app).await, 0);
        app.at("2027-01-22", "08:00");
        assert_eq!(plan(&app).await, 1, "thirty days before the new end: a Saturday, so the Friday");
        eero.does(&app, &eero.actor, "expertConsentEnd", json!({})).await.done();
        assert_eq!(fates(&app).await, ["0", "0", "2"]);
        app.on_day("2027-01-25");
        assert_eq!(plan(&app).await, 0);
        assert_eq!(sent(&app).await.len(), 0);
        let again = eero.does(&app, &eero.actor, "expertConsentEnd", json!({})).await;
        assert_eq!(again.user_errors(), ["- WRONG_STATE"]);
        for (until, said) in [("2027-01-24", "until DATE_IN_PAST"), ("2030-01-26", "until OUT_OF_RANGE")] {
            let answer = eero.does(&app, &eero.actor, "expertConsentGive", json!({ "until": until })).await;
            assert_eq!(answer.user_errors(), [said]);
        }
        // For a week there is nothing to tell thirty days before.
        give("2027-02-01").await;
        assert_eq!(plan(&app).await, 0);
    }
}

on_both! {
    async fn a_consent_that_ends_between_the_claim_and_the_sending_is_not_told_of(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let input = json!({ "until": "2027-01-22" });
        eero.does(&app, &world.kaisa, "expertConsentGive", input).await.done();
        app.on_day("2026-12-23");
        plan(&app).await;
        let minute = std::time::Duration::from_secs(60);
        let claimed = notices::claim(&app.job_ctx(), 100, minute).await.unwrap();
        eero.does(&app, &eero.actor, "expertConsentEnd", json!({})).await.done();
        let decided = notices::resolve(&app.job_ctx(), &claimed).await.unwrap();
        assert!(matches!(decided[..], [Decision::Cancel(notices::Reason::ConsentWithdrawn)]), "{decided:?}");
        notices::give_back(&app.job_ctx(), &claimed).await.unwrap();
        assert_eq!(sent(&app).await.len(), 0);
    }
}

on_both! {
    async fn the_page_behind_the_mail_renews_the_consent_or_ends_it(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let input = json!({ "until": "2027-01-22" });
        eero.does(&app, &world.kaisa, "expertConsentGive", input).await.done();
        let mut browser = app.browser_of(&eero.actor).await;
        let led = browser.get(&format!("/r/{}", eero.id)).await;
        let path = format!("/experts/{}", eero.id);
        assert_eq!(led.leads_to(), path);
        let page = browser.get(&path).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Esimerkkiyhdistys") && html.contains("22.1.2027") && html.contains("23.11.2027"), "{html}");
        let wrong = browser.fill(&path, &page, &[("until", "1.1.2020")]).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains("1.1.2020"));
        let sent = browser.fill(&path, &page, &[("until", "30.6.2027")]).await;
        assert_eq!(sent.leads_to(), "/?done=listing-consent");
        assert!(browser.get("/?done=listing-consent").await.html.contains("Suostumus jatkuu."));
        assert_eq!(eero.seen_by(&app, &eero.actor).await["consent"]["until"], "2027-06-30");
        let end = format!("{path}/end");
        let page = browser.get(&end).await;
        assert!(page.with(StatusCode::OK).contains("30.6.2027"));
        assert_eq!(browser.fill(&end, &page, &[]).await.leads_to(), "/?done=listing-consent-end");
        assert_eq!(eero.seen_by(&app, &eero.actor).await["isListed"], false);
        // Somebody else's is not there.
        let elli = Expert::new(&app, &world, "Elli").await;
        browser.get(&format!("/experts/{}", elli.id)).await.with(StatusCode::NOT_FOUND);
    }
}
