//! Samples: organisations, people and their roles, caseloads, support persons.

use rinnalla_domain::ids::{AccessTokenId, Id as _, OrganisationId};
use rinnalla_domain::states::{OrganisationKind, Role};
use rinnalla_domain::tokens::AccessToken;
use rinnalla_entity::{access_tokens, partnerships, role_grants};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};
use serde_json::{Value, json};

use super::house::{House, TODAY};
use super::samples::Sample;
use crate::programmes::{details as details_of_programme, requirements};
use crate::support::matching::{Supporter, profile};
use crate::support::{Actor, App};

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    if mutation.starts_with("supportPerson") {
        return supporters(app, house, mutation).await;
    }
    if mutation.starts_with("programme") || mutation.starts_with("gate") {
        return programmes(app, house, mutation).await;
    }
    let circle = &house.circle;
    let kaisa = &circle.kaisa;
    let association = circle.association.encode();
    Some(match mutation {
        "organisationCreate" => {
            let mut input = organisation(&house.name());
            input["organisationId"] = json!(association);
            input["partnershipKind"] = json!("REFERS");
            Sample::of(kaisa, input)
        }
        "organisationCorrect" => {
            let partner = partner(app, house).await;
            let mut input = organisation(&house.name());
            input["organisationId"] = json!(partner.encode());
            input["version"] = json!(1);
            Sample::of(kaisa, input)
        }
        "partnershipStart" => {
            let partner = partner(app, house).await.encode();
            let input = json!({ "organisationId": association, "partnerId": partner, "kind": "SUPERVISES",
                "countyCode": "20", "validFrom": TODAY, "validTo": "2027-12-31" });
            Sample::of(kaisa, input)
        }
        "partnershipEnd" => {
            let partner = partner(app, house).await;
            let db = app.db().await;
            let of = partnerships::Column::PartnerId.eq(partner);
            let found = partnerships::Entity::find().filter(of).one(&db).await;
            db.close().await.unwrap();
            let id = found.unwrap().unwrap().id.encode();
            Sample::of(
                kaisa,
                json!({ "partnershipId": id, "version": 1, "endsOn": "2026-12-31" }),
            )
        }
        "personAdd" => {
            let mut input = details(&house.name());
            input["organisationId"] = json!(association);
            input["role"] = json!("PEER_GUIDE");
            input["validFrom"] = json!(TODAY);
            Sample::of(kaisa, input)
        }
        "personCorrect" => {
            let person = house.newcomer(app, Role::PeerGuide).await;
            let mut input = details(&house.name());
            input["personId"] = json!(person.node());
            input["version"] = json!(1);
            Sample::of(kaisa, input)
        }
        "personErase" => {
            let person = house.newcomer(app, Role::PeerGuide).await;
            let role = json!({ "roleGrantId": first_role(app, &person).await, "version": 1, "endsOn": "2026-11-22" });
            house.done(app, kaisa, "roleGrantEnd", role).await;
            let anna = house.somebody(Role::Admin);
            Sample::of(anna, json!({ "personId": person.node(), "version": 1 }))
        }
        "roleGrantAdd" => Sample::of(kaisa, second_role(app, house).await),
        "roleGrantEnd" => {
            let person = house.newcomer(app, Role::PeerGuide).await;
            let id = first_role(app, &person).await;
            Sample::of(
                kaisa,
                json!({ "roleGrantId": id, "version": 1, "endsOn": "2026-12-31" }),
            )
        }
        "roleGrantCancel" => {
            let input = second_role(app, house).await;
            let grant = house.done(app, kaisa, "roleGrantAdd", input).await;
            Sample::of(
                kaisa,
                json!({ "roleGrantId": grant["id"], "version": grant["version"] }),
            )
        }
        "absenceRecord" => Sample::of(kaisa, absence(app, house).await),
        "absenceCancel" => {
            let input = absence(app, house).await;
            let away = house.done(app, kaisa, "absenceRecord", input).await;
            Sample::of(
                kaisa,
                json!({ "absenceId": away["id"], "version": away["version"] }),
            )
        }
        "accessTokenRevoke" => {
            Sample::of(kaisa, json!({ "accessTokenId": token(app, kaisa).await }))
        }
        "caseProfessionalAdd" | "caseResponsibleChange" => {
            Sample::of(kaisa, joining(app, house).await)
        }
        "caseProfessionalEnd" => {
            let input = joining(app, house).await;
            let part = house.done(app, kaisa, "caseProfessionalAdd", input).await;
            Sample::of(
                kaisa,
                json!({ "caseProfessionalId": part["id"], "version": 2 }),
            )
        }
        "caseProfessionalLeave" => {
            let mikko = &circle.mikko;
            let case = app.case(circle.association, circle.partner, &[mikko]).await;
            let successor = house.newcomer(app, Role::Professional).await;
            let input = json!({ "caseId": case.id.encode(), "version": 1, "successorId": successor.node() });
            Sample::of(mikko, input)
        }
        "caseloadMove" => Sample::of(kaisa, leaving(app, house).await),
        "caseloadMoveCancel" => {
            let input = leaving(app, house).await;
            let moved = house.done(app, kaisa, "caseloadMove", input).await;
            let input = json!({ "caseloadMoveId": moved["id"], "version": moved["version"] });
            Sample::of(kaisa, input)
        }
        _ => return None,
    })
}

async fn programmes(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    let (world, kaisa) = (&house.world, &house.circle.kaisa);
    let association = world.association.encode();
    let gate = world.gate(app).await;
    let asked = requirements(json!({ "gateIds": [gate] }));
    let named = json!({ "nameFi": "Haastattelu", "nameSv": "Intervju", "nameEn": "Interview", "isActive": true });
    let mut input = match mutation {
        "programmeCreate" => {
            let told = details_of_programme(json!({ "validTo": "2027-12-31" }));
            json!({ "organisationId": association, "details": told, "requirements": asked })
        }
        "programmeCorrect" | "programmeChangeRequirements" => {
            let input = json!({ "organisationId": association, "details": details_of_programme(json!({})),
                "requirements": requirements(json!({})) });
            let made = house.done(app, kaisa, "programmeCreate", input).await;
            json!({ "programmeId": made["id"], "version": made["version"] })
        }
        "gateAdd" => {
            let mut input = named.clone();
            input.as_object_mut().unwrap().remove("isActive");
            input["organisationId"] = json!(association);
            input
        }
        "gateCorrect" => {
            let mut input = named.clone();
            input["gateId"] = json!(gate);
            input["version"] = json!(1);
            input
        }
        _ => return None,
    };
    match mutation {
        "programmeCorrect" => {
            input["details"] = details_of_programme(json!({ "validTo": "2027-12-31" }));
        }
        "programmeChangeRequirements" => {
            input["from"] = json!("2026-11-20");
            input["requirements"] = asked;
        }
        _ => {}
    }
    Some(Sample::of(kaisa, input))
}

async fn supporters(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    let (world, kaisa) = (&house.world, &house.circle.kaisa);
    if mutation == "supportPersonAttestExpert" {
        let of = world.association.encode();
        let eero = house.newcomer(app, Role::Expert).await;
        let told = json!({ "organisationId": of, "personId": eero.node(), "details": super::experts::trained(house) });
        let expert = house.done(app, kaisa, "expertAdd", told).await;
        let told =
            json!({ "organisationId": of, "personId": eero.node(), "profile": whole_profile() });
        let made = house.done(app, kaisa, "supportPersonAdd", told).await;
        let input = json!({ "supportPersonId": made["id"], "version": made["version"], "expertProfileId": expert["id"],
            "on": "2026-10-01" });
        return Some(Sample::of(kaisa, input));
    }
    if mutation == "supportPersonAddExpert" {
        let mut input = super::experts::expert(app, house).await;
        let taken = requirements(json!({ "takesExperts": true }));
        let told = json!({ "organisationId": world.association.encode(), "details": details_of_programme(json!({})),
            "requirements": taken });
        let made = house.done(app, kaisa, "programmeCreate", told).await;
        input["programmeId"] = made["id"].clone();
        input["on"] = json!("2026-10-01");
        input["profile"] = whole_profile();
        return Some(Sample::of(kaisa, input));
    }
    if mutation == "supportPersonAdd" {
        let person = house.newcomer(app, Role::PeerGuide).await;
        let input = json!({ "organisationId": world.association.encode(), "personId": person.node(),
            "programmeId": world.programme(app, json!({})).await, "profile": whole_profile() });
        return Some(Sample::of(kaisa, input));
    }
    let supporter = newcomer(app, house, mutation).await;
    let mut input = json!({ "supportPersonId": supporter.id, "on": "2026-11-20" });
    match mutation {
        "supportPersonCorrect" => {
            input = json!({ "supportPersonId": supporter.id, "profile": whole_profile() });
        }
        "supportPersonAttestCriterion" => input["substanceFreeSince"] = json!("2025-08-01"),
        "supportPersonAttestCriterionNotApplicable"
        | "supportPersonStartTraining"
        | "supportPersonRecordWeekend"
        | "supportPersonAttestEarlierTraining"
        | "supportPersonSignConfidentiality" => {}
        "supportPersonAttestGate" => input["gateId"] = json!(world.gate(app).await),
        "supportPersonChangeProgramme" => {
            input["programmeId"] = json!(world.programme(app, json!({})).await);
        }
        "supportPersonActivate" => world.through_the_gates(app, &supporter).await,
        "supportPersonPause" | "supportPersonResume" | "supportPersonEnd" => {
            world.through_the_gates(app, &supporter).await;
            let begun = world.record(app, &supporter, "supportPersonActivate", "2026-10-01");
            begun.await.done();
            if mutation == "supportPersonResume" {
                let paused = world.record(app, &supporter, "supportPersonPause", "2026-11-02");
                paused.await.done();
            }
        }
        "supportPersonActCancel" | "supportPersonActCorrect" => {
            let weekend = world.record(app, &supporter, "supportPersonRecordWeekend", "2026-09-05");
            weekend.await.done();
            let kind = "TRAINING_WEEKEND_ATTENDED";
            input = json!({ "actId": supporter.entry(app, kaisa, kind).await });
            if mutation == "supportPersonActCorrect" {
                input["on"] = json!("2026-09-12");
            }
        }
        _ => return None,
    }
    input["version"] = json!(supporter.version(app).await);
    Some(Sample::of(kaisa, input))
}

/// Somebody who has offered to become a support person.
pub async fn newcomer(app: &App, house: &House, mutation: &str) -> Supporter {
    let person = house.newcomer(app, Role::SupportPerson).await;
    let background = match mutation {
        "supportPersonAttestCriterionNotApplicable" => "NEXT_OF_KIN",
        _ => "OWN_RECOVERY",
    };
    let input = json!({
        "organisationId": house.circle.association.encode(),
        "personId": person.node(),
        "profile": profile(json!({ "background": background })),
    });
    let kaisa = &house.circle.kaisa;
    let answer = app.mutate(kaisa, "supportPersonAdd", input).await;
    let id = answer.done()["supportPerson"]["id"].as_str().unwrap();
    Supporter {
        id: id.to_owned(),
        actor: person,
    }
}

fn whole_profile() -> Value {
    profile(json!({ "maxActive": 3, "weekdays": ["MONDAY", "FRIDAY"] }))
}

fn organisation(name: &str) -> Value {
    json!({ "kind": "WELLBEING_COUNTY", "name": name, "isNameNeutral": true, "language": "FI", "countyCode": "20",
        "municipalityCode": "205", "mailbox": "kirjaamo@example.fi", "maxActiveDefault": 3 })
}

/// Another service that refers people to the association.
pub async fn partner(app: &App, house: &House) -> OrganisationId {
    let kind = OrganisationKind::City;
    let partner = app.organisation(&house.name(), kind).await;
    app.refers(house.circle.association, partner).await;
    partner
}

fn details(name: &str) -> Value {
    let address = name.to_lowercase().replace(' ', ".");
    json!({ "name": name, "email": format!("{address}.koti@example.org"), "phone": "040 123 4567", "language": "SV" })
}

/// A role for somebody who has another.
async fn second_role(app: &App, house: &House) -> Value {
    let person = house.newcomer(app, Role::PeerGuide).await;
    json!({ "personId": person.node(), "organisationId": house.circle.association.encode(), "role": "FACILITATOR",
        "validFrom": TODAY, "validTo": "2027-12-31" })
}

async fn first_role(app: &App, of: &Actor) -> String {
    let db = app.db().await;
    let of = role_grants::Column::PersonId.eq(of.id);
    let found = role_grants::Entity::find().filter(of).one(&db).await;
    db.close().await.unwrap();
    found.unwrap().unwrap().id.encode()
}

async fn absence(app: &App, house: &House) -> Value {
    let away = house.newcomer(app, Role::Coordinator).await;
    let substitute = house.newcomer(app, Role::Coordinator).await;
    json!({ "personId": away.node(), "organisationId": house.circle.association.encode(),
        "substituteId": substitute.node(), "fromOn": "2026-12-01", "toOn": "2026-12-07" })
}

/// One more token of somebody's, which nobody signs in with.
async fn token(app: &App, of: &Actor) -> String {
    let db = app.db().await;
    let (id, now) = (AccessTokenId::random(), app.register.clock.now());
    access_tokens::ActiveModel {
        id: Set(id),
        person_id: Set(of.id),
        token_hash: Set(AccessToken::random().hash().as_bytes().to_vec()),
        label: Set("puhelin".to_owned()),
        created_at: Set(now),
        expires_at: Set(now + chrono::Duration::days(30)),
        revoked_at: Set(None),
    }
    .insert(&db)
    .await
    .unwrap();
    db.close().await.unwrap();
    id.encode()
}

/// Somebody who could join a case.
async fn joining(app: &App, house: &House) -> Value {
    let (association, partner) = (house.circle.association, house.circle.partner);
    let case = app.case(association, partner, &[&house.circle.mikko]).await;
    let person = house.newcomer(app, Role::Professional).await;
    json!({ "caseId": case.id.encode(), "version": 1, "personId": person.node() })
}

/// Somebody who leaves, and who takes the cases over.
async fn leaving(app: &App, house: &House) -> Value {
    let leaver = house.newcomer(app, Role::Professional).await;
    let heir = house.newcomer(app, Role::Professional).await;
    let (association, partner) = (house.circle.association, house.circle.partner);
    app.case(association, partner, &[&leaver]).await;
    json!({ "fromId": leaver.node(), "toId": heir.node() })
}
