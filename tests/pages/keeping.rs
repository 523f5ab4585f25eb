//! What a coordinator keeps of courses and experts besides: curricula, cohorts, entries of the register, assignments as they
//! have become, and what may be paid free of tax.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::experts::Expert;
use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_curriculum_is_written_put_right_worked_out_and_followed(app: App) {
        let world = World::new(&app).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let page = kaisa.get("/curricula").await;
        assert!(page.with(StatusCode::OK).contains("Kurssirunkoja ei ole vielä kirjoitettu."), "{}", page.html);
        let form = kaisa.get("/curricula/new").await;
        let wrong = kaisa.fill("/curricula/new", &form, &[("name", "Runko"), ("theme1", "Kuka olen")]).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["id=\"theme2-fault\"", "id=\"theme8-fault\"", "value=\"Kuka olen\"", "value=\"Runko\""] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let themes = ["theme1", "theme2", "theme3", "theme4", "theme5", "theme6", "theme7", "theme8"];
        let mut told: Vec<(&str, &str)> = themes.iter().map(|field| (*field, "Aihe")).collect();
        told.extend([("name", "Runko"), ("methods1", "Keskustelu")]);
        let made = kaisa.fill("/curricula/new", &wrong, &told).await;
        let path = made.leads_to().split('?').next().unwrap().to_owned();
        assert_eq!(kaisa.fill("/curricula/new", &wrong, &told).await.leads_to(), made.leads_to(), "pressed twice");
        let page = kaisa.get(made.leads_to()).await;
        let html = page.with(StatusCode::OK);
        for told in ["Runko, versio 1", "3 työpajaa on vielä pitämättä", "8. kerta", "Keskustelu", "Mikään kurssi ei seuraa"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        // Sign-in, the version, sessions, workshops, log.
        assert!(page.statements.len() <= 6, "{:#?}", page.statements);

        let edit = format!("{path}/edit");
        let form = kaisa.get(&edit).await;
        let mut other = told.clone();
        other[0].1 = "Kuka olen";
        assert_eq!(kaisa.fill(&edit, &form, &other).await.leads_to(), format!("{path}?done=curriculum-edit"));
        let workshop = format!("{path}/workshop");
        let form = kaisa.get(&workshop).await;
        let sent = [("on", "1.10.2026"), ("professionals", "0"), ("developers", "0"), ("changed", "Lisättiin retki")];
        let wrong = kaisa.fill(&workshop, &form, &sent).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"professionals-fault\"") && html.contains("value=\"Lisättiin retki\""), "{html}");
        let sent = [sent[0], ("professionals", "2"), ("developers", "5"), sent[3]];
        assert_eq!(kaisa.fill(&workshop, &wrong, &sent).await.leads_to(), format!("{path}?done=workshop-add"));
        let page = kaisa.get(&path).await;
        assert!(page.html.contains("2 ammattilaista, 5 kehittäjää. Lisättiin retki"), "{}", page.html);
        let cancel = format!("{path}/workshop-cancel");
        let form = kaisa.get(&cancel).await;
        kaisa.fill(&cancel, &form, &[]).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        let offered = form.html.split("name=\"curriculumWorkshopId\" value=\"").nth(1).unwrap();
        let workshop = offered.split('"').next().unwrap();
        assert_eq!(kaisa.fill(&cancel, &form, &[("curriculumWorkshopId", workshop)]).await.leads_to(), format!("{path}?done=workshop-cancel"));
        assert!(!kaisa.get(&path).await.html.contains("Lisättiin retki"), "it was recorded in error");

        let course = app.course(&world.kaisa, "2026-12-03", json!({})).await;
        let page = kaisa.get(&format!("/courses/{course}")).await;
        let follow = format!("/courses/{course}/curriculum");
        assert!(page.html.contains(&follow), "{}", page.html);
        let form = kaisa.get(&follow).await;
        let id = path.rsplit('/').next().unwrap();
        assert!(form.html.contains("Runko, versio 1"), "{}", form.html);
        let sent = kaisa.fill(&follow, &form, &[("curriculumId", id)]).await;
        assert_eq!(sent.leads_to(), format!("/courses/{course}?done=course-curriculum"));
        assert!(kaisa.get(&format!("/courses/{course}")).await.html.contains("Kuka olen"));
        assert!(kaisa.get("/curricula").await.html.contains("Yksi kurssi seuraa tätä"));
        kaisa.get(&edit).await.with(StatusCode::OK);
        let form = kaisa.get(&edit).await;
        let refused = kaisa.fill(&edit, &form, &other).await;
        refused.with(StatusCode::UNPROCESSABLE_ENTITY);
        let next = kaisa.get(&format!("/curricula/new?from={id}")).await;
        assert!(next.html.contains("value=\"Kuka olen\"") && next.html.contains("value=\"Runko\""), "{}", next.html);

        let planning = kaisa.get("/courses/new").await;
        assert!(planning.html.contains("Runko, versio 1"), "a course that is planned may follow it too");
        let mut stranger = app.browser_of(&World::named(&app, "Vieras").await.kaisa).await;
        let mut ossi = app.browser_of(&app.person("Ossi", world.association, Role::Facilitator).await).await;
        for path in [path.as_str(), &edit, &cancel, &follow] {
            stranger.get(path).await.with(StatusCode::NOT_FOUND);
            ossi.get(path).await.with(StatusCode::NOT_FOUND);
        }
        ossi.get("/curricula").await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn cohorts_and_experts_are_written_into_the_register_and_work_comes_to_its_end(app: App) {
        let world = World::new(&app).await;
        let own = world.association.encode();
        let liisa = app.person("Liisa Lehto", world.association, Role::Expert).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(kaisa.get("/experts").await.html.contains("href=\"/experts/new\""));
        let form = kaisa.get("/experts/cohorts/new").await;
        let told = [("name", "Ryhmä 2022"), ("trainerId", own.as_str()), ("startsOn", "1.9.2022"), ("endsOn", "31.8.2022")];
        let wrong = kaisa.fill("/experts/cohorts/new", &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"endsOn-fault\"") && html.contains("value=\"Ryhmä 2022\""), "{html}");
        let told = [told[0], told[1], told[2], ("endsOn", "31.5.2023")];
        assert_eq!(kaisa.fill("/experts/cohorts/new", &wrong, &told).await.leads_to(), "/experts/cohorts?done=cohort-new");
        let page = kaisa.get("/experts/cohorts").await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("1.9.2022–31.5.2023") && html.contains("Koulutus on päättynyt"), "{html}");
        // Sign-in, cohorts, trainers, log.
        assert!(page.statements.len() <= 5, "{:#?}", page.statements);
        let path = html.split("href=\"/experts/cohorts/").filter_map(|rest| rest.split('"').next()).find(|it| it.len() == 23).unwrap();
        let (cohort, path) = (path.to_owned(), format!("/experts/cohorts/{path}"));
        let form = kaisa.get(&path).await;
        let told = [told[0], told[1], told[2], ("endsOn", "30.6.2023")];
        assert_eq!(kaisa.fill(&path, &form, &told).await.leads_to(), "/experts/cohorts?done=cohort-edit");

        let form = kaisa.get("/experts/new").await;
        let person = liisa.node();
        assert!(form.with(StatusCode::OK).contains(&person) && form.html.contains("value=\"SUPPORT\""), "{}", form.html);
        let told = [("personId", person.as_str()), ("trainerId", own.as_str()), ("purposes", "SUPPORT")];
        let wrong = kaisa.fill("/experts/new", &form, &told).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"trainedOn-fault\""), "{}", wrong.html);
        let told = [told[0], told[1], told[2], ("expertCohortId", cohort.as_str())];
        assert_eq!(kaisa.fill("/experts/new", &wrong, &told).await.leads_to(), "/experts?done=expert-new");
        assert!(!kaisa.get("/experts/new").await.html.contains(&person), "whoever stands there is not offered again");

        let eero = Expert::new(&app, &world, "Eero").await;
        let details = json!({ "hostId": own, "task": "CLIENT_WORK", "workingTimePct": 50, "compensation": "EXPENSES",
            "employment": "VOLUNTEER", "funding": "GRANTED", "phase": "UNKNOWN", "fromOn": "2026-02-01" });
        let made = eero.does(&app, &world.kaisa, "expertAssignmentAdd", json!({ "details": details })).await;
        let id = made.done()["expertAssignment"]["id"].as_str().unwrap().to_owned();
        let path = format!("/assignments/{id}");
        assert!(kaisa.get("/experts").await.html.contains(&path));
        let form = kaisa.get(&path).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("value=\"50\"") && html.contains("value=\"1.2.2026\""), "{html}");
        let told = [("task", "CLIENT_WORK"), ("hostId", own.as_str()), ("workingTimePct", "50"), ("compensation", "EXPENSES"),
            ("employment", "VOLUNTEER"), ("funding", "GRANTED"), ("phase", "UNKNOWN"), ("fromOn", "1.2.2026"), ("toOn", "1.1.2026")];
        let wrong = kaisa.fill(&path, &form, &told).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"toOn-fault\""), "{}", wrong.html);
        let mut ended = told;
        ended[8].1 = "31.10.2026";
        assert_eq!(kaisa.fill(&path, &wrong, &ended).await.leads_to(), "/experts?done=assignment-edit");
        assert_eq!(app.read_sql("SELECT count(*) FROM expert_assignments WHERE to_on IS NOT NULL").await, "1");
        let cancel = format!("{path}/cancel");
        let form = kaisa.get(&cancel).await;
        assert_eq!(kaisa.fill(&cancel, &form, &[]).await.leads_to(), "/experts?done=assignment-cancel");
        kaisa.get(&path).await.with(StatusCode::NOT_FOUND);
        let mut own = app.browser_of(&eero.actor).await;
        for path in ["/experts/new", "/experts/cohorts", "/experts/cohorts/new", &cancel] {
            own.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}

on_both! {
    async fn limits_are_seen_by_whoever_keeps_expenses_and_added_by_an_administrator(app: App) {
        let world = World::new(&app).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let page = kaisa.get("/expenses/limits").await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Vuodesta 2019") && html.contains("Kaikille yhteinen"), "{html}");
        assert!(!html.contains("/expenses/limits/new"), "a coordinator adds none: {html}");
        // Sign-in, organisations, limits, log.
        assert!(page.statements.len() <= 5, "{:#?}", page.statements);
        kaisa.get("/expenses/limits/new").await.with(StatusCode::NOT_FOUND);
        let aune = app.person("Aune", world.association, Role::Admin).await;
        let mut aune = app.browser_of(&aune).await;
        let form = aune.get("/expenses/limits/new").await;
        let told = [("fromYear", "2027"), ("perDiemDays", "25"), ("ownVehicleCents", "paljon")];
        let wrong = aune.fill("/expenses/limits/new", &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"ownVehicleCents-fault\"") && html.contains("value=\"25\""), "{html}");
        let told = [told[0], told[1], ("ownVehicleCents", "3 200,00")];
        assert_eq!(aune.fill("/expenses/limits/new", &wrong, &told).await.leads_to(), "/expenses/limits?done=expense-limits-new");
        let page = aune.get("/expenses/limits").await;
        assert!(page.html.contains("Vuodesta 2027") && page.html.contains("25 päivärahaa, omalla autolla 3\u{a0}200,00\u{a0}€"), "{}", page.html);
    }
}
