//! The sessions of a course as calendars read them.

use poem::http::{StatusCode, header};
use rinnalla_domain::tokens::AccessToken;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::calendars::read_back;
use crate::support::courses::Led;
use crate::support::matching::World;

/// Opens an address; its id and path.
async fn opened(app: &App, led: &Led, language: &str) -> (String, String) {
    let input = json!({ "courseId": led.id, "language": language });
    let feed = "courseFeed { id path language closedAt }";
    let answer = led.ossi.does(app, "courseFeedOpen", feed, input).await;
    let feed = answer.done()["courseFeed"].clone();
    assert_eq!(
        (&feed["language"], &feed["closedAt"]),
        (&json!(language), &Value::Null)
    );
    let told = |field: &str| feed[field].as_str().unwrap().to_owned();
    (told("id"), told("path"))
}

async fn file(app: &App, path: &str) -> String {
    app.browser()
        .get(path)
        .await
        .with(StatusCode::OK)
        .to_owned()
}

fn all<'a>(calendar: &'a Value, field: &str) -> Vec<&'a Value> {
    let events = calendar["events"].as_array().unwrap();
    events.iter().map(|event| &event[field]).collect()
}

on_both! {
    async fn a_calendar_shows_sessions_at_their_time_of_day_over_both_changes_of_the_clock(app: App) {
        let world = World::new(&app).await;
        for (starts_on, first, last) in [
            ("2027-03-04", ("2027-03-04T10:00Z", "2027-03-04T14:00Z"), "2027-04-22T09:00Z"),
            ("2027-10-07", ("2027-10-07T09:00Z", "2027-10-07T13:00Z"), "2027-11-25T10:00Z"),
        ] {
            let led = app.led_course(&world.kaisa, starts_on, json!({})).await;
            let (_, path) = opened(&app, &led, "SV").await;
            let Some(calendar) = read_back(&file(&app, &path).await) else { return };
            assert_eq!(calendar["zones"], json!(["Europe/Helsinki"]));
            let (begins, ends) = (all(&calendar, "begins"), all(&calendar, "ends"));
            assert_eq!((begins.len(), begins[0], ends[0], begins[7]), (8, &json!(first.0), &json!(first.1), &json!(last)));
            assert!(all(&calendar, "status").iter().all(|it| *it == "CONFIRMED"));
            assert!(all(&calendar, "sequence").iter().all(|it| **it == 0));
        }
    }
}

on_both! {
    async fn a_calendar_hears_of_what_was_moved_cancelled_and_made_up_for_under_the_same_names(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let (_, path) = opened(&app, &led, "FI").await;
        let before = file(&app, &path).await;
        app.at("2026-11-26", "15:30");
        let mut input = led.session(&app, 0).await;
        input["on"] = json!("2026-12-08");
        input["startsAt"] = json!("16:00");
        led.ossi.does(&app, "courseSessionMove", "courseSession { id }", input).await.done();
        let cancel = led.session(&app, 1).await;
        led.ossi.does(&app, "courseSessionCancel", "courseSession { id }", cancel).await.done();
        let mut instead = led.session(&app, 1).await;
        instead["on"] = json!("2026-12-11");
        instead["startsAt"] = json!("12:00");
        led.ossi.does(&app, "courseSessionMakeUp", "courseSession { id }", instead).await.done();
        let after = file(&app, &path).await;
        let Some((before, after)) = read_back(&before).zip(read_back(&after)) else { return };
        assert_eq!(all(&before, "begins")[..2], ["2026-12-03T10:00Z", "2026-12-10T10:00Z"]);
        assert_eq!(all(&after, "begins")[..3], ["2026-12-08T14:00Z", "2026-12-10T10:00Z", "2026-12-11T10:00Z"]);
        assert_eq!(all(&after, "status")[..3], ["CONFIRMED", "CANCELLED", "CONFIRMED"]);
        assert_eq!(all(&after, "sequence")[..4], [1, 2, 3, 0]);
        assert_eq!(all(&after, "stamp")[0], "2026-11-26T13:30Z", "by which two of one number are told apart");
        let (names, later) = (all(&before, "uid"), all(&after, "uid"));
        assert_eq!((names[0], names[1], names[2]), (later[0], later[1], later[3]));
        assert!(!names.contains(&later[2]), "what makes up for another is an appointment of its own");

        // A cancelled course cancels all that is to come, and each says so with a higher number.
        let input = json!({ "courseId": led.id, "version": 4 });
        led.kaisa.does(&app, "courseCancel", "course { id }", input).await.done();
        let Some(off) = read_back(&file(&app, &path).await) else { return };
        assert!(all(&off, "status").iter().all(|it| *it == "CANCELLED"));
        let raised = all(&off, "sequence").into_iter().zip(all(&after, "sequence"));
        let raised = raised.map(|(now, then)| now.as_i64() > then.as_i64());
        assert_eq!(raised.filter(|is| *is).count(), 8, "the one that was cancelled before stays as it was");
    }
}

on_both! {
    async fn an_address_says_nothing_of_what_it_is_about(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({ "name": "Qvxkurssi", "unit": "Qvxyksikkö" })).await;
        let mut about = led.session(&app, 0).await;
        about["theme"] = json!("Qvxaihe");
        led.ossi.does(&app, "courseSessionDescribe", "courseSession { id }", about).await.done();
        led.enrol(&app, "Aino Qvxnimi").await;
        for (language, one, all_of_them) in [("FI", "Tapaaminen", "Tapaamiset"), ("SV", "Möte", "Möten"), ("EN", "Meeting", "Meetings")] {
            let (_, path) = opened(&app, &led, language).await;
            let secret = path.strip_prefix("/calendar/rnl_").and_then(|it| it.strip_suffix(".ics")).unwrap();
            assert_eq!(secret.len(), 43, "256 bits");
            let text = file(&app, &path).await;
            assert!(!text.to_lowercase().contains("qvx"), "{text}");
            let Some(calendar) = read_back(&text) else { return };
            assert_eq!((&calendar["name"], &calendar["maker"]), (&json!(all_of_them), &json!("-//Kalenteri//FI")));
            assert!(all(&calendar, "summary").iter().all(|it| *it == one));
            let kept = json!(["CLASS", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SEQUENCE", "STATUS", "SUMMARY", "UID"]);
            assert_eq!(calendar["events"][0]["properties"], kept);
        }
        let kept = app.read_sql("SELECT count(*) FROM course_feeds WHERE length(token_hash) = 32").await;
        assert_eq!(kept, "3", "of each address a hash");
    }
}

on_both! {
    async fn a_calendar_asks_again_and_is_told_only_what_is_new(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let (_, path) = opened(&app, &led, "FI").await;
        let mut calendar = app.browser();
        let first = calendar.get(&path).await;
        first.with(StatusCode::OK);
        assert_eq!(first.statements.len(), 1, "{:?}", first.statements);
        assert_eq!(first.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        assert_eq!(first.headers[header::CACHE_CONTROL], "private, no-cache");
        let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
        calendar.headers.insert("if-none-match", format!("\"other\", {tag}"));
        let again = calendar.get(&path).await;
        assert_eq!((again.status, again.html.as_str()), (StatusCode::NOT_MODIFIED, ""));
        let mut input = led.session(&app, 2).await;
        input["on"] = json!("2026-12-18");
        input["startsAt"] = json!("12:00");
        led.ossi.does(&app, "courseSessionMove", "courseSession { id }", input).await.done();
        let moved = calendar.get(&path).await;
        moved.with(StatusCode::OK);
        assert_ne!(moved.headers[header::ETAG].to_str().unwrap(), tag);
        assert_eq!(calendar.post(&path, &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

on_both! {
    async fn an_address_that_is_closed_answers_as_if_it_had_never_been(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let (id, path) = opened(&app, &led, "FI").await;
        let (other, other_path) = opened(&app, &led, "FI").await;
        assert_ne!(path, other_path);
        let open = "query($id: ID!) { course(id: $id) { feeds { id path } } }";
        let seen = led.kaisa.ask(&app, open, json!({ "id": led.id })).await;
        let feeds = seen.data()["course"]["feeds"].as_array().unwrap().clone();
        for feed in [json!({ "id": id, "path": path }), json!({ "id": other, "path": other_path })] {
            assert!(feeds.contains(&feed), "those who lead the course may look again: {feeds:?}");
        }

        let input = json!({ "courseFeedId": id });
        let closed = led.outi.does(&app, "courseFeedClose", "courseFeed { path closedAt }", input).await;
        let closed = closed.done()["courseFeed"].clone();
        assert_eq!(closed["path"], Value::Null);
        assert!(closed["closedAt"].is_string());
        let gone = app.browser().get(&path).await;
        let unknown = format!("/calendar/{}.ics", AccessToken::random().reveal());
        let never = app.browser().get(&unknown).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert_eq!((gone.status, &gone.html, &gone.headers), (never.status, &never.html, &never.headers));
        assert_eq!(gone.statements.len(), never.statements.len(), "the same work");
        file(&app, &other_path).await;
        let seen = led.kaisa.ask(&app, open, json!({ "id": led.id })).await;
        assert_eq!(seen.data()["course"]["feeds"].as_array().unwrap().len(), 1);
    }
}

on_both! {
    async fn no_more_addresses_are_opened_than_people_can_take_part(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        for _ in 0..60 {
            opened(&app, &led, "FI").await;
        }
        let input = json!({ "courseId": led.id, "language": "FI" });
        let answer = led.ossi.does(&app, "courseFeedOpen", "courseFeed { id }", input).await;
        assert_eq!(answer.user_errors(), ["- TOO_MANY"]);
        let input = json!({ "courseId": led.id, "language": "SE" });
        let answer = led.ossi.does(&app, "courseFeedOpen", "courseFeed { id }", input).await;
        assert_eq!(answer.user_errors(), ["language UNKNOWN_CODE"], "appointments are named in three languages");
    }
}
