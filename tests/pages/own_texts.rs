//! The page on which an association publishes what is printed in its own words.

use poem::http::StatusCode;
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::states::Role;

use crate::on_both;

on_both! {
    async fn terms_and_questions_are_published_from_a_page_a_version_at_a_time(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let anna = app.person("Anna Hallinto", circle.association, Role::Admin).await;
        for (who, kind, heading) in [
            (&circle.kaisa, "AGREEMENT_TEMPLATE", "Sopimuksen ehdot"),
            (&anna, "REVIEW_QUESTIONS", "Väliarvion kysymykset"),
        ] {
            let path = format!("/paper/own/{}?kind={kind}&in=fi", circle.association.encode());
            let mut browser = app.browser_of(who).await;
            let list = browser.get("/paper").await;
            let link = path.replace('&', "&#38;");
            assert!(list.with(StatusCode::OK).contains(&format!("href=\"{link}\"")), "{}", list.html);
            assert!(list.html.contains("Ei vielä julkaistu"));
            let form = browser.get(&path).await;
            assert!(form.with(StatusCode::OK).contains(heading), "{}", form.html);
            assert!(form.statements.len() <= 5, "{:#?}", form.statements);

            let other = browser.get(&path).await;
            let number = format!("{}{}", "131052", "-308T");
            let long = "ä".repeat(601);
            for bad in ["a\u{7}b", number.as_str(), long.as_str(), &"rivi\n".repeat(31)] {
                let shown = browser.fill(&path, &form, &[("lines", bad)]).await;
                let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
                assert!(html.contains("id=\"lines-fault\""), "{bad}: {html}");
                let kept = html.contains(bad.trim());
                assert!(kept, "typed and lost: {html}");
            }
            assert_eq!(app.count("SELECT count(*) AS n FROM printed_texts WHERE kind = $1", [kind.into()]).await, 0);
            let typed = "Ensimmäinen rivi, <b>.\r\n\r\n  Toinen rivi.  \r\n";
            for _ in 0..2 {
                let sent = browser.fill(&path, &form, &[("lines", typed)]).await;
                assert_eq!(sent.leads_to(), "/paper?done=own-text", "pressed twice, published once");
            }
            let list = browser.get("/paper?done=own-text").await;
            assert!(list.html.contains("Teksti on julkaistu") && list.html.contains("Versio 1, julkaistu 23.11.2026"), "{}", list.html);
            let again = browser.get(&path).await;
            let html = again.with(StatusCode::OK);
            assert!(html.contains("Ensimmäinen rivi, &#60;b&#62;.\n\nToinen rivi.</textarea>"), "{html}");
            // Somebody else published meanwhile: how it stands is shown before anything is overwritten.
            let stale = browser.fill(&path, &other, &[("lines", "Vanha.")]).await;
            assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.html);
            assert_eq!(browser.fill(&path, &again, &[("lines", "")]).await.leads_to(), "/paper?done=own-text");
        }
        assert_eq!(app.rows(&["printed_texts"]).await.len(), 4, "each published, and each emptied");
        let sheet = format!("/relationships/{}/agreement-sheet", of.id);
        let mut mikko = app.browser_of(&circle.mikko).await;
        assert!(!mikko.get(&sheet).await.html.contains("Ensimmäinen rivi"), "nothing is printed any more");
    }
}

on_both! {
    async fn nobody_publishes_for_another_association(app: App) {
        let circle = app.circle("Salo").await;
        let stranger = app.circle("Vieras").await;
        let absent = OrganisationId::random().encode();
        let own = circle.association.encode();
        for who in [&stranger.kaisa, &circle.mikko] {
            let mut browser = app.browser_of(who).await;
            let mut words = Vec::new();
            for id in [&own, &absent] {
                let shown = browser.get(&format!("/paper/own/{id}?kind=AGREEMENT_TEMPLATE&in=fi")).await;
                words.push((shown.status, shown.html.replace(id.as_str(), "ID")));
            }
            assert_eq!(words[0], words[1]);
            assert_eq!(words[0].0, StatusCode::NOT_FOUND);
        }
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        for wrong in ["", "?kind=POEM&in=fi", "?kind=AGREEMENT_TEMPLATE&in=se"] {
            assert_eq!(kaisa.get(&format!("/paper/own/{own}{wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        assert_eq!(app.rows(&["printed_texts"]).await.len(), 0);
        let mut mikko = app.browser_of(&circle.mikko).await;
        assert!(!mikko.get("/paper").await.html.contains("/paper/own/"));
    }
}
