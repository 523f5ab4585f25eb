//! Samples: sessions of supervision, invitations, requests to be contacted, and how it is set up.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::house::House;
use super::samples::Sample;
use crate::support::{Actor, App};

/// A day that is past, and one to come.
const PAST: &str = "2026-11-20";
const TO_COME: &str = "2026-12-07";

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    match mutation {
        m if m.starts_with("supervisionSession") => Some(session(app, house, m).await),
        m if m.starts_with("supervisionContactRequest") => Some(request(app, house, m).await),
        "supervisionInvitationAnswer" => Some(invitation(app, house).await),
        "supervisionLimitSet" => {
            let kaisa = &house.circle.kaisa;
            let mut input = settings(app, house, kaisa).await;
            input["limitDays"] = json!(60);
            Some(Sample::of(kaisa, input))
        }
        "supervisionTextsAllow" => {
            let anna = house.somebody(Role::Admin);
            let mut input = settings(app, house, anna).await;
            input["isAllowed"] = json!(true);
            Some(Sample::of(anna, input))
        }
        _ => None,
    }
}

/// A session that somebody is invited to and a request to be contacted, for the house.
pub async fn asked(app: &App, house: &House) {
    let aila = house.newcomer(app, Role::Supervisor).await;
    app.grant(aila.id, house.provider, Role::Admin).await;
    let allow =
        json!({ "organisationId": house.provider.encode(), "version": 0, "isAllowed": true });
    let act = "supervisionTextsAllow";
    house.done(app, &aila, act, allow).await;
    planned(app, house, TO_COME).await;
    let of = json!({ "organisationId": house.circle.association.encode() });
    let vesa = house.newcomer(app, Role::PeerGuide).await;
    let act = "supervisionContactRequestSend";
    house.done(app, &vesa, act, of).await;
}

async fn settings(app: &App, house: &House, who: &Actor) -> Value {
    let id = house.circle.association.encode();
    let query = "query($id: ID!) { supervisionSettings(organisationId: $id) { version } }";
    let answer = who.ask(app, query, json!({ "id": id })).await;
    let version = &answer.data()["supervisionSettings"]["version"];
    json!({ "organisationId": id, "version": version })
}

fn details(house: &House, on: &str) -> Value {
    let venla = house.somebody(Role::PeerGuide);
    json!({ "on": on, "startsAt": "17:30", "minutes": 90, "form": "GROUP", "themes": ["COPING"],
        "inviteeIds": [venla.node(), house.circle.sari.node()] })
}

async fn planned(app: &App, house: &House, on: &str) -> Value {
    let tyyne = house.somebody(Role::Supervisor);
    let input = json!({ "providerId": house.provider.encode(),
        "organisationId": house.circle.association.encode(), "details": details(house, on) });
    let act = "supervisionSessionPlan";
    let session = house.done(app, tyyne, act, input).await;
    json!({ "supervisionSessionId": session["id"], "version": session["version"] })
}

async fn session(app: &App, house: &House, mutation: &str) -> Sample {
    let tyyne = house.somebody(Role::Supervisor);
    if mutation == "supervisionSessionPlan" {
        let input = json!({ "providerId": house.provider.encode(),
            "organisationId": house.circle.association.encode(), "details": details(house, TO_COME) });
        return Sample::of(tyyne, input);
    }
    let mut input = planned(app, house, PAST).await;
    let venla = house.somebody(Role::PeerGuide);
    let marks = json!([{ "personId": venla.node(), "status": "ATTENDED" }]);
    match mutation {
        "supervisionSessionCorrect" => input["details"] = details(house, PAST),
        "supervisionSessionSubstitute" => {
            let tarja = house.newcomer(app, Role::Supervisor).await;
            input["personId"] = json!(tarja.node());
        }
        "supervisionSessionRecord" => {
            input["minutes"] = json!(75);
            input["marks"] = marks;
        }
        "supervisionSessionRecordCancel" => {
            let mut first = input.clone();
            first["minutes"] = json!(75);
            first["marks"] = marks;
            let act = "supervisionSessionRecord";
            house.done(app, tyyne, act, first).await;
            input["version"] = json!(2);
        }
        "supervisionSessionReinstate" => {
            let act = "supervisionSessionCancel";
            house.done(app, tyyne, act, input.clone()).await;
            input["version"] = json!(2);
        }
        "supervisionSessionSetText" => input["text"] = json!("Jatketaan rajoista."),
        _ => {}
    }
    Sample::of(tyyne, input)
}

async fn invitation(app: &App, house: &House) -> Sample {
    let venla = house.somebody(Role::PeerGuide);
    planned(app, house, TO_COME).await;
    let query = "{ mySupervisionInvitations { id version answer } }";
    let answer = venla.ask(app, query, json!({})).await;
    let mut all = answer.data()["mySupervisionInvitations"]
        .as_array()
        .unwrap()
        .iter();
    let open = all.find(|it| it["answer"] == "NOT_ANSWERED").unwrap();
    let input = json!({ "supervisionInvitationId": open["id"], "version": open["version"], "answer": "COMING" });
    Sample::of(venla, input)
}

async fn request(app: &App, house: &House, mutation: &str) -> Sample {
    let tyyne = house.somebody(Role::Supervisor);
    let vesa = house.newcomer(app, Role::PeerGuide).await;
    let of = json!({ "organisationId": house.circle.association.encode() });
    let send = "supervisionContactRequestSend";
    if mutation == send {
        return Sample::of(&vesa, of);
    }
    let sent = house.done(app, &vesa, send, of).await;
    let mut input = json!({ "supervisionContactRequestId": sent["id"], "version": 1 });
    match mutation {
        "supervisionContactRequestWithdraw" => return Sample::of(&vesa, input),
        "supervisionContactRequestAcknowledgeCancel" => {
            let act = "supervisionContactRequestAcknowledge";
            house.done(app, tyyne, act, input.clone()).await;
            input["version"] = json!(2);
        }
        _ => {}
    }
    Sample::of(tyyne, input)
}
