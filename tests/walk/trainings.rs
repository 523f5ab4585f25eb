//! Samples: trainings of support persons.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use super::house::House;
use super::samples::Sample;
use crate::support::App;

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    if !mutation.starts_with("training") {
        return None;
    }
    let kaisa = &house.circle.kaisa;
    let told = |name: &str| json!({ "name": name, "trainerId": house.circle.partner.encode(), "firstOn": "2026-11-07", "secondOn": "2026-11-14" });
    if mutation == "trainingCreate" {
        let of = house.circle.association.encode();
        let input = json!({ "organisationId": of, "details": told("Syksyn koulutus") });
        return Some(Sample::of(kaisa, input));
    }
    let mut input = training(app, house).await;
    let who = json!(house.supporter.id);
    if matches!(
        mutation,
        "trainingParticipantRemove" | "trainingRecordAttendance"
    ) {
        let mut add = input.clone();
        add["supportPersonId"] = who.clone();
        input = house.done(app, kaisa, "trainingParticipantAdd", add).await;
        input = named(&input);
    }
    match mutation {
        "trainingCorrect" => input["details"] = told("Talven koulutus"),
        "trainingReinstate" => {
            let cancelled = house.done(app, kaisa, "trainingCancel", input).await;
            input = named(&cancelled);
        }
        "trainingParticipantAdd" | "trainingParticipantRemove" => input["supportPersonId"] = who,
        "trainingRecordAttendance" => {
            input["weekend"] = json!("FIRST");
            input["marks"] = json!([{ "supportPersonId": who, "wasThere": true }]);
        }
        _ => {}
    }
    Some(Sample::of(kaisa, input))
}

/// A training, as an act names it.
pub async fn training(app: &App, house: &House) -> Value {
    let of = house.circle.association.encode();
    let input = json!({ "organisationId": of, "details": { "name": "Syksyn koulutus", "trainerId": of,
        "firstOn": "2026-11-07", "secondOn": "2026-11-14" } });
    let kaisa = &house.circle.kaisa;
    named(&house.done(app, kaisa, "trainingCreate", input).await)
}

fn named(training: &Value) -> Value {
    json!({ "trainingId": training["id"], "version": training["version"] })
}
