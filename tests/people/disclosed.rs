//! Changed details of a support person: whoever was given the old ones sees the new ones, and the disclosure log says so.

use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::{House, house};
use crate::on_both;
use crate::support::cases::{Case, Proposed};
use crate::support::{Actor, App};

async fn supporter(app: &App, house: &House, professionals: &[&Actor]) -> (Actor, Case, Proposed) {
    let sari = app
        .person(
            "Sari Tukihenkilö",
            house.kaisa.organisation,
            Role::SupportPerson,
        )
        .await;
    let case = app
        .case(
            house.kaisa.organisation,
            house.mikko.organisation,
            professionals,
        )
        .await;
    let proposed = app.proposed(&case, &sari).await;
    (sari, case, proposed)
}

fn details(of: &Actor, version: i32, phone: &str, language: &str) -> Value {
    json!({
        "personId": of.node(), "version": version, "name": "Sari Tukihenkilö", "email": "sari.tukihenkilö@example.org",
        "phone": phone, "language": language,
    })
}

async fn log(app: &App) -> usize {
    let rows = app.rows(&["disclosures"]).await;
    rows.iter()
        .filter(|row| row.contains("CHANGED_DETAILS"))
        .count()
}

on_both! {
    async fn to_whom_changed_details_became_visible_is_written_down(app: App) {
        let house = house(&app).await;
        let liisa = app.person("Liisa Ammattilainen", house.mikko.organisation, Role::Professional).await;
        let (sari, case, proposed) = supporter(&app, &house, &[&house.mikko, &liisa]).await;
        let mut change = details(&sari, 1, "040 765 4321", "FI");
        change["email"] = json!("sari@example.org");
        sari.does(&app, "personCorrect", "person { phone }", change.clone()).await.done();
        assert_eq!(log(&app).await, 0, "nothing was disclosed yet");

        app.disclosed(&case, &proposed, &house.mikko).await;
        change["version"] = json!(2);
        change["phone"] = json!("040 111 2222");
        sari.does(&app, "personCorrect", "person { phone }", change.clone()).await.done();
        assert_eq!(log(&app).await, 2, "the two professionals of the case");
        let seen = house.mikko.ask(&app, "query($id: ID!) { person(id: $id) { phone } }", json!({ "id": sari.node() })).await;
        assert_eq!(seen.data()["person"]["phone"], "+358401112222");

        // The coordinator corrects the name: a disclosure again, made by the coordinator.
        change["version"] = json!(3);
        change["name"] = json!("Sari Uusi");
        house.kaisa.does(&app, "personCorrect", "person { name }", change.clone()).await.done();
        assert_eq!(log(&app).await, 4);
        let query = "query($id: ID!) { node(id: $id) { ... on MatchProposal {
            disclosures { what basis disclosedBy { name } toPerson { name } } } } }";
        let answer = house.kaisa.ask(&app, query, json!({ "id": rinnalla_domain::ids::Id::encode(proposed.proposal) })).await;
        let told = answer.data()["node"]["disclosures"].as_array().unwrap().clone();
        let changed: Vec<_> = told.iter().filter(|it| it["what"] == "CHANGED_DETAILS").collect();
        assert_eq!(changed.len(), 4);
        assert!(changed.iter().any(|it| it["disclosedBy"]["name"] == "Kaisa Koordinaattori" && it["toPerson"]["name"] == "Liisa Ammattilainen"));

        // The language, or nothing at all, was never disclosed.
        change["version"] = json!(4);
        change["language"] = json!("SV");
        sari.does(&app, "personCorrect", "person { language }", change).await.done();
        assert_eq!(log(&app).await, 4);
    }
}

on_both! {
    async fn a_disclosure_that_was_taken_back_or_a_case_that_was_left_is_told_nothing(app: App) {
        let house = house(&app).await;
        let liisa = app.person("Liisa Ammattilainen", house.mikko.organisation, Role::Professional).await;
        let (sari, case, proposed) = supporter(&app, &house, &[&house.mikko]).await;
        app.disclosed(&case, &proposed, &house.mikko).await;
        let moved = json!({ "fromId": house.mikko.node(), "toId": liisa.node() });
        house.kaisa.does(&app, "caseloadMove", "caseloadMove { movedCount }", moved).await.done();
        let mut change = details(&sari, 1, "040 765 4321", "FI");
        change["email"] = json!("sari@example.org");
        sari.does(&app, "personCorrect", "person { phone }", change.clone()).await.done();
        assert_eq!(log(&app).await, 1, "the professional of today alone");
        let stale = sari.does(&app, "personCorrect", "person { phone }", change.clone()).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        assert_eq!(log(&app).await, 1, "an act that was refused discloses nothing");

        let db = app.db().await;
        let back = "UPDATE match_proposals SET status = 'ACCEPTED'";
        sea_orm::ConnectionTrait::execute_unprepared(&db, back).await.unwrap();
        db.close().await.unwrap();
        change["version"] = json!(2);
        change["phone"] = json!(null);
        sari.does(&app, "personCorrect", "person { phone }", change).await.done();
        assert_eq!(log(&app).await, 1);
    }
}
