//! Courses: a participant's own page, a facilitator's, and what is printed.

use poem::http::StatusCode;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_participant_sees_their_own_part_and_nobody_else_and_chooses_reminders(app: App) {
        let world = World::new(&app).await;
        app.on_day("2026-11-05");
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        let venla = app.person("Venla Osallistuja", world.association, Role::PeerGuide).await;
        let vesa = app.person("Vesa Vieras", world.association, Role::PeerGuide).await;
        let part = led.enrol_person(&app, &venla).await;
        let bea = led.enrol(&app, "Bea Toinen").await;
        led.records(&app, 0, &[(&part, "PARTLY"), (&bea, "ABSENT")]).await;
        let path = format!("/enrolments/{part}");
        let mut browser = app.browser_of(&venla).await;
        let list = browser.get("/courses").await;
        assert!(list.with(StatusCode::OK).contains(&format!("href=\"{path}\"")), "{}", list.html);
        assert!(!list.html.contains("Yhdistyksen kurssit"));
        let page = browser.get(&path).await;
        let html = page.with(StatusCode::OK);
        for told in ["Syksyn ryhmä", "to 5.11.2026 klo 12.00: <strong>Osan aikaa</strong>", "to 12.11.2026 klo 12.00<", "Saat muistutuksen"] {
            assert!(html.contains(told), "{told} is missing: {html}");
        }
        for hidden in ["Bea", "Ossi", "Outi", "Keskustan toimipiste"] {
            assert!(!html.contains(hidden), "{hidden}: {html}");
        }
        // Sign-in, part, cells, log.
        assert!(page.statements.len() <= 5, "{:#?}", page.statements);
        let sent = browser.fill(&path, &page, &[]).await;
        assert_eq!(sent.leads_to(), format!("{path}?done=reminders"));
        let after = browser.get(&format!("{path}?done=reminders")).await;
        assert!(after.html.contains("Et saa muistutuksia.") && after.html.contains("Valintasi on tallennettu."), "{}", after.html);
        assert_eq!(app.read_sql("SELECT count(*) FROM enrolments WHERE wants_reminders").await, "0");
        browser.fill(&path, &page, &[("key", "another")]).await.with(StatusCode::CONFLICT);

        // A mail's link leads there; for anybody else there is no such page.
        assert_eq!(browser.get(&format!("/r/{part}")).await.leads_to(), path);
        let mut other = app.browser_of(&vesa).await;
        let hidden = other.get(&path).await;
        hidden.with(StatusCode::NOT_FOUND);
        assert!(other.get("/courses").await.html.contains("Et ole mukana kursseilla."));
        other.get(&format!("/courses/{}", led.id)).await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn the_attendance_list_is_printed_with_empty_rows_for_pseudonyms(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-11-05", json!({})).await;
        led.enrol(&app, "Aino Osallistuja").await;
        let input = json!({ "courseId": led.id, "name": "Kuutamo", "isPseudonym": true });
        led.ossi.does(&app, "enrolmentAdd", "enrolment { id }", input).await.done();
        let cancel = led.session(&app, 1).await;
        led.ossi.does(&app, "courseSessionCancel", "courseSession { id }", cancel).await.done();
        let mut ossi = app.browser_of(&led.ossi).await;
        let path = format!("/courses/{}", led.id);
        let page = ossi.get(&path).await;
        let sheet = format!("{path}/attendance-sheet");
        assert!(page.with(StatusCode::OK).contains(&format!("href=\"{sheet}\"")), "{}", page.html);
        assert_eq!(page.html.matches(">Ketkä ovat paikalla?<").count(), 7, "a cancelled session is not recorded");
        assert!(ossi.get("/courses").await.html.contains(&format!("href=\"{path}\"")));
        for (language, heading, empty) in [("fi", "Läsnäololista", "Tyhjä rivi"), ("sv", "Närvarolista", "Tom rad"), ("en", "Attendance list", "Empty row")] {
            let printed = ossi.get(&format!("{sheet}?in={language}")).await;
            let html = printed.with(StatusCode::OK);
            assert!(html.contains(heading) && html.contains("Aino Osallistuja"), "{html}");
            assert!(!html.contains("Kuutamo"), "a paper lies about");
            assert_eq!(html.matches(empty).count(), 4, "hers and three to spare");
            assert_eq!(html.matches("<td>").count(), 5 * 7, "a box for each session that takes place");
        }
        let mut stranger = app.browser_of(&World::named(&app, "Vieras").await.kaisa).await;
        stranger.get(&sheet).await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn a_graduate_s_certificate_is_printed_in_three_languages(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({})).await;
        let aino = led.enrol(&app, "Aino Osallistuja").await;
        let bea = led.enrol(&app, "Bea Toinen").await;
        let input = json!({ "courseId": led.id, "name": "Kuutamo", "isPseudonym": true });
        let answer = led.ossi.does(&app, "enrolmentAdd", "enrolment { id }", input).await;
        let moon = answer.done()["enrolment"]["id"].as_str().unwrap().to_owned();
        led.records_all(&app, &[(&aino, "PRESENT"), (&bea, "PRESENT"), (&moon, "PRESENT")]).await;
        for part in [&aino, &moon] {
            let input = json!({ "enrolmentId": part, "version": 1, "on": "2026-11-23" });
            led.ossi.does(&app, "enrolmentGraduate", "enrolment { id }", input).await.done();
        }
        let mut ossi = app.browser_of(&led.ossi).await;
        let page = ossi.get(&format!("/courses/{}", led.id)).await;
        let path = format!("/enrolments/{aino}/certificate");
        assert!(page.html.contains(&format!("href=\"{path}\"")), "{}", page.html);
        for (language, told) in [
            ("fi", ["Todistus", "on suorittanut vertaisohjaajakoulutuksen 6.8.2026–24.9.2026", "8 kertaa, yhteensä 32 tuntia", "kouluttaja"]),
            ("sv", ["Intyg", "har fullföljt utbildningen för kamratledare 6.8.2026–24.9.2026", "8 träffar, sammanlagt 32 timmar", "utbildare"]),
            ("en", ["Certificate", "has completed the training for peer guides, 6 Aug 2026 to 24 Sep 2026", "8 sessions, 32 hours in all", "trainer"]),
        ] {
            let sheet = ossi.get(&format!("{path}?in={language}")).await;
            let html = sheet.with(StatusCode::OK);
            for part in told.into_iter().chain(["Aino Osallistuja", "Ossi", "Outi"]) {
                assert!(html.contains(part), "{part} is missing: {html}");
            }
            assert!(!html.contains("Keskustan toimipiste"), "the unit would tell why");
        }
        let sheet = ossi.get(&format!("/enrolments/{moon}/certificate")).await;
        assert!(!sheet.with(StatusCode::OK).contains("Kuutamo"), "there is room to write a name");
        ossi.get(&format!("/enrolments/{bea}/certificate")).await.with(StatusCode::NOT_FOUND);
        let mut stranger = app.browser_of(&World::named(&app, "Vieras").await.kaisa).await;
        stranger.get(&path).await.with(StatusCode::NOT_FOUND);
    }
}
