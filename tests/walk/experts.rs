//! Samples: experts by experience, their consents, cohorts and assignments, and expenses.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::house::House;
use super::samples::Sample;
use crate::support::App;

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    match mutation {
        m if m.starts_with("expertCohort") => Some(cohort_sample(app, house, m).await),
        m if m.starts_with("expertAssignment") => Some(work(app, house, m).await),
        m if m.starts_with("expert") => Some(register(app, house, m).await),
        m if m.starts_with("expense") => Some(expense(app, house, m).await),
        _ => None,
    }
}

pub fn trained(house: &House) -> Value {
    json!({ "trainerId": house.circle.partner.encode(), "trainedOn": "2026-02-02", "purposes": ["SUPPORT"] })
}

async fn in_a_cohort(app: &App, house: &House) -> Value {
    let cohort = cohort(app, house).await;
    json!({ "trainerId": house.circle.partner.encode(), "expertCohortId": cohort["expertCohortId"], "purposes": ["SUPPORT"] })
}

/// An expert in the register, as an act names it.
pub async fn expert(app: &App, house: &House) -> Value {
    let eero = house.newcomer(app, Role::Expert).await;
    let of = house.circle.association.encode();
    let input = json!({ "organisationId": of, "personId": eero.node(), "details": trained(house) });
    let kaisa = &house.circle.kaisa;
    named(
        "expertProfileId",
        &house.done(app, kaisa, "expertAdd", input).await,
    )
}

/// Eero in a cohort and at work, for the house.
pub async fn at_work(app: &App, house: &House) {
    let kaisa = &house.circle.kaisa;
    let (of, eero) = (
        house.circle.association.encode(),
        house.somebody(Role::Expert),
    );
    let details = in_a_cohort(app, house).await;
    let input = json!({ "organisationId": of, "personId": eero.node(), "details": details });
    let expert = house.done(app, kaisa, "expertAdd", input).await;
    let mut input = named("expertProfileId", &expert);
    input["details"] = told_of_work(house, "CLIENT_WORK");
    house.done(app, kaisa, "expertAssignmentAdd", input).await;
}

pub async fn cohort(app: &App, house: &House) -> Value {
    let of = house.circle.association.encode();
    let input = json!({ "organisationId": of, "details": told_of_cohort(house, "Syksyn ryhmä") });
    let kaisa = &house.circle.kaisa;
    let done = house.done(app, kaisa, "expertCohortAdd", input).await;
    named("expertCohortId", &done)
}

pub async fn assignment(app: &App, house: &House) -> Value {
    let mut input = expert(app, house).await;
    input["details"] = told_of_work(house, "CLIENT_WORK");
    let kaisa = &house.circle.kaisa;
    let done = house.done(app, kaisa, "expertAssignmentAdd", input).await;
    named("expertAssignmentId", &done)
}

pub async fn entry(app: &App, house: &House) -> Value {
    let of = house.circle.association.encode();
    let sari = house.circle.sari.node();
    let input = json!({ "organisationId": of, "personId": sari, "details": told_of_expense(120) });
    let kaisa = &house.circle.kaisa;
    named(
        "expenseId",
        &house.done(app, kaisa, "expenseRecord", input).await,
    )
}

fn told_of_cohort(house: &House, name: &str) -> Value {
    json!({ "name": name, "trainerId": house.circle.partner.encode(), "startsOn": "2026-09-01", "endsOn": "2027-05-31" })
}

fn told_of_work(house: &House, task: &str) -> Value {
    json!({ "hostId": house.circle.partner.encode(), "task": task, "place": "Terveysneuvontapiste", "workingTimePct": 50,
        "compensation": "EXPENSES", "employment": "VOLUNTEER", "funding": "GRANTED", "phase": "AFTER_REHAB",
        "targetGroups": ["SUBSTANCE_RECOVERY"], "fromOn": "2026-02-01", "toOn": "2026-12-31" })
}

fn told_of_expense(kilometres: i32) -> Value {
    json!({ "year": 2026, "kind": "OWN_VEHICLE", "kilometres": kilometres, "cents": 6600 })
}

fn named(field: &str, of: &Value) -> Value {
    json!({ field: of["id"], "version": of["version"] })
}

async fn cohort_sample(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    if mutation == "expertCohortAdd" {
        let of = house.circle.association.encode();
        let told = told_of_cohort(house, "Kevään ryhmä");
        return Sample::of(kaisa, json!({ "organisationId": of, "details": told }));
    }
    let mut input = cohort(app, house).await;
    input["details"] = told_of_cohort(house, "Talven ryhmä");
    Sample::of(kaisa, input)
}

async fn work(app: &App, house: &House, mutation: &str) -> Sample {
    let mut input = match mutation {
        "expertAssignmentAdd" => expert(app, house).await,
        _ => assignment(app, house).await,
    };
    if mutation != "expertAssignmentCancel" {
        input["details"] = told_of_work(house, "SERVICE_DESIGN");
    }
    Sample::of(&house.circle.kaisa, input)
}

async fn register(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let of = house.circle.association.encode();
    match mutation {
        "expertAdd" => {
            let eero = house.newcomer(app, Role::Expert).await;
            let details = in_a_cohort(app, house).await;
            let input =
                json!({ "organisationId": of, "personId": eero.node(), "details": details });
            return Sample::of(kaisa, input);
        }
        "expertTargetSet" => {
            // Each house plans its years one after the other.
            let year = app.read_sql("SELECT 2030 + count(*) FROM expert_targets");
            let year: i32 = year.await.parse().unwrap();
            let mut input =
                json!({ "organisationId": of, "year": year, "hundredths": 400, "version": 0 });
            house
                .done(app, kaisa, "expertTargetSet", input.clone())
                .await;
            input["version"] = json!(1);
            return Sample::of(kaisa, input);
        }
        _ => {}
    }
    let mut input = expert(app, house).await;
    match mutation {
        "expertCorrect" => input["details"] = in_a_cohort(app, house).await,
        "expertConsentGive" => input["until"] = json!("2027-11-23"),
        "expertConsentEnd" => {
            let mut given = input.clone();
            given["until"] = json!("2027-11-23");
            let done = house.done(app, kaisa, "expertConsentGive", given).await;
            input["version"] = done["version"].clone();
        }
        _ => {}
    }
    Sample::of(kaisa, input)
}

async fn expense(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let of = house.circle.association.encode();
    let mut input = match mutation {
        "expenseLimitsAdd" => {
            let input = json!({ "organisationId": of, "fromYear": 2027, "perDiemDays": 20, "ownVehicleCents": 310_000 });
            return Sample::of(house.somebody(Role::Admin), input);
        }
        "expenseRecord" => {
            json!({ "organisationId": of, "personId": house.circle.sari.node() })
        }
        _ => entry(app, house).await,
    };
    if mutation != "expenseCancel" {
        input["details"] = told_of_expense(240);
    }
    Sample::of(kaisa, input)
}
