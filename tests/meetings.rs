//! Meetings: recorded by those who know of them, put right, counted.

use rinnalla_domain::ids::{Id as _, MeetingId, SupportRelationshipId};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::databases::Kind;
use crate::support::relationships::Relationship;
use crate::support::{Actor, App};

fn input(relationship: &Relationship, met_on: &str) -> Value {
    json!({ "supportRelationshipId": relationship.id, "metOn": met_on, "minutes": 60, "activity": "COFFEE",
        "channel": "IN_PERSON" })
}

/// The meetings of a relationship: day, minutes, activity; the latest first.
async fn seen(app: &App, actor: &Actor, relationship: &Relationship) -> Vec<String> {
    let query = "query($id: ID!) { supportRelationship(id: $id) { meetingCount meetingMinutes meetings(first: 100) { metOn
        minutes activity channel } } }";
    let answer = actor
        .ask(app, query, json!({ "id": relationship.id }))
        .await;
    let relationship = &answer.data()["supportRelationship"];
    let rows = relationship["meetings"].as_array().unwrap();
    assert_eq!(relationship["meetingCount"], rows.len());
    let minutes: i64 = rows
        .iter()
        .map(|row| row["minutes"].as_i64().unwrap())
        .sum();
    assert_eq!(relationship["meetingMinutes"], minutes);
    rows.iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row["metOn"].as_str().unwrap(),
                row["minutes"],
                row["activity"].as_str().unwrap()
            )
        })
        .collect()
}

on_both! {
    async fn the_support_person_the_professional_and_the_coordinator_record_meetings(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.met(&app).await;
        app.on_day("2026-10-01");
        for (actor, day) in [(&circle.sari, "2026-09-14"), (&circle.mikko, "2026-10-01"), (&circle.kaisa, "2026-09-20")] {
            let answer = app.act(actor, "meetingRecord", input(&relationship, day)).await;
            assert_eq!(answer.done()["meeting"]["metOn"], day);
            assert_eq!(answer.done()["meeting"]["version"], 1);
        }
        let expected = ["2026-10-01 60 COFFEE", "2026-09-20 60 COFFEE", "2026-09-14 60 COFFEE"];
        assert_eq!(seen(&app, &circle.sari, &relationship).await, expected);
    }
}

on_both! {
    async fn a_meeting_lies_between_the_first_meeting_and_the_end_and_not_ahead(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let proposed = circle.disclosed(&app).await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-10-01");
        let end = relationship.input(&app, &circle, json!({ "endedOn": "2026-09-30", "endReason": "MOVED" })).await;
        app.act(&circle.mikko, "supportRelationshipEnd", end).await.done();
        let change = |field: &str, value: Value| {
            let mut input = input(&relationship, "2026-09-30");
            input[field] = value;
            input
        };
        let faults: [(Value, &[&str]); 11] = [
            (change("metOn", json!("2026-09-13")), &["metOn DATES_OUT_OF_ORDER"]),
            (change("metOn", json!("2026-10-01")), &["metOn DATES_OUT_OF_ORDER"]),
            (change("metOn", json!("2026-10-02")), &["metOn DATE_IN_FUTURE"]),
            (change("minutes", json!(0)), &["minutes OUT_OF_RANGE"]),
            (change("minutes", json!(1441)), &["minutes OUT_OF_RANGE"]),
            (change("minutes", json!(-2_147_483_648_i64)), &["minutes OUT_OF_RANGE"]),
            (change("activity", json!("TALK")), &["activity UNKNOWN_CODE"]),
            (change("activity", json!("")), &["activity UNKNOWN_CODE"]),
            (change("activity", json!("A\u{0}B")), &["activity UNKNOWN_CODE"]),
            (change("activity", json!("A".repeat(10_000))), &["activity UNKNOWN_CODE"]),
            (input(&proposed, "2026-09-30"), &["- WRONG_STATE"]),
        ];
        for (input, expected) in faults {
            let answer = app.act(&circle.sari, "meetingRecord", input).await;
            assert_eq!(answer.user_errors(), expected);
        }
        let two = json!({ "supportRelationshipId": relationship.id, "metOn": "2026-09-13", "minutes": 30,
            "activity": "TALK", "channel": "PHONE" });
        let answer = app.act(&circle.sari, "meetingRecord", two).await;
        assert_eq!(answer.user_errors(), ["metOn DATES_OUT_OF_ORDER", "activity UNKNOWN_CODE"]);
        assert_eq!(seen(&app, &circle.sari, &relationship).await, [""; 0]);
        app.act(&circle.sari, "meetingRecord", input(&relationship, "2026-09-30")).await.done();
    }
}

on_both! {
    async fn a_meeting_put_right_or_cancelled_counts_as_if_the_mistake_had_not_been(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-10-01");
        app.act(&circle.sari, "meetingRecord", input(&relationship, "2026-09-20")).await.done();
        let before = seen(&app, &circle.mikko, &relationship).await;
        let recorded = app.act(&circle.sari, "meetingRecord", input(&relationship, "2026-09-25")).await;
        let meeting = recorded.done()["meeting"].clone();
        let mut right = json!({ "meetingId": meeting["id"], "version": 1, "metOn": "2026-09-26", "minutes": 90,
            "activity": "FISHING", "channel": "IN_PERSON", "idempotencyKey": "oikein" });
        let corrected = app.act(&circle.sari, "meetingCorrect", right.clone()).await;
        let new = corrected.done()["meeting"].clone();
        assert_ne!(new["id"], meeting["id"]);
        let again = app.act(&circle.sari, "meetingCorrect", right.clone()).await;
        assert_eq!(again.done()["meeting"], new, "sent again");
        assert_eq!(seen(&app, &circle.mikko, &relationship).await, ["2026-09-26 90 FISHING", "2026-09-20 60 COFFEE"]);

        right["idempotencyKey"] = json!("vanha");
        let stale = app.act(&circle.sari, "meetingCorrect", right.clone()).await;
        assert_eq!(stale.json["errors"][0]["extensions"]["reason"], "STALE_VERSION");
        right["idempotencyKey"] = json!("peruttu");
        right["version"] = json!(2);
        let cancelled = app.act(&circle.sari, "meetingCorrect", right).await;
        assert_eq!(cancelled.user_errors(), ["- ALREADY_CANCELLED"]);

        let cancel = json!({ "meetingId": new["id"], "version": 1 });
        app.act(&circle.kaisa, "meetingCancel", cancel).await.done();
        assert_eq!(seen(&app, &circle.mikko, &relationship).await, before);
        let cancel = json!({ "meetingId": new["id"], "version": 2 });
        let twice = app.act(&circle.kaisa, "meetingCancel", cancel).await;
        assert_eq!(twice.user_errors(), ["- ALREADY_CANCELLED"]);
        let query = "query($id: ID!) { meeting(id: $id) { cancelledAt isCorrection supportRelationship { id } } }";
        let answer = circle.sari.ask(&app, query, json!({ "id": new["id"] })).await;
        let kept = &answer.data()["meeting"];
        assert!(kept["cancelledAt"].is_string(), "it stays, marked");
        assert_eq!(kept["isCorrection"], true);
        assert_eq!(kept["supportRelationship"]["id"], relationship.id);
    }
}

on_both! {
    async fn a_correction_must_fit_as_a_new_meeting_must(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        let recorded = app.act(&circle.sari, "meetingRecord", input(&relationship, "2026-09-14")).await;
        let wrong = json!({ "meetingId": recorded.done()["meeting"]["id"], "version": 1, "metOn": "2026-09-13", "minutes": 0,
            "activity": "COFFEE", "channel": "PHONE" });
        let answer = app.act(&circle.sari, "meetingCorrect", wrong.clone()).await;
        assert_eq!(answer.user_errors(), ["minutes OUT_OF_RANGE"]);
        let mut wrong = wrong;
        wrong["minutes"] = json!(30);
        let answer = app.act(&circle.sari, "meetingCorrect", wrong).await;
        assert_eq!(answer.user_errors(), ["metOn DATES_OUT_OF_ORDER"]);
        assert_eq!(seen(&app, &circle.sari, &relationship).await, ["2026-09-14 60 COFFEE"], "nothing was changed");
    }
}

on_both! {
    async fn recording_a_meeting_is_one_statement_and_on_postgresql_the_only_one(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        for actor in [&circle.kaisa, &circle.mikko, &circle.sari] {
            let query = "mutation($input: MeetingRecordInput!) { meetingRecord(input: $input) { userErrors { code } } }";
            let mut input = input(&relationship, "2026-09-14");
            input["idempotencyKey"] = json!(app.key());
            let answer = actor.ask(&app, query, json!({ "input": input })).await;
            answer.done();
            let inserts: Vec<&String> = answer.statements.iter().filter(|sql| sql.contains("INTO meetings")).collect();
            assert_eq!(inserts.len(), 1, "{:#?}", answer.statements);
            // Nothing is read again. Beside it there is the sign-in; and on SQLite what every act writes.
            let beside = answer.statements.len() - inserts.len();
            match app.database.kind {
                Kind::Postgres => assert_eq!(beside, 1, "{:#?}", answer.statements),
                Kind::Sqlite => assert!(!answer.statements.iter().any(|sql| sql.contains("FROM meetings m")), "{:#?}", answer.statements),
            }
        }
    }
}

on_both! {
    async fn meetings_are_paged_by_day_without_gaps_or_repetition(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-10-01");
        for day in ["2026-09-15", "2026-09-20", "2026-09-20", "2026-09-20", "2026-09-16"] {
            app.act(&circle.sari, "meetingRecord", input(&relationship, day)).await.done();
        }
        let query = "query($id: ID!, $after: String) { meetings(supportRelationshipId: $id, first: 2, after: $after) { nodes { id
            metOn } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } }";
        let (mut days, mut ids, mut after) = (Vec::new(), std::collections::BTreeSet::new(), Value::Null);
        loop {
            let answer = circle.mikko.ask(&app, query, json!({ "id": relationship.id, "after": after })).await;
            let page = answer.data()["meetings"].clone();
            assert_eq!(page["totalCount"], 5);
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_null());
            for node in page["nodes"].as_array().unwrap() {
                days.push(node["metOn"].as_str().unwrap().to_owned());
                ids.insert(node["id"].as_str().unwrap().to_owned());
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(days, ["2026-09-20", "2026-09-20", "2026-09-20", "2026-09-16", "2026-09-15"]);
        assert_eq!(ids.len(), 5);
        let cursors = "{ supportRelationships { edges { cursor } } }";
        let other = circle.mikko.ask(&app, cursors, json!({})).await;
        let cursor = &other.data()["supportRelationships"]["edges"][0]["cursor"];
        let answer = circle.mikko.ask(&app, query, json!({ "id": relationship.id, "after": cursor })).await;
        assert_eq!(answer.json["errors"][0]["extensions"]["reason"], "MALFORMED", "a cursor of another list");
        let few = "query($id: ID!) { supportRelationship(id: $id) { meetings(first: 0) { id } } }";
        let answer = circle.mikko.ask(&app, few, json!({ "id": relationship.id })).await;
        assert_eq!(answer.json["errors"][0]["extensions"]["reason"], "OUT_OF_RANGE");
    }
}

on_both! {
    async fn strangers_learn_nothing_of_meetings(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        let recorded = app.act(&circle.sari, "meetingRecord", input(&relationship, "2026-09-14")).await;
        let meeting = recorded.done()["meeting"]["id"].clone();
        let other = app.circle("Vieras").await;
        let nowhere = Relationship { id: SupportRelationshipId::random().encode(), ..relationship.clone() };
        let none = json!(MeetingId::random().encode());
        for stranger in [&other.kaisa, &other.mikko, &other.sari] {
            for (query, hidden, absent) in [
                ("query($id: ID!) { meeting(id: $id) { id } }", &meeting, &none),
                ("query($id: ID!) { meetings(supportRelationshipId: $id) { nodes { id } totalCount } }",
                    &json!(relationship.id), &json!(nowhere.id)),
            ] {
                let hidden = stranger.ask(&app, query, json!({ "id": hidden })).await;
                let absent = stranger.ask(&app, query, json!({ "id": absent })).await;
                hidden.data();
                assert_eq!(hidden.json, absent.json);
                assert_eq!(hidden.statements, absent.statements);
            }
            let mut answers = Vec::new();
            for relationship in [&relationship, &nowhere] {
                let answer = app.act(stranger, "meetingRecord", input(relationship, "2026-09-14")).await;
                assert_eq!(answer.codes(), ["NOT_FOUND"]);
                answers.push(answer.statements);
            }
            assert_eq!(answers[0], answers[1]);
            for id in [&meeting, &none, &json!(relationship.id), &json!("garbage")] {
                let cancel = json!({ "meetingId": id, "version": 1 });
                assert_eq!(app.act(stranger, "meetingCancel", cancel).await.codes(), ["NOT_FOUND"], "{id}");
            }
        }
        assert_eq!(seen(&app, &circle.sari, &relationship).await.len(), 1);
    }
}
