//! What a session's mail brings for its reader's calendar.

use std::time::Duration;

use rinnalla_worker::Settings;
use serde_json::{Value, json};

use crate::experts::Expert;
use crate::mail::decoded;
use crate::on_both;
use crate::support::App;
use crate::support::calendars::{read_back, taken_out};
use crate::support::matching::World;
use crate::support::reviews::address;
use crate::support::smtp::{Listener, Manner};
use rinnalla_domain::states::Role;

async fn mailed(app: &App, listener: &Listener) -> u64 {
    let settings = Settings {
        smtp_url: Some(format!("smtp://{}", listener.address)),
        // A name with all the signs that mean something in a calendar file.
        mail_from: r#""Äiti, Isä; \"Oma\" ry: viestit" <noreply@example.org>"#.to_owned(),
        public_url: "https://rinnalla.example.org".to_owned(),
        first_retry: Duration::from_millis(1),
        ..Settings::default()
    };
    let run = async |name| {
        rinnalla_worker::run_job(app.register.clone(), settings.clone(), name)
            .await
            .unwrap()
    };
    run("session_reminders").await;
    run("listing_consents").await;
    run("deliver_mail").await.done.unwrap()
}

/// The last letter to somebody: the method that its calendar part is sent under, and the file.
fn calendar_of(listener: &Listener, to: &str) -> (String, String) {
    let received = listener.received();
    let raw = &received.iter().rfind(|letter| letter.to == to).unwrap().raw;
    let part = raw
        .split("Content-Type: text/calendar; method=")
        .nth(1)
        .unwrap();
    let (method, rest) = part.split_once(';').unwrap();
    let (head, body) = rest.split_once("\r\n\r\n").unwrap();
    let body = body.split("\r\n--").next().unwrap();
    let text = match head.contains("quoted-printable") {
        true => decoded(body),
        false => body.to_owned(),
    };
    (method.to_owned(), text)
}

on_both! {
    async fn a_calendar_takes_a_session_up_moves_it_and_takes_it_off_by_its_mails(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({ "name": "Qvxkurssi" })).await;
        let venla = app.person("Venla Vieras", world.association, Role::PeerGuide).await;
        led.enrol_person(&app, &venla).await;
        let listener = Listener::start(Manner::default()).await;
        let to = address("Venla Vieras");
        app.at("2026-12-01", "10:00");
        assert_eq!(mailed(&app, &listener).await, 3);
        let (method, reminded) = calendar_of(&listener, &to);
        assert_eq!(method, "REQUEST");
        let mut input = led.session(&app, 0).await;
        input["on"] = json!("2026-12-08");
        input["startsAt"] = json!("16:00");
        led.ossi.does(&app, "courseSessionMove", "courseSession { id }", input).await.done();
        assert_eq!(mailed(&app, &listener).await, 2);
        let (method, moved) = calendar_of(&listener, &to);
        assert_eq!(method, "REQUEST");
        let cancel = led.session(&app, 0).await;
        led.ossi.does(&app, "courseSessionCancel", "courseSession { id }", cancel).await.done();
        assert_eq!(mailed(&app, &listener).await, 2);
        assert_eq!(mailed(&app, &listener).await, 0, "nothing twice");
        let (method, off) = calendar_of(&listener, &to);
        assert_eq!(method, "CANCEL");

        let files = [&reminded, &moved, &off].map(|text| read_back(text));
        let [Some(reminded), Some(moved), Some(off)] = files else { return };
        let of = |calendar: &Value| calendar["events"][0].clone();
        let name = of(&reminded)["uid"].clone();
        for (calendar, method, begins, status, sequence) in [
            (&reminded, "REQUEST", "2026-12-03T10:00Z", "CONFIRMED", 0),
            (&moved, "REQUEST", "2026-12-08T14:00Z", "CONFIRMED", 1),
            (&off, "CANCEL", "2026-12-08T14:00Z", "CANCELLED", 2),
        ] {
            let event = of(calendar);
            assert_eq!((&calendar["method"], &event["uid"]), (&json!(method), &name));
            assert_eq!((&event["begins"], &event["status"], &event["sequence"]), (&json!(begins), &json!(status), &json!(sequence)));
            assert_eq!(event["summary"], "Tapaaminen");
            assert_eq!(event["people"], json!(["mailto:noreply@example.org", format!("mailto:{to}")]));
        }
        let mut calendars = 0;
        for letter in listener.received().iter().filter(|letter| letter.raw.contains("text/calendar")) {
            // The machine that reads back reads whole mails too.
            let file = taken_out(&letter.raw).unwrap();
            assert!(read_back(&file).is_some(), "{file}");
            calendars += 1;
        }
        assert_eq!(calendars, 7, "each mail of a session brings one");
        for letter in listener.received() {
            let text = letter.raw.replace("=\r\n", "").to_lowercase();
            assert!(!text.contains("qvx") && !text.contains("vieras "), "{text}");
        }
    }
}

on_both! {
    async fn a_consent_that_ends_comes_as_a_whole_day_that_a_renewal_puts_off(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let listener = Listener::start(Manner::default()).await;
        eero.does(&app, &world.kaisa, "expertConsentGive", json!({ "until": "2027-01-22" })).await.done();
        app.at("2026-12-23", "10:00");
        assert_eq!(mailed(&app, &listener).await, 1);
        let (method, first) = calendar_of(&listener, &address("Eero"));
        assert_eq!(method, "PUBLISH");
        app.at("2027-01-11", "10:00");
        eero.does(&app, &eero.actor, "expertConsentGive", json!({ "until": "2027-03-12" })).await.done();
        app.at("2027-02-10", "10:00");
        assert_eq!(mailed(&app, &listener).await, 1);
        let (_, second) = calendar_of(&listener, &address("Eero"));
        for letter in listener.received() {
            // The machine that reads back reads whole mails too, and holds them to RFC 6047.
            taken_out(&letter.raw);
        }
        let unfolded = [first, second].map(|text| text.replace("\r\n ", ""));
        let line = |text: &str, name: &str| text.lines().find(|line| line.starts_with(name)).unwrap().trim_end().to_owned();
        for (text, day, sequence) in [(&unfolded[0], "20270122", "0"), (&unfolded[1], "20270312", "1")] {
            assert_eq!(line(text, "DTSTART"), format!("DTSTART;VALUE=DATE:{day}"));
            assert_eq!(line(text, "SEQUENCE"), format!("SEQUENCE:{sequence}"));
            assert_eq!(line(text, "SUMMARY"), "SUMMARY:Tarkistettava asia");
            assert!(!text.contains("ATTENDEE") && !text.to_lowercase().contains("suostumus"), "{text}");
        }
        assert_eq!(line(&unfolded[0], "UID"), line(&unfolded[1], "UID"), "a calendar moves the day");
    }
}
