//! The pages on which an agreement, a pause and the end are recorded, each led to by what waits.

use poem::http::StatusCode;
use serde_json::json;

use crate::on_both;
use crate::support::relationships::joint;

const TERMS: [(&str, &str); 7] = [
    ("startsOn", "23.11.2026"),
    ("isOpenEnded", "yes"),
    ("rhythm", "WEEKLY"),
    ("places", "CAFE"),
    ("reviewIntervalMonths", "4"),
    ("professionalFollows", "yes"),
    ("signedOn", "23.11.2026"),
];

/// The terms with one of them otherwise.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = TERMS.into_iter().filter(|(field, _)| *field != name);
    others.chain([(name, value)]).collect()
}

on_both! {
    async fn the_agreement_is_recorded_from_what_waits(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.met(&app).await;
        let mut mikko = app.browser_of(&circle.mikko).await;
        let path = format!("/relationships/{}/agreement", of.id);
        let front = mikko.get("/").await;
        assert!(front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
        let form = mikko.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains(&of.case_code) && html.contains("Kahvila"), "{html}");
        assert!(form.statements.len() <= 6, "{:#?}", form.statements);

        let blank = mikko.fill(&path, &form, &[("startsOn", ""), ("signedOn", "")]).await;
        let html = blank.with(StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["startsOn", "signedOn", "rhythm", "reviewIntervalMonths"] {
            assert!(html.contains(&format!("id=\"{field}-fault\"")), "{field}: {html}");
        }
        for (name, value, beside) in [
            ("startsOn", "31.2.2026", "startsOn"),
            ("startsOn", "1.1.2030", "startsOn"),
            ("endsOn", "23.5.2027", "endsOn"),
            ("isOpenEnded", "", "endsOn"),
            ("rhythm", "NEVER", "rhythm"),
            ("places", "MOON", "places"),
            ("reviewIntervalMonths", "9", "reviewIntervalMonths"),
            ("signedOn", "24.11.2026", "signedOn"),
        ] {
            let shown = mikko.fill(&path, &form, &with(name, value)).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(&format!("id=\"{beside}-fault\"")), "{name} {value}: {html}");
            let kept = name == "rhythm" || html.contains("value=\"WEEKLY\" checked");
            let kept = kept && (name == "places" || html.contains("value=\"CAFE\" checked"));
            assert!(kept, "what was chosen is lost: {html}");
        }
        assert_eq!(app.rows(&["support_agreements"]).await.len(), 0);
        let fields = with("places", "OUTDOORS");
        let fields: Vec<_> = fields.into_iter().chain([("places", "CAFE")]).collect();
        for _ in 0..2 {
            assert_eq!(mikko.fill(&path, &form, &fields).await.leads_to(), "/?done=agreement");
        }
        assert_eq!(app.rows(&["support_agreements"]).await.len(), 1, "pressed twice, recorded once");
        assert_eq!(app.rows(&["support_agreement_places"]).await.len(), 2);

        // A changed one begins with the terms that hold.
        let form = mikko.get(&path).await;
        let html = form.with(StatusCode::OK);
        for kept in ["value=\"WEEKLY\" checked", "value=\"CAFE\" checked", "value=\"OUTDOORS\" checked", "value=\"4\""] {
            assert!(html.contains(kept), "{kept}: {html}");
        }
        let fields = [("startsOn", "23.11.2026"), ("endsOn", "23.5.2027"), ("rhythm", "MONTHLY"), ("places", "CAFE"),
            ("reviewIntervalMonths", "3"), ("signedOn", "23.11.2026")];
        assert_eq!(mikko.fill(&path, &form, &fields).await.leads_to(), "/?done=agreement");
        let state = app.state().await;
        assert!(state.contains("agreement 2 2026-11-23 Some(2027-05-23) Monthly 3 false"), "{state}");
    }
}

on_both! {
    async fn what_the_review_said_is_recorded_from_what_waits(app: App) {
        for (outcome, form, day, done, stands) in [
            ("PAUSE", "pause", "pausedOn", "pause", "Paused"),
            ("END", "end", "endedOn", "end", "Ended"),
        ] {
            app.on_day("2026-08-24");
            let circle = app.circle(&format!("Salo {}", form)).await;
            let of = circle.active(&app).await;
            app.on_day("2026-11-24");
            let review = circle.open_review(&app, &of).await;
            let mut held = joint("2026-11-24");
            held["outcome"] = json!(outcome);
            let input = json!({ "jointReviewId": review["id"], "version": review["version"], "held": held });
            app.act(&circle.mikko, "jointReviewRecordHeld", input).await.done();
            let mut mikko = app.browser_of(&circle.mikko).await;
            let path = format!("/relationships/{}/{form}", of.id);
            let front = mikko.get("/").await;
            assert!(front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
            let page = mikko.get(&path).await;
            assert!(page.with(StatusCode::OK).contains("value=\"24.11.2026\""));
            assert!(page.statements.len() <= 4, "{:#?}", page.statements);
            for bad in ["", "31.2.2026", "25.11.2026", "1.1.2020"] {
                let fields = [(day, bad), ("endReason", "BY_AGREEMENT")];
                let shown = mikko.fill(&path, &page, &fields).await;
                let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
                assert!(html.contains(&format!("id=\"{day}-fault\"")), "{bad}: {html}");
                assert!(html.contains(&format!("value=\"{bad}\"")), "typed and lost: {html}");
            }
            if form == "end" {
                for bad in ["", "WEARY"] {
                    let shown = mikko.fill(&path, &page, &[(day, "24.11.2026"), ("endReason", bad)]).await;
                    let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
                    assert!(html.contains("id=\"endReason-fault\""), "{bad}: {html}");
                }
            }
            let fields = [(day, "24.11.2026"), ("endReason", "BY_AGREEMENT")];
            for _ in 0..2 {
                assert_eq!(mikko.fill(&path, &page, &fields).await.leads_to(), format!("/?done={done}"));
            }
            let state = app.state().await;
            assert!(state.contains(&format!("relationship {stands}")), "{state}");
            assert!(!mikko.get("/").await.html.contains(&path), "it waits no more");
        }
    }
}

on_both! {
    async fn a_pause_ends_where_the_relationship_is_shown(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let mut mikko = app.browser_of(&circle.mikko).await;
        let item = format!("/relationships/{}", of.id);
        let (pause, resume) = (format!("{item}/pause"), format!("{item}/resume"));
        let shown = mikko.get(&item).await;
        for (way, is_there) in [(&pause, true), (&resume, false), (&format!("{item}/end"), true), (&format!("{item}/agreement"), true)] {
            assert_eq!(shown.html.contains(&format!("href=\"{way}\"")), is_there, "{way}: {}", shown.html);
        }
        let form = mikko.get(&pause).await;
        assert_eq!(mikko.fill(&pause, &form, &[("pausedOn", "23.11.2026")]).await.leads_to(), "/?done=pause");
        assert!(mikko.get(&item).await.html.contains(&format!("href=\"{resume}\"")));
        let form = mikko.get(&resume).await;
        let early = mikko.fill(&resume, &form, &[("resumedOn", "1.11.2026")]).await;
        assert!(early.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"resumedOn-fault\""));
        assert_eq!(mikko.fill(&resume, &early, &[("resumedOn", "23.11.2026")]).await.leads_to(), "/?done=resume");
        // The support person sees how it stands, and has none of these to do.
        let mut sari = app.browser_of(&circle.sari).await;
        let shown = sari.get(&item).await;
        for way in ["pause", "end", "agreement"] {
            assert!(!shown.with(StatusCode::OK).contains(&format!("{item}/{way}\"")), "{way}");
            let page = sari.get("/").await;
            let fields = [("pausedOn", "23.11.2026"), ("endedOn", "23.11.2026"), ("endReason", "OTHER"), ("version", "3"), ("key", way)];
            let fields: Vec<_> = fields.into_iter().chain(TERMS).collect();
            let sent = sari.fill(&format!("{item}/{way}"), &page, &fields).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{way}: {}", sent.html);
        }
    }
}
