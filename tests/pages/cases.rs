//! A case that its professional gave to the coordinator, or whose professional is none any more: it waits there at once,
//! until somebody else is named.

use poem::http::StatusCode;
use rinnalla_domain::ids::{Id as _, SupportedCaseId};
use rinnalla_domain::notices::{self, About, Decision, Open};
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::relationships::{Circle, Relationship};
use crate::support::{App, at};

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

/// What waits for Kaisa: kinds, days and codes.
async fn waits(app: &App, circle: &Circle) -> Vec<Value> {
    let waiting = circle.kaisa.ask(app, WAITING, json!({})).await;
    let items = waiting.data()["waitingForMe"]["items"].as_array().unwrap();
    let told = |it: &Value| json!([it["kind"], it["since"], it["caseCode"]]);
    items.iter().map(told).collect()
}

on_both! {
    async fn a_case_waits_from_the_day_on_which_its_professional_is_none_any_more(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let liisa = app.person("Liisa Uusi", circle.partner, Role::Professional).await;
        app.run("UPDATE role_grants SET valid_to = '2026-11-27' WHERE person_id = $1", [circle.mikko.id.0.into()]).await;
        app.on_day("2026-11-27");
        assert_eq!(waits(&app, &circle).await, Vec::<Value>::new(), "the last day");
        app.on_day("2026-11-30");
        let named = json!(["PROFESSIONAL_TO_NAME", "2026-11-28", of.case_code]);
        assert_eq!(waits(&app, &circle).await, [named]);
        // Monday's digest counts what the list shows.
        notices::enqueue_weekly_digests(&app.job_ctx()).await.unwrap();
        let minute = std::time::Duration::from_secs(60);
        let claimed = notices::claim(&app.job_ctx(), 100, minute).await.unwrap();
        let decided = notices::resolve(&app.job_ctx(), &claimed).await.unwrap();
        let open = decided.iter().find_map(|it| match it {
            Decision::Send(notice) => match &notice.about {
                About::Digest { open, .. } => Some(*open),
                _ => None,
            },
            _ => None,
        });
        assert_eq!(open, Some(Open { cases_given_up: 1, ..Open::default() }), "{decided:?}");
        notices::give_back(&app.job_ctx(), &claimed).await.unwrap();
        // Somebody else is named on the same page, and whoever left is on the case no more.
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let front = kaisa.get("/").await;
        let path = front.html.split("href=\"").find(|it| it.starts_with("/cases/")).unwrap();
        let path = path.split('"').next().unwrap().to_owned();
        let form = kaisa.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("Liisa Uusi") && !html.contains("Mikko Salo"), "{html}");
        let sent = kaisa.fill(&path, &form, &[("personId", &liisa.node())]).await;
        assert_eq!(sent.leads_to(), "/?done=professional-named");
        assert_eq!(waits(&app, &circle).await, Vec::<Value>::new());
        let left = "SELECT count(*) AS n FROM case_professionals WHERE to_on IS NULL AND person_id = $1";
        assert_eq!(app.count(left, [circle.mikko.id.0.into()]).await, 0);
        assert_eq!(app.count(left, [liisa.id.0.into()]).await, 1);
    }
}

on_both! {
    async fn a_role_that_is_taken_back_counts_from_that_day_and_only_in_its_own_association(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        app.run("UPDATE role_grants SET cancelled_at = $2 WHERE person_id = $1",
            [circle.mikko.id.0.into(), at("2026-11-23", "09:00").into()]).await;
        assert_eq!(waits(&app, &circle).await, [json!(["PROFESSIONAL_TO_NAME", "2026-11-23", of.case_code])]);
        let stranger = app.circle("Vieras").await;
        assert_eq!(waits(&app, &stranger).await, Vec::<Value>::new(), "other cases are others' to see to");
        // It was taken back in error: the case is where it was.
        app.run("UPDATE role_grants SET cancelled_at = NULL WHERE person_id = $1", [circle.mikko.id.0.into()]).await;
        assert_eq!(waits(&app, &circle).await, Vec::<Value>::new());
    }
}
