//! The sheet of a grant target: what is counted of its activities in a year, on paper and as a workbook.

use poem::http::StatusCode;
use rinnalla_domain::ids::{DropInPlaceId, Id as _, OpeningId, PlaceRoleTermId};
use rinnalla_domain::states::Role;
use sea_orm::Value as Cell;
use serde_json::json;

use super::taken_away::sheet_rows;
use super::{Figures, finished_course};
use crate::on_both;
use crate::support::date;

on_both! {
    async fn a_grant_target_s_sheet_counts_what_belongs_to_it_in_its_year(app: App) {
        let figures = Figures::new(&app).await;
        let kaisa = &figures.world.kaisa;
        let of = figures.world.association;
        // Two courses of this year, one of the year before, and one that belongs to nothing.
        for (on, took_part) in [("2026-03-12", 12), ("2026-09-10", 9), ("2025-09-11", 7)] {
            finished_course(&app, of, kaisa.id, on, (took_part, 5)).await;
        }
        let courses = kaisa.ask(&app, "{ courses(first: 9) { nodes { id } } }", json!({})).await;
        let courses: Vec<_> = courses.data()["courses"]["nodes"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
        finished_course(&app, of, kaisa.id, "2026-05-14", (8, 8)).await;
        let place = app.bare_place(kaisa, "kulma", json!({})).await;
        let place_id = DropInPlaceId::decode(&place).unwrap();
        let now = app.register.clock.now();
        for (on, visits) in [("2026-02-02", 14), ("2026-02-03", 16), ("2025-02-03", 99)] {
            app.run(
                "INSERT INTO openings (id, place_id, on_date, starts_at, ends_at, visits, created_by, created_at)
                 VALUES ($1, $2, $3, 600, 840, $4, $5, $6)",
                [Cell::from(OpeningId::random().0), place_id.0.into(), date(on).into(), visits.into(), kaisa.id.0.into(), now.into()],
            ).await;
        }
        let aino = app.person("Aino Auttava", of, Role::PeerGuide).await;
        app.run(
            "INSERT INTO place_role_terms (id, place_id, person_id, role, from_on, recorded_by, recorded_at)
             VALUES ($1, $2, $3, 'VOLUNTEER', $4, $5, $6)",
            [Cell::from(PlaceRoleTermId::random().0), place_id.0.into(), aino.id.0.into(), date("2026-01-07").into(), kaisa.id.0.into(), now.into()],
        ).await;
        let details = json!({ "funder": "STEA", "code": "C4321", "name": "Kohtaamispaikka", "kind": "GENERAL",
            "from": "2025-01-01", "to": "2027-12-31", "countsEncounters": false });
        let input = json!({ "organisationId": of.encode(), "details": details });
        let target = kaisa.does(&app, "grantTargetCreate", "grantTarget { id }", input).await.done()["grantTarget"]["id"].clone();
        let tie = json!({ "grantTargetId": target, "version": 1, "courseIds": courses, "dropInPlaceIds": [place] });
        kaisa.does(&app, "grantTargetTie", "grantTarget { id }", tie).await.done();

        let path = format!("/figures/grants/{}", target.as_str().unwrap());
        let mut browser = app.browser_of(kaisa).await;
        let list = browser.get("/figures").await;
        assert!(list.html.contains(&format!("href=\"{path}?year=2026\"")), "{}", list.html);
        let log = "SELECT count(*) FROM access_log WHERE purpose = 'page'";
        let before: i64 = app.read_sql(log).await.parse().unwrap();
        let sheet = browser.get(&path).await;
        let html = sheet.with(StatusCode::OK);
        let after: i64 = app.read_sql(log).await.parse().unwrap();
        assert_eq!(after, before + 1, "who looked is in the log");
        // Twelve and nine took part under pseudonyms; eight sessions each; one volunteer is of the class of one to nine.
        for told in [
            "Kohtaamispaikka (C4321)", "Yleisavustus (Ay)", "1.1.2025–31.12.2027", "Sisäinen: tarkat luvut",
            "<th scope=\"row\">Nimetyt osallistujat</th><td>21</td>", "<th scope=\"row\">Tuettavat</th><td>0</td>",
            "<th scope=\"row\">Vapaaehtoiset</th><td>1</td>", "<dd class=\"told\">1–9</dd>",
            "<th scope=\"row\">Käynnit kohtaamispaikoissa</th><td>30</td>", "<th scope=\"row\">Kurssikerrat</th><td>16</td>",
            "<th scope=\"row\">Kurssit</th><td>2</td>", "<th scope=\"row\">Kohtaamispaikat</th><td>1</td>",
            "luottamushenkilöitä ei lasketa vapaaehtoisiksi",
        ] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let earlier = browser.get(&format!("{path}?year=2025&in=en")).await;
        for told in ["<th scope=\"row\">Named participants</th><td>7</td>", "<th scope=\"row\">Visits to drop-in places</th><td>99</td>",
            "<dd class=\"told\">0</dd>"] {
            assert!(earlier.html.contains(told), "{told}: {}", earlier.html);
        }
        let workbook = browser.get(&format!("{path}/xlsx?year=2026")).await;
        workbook.with(StatusCode::OK);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("internal.xlsx");
        std::fs::write(&file, &workbook.content).unwrap();
        let rows = sheet_rows(&file);
        let told = |name: &str, what: &str| rows.contains(&vec![name.to_owned(), what.to_owned()]);
        assert!(rows[0][0].starts_with("Sisäinen"), "{rows:?}");
        assert!(told("Nimetyt osallistujat", "21") && told("Vapaaehtoisten luokka", "1–9") && told("Vuosi", "2026"), "{rows:?}");

        let stranger = crate::support::matching::World::named(&app, "Toinen").await;
        for who in [&figures.antti, &figures.world.pekka, &stranger.kaisa] {
            let mut browser = app.browser_of(who).await;
            for path in [path.clone(), format!("{path}/xlsx")] {
                browser.get(&path).await.with(StatusCode::NOT_FOUND);
            }
        }
    }
}
