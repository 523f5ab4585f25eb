//! Tonight's session on a facilitator's phone.

use poem::http::StatusCode;
use serde_json::json;

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn tonights_session_is_at_the_front_page_and_recorded_with_a_tap_each(app: App) {
        let world = World::new(&app).await;
        app.on_day("2026-11-05");
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let (aino, bea) = (led.enrol(&app, "Aino Osallistuja").await, led.enrol(&app, "Bea Osallistuja").await);
        let session = led.sessions(&app).await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/attendance/{session}");
        let mut ossi = app.browser_of(&led.ossi).await;
        let front = ossi.get("/").await;
        assert!(front.with(StatusCode::OK).contains(&format!("href=\"{path}\"")), "{}", front.html);
        assert!(front.html.contains("to 5.11.2026 klo 12.00"));

        let page = ossi.get(&path).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Aino Osallistuja") && html.contains("Osan aikaa"));
        assert!(!html.contains(" checked"), "nobody is taken for present");
        // Sign-in, session, enrolments, cells, log.
        assert!(page.statements.len() <= 6, "{:#?}", page.statements);
        let fields = [(format!("mark-{aino}"), "PRESENT")];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, mark)| (name.as_str(), *mark)).collect();
        let sent = ossi.fill(&path, &page, &fields).await;
        assert_eq!(sent.leads_to(), "/?done=attendance");
        assert!(ossi.get("/?done=attendance").await.html.contains("Läsnäolot on tallennettu."));
        // The same button pressed twice.
        assert_eq!(ossi.fill(&path, &page, &fields).await.leads_to(), "/?done=attendance");
        assert_eq!(app.rows(&["attendances"]).await.len(), 1);

        // Outi has the page from before on her phone: what she taps of the others is merged.
        let mut outi = app.browser_of(&led.outi).await;
        let fields = [(format!("mark-{bea}"), "EXCUSED"), (format!("mark-{aino}"), "PRESENT")];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, mark)| (name.as_str(), *mark)).collect();
        let old = outi.get(&path).await;
        assert_eq!(outi.fill(&path, &old, &fields).await.leads_to(), "/?done=attendance");
        let shown = outi.get(&path).await;
        assert_eq!(shown.html.matches(" checked").count(), 2);
    }
}

on_both! {
    async fn who_says_otherwise_of_somebody_hears_that_another_was_first(app: App) {
        let world = World::new(&app).await;
        app.on_day("2026-11-05");
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let aino = led.enrol(&app, "Aino Osallistuja").await;
        let session = led.sessions(&app).await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/attendance/{session}");
        let (mut ossi, mut outi) = (app.browser_of(&led.ossi).await, app.browser_of(&led.outi).await);
        let (one, other) = (ossi.get(&path).await, outi.get(&path).await);
        let field = format!("mark-{aino}");
        ossi.fill(&path, &one, &[(&field, "PRESENT")]).await.leads_to();
        let late = outi.fill(&path, &other, &[(&field, "ABSENT")]).await;
        let html = late.with(StatusCode::CONFLICT);
        assert!(html.contains("value=\"PRESENT\" checked"), "how it stands now: {html}");
        // On what she sees now she may put it right.
        outi.fill(&path, &late, &[(&field, "ABSENT")]).await.leads_to();
        assert!(ossi.get(&path).await.html.contains("value=\"ABSENT\" checked"));
        // Nothing tapped is nothing recorded.
        let empty = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        empty.enrol(&app, "Cilla").await;
        let session = empty.sessions(&app).await[0]["id"].as_str().unwrap().to_owned();
        let mut ossi = app.browser_of(&empty.ossi).await;
        let path = format!("/attendance/{session}");
        let page = ossi.get(&path).await;
        ossi.fill(&path, &page, &[]).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both! {
    async fn a_session_is_nobody_elses_and_not_recorded_before_its_day(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let other = app.led_course(&world.kaisa, "2026-12-04", json!({})).await;
        led.enrol(&app, "Aino Osallistuja").await;
        let session = led.sessions(&app).await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/attendance/{session}");
        let mut ossi = app.browser_of(&led.ossi).await;
        let page = ossi.get(&path).await;
        assert!(page.with(StatusCode::OK).contains("Läsnäolot voi kirjata, kun"));
        assert!(!page.html.contains("type=\"radio\""));
        assert!(!ossi.get("/").await.html.contains(&path), "it is not today");
        let mut stranger = app.browser_of(&other.ossi).await;
        stranger.get(&path).await.with(StatusCode::NOT_FOUND);
        let mut pekka = app.browser_of(&world.pekka).await;
        pekka.get(&path).await.with(StatusCode::NOT_FOUND);
    }
}
