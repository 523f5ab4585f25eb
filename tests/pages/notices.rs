//! The page of a notice that reached nobody, and the one on which an address is put right.

use poem::http::StatusCode;
use rinnalla_domain::ids::{Id as _, OutboxMessageId, SupportRelationshipId};
use rinnalla_domain::states::{OutboxStatus, Role};
use serde_json::json;

use crate::on_both;
use crate::support::App;
use crate::support::relationships::{Circle, Relationship};

async fn refused(app: &App, circle: &Circle, of: &Relationship) -> String {
    let relationship = SupportRelationshipId::decode(&of.id).unwrap();
    let fate = (OutboxStatus::Dead, "SMTP_550");
    app.undelivered(circle.association, relationship.0, fate)
        .await
}

on_both! {
    async fn a_reminder_that_did_not_arrive_is_seen_to_from_what_waits(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let notice = refused(&app, &circle, &of).await;
        app.run("UPDATE people SET email_bounces = 2 WHERE id = $1", [circle.mikko.id.0.into()]).await;
        let path = format!("/notices/{notice}");
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        for (language, said) in [
            ("sv", ["En påminnelse kom inte fram", "Den ansvariga yrkespersonen", "avvisade meddelandet (SMTP_550)"]),
            ("en", ["A reminder did not arrive", "The responsible professional", "refused the message (SMTP_550)"]),
            ("fi", ["Muistutus ei mennyt perille", "Vastuullinen ammattilainen", "torjui viestin (SMTP_550)"]),
        ] {
            kaisa.get(&format!("/language/{language}")).await;
            let front = kaisa.get("/").await;
            assert!(front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
            let page = kaisa.get(&path).await;
            for sentence in said {
                assert!(page.with(StatusCode::OK).contains(sentence), "{sentence}: {}", page.html);
            }
        }
        let form = kaisa.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains(&of.case_code) && html.contains("osoitteeseen ei tule posti perille"), "{html}");
        assert!(form.statements.len() <= 8, "{:#?}", form.statements);
        let mend = format!("/people/{}", circle.mikko.node());
        assert!(html.contains(&format!("href=\"{mend}\"")), "{html}");

        let other = kaisa.get(&path).await;
        for bad in ["", "LATER"] {
            let shown = kaisa.fill(&path, &form, &[("step", bad)]).await;
            assert!(shown.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"step-fault\""), "{bad}: {}", shown.html);
        }
        assert_eq!(app.rows(&["notice_acknowledgements"]).await.len(), 0);
        for _ in 0..2 {
            let sent = kaisa.fill(&path, &form, &[("step", "SEND_AGAIN")]).await;
            assert_eq!(sent.leads_to(), "/?done=notice-sent-again", "pressed twice, done once");
        }
        assert!(kaisa.get(&path).await.with(StatusCode::OK).contains("Lähdössä"));
        assert!(!kaisa.get("/").await.html.contains(&path), "it waits no more");
        // Another form that was still open says that there is nothing left to do.
        let late = kaisa.fill(&path, &other, &[("step", "SEEN_TO")]).await;
        assert!(late.with(StatusCode::OK).contains("Lähdössä"), "{}", late.html);
        assert_eq!(app.rows(&["notice_acknowledgements"]).await.len(), 0);
    }
}

on_both! {
    async fn what_is_handled_otherwise_is_noted_and_an_administrator_only_looks(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let notice = refused(&app, &circle, &of).await;
        let path = format!("/notices/{notice}");
        let anna = app.person("Anna Hallinto", circle.association, Role::Admin).await;
        let mut anna = app.browser_of(&anna).await;
        let seen = anna.get(&path).await;
        let html = seen.with(StatusCode::OK);
        assert!(html.contains("Odottaa koordinaattoria") && !html.contains("name=\"step\""), "{html}");
        assert!(!html.contains(&of.case_code), "an administrator learns nothing of whom it was about");

        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let form = kaisa.get(&path).await;
        let sent = kaisa.fill(&path, &form, &[("step", "SEEN_TO")]).await;
        assert_eq!(sent.leads_to(), "/?done=notice-seen-to");
        assert!(kaisa.get("/?done=notice-seen-to").await.html.contains("merkitty hoidetuksi"));
        assert!(kaisa.get(&path).await.with(StatusCode::OK).contains("Hoidettu ma 23.11.2026"));
        assert!(!anna.get("/").await.html.contains(&path));

        let stranger = app.circle("Vieras").await;
        let mut stranger = app.browser_of(&stranger.kaisa).await;
        let absent = OutboxMessageId::random().encode();
        let mut words = Vec::new();
        for id in [&notice, &absent] {
            let shown = stranger.get(&format!("/notices/{id}")).await;
            words.push((shown.status, shown.html.replace(id.as_str(), "ID")));
        }
        assert_eq!(words[0], words[1]);
        assert_eq!(words[0].0, StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn an_address_is_put_right_on_its_page_and_mail_is_tried_again(app: App) {
        let circle = app.circle("Salo").await;
        circle.active(&app).await;
        app.run("UPDATE people SET email_bounces = 2 WHERE id = $1", [circle.mikko.id.0.into()]).await;
        let path = format!("/people/{}", circle.mikko.node());
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let form = kaisa.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("value=\"Mikko") && html.contains("value=\"fi\" checked"), "{html}");
        let other = kaisa.get(&path).await;
        for (name, email, phone, language, beside) in [
            ("", "mikko.uusi@example.fi", "", "fi", "name"),
            ("Mikko Salo", "mikko", "", "fi", "email"),
            ("Mikko Salo", "mikko.uusi@example.fi", "soita", "fi", "phone"),
            ("Mikko Salo", "mikko.uusi@example.fi", "", "xx", "language"),
        ] {
            let typed = [("name", name), ("email", email), ("phone", phone), ("language", language)];
            let shown = kaisa.fill(&path, &form, &typed).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(&format!("id=\"{beside}-fault\"")), "{beside}: {html}");
            assert!(html.contains(&format!("value=\"{email}\"")), "typed and lost: {html}");
        }
        let typed = [("name", "Mikko Salo"), ("email", "mikko.uusi@example.fi"), ("phone", "040 123 4567"), ("language", "sv")];
        for _ in 0..2 {
            assert_eq!(kaisa.fill(&path, &form, &typed).await.leads_to(), "/?done=details");
        }
        let query = "query($id: ID!) { node(id: $id) { ... on Person { name email phone version } } }";
        let told = circle.kaisa.ask(&app, query, json!({ "id": circle.mikko.node() })).await;
        let told = &told.data()["node"];
        assert_eq!((&told["email"], &told["phone"]), (&json!("mikko.uusi@example.fi"), &json!("+358401234567")));
        let reached = "SELECT count(*) AS n FROM people WHERE id = $1 AND email_bounces = 0";
        assert_eq!(app.count(reached, [circle.mikko.id.0.into()]).await, 1, "mail to the new address is tried again");
        // A form from before is told how it stands now.
        let stale = kaisa.fill(&path, &other, &[("name", "M"), ("email", "m@example.fi"), ("language", "fi")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.html);
    }
}

on_both! {
    async fn everybody_finds_the_own_details_and_nobody_those_of_others(app: App) {
        let circle = app.circle("Salo").await;
        circle.active(&app).await;
        let own = format!("/people/{}", circle.sari.node());
        let mut sari = app.browser_of(&circle.sari).await;
        assert!(sari.get("/sessions").await.html.contains(&format!("href=\"{own}\"")));
        let form = sari.get(&own).await;
        assert!(form.with(StatusCode::OK).contains("Omat yhteystiedot"), "{}", form.html);
        let typed = [("name", "Sari Salo"), ("email", "sari.salo.uusi@example.fi"), ("language", "fi")];
        assert_eq!(sari.fill(&own, &form, &typed).await.leads_to(), "/?done=details");
        // The professional of her relationship is known to her, and not hers to put right.
        let others = format!("/people/{}", circle.mikko.node());
        assert_eq!(sari.get(&others).await.status, StatusCode::NOT_FOUND);
        let form = sari.get(&own).await;
        assert_eq!(sari.fill(&others, &form, &typed).await.status, StatusCode::FORBIDDEN);
        let stranger = app.circle("Vieras").await;
        let mut stranger = app.browser_of(&stranger.kaisa).await;
        assert_eq!(stranger.get(&own).await.status, StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn everybody_chooses_the_own_reminders_on_a_page_beside_the_own_details(app: App) {
        let circle = app.circle("Salo").await;
        circle.active(&app).await;
        let mut mikko = app.browser_of(&circle.mikko).await;
        for before in ["/sessions".to_owned(), format!("/people/{}", circle.mikko.node())] {
            assert!(mikko.get(&before).await.html.contains("href=\"/own-notices\""), "{before}");
        }
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let others = format!("/people/{}", circle.mikko.node());
        assert!(!kaisa.get(&others).await.html.contains("/own-notices"), "nobody chooses for others");
        let path = "/own-notices";
        let form = mikko.get(path).await;
        let html = form.with(StatusCode::OK);
        assert!(form.statements.len() <= 9, "{:#?}", form.statements);
        let ticked = |html: &str| html.matches("\" checked").count();
        assert!(ticked(html) >= 9 && !html.contains("\"REVIEW_DUE\"") && !html.contains("\"SIGN_IN\""), "{html}");
        for bad in ["REVIEW_DUE", "x", "REVIEW_NUDGE'--"] {
            let shown = mikko.fill(path, &form, &[("kinds", "REVIEW_NUDGE"), ("kinds", bad)]).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains("id=\"kinds-fault\"") && html.contains("value=\"REVIEW_NUDGE\" checked"), "{bad}: {html}");
        }
        assert_eq!(app.count("SELECT count(*) AS n FROM notice_opt_outs", []).await, 0);
        let other = mikko.get(path).await;
        for _ in 0..2 {
            let sent = mikko.fill(path, &form, &[("kinds", "REVIEW_NUDGE"), ("kinds", "REVIEW_BOOKED")]).await;
            assert_eq!(sent.leads_to(), "/?done=own-notices", "pressed twice, done once");
        }
        let after = mikko.get(path).await;
        let html = after.with(StatusCode::OK);
        assert_eq!(ticked(html), 2, "{html}");
        assert!(html.contains("value=\"REVIEW_NUDGE\" checked") && html.contains("value=\"REVIEW_BOOKED\" checked"));
        let asked = circle.mikko.ask(&app, "{ me { notices { kind isOptedOut mayOptOut } } }", json!({})).await;
        let notices = asked.data()["me"]["notices"].as_array().unwrap();
        assert!(notices.iter().all(|it| {
            let is_wished = ["REVIEW_NUDGE", "REVIEW_BOOKED"].contains(&it["kind"].as_str().unwrap());
            it["isOptedOut"] == json!(it["mayOptOut"] == true && !is_wished)
        }), "{notices:?}");
        let stale = mikko.fill(path, &other, &[]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.html);
        // None at all is a choice as well.
        let form = mikko.get(path).await;
        assert_eq!(mikko.fill(path, &form, &[]).await.leads_to(), "/?done=own-notices");
        assert_eq!(ticked(&mikko.get(path).await.html), 0);
    }
}
