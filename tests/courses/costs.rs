//! What courses cost, who paid, and what one graduate cost.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::courses::Led;
use crate::support::matching::World;

const COSTS: &str = "course { version costs { id kind cents shares { funder cents } } figures { costCents costPerGraduateCents } }";

async fn add(app: &App, led: &Led, version: i32, kind: &str, shares: Value) -> Value {
    let cents: i64 = shares
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["cents"].as_i64().unwrap())
        .sum();
    let input = json!({ "courseId": led.id, "version": version, "kind": kind, "cents": cents, "shares": shares });
    let answer = led.kaisa.does(app, "courseCostAdd", COSTS, input).await;
    answer.done()["course"].clone()
}

on_both! {
    async fn a_course_is_paid_by_several_and_a_graduate_has_a_price(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({})).await;
        let mut parts = Vec::new();
        for name in ["Aino", "Bea", "Cilla"] {
            parts.push(led.enrol(&app, name).await);
        }
        let marks: Vec<(&str, &str)> = parts.iter().map(|id| (id.as_str(), "PRESENT")).collect();
        led.records_all(&app, &marks).await;
        let course = add(&app, &led, 4, "SPACE", json!([{ "funder": "MUNICIPALITY", "cents": 40000 }, { "funder": "STEA", "cents": 20001 }])).await;
        assert_eq!(course["costs"][0]["shares"], json!([{ "funder": "MUNICIPALITY", "cents": 40000 }, { "funder": "STEA", "cents": 20001 }]));
        assert_eq!(course["figures"], json!({ "costCents": 60001, "costPerGraduateCents": null }), "nobody has graduated");
        for part in &parts[..2] {
            let input = json!({ "enrolmentId": part, "version": 1, "on": "2026-11-23" });
            led.ossi.does(&app, "enrolmentGraduate", "enrolment { id }", input).await.done();
        }
        let course = add(&app, &led, 5, "EXCURSION", json!([{ "funder": "OWN", "cents": 9000 }])).await;
        assert_eq!(course["figures"], json!({ "costCents": 69001, "costPerGraduateCents": 34501 }));
        let input = json!({ "courseId": led.id, "version": 6, "courseCostId": course["costs"][1]["id"] });
        let answer = led.kaisa.does(&app, "courseCostCancel", COSTS, input.clone()).await;
        assert_eq!(answer.done()["course"]["figures"]["costCents"], 60001);
        assert_eq!(app.read_sql("SELECT count(*) FROM course_costs").await, "2", "the wrong one stays, cancelled");
        let again = json!({ "courseId": led.id, "version": 7, "courseCostId": input["courseCostId"] });
        let answer = led.kaisa.does(&app, "courseCostCancel", COSTS, again).await;
        assert_eq!(answer.user_errors(), ["courseCostId UNKNOWN"]);

        // Over all courses of the association; another's, and a cancelled one, cost it nothing.
        let other = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        add(&app, &other, 4, "MATERIAL", json!([{ "funder": "ESF", "cents": 5000 }])).await;
        let off = app.led_course(&world.kaisa, "2026-12-04", json!({})).await;
        add(&app, &off, 4, "OTHER", json!([{ "funder": "OWN", "cents": 700 }])).await;
        let cancel = json!({ "courseId": off.id, "version": 5 });
        world.kaisa.does(&app, "courseCancel", "course { id }", cancel).await.done();
        let stranger = World::named(&app, "Vieras").await;
        let theirs = app.led_course(&stranger.kaisa, "2026-08-06", json!({})).await;
        add(&app, &theirs, 4, "SPACE", json!([{ "funder": "COUNTY", "cents": 33 }])).await;
        let query = "{ courseFigures { courses graduated costCents costPerGraduateCents } }";
        let answer = world.kaisa.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["courseFigures"], json!({ "courses": 2, "graduated": 2, "costCents": 65001, "costPerGraduateCents": 32501 }));
        let seen = "query($id: ID!) { course(id: $id) { costs { cents } } }";
        let answer = led.outi.ask(&app, seen, json!({ "id": led.id })).await;
        assert_eq!(answer.data()["course"]["costs"], json!([{ "cents": 60001 }]), "those who lead it see it");
    }
}

on_both! {
    async fn a_line_that_cannot_be_is_told_and_changes_nothing(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({})).await;
        let good = json!({ "courseId": led.id, "version": 4, "kind": "SPACE", "cents": 300,
            "shares": [{ "funder": "STEA", "cents": 100 }, { "funder": "OWN", "cents": 200 }] });
        let shares = |shares: Value| json!({ "shares": shares });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "cents": 0, "shares": [] }), &["cents OUT_OF_RANGE", "shares OUT_OF_RANGE"]),
            (json!({ "cents": 100_000_001 }), &["cents OUT_OF_RANGE", "shares SHARES_DO_NOT_ADD_UP"]),
            (shares(json!([{ "funder": "STEA", "cents": 301 }])), &["shares SHARES_DO_NOT_ADD_UP"]),
            (shares(json!([{ "funder": "STEA", "cents": 400 }, { "funder": "OWN", "cents": -100 }])), &["shares OUT_OF_RANGE"]),
            (shares(json!([{ "funder": "STEA", "cents": 100 }, { "funder": "STEA", "cents": 200 }])), &["shares SAME_TWICE"]),
            (shares(json!([{ "funder": "CASINO", "cents": 300 }])), &["shares UNKNOWN_CODE"]),
        ];
        world.kaisa.tries(&app, "courseCostAdd", "course { id }", &good, &faults).await;
        assert_eq!(app.rows(&["course_costs", "course_cost_shares"]).await.len(), 0);
        let mut stale = good;
        stale["version"] = json!(3);
        let answer = world.kaisa.does(&app, "courseCostAdd", "course { id }", stale).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
    }
}
