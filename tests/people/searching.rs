//! Finding people of the own organisation.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use super::house;
use crate::on_both;
use crate::support::{Actor, App};

const PEOPLE: &str = "query($search: String, $organisation: ID, $first: Int, $after: String) {
    people(search: $search, organisationId: $organisation, first: $first, after: $after) {
        nodes { name } totalCount pageInfo { hasNextPage endCursor } } }";

async fn found(app: &App, reader: &Actor, search: &str) -> Vec<String> {
    let answer = reader.ask(app, PEOPLE, json!({ "search": search })).await;
    names(&answer.data()["people"])
}

fn names(page: &Value) -> Vec<String> {
    let nodes = page["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|node| node["name"].as_str().unwrap().to_owned())
        .collect()
}

on_both! {
    async fn somebody_is_found_by_part_of_a_name_a_phone_or_a_mail_address(app: App) {
        let house = house(&app).await;
        let input = json!({
            "organisationId": house.kaisa.organisation.encode(), "role": "SUPPORT_PERSON", "name": "Äijä Öhman-Émile",
            "email": "aija.o@example.org", "phone": "040 765 4321", "language": "SE",
        });
        house.kaisa.does(&app, "personAdd", "person { id }", input).await.done();
        for search in ["äijä", "aija", "ÖHMAN", "ohman", "emile", "aija.o@", "040 765", "+358 40 7654", "4321"] {
            assert_eq!(found(&app, &house.kaisa, search).await, ["Äijä Öhman-Émile"], "{search}");
        }
        assert_eq!(found(&app, &house.kaisa, "zzz").await, [""; 0]);
        let refused = house.kaisa.ask(&app, PEOPLE, json!({ "search": " " })).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
        let refused = house.kaisa.ask(&app, PEOPLE, json!({ "search": "a\u{0}" })).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
    }
}

on_both! {
    async fn nobody_of_another_organisation_is_found(app: App) {
        let house = house(&app).await;
        let case = app.case(house.kaisa.organisation, house.mikko.organisation, &[&house.mikko]).await;
        assert_eq!(case.partner, house.mikko.organisation);
        assert_eq!(found(&app, &house.kaisa, "mikko").await, [""; 0], "known by a case, and not one's own");
        assert_eq!(found(&app, &house.kaisa, "a").await, ["Anna Hallinto", "Kaisa Koordinaattori"]);
        let other = json!({ "organisation": house.mikko.organisation.encode() });
        let answer = house.kaisa.ask(&app, PEOPLE, other).await;
        assert_eq!(names(&answer.data()["people"]), [""; 0]);
        let refused = house.mikko.ask(&app, PEOPLE, json!({})).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn the_professionals_of_a_partner_that_is_looked_after_are_found(app: App) {
        let house = house(&app).await;
        let alone = app.organisation("Pieni kunta", OrganisationKind::Municipality).await;
        app.refers(house.kaisa.organisation, alone).await;
        let input = json!({
            "organisationId": alone.encode(), "role": "PROFESSIONAL", "name": "Liisa Kunta", "language": "FI",
        });
        let added = house.kaisa.does(&app, "personAdd", "person { name roles { role organisation { name } } }", input).await;
        assert_eq!(added.done()["person"]["roles"][0]["organisation"]["name"], "Pieni kunta");
        let of = json!({ "organisation": alone.encode() });
        let answer = house.kaisa.ask(&app, PEOPLE, of.clone()).await;
        assert_eq!(names(&answer.data()["people"]), ["Liisa Kunta"]);
        assert_eq!(found(&app, &house.kaisa, "Liisa").await, [""; 0]);
        app.person("Oma Hallinto", alone, Role::Admin).await;
        let answer = house.kaisa.ask(&app, PEOPLE, of).await;
        assert_eq!(names(&answer.data()["people"]), [""; 0]);
    }
}

on_both! {
    async fn people_are_paged_by_name_in_as_many_statements_whatever_their_number(app: App) {
        let house = house(&app).await;
        let query = "query($first: Int) { people(first: $first) { nodes {
            name roles { role organisation { name } } absences { fromOn } } } }";
        let few = house.kaisa.ask(&app, query, json!({ "first": 100 })).await;
        for name in ["Öhman", "Ängman", "Åberg", "Zimmer", "Väisänen", "Eerola", "Aalto"] {
            app.person(&format!("{name} Testi"), house.kaisa.organisation, Role::SupportPerson).await;
        }
        let many = house.kaisa.ask(&app, query, json!({ "first": 100 })).await;
        let shown = names(&many.data()["people"]);
        assert_eq!(shown, [
            "Aalto Testi", "Anna Hallinto", "Eerola Testi", "Kaisa Koordinaattori", "Väisänen Testi", "Zimmer Testi",
            "Åberg Testi", "Ängman Testi", "Öhman Testi",
        ]);
        // Sign-in, people, roles, organisations, absences, and the log: one statement on PostgreSQL, two on SQLite.
        let log = many.statements.iter().filter(|sql| sql.contains("access_log")).count();
        assert!(log <= 2);
        let others = many.statements.iter().filter(|sql| !sql.contains("access_log")).count();
        let transaction = usize::from(many.statements.iter().any(|sql| sql.starts_with("BEGIN")));
        assert_eq!(others - transaction, 5, "{:#?}", many.statements);
        assert_eq!(few.statements.len(), many.statements.len());

        let mut paged = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = house.kaisa.ask(&app, PEOPLE, json!({ "first": 2, "after": after })).await;
            let page = &page.data()["people"];
            assert_eq!(page["totalCount"], 9);
            paged.extend(names(page));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(paged, shown);
    }
}
