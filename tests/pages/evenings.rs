//! A drop-in place on a guide's phone: the evening, the wishes, the sheet for the door; and supervision for supervisors.

use poem::http::StatusCode;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_guide_opens_the_doors_taps_visits_and_has_somebody_come_instead(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        place.term(&app, &venla, "PEER_GUIDE").await;
        let mut paavo = app.browser_of(&place.paavo).await;
        let front = paavo.get("/").await;
        assert!(front.with(StatusCode::OK).contains("href=\"/evenings\""), "{}", front.html);
        let path = format!("/evenings/{}", place.id);
        let list = paavo.get("/evenings").await;
        assert!(list.with(StatusCode::OK).contains(&format!("href=\"{path}\"")), "{}", list.html);
        let page = paavo.get(&path).await;
        assert!(page.with(StatusCode::OK).contains("Avaa ovet"), "{}", page.html);
        let opened = paavo.fill(&path, &page, &[("what", "open")]).await;
        assert_eq!(opened.leads_to(), format!("{path}?done=evening"));
        for what in ["visit", "first", "visit", "back", "support"] {
            let page = paavo.get(&path).await;
            paavo.fill(&path, &page, &[("what", what)]).await.leads_to();
        }
        // The same press sent twice counts once.
        let page = paavo.get(&path).await;
        paavo.fill(&path, &page, &[("what", "visit")]).await.leads_to();
        paavo.fill(&path, &page, &[("what", "visit")]).await.leads_to();
        let counts = "SELECT visits || ' ' || first_time_visits || ' ' || personal_supports FROM openings";
        assert_eq!(app.read_sql(counts).await, "3 1 1");
        let page = paavo.get(&path).await;
        for told in ["<dd>3</dd>", "<dd>1</dd>", "Sulje tältä päivältä"] {
            assert!(page.html.contains(told), "{told}: {}", page.html);
        }

        // Others see no evening of this place.
        let mut kaisa = app.browser_of(&World::named(&app, "Vieras").await.kaisa).await;
        kaisa.get(&path).await.with(StatusCode::NOT_FOUND);
        let mut venla = app.browser_of(&venla).await;
        venla.get(&path).await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn a_wish_is_answered_on_a_page_and_the_answer_is_on_the_door(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let paper = json!({ "dropInPlaceId": place.id, "text": "Sauna kerran kuussa", "receivedOn": "2026-11-16" });
        let wish = place.paavo.does(&app, "wishTypeIn", "wish { id }", paper).await.done()["wish"]["id"].clone();
        let wish = format!("/wish/{}", wish.as_str().unwrap());
        let mut paavo = app.browser_of(&place.paavo).await;
        let wishes = format!("/evenings/{}/wishes", place.id);
        let list = paavo.get(&wishes).await;
        assert!(list.with(StatusCode::OK).contains("Sauna kerran kuussa") && list.html.contains(&wish), "{}", list.html);
        let form = paavo.get(&wish).await;
        form.with(StatusCode::OK);
        let refused = paavo.fill(&wish, &form, &[("status", "NOT_POSSIBLE")]).await;
        refused.with(StatusCode::UNPROCESSABLE_ENTITY);
        let told = [("status", "NOT_POSSIBLE"), ("told", "Saunavuoro"), ("answer", "Talossa ei ole saunaa")];
        assert_eq!(paavo.fill(&wish, &form, &told).await.leads_to(), format!("{wishes}?done=wish-answered"));
        assert!(!paavo.get(&wishes).await.html.contains("Sauna kerran kuussa"), "it is answered");
        for (language, heading) in [("fi", "Viikon ohjelma"), ("sv", "Veckans program"), ("en", "The week")] {
            let sheet = paavo.get(&format!("/evenings/{}/door?in={language}", place.id)).await;
            let html = sheet.with(StatusCode::OK);
            assert!(html.contains(heading) && html.contains("Saunavuoro") && html.contains("Talossa ei ole saunaa"), "{html}");
            for name in ["Paavo", "Pirjo", "Sauna kerran"] {
                assert!(!html.contains(name), "{name}: {html}");
            }
        }
    }
}

on_both! {
    async fn a_supervisor_records_who_was_there_and_a_coordinator_finds_no_such_page(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        let session = log.planned(&app, "2026-11-23", &[&venla, &eero]).await;
        let mut tyyne = app.browser_of(&log.tyyne).await;
        let path = format!("/supervision/{session}");
        let list = tyyne.get("/supervision").await;
        assert!(list.with(StatusCode::OK).contains(&format!("href=\"{path}\"")), "{}", list.html);
        let form = tyyne.get(&path).await;
        assert!(form.with(StatusCode::OK).contains("Venla Vertainen"), "{}", form.html);
        let there = venla.node();
        let sent = tyyne.fill(&path, &form, &[("minutes", "80"), ("marks", there.as_str())]).await;
        assert_eq!(sent.leads_to(), "/supervision?done=supervision");
        assert_eq!(app.read_sql("SELECT '' || held_minutes FROM supervision_sessions").await, "80");
        let marks = "SELECT count(*) FROM supervision_attendances WHERE status = 'ATTENDED' AND cancelled_at IS NULL";
        assert_eq!(app.read_sql(marks).await, "1");
        let mut kaisa = app.browser_of(&world.kaisa).await;
        kaisa.get(&path).await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn whoever_is_invited_to_supervision_answers_on_a_page_and_sees_nobody_else(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        log.planned(&app, "2026-12-03", &[&venla, &eero]).await;
        let mut browser = app.browser_of(&venla).await;
        assert!(browser.get("/").await.html.contains("href=\"/invitations\""));
        let list = browser.get("/invitations").await;
        let html = list.with(StatusCode::OK);
        assert!(html.contains("Et ole vastannut") && !html.contains("Eero"), "{html}");
        let path = html.split("href=\"").find(|it| it.starts_with("/invitations/")).unwrap();
        let path = path.split('"').next().unwrap();
        let form = browser.get(path).await;
        assert!(form.with(StatusCode::OK).contains("90 minuuttia"), "{}", form.html);
        browser.fill(path, &form, &[]).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        let sent = browser.fill(path, &form, &[("answer", "NOT_COMING")]).await;
        assert_eq!(sent.leads_to(), "/invitations?done=invitation");
        assert!(browser.get("/invitations").await.html.contains("En pääse"));
        let answers = "SELECT count(*) FROM supervision_invitations WHERE answer = 'NOT_COMING'";
        assert_eq!(app.read_sql(answers).await, "1");
        for other in [&eero, &log.tyyne, &world.kaisa] {
            let mut browser = app.browser_of(other).await;
            browser.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}
