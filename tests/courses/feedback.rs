//! What people thought of a course: asked without names, told from five answers on.

use poem::http::StatusCode;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::courses::Led;
use crate::support::matching::World;

const RESULTS: &str =
    "courseFeedback { id code closedOn results { answers heard safe useful recommends } }";

async fn opened(app: &App, led: &Led) -> Value {
    let input = json!({ "courseId": led.id });
    let answer = led
        .ossi
        .does(app, "courseFeedbackOpen", RESULTS, input)
        .await;
    answer.done()["courseFeedback"].clone()
}

async fn closed(app: &App, led: &Led, wave: &Value) -> Value {
    let input = json!({ "courseFeedbackWaveId": wave["id"] });
    let answer = led
        .outi
        .does(app, "courseFeedbackClose", RESULTS, input)
        .await;
    answer.done()["courseFeedback"].clone()
}

/// Somebody without a sign-in answers.
async fn answers(app: &App, path: &str, told: &[(&str, &str)]) {
    let mut browser = app.browser();
    let page = browser.get(path).await;
    page.with(StatusCode::OK);
    let sent = browser.fill(path, &page, told).await;
    assert_eq!(sent.leads_to(), format!("{path}?done=feedback"));
    // The same button pressed twice is one answer.
    browser.fill(path, &page, told).await.leads_to();
}

on_both! {
    async fn feedback_knows_nobody_and_is_told_from_five_answers_on(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({ "name": "Qvxkurssi" })).await;
        let wave = opened(&app, &led).await;
        let path = format!("/feedback/{}", wave["code"].as_str().unwrap());
        let shown = app.browser().get(&path).await;
        assert!(shown.with(StatusCode::OK).contains("Minua kuunneltiin.") && !shown.html.contains("Qvx"), "{}", shown.html);
        assert!(shown.html.contains("Kukaan ei näe, kuka vastasi"));
        for n in 0..4 {
            let heard = if n == 0 { "2" } else { "5" };
            answers(&app, &path, &[("heard", heard), ("safe", "4")]).await;
        }
        let seen = "query($id: ID!) { course(id: $id) { feedback { closedOn results { answers } } } }";
        let few = closed(&app, &led, &wave).await;
        assert_eq!((&few["closedOn"], &few["results"]), (&json!("2026-11-23"), &Value::Null), "four are too few");
        app.browser().get(&path).await.with(StatusCode::NOT_FOUND);
        app.browser().get("/feedback/BCDFGHJK").await.with(StatusCode::NOT_FOUND);

        let wave = opened(&app, &led).await;
        let path = format!("/feedback/{}", wave["code"].as_str().unwrap());
        for heard in ["1", "5", "5", "5", "4"] {
            answers(&app, &path, &[("heard", heard), ("recommends", "3")]).await;
        }
        let answer = led.kaisa.ask(&app, seen, json!({ "id": led.id })).await;
        assert_eq!(answer.data()["course"]["feedback"][1]["results"], Value::Null, "while it is open nothing is told");
        let told = closed(&app, &led, &wave).await;
        assert_eq!(told["results"], json!({ "answers": 5, "heard": 4.0, "safe": null, "useful": null, "recommends": 3.0 }));

        // An answer knows its wave and nothing else.
        assert_eq!(app.rows(&["course_feedback_answers"]).await.len(), 9);
        let table = include_str!("../../migration/src/sql/course_feedback.sql").split("TABLE course_feedback_answers (").nth(1).unwrap();
        let table = table.split(");").next().unwrap();
        for foreign in ["people", "{at}", "{date}", "{serial}"] {
            assert!(!table.contains(foreign), "{foreign}: {table}");
        }
        let logged = app.read_sql("SELECT count(*) FROM changes WHERE object_id IN (SELECT id FROM course_feedback_answers)").await;
        assert_eq!(logged, "0");
    }
}

on_both! {
    async fn feedback_is_checked_and_one_round_is_open_at_a_time(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({})).await;
        let wave = opened(&app, &led).await;
        let input = json!({ "courseId": led.id });
        let answer = led.ossi.does(&app, "courseFeedbackOpen", RESULTS, input).await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
        let path = format!("/feedback/{}", wave["code"].as_str().unwrap());
        let mut browser = app.browser();
        let page = browser.get(&path).await;
        for told in [&[][..], &[("heard", "6")][..], &[("heard", "0")][..]] {
            browser.fill(&path, &page, told).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        }
        browser.post(&path, &[("heard", "3")]).await.with(StatusCode::NOT_FOUND);
        for _ in 0..40 {
            answers(&app, &path, &[("useful", "5")]).await;
        }
        let page = browser.get(&path).await;
        browser.fill(&path, &page, &[("useful", "5")]).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(app.read_sql("SELECT count(*) FROM course_feedback_answers").await, "40");
    }
}
