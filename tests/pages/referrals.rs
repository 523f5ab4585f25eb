//! The pages of referrals: a professional's draft is made ready and sent; a coordinator chooses whom to ask.

use poem::http::StatusCode;
use rinnalla_domain::ids::{Id as _, ReferralId};

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_draft_is_made_ready_and_sent(app: App) {
        let world = World::new(&app).await;
        let referral = world.draft(&app).await;
        let item = format!("/referrals/{referral}");
        let mut pekka = app.browser_of(&world.pekka).await;
        let front = pekka.get("/").await;
        assert!(front.html.contains(&format!("href=\"{item}\"")), "{}", front.html);

        let path = format!("{item}/interest");
        assert_eq!(pekka.get(&item).await.leads_to(), path);
        let form = pekka.get(&path).await;
        assert!(form.with(StatusCode::OK).contains("Kainuu"), "{}", form.html);
        assert!(form.statements.len() <= 9, "{:#?}", form.statements);
        for bad in ["", "huomenna", "24.11.2026"] {
            let shown = pekka.fill(&path, &form, &[("on", bad)]).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains("id=\"on-fault\"") && html.contains(&format!("value=\"{bad}\"")), "{bad}: {html}");
        }
        for _ in 0..2 {
            let sent = pekka.fill(&path, &form, &[("on", "20.11.2026")]).await;
            assert_eq!(sent.leads_to(), item, "pressed twice, done once");
        }

        let path = format!("{item}/consent");
        assert_eq!(pekka.get(&item).await.leads_to(), path);
        let form = pekka.get(&path).await;
        for (on, text, beside) in [
            ("20.11.2026", "", "textVersion"),
            ("", "2026-1", "on"),
            ("20.11.2026", concat!("120464", "-123P"), "textVersion"),
            ("20.11.2026", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "textVersion"),
        ] {
            let shown = pekka.fill(&path, &form, &[("on", on), ("textVersion", text)]).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(&format!("id=\"{beside}-fault\"")), "{on} {text}: {html}");
            assert!(html.contains(&format!("value=\"{text}\"")), "typed and lost: {html}");
        }
        let sent = pekka.fill(&path, &form, &[("on", "20.11.2026"), ("textVersion", "2026-1")]).await;
        assert_eq!(sent.leads_to(), item);

        let path = format!("{item}/submit");
        assert_eq!(pekka.get(&item).await.leads_to(), path);
        let form = pekka.get(&path).await;
        for _ in 0..2 {
            assert_eq!(pekka.fill(&path, &form, &[]).await.leads_to(), "/?done=referral");
        }
        assert!(pekka.get(&item).await.with(StatusCode::OK).contains("Lähetetty yhdistykselle"));
        assert!(!pekka.get("/").await.html.contains(&item), "it waits for the association now");
    }
}

on_both! {
    async fn a_coordinator_chooses_whom_to_ask(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula Tuki").await;
        world.active(&app, "Outi Toinen").await;
        let stranger = World::named(&app, "Vieras").await;
        let theirs = stranger.active(&app, "Vieno Vieras").await;
        let referral = world.submitted(&app).await;
        let item = format!("/referrals/{referral}");
        let path = format!("{item}/choose");
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let front = kaisa.get("/").await;
        assert!(front.html.contains(&format!("href=\"{item}\"")), "{}", front.html);
        assert_eq!(kaisa.get(&item).await.leads_to(), path);
        let form = kaisa.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("Tuula Tuki – ") && html.contains("Outi Toinen – ") && !html.contains("Vieno"), "{html}");
        assert!(html.contains("sama tausta, samanikäinen, samasta kunnasta, Kalastus"), "what speaks for them: {html}");
        let statements = form.statements.len();
        assert!(statements <= 17, "{:#?}", form.statements);
        for n in 0..4 {
            world.active(&app, &format!("Lisä {}", ["Yksi", "Kaksi", "Kolme", "Neljä"][n])).await;
        }
        assert_eq!(kaisa.get(&path).await.statements.len(), statements, "the same for two as for six");

        for (fields, beside) in [
            ([("supportPersonId", ""), ("channel", "PHONE"), ("on", "23.11.2026")], "supportPersonId"),
            ([("supportPersonId", "x"), ("channel", "PHONE"), ("on", "23.11.2026")], "supportPersonId"),
            ([("supportPersonId", theirs.id.as_str()), ("channel", "PHONE"), ("on", "23.11.2026")], "supportPersonId"),
            ([("supportPersonId", tuula.id.as_str()), ("channel", ""), ("on", "23.11.2026")], "channel"),
            ([("supportPersonId", tuula.id.as_str()), ("channel", "PHONE"), ("on", "24.11.2026")], "on"),
            ([("supportPersonId", "KEEP_WAITING"), ("channel", ""), ("on", "")], "on"),
        ] {
            let shown = kaisa.fill(&path, &form, &fields).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(&format!("id=\"{beside}-fault\"")), "{fields:?}: {html}");
            let typed = fields[2].1;
            assert!(html.contains(&format!("value=\"{typed}\"")), "typed and lost: {html}");
        }
        let waits = [("supportPersonId", "KEEP_WAITING"), ("on", "23.11.2026")];
        assert_eq!(kaisa.fill(&path, &form, &waits).await.leads_to(), "/?done=referral-kept-waiting");
        let form = kaisa.get(&path).await;
        assert!(!form.with(StatusCode::OK).contains("KEEP_WAITING"), "it waits already");
        let asks = [("supportPersonId", tuula.id.as_str()), ("channel", "PHONE"), ("on", "23.11.2026")];
        for _ in 0..2 {
            assert_eq!(kaisa.fill(&path, &form, &asks).await.leads_to(), "/?done=referral-asked");
        }
        assert_eq!(app.rows(&["match_proposals"]).await.len(), 1, "pressed twice, asked once");
        assert!(kaisa.get(&item).await.with(StatusCode::OK).contains("Tukihenkilöä kysytään"));
    }
}

on_both! {
    async fn a_referral_for_which_nobody_is_found_is_declined(app: App) {
        let world = World::new(&app).await;
        let referral = world.submitted(&app).await;
        let path = format!("/referrals/{referral}/choose");
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let form = kaisa.get(&path).await;
        let sent = kaisa.fill(&path, &form, &[("supportPersonId", "DECLINE"), ("on", "23.11.2026")]).await;
        assert_eq!(sent.leads_to(), "/?done=referral-declined");
        assert!(app.read_sql("SELECT status FROM referrals").await.contains("DECLINED"));
    }
}

on_both! {
    async fn a_referral_that_is_hidden_is_answered_as_one_that_is_absent(app: App) {
        let world = World::new(&app).await;
        let stranger = World::named(&app, "Vieras").await;
        let (draft, referral) = (world.draft(&app).await, world.submitted(&app).await);
        let absent = ReferralId::random().encode();
        // A draft is the professional's alone; what was sent is no other association's.
        for (reader, hidden) in [(&world.kaisa, &draft), (&stranger.kaisa, &referral), (&stranger.pekka, &referral)] {
            let mut browser = app.browser_of(reader).await;
            for form in ["", "/interest", "/consent", "/submit", "/choose"] {
                let mut words = Vec::new();
                for id in [hidden, &absent] {
                    let shown = browser.get(&format!("/referrals/{id}{form}")).await;
                    words.push((shown.status, shown.html.replace(id.as_str(), "ID")));
                }
                assert_eq!(words[0], words[1], "{form}");
                assert_eq!(words[0].0, StatusCode::NOT_FOUND, "{form}");
            }
        }
        // The professional knows of it, and does not choose.
        let mut pekka = app.browser_of(&world.pekka).await;
        assert_eq!(pekka.get(&format!("/referrals/{referral}/choose")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(pekka.get(&format!("/referrals/{referral}")).await.status, StatusCode::OK);
    }
}
