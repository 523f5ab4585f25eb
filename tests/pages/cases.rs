//! A case that its professional gave to the coordinator: it waits there at once, until somebody else is named.

use poem::http::StatusCode;
use rinnalla_domain::ids::{Id as _, SupportedCaseId};
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::support::App;
use crate::support::relationships::{Circle, Relationship};

const WAITING: &str = "{ waitingForMe { items { kind since caseCode subject { id kind } } } }";

/// Mikko says that it is no longer his; the case's id.
async fn given_up(app: &App, circle: &Circle, of: &Relationship) -> String {
    let path = format!("/relationships/{}/hand-over", of.id);
    let mut mikko = app.browser_of(&circle.mikko).await;
    let form = mikko.get(&path).await;
    let sent = mikko
        .fill(&path, &form, &[("successorId", "COORDINATOR")])
        .await;
    assert_eq!(sent.leads_to(), "/?done=hand-over");
    let waiting = circle.kaisa.ask(app, WAITING, json!({})).await;
    let items = waiting.data()["waitingForMe"]["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0]["kind"], "PROFESSIONAL_TO_NAME");
    assert_eq!(
        items[0]["since"], "2026-11-23",
        "at once, and not when its review falls due"
    );
    assert_eq!(items[0]["caseCode"], json!(of.case_code));
    items[0]["subject"]["id"].as_str().unwrap().to_owned()
}

on_both! {
    async fn a_case_that_is_given_up_waits_at_once_until_another_professional_is_named(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let liisa = app.person("Liisa Uusi", circle.partner, Role::Professional).await;
        app.person("Veera Vieras", circle.association, Role::Professional).await;
        let case = given_up(&app, &circle, &of).await;
        let path = format!("/cases/{case}/professional");
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let front = kaisa.get("/").await;
        assert!(front.html.contains("Tuettava ilman ammattilaista") && front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
        let form = kaisa.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains(&of.case_code) && html.contains("Liisa Uusi") && !html.contains("Veera"), "{html}");
        assert!(form.statements.len() <= 9, "{:#?}", form.statements);
        let other = kaisa.get(&path).await;
        for bad in ["", "x", &circle.kaisa.node()] {
            let shown = kaisa.fill(&path, &form, &[("personId", bad)]).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains("id=\"personId-fault\""), "{bad}: {html}");
        }
        let chosen = liisa.node();
        for _ in 0..2 {
            let sent = kaisa.fill(&path, &form, &[("personId", &chosen)]).await;
            assert_eq!(sent.leads_to(), "/?done=professional-named", "pressed twice, done once");
        }
        assert!(!kaisa.get("/").await.html.contains(&path), "it waits no more");
        let mut liisa = app.browser_of(&liisa).await;
        assert_eq!(liisa.get(&format!("/relationships/{}", of.id)).await.status, StatusCode::OK);
        let stale = kaisa.fill(&path, &other, &[("personId", &circle.mikko.node())]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
    }
}

on_both! {
    async fn a_case_in_which_nothing_goes_on_waits_for_nobody(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        given_up(&app, &circle, &of).await;
        app.run("UPDATE support_relationships SET status = 'ENDED', ended_on = '2026-11-23', end_reason = 'BY_AGREEMENT'", []).await;
        app.run("UPDATE referrals SET status = 'CLOSED'", []).await;
        let waiting = circle.kaisa.ask(&app, WAITING, json!({})).await;
        assert_eq!(waiting.data()["waitingForMe"]["items"], json!([]));
    }
}

on_both! {
    async fn nobody_else_names_a_professional(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let case = given_up(&app, &circle, &of).await;
        let stranger = app.circle("Vieras").await;
        let absent = SupportedCaseId::random().encode();
        for who in [&stranger.kaisa, &circle.mikko] {
            let mut browser = app.browser_of(who).await;
            let mut words = Vec::new();
            for id in [&case, &absent] {
                let shown = browser.get(&format!("/cases/{id}/professional")).await;
                words.push((shown.status, shown.html.replace(id.as_str(), "ID")));
            }
            assert_eq!(words[0], words[1]);
            assert_eq!(words[0].0, StatusCode::NOT_FOUND);
        }
        // The support person knows the code, and has nothing to choose.
        let mut sari = app.browser_of(&circle.sari).await;
        assert_eq!(sari.get(&format!("/cases/{case}/professional")).await.status, StatusCode::NOT_FOUND);
    }
}
