//! Samples: labels, notes, notices that one does without, saved lists, printed texts, people written down twice.

use rinnalla_domain::ids::{Id as _, SupportRelationshipId};
use rinnalla_domain::states::{OutboxStatus, Role};
use serde_json::{Value, json};

use super::house::House;
use super::persons;
use super::samples::Sample;
use crate::support::App;

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    let circle = &house.circle;
    let (kaisa, mikko, sari) = (&circle.kaisa, &circle.mikko, &circle.sari);
    Some(match mutation {
        "noticeOptOutsChange" => {
            let version = app.version_in("people", mikko.id.uuid()).await;
            let input = json!({ "version": version, "kinds": ["REVIEW_COMING"] });
            Sample::of(mikko, input)
        }
        "noticeAcknowledge" | "noticeSendAgain" => {
            let relationship = house.active(app).await;
            let relationship = SupportRelationshipId::decode(&relationship.id).unwrap();
            let fate = (OutboxStatus::Dead, "SMTP_550");
            let notice = app
                .undelivered(circle.association, relationship.0, fate)
                .await;
            Sample::of(kaisa, json!({ "noticeId": notice }))
        }
        "organisationNotesAllow" => {
            Sample::of(house.somebody(Role::Admin), allowing(app, house).await)
        }
        "supportPersonNoteSet" | "supportPersonNoteClear" => {
            let anna = house.somebody(Role::Admin);
            let allowed = allowing(app, house).await;
            house
                .done(app, anna, "organisationNotesAllow", allowed)
                .await;
            let about = persons::newcomer(app, house, mutation).await;
            let input = json!({ "supportPersonId": about.id, "text": "Soittaa iltaisin" });
            let note = house
                .done(app, kaisa, "supportPersonNoteSet", input.clone())
                .await;
            Sample::of(
                kaisa,
                again(input, &note["note"]["version"], mutation, "text"),
            )
        }
        "supportedCaseLabelSet" | "supportedCaseLabelClear" => {
            let case = app.case(circle.association, circle.partner, &[mikko]).await;
            let input = json!({ "supportedCaseId": case.id.encode(), "label": "kansio 12" });
            let kept = house
                .done(app, mikko, "supportedCaseLabelSet", input.clone())
                .await;
            Sample::of(
                mikko,
                again(input, &kept["label"]["version"], mutation, "label"),
            )
        }
        "supportRelationshipLabelSet" | "supportRelationshipLabelClear" => {
            let relationship = house.active(app).await;
            let input = json!({ "supportRelationshipId": relationship.id, "label": "kansio 12" });
            let kept = house
                .done(app, sari, "supportRelationshipLabelSet", input.clone())
                .await;
            let version = &kept["supportPersonLabel"]["version"];
            Sample::of(sari, again(input, version, mutation, "label"))
        }
        "savedListSave" => Sample::of(kaisa, list(house)),
        "savedListCorrect" | "savedListRemove" => {
            let saved = house.done(app, kaisa, "savedListSave", list(house)).await;
            let mut input = json!({ "savedListId": saved["id"], "version": saved["version"] });
            if mutation == "savedListCorrect" {
                input["name"] = json!(house.name());
                input["filter"] = json!("{}");
                input["isShared"] = json!(true);
            }
            Sample::of(kaisa, input)
        }
        "printedTextPublish" => {
            let version = newest(app, house).await;
            Sample::of(kaisa, terms(house, version))
        }
        "personMerge" => Sample::of(kaisa, twice(app, house).await),
        "personMergeCancel" => {
            let input = twice(app, house).await;
            let merged = house.done(app, kaisa, "personMerge", input).await;
            let input = json!({ "personMergeId": merged["id"], "version": merged["version"] });
            Sample::of(kaisa, input)
        }
        _ => return None,
    })
}

/// What was written, to be written again or cleared.
fn again(mut input: Value, version: &Value, mutation: &str, text: &str) -> Value {
    input["version"] = version.clone();
    if mutation.ends_with("Clear") {
        input.as_object_mut().unwrap().remove(text);
    }
    input
}

async fn allowing(app: &App, house: &House) -> Value {
    let association = house.circle.association;
    let version = app.version_in("organisations", association.uuid()).await;
    json!({ "organisationId": association.encode(), "version": version, "isAllowed": true })
}

pub fn list(house: &House) -> Value {
    json!({ "organisationId": house.circle.association.encode(), "list": "SUPPORT_RELATIONSHIPS", "name": house.name(),
        "filter": "{\"endingWithinDays\":30}", "isShared": true })
}

/// The terms of an agreement, for a version to take the place of.
pub fn terms(house: &House, version: i32) -> Value {
    json!({ "organisationId": house.circle.association.encode(), "kind": "AGREEMENT_TEMPLATE", "language": "FI",
        "version": version, "lines": ["Tukisuhde on vapaaehtoinen.", "Vaitiolo jatkuu tukisuhteen päätyttyä."] })
}

/// The version of the house's terms that is printed.
async fn newest(app: &App, house: &House) -> i32 {
    let association = house.circle.association.encode();
    let query =
        "query($id: ID!) { organisation(id: $id) { printedTexts { kind language version } } }";
    let answer = house
        .circle
        .kaisa
        .ask(app, query, json!({ "id": association }))
        .await;
    let texts = answer.data()["organisation"]["printedTexts"].clone();
    let mut texts = texts
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"] == "AGREEMENT_TEMPLATE" && it["language"] == "FI");
    let newest = texts.next().map_or(0, |it| it["version"].as_i64().unwrap());
    i32::try_from(newest).unwrap()
}

/// Somebody who was written down twice.
pub async fn twice(app: &App, house: &House) -> Value {
    let kept = house.newcomer(app, Role::PeerGuide).await;
    let merged = house.newcomer(app, Role::PeerGuide).await;
    json!({ "keptId": kept.node(), "keptVersion": 1, "mergedId": merged.node(), "mergedVersion": 1 })
}
