//! What holds for every page: who may ask, what the browser is told, what a forged form comes to.

use poem::http::{StatusCode, header};
use rinnalla_domain::ids::{Id as _, JointReviewId};

use crate::on_both;
use crate::support::browser::Shown;

#[track_caller]
fn is_guarded(shown: &Shown) {
    let of = |name: &str| {
        shown
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    };
    let policy = of("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("script"),
        "{policy}"
    );
    assert!(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(of("cache-control"), "no-store");
    assert_eq!(of("x-content-type-options"), "nosniff");
    assert_eq!(
        of("referrer-policy"),
        "same-origin",
        "any stricter, and our own forms come from `null`"
    );
    for foreign in [
        "<script",
        "http://",
        "https://",
        "javascript:",
        " onclick",
        " style=\"",
        "@import",
    ] {
        assert!(!shown.html.contains(foreign), "{foreign} in {}", shown.html);
    }
}

on_both! {
    async fn every_page_is_guarded_whoever_asks(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let review = format!("/reviews/{}", of.review.encode());
        let forms = ["held", "not-held", "book"].map(|form| format!("{review}/{form}"));
        let mut all = vec!["/".to_owned(), "/sign-in".to_owned(), "/sessions".to_owned(), "/nowhere".to_owned(), "/reviews/x/y/z".to_owned()];
        all.extend([format!("/sign-in/rnl_{}", "A".repeat(43)), format!("/r/{}", of.review.encode()), review]);
        all.extend(forms);
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        let mut nobody = app.browser();
        for path in &all {
            for shown in [kaisa.get(path).await, nobody.get(path).await, kaisa.post(path, &[]).await] {
                is_guarded(&shown);
                assert!(!shown.status.is_server_error(), "{path}: {}", shown.html);
            }
        }
    }
}

on_both! {
    async fn nobody_is_led_to_the_sign_in_and_back(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let path = format!("/reviews/{}", of.review.encode());
        let mut browser = app.browser();
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
        assert_eq!(browser.get(&path).await.leads_to(), format!("/sign-in?to={path}"));
        let page = browser.get(&format!("/sign-in?to={path}")).await;
        assert!(page.with(StatusCode::OK).contains(&format!("name=\"to\" value=\"{path}\"")));
        let page = browser.get("/sign-in?to=//example.com/x").await;
        assert!(page.with(StatusCode::OK).contains("name=\"to\" value=\"/\""));
        // A mail's link that a web mail opened comes without the session: a page of ours asks again, once.
        let link = format!("/r/{}", of.review.encode());
        let opening = browser.get(&link).await;
        assert!(opening.with(StatusCode::OK).contains(&format!("content=\"0; url={link}?again=1\"")));
        assert_eq!(browser.get(&format!("{link}?again=1")).await.leads_to(), format!("/sign-in?to={link}"));
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        assert_eq!(kaisa.get(&link).await.leads_to(), path);
        assert_eq!(kaisa.get("/r/x").await.status, StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn what_is_hidden_is_answered_as_what_is_absent(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let stranger = app.person("Vieras Malli", desk.city, rinnalla_domain::states::Role::Professional).await;
        let mut browser = app.browser_of(&stranger).await;
        let (hidden, absent) = (of.review.encode(), JointReviewId::random().encode());
        for form in ["", "/held", "/not-held", "/book"] {
            let mut answers = Vec::new();
            for id in [&hidden, &absent] {
                let path = format!("/reviews/{id}{form}");
                let shown = browser.get(&path).await;
                let page = browser.get("/").await;
                let sent = browser.fill(&path, &page, &[("key", "k"), ("version", "1"), ("bookedFor", "1.12.2026")]).await;
                let words = |shown: &Shown| (shown.status, shown.html.replace(id.as_str(), "ID"), shown.statements.len());
                answers.push((words(&shown), form.is_empty() || words(&sent).0 != StatusCode::SEE_OTHER));
            }
            assert_eq!(answers[0], answers[1], "{form}");
            assert_eq!(answers[0].0.0, StatusCode::NOT_FOUND);
        }
        assert_eq!(app.rows(&["joint_review_records"]).await.len(), 0);
    }
}

on_both! {
    async fn a_forged_form_changes_nothing(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let path = format!("/reviews/{}/book", of.review.encode());
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        let mut other = app.browser_of(&desk.kaisa).await;
        let before = app.rows(&["joint_reviews", "idempotency_keys"]).await;
        let good = kaisa.get(&path).await;
        let of_other = other.get(&path).await;
        let typed = [("bookedFor", "1.12.2026")];

        assert_eq!(kaisa.fill(&path, &of_other, &typed).await.status, StatusCode::FORBIDDEN, "another session's proof");
        assert_eq!(kaisa.post(&path, &typed).await.status, StatusCode::FORBIDDEN, "no proof");
        for (name, value) in [
            ("origin", ""),
            ("origin", "null"),
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
        ] {
            let mut browser = app.browser_of(&desk.kaisa).await;
            browser.cookies = kaisa.cookies.clone();
            browser.headers.insert(name, value.to_owned());
            let shown = browser.fill(&path, &good, &typed).await;
            assert!(shown.with(StatusCode::FORBIDDEN).contains("vanhentunut"), "{name}: {value}");
        }
        assert_eq!(app.rows(&["joint_reviews", "idempotency_keys"]).await, before);
        assert_eq!(kaisa.fill(&path, &good, &typed).await.leads_to(), "/?done=review-booked");
    }
}

on_both! {
    async fn a_form_has_a_size_and_a_kind(app: App) {
        let desk = app.desk().await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        let long = "x".repeat(140_000);
        assert_eq!(kaisa.post("/sessions", &[("session", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let many: Vec<(&str, &str)> = vec![("a", "b"); 1001];
        assert_eq!(kaisa.post("/sessions", &many).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(kaisa.post("/sessions", &[("a", "\0")]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(kaisa.post("/", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

on_both! {
    async fn the_language_is_the_person_s_until_another_is_chosen(app: App) {
        let desk = app.desk().await;
        app.run("UPDATE people SET language = 'sv' WHERE id = $1", [desk.kaisa.id.0.into()]).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        assert!(kaisa.get("/").await.html.contains("<html lang=\"sv\">"));
        assert_eq!(kaisa.get("/language/en?to=/sessions").await.leads_to(), "/sessions");
        assert!(kaisa.get("/").await.html.contains("<html lang=\"en\">"));
        assert_eq!(kaisa.get("/language/en?to=https://example.com").await.leads_to(), "/");
        assert_eq!(kaisa.get("/language/xx").await.status, StatusCode::NOT_FOUND);
        let mut nobody = app.browser();
        nobody.headers.insert("accept-language", "de, en;q=0.8".to_owned());
        assert!(nobody.get("/sign-in").await.html.contains("<html lang=\"en\">"));
    }
}

on_both! {
    async fn what_was_looked_at_is_in_the_access_log_before_the_page_leaves(app: App) {
        let desk = app.desk().await;
        let of = app.followed(&desk, "2026-08-20", 3).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        kaisa.get(&format!("/reviews/{}", of.review.encode())).await.with(StatusCode::OK);
        assert!(app.rows(&["access_log"]).await[0].contains("page"));
        let seen = app.rows(&["access_log_seen"]).await;
        assert!(seen.iter().any(|row| row.contains("SUPPORT_RELATIONSHIP") && row.contains("READ")), "{seen:?}");

        let mut stranger = app.browser_of(&app.person("Vieras Malli", desk.city, rinnalla_domain::states::Role::Professional).await).await;
        stranger.get(&format!("/reviews/{}", of.review.encode())).await.with(StatusCode::NOT_FOUND);
        let seen = app.rows(&["access_log_seen"]).await;
        assert!(seen.iter().any(|row| row.contains("REFUSED")), "{seen:?}");
    }
}

on_both! {
    async fn the_stylesheet_is_kept_by_browsers_and_nothing_else_is(app: App) {
        let mut nobody = app.browser();
        let page = nobody.get("/sign-in").await;
        let sheet = page.html.split("stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let sheet = nobody.get(sheet).await;
        assert_eq!(sheet.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(sheet.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        assert!(!sheet.html.contains("url(") && !sheet.html.contains("@import"), "nothing is loaded by it");
        assert_eq!(nobody.get("/favicon.svg").await.headers[header::CONTENT_TYPE], "image/svg+xml");
    }
}
