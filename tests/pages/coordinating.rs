//! What a coordinator keeps beside relationships: courses put elsewhere, trainings, experts, expenses.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::experts::Expert;
use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_course_is_looked_at_before_it_is_kept(app: App) {
        let world = World::new(&app).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(kaisa.get("/courses").await.html.contains("href=\"/courses/new\""));
        let path = "/courses/new";
        let page = kaisa.get(path).await;
        page.with(StatusCode::OK);
        // Every fault at once, beside its field, and nothing that was typed is lost.
        let wrong = kaisa.fill(path, &page, &[("name", "Kevään kurssi"), ("startsOn", "31.2.2026"), ("startsAt", "25.00"), ("lunchMinutes", "x")]).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["value=\"Kevään kurssi\"", "value=\"31.2.2026\"", "id=\"startsOn-fault\"", "id=\"startsAt-fault\"", "id=\"lunchMinutes-fault\"", "17.30"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let told = [("name", "Kevään kurssi"), ("startsOn", "9.4.2026"), ("startsAt", "12.00"), ("lunchMinutes", "45"), ("participantLimit", "12")];
        let looked = kaisa.fill(path, &wrong, &told).await;
        let html = looked.with(StatusCode::OK);
        for told in ["to 9.4.2026", "to 4.6.2026", "to 14.5.2026 (helatorstai)", "32,0 tuntia, ilman lounastaukoja 26,0 tuntia", "Tallenna kurssi"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM courses").await, "0", "it is not kept yet");
        // Another day is looked at anew.
        let other = [told[0], ("startsOn", "16.4.2026"), told[2], told[3], told[4]];
        let looked = kaisa.fill(path, &looked, &other).await;
        assert!(looked.with(StatusCode::OK).contains("to 11.6.2026"), "{}", looked.html);
        assert_eq!(app.read_sql("SELECT count(*) FROM courses").await, "0");
        let kept = kaisa.fill(path, &looked, &other).await;
        let course = kept.leads_to().to_owned();
        // The button pressed twice.
        assert_eq!(kaisa.fill(path, &looked, &other).await.leads_to(), course);
        assert_eq!(app.read_sql("SELECT count(*) FROM courses").await, "1");
        let page = kaisa.get(&course).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Kurssi on tallennettu.") && html.contains("kaksi ammattilaista"), "{html}");
        // Sign-in, course, sessions, who leads, parts, log.
        assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    }
}

on_both! {
    async fn one_session_is_moved_cancelled_and_made_up(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let course = format!("/courses/{}", led.id);
        let session = led.sessions(&app).await[1]["id"].as_str().unwrap().to_owned();
        let mut ossi = app.browser_of(&led.ossi).await;
        let page = ossi.get(&course).await;
        let (moving, cancelling) = (format!("/attendance/{session}/move"), format!("/attendance/{session}/cancel"));
        assert!(page.html.contains(&moving) && page.html.contains(&cancelling), "{}", page.html);
        let form = ossi.get(&moving).await;
        assert!(form.with(StatusCode::OK).contains("value=\"10.12.2026\""), "{}", form.html);
        let taken = ossi.fill(&moving, &form, &[("on", "17.12.2026"), ("startsAt", "13:15")]).await;
        let html = taken.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"on-fault\"") && html.contains("value=\"13:15\""), "{html}");
        let moved = ossi.fill(&moving, &taken, &[("on", "11.12.2026"), ("startsAt", "13:15")]).await;
        assert_eq!(moved.leads_to(), format!("{course}?done=session-moved"));
        let page = ossi.get(moved.leads_to()).await;
        assert!(page.html.contains("pe 11.12.2026 klo 13.15") && page.html.contains("Kerta on siirretty."), "{}", page.html);

        let form = ossi.get(&cancelling).await;
        let sent = ossi.fill(&cancelling, &form, &[]).await;
        assert_eq!(sent.leads_to(), format!("{course}?done=session-cancelled"));
        // The button pressed twice; then a page from before, which is of another version.
        assert_eq!(ossi.fill(&cancelling, &form, &[]).await.leads_to(), sent.leads_to());
        assert_eq!(ossi.get(&course).await.html.matches("Peruttu").count(), 1, "it was not taken back");
        let hidden = form.hidden();
        let other: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| match name.as_str() {
            "key" => ("key", "another"),
            name => (name, value.as_str()),
        }).collect();
        ossi.post(&cancelling, &other).await.with(StatusCode::CONFLICT);
        let form = ossi.get(&moving).await;
        assert!(form.with(StatusCode::OK).contains("Pidä kerta toisena päivänä"), "{}", form.html);
        let sent = ossi.fill(&moving, &form, &[("on", "18.12.2026"), ("startsAt", "12")]).await;
        assert_eq!(sent.leads_to(), format!("{course}?done=session-made-up"));
        let page = ossi.get(&course).await;
        assert!(page.html.contains("pe 18.12.2026 klo 12.00"), "{}", page.html);
        assert!(!page.html.contains(&moving), "what was made up for is done with");
        let mut stranger = app.browser_of(&World::named(&app, "Vieras").await.kaisa).await;
        for path in [&moving, &cancelling] {
            stranger.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}

on_both! {
    async fn a_training_is_planned_filled_and_recorded_in_a_few_pages(app: App) {
        let world = World::new(&app).await;
        let (tuula, teemu) = (world.applicant(&app, "Tuula").await, world.applicant(&app, "Teemu").await);
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(kaisa.get("/trainings").await.with(StatusCode::OK).contains("Koulutuksia ei ole vielä kirjattu."));
        let form = kaisa.get("/trainings/new").await;
        let own = world.association.encode();
        let told = [("name", "Syksyn koulutus"), ("trainerId", own.as_str()), ("firstOn", "7.11.2026"), ("secondOn", "8.11.2026")];
        let wrong = kaisa.fill("/trainings/new", &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"secondOn-fault\"") && html.contains("value=\"Syksyn koulutus\""), "{html}");
        let planned = kaisa.fill("/trainings/new", &wrong, &[told[0], told[1], told[2], ("secondOn", "21.11.2026")]).await;
        let training = planned.leads_to().split('?').next().unwrap().to_owned();
        let adding = format!("{training}/add");
        for who in [&tuula, &teemu] {
            let form = kaisa.get(&adding).await;
            assert!(form.html.contains(&who.id), "{}", form.html);
            kaisa.fill(&adding, &form, &[("supportPersonId", &who.id)]).await.leads_to();
        }
        let full = kaisa.get(&adding).await;
        assert!(!full.html.contains(&tuula.id), "who takes part is not offered again");
        for (weekend, there) in [("first", vec![&tuula, &teemu]), ("second", vec![&tuula])] {
            let path = format!("{training}/{weekend}");
            let form = kaisa.get(&path).await;
            let marks: Vec<(&str, &str)> = there.iter().map(|who| ("marks", who.id.as_str())).collect();
            assert_eq!(kaisa.fill(&path, &form, &marks).await.leads_to(), format!("{training}?done=training-weekend"));
        }
        assert_eq!(tuula.status(&app, &world.kaisa).await, "TRAINED");
        assert_eq!(teemu.status(&app, &world.kaisa).await, "IN_TRAINING");
        let page = kaisa.get(&training).await;
        let html = page.with(StatusCode::OK);
        assert!(html.contains("Koulutettu") && html.contains("la 21.11.2026: ei merkitty paikalle"), "{html}");
        // Sign-in, training, parts, support persons, names, log.
        assert!(page.statements.len() <= 8, "{:#?}", page.statements);
        let list = kaisa.get("/trainings").await;
        assert!(list.html.contains("Osallistujia 2, molemmissa viikonlopuissa 1"), "{}", list.html);

        // Teemu has been trained elsewhere after all.
        let form = kaisa.get("/trainings/attest").await;
        let sent = kaisa.fill("/trainings/attest", &form, &[("supportPersonId", &teemu.id), ("on", "20.11.2026")]).await;
        assert_eq!(sent.leads_to(), "/trainings?done=training-attested");
        assert_eq!(teemu.status(&app, &world.kaisa).await, "TRAINED");
        let mut stranger = app.browser_of(&World::named(&app, "Vieras").await.kaisa).await;
        for path in [training.as_str(), &adding] {
            stranger.get(path).await.with(StatusCode::NOT_FOUND);
        }
        let mut pekka = app.browser_of(&world.pekka).await;
        for path in ["/trainings", "/trainings/new", "/trainings/attest", "/experts", "/expenses", "/expenses/new", "/courses/new"] {
            pekka.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}

on_both! {
    async fn the_register_of_experts_tells_consents_assignments_and_full_time_experts(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let page = kaisa.get("/experts").await;
        let assign = format!("/experts/{}/assign", eero.id);
        let html = page.with(StatusCode::OK);
        assert!(html.contains(&assign) && html.contains("Ei suostumusta"), "{html}");
        let form = kaisa.get(&assign).await;
        let own = world.association.encode();
        let told = [("task", "CLIENT_WORK"), ("hostId", own.as_str()), ("place", "Asumisen tukipartio"), ("workingTimePct", "50"),
            ("compensation", "EXPENSES"), ("employment", "FIXED_TERM"), ("funding", "GRANTED"), ("phase", "AFTER_REHAB"), ("fromOn", "1.2.2026")];
        let mut wrong = told.to_vec();
        wrong[3].1 = "101";
        let answer = kaisa.fill(&assign, &form, &wrong).await;
        let html = answer.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"workingTimePct-fault\"") && html.contains("value=\"Asumisen tukipartio\""), "{html}");
        assert_eq!(kaisa.fill(&assign, &answer, &told).await.leads_to(), "/experts?done=expert-assigned");
        let consent = format!("/experts/{}", eero.id);
        let form = kaisa.get(&consent).await;
        assert!(form.html.contains("Kirjaa, mitä kokemusasiantuntija itse on sanonut"), "{}", form.html);
        let sent = kaisa.fill(&consent, &form, &[("until", "10.12.2026")]).await;
        assert_eq!(sent.leads_to(), "/experts?done=listing-consent");
        let page = kaisa.get("/experts").await;
        let html = page.with(StatusCode::OK);
        for told in ["0,5 henkilötyövuotta", "Asiakastyö, Asumisen tukipartio", ": 50 %", "päättyy 10.12.2026", "card late"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        // Sign-in, experts, assignments, names, hosts, codes, counties, capacity twice, log.
        assert!(page.statements.len() <= 12, "{:#?}", page.statements);
        // The expert's own page speaks to them, and leads home.
        let mut own = app.browser_of(&eero.actor).await;
        assert!(own.get(&consent).await.html.contains("Valinta on sinun"));
        own.get("/experts").await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn a_year_s_expenses_are_recorded_and_warned_of_at_the_limits(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(kaisa.get("/expenses").await.with(StatusCode::OK).contains("20 päivärahaa, omalla autolla 3\u{a0}000,00\u{a0}€"));
        let form = kaisa.get("/expenses/new").await;
        let person = tuula.actor.node();
        let told = [("personId", person.as_str()), ("kind", "OWN_VEHICLE"), ("cents", "3 036,00"), ("kilometres", "5520")];
        let wrong = kaisa.fill("/expenses/new", &form, &[told[0], told[1], ("cents", "paljon"), ("year", "2026")]).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"cents-fault\"") && html.contains("value=\"paljon\""), "{html}");
        let sent = kaisa.fill("/expenses/new", &wrong, &[told[0], told[1], told[2], told[3], ("year", "2026")]).await;
        assert_eq!(sent.leads_to(), "/expenses?year=2026&done=expense");
        let page = kaisa.get(sent.leads_to()).await;
        let html = page.with(StatusCode::OK);
        for told in ["Tuula", "Oma auto: 3\u{a0}036,00\u{a0}€, 5520 km", "Oman auton verovapaiden korvausten raja on täynnä.", "Kulukorvaus on kirjattu."] {
            assert!(html.contains(told), "{told}: {html}");
        }
        // Sign-in, limits, people, entries, limits that hold, names, log.
        assert!(page.statements.len() <= 9, "{:#?}", page.statements);
        assert!(kaisa.get("/expenses?year=2025").await.html.contains("ei ole kirjattu kulukorvauksia"));
        kaisa.get("/expenses?year=99999").await.with(StatusCode::BAD_REQUEST);
    }
}

on_both! {
    async fn a_planned_course_is_led_opened_and_filled(app: App) {
        let world = World::new(&app).await;
        let course = app.course(&world.kaisa, "2026-12-03", json!({ "participantLimit": 1 })).await;
        let ossi = app.person("Ossi", world.association, Role::Facilitator).await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        let path = format!("/courses/{course}");
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let page = kaisa.get(&path).await;
        let (leader, open, enrol) = (format!("{path}/leader"), format!("{path}/open"), format!("{path}/enrol"));
        assert!(page.html.contains(&leader) && page.html.contains(&open) && !page.html.contains(&enrol), "{}", page.html);
        let form = kaisa.get(&leader).await;
        assert!(!form.with(StatusCode::OK).contains(">Kaisa "), "a coordinator leads no course: {}", form.html);
        let wrong = kaisa.fill(&leader, &form, &[("personId", &venla.node()), ("kind", "PROFESSIONAL")]).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"personId-fault\""), "{}", wrong.html);
        for (who, kind) in [(&ossi, "PROFESSIONAL"), (&venla, "ASSISTANT")] {
            let form = kaisa.get(&leader).await;
            let sent = kaisa.fill(&leader, &form, &[("personId", &who.node()), ("kind", kind)]).await;
            assert_eq!(sent.leads_to(), format!("{path}?done=course-leader"));
        }
        assert!(kaisa.get(&path).await.html.contains("Apuohjaaja ei ole suorittanut"), "Venla is no graduate");
        let form = kaisa.get(&open).await;
        assert_eq!(kaisa.fill(&open, &form, &[]).await.leads_to(), format!("{path}?done=course-opened"));
        let mut ossi = app.browser_of(&ossi).await;
        let form = ossi.get(&enrol).await;
        ossi.fill(&enrol, &form, &[("name", "")]).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        let told = [("name", "Kuutamo"), ("isPseudonym", "yes")];
        assert_eq!(ossi.fill(&enrol, &form, &told).await.leads_to(), format!("{path}?done=course-enrolled"));
        assert_eq!(ossi.fill(&enrol, &form, &told).await.leads_to(), format!("{path}?done=course-enrolled"), "pressed twice");
        let form = ossi.get(&enrol).await;
        ossi.fill(&enrol, &form, &[("name", "Aino Odottaja")]).await.leads_to();
        assert_eq!(app.read_sql("SELECT count(*) FROM enrolments WHERE status = 'APPLIED'").await, "1", "one place, and one who waits");
        for path in [&leader, &open] {
            ossi.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}
