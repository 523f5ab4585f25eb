//! What is printed: the agreement, the review sheet, the hand-over sheet.

use poem::http::StatusCode;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::printed_texts::published;
use crate::support::relationships::Circle;
use crate::support::{App, date};

/// Everything that somebody who has nothing to do with it must not find.
async fn hides(app: &App, circle: &Circle, paths: &[String]) {
    let mut vilma = app.browser_of(&circle.kaisa).await;
    for path in paths {
        let hidden = vilma.get(path).await;
        hidden.with(StatusCode::NOT_FOUND);
        let absent = vilma.get("/relationships/x/agreement-sheet").await;
        assert_eq!(
            hidden.html.replace(path.as_str(), ""),
            absent.html.replace("/relationships/x/agreement-sheet", "")
        );
    }
    let nobody = app.browser().get(&paths[0]).await;
    assert!(nobody.leads_to().starts_with("/sign-in"), "{}", nobody.html);
}

on_both! {
    async fn the_agreement_is_printed_as_it_was_recorded(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        published(&app, &circle, json!({ "lines": ["Vaitiolo jatkuu <aina>."] })).await;
        published(&app, &circle, json!({ "language": "SV", "lines": ["Tystnadsplikten fortsätter."] })).await;
        let path = format!("/relationships/{}/agreement-sheet", of.id);
        let mut mikko = app.browser_of(&circle.mikko).await;
        let item = mikko.get(&format!("/relationships/{}", of.id)).await;
        assert!(item.html.contains(&format!("href=\"{path}\"")), "{}", item.html);
        let sheet = mikko.get(&path).await;
        let html = sheet.with(StatusCode::OK);
        for told in ["Tukisuhteen sopimus", "Salo ry", "23.11.2026", "Jatkuu toistaiseksi", "Viikoittain", "Kahvila",
            "3 kuukauden välein", "Vaitiolo jatkuu &#60;aina&#62;.", "Sari Salo", "Allekirjoitus", "versio 1", "lang=\"fi\""] {
            assert!(html.contains(told), "{told} is missing: {html}");
        }
        assert!(!html.contains(&of.case_code), "with a name on it, the paper would tell whose code it is");
        assert!(!html.contains("class=\"box\""), "nothing is left to choose");
        assert!(sheet.statements.len() <= 9, "{:#?}", sheet.statements);

        let swedish = mikko.get(&format!("{path}?in=sv")).await;
        let html = swedish.with(StatusCode::OK);
        for told in ["Avtal om stödrelation", "Tystnadsplikten fortsätter.", "Gäller tills vidare", "Kafé", "main class=\"paper\" lang=\"sv\"", "Takaisin"] {
            assert!(html.contains(told), "{told} is missing: {html}");
        }
        let english = mikko.get(&format!("{path}?in=en")).await;
        let html = english.with(StatusCode::OK);
        assert!(html.contains("Support agreement") && !html.contains("<ol class=\"terms\">"));
        assert!(html.contains("ei ole julkaissut omaa tekstiään"), "the bar says what is missing: {html}");
        // Where the viewer's language has no words of the association's, one that has is taken.
        published(&app, &circle, json!({ "version": 1, "lines": [] })).await;
        let other = mikko.get(&path).await;
        assert!(other.html.contains("Avtal om stödrelation"), "{}", other.html);

        let stranger = app.circle("Vieras").await;
        hides(&app, &stranger, &[path, format!("/relationships/{}/hand-over-sheet", of.id)]).await;
    }
}

on_both! {
    async fn an_agreement_that_is_not_recorded_yet_has_room_for_it(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.disclosed(&app).await;
        let mut sari = app.browser_of(&circle.sari).await;
        let sheet = sari.get(&format!("/relationships/{}/agreement-sheet", of.id)).await;
        let html = sheet.with(StatusCode::OK);
        for told in ["class=\"box\"", "toistaiseksi", "Joka toinen viikko", "6 kk", "Muualla:"] {
            assert!(html.contains(told), "{told} is missing: {html}");
        }
        assert!(!html.contains("<ol class=\"terms\">"), "nothing was published");
        let input = of.input(&app, &circle, json!({})).await;
        app.act(&circle.kaisa, "matchProposalDiscloseContactCancel", input).await.done();
        let gone = sari.get(&format!("/relationships/{}/agreement-sheet", of.id)).await;
        gone.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn a_blank_agreement_is_found_among_the_printouts(app: App) {
        let circle = app.circle("Salo").await;
        let stranger = app.circle("Vieras").await;
        let finnish = published(&app, &circle, json!({})).await;
        let swedish = published(&app, &circle, json!({ "language": "SV", "lines": ["Villkor."] })).await;
        let questions = published(&app, &circle, json!({ "kind": "REVIEW_QUESTIONS", "lines": ["Miten menee?"] })).await;
        let mut mikko = app.browser_of(&circle.mikko).await;
        let list = mikko.get("/paper").await;
        let html = list.with(StatusCode::OK);
        for id in [&finnish, &swedish] {
            assert!(html.contains(&format!("href=\"/paper/agreement/{id}\"")), "{html}");
        }
        assert!(html.contains("Salo ry") && !html.contains(&questions), "{html}");
        assert!(list.statements.len() <= 3, "{:#?}", list.statements);
        let blank = mikko.get(&format!("/paper/agreement/{swedish}")).await;
        let html = blank.with(StatusCode::OK);
        assert!(html.contains("Avtal om stödrelation") && html.contains("Villkor.") && html.contains("Varannan vecka"), "{html}");
        assert!(!html.contains("Sari") && !html.contains("Mikko"), "nobody is named");
        assert!(blank.statements.len() <= 5, "{:#?}", blank.statements);
        mikko.get(&format!("/paper/agreement/{questions}")).await.with(StatusCode::NOT_FOUND);
        // Whoever leads courses there finds it as well, and is led to nothing that is closed.
        let lena = app.person("Lena Salo", circle.association, Role::Facilitator).await;
        let mut lena = app.browser_of(&lena).await;
        assert!(lena.get("/paper").await.html.contains(&finnish));
        lena.get(&format!("/paper/agreement/{finnish}")).await.with(StatusCode::OK);
        let former = published(&app, &circle, json!({ "version": 1, "lines": ["Uusi ehto."] })).await;
        assert!(mikko.get("/paper").await.html.contains(&former));
        assert!(mikko.get(&format!("/paper/agreement/{finnish}")).await.html.contains("versio 1"), "what was signed stays");

        let none = app.browser_of(&stranger.kaisa).await.get("/paper").await;
        assert!(!none.html.contains("Salo"), "{}", none.html);
        hides(&app, &stranger, &[format!("/paper/agreement/{finnish}")]).await;
        published(&app, &circle, json!({ "version": 2, "lines": [] })).await;
        published(&app, &circle, json!({ "language": "SV", "version": 1, "lines": [] })).await;
        assert!(mikko.get("/paper").await.html.contains("ei ole vielä julkaissut"), "nothing is printed any more");
    }
}

on_both! {
    async fn a_review_is_printed_with_the_associations_own_questions(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        published(&app, &circle, json!({ "kind": "REVIEW_QUESTIONS", "lines": ["Mikä on ollut hyvää?", "Entä muuten?"] })).await;
        let review = circle.open_review(&app, &of).await;
        let id = review["id"].as_str().unwrap();
        let path = format!("/reviews/{id}/sheet");
        let mut mikko = app.browser_of(&circle.mikko).await;
        let item = mikko.get(&format!("/reviews/{id}")).await;
        assert!(item.html.contains(&format!("href=\"{path}\"")), "{}", item.html);
        let sheet = mikko.get(&path).await;
        let html = sheet.with(StatusCode::OK);
        for told in [of.case_code.as_str(), "Väliarvion lomake", "Salo ry", "Mikä on ollut hyvää?", "Entä muuten?", "Vaihtelevasti",
            "Muutetaan sopimusta", "4 kk", "Vastauksia ei kirjata"] {
            assert!(html.contains(told), "{told} is missing: {html}");
        }
        assert_eq!(html.matches("class=\"ruled\"").count(), 6, "three lines for each question");
        assert!(!html.contains("<form") && !html.contains("<input"), "nothing on it is sent");
        assert!(!html.contains("Sari"), "nobody is named");
        assert!(sheet.statements.len() <= 7, "{:#?}", sheet.statements);
        let stranger = app.circle("Vieras").await;
        hides(&app, &stranger, &[path]).await;
    }
}

on_both! {
    async fn the_hand_over_sheet_tells_the_professional_whom_to_call(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.disclosed(&app).await;
        let path = format!("/relationships/{}/hand-over-sheet", of.id);
        let mut mikko = app.browser_of(&circle.mikko).await;
        for page in ["", "/first-meeting"] {
            let page = mikko.get(&format!("/relationships/{}{page}", of.id)).await;
            assert!(page.html.contains(&format!("href=\"{path}\"")), "{}", page.html);
        }
        let seen = "SELECT count(*) FROM access_log_seen o JOIN access_log l ON l.id = o.entry_id
            WHERE l.purpose = 'page' AND o.object_kind = 'PERSON'";
        let before = app.read_sql(seen).await;
        let sheet = mikko.get(&path).await;
        let html = sheet.with(StatusCode::OK);
        for told in ["Saattaen siirtäminen", "Sari Salo", "sari.salo@example.org", of.case_code.as_str(), "23.11.2026", "Olen itse mukana"] {
            assert!(html.contains(told), "{told} is missing: {html}");
        }
        assert!(sheet.statements.len() <= 6, "{:#?}", sheet.statements);
        assert_eq!(before, "0");
        assert_eq!(app.read_sql(seen).await, "1", "that the details were looked at is in the log");

        // It is the professional's and the coordinator's; not the support person's, nor anybody else's.
        app.browser_of(&circle.kaisa).await.get(&path).await.with(StatusCode::OK);
        app.browser_of(&circle.sari).await.get(&path).await.with(StatusCode::NOT_FOUND);
        let stranger = app.circle("Vieras").await;
        hides(&app, &stranger, std::slice::from_ref(&path)).await;
        // Once the disclosure is taken back, the sheet is gone with it.
        let input = of.input(&app, &circle, json!({})).await;
        app.act(&circle.kaisa, "matchProposalDiscloseContactCancel", input).await.done();
        mikko.get(&path).await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn nothing_is_handed_over_any_more_after_the_end(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let path = format!("/relationships/{}/hand-over-sheet", of.id);
        let mut mikko = app.browser_of(&circle.mikko).await;
        mikko.get(&path).await.with(StatusCode::OK);
        let end = json!({ "endedOn": date("2026-11-23").to_string(), "endReason": "BY_AGREEMENT" });
        let input = of.input(&app, &circle, end).await;
        app.act(&circle.mikko, "supportRelationshipEnd", input).await.done();
        mikko.get(&path).await.with(StatusCode::NOT_FOUND);
        let agreement = mikko.get(&format!("/relationships/{}/agreement-sheet", of.id)).await;
        agreement.with(StatusCode::OK);
    }
}
