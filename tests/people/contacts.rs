//! Who sees whose contact details.

use rinnalla_domain::ids::{Id as _, PersonId};
use rinnalla_domain::states::{OrganisationKind, Role, SupportRelationshipStatus};
use serde_json::{Value, json};

use super::house;
use crate::on_both;
use crate::support::{Actor, App};

const PERSON: &str = "query($id: ID!) { person(id: $id) { name email } }";

async fn sees(app: &App, reader: &Actor, of: &Actor) -> bool {
    let answer = reader.ask(app, PERSON, json!({ "id": of.node() })).await;
    answer.data()["person"] != Value::Null
}

on_both! {
    async fn the_details_of_a_support_person_reach_the_professional_with_the_disclosure(app: App) {
        let house = house(&app).await;
        let (association, partner) = (house.kaisa.organisation, house.mikko.organisation);
        let sari = app.person("Sari Tukihenkilö", association, Role::SupportPerson).await;
        let colleague = app.person("Liisa Ammattilainen", partner, Role::Professional).await;
        let case = app.case(association, partner, &[&house.mikko]).await;
        let proposed = app.proposed(&case, &sari).await;
        assert!(!sees(&app, &house.mikko, &sari).await, "proposed, not disclosed");
        assert!(sees(&app, &house.kaisa, &sari).await, "the own association");

        app.disclosed(&case, &proposed, &house.mikko).await;
        assert!(sees(&app, &house.mikko, &sari).await);
        assert!(!sees(&app, &colleague, &sari).await, "no professional of the case");
        assert!(!sees(&app, &sari, &house.mikko).await, "no relationship yet");

        // Taken back as recorded in error, the row of the disclosure stays, and opens nothing.
        let db = app.db().await;
        let back = "UPDATE match_proposals SET status = 'ACCEPTED'";
        sea_orm::ConnectionTrait::execute_unprepared(&db, back).await.unwrap();
        db.close().await.unwrap();
        assert!(!sees(&app, &house.mikko, &sari).await);
    }
}

on_both! {
    async fn those_who_work_on_a_relationship_know_each_other(app: App) {
        let house = house(&app).await;
        let (association, partner) = (house.kaisa.organisation, house.mikko.organisation);
        let sari = app.person("Sari Tukihenkilö", association, Role::SupportPerson).await;
        let liisa = app.person("Liisa Ammattilainen", partner, Role::Professional).await;
        let case = app.case(association, partner, &[&house.mikko, &liisa]).await;
        let proposed = app.proposed(&case, &sari).await;
        app.relationship(&case, &proposed, SupportRelationshipStatus::Active).await;
        for professional in [&house.mikko, &liisa] {
            assert!(sees(&app, professional, &sari).await);
            assert!(sees(&app, &sari, professional).await);
            assert!(sees(&app, &house.kaisa, professional).await, "a case that the association coordinates");
        }
        assert!(sees(&app, &house.mikko, &liisa).await, "both on the same case");
        assert!(!sees(&app, &house.mikko, &house.kaisa).await);
        assert!(!sees(&app, &sari, &house.kaisa).await);
    }
}

on_both! {
    async fn a_support_person_knows_the_professional_until_the_relationship_ends(app: App) {
        let house = house(&app).await;
        let (association, partner) = (house.kaisa.organisation, house.mikko.organisation);
        for (name, status, expected) in [
            ("Aino Yksi", SupportRelationshipStatus::Paused, true),
            ("Aino Kaksi", SupportRelationshipStatus::Ended, false),
            ("Aino Kolme", SupportRelationshipStatus::Cancelled, false),
        ] {
            let sari = app.person(name, association, Role::SupportPerson).await;
            let case = app.case(association, partner, &[&house.mikko]).await;
            let proposed = app.proposed(&case, &sari).await;
            app.relationship(&case, &proposed, status).await;
            assert_eq!(sees(&app, &sari, &house.mikko).await, expected, "{status:?}");
            let is_disclosed = status != SupportRelationshipStatus::Cancelled;
            assert_eq!(sees(&app, &house.mikko, &sari).await, is_disclosed, "{status:?}");
        }
    }
}

on_both! {
    async fn a_person_who_is_not_ones_own_to_know_of_is_not_there(app: App) {
        let house = house(&app).await;
        let other = app.organisation("Toinen", OrganisationKind::Association).await;
        let stranger = app.person("Outi Outo", other, Role::Coordinator).await;
        for reader in [&house.kaisa, &house.mikko, &stranger] {
            let nobody = PersonId::random().encode();
            let hidden = if reader.id == stranger.id { &house.kaisa } else { &stranger };
            let hidden = reader.ask(&app, PERSON, json!({ "id": hidden.node() })).await;
            let absent = reader.ask(&app, PERSON, json!({ "id": nobody })).await;
            assert_eq!(hidden.data(), &json!({ "person": null }));
            assert_eq!(hidden.json, absent.json);
            assert_eq!(hidden.statements, absent.statements);
        }
        assert!(!sees(&app, &house.kaisa, &house.mikko).await, "a partner's professional without a case");
        let refused = app.rows(&["access_log_seen"]).await;
        assert!(refused.iter().any(|row| row.contains("REFUSED")), "the log tells them apart");
    }
}

on_both! {
    async fn whoever_holds_only_a_role_of_oversight_sees_only_oneself(app: App) {
        let house = house(&app).await;
        for role in [Role::Analyst, Role::Dpo, Role::Supervisor, Role::Facilitator, Role::PaidGuide] {
            let somebody = app.person(&format!("Oma {}", role.code().replace('_', " ")), house.kaisa.organisation, role).await;
            assert!(sees(&app, &somebody, &somebody).await, "{role:?}");
            assert!(!sees(&app, &somebody, &house.kaisa).await, "{role:?}");
            let refused = somebody.ask(&app, "{ people { nodes { name } } }", json!({})).await;
            assert_eq!(refused.codes(), ["FORBIDDEN"], "{role:?}");
        }
    }
}

on_both! {
    async fn every_reading_of_a_persons_details_is_logged(app: App) {
        let house = house(&app).await;
        let sari = app.person("Sari Tukihenkilö", house.kaisa.organisation, Role::SupportPerson).await;
        assert!(sees(&app, &house.kaisa, &sari).await);
        let log = app.rows(&["access_log", "access_log_seen"]).await;
        assert_eq!(log.len(), 2);
        let told = log.concat().to_lowercase().replace(['-', '\\'], "");
        let hex = |id: PersonId| id.uuid().simple().to_string();
        assert!(told.contains(&hex(house.kaisa.id)), "who: {told}");
        assert!(told.contains(&hex(sari.id)), "whom: {told}");
        assert!(told.contains("read"), "{told}");
    }
}
