//! Grant targets, and the activities that belong to them.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::{Actor, App};

const SEEN: &str = "grantTarget { id version funder code kind from to countsEncounters courses { id } dropInPlaces { id name }
    peerGroups { name } programmes { id } influenceItems { title } }";

fn details(otherwise: Value) -> Value {
    let mut told = json!({ "funder": "STEA", "code": "C4321", "name": "Kohtaamispaikka nuorille", "kind": "PROJECT",
        "from": "2020-01-01", "to": "2021-12-31", "countsEncounters": true });
    for (field, value) in otherwise.as_object().unwrap() {
        told[field] = value.clone();
    }
    told
}

async fn create(app: &App, kaisa: &Actor, otherwise: Value) -> Value {
    let input =
        json!({ "organisationId": kaisa.organisation.encode(), "details": details(otherwise) });
    let answer = kaisa.does(app, "grantTargetCreate", SEEN, input).await;
    answer.done()["grantTarget"].clone()
}

on_both! {
    async fn activities_of_every_kind_belong_to_a_target_and_may_belong_to_two(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let project = create(&app, kaisa, json!({})).await;
        assert_eq!((&project["funder"], &project["to"], &project["courses"]), (&json!("STEA"), &json!("2021-12-31"), &json!([])));
        let place = app.bare_place(kaisa, "kulma", json!({})).await;
        let course = app.course(kaisa, "2027-01-14", json!({})).await;
        let group = json!({ "name": "Ryhmä", "kind": "PEER_GROUP", "audiences": ["DEPENDENT"], "from": "2026-01-01" });
        let group = json!({ "organisationId": world.association.encode(), "details": group });
        let group = kaisa.does(&app, "peerGroupCreate", "peerGroup { id }", group).await.done()["peerGroup"]["id"].clone();
        let item = json!({ "kind": "HEARING", "title": "Kuuleminen", "body": "Lautakunta", "on": "2026-05-04", "outcome": "PENDING" });
        let item = json!({ "organisationId": world.association.encode(), "details": item });
        let item = kaisa.does(&app, "influenceItemRecord", "influenceItem { id }", item).await.done()["influenceItem"]["id"].clone();
        let programme = world.programme(&app, json!({})).await;

        let tie = json!({ "grantTargetId": project["id"], "version": 1, "courseIds": [course, course], "dropInPlaceIds": [place],
            "peerGroupIds": [group], "programmeIds": [programme], "influenceItemIds": [item] });
        let tied = kaisa.does(&app, "grantTargetTie", SEEN, tie).await.done()["grantTarget"].clone();
        assert_eq!((&tied["courses"], &tied["dropInPlaces"][0]["name"]), (&json!([{ "id": course }]), &json!("Kulma")));
        assert_eq!((&tied["peerGroups"], &tied["influenceItems"]), (&json!([{ "name": "Ryhmä" }]), &json!([{ "title": "Kuuleminen" }])));
        assert_eq!(tied["programmes"], json!([{ "id": programme }]));

        let city = create(&app, kaisa, json!({ "funder": "MUNICIPALITY", "from": "2022-01-01", "to": null, "kind": "OTHER" })).await;
        let both = json!({ "grantTargetId": city["id"], "version": 1, "dropInPlaceIds": [place] });
        kaisa.does(&app, "grantTargetTie", SEEN, both).await.done();
        let answer = kaisa.ask(&app, "{ grantTargets { funder dropInPlaces { id } courses { id } } }", json!({})).await;
        let of_two = json!([{ "funder": "MUNICIPALITY", "dropInPlaces": [{ "id": place }], "courses": [] },
            { "funder": "STEA", "dropInPlaces": [{ "id": place }], "courses": [{ "id": course }] }]);
        assert_eq!(answer.data()["grantTargets"], of_two, "the latest period first");

        // What is said is all of it: what is left out belongs to it no longer.
        let less = json!({ "grantTargetId": project["id"], "version": 2, "courseIds": [course] });
        let tied = kaisa.does(&app, "grantTargetTie", SEEN, less).await.done()["grantTarget"].clone();
        assert_eq!((&tied["dropInPlaces"], &tied["courses"]), (&json!([]), &json!([{ "id": course }])));
    }
}

on_both! {
    async fn what_is_another_associations_belongs_to_no_target(app: App) {
        let world = World::new(&app).await;
        let others = World::named(&app, "Vieras").await;
        let target = create(&app, &world.kaisa, json!({})).await;
        let theirs = app.bare_place(&others.kaisa, "vieras", json!({})).await;
        let course = app.course(&others.kaisa, "2027-01-14", json!({})).await;
        let tie = json!({ "grantTargetId": target["id"], "version": 1, "courseIds": [course], "dropInPlaceIds": [theirs] });
        let answer = world.kaisa.does(&app, "grantTargetTie", SEEN, tie.clone()).await;
        assert_eq!(answer.user_errors(), ["courseIds UNKNOWN", "dropInPlaceIds UNKNOWN"]);
        assert_eq!(app.read_sql("SELECT count(*) FROM grant_target_activities").await, "0");
        assert_eq!(others.kaisa.does(&app, "grantTargetTie", SEEN, tie).await.codes(), ["NOT_FOUND"]);
        let wrong = json!({ "funder": "NOBODY", "code": "", "to": "2019-01-01" });
        let input = json!({ "grantTargetId": target["id"], "version": 1, "details": details(wrong) });
        let answer = world.kaisa.does(&app, "grantTargetCorrect", SEEN, input).await;
        assert_eq!(answer.user_errors(), ["funder UNKNOWN_CODE", "code EMPTY", "to DATES_OUT_OF_ORDER"]);
        let stale = json!({ "grantTargetId": target["id"], "version": 2, "details": details(json!({})) });
        assert_eq!(world.kaisa.does(&app, "grantTargetCorrect", SEEN, stale).await.codes(), ["CONFLICT"]);
    }
}

on_both! {
    async fn a_target_that_was_added_in_error_is_taken_back_once_nothing_belongs_to_it(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let target = create(&app, kaisa, json!({})).await;
        let place = app.bare_place(kaisa, "kulma", json!({})).await;
        let tie = |version: i32, places: Value| json!({ "grantTargetId": target["id"], "version": version, "dropInPlaceIds": places });
        kaisa.does(&app, "grantTargetTie", SEEN, tie(1, json!([place]))).await.done();
        let seen = "grantTarget { version isCancelled }";
        let cancel = |version: i32| json!({ "grantTargetId": target["id"], "version": version });
        assert_eq!(kaisa.does(&app, "grantTargetCancel", seen, cancel(2)).await.user_errors(), ["- IN_USE"]);
        kaisa.does(&app, "grantTargetTie", SEEN, tie(2, json!([]))).await.done();
        let done = kaisa.does(&app, "grantTargetCancel", seen, cancel(3)).await.done()["grantTarget"].clone();
        assert_eq!(done, json!({ "version": 4, "isCancelled": true }));
        let listed = kaisa.ask(&app, "{ grantTargets { id } }", json!({})).await;
        assert_eq!(listed.data()["grantTargets"], json!([]), "lists leave it out");
        let correct = json!({ "grantTargetId": target["id"], "version": 4, "details": details(json!({})) });
        for (mutation, input) in [("grantTargetCancel", cancel(4)), ("grantTargetTie", tie(4, json!([place]))), ("grantTargetCorrect", correct)] {
            assert_eq!(kaisa.does(&app, mutation, seen, input).await.user_errors(), ["- ALREADY_CANCELLED"], "{mutation}");
        }
    }
}
