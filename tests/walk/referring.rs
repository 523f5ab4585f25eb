//! Samples: referrals and proposals.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use super::house::{House, TODAY};
use super::samples::Sample;
use crate::support::App;
use crate::support::matching::{referral_details, supported_case};

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    let world = &house.world;
    let (kaisa, pekka, sari) = (&world.kaisa, &world.pekka, &house.supporter);
    if mutation.starts_with("match") || mutation == "referralClose" {
        house.unburden(app).await;
    }
    Some(match mutation {
        "referralDraft" => {
            let mut input = world.draft_input(json!({}), json!({}));
            input["referringOrganisationId"] = json!(world.service.encode());
            input["supportedCase"] = case();
            Sample::of(pekka, input)
        }
        "referralCorrect" => {
            let referral = world.draft(app).await;
            let more = json!({ "supportedCase": case(), "details": referral_details(json!({})) });
            Sample::of(pekka, about(house, app, &referral, more).await)
        }
        "referralConfirmInterest" => {
            let referral = world.draft(app).await;
            Sample::of(pekka, on_its_day(house, app, &referral).await)
        }
        "consentRecord" => {
            let referral = world.draft(app).await;
            let mut input = on_its_day(house, app, &referral).await;
            input["textVersion"] = json!("2026-1");
            Sample::of(pekka, input)
        }
        "consentWithdraw" => {
            let referral = world.submitted(app).await;
            Sample::of(pekka, on_its_day(house, app, &referral).await)
        }
        "referralSubmit" => {
            let referral = world.draft(app).await;
            for (mutation, more) in [
                ("referralConfirmInterest", json!({})),
                ("consentRecord", json!({ "textVersion": "2026-1" })),
            ] {
                let answer = world.on_referral(app, pekka, &referral, mutation, more);
                answer.await.done();
            }
            Sample::of(pekka, about(house, app, &referral, json!({})).await)
        }
        "referralWithdraw" => {
            let referral = world.submitted(app).await;
            let mut input = on_its_day(house, app, &referral).await;
            input["withdrawnBy"] = json!("SUPPORTED");
            Sample::of(pekka, input)
        }
        "referralKeepWaiting" | "referralDecline" | "referralExpire" => {
            let referral = world.submitted(app).await;
            Sample::of(kaisa, on_its_day(house, app, &referral).await)
        }
        "referralClose" => {
            let referral = world.submitted(app).await;
            let (_, relationship) = world.disclosed(app, &referral, sari).await;
            world.meet(app, &relationship).await.done();
            world.end(app, &relationship).await.done();
            Sample::of(kaisa, on_its_day(house, app, &referral).await)
        }
        "referralActCancel" | "referralActCorrect" => {
            let referral = world.draft(app).await;
            let interest = "referralConfirmInterest";
            let answer = world.on_referral(app, pekka, &referral, interest, json!({}));
            answer.await.done();
            let act = world
                .entry(app, pekka, &referral, "INTEREST_CONFIRMED")
                .await;
            let mut input = about(house, app, &referral, json!({ "actId": act })).await;
            input.as_object_mut().unwrap().remove("referralId");
            if mutation == "referralActCorrect" {
                input["on"] = json!("2026-11-20");
            }
            Sample::of(pekka, input)
        }
        "matchProposalMake" => {
            let referral = world.submitted(app).await;
            let mut input = on_its_day(house, app, &referral).await;
            input["supportPersonId"] = json!(sari.id);
            input["channel"] = json!("PHONE");
            Sample::of(kaisa, input)
        }
        "matchProposalAnswer" => {
            let mut input = asked(app, house).await;
            input["agrees"] = json!(true);
            input["channel"] = json!("REGISTER");
            Sample::of(&sari.actor, input)
        }
        "matchProposalAnswerForSupported" => {
            let referral = world.submitted(app).await;
            let proposal = world.offered(app, &referral, sari).await;
            let mut input = proposed(house, app, &referral, &proposal).await;
            input["agrees"] = json!(true);
            Sample::of(pekka, input)
        }
        "matchProposalWithdraw" => Sample::of(kaisa, asked(app, house).await),
        _ => return None,
    })
}

/// All that can be told of a case.
fn case() -> Value {
    supported_case(json!({ "background": "NEXT_OF_KIN", "kinRelation": "PARENT" }))
}

/// An input about a referral at its present version.
async fn about(house: &House, app: &App, referral: &str, mut more: Value) -> Value {
    more["referralId"] = json!(referral);
    more["version"] = json!(house.world.version(app, referral).await);
    more
}

async fn on_its_day(house: &House, app: &App, referral: &str) -> Value {
    about(house, app, referral, json!({ "on": TODAY })).await
}

async fn proposed(house: &House, app: &App, referral: &str, proposal: &str) -> Value {
    let version = house.world.version(app, referral).await;
    json!({ "matchProposalId": proposal, "version": version, "on": TODAY })
}

/// A proposal that waits for the support person.
async fn asked(app: &App, house: &House) -> Value {
    let referral = house.world.submitted(app).await;
    let proposal = house.world.asked(app, &referral, &house.supporter).await;
    proposed(house, app, &referral, &proposal).await
}
