//! Samples: courses, their sessions, and people's parts in them.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::house::House;
use super::persons::partner;
use super::samples::Sample;
use crate::support::App;
use crate::support::courses::{Led, details, marks_of};

/// A Thursday three weeks ago: three sessions are past, five to come.
const BEGUN: &str = "2026-11-05";
/// A Thursday whose eight sessions are past.
const PAST: &str = "2026-08-06";

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    match mutation {
        m if m.starts_with("courseSession") => Some(session(app, house, m).await),
        m if m.starts_with("courseFeedback") => Some(feedback(app, house, m).await),
        m if m.starts_with("courseFeed") => Some(feed(app, house, m).await),
        m if m.starts_with("curriculum") => Some(curriculum(app, house, m).await),
        m if m.starts_with("course") => Some(course(app, house, m).await),
        m if m.starts_with("enrolment") => Some(enrolment(app, house, m).await),
        _ => None,
    }
}

/// A course that takes people in.
pub async fn led(app: &App, house: &House, starts_on: &str) -> Led {
    let limit = json!({ "participantLimit": 2 });
    app.led_course(&house.circle.kaisa, starts_on, limit).await
}

/// A course with a session that was recorded, for the house.
pub async fn recorded(app: &App, house: &House) {
    let led = led(app, house, BEGUN).await;
    worked_out(app, house).await;
    let aino = led.enrol(app, "Aino Osallistuja").await;
    led.records(app, 0, &[(&aino, "PRESENT")]).await;
    let open = json!({ "courseId": led.id, "language": "SV" });
    house.done(app, &led.ossi, "courseFeedOpen", open).await;
    let open = json!({ "courseId": led.id });
    house.done(app, &led.ossi, "courseFeedbackOpen", open).await;
    let mut line = json!({ "courseId": led.id, "version": 4 });
    add(&mut line, cost());
    house.done(app, &led.kaisa, "courseCostAdd", line).await;
}

/// A curriculum, as a client sends it.
pub fn taught(of: &str) -> Value {
    let session = |no| json!({ "theme": format!("Aihe {no}"), "methods": "Keskustelu", "materials": "Kortit" });
    let sessions: Vec<Value> = ["a", "b", "c", "d", "e", "f", "g", "h"].map(session).into();
    json!({ "organisationId": of, "name": "Kurssirunko", "sessions": sessions })
}

fn workshop() -> Value {
    json!({ "on": "2026-10-01", "professionals": 2, "developers": 5, "changed": "Lisättiin retki" })
}

/// A curriculum with a workshop, as an act names them.
async fn worked_out(app: &App, house: &House) -> Value {
    let (kaisa, of) = (&house.circle.kaisa, house.circle.association.encode());
    let created = house
        .done(app, kaisa, "curriculumCreate", taught(&of))
        .await;
    let mut held = json!({ "curriculumId": created["id"], "version": 1 });
    add(&mut held, workshop());
    let done = house.done(app, kaisa, "curriculumWorkshopAdd", held).await;
    json!({ "curriculumId": done["id"], "version": 2, "curriculumWorkshopId": done["workshops"][0]["id"] })
}

async fn curriculum(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let told = taught(&house.circle.association.encode());
    if mutation == "curriculumCreate" {
        return Sample::of(kaisa, told);
    }
    let mut input = worked_out(app, house).await;
    if mutation != "curriculumWorkshopCancel" {
        input
            .as_object_mut()
            .unwrap()
            .remove("curriculumWorkshopId");
    }
    match mutation {
        "curriculumCorrect" => input["sessions"] = told["sessions"].clone(),
        "curriculumWorkshopAdd" => add(&mut input, workshop()),
        _ => {}
    }
    Sample::of(kaisa, input)
}

fn cost() -> Value {
    json!({ "kind": "EXCURSION", "cents": 9000,
        "shares": [{ "funder": "STEA", "cents": 6000 }, { "funder": "OWN", "cents": 3000 }] })
}

async fn course(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let organiser = house.circle.partner.encode();
    let partner = partner(app, house).await.encode();
    let told = details(
        json!({ "participantLimit": 12, "organiserIds": [organiser], "partnerIds": [partner] }),
    );
    let mut input = match mutation {
        "courseCreate" => {
            let followed = worked_out(app, house).await;
            json!({ "organisationId": house.circle.association.encode(), "startsOn": "2027-01-14",
            "startsAt": "12:00", "curriculumId": followed["curriculumId"] })
        }
        _ => json!({ "version": 1, "courseId": app.course(kaisa, "2027-01-14", json!({})).await }),
    };
    match mutation {
        "courseCreate" | "courseCorrect" => input["details"] = told,
        "courseFollowCurriculum" => {
            let followed = worked_out(app, house).await;
            input["curriculumId"] = followed["curriculumId"].clone();
        }
        "courseFacilitatorAssign" => {
            let ossi = house.newcomer(app, Role::Facilitator).await;
            input["personId"] = json!(ossi.node());
            input["kind"] = json!("PROFESSIONAL");
        }
        "courseFacilitatorRemove" => {
            let led = led(app, house, BEGUN).await;
            input = json!({ "courseId": led.id, "version": 4, "personId": led.ossi.node() });
        }
        "courseCostAdd" => add(&mut input, cost()),
        "courseCostCancel" => {
            let mut line = input.clone();
            add(&mut line, cost());
            let costs = "course { costs { id } }";
            let answer = kaisa.does(app, "courseCostAdd", costs, line).await;
            input["courseCostId"] = answer.done()["course"]["costs"][0]["id"].clone();
            input["version"] = json!(2);
        }
        "courseOpenCancel" => {
            house.done(app, kaisa, "courseOpen", input.clone()).await;
            input["version"] = json!(2);
        }
        "courseReinstate" => {
            house.done(app, kaisa, "courseCancel", input.clone()).await;
            input["version"] = json!(2);
        }
        _ => {}
    }
    Sample::of(kaisa, input)
}

async fn feedback(app: &App, house: &House, mutation: &str) -> Sample {
    let led = led(app, house, BEGUN).await;
    let open = json!({ "courseId": led.id });
    if mutation == "courseFeedbackOpen" {
        return Sample::of(&led.ossi, open);
    }
    let wave = house.done(app, &led.ossi, "courseFeedbackOpen", open).await;
    Sample::of(&led.ossi, json!({ "courseFeedbackWaveId": wave["id"] }))
}

async fn feed(app: &App, house: &House, mutation: &str) -> Sample {
    let led = led(app, house, BEGUN).await;
    let open = json!({ "courseId": led.id, "language": "FI" });
    if mutation == "courseFeedOpen" {
        return Sample::of(&led.ossi, open);
    }
    let feed = house.done(app, &led.ossi, "courseFeedOpen", open).await;
    Sample::of(&led.ossi, json!({ "courseFeedId": feed["id"] }))
}

async fn session(app: &App, house: &House, mutation: &str) -> Sample {
    let led = led(app, house, BEGUN).await;
    let mut input = led.session(app, 4).await;
    let is_cancelled = matches!(mutation, "courseSessionReinstate" | "courseSessionMakeUp");
    if is_cancelled {
        let name = "courseSessionCancel";
        house.done(app, &led.ossi, name, input.clone()).await;
        input["version"] = json!(2);
    }
    match mutation {
        "courseSessionMove" | "courseSessionMakeUp" => {
            input["on"] = json!("2026-12-04");
            input["startsAt"] = json!("16:00");
        }
        "courseSessionDescribe" => {
            input["theme"] = json!("Kuunteleminen");
            input["methods"] = json!("Parityö");
            input["materials"] = json!("Fläppitaulu");
            input["reason"] = json!("Ryhmä toivoi lisää aikaa");
        }
        "courseSessionRecordAttendance" => {
            let aino = led.enrol(app, "Aino Osallistuja").await;
            led.records(app, 0, &[(&aino, "PRESENT")]).await;
            input = led.session(app, 0).await;
            input["marks"] = marks_of(&[(&aino, "ABSENT")]);
        }
        _ => {}
    }
    Sample::of(&led.ossi, input)
}

async fn enrolment(app: &App, house: &House, mutation: &str) -> Sample {
    let starts_on = match mutation {
        "enrolmentGraduate" | "enrolmentDecisionCancel" => PAST,
        _ => BEGUN,
    };
    let led = led(app, house, starts_on).await;
    let venla = house.newcomer(app, Role::PeerGuide).await;
    let named = |name: &str| json!({ "name": name, "isPseudonym": false });
    let mut input = match mutation {
        "enrolmentAdd" | "enrolmentAddPerson" => json!({ "courseId": led.id }),
        "enrolmentChooseReminders" => {
            json!({ "enrolmentId": led.enrol_person(app, &venla).await, "version": 1 })
        }
        _ => json!({ "enrolmentId": led.enrol(app, "Aino Osallistuja").await, "version": 1 }),
    };
    match mutation {
        "enrolmentAdd" | "enrolmentCorrect" => add(&mut input, named("Aila Osallistuja")),
        "enrolmentAddPerson" => add(
            &mut input,
            json!({ "personId": venla.node(), "wantsReminders": true }),
        ),
        "enrolmentChooseReminders" => {
            add(&mut input, json!({ "wantsReminders": false }));
            return Sample::of(&venla, input);
        }
        "enrolmentAccept" => {
            let bea = led.enrol(app, "Bea Osallistuja").await;
            let last = led.enrol(app, "Cilla Osallistuja").await;
            let off = json!({ "enrolmentId": bea, "version": 1 });
            house.done(app, &led.ossi, "enrolmentCancel", off).await;
            add(&mut input, json!({ "enrolmentId": last }));
        }
        "enrolmentEnd" => add(
            &mut input,
            json!({ "on": "2026-11-19", "ending": "INTERRUPTED" }),
        ),
        "enrolmentGraduate" | "enrolmentDecisionCancel" => {
            let aino = input["enrolmentId"].as_str().unwrap().to_owned();
            led.records_all(app, &[(&aino, "PRESENT")]).await;
            let graduates = json!({ "on": "2026-11-19", "nextSteps": ["STUDY"] });
            if mutation == "enrolmentGraduate" {
                add(&mut input, graduates);
            } else {
                let mut first = input.clone();
                first["on"] = graduates["on"].clone();
                house.done(app, &led.ossi, "enrolmentGraduate", first).await;
                add(&mut input, json!({ "version": 2 }));
            }
        }
        _ => {}
    }
    Sample::of(&led.ossi, input)
}

fn add(input: &mut Value, more: Value) {
    for (field, value) in more.as_object().unwrap() {
        input[field] = value.clone();
    }
}
