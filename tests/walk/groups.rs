//! Samples: peer groups and talks, work for influence, grant targets, survey waves.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::house::House;
use super::samples::Sample;
use crate::support::App;

/// Ten answers, one of them passed over.
fn answers() -> Value {
    json!([1, 2, 3, 4, 5, 5, 4, 3, 2, null])
}

/// The ten statements, as nobody words them.
pub fn lines() -> Value {
    (1..=10).map(|no| json!(format!("Väittämä {no}"))).collect()
}

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    match mutation {
        m if m.starts_with("peerGroup") => Some(group(app, house, m).await),
        m if m.starts_with("encounter") => Some(encounter(app, house, m).await),
        m if m.starts_with("influenceItem") => Some(influence(app, house, m).await),
        m if m.starts_with("grantTarget") => Some(target(app, house, m).await),
        m if m.starts_with("survey") => Some(survey(app, house, m).await),
        _ => None,
    }
}

/// One of each for the house.
pub async fn kept(app: &App, house: &House) {
    let kaisa = &house.circle.kaisa;
    let held = meeting(&a_group(app, house).await);
    house.done(app, kaisa, "peerGroupMeetingRecord", held).await;
    let talks = talks(house);
    house.done(app, kaisa, "encounterRecord", talks).await;
    let tied = tied(app, house).await;
    house.done(app, kaisa, "grantTargetTie", tied).await;
    let wave = a_wave(app, house).await;
    let answer = json!({ "surveyWaveId": wave["id"], "version": 1, "answers": answers() });
    house.done(app, kaisa, "surveyAnswerTypeIn", answer).await;
}

fn own(house: &House) -> String {
    house.circle.association.encode()
}

async fn group_details(app: &App, house: &House) -> Value {
    let venla = house.newcomer(app, Role::PeerGuide).await;
    let slug = app.key().replace("key-", "ryhma-");
    let place = app.bare_place(&house.circle.kaisa, &slug, json!({})).await;
    json!({ "name": "Vanhempien ryhmä", "kind": "PEER_GROUP", "audiences": ["PARENTS"], "place": "Kirjasto",
        "dropInPlaceId": place, "from": "2026-01-01", "to": "2027-06-30", "leaderIds": [venla.node()] })
}

async fn a_group(app: &App, house: &House) -> Value {
    let input = json!({ "organisationId": own(house), "details": group_details(app, house).await });
    let kaisa = &house.circle.kaisa;
    house.done(app, kaisa, "peerGroupCreate", input).await
}

fn meeting(group: &Value) -> Value {
    json!({ "peerGroupId": group["id"], "on": "2026-11-16", "minutes": 90, "heads": 8, "firstTimers": 2 })
}

async fn group(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let details = group_details(app, house).await;
    let input = match mutation {
        "peerGroupCreate" => json!({ "organisationId": own(house), "details": details }),
        "peerGroupCorrect" => {
            let group = a_group(app, house).await;
            json!({ "peerGroupId": group["id"], "version": 1, "details": details })
        }
        "peerGroupCancel" => {
            let group = a_group(app, house).await;
            json!({ "peerGroupId": group["id"], "version": 1 })
        }
        "peerGroupMeetingRecord" => meeting(&a_group(app, house).await),
        _ => {
            let held = meeting(&a_group(app, house).await);
            let held = house.done(app, kaisa, "peerGroupMeetingRecord", held).await;
            json!({ "peerGroupMeetingId": held["id"], "version": 1 })
        }
    };
    Sample::of(kaisa, input)
}

fn talks(house: &House) -> Value {
    json!({ "organisationId": own(house), "kind": "MOTIVATION_TALK", "phase": "BEFORE_REHAB", "on": "2026-11-20",
        "talks": 3 })
}

async fn encounter(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    if mutation == "encounterRecord" {
        return Sample::of(kaisa, talks(house));
    }
    let recorded = house.done(app, kaisa, "encounterRecord", talks(house));
    let recorded = recorded.await;
    Sample::of(
        kaisa,
        json!({ "encounterId": recorded["id"], "version": 1 }),
    )
}

fn influence_details() -> Value {
    json!({ "kind": "INITIATIVE", "title": "Tukihenkilöiden palkkaaminen", "body": "Kaupunginhallitus", "on": "2022-05-30",
        "section": "§ 261", "registerNumber": "1006-2022", "participants": 4, "outcome": "NOTED",
        "outcomeTold": "Merkittiin tiedoksi", "area": 2 })
}

async fn an_item(app: &App, house: &House) -> Value {
    let input = json!({ "organisationId": own(house), "details": influence_details() });
    let kaisa = &house.circle.kaisa;
    house.done(app, kaisa, "influenceItemRecord", input).await
}

async fn influence(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    if mutation == "influenceItemRecord" {
        let input = json!({ "organisationId": own(house), "details": influence_details() });
        return Sample::of(kaisa, input);
    }
    let item = an_item(app, house).await;
    let mut input = json!({ "influenceItemId": item["id"], "version": 1 });
    if mutation == "influenceItemCorrect" {
        input["details"] = influence_details();
    }
    Sample::of(kaisa, input)
}

fn target_details() -> Value {
    json!({ "funder": "STEA", "code": "C1234", "name": "Avoin kohtaamispaikka", "kind": "PROJECT", "from": "2025-01-01",
        "to": "2027-12-31", "countsEncounters": true })
}

async fn a_target(app: &App, house: &House) -> Value {
    let input = json!({ "organisationId": own(house), "details": target_details() });
    let kaisa = &house.circle.kaisa;
    house.done(app, kaisa, "grantTargetCreate", input).await
}

/// A target with one activity of each kind.
async fn tied(app: &App, house: &House) -> Value {
    let kaisa = &house.circle.kaisa;
    let slug = app.key().replace("key-", "avustus-");
    json!({ "grantTargetId": a_target(app, house).await["id"], "version": 1,
        "courseIds": [app.course(kaisa, "2027-01-14", json!({})).await],
        "dropInPlaceIds": [app.bare_place(kaisa, &slug, json!({})).await],
        "peerGroupIds": [a_group(app, house).await["id"]],
        "programmeIds": [house.world.programme(app, json!({})).await],
        "influenceItemIds": [an_item(app, house).await["id"]] })
}

async fn target(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let input = match mutation {
        "grantTargetCreate" => json!({ "organisationId": own(house), "details": target_details() }),
        "grantTargetCorrect" => {
            let target = a_target(app, house).await;
            json!({ "grantTargetId": target["id"], "version": 1, "details": target_details() })
        }
        "grantTargetCancel" => {
            let target = a_target(app, house).await;
            json!({ "grantTargetId": target["id"], "version": 1 })
        }
        _ => tied(app, house).await,
    };
    Sample::of(kaisa, input)
}

async fn a_wave(app: &App, house: &House) -> Value {
    let input = json!({ "organisationId": own(house), "name": "Kevään kysely" });
    let kaisa = &house.circle.kaisa;
    house.done(app, kaisa, "surveyWaveOpen", input).await
}

async fn survey(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    match mutation {
        "surveyWaveOpen" => {
            return Sample::of(
                kaisa,
                json!({ "organisationId": own(house), "name": "Syksyn kysely" }),
            );
        }
        "surveyStatementsLoad" => {
            let input = json!({ "organisationId": own(house), "language": "FI", "lines": lines() });
            return Sample::of(kaisa, input);
        }
        _ => {}
    }
    let wave = a_wave(app, house).await;
    let input = match mutation {
        "surveyWaveClose" => json!({ "surveyWaveId": wave["id"], "version": 1 }),
        "surveyAnswerSend" => json!({ "waveCode": wave["code"], "answers": answers() }),
        "surveyAnswerTypeIn" => {
            json!({ "surveyWaveId": wave["id"], "version": 1, "answers": answers() })
        }
        _ => {
            let mut typed =
                json!({ "surveyWaveId": wave["id"], "version": 1, "answers": answers() });
            let first = house.done(app, kaisa, "surveyAnswerTypeIn", typed.clone());
            first.await;
            typed["version"] = json!(2);
            typed
        }
    };
    Sample::of(kaisa, input)
}
