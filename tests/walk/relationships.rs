//! Samples: the disclosure, relationships, agreements, reviews and meetings.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use super::house::{House, TODAY};
use super::samples::Sample;
use crate::support::App;
use crate::support::relationships::{Relationship, joint, terms};

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    let circle = &house.circle;
    let (kaisa, mikko) = (&circle.kaisa, &circle.mikko);
    Some(match mutation {
        "matchProposalDiscloseContact" => {
            let (_, proposal, _) = circle.accepted(app).await;
            Sample::of(
                kaisa,
                json!({ "proposalId": proposal.encode(), "version": 1 }),
            )
        }
        "matchProposalDiscloseContactCancel" => {
            let relationship = circle.disclosed(app).await;
            Sample::of(kaisa, relationship.input(app, circle, json!({})).await)
        }
        "supportRelationshipRecordFirstMeeting" => {
            let relationship = circle.disclosed(app).await;
            let met = json!({ "heldOn": TODAY, "professionalPresent": true, "handoverById": mikko.node() });
            Sample::of(mikko, relationship.input(app, circle, met).await)
        }
        "supportRelationshipPause" => {
            let relationship = house.active(app).await;
            let on = json!({ "pausedOn": TODAY });
            Sample::of(mikko, relationship.input(app, circle, on).await)
        }
        "supportRelationshipResume" => {
            let relationship = paused(app, house).await;
            let on = json!({ "resumedOn": TODAY });
            Sample::of(mikko, relationship.input(app, circle, on).await)
        }
        "supportRelationshipEnd" => {
            let relationship = house.active(app).await;
            let end = json!({ "endedOn": TODAY, "endReason": "BY_AGREEMENT" });
            Sample::of(mikko, relationship.input(app, circle, end).await)
        }
        "supportRelationshipActCancel" => {
            let relationship = paused(app, house).await;
            let input = entry(app, house, &relationship, "PAUSED", "actId").await;
            Sample::of(mikko, input)
        }
        "supportRelationshipActCorrect" => {
            let relationship = circle.met(app).await;
            let mut input = entry(app, house, &relationship, "FIRST_MEETING_HELD", "actId").await;
            input["on"] = json!(TODAY);
            input["professionalPresent"] = json!(true);
            input["handoverById"] = json!(mikko.node());
            Sample::of(mikko, input)
        }
        "supportAgreementRecord" => {
            let relationship = circle.met(app).await;
            let agreed = json!({ "terms": terms(TODAY) });
            Sample::of(mikko, relationship.input(app, circle, agreed).await)
        }
        "supportAgreementCancel" => {
            let relationship = house.active(app).await;
            let input = entry(app, house, &relationship, "AGREED", "supportAgreementId").await;
            Sample::of(mikko, input)
        }
        "supportAgreementCorrect" => {
            let relationship = house.active(app).await;
            let mut input = entry(app, house, &relationship, "AGREED", "supportAgreementId").await;
            input["terms"] = terms("2026-08-25");
            input["terms"]["isOpenEnded"] = json!(false);
            input["terms"]["endsOn"] = json!("2027-08-24");
            Sample::of(mikko, input)
        }
        "jointReviewBook" => {
            let mut input = house.review(app).await;
            input["bookedFor"] = json!("2026-12-01");
            Sample::of(mikko, input)
        }
        "jointReviewUnbook" => {
            let mut input = house.review(app).await;
            input["bookedFor"] = json!("2026-12-01");
            let booked = house.done(app, mikko, "jointReviewBook", input).await;
            let input = json!({ "jointReviewId": booked["id"], "version": booked["version"] });
            Sample::of(mikko, input)
        }
        "jointReviewRecordHeld" => {
            let mut input = house.review(app).await;
            input["held"] = held(TODAY);
            Sample::of(mikko, input)
        }
        "jointReviewRecordNotHeld" => {
            let mut input = house.review(app).await;
            input["reason"] = json!("NOT_REACHED");
            Sample::of(mikko, input)
        }
        "jointReviewRecordCancel" => Sample::of(mikko, record(app, house).await),
        "jointReviewRecordCorrect" => {
            let mut input = record(app, house).await;
            input["held"] = held("2026-11-20");
            Sample::of(mikko, input)
        }
        "meetingRecord" => {
            let relationship = house.active(app).await;
            Sample::of(
                mikko,
                meeting(json!({ "supportRelationshipId": relationship.id })),
            )
        }
        "meetingCorrect" => {
            let input = met(app, house).await;
            Sample::of(mikko, meeting(input))
        }
        "meetingCancel" => Sample::of(mikko, met(app, house).await),
        _ => return None,
    })
}

async fn paused(app: &App, house: &House) -> Relationship {
    let relationship = house.active(app).await;
    let on = json!({ "pausedOn": "2026-11-02" });
    let input = relationship.input(app, &house.circle, on).await;
    let mikko = &house.circle.mikko;
    app.act(mikko, "supportRelationshipPause", input)
        .await
        .done();
    relationship
}

/// A standing entry of a kind, to be cancelled or corrected.
async fn entry(app: &App, house: &House, of: &Relationship, kind: &str, field: &str) -> Value {
    let entries = of.entries(app, &house.circle, kind).await;
    let mut input = json!({ "version": of.version(app, &house.circle).await });
    input[field] = json!(entries[0]);
    input
}

/// A review that is recorded as held.
async fn record(app: &App, house: &House) -> Value {
    let mut input = house.review(app).await;
    input["held"] = held(TODAY);
    let review = house
        .done(app, &house.circle.mikko, "jointReviewRecordHeld", input)
        .await;
    json!({ "recordId": review["records"][0]["id"], "version": review["version"] })
}

/// All that can be told of a joint review.
fn held(on: &str) -> Value {
    let mut held = joint(on);
    held["nextIntervalMonths"] = json!(4);
    held
}

fn meeting(mut about: Value) -> Value {
    about["metOn"] = json!("2026-11-20");
    about["minutes"] = json!(90);
    about["activity"] = json!("COFFEE");
    about["channel"] = json!("IN_PERSON");
    about
}

/// A meeting that is recorded.
async fn met(app: &App, house: &House) -> Value {
    let relationship = house.active(app).await;
    let input = meeting(json!({ "supportRelationshipId": relationship.id }));
    let made = house
        .done(app, &house.circle.mikko, "meetingRecord", input)
        .await;
    json!({ "meetingId": made["id"], "version": made["version"] })
}
