//! House meetings on pages: planned with waiting wishes, talked over, recorded, put right, called off, and printed.

use poem::http::StatusCode;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::support::App;
use crate::support::matching::World;
use crate::support::places::Place;

async fn wish(app: &App, place: &Place, text: &str) -> String {
    let paper = json!({ "dropInPlaceId": place.id, "text": text, "receivedOn": "2026-11-16" });
    let answer = place
        .paavo
        .does(app, "wishTypeIn", "wish { id }", paper)
        .await;
    answer.done()["wish"]["id"].as_str().unwrap().to_owned()
}

/// The path of a meeting that was planned with this input.
async fn planned(app: &App, place: &Place, on: &str, wishes: &[&str], topics: &[&str]) -> String {
    let input = json!({ "dropInPlaceId": place.id, "on": on, "wishIds": wishes, "topics": topics });
    let answer = place
        .paavo
        .does(app, "houseMeetingPlan", "houseMeeting { id }", input)
        .await;
    let id = answer.done()["houseMeeting"]["id"].as_str().unwrap();
    format!("/house-meetings/{id}")
}

on_both! {
    async fn a_guide_plans_a_house_meeting_with_a_wish_and_finds_it_from_the_evening(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let sauna = wish(&app, &place, "Sauna kerran kuussa").await;
        let mut paavo = app.browser_of(&place.paavo).await;
        let list = format!("/evenings/{}/meetings", place.id);
        let new = format!("{list}/new");
        for path in ["/evenings", &format!("/evenings/{}", place.id)] {
            assert!(paavo.get(path).await.html.contains(&format!("href=\"{list}\"")), "{path}");
        }
        assert!(paavo.get(&format!("/evenings/{}/wishes", place.id)).await.html.contains(&new));
        let page = paavo.get(&list).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("ei ole vielä suunniteltu") && html.contains(&new), "{html}");
        // Sign-in, the place, meetings, log.
        assert!(page.statements.len() <= 5, "{:#?}", page.statements);

        let form = paavo.get(&new).await;
        assert!(form.with(StatusCode::OK).contains("Sauna kerran kuussa"), "{}", form.html);
        let empty = paavo.fill(&new, &form, &[("on", "31.2.2026")]).await;
        let html = empty.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["id=\"on-fault\"", "id=\"topics-fault\"", "asialista on tyhjä", "value=\"31.2.2026\""] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let long = "x".repeat(201);
        let far = paavo.fill(&new, &form, &[("on", "1.1.2030"), ("wishIds", &sauna), ("topics", "Siivousvuorot")]).await;
        let html = far.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"on-fault\"") && html.contains("Siivousvuorot</textarea>"), "{html}");
        assert!(html.contains(&format!("value=\"{sauna}\" checked")), "what was chosen is kept: {html}");
        let wrong = paavo.fill(&new, &form, &[("on", "30.11.2026"), ("topics", &long)]).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"topics-fault\""), "{}", wrong.html);
        assert_eq!(app.read_sql("SELECT count(*) FROM house_meetings").await, "0");

        let told = [("on", "30.11.2026"), ("wishIds", sauna.as_str()), ("topics", "Siivousvuorot\n\nJoulu")];
        let sent = paavo.fill(&new, &form, &told).await;
        let path = sent.leads_to().split('?').next().unwrap().to_owned();
        assert_eq!(paavo.fill(&new, &form, &told).await.leads_to(), sent.leads_to(), "pressed twice");
        assert_eq!(app.read_sql("SELECT count(*) FROM house_meetings").await, "1");
        let page = paavo.get(sent.leads_to()).await;
        let html = page.with(StatusCode::OK);
        for told in ["Talokokous on suunniteltu", "1. Sauna kerran kuussa", "Toive: Vastaanotettu", "2. Siivousvuorot", "3. Joulu"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert!(!html.contains(&format!("{path}/record")), "it is to come: {html}");
        // Sign-in, the meeting, matters, wishes, log.
        assert!(page.statements.len() <= 6, "{:#?}", page.statements);
        assert!(paavo.get(&list).await.html.contains(&path));

        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        place.term(&app, &venla, "PEER_GUIDE").await;
        let stranger = World::named(&app, "Vieras").await.kaisa;
        for other in [&venla, &stranger, &world.pekka] {
            let mut browser = app.browser_of(other).await;
            for path in [list.clone(), new.clone(), path.clone(), format!("{path}/edit"), format!("{path}/record"),
                format!("{path}/cancel"), format!("{path}/sheet")] {
                browser.get(&path).await.with(StatusCode::NOT_FOUND);
            }
            let refused = browser.fill(&format!("{path}/cancel"), &paavo.get(&format!("{path}/cancel")).await, &[]).await;
            assert_ne!(refused.status, StatusCode::SEE_OTHER);
        }
        let keeper = app.person("Pirkko Pitäjä", world.association, Role::PlaceKeeper).await;
        for may in [&keeper, &world.kaisa] {
            app.browser_of(may).await.get(&path).await.with(StatusCode::OK);
        }
    }
}

on_both! {
    async fn what_a_meeting_decided_is_recorded_and_answers_a_wish_for_everybody(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let (sauna, table) = (wish(&app, &place, "Sauna").await, wish(&app, &place, "Biljardipöytä").await);
        let path = planned(&app, &place, "2026-11-23", &[&sauna, &table], &["Siivousvuorot"]).await;
        let mut paavo = app.browser_of(&place.paavo).await;
        let list = format!("/evenings/{}/meetings", place.id);
        assert!(paavo.get(&list).await.html.contains("Päätöksiä ei ole vielä kirjattu"));
        let record = format!("{path}/record");
        assert!(paavo.get(&path).await.html.contains(&record));
        let form = paavo.get(&record).await;
        let html = form.with(StatusCode::OK);
        for told in ["3. Siivousvuorot", "name=\"status2\"", "Päätös 1 on myös vastaus"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert!(!html.contains("name=\"status3\"") && !html.contains("name=\"answers3\""), "no wish: {html}");

        // Everything that is wrong is told beside its field, and what was typed is kept.
        let long = "x".repeat(501);
        let wrong = paavo.fill(&record, &form, &[("heads", "monta"), ("decision1", "Ei käy"), ("status1", "NOT_POSSIBLE"),
            ("status2", "PLANNED"), ("decision3", long.as_str())]).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["id=\"heads-fault\"", "id=\"answers1-fault\"", "id=\"decision2-fault\"", "id=\"decision3-fault\"", "value=\"Ei käy\"",
            "value=\"monta\""] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert!(html.contains("name=\"status1\" value=\"NOT_POSSIBLE\" checked"), "{html}");
        let missing = paavo.fill(&record, &form, &[("heads", "12")]).await;
        assert!(missing.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"status1-fault\""), "{}", missing.html);
        assert_eq!(app.read_sql("SELECT count(*) FROM house_meetings WHERE status = 'HELD'").await, "0");

        let told = [("heads", "12"), ("decision1", "Talossa ei ole saunaa"), ("status1", "NOT_POSSIBLE"), ("answers1", "yes"),
            ("status2", "DISCUSSED"), ("decision3", "Vuorot listalle")];
        assert_eq!(paavo.fill(&record, &form, &told).await.leads_to(), format!("{path}?done=house-meeting-record"));
        assert_eq!(paavo.fill(&record, &form, &told).await.leads_to(), format!("{path}?done=house-meeting-record"), "pressed twice");
        let page = paavo.get(&path).await;
        let html = page.with(StatusCode::OK);
        for told in ["Pidetty", "<dd>12</dd>", "Päätös: Talossa ei ole saunaa", "Vastaus toiveeseen: Talossa ei ole saunaa",
            "Vastaus ei näy vielä muille", "Toive: Keskusteltu yhdessä", "Keskusteltiin, ei päätetty", "Päätös: Vuorot listalle"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        // Told of in the place's own words, everybody reads the answer.
        let of_wish = format!("/wish/{sauna}");
        assert!(html.contains(&of_wish), "{html}");
        let tell = paavo.get(&of_wish).await;
        let words = [("status", "NOT_POSSIBLE"), ("told", "Saunavuoro"), ("answer", "Talossa ei ole saunaa")];
        paavo.fill(&of_wish, &tell, &words).await.leads_to();
        assert!(!paavo.get(&path).await.html.contains("Vastaus ei näy vielä muille"));

        // Put right: what was recorded stands in the form; somebody else's change is told of, and nothing is lost.
        let again = paavo.get(&record).await;
        for told in ["value=\"12\"", "value=\"Vuorot listalle\"", "name=\"answers1\" value=\"yes\" checked"] {
            assert!(again.html.contains(told), "{told}: {}", again.html);
        }
        let told = [("heads", "11"), ("status1", "NOT_POSSIBLE"), ("status2", "DISCUSSED"), ("decision3", "Vuorot oveen")];
        paavo.fill(&record, &again, &told).await.leads_to();
        let mut pirjo = app.browser_of(&place.pirjo).await;
        let stale = pirjo.get(&record).await;
        let sent = [("heads", "10"), ("status1", "NOT_POSSIBLE"), ("status2", "DISCUSSED"), ("decision3", "Vuorot listalle")];
        let again = paavo.get(&record).await;
        paavo.fill(&record, &again, &told).await.leads_to();
        let late = pirjo.fill(&record, &stale, &sent).await;
        assert!(late.with(StatusCode::CONFLICT).contains("value=\"Vuorot listalle\""), "{}", late.html);
        let kept = "SELECT m.heads || ' ' || i.decision FROM house_meetings m JOIN house_meeting_items i ON i.house_meeting_id = m.id WHERE i.no = 3";
        assert_eq!(app.read_sql(kept).await, "11 Vuorot oveen");
        pirjo.fill(&record, &late, &sent).await.leads_to();
        assert_eq!(app.read_sql(kept).await, "10 Vuorot listalle");
    }
}

on_both! {
    async fn an_agenda_is_changed_printed_and_the_meeting_called_off(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let (sauna, table) = (wish(&app, &place, "Sauna").await, wish(&app, &place, "Biljardipöytä").await);
        let path = planned(&app, &place, "2026-11-23", &[&sauna], &["Siivousvuorot"]).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let edit = format!("{path}/edit");
        let form = kaisa.get(&edit).await;
        let html = form.with(StatusCode::OK);
        for told in [format!("value=\"{sauna}\" checked"), format!("value=\"{table}\"> "), "value=\"23.11.2026\"".to_owned(),
            "Siivousvuorot</textarea>".to_owned()] {
            assert!(html.contains(&told), "{told}: {html}");
        }
        let old = kaisa.get(&edit).await;
        let told = [("on", "24.11.2026"), ("wishIds", table.as_str()), ("topics", "Talvi")];
        assert_eq!(kaisa.fill(&edit, &form, &told).await.leads_to(), format!("{path}?done=house-meeting-edit"));
        let stale = kaisa.fill(&edit, &old, &[("on", "25.11.2026"), ("topics", "Kesä")]).await;
        assert!(stale.with(StatusCode::CONFLICT).contains("Kesä</textarea>"), "{}", stale.html);
        let page = kaisa.get(&path).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("24.11.2026") && html.contains("1. Biljardipöytä") && html.contains("2. Talvi"), "{html}");
        assert!(!html.contains("Sauna"), "it waits for another meeting: {html}");
        // What is to come is not recorded.
        let record = format!("{path}/record");
        let early = kaisa.get(&record).await;
        let sent = kaisa.fill(&record, &early, &[("heads", "5"), ("status1", "DISCUSSED")]).await;
        sent.with(StatusCode::UNPROCESSABLE_ENTITY);

        for (language, heading, room) in [("fi", "Talokokous", "Asiat ja päätökset"), ("sv", "Husmöte", "Ärenden och beslut"),
            ("en", "House meeting", "Matters and decisions")] {
            let sheet = kaisa.get(&format!("{path}/sheet?in={language}")).await;
            let html = sheet.with(StatusCode::OK);
            for told in [heading, room, "Kulma", "1. Biljardipöytä", "class=\"ruled\""] {
                assert!(html.contains(told), "{told}: {html}");
            }
            assert!(!html.contains("Kaisa"), "nobody's name: {html}");
        }
        let cancel = format!("{path}/cancel");
        let form = kaisa.get(&cancel).await;
        assert!(form.with(StatusCode::OK).contains("muuta päivää"), "{}", form.html);
        assert_eq!(kaisa.fill(&cancel, &form, &[]).await.leads_to(), format!("{path}?done=house-meeting-cancel"));
        let page = kaisa.get(&path).await;
        assert!(page.html.contains("Peruttu") && !page.html.contains(&edit), "{}", page.html);
        let form = kaisa.get(&edit).await;
        let gone = kaisa.fill(&edit, &form, &[("on", "1.12.2026"), ("topics", "Talvi")]).await;
        gone.with(StatusCode::UNPROCESSABLE_ENTITY);
        kaisa.get("/house-meetings/nowhere").await.with(StatusCode::NOT_FOUND);
        kaisa.get(&format!("/house-meetings/{}", place.id)).await.with(StatusCode::NOT_FOUND);
    }
}
