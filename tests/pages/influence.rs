//! Work for influence on pages: recorded, followed until its outcome is known, put right and taken back.

use poem::http::StatusCode;
use rinnalla_domain::states::Role;

use super::groups::link;
use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn an_initiative_is_recorded_and_its_outcome_comes_later(app: App) {
        let world = World::new(&app).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(kaisa.get("/").await.with(StatusCode::OK).contains("href=\"/influence\""));
        assert!(kaisa.get("/influence").await.with(StatusCode::OK).contains("Vaikuttamistyötä ei ole vielä kirjattu."));
        let form = kaisa.get("/influence/new").await;
        assert!(form.with(StatusCode::OK).contains("value=\"PENDING\" checked"), "{}", form.html);
        let told = [("title", "Tukihenkilöiden palkkaaminen"), ("on", "30.5.1922"), ("participants", "-1"), ("outcome", "PENDING")];
        let wrong = kaisa.fill("/influence/new", &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["id=\"kind-fault\"", "id=\"body-fault\"", "value=\"Tukihenkilöiden palkkaaminen\"", "value=\"30.5.1922\""] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let more = [told[0], told[1], told[2], told[3], ("kind", "INITIATIVE"), ("body", "Kaupunginhallitus"), ("section", "§ 261"),
            ("registerNumber", "1006-2022"), ("area", "2")];
        let wrong = kaisa.fill("/influence/new", &wrong, &more).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["Päivä on yli kymmenen vuoden päässä.", "Kirjoita luku väliltä 0–10000.", "value=\"§ 261\"", "value=\"2\" selected"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let whole = more.map(|(name, value)| match name {
            "on" => (name, "30.5.2022"),
            "participants" => (name, "3"),
            _ => (name, value),
        });
        for _ in 0..2 {
            let sent = kaisa.fill("/influence/new", &wrong, &whole).await;
            assert_eq!(sent.leads_to(), "/influence?done=influence-new");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM influence_items").await, "1", "pressed twice");
        let list = kaisa.get("/influence?only=pending").await;
        let html = list.with(StatusCode::OK);
        for told in ["Tukihenkilöiden palkkaaminen", "Odottaa vastausta", "Aloite, 30.5.2022", "Kaupunginhallitus, § 261, 1006-2022",
            "Mukana 3 omaa ihmistä", "Yhteinen vaikuttaminen"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        // Sign-in, items, log.
        assert!(list.statements.len() <= 3, "{:#?}", list.statements);

        let news = link(html, "/influence/", "/news");
        let edit = news.trim_end_matches("/news").to_owned();
        let (form, before) = (kaisa.get(&news).await, kaisa.get(&edit).await);
        assert!(form.with(StatusCode::OK).contains("Tukihenkilöiden palkkaaminen"), "{}", form.html);
        let refused = kaisa.fill(&news, &form, &[("outcomeTold", "Valtuusto merkitsi tiedoksi")]).await;
        let html = refused.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"outcome-fault\"") && html.contains("value=\"Valtuusto merkitsi tiedoksi\""), "{html}");
        let noted = [("outcome", "NOTED"), ("outcomeTold", "Valtuusto merkitsi tiedoksi")];
        assert_eq!(kaisa.fill(&news, &refused, &noted).await.leads_to(), "/influence?done=influence-news");
        assert!(kaisa.get("/influence?only=pending").await.html.contains("Mikään ei odota vastausta."));
        let html = kaisa.get("/influence").await.html;
        for told in ["Merkittiin tiedoksi", "Valtuusto merkitsi tiedoksi", "Kaupunginhallitus, § 261, 1006-2022", "Mukana 3 omaa ihmistä"] {
            assert!(html.contains(told), "all else stays, {told}: {html}");
        }
        assert!(!html.contains("/news\""), "{html}");

        // The form that was opened before knows nothing of the outcome.
        let stale = kaisa.fill(&edit, &before, &whole).await;
        let html = stale.with(StatusCode::CONFLICT);
        assert!(html.contains("Joku muu ehti muuttaa tätä.") && html.contains("<dd>Merkittiin tiedoksi</dd>"), "how it stands now: {html}");
        let rejected = whole.map(|(name, value)| if name == "outcome" { (name, "REJECTED") } else { (name, value) });
        assert_eq!(kaisa.fill(&edit, &stale, &rejected).await.leads_to(), "/influence?done=influence-edit");
        assert!(kaisa.get("/influence").await.html.contains("Hylättiin"));
    }
}

on_both! {
    async fn what_was_recorded_in_error_is_taken_back_by_its_coordinator_alone(app: App) {
        let world = World::new(&app).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let form = kaisa.get("/influence/new").await;
        let told = [("kind", "HEARING"), ("title", "Kuuleminen"), ("body", "Lautakunta"), ("on", "4.5.2026"), ("outcome", "PENDING")];
        kaisa.fill("/influence/new", &form, &told).await.leads_to();
        let cancel = link(&kaisa.get("/influence").await.html, "/influence/", "/cancel");
        let edit = cancel.trim_end_matches("/cancel").to_owned();
        let news = format!("{edit}/news");
        let strange = World::named(&app, "Vieras").await.kaisa;
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        for who in [&strange, &eero, &world.pekka] {
            let mut other = app.browser_of(who).await;
            for path in [&cancel, &edit, &news] {
                other.get(path).await.with(StatusCode::NOT_FOUND);
            }
        }
        for path in ["/influence", "/influence/new"] {
            app.browser_of(&eero).await.get(path).await.with(StatusCode::NOT_FOUND);
        }
        assert!(!app.browser_of(&eero).await.get("/").await.html.contains("/influence"));
        assert!(!app.browser_of(&strange).await.get("/influence").await.with(StatusCode::OK).contains("Kuuleminen"));
        let question = kaisa.get(&cancel).await;
        assert!(question.with(StatusCode::OK).contains("Kuuleminen, 4.5.2026"), "{}", question.html);
        for _ in 0..2 {
            let sent = kaisa.fill(&cancel, &question, &[]).await;
            assert_eq!(sent.leads_to(), "/influence?done=influence-cancel");
        }
        assert!(!kaisa.get("/influence").await.html.contains("Kuuleminen, 4.5.2026"));
        kaisa.get(&edit).await.with(StatusCode::NOT_FOUND);
        assert_eq!(app.read_sql("SELECT count(*) FROM influence_items WHERE cancelled_at IS NOT NULL").await, "1");
    }
}
