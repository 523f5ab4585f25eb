//! The pages of relationships: the first meeting, a meeting, and handing over.

use poem::http::StatusCode;
use serde_json::json;

use crate::on_both;
use crate::support::browser::Shown;

on_both! {
    async fn the_first_meeting_is_recorded_from_what_waits(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.disclosed(&app).await;
        let mut mikko = app.browser_of(&circle.mikko).await;
        let path = format!("/relationships/{}/first-meeting", of.id);
        let front = mikko.get("/").await;
        assert!(front.html.contains(&format!("href=\"{path}\"")), "{}", front.html);
        let form = mikko.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains(&of.case_code) && html.contains("value=\"23.11.2026\""));
        assert!(!html.contains("exceptionReason"), "the exception is the coordinator's");
        assert!(form.statements.len() <= 4, "{:#?}", form.statements);

        let alone = mikko.fill(&path, &form, &[("heldOn", "23.11.2026")]).await;
        let html = alone.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"professionalPresent-fault\"") && !html.contains("checked"), "{html}");
        let sent = mikko.fill(&path, &alone, &[("heldOn", "23.11.2026"), ("professionalPresent", "yes")]).await;
        assert_eq!(sent.leads_to(), "/?done=first-meeting");
        assert!(app.state().await.contains("FirstMeetingHeld"), "{}", app.state().await);

        // Recorded once more, it says that this cannot be.
        let late = mikko.get(&path).await;
        let late = mikko.fill(&path, &late, &[("heldOn", "23.11.2026"), ("professionalPresent", "yes")]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.html);
    }
}

on_both! {
    async fn a_coordinator_may_record_a_first_meeting_without_the_professional(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.disclosed(&app).await;
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let path = format!("/relationships/{}/first-meeting", of.id);
        let form = kaisa.get(&path).await;
        assert!(form.with(StatusCode::OK).contains("Pitkä matka"));
        let fields = [("heldOn", "23.11.2026"), ("exceptionReason", "DISTANCE")];
        let sent = kaisa.fill(&path, &form, &fields).await;
        assert_eq!(sent.leads_to(), "/?done=first-meeting");
    }
}

on_both! {
    async fn a_support_person_adds_a_meeting_from_the_own_list(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let mut sari = app.browser_of(&circle.sari).await;
        let path = format!("/relationships/{}/meeting", of.id);
        let list = sari.get("/relationships").await;
        let html = list.with(StatusCode::OK);
        assert!(html.contains(&of.case_code) && html.contains(&format!("href=\"{path}\"")));
        assert!(list.statements.len() <= 4, "{:#?}", list.statements);
        let form = sari.get(&path).await;
        assert!(form.with(StatusCode::OK).contains("Kahvi"), "the activities have names: {}", form.html);
        for (name, value, sentence) in [
            ("metOn", "24.11.2026", "Päivä on vasta tulossa."),
            ("metOn", "1.1.2020", "Päivät ovat väärässä järjestyksessä."),
            ("minutes", "0", "sallituissa rajoissa"),
            ("minutes", "tunti", "Kirjoita kokonaisluku."),
            ("activity", "", "Tämä kohta puuttuu."),
            ("activity", "DANCE_OF_BEES", "ei ole luettelossa"),
        ] {
            let mut fields = vec![("metOn", "23.11.2026"), ("minutes", "90"), ("activity", "COFFEE"), ("channel", "PHONE")];
            fields.retain(|(field, _)| *field != name);
            fields.push((name, value));
            let shown = sari.fill(&path, &form, &fields).await;
            let html = shown.with(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(html.contains(sentence) && html.contains(&format!("id=\"{name}-fault\"")), "{name} {value}: {html}");
            assert!(html.contains("value=\"PHONE\" checked"), "typed and lost");
        }
        assert_eq!(app.rows(&["meetings"]).await.len(), 0);
        let fields = [("metOn", "23.11.2026"), ("minutes", "90"), ("activity", "COFFEE"), ("channel", "IN_PERSON")];
        for _ in 0..2 {
            assert_eq!(sari.fill(&path, &form, &fields).await.leads_to(), "/?done=meeting");
        }
        assert_eq!(app.rows(&["meetings"]).await.len(), 1, "pressed twice, recorded once");
        let item = sari.get(&format!("/relationships/{}", of.id)).await;
        assert!(item.with(StatusCode::OK).contains("Yksi tapaaminen, 1 tuntia"), "{}", item.html);
        assert!(!item.html.contains("/hand-over\""), "a case is not the support person's to hand over");
    }
}

on_both! {
    async fn what_is_no_longer_mine_goes_to_a_colleague(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let liisa = app.person("Liisa Uusi", circle.partner, rinnalla_domain::states::Role::Professional).await;
        let stranger = app.circle("Vieras").await;
        let mut mikko = app.browser_of(&circle.mikko).await;
        let path = format!("/relationships/{}/hand-over", of.id);
        let item = mikko.get(&format!("/relationships/{}", of.id)).await;
        assert!(item.html.contains(&format!("href=\"{path}\"")));
        let form = mikko.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("Liisa Uusi") && html.contains("Koordinaattori etsii jatkajan"));
        assert!(!html.contains("Mikko Salo") && !html.contains("Mikko Vieras"));
        let before = app.rows(&["case_professionals"]).await;
        for (value, sentence) in [
            ("", "Tämä kohta puuttuu."),
            ("x", "Tätä ei löydy."),
            (stranger.mikko.node().as_str(), "ei ole ammattilainen siinä"),
            (circle.mikko.node().as_str(), "Valitse kaksi eri"),
        ] {
            let shown = mikko.fill(&path, &form, &[("successorId", value)]).await;
            assert!(shown.with(StatusCode::UNPROCESSABLE_ENTITY).contains(sentence), "{value}: {}", shown.html);
        }
        assert_eq!(app.rows(&["case_professionals"]).await, before);
        let sent = mikko.fill(&path, &form, &[("successorId", &liisa.node())]).await;
        assert_eq!(sent.leads_to(), "/?done=hand-over");
        let gone = mikko.get(&format!("/relationships/{}", of.id)).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        let mut liisa = app.browser_of(&liisa).await;
        assert_eq!(liisa.get(&format!("/relationships/{}", of.id)).await.status, StatusCode::OK);
        let responsible = app.read_sql("SELECT count(*) FROM case_professionals WHERE to_on IS NULL AND is_responsible").await;
        assert!(responsible.contains('1'), "{responsible}");
    }
}

on_both! {
    async fn what_is_no_longer_mine_may_go_to_the_coordinator(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let mut mikko = app.browser_of(&circle.mikko).await;
        let path = format!("/relationships/{}/hand-over", of.id);
        let form = mikko.get(&path).await;
        let fields = [("successorId", "COORDINATOR")];
        assert_eq!(mikko.fill(&path, &form, &fields).await.leads_to(), "/?done=hand-over");
        assert_eq!(mikko.get(&path).await.status, StatusCode::NOT_FOUND);
        // The case waits for the coordinator at once; once its review falls due that does, too.
        app.on_day("2027-02-24");
        let mut kaisa = app.browser_of(&circle.kaisa).await;
        let front = kaisa.get("/").await;
        assert!(front.with(StatusCode::OK).contains("Väliarvio ilman ammattilaista"), "{}", front.html);
        assert!(front.html.contains(&of.case_code));
    }
}

on_both! {
    async fn giving_up_a_case_by_graphql_is_the_same_act(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let query = "query($id: ID!) { node(id: $id) { ... on SupportRelationship { supportedCase { id version } } } }";
        let case = circle.mikko.ask(&app, query, json!({ "id": of.id })).await;
        let case = case.data()["node"]["supportedCase"].clone();
        let input = json!({ "caseId": case["id"], "version": case["version"], "successorId": circle.mikko.node() });
        let answer = circle.mikko.does(&app, "caseProfessionalLeave", "supportedCase { id }", input).await;
        assert_eq!(answer.user_errors(), ["successorId SAME_TWICE"]);
        let input = json!({ "caseId": case["id"], "version": case["version"], "idempotencyKey": "leave" });
        for _ in 0..2 {
            let answer = circle.mikko.does(&app, "caseProfessionalLeave", "supportedCase { id }", input.clone()).await;
            assert_eq!(answer.done()["supportedCase"], json!(null), "it is no longer the professional's to see");
        }
        let stale = json!({ "caseId": case["id"], "version": case["version"] });
        let answer = circle.mikko.does(&app, "caseProfessionalLeave", "supportedCase { id }", stale.clone()).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
        let answer = circle.kaisa.does(&app, "caseProfessionalLeave", "supportedCase { id }", stale).await;
        assert_eq!(answer.codes(), ["CONFLICT"], "somebody changed it since");
    }
}

on_both! {
    async fn a_relationship_that_is_hidden_is_answered_as_one_that_is_absent(app: App) {
        let circle = app.circle("Salo").await;
        let of = circle.active(&app).await;
        let stranger = app.circle("Vieras").await;
        let mut browser = app.browser_of(&stranger.mikko).await;
        let absent = rinnalla_domain::ids::Id::encode(<rinnalla_domain::ids::SupportRelationshipId as rinnalla_domain::ids::Id>::random());
        for form in ["", "/first-meeting", "/meeting", "/hand-over", "/agreement", "/pause", "/resume", "/end"] {
            let mut words = Vec::new();
            for id in [&of.id, &absent] {
                let shown: Shown = browser.get(&format!("/relationships/{id}{form}")).await;
                words.push((shown.status, shown.html.replace(id.as_str(), "ID")));
            }
            assert_eq!(words[0], words[1], "{form}");
            assert_eq!(words[0].0, StatusCode::NOT_FOUND);
        }
        assert!(!browser.get("/relationships").await.html.contains(&of.case_code));
    }
}
