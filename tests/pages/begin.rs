//! The page on which a professional begins a referral.

use poem::http::StatusCode;
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::support::matching::World;

const PATH: &str = "/referrals/new";

/// What a professional fills in, one field of it otherwise.
fn told<'a>(association: &'a str, name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("organisationId", association),
        ("background", "NEXT_OF_KIN"),
        ("kinRelation", "PARENT"),
        ("supportForm", "INDIVIDUAL"),
        ("phase", "AFTER_REHAB"),
        ("countyCode", "20"),
        ("language", "sv"),
        ("birthDecade", "1980"),
        ("informationSource", "PEER"),
        ("wishes", "SIMILAR_AGE"),
    ];
    let others = all.into_iter().filter(|(field, _)| *field != name);
    let interests = [("interests", "FISHING"), ("interests", "COFFEE")];
    let interests = interests.into_iter().filter(|(field, _)| *field != name);
    others.chain(interests).chain([(name, value)]).collect()
}

on_both! {
    async fn a_referral_is_begun_on_a_page_and_led_on_to_its_next_step(app: App) {
        let world = World::new(&app).await;
        World::named(&app, "Vieras").await;
        let mut pekka = app.browser_of(&world.pekka).await;
        let front = pekka.get("/").await;
        assert!(front.html.contains(&format!("href=\"{PATH}\"")), "{}", front.html);
        let form = pekka.get(PATH).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("Esimerkkiyhdistys") && !html.contains("Vieras"), "{html}");
        assert!(html.contains("<option value=\"20\" selected>"), "the own county is likely: {html}");
        assert!(form.statements.len() <= 9, "{:#?}", form.statements);

        let association = world.association.encode();
        let blank = pekka.fill(PATH, &form, &[("language", "sv")]).await;
        let html = blank.with(StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["organisationId", "background", "countyCode", "supportForm", "phase"] {
            assert!(html.contains(&format!("id=\"{field}-fault\"")), "{field}: {html}");
        }
        let unknown = OrganisationId::random().encode();
        for (name, bad, beside) in [
            ("organisationId", "x", "organisationId"),
            ("organisationId", unknown.as_str(), "organisationId"),
            ("background", "TIRED", "background"),
            ("background", "DEPENDENT_OR_RECOVERING", "kinRelation"),
            ("kinRelation", "NEIGHBOUR_CAT", "kinRelation"),
            ("supportForm", "CROWD", "supportForm"),
            ("phase", "LATER", "phase"),
            ("countyCode", "99", "countyCode"),
            ("municipalityCode", "Kajaani", "municipalityCode"),
            ("language", "tlh", "language"),
            ("birthDecade", "1985", "birthDecade"),
            ("birthDecade", "eighties", "birthDecade"),
            ("interests", "SMOKING", "interests"),
            ("wishes", "RICH", "wishes"),
            ("informationSource", "A_BIRD", "informationSource"),
        ] {
            let shown = pekka.fill(PATH, &form, &told(&association, name, bad)).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            let has_field = html.contains(&format!("id=\"{beside}-fault\""));
            // Municipalities are chosen from a list that is not loaded here: then the fault stands above the form.
            assert!(has_field || beside == "municipalityCode", "{name} {bad}: {html}");
            let kept = name == "informationSource" || html.contains("<option value=\"PEER\" selected>");
            assert!(kept, "what was chosen is lost: {html}");
            let kept = name == "interests" || html.contains("value=\"FISHING\" checked");
            assert!(kept, "what was chosen is lost: {html}");
        }
        assert_eq!(app.rows(&["referrals", "supported_cases"]).await.len(), 0);

        let mut leads = Vec::new();
        for _ in 0..2 {
            let sent = pekka.fill(PATH, &form, &told(&association, "", "")).await;
            leads.push(sent.leads_to().to_owned());
        }
        assert_eq!(leads[0], leads[1], "pressed twice, begun once");
        assert_eq!(app.rows(&["referrals"]).await.len(), 1);
        assert_eq!(app.rows(&["case_interests"]).await.len(), 2);
        assert_eq!(pekka.get(&leads[0]).await.leads_to(), format!("{}/interest", leads[0]));
        let query = "{ referrals(first: 5) { nodes { status form phase supportedCase { background kinRelation birthDecade language } } } }";
        let told = world.pekka.ask(&app, query, json!({})).await;
        assert_eq!(told.data()["referrals"]["nodes"], json!([{ "status": "DRAFT", "form": "INDIVIDUAL", "phase": "AFTER_REHAB",
            "supportedCase": { "background": "NEXT_OF_KIN", "kinRelation": "PARENT", "birthDecade": 1980, "language": "sv" } }]));
    }
}

on_both! {
    async fn whoever_refers_nobody_finds_no_such_page(app: App) {
        let world = World::new(&app).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(!kaisa.get("/").await.html.contains(PATH));
        assert_eq!(kaisa.get(PATH).await.status, StatusCode::NOT_FOUND);
        let page = kaisa.get("/sessions").await;
        let association = world.association.encode();
        let sent = kaisa.fill(PATH, &page, &told(&association, "", "")).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
        assert_eq!(app.rows(&["referrals"]).await.len(), 0);
    }
}

on_both! {
    async fn whoever_works_in_two_organisations_says_for_which(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "Toinen").await;
        app.grant(world.pekka.id, other.service, Role::Professional).await;
        let mut pekka = app.browser_of(&world.pekka).await;
        let form = pekka.get(PATH).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("name=\"referringOrganisationId\"") && html.contains("Esimerkkiyhdistys Toinen"), "{html}");
        let association = other.association.encode();
        let wrong = world.service.encode();
        let shown = pekka.fill(PATH, &form, &told(&association, "referringOrganisationId", "")).await;
        assert!(shown.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"referringOrganisationId-fault\""));
        let shown = pekka.fill(PATH, &form, &told(&association, "referringOrganisationId", &wrong)).await;
        assert!(shown.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"organisationId-fault\""), "{}", shown.html);
        let right = other.service.encode();
        let sent = pekka.fill(PATH, &form, &told(&association, "referringOrganisationId", &right)).await;
        assert!(sent.leads_to().starts_with("/referrals/"));
    }
}
