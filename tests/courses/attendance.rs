//! Who was there: recorded in one act, by two at once, and what it comes to.

use serde_json::json;

use crate::on_both;
use crate::support::courses::{PAGE, marks_of};
use crate::support::matching::World;

const ACT: &str = "courseSessionRecordAttendance";
const OBJECT: &str = "courseSession { status version }";

on_both! {
    async fn two_facilitators_who_record_the_same_session_at_once_lose_nothing(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let mut ids = Vec::new();
        for name in ["Aino", "Bea", "Cilla", "Daniela"] {
            ids.push(led.enrol(&app, name).await);
        }
        // Both have the same page before them.
        let seen = led.session(&app, 0).await;
        let sends = |marks: &[(&str, &str)]| {
            let mut input = seen.clone();
            input["marks"] = marks_of(marks);
            input
        };
        let (one, other) = (
            sends(&[(&ids[0], "PRESENT"), (&ids[1], "ABSENT")]),
            sends(&[(&ids[1], "ABSENT"), (&ids[2], "PARTLY")]),
        );
        let (first, second) = tokio::join!(led.ossi.does(&app, ACT, OBJECT, one), led.outi.does(&app, ACT, OBJECT, other));
        assert_eq!((&first.done()["courseSession"]["status"], &second.done()["courseSession"]["status"]), (&json!("HELD"), &json!("HELD")));
        let marks = async || {
            let seen = led.seen_by(&app, &led.ossi).await;
            let rows = seen["enrolments"].as_array().unwrap().clone();
            rows.iter().map(|row| row["attendance"][0]["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marks().await, ["PRESENT", "ABSENT", "PARTLY", "NOT_RECORDED"]);

        // Where they say otherwise of the same person, the second hears of it and nothing of either is lost.
        let contradicts = sends(&[(&ids[0], "ABSENT"), (&ids[3], "PRESENT")]);
        let answer = led.outi.does(&app, ACT, OBJECT, contradicts).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
        assert_eq!(marks().await, ["PRESENT", "ABSENT", "PARTLY", "NOT_RECORDED"]);
        // On what stands now it is a correction; the former mark stays, cancelled.
        let mut corrects = led.session(&app, 0).await;
        corrects["marks"] = marks_of(&[(&ids[0], "ABSENT"), (&ids[3], "PRESENT")]);
        led.outi.does(&app, ACT, OBJECT, corrects).await.done();
        assert_eq!(marks().await, ["ABSENT", "ABSENT", "PARTLY", "PRESENT"]);
        assert_eq!(app.read_sql("SELECT count(*) FROM attendances WHERE cancelled_at IS NOT NULL").await, "1");
    }
}

on_both! {
    async fn marks_that_are_all_taken_back_leave_a_session_that_was_not_held(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let aino = led.enrol(&app, "Aino").await;
        assert_eq!(led.records(&app, 0, &[(&aino, "PRESENT")]).await["status"], "HELD");
        assert_eq!(led.seen_by(&app, &led.ossi).await["status"], "RUNNING");
        let taken = led.records(&app, 0, &[(&aino, "NOT_RECORDED")]).await;
        assert_eq!(taken["status"], "SCHEDULED");
        assert_eq!(led.seen_by(&app, &led.ossi).await["status"], "OPEN");
    }
}

on_both! {
    async fn a_session_to_come_or_cancelled_is_not_recorded_nor_somebody_without_a_place(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({ "participantLimit": 1 })).await;
        let (aino, bea) = (led.enrol(&app, "Aino").await, led.enrol(&app, "Bea").await);
        let other = app.led_course(&world.kaisa, "2026-11-06", json!({})).await;
        let cilla = other.enrol(&app, "Cilla").await;
        let record = async |at: usize, marks: &[(&str, &str)]| {
            let mut input = led.session(&app, at).await;
            input["marks"] = marks_of(marks);
            led.ossi.does(&app, ACT, OBJECT, input).await
        };
        assert_eq!(record(3, &[(&aino, "PRESENT")]).await.user_errors(), ["- DATE_IN_FUTURE"]);
        assert_eq!(record(0, &[(&bea, "PRESENT")]).await.user_errors(), ["marks WRONG_STATE"]);
        assert_eq!(record(0, &[(&cilla, "PRESENT"), (&bea, "PRESENT")]).await.user_errors(), ["marks UNKNOWN", "marks WRONG_STATE"]);
        assert_eq!(record(0, &[]).await.user_errors(), ["marks EMPTY"]);
        assert_eq!(record(0, &[(&aino, "PRESENT"), (&aino, "ABSENT")]).await.user_errors(), ["marks SAME_TWICE"]);
        let cancel = led.session(&app, 1).await;
        led.ossi.does(&app, "courseSessionCancel", OBJECT, cancel).await.done();
        assert_eq!(record(1, &[(&aino, "PRESENT")]).await.user_errors(), ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn attendance_and_commitment_are_shown_and_two_absences_in_a_row_to_the_facilitators_alone(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-10-15", json!({})).await;
        let (aino, bea) = (led.enrol(&app, "Aino").await, led.enrol(&app, "Bea").await);
        for (at, (one, other)) in [("PRESENT", "PRESENT"), ("PARTLY", "PRESENT"), ("EXCUSED", "ABSENT"), ("ABSENT", "ABSENT")].into_iter().enumerate() {
            led.records(&app, at, &[(&aino, one), (&bea, other)]).await;
        }
        let seen = led.seen_by(&app, &led.ossi).await;
        let rows = &seen["enrolments"];
        assert_eq!(rows[0]["attendanceRate"], json!({ "ofHeld": 0.5, "ofAll": 0.25 }));
        assert_eq!(rows[0]["commitmentRate"], json!({ "ofHeld": 0.75, "ofAll": 0.375 }));
        assert_eq!((&rows[0]["hasMissedTwice"], &rows[1]["hasMissedTwice"]), (&json!(false), &json!(true)));
        let seen = led.seen_by(&app, &world.kaisa).await;
        assert_eq!(seen["enrolments"][1]["hasMissedTwice"], json!(null), "no sign for the coordinator");
        assert_eq!(seen["enrolments"][1]["attendanceRate"], json!({ "ofHeld": 0.5, "ofAll": 0.25 }));
    }
}

on_both! {
    async fn a_course_of_twelve_by_eight_takes_one_statement_a_level(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({})).await;
        let mut ids = vec![led.enrol(&app, "Aino").await];
        led.records(&app, 0, &[(&ids[0], "PRESENT")]).await;
        let small = led.ossi.ask(&app, PAGE, json!({ "id": led.id })).await;
        for n in 1..12_u8 {
            ids.push(led.enrol(&app, &format!("Osallistuja {}", char::from(b'a' + n))).await);
        }
        for at in 0..8 {
            let marks: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), if at == 0 { "PRESENT" } else { "PARTLY" })).collect();
            led.records(&app, at, &marks).await;
        }
        let whole = led.ossi.ask(&app, PAGE, json!({ "id": led.id })).await;
        let rows = whole.data()["course"]["enrolments"].as_array().unwrap().clone();
        assert_eq!(rows.len(), 12);
        assert!(rows.iter().all(|row| row["attendance"].as_array().unwrap().len() == 8));
        assert_eq!(whole.statements.len(), small.statements.len(), "{:#?}", whole.statements);
        // The sign-in; the course; goals, facilitators with their names, sessions, enrolments, figures; of the enrolments
        // the cells and next steps; the log, which SQLite takes two statements for.
        let log = if app.database.kind == crate::support::databases::Kind::Sqlite { 2 } else { 1 };
        assert_eq!(whole.statements.len(), 10 + log, "{:#?}", whole.statements);
    }
}
