//! Peer groups and their meetings, and talks that are counted one by one: heads, and nobody's name.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::{Actor, App};

const SEEN: &str = "peerGroup { id version name kind place audiences meetingsHeld visits leaders { name } dropInPlace { name } }";

fn details(otherwise: Value) -> Value {
    let mut told = json!({ "name": "Vanhempien ryhmä", "kind": "GUIDED", "audiences": ["PARENTS", "FAMILIES"],
        "place": "Kirjasto", "from": "2026-01-01" });
    for (field, value) in otherwise.as_object().unwrap() {
        told[field] = value.clone();
    }
    told
}

async fn create(app: &App, kaisa: &Actor, otherwise: Value) -> Value {
    let input =
        json!({ "organisationId": kaisa.organisation.encode(), "details": details(otherwise) });
    let answer = kaisa.does(app, "peerGroupCreate", SEEN, input).await;
    answer.done()["peerGroup"].clone()
}

fn met(group: &Value, on: &str, heads: i32) -> Value {
    json!({ "peerGroupId": group["id"], "on": on, "minutes": 90, "heads": heads, "firstTimers": 1 })
}

/// The groups that somebody sees, by name.
async fn seen_by(app: &App, who: &Actor) -> Vec<String> {
    let answer = who.ask(app, "{ peerGroups { name } }", json!({})).await;
    let rows = answer.data()["peerGroups"].as_array().unwrap().clone();
    rows.iter()
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

on_both! {
    async fn a_leader_records_how_many_came_to_the_own_group_and_sees_no_other(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let place = app.bare_place(kaisa, "kulma", json!({})).await;
        let own = create(&app, kaisa, json!({ "leaderIds": [venla.node()], "dropInPlaceId": place })).await;
        assert_eq!((&own["audiences"], &own["leaders"]), (&json!(["FAMILIES", "PARENTS"]), &json!([{ "name": "Venla Vertainen" }])));
        assert_eq!(own["dropInPlace"]["name"], "Kulma");
        let other = create(&app, kaisa, json!({ "name": "Sisarusten ryhmä", "kind": "SELF_HELP" })).await;
        assert_eq!(seen_by(&app, &venla).await, ["Vanhempien ryhmä"]);
        assert_eq!(seen_by(&app, kaisa).await, ["Vanhempien ryhmä", "Sisarusten ryhmä"]);

        let answer = venla.does(&app, "peerGroupMeetingRecord", "peerGroupMeeting { heads firstTimers peerGroup { meetingsHeld visits } }",
            met(&own, "2026-11-16", 8)).await;
        assert_eq!(answer.done()["peerGroupMeeting"], json!({ "heads": 8, "firstTimers": 1,
            "peerGroup": { "meetingsHeld": 1, "visits": 8 } }));
        let answer = venla.does(&app, "peerGroupMeetingRecord", "peerGroupMeeting { id }", met(&other, "2026-11-16", 8)).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
        let answer = venla.does(&app, "peerGroupCorrect", SEEN,
            json!({ "peerGroupId": own["id"], "version": 1, "details": details(json!({})) })).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);

        // Whoever is left out of a correction leads it no longer, and what was recorded stays.
        let without = json!({ "peerGroupId": own["id"], "version": 1, "details": details(json!({})) });
        let answer = kaisa.does(&app, "peerGroupCorrect", SEEN, without).await;
        assert_eq!((&answer.done()["peerGroup"]["leaders"], &answer.done()["peerGroup"]["visits"]), (&json!([]), &json!(8)));
        assert!(seen_by(&app, &venla).await.is_empty());
    }
}

on_both! {
    async fn a_meeting_recorded_in_error_counts_no_more_and_stays_cancelled(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let group = create(&app, kaisa, json!({ "to": "2026-11-20" })).await;
        for (on, heads) in [("2026-11-02", 5), ("2026-11-16", 80)] {
            kaisa.does(&app, "peerGroupMeetingRecord", "peerGroupMeeting { id }", met(&group, on, heads)).await.done();
        }
        let query = "query($id: ID!) { peerGroupMeetings(peerGroupId: $id) { totalCount nodes { id on heads version } } }";
        let rows = kaisa.ask(&app, query, json!({ "id": group["id"] })).await.data()["peerGroupMeetings"].clone();
        assert_eq!((&rows["totalCount"], &rows["nodes"][0]["on"]), (&json!(2), &json!("2026-11-16")), "the latest first");
        let cancel = json!({ "peerGroupMeetingId": rows["nodes"][0]["id"], "version": 1 });
        let seen = "peerGroupMeeting { isCancelled peerGroup { meetingsHeld visits } }";
        let answer = kaisa.does(&app, "peerGroupMeetingCancel", seen, cancel).await;
        assert_eq!(answer.done()["peerGroupMeeting"], json!({ "isCancelled": true, "peerGroup": { "meetingsHeld": 1, "visits": 5 } }));
        assert_eq!(app.read_sql("SELECT count(*) FROM peer_group_meetings").await, "2");
        let rows = kaisa.ask(&app, query, json!({ "id": group["id"] })).await.data()["peerGroupMeetings"].clone();
        assert_eq!((&rows["totalCount"], rows["nodes"].as_array().unwrap().len()), (&json!(1), 1));

        // Neither before the group began or after it ended, nor on a day to come.
        for (on, code) in [("2025-12-31", "on OUT_OF_RANGE"), ("2026-11-21", "on OUT_OF_RANGE"), ("2026-11-24", "on DATE_IN_FUTURE")] {
            let answer = kaisa.does(&app, "peerGroupMeetingRecord", "peerGroupMeeting { id }", met(&group, on, 8)).await;
            assert_eq!(answer.user_errors(), [code], "{on}");
        }
        let bad = json!({ "peerGroupId": group["id"], "on": "2026-11-16", "minutes": 0, "heads": 3, "firstTimers": 4 });
        let answer = kaisa.does(&app, "peerGroupMeetingRecord", "peerGroupMeeting { id }", bad).await;
        assert_eq!(answer.user_errors(), ["minutes OUT_OF_RANGE", "firstTimers OUT_OF_RANGE"]);
    }
}

on_both! {
    async fn a_group_names_what_is_its_associations_own(app: App) {
        let world = World::new(&app).await;
        let others = World::named(&app, "Vieras").await;
        let theirs = app.bare_place(&others.kaisa, "vieras", json!({})).await;
        let wrong = json!({ "name": " ", "audiences": ["NOBODY"], "to": "2025-01-01" });
        let input = json!({ "organisationId": others.association.encode(), "details": details(wrong) });
        let answer = world.kaisa.does(&app, "peerGroupCreate", SEEN, input).await;
        let all = ["organisationId UNKNOWN", "name EMPTY", "to DATES_OUT_OF_ORDER", "audiences UNKNOWN_CODE"];
        assert_eq!(answer.user_errors(), all);
        let wrong = json!({ "dropInPlaceId": theirs, "leaderIds": [others.kaisa.node()] });
        let input = json!({ "organisationId": world.association.encode(), "details": details(wrong) });
        let answer = world.kaisa.does(&app, "peerGroupCreate", SEEN, input).await;
        assert_eq!(answer.user_errors(), ["dropInPlaceId UNKNOWN", "leaderIds UNKNOWN"]);
        assert_eq!(app.read_sql("SELECT count(*) FROM peer_groups").await, "0");
    }
}

on_both! {
    async fn a_motivation_talk_is_counted_without_anybody_in_it(app: App) {
        let world = World::new(&app).await;
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        let talk = json!({ "organisationId": world.association.encode(), "kind": "MOTIVATION_TALK", "phase": "BEFORE_REHAB",
            "on": "2026-11-20" });
        let seen = "encounter { id kind phase talks version isCancelled }";
        let own = eero.does(&app, "encounterRecord", seen, talk.clone()).await.done()["encounter"].clone();
        assert_eq!((&own["talks"], &own["phase"]), (&json!(1), &json!("BEFORE_REHAB")));
        let mut more = talk.clone();
        more["talks"] = json!(4);
        world.kaisa.does(&app, "encounterRecord", seen, more).await.done();

        // An expert sees what they recorded, the coordinator all of it, another association nothing.
        let others = World::named(&app, "Vieras").await;
        for (who, count) in [(&eero, 1), (&world.kaisa, 2), (&others.kaisa, 0)] {
            let rows = who.ask(&app, "{ encounters { totalCount nodes { talks } } }", json!({})).await;
            assert_eq!(rows.data()["encounters"]["totalCount"], count);
        }
        let cancel = json!({ "encounterId": own["id"], "version": 1 });
        assert_eq!(others.kaisa.does(&app, "encounterCancel", seen, cancel.clone()).await.codes(), ["NOT_FOUND"]);
        let answer = eero.does(&app, "encounterCancel", seen, cancel).await;
        assert_eq!(answer.done()["encounter"]["isCancelled"], true);
        let again = json!({ "encounterId": own["id"], "version": 2 });
        assert_eq!(eero.does(&app, "encounterCancel", seen, again).await.user_errors(), ["- ALREADY_CANCELLED"]);

        let answer = others.kaisa.does(&app, "encounterRecord", seen, talk).await;
        assert_eq!(answer.user_errors(), ["organisationId UNKNOWN"]);
        for table in ["support_agreements", "joint_reviews", "supported_cases"] {
            assert_eq!(app.read_sql(&format!("SELECT count(*) FROM {table}")).await, "0");
        }
    }
}

on_both! {
    async fn a_group_that_was_added_in_error_is_taken_back_once_nothing_stands_in_it(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let group = create(&app, kaisa, json!({})).await;
        let seen = "peerGroup { version isCancelled }";
        let held = kaisa.does(&app, "peerGroupMeetingRecord", "peerGroupMeeting { id }", met(&group, "2026-11-16", 8)).await;
        let meeting = held.done()["peerGroupMeeting"]["id"].clone();
        let cancel = json!({ "peerGroupId": group["id"], "version": 1 });
        assert_eq!(kaisa.does(&app, "peerGroupCancel", seen, cancel.clone()).await.user_errors(), ["- IN_USE"]);
        let back = json!({ "peerGroupMeetingId": meeting, "version": 1 });
        kaisa.does(&app, "peerGroupMeetingCancel", "peerGroupMeeting { id }", back).await.done();
        let done = kaisa.does(&app, "peerGroupCancel", seen, cancel).await.done()["peerGroup"].clone();
        assert_eq!(done, json!({ "version": 2, "isCancelled": true }));
        assert!(seen_by(&app, kaisa).await.is_empty(), "lists leave it out");
        let late = kaisa.does(&app, "peerGroupMeetingRecord", "peerGroupMeeting { id }", met(&group, "2026-11-16", 8)).await;
        assert_eq!(late.user_errors(), ["- ALREADY_CANCELLED"]);
        for (mutation, more) in [("peerGroupCancel", json!({})), ("peerGroupCorrect", json!({ "details": details(json!({})) }))] {
            let mut input = json!({ "peerGroupId": group["id"], "version": 2 });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            assert_eq!(kaisa.does(&app, mutation, seen, input).await.user_errors(), ["- ALREADY_CANCELLED"], "{mutation}");
        }
    }
}
