//! Courses for peer guides: planning, sessions, who takes part, who was there, and how it ends.

mod attendance;
mod bad_input;
mod calendar_mails;
mod costs;
mod feedback;
mod feeds;
mod figures;
mod notices;
mod sight;

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::courses::details;
use crate::support::matching::World;
use crate::support::{Actor, App};

async fn plan(app: &App, who: &Actor, starts_on: &str) -> Value {
    let query =
        "query($on: Date!) { coursePlan(startsOn: $on, startsAt: \"12:00\", lunchMinutes: 45) {
        sessions { no on startsAt begins } skipped { on why } grossMinutes netMinutes } }";
    let answer = who.ask(app, query, json!({ "on": starts_on })).await;
    answer.data()["coursePlan"].clone()
}

fn all<'a>(rows: &'a Value, field: &str) -> Vec<&'a Value> {
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| &row[field])
        .collect()
}

on_both! {
    async fn a_plan_across_ascension_day_is_shown_before_it_is_kept_and_kept_as_shown(app: App) {
        app.on_day("2026-03-02");
        let world = World::new(&app).await;
        let shown = plan(&app, &world.kaisa, "2026-04-09").await;
        let days = ["2026-04-09", "2026-04-16", "2026-04-23", "2026-04-30", "2026-05-07", "2026-05-21", "2026-05-28", "2026-06-04"];
        assert_eq!(all(&shown["sessions"], "on"), days);
        assert_eq!(shown["skipped"], json!([{ "on": "2026-05-14", "why": "ASCENSION_DAY" }]));
        assert_eq!((&shown["grossMinutes"], &shown["netMinutes"]), (&json!(1920), &json!(1560)));
        assert_eq!(app.read_sql("SELECT count(*) FROM courses").await, "0", "only shown");

        let led = app.led_course(&world.kaisa, "2026-04-09", json!({})).await;
        let kept = led.seen_by(&app, &world.kaisa).await;
        assert_eq!(all(&kept["sessions"], "on"), days);
        assert_eq!(all(&kept["sessions"], "no"), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(kept["skipped"], shown["skipped"]);
        assert_eq!(kept["netMinutes"], 1560);
        assert_eq!(kept["goals"], json!(["COMMITMENT", "SELF_WORTH"]));
    }
}

on_both! {
    async fn sessions_keep_their_time_of_day_over_both_changes_of_the_clock(app: App) {
        let world = World::new(&app).await;
        for (starts_on, before, after) in [("2027-03-04", "10:00", "09:00"), ("2027-10-07", "09:00", "10:00")] {
            let shown = plan(&app, &world.kaisa, starts_on).await;
            let sessions = shown["sessions"].as_array().unwrap();
            assert!(sessions.iter().all(|it| it["startsAt"] == "12:00"));
            let utc = |at: usize| sessions[at]["begins"].as_str().unwrap()[11..16].to_owned();
            assert_eq!((utc(0), utc(7)), (before.to_owned(), after.to_owned()), "{starts_on}");
        }
    }
}

on_both! {
    async fn two_professionals_are_warned_for_and_needed_before_a_session_is_recorded(app: App) {
        let world = World::new(&app).await;
        let ossi = app.person("Ossi", world.association, Role::Facilitator).await;
        let outi = app.person("Outi", world.association, Role::Facilitator).await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        let course = app.course(&world.kaisa, "2026-11-05", json!({})).await;
        let assign = async |version: i32, who: &Actor, kind: &str| {
            let input = json!({ "courseId": course, "version": version, "personId": who.node(), "kind": kind });
            world.kaisa.does(&app, "courseFacilitatorAssign", "course { warnings }", input).await
        };
        let warned = assign(1, &ossi, "PROFESSIONAL").await;
        assert_eq!(warned.done()["course"]["warnings"], json!(["TOO_FEW_PROFESSIONALS"]));
        let warned = assign(2, &venla, "ASSISTANT").await;
        assert_eq!(warned.done()["course"]["warnings"], json!(["TOO_FEW_PROFESSIONALS", "ASSISTANT_NOT_GRADUATE"]));
        let answer = assign(3, &venla, "PROFESSIONAL").await;
        assert_eq!(answer.user_errors(), ["personId NOT_A_FACILITATOR_THERE"]);

        let input = json!({ "courseId": course, "version": 3 });
        world.kaisa.does(&app, "courseOpen", "course { status }", input).await.done();
        let led = crate::support::courses::Led { id: course.clone(), kaisa: world.kaisa.clone(), ossi: ossi.clone(), outi: outi.clone() };
        let aino = led.enrol(&app, "Aino Osallistuja").await;
        let mut input = led.session(&app, 0).await;
        input["marks"] = crate::support::courses::marks_of(&[(&aino, "PRESENT")]);
        let act = "courseSessionRecordAttendance";
        let answer = ossi.does(&app, act, "courseSession { status }", input.clone()).await;
        assert_eq!(answer.user_errors(), ["- TOO_FEW_PROFESSIONALS"]);
        assign(4, &outi, "PROFESSIONAL").await.done();
        input["idempotencyKey"] = json!(app.key());
        let answer = outi.does(&app, act, "courseSession { status }", input).await;
        assert_eq!(answer.done()["courseSession"]["status"], "HELD");

        // Removed, Venla no longer assists; whoever has graduated is no warning.
        let input = json!({ "courseId": course, "version": 5, "personId": venla.node() });
        let answer = world.kaisa.does(&app, "courseFacilitatorRemove", "course { warnings status }", input).await;
        assert_eq!(answer.done()["course"], json!({ "warnings": [], "status": "RUNNING" }));
    }
}

on_both! {
    async fn sessions_are_moved_cancelled_and_made_up_one_by_one(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let mut input = led.session(&app, 4).await;
        input["on"] = json!("2026-12-04");
        input["startsAt"] = json!("16:30");
        let session = "courseSession { id no on startsAt status isMadeUp version }";
        let moved = led.ossi.does(&app, "courseSessionMove", session, input).await;
        let moved = moved.done()["courseSession"].clone();
        assert_eq!((&moved["status"], &moved["startsAt"], &moved["no"]), (&json!("MOVED"), &json!("16:30"), &json!(5)));
        let days = |sessions: &[Value]| -> Vec<String> { sessions.iter().map(|it| it["on"].as_str().unwrap()[5..].to_owned()).collect() };
        assert_eq!(days(&led.sessions(&app).await), ["11-05", "11-12", "11-19", "11-26", "12-04", "12-10", "12-17", "12-31"]);

        // Two sessions on one day would be one.
        let mut input = json!({ "courseSessionId": moved["id"], "version": 2, "on": "2026-12-10", "startsAt": "16:30" });
        let answer = led.ossi.does(&app, "courseSessionMove", session, input.clone()).await;
        assert_eq!(answer.user_errors(), ["on DAY_TAKEN"]);
        // Moved back it is as it was planned.
        input["on"] = json!("2026-12-03");
        input["startsAt"] = json!("12:00");
        let back = led.ossi.does(&app, "courseSessionMove", session, input).await;
        assert_eq!(back.done()["courseSession"]["status"], "SCHEDULED");

        let cancel = json!({ "courseSessionId": moved["id"], "version": 3 });
        let cancelled = led.outi.does(&app, "courseSessionCancel", session, cancel).await;
        assert_eq!(cancelled.done()["courseSession"]["status"], "CANCELLED");
        let instead = json!({ "courseSessionId": moved["id"], "version": 4, "on": "2027-01-07", "startsAt": "12:00" });
        let made_up = led.outi.does(&app, "courseSessionMakeUp", session, instead.clone()).await;
        let made_up = made_up.done()["courseSession"].clone();
        assert_eq!((&made_up["no"], &made_up["isMadeUp"], &made_up["status"]), (&json!(5), &json!(true), &json!("SCHEDULED")));
        assert_eq!(led.sessions(&app).await.len(), 9, "the cancelled one is shown too");
        let mut again = instead;
        again["version"] = json!(5);
        for (act, mut input) in [("courseSessionReinstate", json!({ "courseSessionId": moved["id"], "version": 5 })), ("courseSessionMakeUp", again)] {
            input["idempotencyKey"] = json!(app.key());
            let answer = led.ossi.does(&app, act, session, input).await;
            assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"], "{act}");
        }
        // The one that made up is cancelled; then the first can take place after all.
        let off = json!({ "courseSessionId": made_up["id"], "version": 1 });
        led.ossi.does(&app, "courseSessionCancel", session, off).await.done();
        let on = json!({ "courseSessionId": moved["id"], "version": 5 });
        let back = led.ossi.does(&app, "courseSessionReinstate", session, on).await;
        assert_eq!(back.done()["courseSession"]["status"], "SCHEDULED");
    }
}

on_both! {
    async fn whoever_comes_after_the_last_place_waits_until_one_is_free(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({ "participantLimit": 2 })).await;
        let mut ids = Vec::new();
        for name in ["Aino", "Bea", "Cilla"] {
            ids.push(led.enrol(&app, name).await);
        }
        let seen = led.seen_by(&app, &led.ossi).await;
        assert_eq!(all(&seen["enrolments"], "status"), ["ENROLLED", "ENROLLED", "APPLIED"]);
        let object = "enrolment { status version }";
        let waiting = json!({ "enrolmentId": ids[2], "version": 1 });
        let answer = led.ossi.does(&app, "enrolmentAccept", object, waiting.clone()).await;
        assert_eq!(answer.user_errors(), ["- NO_FREE_PLACE"]);
        let off = json!({ "enrolmentId": ids[0], "version": 1 });
        led.ossi.does(&app, "enrolmentCancel", object, off).await.done();
        let answer = led.ossi.does(&app, "enrolmentAccept", object, waiting).await;
        assert_eq!(answer.done()["enrolment"], json!({ "status": "ENROLLED", "version": 2 }));
    }
}

on_both! {
    async fn graduation_is_a_decision_after_the_last_session_and_can_be_taken_back(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({})).await;
        let (aino, bea) = (led.enrol(&app, "Aino").await, led.enrol(&app, "Bea").await);
        for at in 0..7 {
            led.records(&app, at, &[(&aino, "PRESENT"), (&bea, "ABSENT")]).await;
        }
        let object = "enrolment { status decidedOn nextSteps version }";
        let graduate = json!({ "enrolmentId": aino, "version": 1, "on": "2026-11-23", "nextSteps": ["VOLUNTEER", "STUDY"] });
        let answer = led.ossi.does(&app, "enrolmentGraduate", object, graduate.clone()).await;
        assert_eq!(answer.user_errors(), ["- LAST_SESSION_TO_COME"]);
        led.records(&app, 7, &[(&aino, "EXCUSED"), (&bea, "ABSENT")]).await;
        let answer = led.ossi.does(&app, "enrolmentGraduate", object, graduate).await;
        assert_eq!(answer.done()["enrolment"], json!({ "status": "GRADUATED", "decidedOn": "2026-11-23", "nextSteps": ["STUDY", "VOLUNTEER"], "version": 2 }));
        // Attendance alone decides nothing: Bea stands as she did.
        let seen = led.seen_by(&app, &led.ossi).await;
        assert_eq!((&seen["status"], &seen["enrolments"][1]["status"]), (&json!("FINISHED"), &json!("ENROLLED")));
        let end = json!({ "enrolmentId": bea, "version": 1, "on": "2026-11-23", "ending": "NO_SHOW" });
        let answer = led.ossi.does(&app, "enrolmentEnd", object, end).await;
        assert_eq!(answer.done()["enrolment"]["status"], "NO_SHOW");

        let mut input = led.session(&app, 7).await;
        input["marks"] = crate::support::courses::marks_of(&[(&aino, "NOT_RECORDED"), (&bea, "NOT_RECORDED")]);
        let answer = led.ossi.does(&app, "courseSessionRecordAttendance", "courseSession { id }", input).await;
        assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"], "somebody has graduated on it");
        let back = json!({ "enrolmentId": aino, "version": 2 });
        let answer = led.ossi.does(&app, "enrolmentDecisionCancel", object, back).await;
        assert_eq!(answer.done()["enrolment"], json!({ "status": "ENROLLED", "decidedOn": null, "nextSteps": [], "version": 3 }));
    }
}

on_both! {
    async fn taking_part_asks_for_no_substance_free_time_and_costs_nothing(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        led.enrol_person(&app, &venla).await;
        assert_eq!(app.read_sql("SELECT count(*) FROM support_person_acts").await, "0");
        let db = app.db().await;
        let fee = sea_orm::ConnectionTrait::execute_unprepared(&db, "UPDATE courses SET participant_fee = 5").await;
        assert!(fee.is_err_and(|fault| fault.to_string().contains("courses_free")));
        db.close().await.unwrap();
    }
}

on_both! {
    async fn a_course_is_opened_cancelled_and_put_right(app: App) {
        let world = World::new(&app).await;
        let course = app.course(&world.kaisa, "2026-12-03", json!({})).await;
        let object = "course { status version name unit participantLimit goals organisers { kind organisation { id } } }";
        let act = async |act: &str, version: i32| {
            let input = json!({ "courseId": course, "version": version });
            world.kaisa.does(&app, act, object, input).await
        };
        assert_eq!(act("courseOpen", 1).await.done()["course"]["status"], "OPEN");
        assert_eq!(act("courseOpen", 2).await.user_errors(), ["- WRONG_STATE"]);
        assert_eq!(act("courseOpenCancel", 2).await.done()["course"]["status"], "PLANNED");
        assert_eq!(act("courseCancel", 3).await.done()["course"]["status"], "CANCELLED");
        assert_eq!(act("courseReinstate", 3).await.codes(), ["CONFLICT"]);
        assert_eq!(act("courseReinstate", 4).await.done()["course"]["status"], "PLANNED");
        let told = details(json!({ "name": "Talven ryhmä", "unit": null, "participantLimit": 12, "goals": ["INFLUENCE"],
            "organiserIds": [world.service.encode()] }));
        let input = json!({ "courseId": course, "version": 5, "details": told });
        let answer = world.kaisa.does(&app, "courseCorrect", object, input).await;
        let told = answer.done()["course"].clone();
        assert_eq!(told, json!({ "status": "PLANNED", "version": 6, "name": "Talven ryhmä", "unit": null, "participantLimit": 12,
            "goals": ["INFLUENCE"], "organisers": [{ "kind": "ORGANISER", "organisation": { "id": world.service.encode() } }] }));
    }
}
