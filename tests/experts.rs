//! Experts by experience: the register, consents to be listed, cohorts, assignments, and how many there are.

mod consents;
mod supporting;

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::{Actor, Answer, App};

const EXPERT: &str = "expert { id version status isListed trainedOn purposes consent { givenOn until } cohort { name endsOn }
    trainer { name } person { name } registerName assignments { id version task workingTimePct funding targetGroups } }";

/// An expert in the world's register.
pub struct Expert {
    pub id: String,
    pub actor: Actor,
}

pub async fn add(app: &App, world: &World, name: &str, details: Value) -> Answer {
    let actor = app.person(name, world.association, Role::Expert).await;
    add_person(app, world, &actor, details).await
}

async fn add_person(app: &App, world: &World, actor: &Actor, details: Value) -> Answer {
    let of = world.association.encode();
    let input = json!({ "organisationId": of, "personId": actor.node(), "details": details });
    world.kaisa.does(app, "expertAdd", EXPERT, input).await
}

/// Trained by the association itself, some years ago.
pub fn trained(world: &World) -> Value {
    json!({ "trainerId": world.association.encode(), "trainedOn": "2021-05-20", "purposes": ["SUPPORT", "DEVELOPMENT"] })
}

impl Expert {
    pub async fn new(app: &App, world: &World, name: &str) -> Self {
        let actor = app.person(name, world.association, Role::Expert).await;
        let answer = add_person(app, world, &actor, trained(world)).await;
        let id = answer.done()["expert"]["id"].as_str().unwrap().to_owned();
        Self { id, actor }
    }

    pub async fn seen_by(&self, app: &App, who: &Actor) -> Value {
        let query = format!("query($id: ID!) {{ it: expert(id: $id) {} }}", &EXPERT[7..]);
        let answer = who.ask(app, &query, json!({ "id": self.id })).await;
        answer.data()["it"].clone()
    }

    /// An act at the present version.
    pub async fn does(&self, app: &App, who: &Actor, act: &str, mut input: Value) -> Answer {
        let seen = self.seen_by(app, who).await;
        input["expertProfileId"] = json!(self.id);
        input["version"] = seen["version"].clone();
        let object = match act {
            "expertAssignmentAdd" => "expertAssignment { id version }",
            _ => EXPERT,
        };
        who.does(app, act, object, input).await
    }
}

/// As in the source: half of the working time, since February 2022, in the housing support patrol.
fn in_the_patrol(world: &World, told: Value) -> Value {
    let mut details = json!({ "hostId": world.service.encode(), "task": "CLIENT_WORK", "place": "Asumisen tukipartio",
        "workingTimePct": 50, "compensation": "EXPENSES", "employment": "VOLUNTEER", "funding": "GRANTED",
        "phase": "AFTER_REHAB", "fromOn": "2022-02-01", "toOn": "2022-12-31" });
    for (field, value) in told.as_object().unwrap() {
        details[field] = value.clone();
    }
    json!({ "details": details })
}

on_both! {
    async fn whoever_is_in_a_cohort_is_trained_only_after_its_end(app: App) {
        app.on_day("2022-10-03");
        let world = World::new(&app).await;
        let told = json!({ "name": "Tulevaisuuden sote-keskus", "trainerId": world.service.encode(), "startsOn": "2022-09-15", "endsOn": "2023-05-31" });
        let input = json!({ "organisationId": world.association.encode(), "details": told });
        let cohort = world.kaisa.does(&app, "expertCohortAdd", "expertCohort { id version }", input).await;
        let cohort = cohort.done()["expertCohort"].clone();
        let answer = add(&app, &world, "Eero", json!({ "trainerId": world.service.encode(), "expertCohortId": cohort["id"], "purposes": ["HEALTH_CARE"] })).await;
        let expert = answer.done()["expert"].clone();
        assert_eq!((&expert["status"], &expert["cohort"]["endsOn"]), (&json!("IN_TRAINING"), &json!("2023-05-31")));
        let status = async |of: &str| {
            let query = "query($status: ExpertStatus!) { experts(filter: { status: $status }) { totalCount } }";
            world.kaisa.ask(&app, query, json!({ "status": of })).await.data()["experts"]["totalCount"].clone()
        };
        app.on_day("2023-05-31");
        assert_eq!((status("TRAINED").await, status("IN_TRAINING").await), (json!(0), json!(1)), "its last day");
        app.on_day("2023-06-01");
        assert_eq!((status("TRAINED").await, status("IN_TRAINING").await), (json!(1), json!(0)));
        // The end was another one.
        let mut input = json!({ "expertCohortId": cohort["id"], "version": cohort["version"], "details": {
            "name": "Tulevaisuuden sote-keskus", "trainerId": world.service.encode(), "startsOn": "2022-09-15", "endsOn": "2023-08-31" } });
        world.kaisa.does(&app, "expertCohortCorrect", "expertCohort { id }", input.clone()).await.done();
        assert_eq!(status("TRAINED").await, 0);
        input["version"] = json!(2);
        input["idempotencyKey"] = json!(app.key());
        input["details"]["endsOn"] = json!("2022-09-14");
        let answer = world.kaisa.does(&app, "expertCohortCorrect", "expertCohort { id }", input).await;
        assert_eq!(answer.user_errors(), ["endsOn DATES_OUT_OF_ORDER"]);
    }
}

on_both! {
    async fn four_are_planned_and_half_a_one_is_there(app: App) {
        app.on_day("2022-06-01");
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let assigned = eero.does(&app, &world.kaisa, "expertAssignmentAdd", in_the_patrol(&world, json!({}))).await;
        assigned.done();
        let applied = json!({ "funding": "APPLIED", "fromOn": "2023-01-01", "toOn": "2023-12-31" });
        eero.does(&app, &world.kaisa, "expertAssignmentAdd", in_the_patrol(&world, applied)).await.done();
        for (year, hundredths, version) in [(2022, 300, 0), (2022, 400, 1), (2023, 400, 0)] {
            let input = json!({ "organisationId": world.association.encode(), "year": year, "hundredths": hundredths, "version": version });
            world.kaisa.does(&app, "expertTargetSet", "organisation { id }", input).await.done();
        }
        let query = "query($of: ID!, $on: Date) { expertCapacity(organisationId: $of, on: $on) { planned planVersion actual appliedFor
            byTask { code fullTime } byEmployment { code fullTime } byFunding { code fullTime } } }";
        let capacity = async |who: &Actor, on: &str| {
            let answer = who.ask(&app, query, json!({ "of": world.association.encode(), "on": on })).await;
            (answer.data()["expertCapacity"].clone(), answer.statements.len())
        };
        let (seen, statements) = capacity(&world.kaisa, "2022-06-01").await;
        let share = |code: &str| json!([{ "code": code, "fullTime": 0.5 }]);
        assert_eq!(seen, json!({ "planned": 4.0, "planVersion": 2, "actual": 0.5, "appliedFor": 0.0, "byTask": share("CLIENT_WORK"),
            "byEmployment": share("VOLUNTEER"), "byFunding": share("GRANTED") }));
        assert_eq!(statements, 3, "sign-in, assignments, plan");
        let (seen, _) = capacity(&world.kaisa, "2023-02-01").await;
        assert_eq!((&seen["actual"], &seen["appliedFor"], &seen["byFunding"]), (&json!(0.0), &json!(0.5), &share("APPLIED")));
        let (seen, _) = capacity(&world.kaisa, "2022-01-31").await;
        assert_eq!((&seen["planned"], &seen["actual"]), (&json!(4.0), &json!(0.0)), "before it began");

        let other = World::named(&app, "toinen").await;
        assert!(capacity(&other.kaisa, "2022-06-01").await.0.is_null());
        // Taken back, it counts no more.
        let seen = eero.seen_by(&app, &world.kaisa).await;
        let first = seen["assignments"].as_array().unwrap().iter().find(|it| it["funding"] == "GRANTED").unwrap().clone();
        let input = json!({ "expertAssignmentId": first["id"], "version": first["version"] });
        world.kaisa.does(&app, "expertAssignmentCancel", EXPERT, input).await.done();
        assert_eq!(capacity(&world.kaisa, "2022-06-01").await.0["actual"], 0.0);
    }
}

on_both! {
    async fn the_share_of_the_working_time_is_one_to_a_hundred_and_everything_wrong_is_told_at_once(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let stranger = app.organisation("Vieras ry", OrganisationKind::Association).await;
        let wrong = json!({ "workingTimePct": 0, "task": "DANCING", "hostId": stranger.encode(), "place": "a\u{0}b", "toOn": "2022-01-31" });
        let answer = eero.does(&app, &world.kaisa, "expertAssignmentAdd", in_the_patrol(&world, wrong)).await;
        assert_eq!(answer.user_errors(), ["hostId UNKNOWN", "place CONTROL_CHARACTER", "workingTimePct OUT_OF_RANGE", "task UNKNOWN_CODE", "toOn DATES_OUT_OF_ORDER"]);
        let answer = eero.does(&app, &world.kaisa, "expertAssignmentAdd", in_the_patrol(&world, json!({ "workingTimePct": 101 }))).await;
        assert_eq!(answer.user_errors(), ["workingTimePct OUT_OF_RANGE"]);
        for share in [1, 100] {
            eero.does(&app, &world.kaisa, "expertAssignmentAdd", in_the_patrol(&world, json!({ "workingTimePct": share }))).await.done();
        }
        let tuula = app.person("Tuula", world.association, Role::SupportPerson).await;
        let answer = add_person(&app, &world, &tuula, trained(&world)).await;
        assert_eq!(answer.user_errors(), ["personId NOT_AN_EXPERT_THERE"]);
        let answer = add_person(&app, &world, &eero.actor, trained(&world)).await;
        assert_eq!(answer.user_errors(), ["personId ALREADY_RECORDED"]);
        let neither = json!({ "trainerId": stranger.encode(), "purposes": ["DANCING"] });
        let answer = add(&app, &world, "Elli", neither).await;
        assert_eq!(answer.user_errors(), ["trainedOn REQUIRED", "trainerId UNKNOWN", "purposes UNKNOWN_CODE"]);
        let removed = eero.does(&app, &world.kaisa, "expertRemove", json!({})).await;
        assert_eq!(removed.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"]);
    }
}

on_both! {
    async fn one_person_stands_in_several_registers_and_each_is_its_own(app: App) {
        let (one, other) = (World::new(&app).await, World::named(&app, "toinen").await);
        let eero = Expert::new(&app, &one, "Eero").await;
        app.grant(eero.actor.id, other.association, Role::Expert).await;
        let answer = add_person(&app, &other, &eero.actor, trained(&other)).await;
        let second = answer.done()["expert"]["id"].clone();
        let query = "{ experts { totalCount nodes { id registerName } } }";
        let own = eero.actor.ask(&app, query, json!({})).await;
        let own = &own.data()["experts"];
        assert_eq!(own["totalCount"], 2, "the expert sees both");
        assert_eq!(own["nodes"][1]["registerName"], "Esimerkkiyhdistys toinen");
        let theirs = other.kaisa.ask(&app, query, json!({})).await;
        assert_eq!(theirs.data()["experts"]["nodes"][0]["id"], second);
        assert_eq!(theirs.data()["experts"]["totalCount"], 1);
        assert!(eero.seen_by(&app, &other.kaisa).await.is_null());
        assert_eq!(one.pekka.ask(&app, query, json!({})).await.codes(), ["FORBIDDEN"]);
        // Nobody is assigned by themselves.
        let answer = eero.does(&app, &eero.actor, "expertAssignmentAdd", in_the_patrol(&one, json!({}))).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn a_register_takes_as_many_statements_for_many_as_for_one(app: App) {
        let world = World::new(&app).await;
        let query = format!("{{ experts {{ nodes {} }} }}", &EXPERT[7..]);
        let eero = Expert::new(&app, &world, "Eero").await;
        eero.does(&app, &world.kaisa, "expertAssignmentAdd", in_the_patrol(&world, json!({}))).await.done();
        let told = json!({ "name": "Ryhmä", "trainerId": world.service.encode(), "startsOn": "2026-09-15", "endsOn": "2027-05-31" });
        let input = json!({ "organisationId": world.association.encode(), "details": told });
        let cohort = world.kaisa.does(&app, "expertCohortAdd", "expertCohort { id }", input).await;
        let cohort = json!({ "trainerId": world.service.encode(), "expertCohortId": cohort.done()["expertCohort"]["id"] });
        add(&app, &world, "Elli", cohort.clone()).await.done();
        let few = world.kaisa.ask(&app, &query, json!({})).await.statements.len();
        for name in ["Eija", "Esko", "Essi"] {
            let one = Expert::new(&app, &world, name).await;
            one.does(&app, &world.kaisa, "expertAssignmentAdd", in_the_patrol(&world, json!({}))).await.done();
        }
        add(&app, &world, "Eila", cohort).await.done();
        let many = world.kaisa.ask(&app, &query, json!({})).await;
        assert_eq!(many.data()["experts"]["nodes"].as_array().unwrap().len(), 6);
        assert_eq!(many.statements.len(), few);
    }
}

on_both! {
    async fn merging_two_records_of_a_person_moves_their_entries_and_expenses_and_back(app: App) {
        let world = World::new(&app).await;
        let (eero, again) = (Expert::new(&app, &world, "Eero Esimerkki").await, Expert::new(&app, &world, "Eero Esimerkki-").await);
        eero.does(&app, &world.kaisa, "expertRemove", json!({})).await.done();
        let details = json!({ "year": 2026, "kind": "OTHER", "cents": 1_200 });
        let paid = json!({ "organisationId": world.association.encode(), "personId": again.actor.node(), "details": details });
        world.kaisa.does(&app, "expenseRecord", "expense { id }", paid).await.done();
        let two = json!({ "keptId": eero.actor.node(), "keptVersion": 1, "mergedId": again.actor.node(), "mergedVersion": 1 });
        let merged = world.kaisa.does(&app, "personMerge", "personMerge { id changes { kind count } }", two).await;
        let merge = merged.done()["personMerge"].clone();
        for kind in ["EXPERT_MOVED", "EXPENSE_MOVED"] {
            let changes = merge["changes"].as_array().unwrap();
            assert!(changes.contains(&json!({ "kind": kind, "count": 1 })), "{changes:?}");
        }
        let sum = async |who: &Actor| {
            let query = "query($of: ID!) { expenseYears(organisationId: $of, year: 2026) { nodes { cents } } experts { nodes { id } } }";
            who.ask(&app, query, json!({ "of": world.association.encode() })).await.data().clone()
        };
        let both = json!({ "expenseYears": { "nodes": [{ "cents": 1200 }] }, "experts": { "nodes": [{ "id": again.id }] } });
        assert_eq!(sum(&eero.actor).await, both);
        let undo = json!({ "personMergeId": merge["id"], "version": 1 });
        world.kaisa.does(&app, "personMergeCancel", "personMerge { id }", undo).await.done();
        assert_eq!(sum(&eero.actor).await, json!({ "expenseYears": { "nodes": [] }, "experts": { "nodes": [] } }));
        assert_eq!(again.seen_by(&app, &world.kaisa).await["person"]["name"], "Eero Esimerkki-");
    }
}

on_both! {
    async fn an_assignment_says_whom_its_work_is_for(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let told = |groups: Value| in_the_patrol(&world, json!({ "targetGroups": groups }));
        let wrong = told(json!(["SUBSTANCE_RECOVERY", "CLIENT_WORK"]));
        let answer = eero.does(&app, &world.kaisa, "expertAssignmentAdd", wrong).await;
        assert_eq!(answer.user_errors(), ["targetGroups UNKNOWN_CODE"], "a code of another list");
        let many = vec!["SUBSTANCE_RECOVERY"; 21];
        let answer = eero.does(&app, &world.kaisa, "expertAssignmentAdd", told(json!(many))).await;
        assert_eq!(answer.user_errors(), ["targetGroups OUT_OF_RANGE"]);
        assert_eq!(eero.seen_by(&app, &world.kaisa).await["assignments"], json!([]));
        // As in the source: with people in rehabilitation, and people under threat of homelessness.
        let groups = told(json!(["THREAT_OF_HOMELESSNESS", "SUBSTANCE_RECOVERY", "SUBSTANCE_RECOVERY"]));
        let added = eero.does(&app, &world.kaisa, "expertAssignmentAdd", groups).await;
        let work = added.done()["expertAssignment"].clone();
        let without = in_the_patrol(&world, json!({ "task": "CUSTOMER_PANEL" }));
        eero.does(&app, &world.kaisa, "expertAssignmentAdd", without).await.done();
        let seen = eero.seen_by(&app, &eero.actor).await;
        let groups = |task: &str| {
            let of = seen["assignments"].as_array().unwrap();
            of.iter().find(|it| it["task"] == task).unwrap()["targetGroups"].clone()
        };
        assert_eq!(groups("CLIENT_WORK"), json!(["SUBSTANCE_RECOVERY", "THREAT_OF_HOMELESSNESS"]));
        assert_eq!(groups("CUSTOMER_PANEL"), json!([]));
        let mut input = told(json!(["YOUNG_PEOPLE"]));
        input["expertAssignmentId"] = work["id"].clone();
        input["version"] = work["version"].clone();
        let corrected = world.kaisa.does(&app, "expertAssignmentCorrect", "expertAssignment { targetGroups }", input).await;
        assert_eq!(corrected.done()["expertAssignment"]["targetGroups"], json!(["YOUNG_PEOPLE"]));
    }
}
