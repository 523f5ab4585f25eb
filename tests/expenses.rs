//! What experts and support persons were paid for in a year, and the limits of what is free of tax.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::{Actor, Answer, App};

const EXPENSE: &str = "expense { id version year kind kilometres days cents }";
const YEARS: &str = "query($of: ID!, $year: Int!) { expenseYears(organisationId: $of, year: $year) { totalCount nodes {
    kilometres perDiemDays cents sums { kind cents } warnings person { name } entries { id version cents person { name } } } } }";

async fn record(app: &App, world: &World, who: &Actor, details: Value) -> Answer {
    let of = world.association.encode();
    let input = json!({ "organisationId": of, "personId": who.node(), "details": details });
    world.kaisa.does(app, "expenseRecord", EXPENSE, input).await
}

async fn years(app: &App, world: &World, who: &Actor, year: i32) -> Answer {
    let of = world.association.encode();
    who.ask(app, YEARS, json!({ "of": of, "year": year })).await
}

fn driven(kilometres: i32, cents: i32) -> Value {
    json!({ "year": 2026, "kind": "OWN_VEHICLE", "kilometres": kilometres, "cents": cents })
}

on_both! {
    async fn a_year_is_kilometres_and_sums_by_kind_with_a_warning_at_the_limits(app: App) {
        let world = World::new(&app).await;
        let tuula = app.person("Tuula", world.association, Role::SupportPerson).await;
        let eero = app.person("Eero", world.association, Role::Expert).await;
        record(&app, &world, &tuula, driven(5000, 275_000)).await.done();
        record(&app, &world, &tuula, json!({ "year": 2026, "kind": "PER_DIEM", "days": 19, "cents": 89_300 })).await.done();
        record(&app, &world, &tuula, json!({ "year": 2026, "kind": "LODGING", "cents": 8_900 })).await.done();
        record(&app, &world, &eero, json!({ "year": 2025, "kind": "OTHER", "cents": 1_200 })).await.done();
        let seen = years(&app, &world, &world.kaisa, 2026).await;
        let seen = &seen.data()["expenseYears"];
        assert_eq!(seen["totalCount"], 1, "Eero's is of another year");
        let year = &seen["nodes"][0];
        assert_eq!((&year["kilometres"], &year["perDiemDays"], &year["cents"]), (&json!(5000), &json!(19), &json!(373_200)));
        let sum = |kind: &str, cents: i64| json!({ "kind": kind, "cents": cents });
        assert_eq!(year["sums"], json!([sum("OWN_VEHICLE", 275_000), sum("LODGING", 8_900), sum("PER_DIEM", 89_300)]));
        assert_eq!((&year["warnings"], &year["person"]["name"]), (&json!([]), &json!("Tuula")));

        record(&app, &world, &tuula, json!({ "year": 2026, "kind": "PER_DIEM", "days": 1, "cents": 4_700 })).await.done();
        record(&app, &world, &tuula, driven(455, 25_000)).await.done();
        let own = years(&app, &world, &tuula, 2026).await;
        let own = own.data()["expenseYears"]["nodes"][0].clone();
        assert_eq!(own["warnings"], json!(["PER_DIEM_DAYS", "OWN_VEHICLE"]), "reached, and told to herself too");
        // One was wrong.
        let wrong = own["entries"].as_array().unwrap().iter().find(|it| it["cents"] == 25_000).unwrap().clone();
        let mut input = json!({ "expenseId": wrong["id"], "version": wrong["version"], "details": driven(45, 2_500) });
        world.kaisa.does(&app, "expenseCorrect", EXPENSE, input.clone()).await.done();
        let after = years(&app, &world, &world.kaisa, 2026).await;
        assert_eq!(after.data()["expenseYears"]["nodes"][0]["warnings"], json!(["PER_DIEM_DAYS"]));
        input.as_object_mut().unwrap().remove("details");
        input["version"] = json!(2);
        world.kaisa.does(&app, "expenseCancel", EXPENSE, input).await.done();
        let after = years(&app, &world, &world.kaisa, 2026).await;
        assert_eq!(after.data()["expenseYears"]["nodes"][0]["kilometres"], 5000);
    }
}

on_both! {
    async fn the_limits_are_data_with_a_year_that_an_administrator_adds_to(app: App) {
        let world = World::new(&app).await;
        let tuula = app.person("Tuula", world.association, Role::SupportPerson).await;
        let anna = app.person("Anna", world.association, Role::Admin).await;
        record(&app, &world, &tuula, driven(5000, 310_000)).await.done();
        record(&app, &world, &tuula, json!({ "year": 2025, "kind": "OWN_VEHICLE", "kilometres": 5000, "cents": 310_000 })).await.done();
        let warned = async |year: i32| years(&app, &world, &world.kaisa, year).await.data()["expenseYears"]["nodes"][0]["warnings"].clone();
        assert_eq!((warned(2025).await, warned(2026).await), (json!(["OWN_VEHICLE"]), json!(["OWN_VEHICLE"])));
        let mut input = json!({ "organisationId": world.association.encode(), "fromYear": 2026, "perDiemDays": 20, "ownVehicleCents": 320_000 });
        let refused = world.kaisa.does(&app, "expenseLimitsAdd", "organisation { id }", input.clone()).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"], "a coordinator records, an administrator says what holds");
        anna.does(&app, "expenseLimitsAdd", "organisation { id }", input.clone()).await.done();
        assert_eq!((warned(2025).await, warned(2026).await), (json!(["OWN_VEHICLE"]), json!([])), "from that year on");
        let query = "query($of: ID!) { expenseLimits(organisationId: $of) { fromYear perDiemDays ownVehicleCents isOwn } }";
        let of = json!({ "of": world.association.encode() });
        let seen = world.kaisa.ask(&app, query, of.clone()).await;
        let limits = |from: i32, cents: i32, own: bool| json!({ "fromYear": from, "perDiemDays": 20, "ownVehicleCents": cents, "isOwn": own });
        assert_eq!(seen.data()["expenseLimits"], json!([limits(2026, 320_000, true), limits(2019, 300_000, false)]));
        // Put right, it is still one; another association's limits are their own.
        input["ownVehicleCents"] = json!(300_000);
        input["idempotencyKey"] = json!(app.key());
        anna.does(&app, "expenseLimitsAdd", "organisation { id }", input.clone()).await.done();
        assert_eq!(warned(2026).await, json!(["OWN_VEHICLE"]));
        let other = World::named(&app, "toinen").await;
        let query_of_other = other.kaisa.ask(&app, query, of).await;
        assert_eq!(query_of_other.data()["expenseLimits"], json!([]));
        input["idempotencyKey"] = json!(app.key());
        input["fromYear"] = json!(2018);
        input["perDiemDays"] = json!(367);
        let answer = anna.does(&app, "expenseLimitsAdd", "organisation { id }", input).await;
        assert_eq!(answer.user_errors(), ["fromYear OUT_OF_RANGE", "perDiemDays OUT_OF_RANGE"]);
    }
}

on_both! {
    async fn whoever_is_no_volunteer_and_what_cannot_be_is_refused_all_at_once(app: App) {
        let world = World::new(&app).await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        let told = json!({ "year": 2027, "kind": "PER_DIEM", "kilometres": 5, "cents": 0 });
        let answer = record(&app, &world, &venla, told).await;
        assert_eq!(answer.user_errors(), ["year OUT_OF_RANGE", "kilometres NOT_APPLICABLE", "days REQUIRED", "cents OUT_OF_RANGE",
            "personId NOT_A_VOLUNTEER_THERE"]);
        assert_eq!(years(&app, &world, &venla, 2026).await.codes(), ["FORBIDDEN"]);
        let tuula = app.person("Tuula", world.association, Role::SupportPerson).await;
        record(&app, &world, &tuula, driven(10, 550)).await.done();
        let timo = app.person("Timo", world.association, Role::SupportPerson).await;
        assert_eq!(years(&app, &world, &timo, 2026).await.data()["expenseYears"]["nodes"], json!([]), "another's is not his");
    }
}

on_both! {
    async fn a_year_takes_as_many_statements_for_many_people_as_for_one(app: App) {
        let world = World::new(&app).await;
        let mut few = 0;
        for (n, name) in ["Tuula", "Timo", "Tarja", "Tapio"].into_iter().enumerate() {
            let who = app.person(name, world.association, Role::SupportPerson).await;
            record(&app, &world, &who, driven(10, 550)).await.done();
            record(&app, &world, &who, driven(20, 1_100)).await.done();
            let answer = years(&app, &world, &world.kaisa, 2026).await;
            assert_eq!(answer.data()["expenseYears"]["nodes"].as_array().unwrap().len(), n + 1);
            match n {
                0 => few = answer.statements.len(),
                _ => assert_eq!(answer.statements.len(), few),
            }
        }
    }
}
