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
