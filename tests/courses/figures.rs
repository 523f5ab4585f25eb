//! The four courses of the source: 41 took part, 28 graduated.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::courses::Led;
use crate::support::matching::World;

/// How many took part in each of the four, and how many of them graduated. The source gives the sums alone; how they
/// were spread over the courses is invented.
const COURSES: [(usize, usize); 4] = [(11, 8), (10, 7), (9, 6), (11, 7)];

/// A finished course; one more was on the list and never came.
async fn finished(
    app: &App,
    world: &World,
    starts_on: &str,
    (took_part, graduated): (usize, usize),
) -> Led {
    let led = app.led_course(&world.kaisa, starts_on, json!({})).await;
    let mut ids = Vec::new();
    for n in 0..=took_part {
        let input =
            json!({ "courseId": led.id, "name": format!("nimimerkki {n}"), "isPseudonym": true });
        let answer = led
            .ossi
            .does(app, "enrolmentAdd", "enrolment { id }", input)
            .await;
        ids.push(
            answer.done()["enrolment"]["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let (came, never) = ids.split_at(took_part);
    let marks: Vec<(&str, &str)> = came
        .iter()
        .map(|id| (id.as_str(), "PRESENT"))
        .chain([(never[0].as_str(), "ABSENT")])
        .collect();
    led.records_all(app, &marks).await;
    for (n, id) in ids.iter().enumerate() {
        let mut input = json!({ "enrolmentId": id, "version": 1, "on": "2026-11-23" });
        let act = match n {
            n if n < graduated => "enrolmentGraduate",
            n => {
                input["ending"] = json!(if n < took_part {
                    "INTERRUPTED"
                } else {
                    "NO_SHOW"
                });
                "enrolmentEnd"
            }
        };
        led.outi
            .does(app, act, "enrolment { id }", input)
            .await
            .done();
    }
    led
}

on_both! {
    async fn of_the_four_courses_of_the_source_the_figures_come_out(app: App) {
        let world = World::new(&app).await;
        let first_days = ["2025-01-09", "2025-09-04", "2026-01-15", "2026-08-06"];
        let mut courses = Vec::new();
        for (first, numbers) in first_days.into_iter().zip(COURSES) {
            courses.push(finished(&app, &world, first, numbers).await);
        }
        // Neither one that is only planned nor another association's counts.
        app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let other = World::named(&app, "toinen").await;
        finished(&app, &other, "2026-08-06", (1, 1)).await;

        let query = "query($filter: CourseFilter) { courseFigures(filter: $filter) { courses enrolled persons graduated notGraduated completion meanEnrolled } }";
        let figures = async |filter: Value| {
            let answer = world.kaisa.ask(&app, query, json!({ "filter": filter })).await;
            answer.data()["courseFigures"].clone()
        };
        let four = figures(json!({ "status": "FINISHED" })).await;
        assert_eq!(four, json!({ "courses": 4, "enrolled": 41, "persons": 41, "graduated": 28, "notGraduated": 13,
            "completion": 0.6829, "meanEnrolled": 10.25 }));
        let latest = figures(json!({ "from": "2026-08-01", "to": "2026-08-31" })).await;
        assert_eq!((&latest["enrolled"], &latest["graduated"]), (&json!(11), &json!(7)));
        let seen = courses[0].seen_by(&app, &courses[0].ossi).await;
        assert_eq!(seen["figures"], json!({ "enrolled": 11, "graduated": 8, "notGraduated": 3, "completion": 0.7273 }));
    }
}

on_both! {
    async fn somebody_who_takes_part_twice_is_two_enrolments_and_one_person(app: App) {
        let world = World::new(&app).await;
        let venla = app.person("Venla", world.association, rinnalla_domain::states::Role::PeerGuide).await;
        for starts_on in ["2026-01-15", "2026-08-06"] {
            let led = app.led_course(&world.kaisa, starts_on, json!({})).await;
            let part = led.enrol_person(&app, &venla).await;
            led.records(&app, 0, &[(&part, "PARTLY")]).await;
        }
        let query = "{ courseFigures { courses enrolled persons } }";
        let answer = world.kaisa.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["courseFigures"], json!({ "courses": 2, "enrolled": 2, "persons": 1 }));
    }
}
