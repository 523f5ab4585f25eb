//! What courses teach, in versions: workshops, the courses that follow, and what they do otherwise.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::courses::{Led, details};
use crate::support::matching::World;
use crate::support::{Actor, App};

const SEEN: &str = "curriculum { id name no courses version workshopsMissing sessions { no theme methods materials }
    workshops { id on professionals developers changed } }";

/// Eight sessions, the first with these words.
fn sessions(theme: &str) -> Value {
    let session = |no: usize| {
        json!({ "theme": if no == 0 { theme.to_owned() } else { format!("Aihe {no}") },
        "methods": "Keskustelu", "materials": "Kortit" })
    };
    (0..8).map(session).collect()
}

async fn create(app: &App, kaisa: &Actor, theme: &str) -> Value {
    let input = json!({ "organisationId": kaisa.organisation.encode(), "name": "Kurssirunko", "sessions": sessions(theme) });
    let answer = kaisa.does(app, "curriculumCreate", SEEN, input).await;
    answer.done()["curriculum"].clone()
}

fn workshop(of: &Value, version: i32, on: &str) -> Value {
    json!({ "curriculumId": of["id"], "version": version, "on": on, "professionals": 2, "developers": 5,
        "changed": "Lisättiin retki" })
}

/// Plans a course that follows a curriculum.
async fn plan(app: &App, kaisa: &Actor, curriculum: &Value, otherwise: Value) -> Value {
    let input = json!({ "organisationId": kaisa.organisation.encode(), "startsOn": "2027-01-14", "startsAt": "12:00",
        "curriculumId": curriculum["id"], "details": details(otherwise) });
    let seen = "course { id sessions { id version no theme methods materials } curriculum { no } }";
    let answer = kaisa.does(app, "courseCreate", seen, input).await;
    answer.done()["course"].clone()
}

/// What a course has changed, as somebody sees it.
async fn changes(app: &App, who: &Actor, course: &Value) -> Value {
    let query = "query($id: ID!) { course(id: $id) { changes { courseSessionId no theme methods reason recordedAt } } }";
    let answer = who.ask(app, query, json!({ "id": course["id"] })).await;
    answer.data()["course"]["changes"].clone()
}

on_both! {
    async fn three_workshops_work_a_version_out_and_one_recorded_in_error_stays_cancelled(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let mut seen = create(&app, kaisa, "Kuka olen").await;
        assert_eq!((&seen["no"], &seen["workshopsMissing"]), (&json!(1), &json!(3)));
        for (version, on) in [(1, "2026-10-01"), (2, "2026-09-01"), (3, "2026-11-23")] {
            let act = "curriculumWorkshopAdd";
            seen = kaisa.does(&app, act, SEEN, workshop(&seen, version, on)).await.done()["curriculum"].clone();
        }
        let days: Vec<&Value> = seen["workshops"].as_array().unwrap().iter().map(|it| &it["on"]).collect();
        assert_eq!(days, ["2026-09-01", "2026-10-01", "2026-11-23"]);
        assert_eq!(seen["workshops"][0]["developers"], 5);
        assert_eq!((&seen["workshopsMissing"], &seen["version"]), (&json!(0), &json!(4)));

        let cancel = |version| json!({ "curriculumId": seen["id"], "version": version, "curriculumWorkshopId": seen["workshops"][1]["id"] });
        let answer = kaisa.does(&app, "curriculumWorkshopCancel", SEEN, cancel(4)).await;
        let left = &answer.done()["curriculum"];
        assert_eq!((left["workshops"].as_array().unwrap().len(), &left["workshopsMissing"]), (2, &json!(1)));
        assert_eq!(app.read_sql("SELECT count(*) FROM curriculum_workshops").await, "3", "the wrong one stays, cancelled");
        let answer = kaisa.does(&app, "curriculumWorkshopCancel", SEEN, cancel(5)).await;
        assert_eq!(answer.user_errors(), ["curriculumWorkshopId UNKNOWN"]);
    }
}

on_both! {
    async fn a_course_takes_its_words_from_a_version_which_is_changed_no_more(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let first = create(&app, kaisa, "Kuka olen").await;
        let correct = |version, theme| json!({ "curriculumId": first["id"], "version": version, "sessions": sessions(theme) });
        let answer = kaisa.does(&app, "curriculumCorrect", SEEN, correct(1, "Kuka minä olen")).await;
        assert_eq!(answer.done()["curriculum"]["sessions"][0]["theme"], "Kuka minä olen");

        let course = plan(&app, kaisa, &first, json!({})).await;
        assert_eq!(course["curriculum"]["no"], 1);
        let told = course["sessions"].as_array().unwrap();
        assert_eq!(told.len(), 8);
        assert_eq!((&told[0]["theme"], &told[7]["theme"]), (&json!("Kuka minä olen"), &json!("Aihe 7")));
        assert_eq!((&told[3]["methods"], &told[3]["materials"]), (&json!("Keskustelu"), &json!("Kortit")));

        let answer = kaisa.does(&app, "curriculumCorrect", SEEN, correct(2, "Toinen")).await;
        assert_eq!(answer.user_errors(), ["- CURRICULUM_IN_USE"]);
        let next = create(&app, kaisa, "Toinen").await;
        assert_eq!(next["no"], 2, "the next version has the next number");
        let kept = kaisa.ask(&app, "{ curricula { no courses sessions { theme } } }", json!({})).await;
        let kept = &kept.data()["curricula"];
        assert_eq!((&kept[0]["no"], &kept[0]["courses"]), (&json!(2), &json!(0)), "the latest first");
        assert_eq!((&kept[1]["courses"], &kept[1]["sessions"][0]["theme"]), (&json!(1), &json!("Kuka minä olen")));

        // Another association's cannot be followed, nor seen.
        let stranger = World::named(&app, "Vieras").await;
        let theirs = create(&app, &stranger.kaisa, "Vieras").await;
        let input = json!({ "organisationId": kaisa.organisation.encode(), "startsOn": "2027-01-14", "startsAt": "12:00",
            "curriculumId": theirs["id"], "details": details(json!({ "name": "" })) });
        let answer = kaisa.does(&app, "courseCreate", "course { id }", input).await;
        assert_eq!(answer.user_errors(), ["curriculumId UNKNOWN", "name EMPTY"]);
        assert_eq!(app.read_sql("SELECT count(*) FROM courses").await, "1");
        let answer = kaisa.does(&app, "curriculumWorkshopAdd", SEEN, workshop(&theirs, 1, "2026-10-01")).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
        let query = "query($id: ID!) { curriculum(id: $id) { id } }";
        assert_eq!(kaisa.ask(&app, query, json!({ "id": theirs["id"] })).await.data()["curriculum"], Value::Null);
    }
}

on_both! {
    async fn what_a_course_changes_stands_with_what_was_told_before(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let followed = create(&app, kaisa, "Kuka olen").await;
        let course = plan(&app, kaisa, &followed, json!({})).await;
        let ossi = app.person("Ossi Ohjaaja", kaisa.organisation, Role::Facilitator).await;
        let query = "query($id: ID!) { curriculum(id: $id) { no sessions { theme } workshops { changed } } }";
        let id = json!({ "id": followed["id"] });
        assert_eq!(ossi.ask(&app, query, id.clone()).await.data()["curriculum"], Value::Null, "leads no course yet");
        let lead = json!({ "courseId": course["id"], "version": 1, "personId": ossi.node(), "kind": "PROFESSIONAL" });
        kaisa.does(&app, "courseFacilitatorAssign", "course { id }", lead).await.done();
        assert_eq!(ossi.ask(&app, query, id).await.data()["curriculum"]["sessions"][0]["theme"], "Kuka olen");

        let session = &course["sessions"][0];
        let describe = |version, theme, reason| json!({ "courseSessionId": session["id"], "version": version, "theme": theme,
            "methods": "Keskustelu", "materials": "Kortit", "reason": reason });
        let act = "courseSessionDescribe";
        for (version, theme, reason) in [(1, "Kuka olen", None), (2, "Tutustuminen", Some("Ryhmä on uusi")), (3, "Kuka olen", None)] {
            ossi.does(&app, act, "courseSession { theme }", describe(version, theme, reason)).await.done();
        }
        let seen = changes(&app, &ossi, &course).await;
        let seen = seen.as_array().unwrap();
        assert_eq!(seen.len(), 2, "nothing is noted where everything stays as it is: {seen:?}");
        assert_eq!(seen[0]["courseSessionId"], session["id"]);
        assert_eq!((&seen[0]["no"], &seen[0]["theme"], &seen[0]["reason"]), (&json!(1), &json!("Kuka olen"), &json!("Ryhmä on uusi")));
        assert_eq!((&seen[1]["theme"], &seen[1]["reason"]), (&json!("Tutustuminen"), &Value::Null));

        // A course that follows none has nothing to depart from.
        let free: Led = app.led_course(kaisa, "2027-01-21", json!({})).await;
        let mut about = free.session(&app, 0).await;
        about["theme"] = json!("Oma aihe");
        free.ossi.does(&app, act, "courseSession { theme }", about).await.done();
        assert_eq!(changes(&app, kaisa, &json!({ "id": free.id })).await, json!([]));
    }
}

on_both! {
    async fn every_fault_of_a_version_and_a_workshop_is_told_at_once(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let good = json!({ "organisationId": kaisa.organisation.encode(), "name": "Kurssirunko", "sessions": sessions("Kuka olen") });
        let identity = concat!("131052-", "308T");
        let seven: Value = sessions("Kuka olen").as_array().unwrap()[1..].into();
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "name": "", "sessions": [] }), &["name EMPTY", "sessions OUT_OF_RANGE"]),
            (json!({ "sessions": seven }), &["sessions OUT_OF_RANGE"]),
            (json!({ "sessions": sessions("") }), &["sessions EMPTY"]),
            (json!({ "sessions": sessions(&"a".repeat(121)) }), &["sessions TOO_LONG"]),
            (json!({ "name": identity, "sessions": sessions(identity) }),
                &["name LOOKS_LIKE_IDENTITY_NUMBER", "sessions LOOKS_LIKE_IDENTITY_NUMBER"]),
        ];
        kaisa.tries(&app, "curriculumCreate", "curriculum { id }", &good, &faults).await;
        assert_eq!(app.rows(&["curricula", "curriculum_sessions"]).await.len(), 0);

        let of = create(&app, kaisa, "Kuka olen").await;
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "on": "2026-11-24", "professionals": 101, "developers": -1, "changed": "" }),
                &["on DATE_IN_FUTURE", "professionals OUT_OF_RANGE", "developers OUT_OF_RANGE", "changed EMPTY"]),
            (json!({ "professionals": 0, "developers": 0 }), &["professionals OUT_OF_RANGE", "developers OUT_OF_RANGE"]),
            (json!({ "on": "2006-11-22" }), &["on OUT_OF_RANGE"]),
            (json!({ "changed": "a".repeat(401) }), &["changed TOO_LONG"]),
        ];
        let good = workshop(&of, 1, "2026-10-01");
        kaisa.tries(&app, "curriculumWorkshopAdd", "curriculum { id }", &good, &faults).await;
        assert_eq!(app.rows(&["curriculum_workshops"]).await.len(), 0);
        let answer = kaisa.does(&app, "curriculumWorkshopAdd", "curriculum { id }", workshop(&of, 7, "2026-10-01")).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
    }
}

on_both! {
    async fn curricula_take_a_statement_a_level_however_many_there_are(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let query = "{ courses { nodes { curriculum { no workshopsMissing sessions { theme } workshops { changed } } changes { no } } }
            curricula { no sessions { theme } workshops { changed } } }";
        let mut counted = Vec::new();
        for theme in ["Kuka olen", "Toinen"] {
            let of = create(&app, kaisa, theme).await;
            kaisa.does(&app, "curriculumWorkshopAdd", SEEN, workshop(&of, 1, "2026-10-01")).await.done();
            plan(&app, kaisa, &of, json!({})).await;
            let answer = kaisa.ask(&app, query, json!({})).await;
            answer.data();
            counted.push(answer.statements.len());
        }
        assert_eq!(counted[0], counted[1]);
        let log = if app.database.kind == crate::support::databases::Kind::Sqlite { 2 } else { 1 };
        // Who asks; courses, their changes, their curricula with sessions and workshops; curricula with the same; the log.
        assert_eq!(counted[1], 1 + 5 + 3 + log);
    }
}

on_both! {
    async fn a_planned_course_begins_to_follow_a_version_or_another_until_it_has_begun(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let (first, second) = (create(&app, kaisa, "Kuka olen").await, create(&app, kaisa, "Missä olen").await);
        let course = app.course(kaisa, "2026-12-03", json!({})).await;
        let course = json!({ "id": course });
        let seen = "course { version curriculum { no } sessions { no theme methods } }";
        let follow = async |version: i32, curriculum: Value| {
            let input = json!({ "courseId": course["id"], "version": version, "curriculumId": curriculum });
            kaisa.does(&app, "courseFollowCurriculum", seen, input).await
        };
        let followed = follow(1, first["id"].clone()).await.done()["course"].clone();
        assert_eq!((&followed["curriculum"]["no"], &followed["sessions"][0]["theme"]), (&json!(1), &json!("Kuka olen")));
        assert_eq!(changes(&app, kaisa, &course).await, json!([]), "it had said nothing of its own");

        let query = "query($id: ID!) { course(id: $id) { sessions { id version } } }";
        let session = kaisa.ask(&app, query, json!({ "id": course["id"] })).await.data()["course"]["sessions"][0].clone();
        let input = json!({ "courseSessionId": session["id"], "version": session["version"], "theme": "Oma aihe", "reason": "Toive" });
        kaisa.does(&app, "courseSessionDescribe", "courseSession { id }", input).await.done();
        assert_eq!(changes(&app, kaisa, &course).await[0]["theme"], "Kuka olen");

        let followed = follow(2, second["id"].clone()).await.done()["course"].clone();
        assert_eq!((&followed["curriculum"]["no"], &followed["sessions"][0]["theme"]), (&json!(2), &json!("Missä olen")));
        assert_eq!(changes(&app, kaisa, &course).await, json!([]), "of the version that it follows now it changed nothing");
        let kept = app.rows(&["course_changes"]).await;
        assert!(kept.iter().any(|row| row.contains("Oma aihe")), "what it said is not lost: {kept:?}");
        let none = follow(3, Value::Null).await.done()["course"].clone();
        assert_eq!((&none["curriculum"], &none["sessions"][0]["theme"]), (&Value::Null, &json!("Missä olen")));

        assert_eq!(follow(4, Value::Null).await.user_errors(), ["curriculumId ALREADY_RECORDED"]);
        let stale = follow(3, first["id"].clone()).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        app.at("2026-12-03", "12:30");
        assert_eq!(follow(4, first["id"].clone()).await.user_errors(), ["- WRONG_STATE"], "its first session has begun");
    }
}
