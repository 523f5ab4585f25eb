//! Signing in by a link in a mail.

use poem::http::{StatusCode, header};
use rinnalla_domain::notices;
use rinnalla_domain::states::{OrganisationKind, Role};
use rinnalla_worker::Settings;

use crate::mail::decoded;
use crate::on_both;
use crate::support::browser::{Browser, HOST, Shown};
use crate::support::machine::Folder;
use crate::support::reviews::address;
use crate::support::{Actor, App};

async fn kaisa(app: &App) -> Actor {
    let city = app
        .organisation("Esimerkkikaupunki", OrganisationKind::City)
        .await;
    app.person("Kaisa Esimerkki", city, Role::Professional)
        .await
}

async fn ask_for(browser: &mut Browser<'_>, email: &str, to: &str) -> Shown {
    browser
        .post("/sign-in", &[("email", email), ("to", to)])
        .await
}

/// Lets the worker deliver what waits, into files; what each mail says.
async fn delivered(app: &App) -> Vec<String> {
    let folder = Folder::new("rinnalla-pages");
    let settings = Settings {
        mail_folder: folder.path().to_owned(),
        mail_from: "noreply@example.org".to_owned(),
        public_url: format!("https://{HOST}"),
        ..Settings::default()
    };
    let job = rinnalla_worker::run_job(app.register.clone(), settings, "deliver_mail").await;
    job.unwrap();
    let Ok(files) = std::fs::read_dir(folder.path()) else {
        return Vec::new();
    };
    files
        .map(|file| decoded(&std::fs::read_to_string(file.unwrap().path()).unwrap()))
        .collect()
}

/// The path of the link in a mail.
#[track_caller]
fn link_in(mail: &str) -> String {
    let start = format!("https://{HOST}");
    let rest = mail
        .split(&format!("{start}/sign-in/"))
        .nth(1)
        .expect("a link");
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c));
    format!("/sign-in/{}", &rest[..end.unwrap_or(rest.len())])
}

on_both! {
    async fn a_link_signs_in_once_and_in_the_browser_that_asked(app: App) {
        kaisa(&app).await;
        let mut browser = app.browser();
        let sent = ask_for(&mut browser, " Kaisa.Esimerkki@EXAMPLE.org ", "/r/abc").await;
        assert!(sent.with(StatusCode::OK).contains("Katso sähköpostisi"));
        let mails = delivered(&app).await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("Linkki kirjautumiseen") && mails[0].contains("Hei Kaisa!"));
        let link = link_in(&mails[0]);
        assert_eq!(delivered(&app).await.len(), 0, "it is mailed once");

        // Looking at it uses nothing up; another browser can look, and not enter.
        let mut other = app.browser();
        for _ in 0..2 {
            assert!(other.get(&link).await.with(StatusCode::OK).contains("Linkki on kunnossa"));
        }
        let refused = other.post(&link, &[]).await;
        assert!(refused.with(StatusCode::FORBIDDEN).contains("toisessa selaimessa"));
        ask_for(&mut other, "nobody@example.org", "/").await;
        assert_eq!(other.post(&link, &[]).await.status, StatusCode::FORBIDDEN);

        let shown = browser.get(&link).await;
        let entered = browser.fill(&link, &shown, &[]).await;
        assert_eq!(entered.leads_to(), "/r/abc");
        assert!(browser.get("/").await.with(StatusCode::OK).contains("Odottaa minua"));
        let page = browser.get("/").await;
        let again = browser.fill(&link, &page, &[]).await;
        assert_eq!(again.leads_to(), "/", "a button pressed twice leads on");
        browser.cookies.clear();
        assert_eq!(browser.post(&link, &[]).await.status, StatusCode::GONE);
        assert_eq!(browser.get(&link).await.status, StatusCode::GONE);
    }
}

on_both! {
    async fn a_link_is_good_for_a_quarter_of_an_hour(app: App) {
        kaisa(&app).await;
        let mut browser = app.browser();
        app.at("2026-11-23", "10:00");
        ask_for(&mut browser, &address("Kaisa Esimerkki"), "/").await;
        let link = link_in(&delivered(&app).await[0]);
        app.at("2026-11-23", "10:14");
        assert_eq!(browser.get(&link).await.status, StatusCode::OK);
        app.at("2026-11-23", "10:15");
        assert_eq!(browser.get(&link).await.status, StatusCode::GONE);
        assert_eq!(browser.post(&link, &[]).await.status, StatusCode::GONE);
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
    }
}

on_both! {
    async fn a_link_leaves_at_night_while_reminders_wait_for_the_morning(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-20", 3).await;
        notices::enqueue_review_notices(&app.job_ctx()).await.unwrap();
        app.at("2026-11-24", "03:00");
        assert_eq!(delivered(&app).await.len(), 0, "a reminder at night");
        let mut browser = app.browser();
        ask_for(&mut browser, &address("Kaisa Esimerkki"), "/").await;
        let mails = delivered(&app).await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("/sign-in/"));
    }
}

on_both! {
    async fn a_link_that_is_too_old_is_not_mailed_any_more(app: App) {
        kaisa(&app).await;
        let mut browser = app.browser();
        ask_for(&mut browser, &address("Kaisa Esimerkki"), "/").await;
        notices::enqueue_sign_ins(&app.job_ctx()).await.unwrap();
        app.at("2026-11-23", "10:20");
        assert_eq!(delivered(&app).await.len(), 0);
        assert_eq!(app.planned().await, ["SIGN_IN ONESELF 2026-11-23 CANCELLED LINK_EXPIRED"]);
    }
}

on_both! {
    async fn whoever_asks_learns_nothing_of_whom_the_register_knows(app: App) {
        let kaisa = kaisa(&app).await;
        let away = app.person("Paula Poissa", kaisa.organisation, Role::Professional).await;
        app.run("UPDATE people SET is_active = false WHERE id = $1", [away.id.0.into()]).await;
        let mut answers = Vec::new();
        for email in ["kaisa.esimerkki@example.org", "nobody@example.org", "paula.poissa@example.org"] {
            let shown = ask_for(&mut app.browser(), email, "/").await;
            assert_eq!(shown.status, StatusCode::OK);
            answers.push((shown.html, shown.statements));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
        assert_eq!(answers[0].1.len(), 3, "{:#?}", answers[0].1);
        assert_eq!(delivered(&app).await.len(), 1, "the known and active one alone");
    }
}

on_both! {
    async fn neither_the_link_nor_the_session_stands_in_the_database(app: App) {
        kaisa(&app).await;
        let mut browser = app.browser();
        ask_for(&mut browser, &address("Kaisa Esimerkki"), "/").await;
        let link = link_in(&delivered(&app).await[0]);
        let secret_of_browser = browser.cookies.values().next().unwrap().clone();
        browser.post(&link, &[]).await.leads_to();
        let secret_of_session = browser.cookies.values().next().unwrap().clone();
        let rows = app.rows(&["sign_in_links", "sessions", "outbox_messages", "message_attempts"]).await;
        assert!(rows.len() >= 4, "{rows:#?}");
        let secret_of_link = link.trim_start_matches("/sign-in/").to_owned();
        for secret in [secret_of_link, secret_of_browser, secret_of_session] {
            let bare = secret.trim_start_matches("rnl_");
            assert_eq!(bare.len(), 43);
            assert!(rows.iter().all(|row| !row.contains(bare)));
        }
    }
}

on_both! {
    async fn whoever_asks_too_often_waits(app: App) {
        kaisa(&app).await;
        let email = address("Kaisa Esimerkki");
        for _ in 0..3 {
            assert_eq!(ask_for(&mut app.browser(), &email, "/").await.status, StatusCode::OK);
        }
        let refused = ask_for(&mut app.browser(), &email, "/").await;
        assert!(refused.with(StatusCode::TOO_MANY_REQUESTS).contains("minuutin päästä"));
        assert!(refused.html.contains(&email), "what was typed is kept");
        assert_eq!(refused.headers[header::RETRY_AFTER], "60");
        // An address that nobody has waits in the same way.
        for _ in 0..3 {
            ask_for(&mut app.browser(), "nobody@example.org", "/").await;
        }
        let unknown = ask_for(&mut app.browser(), "nobody@example.org", "/").await;
        assert_eq!(unknown.status, StatusCode::TOO_MANY_REQUESTS);
        app.at("2026-11-23", "10:02");
        assert_eq!(ask_for(&mut app.browser(), &email, "/").await.status, StatusCode::OK);
    }
}

on_both! {
    async fn what_is_no_address_is_told_beside_the_field(app: App) {
        let mut browser = app.browser();
        for (language, sentence) in [
            ("fi", "Kirjoita sähköpostiosoite"),
            ("sv", "Skriv en e-postadress"),
            ("en", "Write an email address"),
        ] {
            browser.headers.insert("accept-language", language.to_owned());
            let shown = ask_for(&mut browser, "kaisa\"<b>", "/").await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(sentence));
            assert!(html.contains("value=\"kaisa&#34;&#60;b&#62;\""), "{html}");
        }
        assert_eq!(app.rows(&["sign_in_links"]).await.len(), 0);
    }
}

on_both! {
    async fn old_links_and_sessions_are_forgotten(app: App) {
        let kaisa = kaisa(&app).await;
        ask_for(&mut app.browser(), &address("Kaisa Esimerkki"), "/").await;
        app.browser_of(&kaisa).await;
        let forget = async || {
            let job = rinnalla_worker::run_job(app.register.clone(), Settings::default(), "forget_sign_ins");
            job.await.unwrap().done.unwrap()
        };
        assert_eq!(forget().await, 0);
        app.on_day("2026-11-25");
        assert_eq!(forget().await, 1, "the link");
        app.on_day("2026-12-25");
        assert_eq!(forget().await, 1, "the session");
    }
}
