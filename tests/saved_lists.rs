//! Lists that coordinators saved under a name.

use rinnalla_domain::ids::{Id as _, SavedListId};
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Actor, App};

const LIST: &str = "savedList { id name list filter isShared version owner { name } }";
const TABLES: [&str; 3] = ["saved_lists", "changes", "idempotency_keys"];

struct House {
    kaisa: Actor,
    satu: Actor,
    anna: Actor,
    outi: Actor,
}

async fn house(app: &App) -> House {
    let association = app
        .organisation("Esimerkkiyhdistys", OrganisationKind::Association)
        .await;
    let other = app
        .organisation("Toinen yhdistys", OrganisationKind::Association)
        .await;
    House {
        kaisa: app
            .person("Kaisa Koordinaattori", association, Role::Coordinator)
            .await,
        satu: app
            .person("Satu Koordinaattori", association, Role::Coordinator)
            .await,
        anna: app.person("Anna Hallinto", association, Role::Admin).await,
        outi: app
            .person("Outi Koordinaattori", other, Role::Coordinator)
            .await,
    }
}

fn ending(of: &Actor, is_shared: bool) -> Value {
    json!({
        "organisationId": of.organisation.encode(), "list": "SUPPORT_RELATIONSHIPS", "name": "  Päättyvät  ",
        "filter": "{ \"endingWithinDays\": 30, \"status\": \"ACTIVE\" }", "isShared": is_shared,
    })
}

async fn names(app: &App, reader: &Actor) -> Vec<String> {
    let answer = reader
        .ask(app, "{ savedLists { name owner { name } } }", json!({}))
        .await;
    let lists = answer.data()["savedLists"].as_array().unwrap().clone();
    lists
        .iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect()
}

on_both! {
    async fn a_list_is_saved_for_oneself_or_for_every_coordinator(app: App) {
        let house = house(&app).await;
        let saved = house.kaisa.does(&app, "savedListSave", LIST, ending(&house.kaisa, false)).await;
        let mut list = saved.done()["savedList"].clone();
        let id = list.as_object_mut().unwrap().remove("id").unwrap();
        assert_eq!(list, json!({
            "name": "Päättyvät", "list": "SUPPORT_RELATIONSHIPS", "filter": "{\"endingWithinDays\":30,\"status\":\"ACTIVE\"}",
            "isShared": false, "version": 1, "owner": { "name": "Kaisa Koordinaattori" },
        }));
        assert_eq!(names(&app, &house.kaisa).await, ["Päättyvät"]);
        assert_eq!(names(&app, &house.satu).await, [""; 0]);

        // What was saved is what the list takes.
        let query = "query($filter: SupportRelationshipFilter) { supportRelationships(filter: $filter) { nodes { id } } }";
        let filter: Value = serde_json::from_str(list["filter"].as_str().unwrap()).unwrap();
        house.kaisa.ask(&app, query, json!({ "filter": filter })).await.data();

        let correct = |version: i32, name: &str, is_shared: bool| json!({
            "savedListId": id, "version": version, "name": name, "filter": "{}", "isShared": is_shared,
        });
        let shared = house.kaisa.does(&app, "savedListCorrect", LIST, correct(1, "Kaikki", true)).await;
        assert_eq!(shared.done()["savedList"]["filter"], "{}");
        assert_eq!(names(&app, &house.satu).await, ["Kaikki"]);
        assert_eq!(names(&app, &house.outi).await, [""; 0], "another organisation's");
        // A shared list is everybody's to put right, also when its owner has left.
        house.satu.does(&app, "savedListCorrect", LIST, correct(2, "Aivan kaikki", true)).await.done();
        let stale = house.kaisa.does(&app, "savedListCorrect", LIST, correct(2, "Kaikki", false)).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let node = house.satu.ask(&app, "query($id: ID!) { node(id: $id) { ... on SavedList { name } } }", json!({ "id": id })).await;
        assert_eq!(node.data()["node"]["name"], "Aivan kaikki");
        let remove = |version: i32| json!({ "savedListId": id, "version": version });
        let stale = house.satu.does(&app, "savedListRemove", LIST, remove(1)).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let removed = house.satu.does(&app, "savedListRemove", LIST, remove(3)).await;
        assert_eq!(removed.done()["savedList"], Value::Null);
        assert_eq!(names(&app, &house.kaisa).await, [""; 0]);
    }
}

on_both! {
    async fn a_filter_that_the_list_would_refuse_is_not_saved(app: App) {
        let house = house(&app).await;
        let before = app.rows(&TABLES).await;
        house.kaisa.tries(&app, "savedListSave", LIST, &ending(&house.kaisa, false), &[
            (json!({ "filter": "{" }), &["filter MALFORMED"]),
            (json!({ "filter": "{ \"isWaiting\": true }" }), &["filter MALFORMED"]),
            (json!({ "filter": "{ \"endingWithinDays\": 400, \"countyCode\": \"x\" }" }), &["countyCode UNKNOWN_CODE", "endingWithinDays OUT_OF_RANGE"]),
            (json!({ "list": "REFERRALS" }), &["filter MALFORMED"]),
            (json!({ "filter": format!("{{ \"caseCode\": \"{}\" }}", "x".repeat(3000)) }), &["caseCode MALFORMED"]),
            (json!({ "name": "" }), &["name EMPTY"]),
            (json!({ "name": "x".repeat(61), "organisationId": house.outi.organisation.encode() }), &["organisationId UNKNOWN", "name TOO_LONG"]),
            (json!({ "organisationId": "x" }), &["organisationId UNKNOWN"]),
        ]).await;
        for stranger in [&house.anna] {
            let refused = stranger.does(&app, "savedListSave", LIST, ending(stranger, false)).await;
            assert_eq!(refused.codes(), ["FORBIDDEN"]);
            let refused = stranger.ask(&app, "{ savedLists { name } }", json!({})).await;
            assert_eq!(refused.codes(), ["FORBIDDEN"]);
        }
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn somebody_elses_list_is_not_there_and_a_retry_saves_once(app: App) {
        let house = house(&app).await;
        let mut input = ending(&house.kaisa, false);
        input["idempotencyKey"] = json!("once");
        let saved = house.kaisa.does(&app, "savedListSave", LIST, input.clone()).await;
        let rows = app.rows(&TABLES).await;
        let again = house.kaisa.does(&app, "savedListSave", LIST, input.clone()).await;
        assert_eq!(saved.done(), again.done());
        input["name"] = json!("Toinen");
        let other = house.kaisa.does(&app, "savedListSave", LIST, input).await;
        assert_eq!(other.codes(), ["CONFLICT"]);
        assert_eq!(app.rows(&TABLES).await, rows);
        let id = saved.done()["savedList"]["id"].clone();
        for reader in [&house.satu, &house.outi] {
            for (act, more) in [("savedListRemove", json!({})), ("savedListCorrect", json!({ "name": "x", "filter": "{}", "isShared": false }))] {
                let input = |id: Value| {
                    let mut input = more.clone();
                    input["savedListId"] = id;
                    input["version"] = json!(1);
                    input
                };
                let hidden = reader.does(&app, act, LIST, input(id.clone())).await;
                let absent = reader.does(&app, act, LIST, input(json!(SavedListId::random().encode()))).await;
                assert_eq!(hidden.codes(), ["NOT_FOUND"]);
                assert_eq!(hidden.json["errors"], absent.json["errors"]);
                assert_eq!(hidden.statements, absent.statements);
            }
        }
        assert_eq!(app.rows(&TABLES).await, rows);
    }
}

on_both! {
    async fn lists_are_read_in_as_many_statements_however_many_there_are(app: App) {
        let house = house(&app).await;
        let mut counts = Vec::new();
        for more in [1, 8] {
            for n in 0..more {
                let mut input = ending(&house.satu, true);
                input["name"] = json!(format!("Luettelo {n}"));
                house.satu.does(&app, "savedListSave", LIST, input).await.done();
            }
            let answer = house.kaisa.ask(&app, "{ savedLists(list: SUPPORT_RELATIONSHIPS) { name owner { name } } }", json!({})).await;
            assert!(answer.data()["savedLists"].as_array().unwrap().len() >= more);
            counts.push(answer.statements.len());
        }
        assert_eq!(counts[0], counts[1]);
        let none = house.kaisa.ask(&app, "{ savedLists(list: NOTICES) { name } }", json!({})).await;
        assert_eq!(none.data()["savedLists"], json!([]));
    }
}
