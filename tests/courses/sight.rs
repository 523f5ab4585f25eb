//! Who sees what of a course, in pages and by name.

use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::courses::PAGE;
use crate::support::matching::World;

on_both! {
    async fn a_facilitator_reaches_the_courses_that_they_lead_and_nothing_else(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let other = app.led_course(&world.kaisa, "2026-11-06", json!({})).await;
        led.enrol(&app, "Aino Osallistuja").await;
        let seen = led.seen_by(&app, &led.ossi).await;
        assert_eq!(seen["enrolments"][0]["name"], "Aino Osallistuja");
        assert!(seen["facilitators"][1]["person"]["name"].as_str().unwrap().starts_with("Outi"), "whoever leads it with them");
        assert_eq!(led.seen_by(&app, &other.ossi).await, Value::Null);
        let courses = "{ courses(filter: { mine: true }) { totalCount nodes { id } } }";
        let answer = other.ossi.ask(&app, courses, json!({})).await;
        assert_eq!(answer.data()["courses"], json!({ "totalCount": 1, "nodes": [{ "id": other.id }] }));
        // Whoever leads it no longer sees it no longer.
        let input = json!({ "courseId": led.id, "version": 4, "personId": led.ossi.node() });
        world.kaisa.does(&app, "courseFacilitatorRemove", "course { id }", input).await.done();
        assert_eq!(led.seen_by(&app, &led.ossi).await, Value::Null);
        assert_ne!(led.seen_by(&app, &led.outi).await, Value::Null);
    }
}

on_both! {
    async fn participants_see_their_own_part_and_nobody_elses(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        let vesa = app.person("Vesa", world.association, Role::PeerGuide).await;
        let (own, others) = (led.enrol_person(&app, &venla).await, led.enrol_person(&app, &vesa).await);
        led.records(&app, 0, &[(&own, "PRESENT"), (&others, "ABSENT")]).await;
        let query = "{ myEnrolments { id courseName status wantsReminders version attendance { status session { no on } } attendanceRate { ofHeld ofAll } } }";
        let answer = venla.ask(&app, query, json!({})).await;
        let mine = answer.data()["myEnrolments"].as_array().unwrap().clone();
        assert_eq!(mine.len(), 1);
        assert_eq!((&mine[0]["id"], &mine[0]["courseName"]), (&json!(own), &json!("Syksyn ryhmä")));
        assert_eq!(mine[0]["attendance"][0], json!({ "status": "PRESENT", "session": { "no": 1, "on": "2026-11-05" } }));
        assert_eq!(mine[0]["attendance"].as_array().unwrap().len(), 8);
        assert_eq!(mine[0]["attendanceRate"], json!({ "ofHeld": 1.0, "ofAll": 0.125 }));
        let answer = venla.ask(&app, PAGE, json!({ "id": led.id })).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "the course is for those who lead it");
        let choose = |id: &str| json!({ "enrolmentId": id, "version": 1, "wantsReminders": false });
        let act = "enrolmentChooseReminders";
        let answer = venla.does(&app, act, "ownEnrolment { wantsReminders }", choose(&others)).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
        let answer = venla.does(&app, act, "ownEnrolment { wantsReminders version }", choose(&own)).await;
        assert_eq!(answer.done()["ownEnrolment"], json!({ "wantsReminders": false, "version": 2 }));
        let answer = led.ossi.ask(&app, "{ myEnrolments { id } }", json!({})).await;
        assert_eq!(answer.data()["myEnrolments"], json!([]));
    }
}

on_both! {
    async fn a_coordinators_courses_come_in_pages_the_latest_first(app: App) {
        let world = World::new(&app).await;
        let mut ids = Vec::new();
        for starts_on in ["2026-12-03", "2026-09-03", "2026-12-03", "2027-01-14", "2026-10-01"] {
            ids.push(app.course(&world.kaisa, starts_on, json!({})).await);
        }
        let query = "query($after: String) { courses(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id } } }";
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let answer = world.kaisa.ask(&app, query, json!({ "after": after })).await;
            let page = &answer.data()["courses"];
            assert_eq!(page["totalCount"], 5);
            let nodes = page["nodes"].as_array().unwrap();
            seen.extend(nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, [&ids[3], &ids[2], &ids[0], &ids[4], &ids[1]].map(String::clone));
        let other = World::named(&app, "toinen").await;
        let answer = other.kaisa.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["courses"]["totalCount"], 0);
    }
}

on_both! {
    async fn names_in_a_course_are_sealed_as_peoples_are(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let part = led.enrol(&app, "Qvintessa Osallistuja").await;
        let raw = app.raw(&["enrolments", "idempotency_keys", "changes"]).await;
        assert!(!raw.windows(9).any(|it| it == b"Qvintessa"), "the name can be read in the database");
        let mut input = led.part(&app, &part).await;
        input["name"] = json!("kettu 7");
        input["isPseudonym"] = json!(true);
        let answer = led.outi.does(&app, "enrolmentCorrect", "enrolment { name isPseudonym }", input).await;
        assert_eq!(answer.done()["enrolment"], json!({ "name": "kettu 7", "isPseudonym": true }));
        // Of a person of the register, the person's own name is read.
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        led.enrol_person(&app, &venla).await;
        let seen = led.seen_by(&app, &led.ossi).await;
        assert_eq!(seen["enrolments"][1]["name"], "Venla Vertainen");
    }
}
