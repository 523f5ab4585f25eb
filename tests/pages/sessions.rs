//! Sessions: how long they last, and how their holder ends them.

use poem::http::StatusCode;
use rinnalla_domain::states::{OrganisationKind, Role};

use crate::on_both;
use crate::support::{Actor, App};

async fn kaisa(app: &App) -> Actor {
    let city = app
        .organisation("Esimerkkikaupunki", OrganisationKind::City)
        .await;
    app.person("Kaisa Esimerkki", city, Role::Professional)
        .await
}

on_both! {
    async fn a_session_ends_when_it_is_not_used_and_after_half_a_day_in_any_case(app: App) {
        let kaisa = kaisa(&app).await;
        let mut browser = app.browser_of(&kaisa).await;
        app.at("2026-11-23", "11:59");
        assert_eq!(browser.get("/").await.status, StatusCode::OK);
        app.at("2026-11-23", "13:58");
        assert_eq!(browser.get("/").await.status, StatusCode::OK, "it was used meanwhile");
        app.at("2026-11-23", "15:59");
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in", "two hours unused");

        app.on_day("2026-11-24");
        let mut busy = app.browser_of(&kaisa).await;
        for hour in 11..22 {
            app.at("2026-11-24", &format!("{hour}:00"));
            assert_eq!(busy.get("/").await.status, StatusCode::OK, "at {hour}");
        }
        app.at("2026-11-24", "22:00");
        assert_eq!(busy.get("/").await.leads_to(), "/sign-in", "twelve hours");
    }
}

on_both! {
    async fn a_page_is_one_statement_more_now_and_then_because_it_is_in_use(app: App) {
        let kaisa = kaisa(&app).await;
        let mut browser = app.browser_of(&kaisa).await;
        let at_once = browser.get("/sessions").await.statements;
        app.at("2026-11-23", "10:05");
        let later = browser.get("/sessions").await.statements;
        assert_eq!((at_once.len(), later.len()), (2, 3), "{later:#?}");
        assert_eq!(browser.get("/sessions").await.statements.len(), 2);
    }
}

on_both! {
    async fn a_session_of_somebody_who_may_not_sign_in_any_more_opens_nothing(app: App) {
        let kaisa = kaisa(&app).await;
        let mut browser = app.browser_of(&kaisa).await;
        assert_eq!(browser.get("/").await.status, StatusCode::OK);
        app.run("UPDATE people SET is_active = false WHERE id = $1", [kaisa.id.0.into()]).await;
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
    }
}

on_both! {
    async fn its_holder_sees_and_ends_each_session(app: App) {
        let kaisa = kaisa(&app).await;
        let maija = app.person("Maija Malli", kaisa.organisation, Role::Professional).await;
        let mut here = app.browser_of(&kaisa).await;
        let mut phone = app.browser_of(&kaisa).await;
        let mut office = app.browser_of(&kaisa).await;
        let mut hers = app.browser_of(&maija).await;
        let shown = here.get("/sessions").await;
        let html = shown.with(StatusCode::OK);
        assert_eq!(html.matches("Firefox, Linux</h2>").count() + html.matches("tämä selain").count(), 3);

        // Somebody else's session is none of theirs.
        let of_hers = hers.get("/sessions").await;
        let of_kaisas = here.get("/sessions").await.hidden();
        let stolen = html.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(!of_kaisas.is_empty());
        assert_eq!(hers.fill("/sessions", &of_hers, &[("key", "k"), ("session", stolen)]).await.status, StatusCode::NOT_FOUND);

        let form: Vec<(String, String)> = shown.hidden();
        let token = &form.iter().find(|(name, _)| name == "form").unwrap().1;
        let ended = here.post("/sessions", &[("form", token), ("key", "end-one"), ("session", stolen)]).await;
        assert_eq!(ended.leads_to(), "/sessions?done=session-ended");
        let open = [phone.get("/").await.status, office.get("/").await.status];
        assert_eq!(open.iter().filter(|status| **status == StatusCode::OK).count(), 1, "one of the two has ended");

        let page = here.get("/sessions").await;
        let ended = here.fill("/sessions", &page, &[]).await;
        assert_eq!(ended.leads_to(), "/sessions?done=session-ended");
        assert_eq!(phone.get("/").await.leads_to(), "/sign-in");
        assert_eq!(office.get("/").await.leads_to(), "/sign-in");
        assert_eq!(here.get("/").await.status, StatusCode::OK);
        assert_eq!(hers.get("/").await.status, StatusCode::OK);
    }
}

on_both! {
    async fn signing_out_ends_the_session_and_not_the_cookie_alone(app: App) {
        let kaisa = kaisa(&app).await;
        let mut browser = app.browser_of(&kaisa).await;
        let kept = browser.cookies.clone();
        let page = browser.get("/").await;
        let token = page.hidden().into_iter().find(|(name, _)| name == "form").unwrap().1;
        assert_eq!(browser.post("/sign-out", &[("form", &token)]).await.leads_to(), "/sign-in");
        assert!(browser.cookies.is_empty());
        browser.cookies = kept;
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
    }
}
