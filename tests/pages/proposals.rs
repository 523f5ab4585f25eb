//! Answering a proposal: the support person for themselves, the professional for the supported person.

use poem::http::StatusCode;

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_proposal_is_answered_by_one_and_then_by_the_other(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula Tuki").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let path = format!("/proposals/{proposal}");

        // Before the support person's yes the professional knows of nothing.
        let mut pekka = app.browser_of(&world.pekka).await;
        assert_eq!(pekka.get(&path).await.status, StatusCode::NOT_FOUND);
        let mut hers = app.browser_of(&tuula.actor).await;
        let front = hers.get("/").await;
        assert!(front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
        let form = hers.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("Lähdetkö tukihenkilöksi?") && html.contains("Kainuu"), "{html}");
        assert!(!html.contains("name=\"on\""), "the answer in the register is today's");
        let silent = hers.fill(&path, &form, &[]).await;
        assert!(silent.with(StatusCode::UNPROCESSABLE_ENTITY).contains("Tämä kohta puuttuu."));
        assert_eq!(hers.fill(&path, &silent, &[("agrees", "yes")]).await.leads_to(), "/?done=proposal");
        let after = hers.get(&path).await;
        assert!(after.with(StatusCode::OK).contains("ei odoteta nyt vastausta"));

        let front = pekka.get("/").await;
        assert!(front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
        let form = pekka.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("Mitä tuettava vastasi?") && html.contains("Oma toipuminen"), "{html}");
        assert!(!html.contains("Tuula"), "nobody is named before the yes");
        let early = pekka.fill(&path, &form, &[("agrees", "yes"), ("on", "1.1.2020")]).await;
        assert!(early.with(StatusCode::UNPROCESSABLE_ENTITY).contains("value=\"yes\" checked"), "typed and lost");
        let sent = pekka.fill(&path, &early, &[("agrees", "yes"), ("on", "23.11.2026")]).await;
        assert_eq!(sent.leads_to(), "/?done=proposal");
        let status = app.read_sql("SELECT status FROM match_proposals").await;
        assert!(status.contains("ACCEPTED"), "{status}");
    }
}

on_both! {
    async fn a_no_needs_no_reason_and_a_stranger_sees_nothing(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula Tuki").await;
        let other = world.active(&app, "Outi Toinen").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let path = format!("/proposals/{proposal}");
        let mut stranger = app.browser_of(&other.actor).await;
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
        let page = stranger.get("/").await;
        assert_eq!(stranger.fill(&path, &page, &[("agrees", "yes")]).await.status, StatusCode::NOT_FOUND);
        let mut hers = app.browser_of(&tuula.actor).await;
        let form = hers.get(&path).await;
        assert_eq!(form.html.matches("<textarea").count() + form.html.matches("type=\"text\"").count(), 0);
        assert_eq!(hers.fill(&path, &form, &[("agrees", "no")]).await.leads_to(), "/?done=proposal");
        let status = app.read_sql("SELECT status FROM match_proposals").await;
        assert!(status.contains("REFUSED_BY_SUPPORT_PERSON"), "{status}");
    }
}

on_both! {
    async fn a_coordinator_records_the_phone_call_and_gives_the_details(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula Tuki").await;
        let referral = world.submitted(&app).await;
        let input = serde_json::json!({ "supportPersonId": tuula.id, "channel": "PHONE" });
        let made = world.on_referral(&app, &world.kaisa, &referral, "matchProposalMake", input).await;
        let proposal = made.done()["matchProposal"]["id"].as_str().unwrap().to_owned();
        let path = format!("/proposals/{proposal}");
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let front = kaisa.get("/").await;
        assert!(front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
        let form = kaisa.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("Mitä tukihenkilö vastasi?") && html.contains("Tuula Tuki"), "{html}");
        assert!(form.statements.len() <= 8, "{:#?}", form.statements);
        for (fields, beside) in [
            ([("agrees", ""), ("on", "23.11.2026")], "agrees"),
            ([("agrees", "perhaps"), ("on", "23.11.2026")], "agrees"),
            ([("agrees", "yes"), ("on", "eilen")], "on"),
            ([("agrees", "yes"), ("on", "24.11.2026")], "on"),
            ([("agrees", "taken-back"), ("on", "")], "on"),
        ] {
            let shown = kaisa.fill(&path, &form, &fields).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(&format!("id=\"{beside}-fault\"")), "{fields:?}: {html}");
            assert!(html.contains(&format!("value=\"{}\"", fields[1].1)), "typed and lost: {html}");
        }
        for _ in 0..2 {
            let sent = kaisa.fill(&path, &form, &[("agrees", "yes"), ("on", "23.11.2026")]).await;
            assert_eq!(sent.leads_to(), "/?done=proposal", "pressed twice, recorded once");
        }
        let about = (referral.as_str(), proposal.as_str());
        world.on_proposal(&app, &world.pekka, about, "matchProposalAnswerForSupported", serde_json::json!({ "agrees": true }))
            .await.done();

        let front = kaisa.get("/").await;
        assert!(front.html.contains("Anna yhteystiedot") && front.html.contains(&path), "{}", front.html);
        let form = kaisa.get(&path).await;
        assert!(form.with(StatusCode::OK).contains("Tuula Tuki"), "{}", form.html);
        // It is the association that gives them.
        let mut pekka = app.browser_of(&world.pekka).await;
        let page = pekka.get(&path).await;
        assert!(page.with(StatusCode::OK).contains("ei odoteta nyt vastausta") && !page.html.contains("Tuula"));
        let front = pekka.get("/").await;
        let fields = [("step", "proposal-details"), ("version", "9"), ("key", "k")];
        assert_eq!(pekka.fill(&path, &front, &fields).await.status, StatusCode::FORBIDDEN);
        for _ in 0..2 {
            assert_eq!(kaisa.fill(&path, &form, &[]).await.leads_to(), "/?done=proposal-details");
        }
        assert_eq!(app.rows(&["support_relationships"]).await.len(), 1);
        assert_eq!(app.rows(&["disclosures"]).await.len(), 1);
    }
}

on_both! {
    async fn a_proposal_without_an_answer_is_taken_back(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula Tuki").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let path = format!("/proposals/{proposal}");
        app.on_day("2026-12-01");
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let front = kaisa.get("/").await;
        assert!(front.html.contains("Ehdotus on ilman vastausta") && front.html.contains(&path), "{}", front.html);
        let form = kaisa.get(&path).await;
        let sent = kaisa.fill(&path, &form, &[("agrees", "taken-back"), ("on", "1.12.2026")]).await;
        assert_eq!(sent.leads_to(), "/?done=proposal-taken-back");
        assert!(app.read_sql("SELECT status FROM match_proposals").await.contains("WITHDRAWN"));
        // Nor may the support person's own form take it back.
        let proposal = world.asked(&app, &referral, &world.active(&app, "Outi Toinen").await).await;
        let path = format!("/proposals/{proposal}");
        let form = kaisa.get(&path).await;
        let fields = [("agrees", "taken-back"), ("on", "1.12.2026"), ("step", "proposal")];
        let hidden: Vec<_> = form.hidden().into_iter().filter(|(name, _)| name != "step").collect();
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<_> = hidden.chain(fields).collect();
        assert_eq!(kaisa.post(&path, &all).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
