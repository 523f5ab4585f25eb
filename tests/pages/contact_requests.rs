//! "Please contact me" on pages: a peer asks without a reason and takes it back; supervisors find who waits.

use poem::http::StatusCode;
use rinnalla_domain::states::Role;

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_peer_asks_to_be_contacted_takes_it_back_and_asks_again(app: App) {
        let world = World::new(&app).await;
        app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let mut browser = app.browser_of(&venla).await;
        for path in ["/", "/invitations"] {
            assert!(browser.get(path).await.html.contains("href=\"/contact-requests\""), "{path}");
        }
        let (list, new) = ("/contact-requests", "/contact-requests/new");
        let page = browser.get(list).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Et ole pyytänyt") && html.contains(&format!("href=\"{new}\"")), "{html}");
        // Sign-in, requests, log.
        assert!(page.statements.len() <= 4, "{:#?}", page.statements);
        let form = browser.get(new).await;
        let html = form.with(StatusCode::OK);
        for told in ["venla.vertainen@example.org", "Syytä ei tarvitse kertoa", "soita 112", &format!("href=\"/people/{}\"", venla.node())] {
            assert!(html.contains(told), "{told}: {html}");
        }
        for field in ["<textarea", "type=\"text\""] {
            assert!(!html.contains(field), "there is no place for a reason: {html}");
        }
        let sent = browser.fill(new, &form, &[]).await;
        assert_eq!(sent.leads_to(), format!("{list}?done=contact-request-new"));
        assert_eq!(browser.fill(new, &form, &[]).await.leads_to(), sent.leads_to(), "pressed twice");
        assert_eq!(app.read_sql("SELECT count(*) FROM supervision_contact_requests").await, "1");
        let page = browser.get(sent.leads_to()).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Pyyntö on lähetetty") && html.contains("Odottaa työnohjaajaa"), "{html}");
        assert!(!html.contains(&format!("href=\"{new}\"")), "one waits already: {html}");
        let another = browser.get(new).await;
        let refused = browser.fill(new, &another, &[]).await;
        assert!(refused.with(StatusCode::UNPROCESSABLE_ENTITY).contains("Pyyntösi odottaa jo"), "{}", refused.html);

        let back = html.split("href=\"").find(|it| it.starts_with("/contact-requests/")).unwrap();
        let back = back.split('"').next().unwrap();
        let form = browser.get(back).await;
        form.with(StatusCode::OK);
        assert_eq!(browser.fill(back, &form, &[]).await.leads_to(), format!("{list}?done=contact-request-back"));
        let again = browser.get(back).await;
        browser.fill(back, &again, &[]).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(browser.get(list).await.html.contains("Peruit pyynnön"));
        let form = browser.get(new).await;
        browser.fill(new, &form, &[]).await.leads_to();
        assert_eq!(app.read_sql("SELECT count(*) FROM supervision_contact_requests WHERE withdrawn_at IS NULL").await, "1");

        // Nobody else finds it there, and whoever is no peer has no such page.
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        let mut eero = app.browser_of(&eero).await;
        eero.get(back).await.with(StatusCode::NOT_FOUND);
        let kept = browser.get(back).await;
        eero.fill(back, &kept, &[]).await.with(StatusCode::FORBIDDEN);
        let mut kaisa = app.browser_of(&world.kaisa).await;
        for path in [list, new, back] {
            kaisa.get(path).await.with(StatusCode::NOT_FOUND);
        }
        assert!(!kaisa.get("/").await.html.contains("/contact-requests"));
    }
}

on_both! {
    async fn a_supervisor_finds_who_waits_takes_care_of_it_and_lets_it_wait_again(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let list = "/supervision/contact-requests";
        let mut tyyne = app.browser_of(&log.tyyne).await;
        let front = tyyne.get("/").await;
        assert!(!front.html.contains(list), "nobody waits: {}", front.html);
        assert!(tyyne.get("/supervision").await.html.contains("Yhteydenottoa odottavia: 0"));
        assert!(tyyne.get(list).await.html.contains("Kukaan ei ole pyytänyt"));
        let mut browser = app.browser_of(&venla).await;
        let form = browser.get("/contact-requests/new").await;
        browser.fill("/contact-requests/new", &form, &[]).await.leads_to();

        let front = tyyne.get("/").await;
        assert!(front.html.contains(list) && front.html.contains("Yhteydenottoa odottavia: 1"), "{}", front.html);
        assert!(tyyne.get("/supervision").await.html.contains("Yhteydenottoa odottavia: 1"));
        let page = tyyne.get(list).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Venla Vertainen") && html.contains("venla.vertainen@example.org"), "{html}");
        // Sign-in, requests, people, log.
        assert!(page.statements.len() <= 5, "{:#?}", page.statements);
        let take = html.split("href=\"").find(|it| it.starts_with("/supervision/contact-requests/")).unwrap();
        let take = take.split('"').next().unwrap();
        let mut tarja = app.browser_of(&log.tarja).await;
        let (form, late) = (tyyne.get(take).await, tarja.get(take).await);
        assert!(form.with(StatusCode::OK).contains("venla.vertainen@example.org"), "{}", form.html);
        assert_eq!(tyyne.fill(take, &form, &[]).await.leads_to(), format!("{list}?done=contact-request-take"));
        tarja.fill(take, &late, &[]).await.with(StatusCode::CONFLICT);
        assert!(browser.get("/contact-requests").await.html.contains("Työnohjaaja on ottanut hoitaakseen"));
        assert!(!tyyne.get("/").await.html.contains(list));
        let wait = format!("{take}/wait");
        let page = tarja.get(list).await;
        assert!(page.html.contains(&wait) && page.html.contains("Otettu hoidettavaksi"), "{}", page.html);
        let form = tarja.get(&wait).await;
        assert_eq!(tarja.fill(&wait, &form, &[]).await.leads_to(), format!("{list}?done=contact-request-wait"));
        let again = tarja.get(&wait).await;
        tarja.fill(&wait, &again, &[]).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(tyyne.get(list).await.html.contains(&format!("href=\"{take}\"")));

        // The association is told nothing of it, nor is another provider.
        let other = World::named(&app, "Vieras").await;
        let strange = app.person("Vieno Vieras", other.association, Role::Supervisor).await;
        for who in [&world.kaisa, &venla, &strange] {
            let mut browser = app.browser_of(who).await;
            for path in [take, &wait] {
                browser.get(path).await.with(StatusCode::NOT_FOUND);
                let form = browser.get(&format!("/people/{}", who.node())).await;
                let sent = browser.fill(path, &form, &[]).await;
                sent.with(StatusCode::NOT_FOUND);
            }
        }
        for who in [&world.kaisa, &venla] {
            app.browser_of(who).await.get(list).await.with(StatusCode::NOT_FOUND);
        }
        assert!(!app.browser_of(&strange).await.get(list).await.html.contains("Venla"));
        assert_eq!(app.read_sql("SELECT count(*) FROM supervision_contact_requests WHERE acknowledged_at IS NULL").await, "1");
    }
}
