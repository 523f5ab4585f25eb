//! The review's forms.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use serde_json::json;

use crate::on_both;
use crate::support::browser::Browser;
use crate::support::reviews::Followed;

const GOOD: [(&str, &str); 7] = [
    ("heldOn", "20.11.2026"),
    ("professionalPresent", "yes"),
    ("supportedPresent", "yes"),
    ("supportPersonPresent", "yes"),
    ("channel", "IN_PERSON"),
    ("progress", "WELL"),
    ("outcome", "CONTINUE"),
];

fn path(of: &Followed, form: &str) -> String {
    format!("/reviews/{}/{form}", of.review.encode())
}

/// The good form with one field changed.
async fn send(
    kaisa: &mut Browser<'_>,
    of: &Followed,
    change: (&str, &str),
) -> crate::support::browser::Shown {
    let path = path(of, "held");
    let page = kaisa.get(&path).await;
    let mut fields: Vec<(&str, &str)> = GOOD
        .iter()
        .filter(|(name, _)| *name != change.0)
        .copied()
        .collect();
    fields.push(change);
    kaisa.fill(&path, &page, &fields).await
}

on_both! {
    async fn a_held_review_is_recorded_from_its_page(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        let item = kaisa.get(&format!("/reviews/{}", of.review.encode())).await;
        let html = item.with(StatusCode::OK);
        assert!(html.contains(&of.code.to_string()) && html.contains("Nyt on sen aika"));
        assert!(html.contains(&format!("href=\"{}\"", path(&of, "held"))));
        // Sign-in, review, relationship, log.
        assert!(item.statements.len() <= 5, "{:#?}", item.statements);

        let form = kaisa.get(&path(&of, "held")).await;
        assert!(form.with(StatusCode::OK).contains("name=\"heldOn\""));
        assert!(form.statements.len() <= 5, "{:#?}", form.statements);
        let mut fields = GOOD.to_vec();
        fields.push(("nextIntervalMonths", "4"));
        let sent = kaisa.fill(&path(&of, "held"), &form, &fields).await;
        assert_eq!(sent.leads_to(), "/?done=review-held");
        assert!(kaisa.get("/?done=review-held").await.html.contains("Väliarvio on kirjattu"));
        // The same button pressed twice.
        let again = kaisa.fill(&path(&of, "held"), &form, &fields).await;
        assert_eq!(again.leads_to(), "/?done=review-held");
        assert_eq!(app.rows(&["joint_review_records"]).await.len(), 1);

        let answer = desk.kaisa.ask(
            &app,
            "query($id: ID!) { node(id: $id) { ... on JointReview { status heldOn isJoint records { nextIntervalMonths progress } } } }",
            json!({ "id": of.review.encode() }),
        ).await;
        assert_eq!(
            answer.data()["node"],
            json!({
                "status": "HELD", "heldOn": "2026-11-20", "isJoint": true,
                "records": [{ "nextIntervalMonths": 4, "progress": "WELL" }],
            })
        );
        let item = kaisa.get(&format!("/reviews/{}", of.review.encode())).await;
        assert!(item.html.contains("Pidetty") && !item.html.contains("/held\""), "nothing is left to do");
        let late = send(&mut kaisa, &of, ("progress", "VARYING")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "it is closed");
    }
}

on_both! {
    async fn wrong_input_is_told_beside_its_field_and_nothing_typed_is_lost(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        let before = app.rows(&["joint_reviews", "joint_review_records", "idempotency_keys"]).await;
        for (change, field, sentence) in [
            (("heldOn", "31.11.2026"), "heldOn", "Kirjoita päivä muodossa 23.11.2026."),
            (("heldOn", ""), "heldOn", "Tämä kohta puuttuu."),
            (("heldOn", "24.11.2026"), "heldOn", "Päivä on vasta tulossa."),
            (("heldOn", "19.8.2026"), "heldOn", "Päivät ovat väärässä järjestyksessä."),
            (("professionalPresent", ""), "professionalPresent", "Ammattilaisen"),
            (("supportPersonPresent", ""), "settlesCycle", "Tämä kohta puuttuu."),
            (("channel", ""), "channel", "Tämä kohta puuttuu."),
            (("channel", "BY_BIRD"), "channel", "ei ole luettelossa"),
            (("outcome", ""), "outcome", "Tämä kohta puuttuu."),
            (("nextIntervalMonths", "x"), "nextIntervalMonths", "Kirjoita kokonaisluku."),
            (("nextIntervalMonths", "7"), "nextIntervalMonths", "sallituissa rajoissa"),
        ] {
            let shown = send(&mut kaisa, &of, change).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(&format!("<a href=\"#{field}\">")), "{change:?}: no way from the summary\n{html}");
            assert!(html.contains(&format!("id=\"{field}-fault\"")), "{change:?}: nothing beside the field");
            assert!(html.contains(sentence), "{change:?}: {html}");
            assert!(html.contains("<title>Tarkista: "), "the title tells it, too");
            assert!(html.contains("value=\"WELL\" checked") || change.0 == "progress", "{change:?}: typed and lost");
            if change.0 == "heldOn" {
                assert!(html.contains(&format!("value=\"{}\"", change.1)), "{change:?}: typed and lost");
            }
        }
        assert_eq!(app.rows(&["joint_reviews", "joint_review_records", "idempotency_keys"]).await, before);
    }
}

on_both! {
    async fn everything_that_is_wrong_is_told_at_once_in_three_languages(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        for (language, sentences) in [
            ("fi", ["Tarkista nämä kohdat", "Kirjoita päivä muodossa", "Tämä kohta puuttuu."]),
            ("sv", ["Kontrollera dessa punkter", "Skriv dagen så här", "Den här punkten saknas."]),
            ("en", ["Please check the following", "Write the day like this", "This is missing."]),
        ] {
            kaisa.get(&format!("/language/{language}")).await;
            let form = kaisa.get(&path(&of, "held")).await;
            let shown = kaisa.fill(&path(&of, "held"), &form, &[("heldOn", "tänään")]).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            for sentence in sentences {
                assert!(html.contains(sentence), "{language}: {sentence}\n{html}");
            }
            assert_eq!(html.matches("class=\"fault\"").count(), 4, "{html}");
            assert!(html.contains("value=\"tänään\""));
        }
    }
}

on_both! {
async fn somebody_else_s_change_is_shown_before_it_is_overwritten(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let review = circle.open_review(&app, &of).await;
        let path = format!("/reviews/{}/book", review["id"].as_str().unwrap());
        let mut mikko = app.browser_of(&circle.mikko).await;
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let stale = mikko.get(&path).await;
        let fresh = kaisa.get(&path).await;
        let booked = kaisa.fill(&path, &fresh, &[("bookedFor", "1.12.2026")]).await;
        assert_eq!(booked.leads_to(), "/?done=review-booked");
        let refused = mikko.fill(&path, &stale, &[("bookedFor", "3.12.2026")]).await;
        let html = refused.with(StatusCode::CONFLICT);
        assert!(html.contains("Joku muu ehti") && html.contains("ti 1.12.2026") && html.contains("value=\"3.12.2026\""));
        let sent = mikko.fill(&path, &refused, &[("bookedFor", "3.12.2026")]).await;
        assert_eq!(sent.leads_to(), "/?done=review-booked", "the second time it was meant");
    }
}

on_both! {
    async fn a_review_that_is_not_held_is_recorded_with_its_reason(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        let form = kaisa.get(&path(&of, "not-held")).await;
        let refused = kaisa.fill(&path(&of, "not-held"), &form, &[]).await;
        assert!(refused.with(StatusCode::UNPROCESSABLE_ENTITY).contains("Tämä kohta puuttuu."));
        let sent = kaisa.fill(&path(&of, "not-held"), &refused, &[("reason", "NOT_REACHED")]).await;
        assert_eq!(sent.leads_to(), "/?done=review-not-held");
        let rows = app.rows(&["joint_review_records"]).await;
        assert!(rows.len() == 1 && rows[0].contains("NOT_REACHED"), "{rows:?}");
    }
}

on_both! {
    async fn a_day_that_is_booked_must_be_to_come(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        let form = kaisa.get(&path(&of, "book")).await;
        for (day, sentence) in [("22.11.2026", "Päivä on jo mennyt."), ("1.1.2028", "sallituissa rajoissa")] {
            let shown = kaisa.fill(&path(&of, "book"), &form, &[("bookedFor", day)]).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(sentence) && html.contains(&format!("value=\"{day}\"")), "{html}");
        }
        let sent = kaisa.fill(&path(&of, "book"), &form, &[("bookedFor", "2026-12-01")]).await;
        assert_eq!(sent.leads_to(), "/?done=review-booked");
        let item = kaisa.get(&format!("/reviews/{}", of.review.encode())).await;
        assert!(item.html.contains("ti 1.12.2026"));
    }
}

on_both! {
    async fn a_support_person_sees_the_review_and_records_nothing(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let mut tuula = app.browser_of(&desk.tuula).await;
        let item = tuula.get(&format!("/reviews/{}", of.review.encode())).await;
        assert!(item.with(StatusCode::OK).contains(&of.code.to_string()) && !item.html.contains("/held\""));
        let page = tuula.get(&path(&of, "book")).await;
        let sent = tuula.fill(&path(&of, "book"), &page, &[("bookedFor", "1.12.2026")]).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    }
}
