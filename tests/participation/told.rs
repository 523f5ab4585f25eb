//! Who is told what: the same to everybody all day, nothing of a few, and nothing else to an analyst.

use rinnalla_domain::states::Role;
use serde_json::json;

use super::{Figures, OWN, TABLE, counts, fault, finished_course};
use crate::on_both;

on_both! {
    async fn a_table_is_one_statement_and_the_same_all_day(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        finished_course(&app, of, by, "2025-03-13", (12, 12)).await;
        let early = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &[]).await;
        assert_eq!((&early["standing"], &early["rows"]), (&json!("NOT_PUBLISHED"), &json!([])));
        figures.publish(&app).await;
        let answer = figures.ask(&app, "COURSE_PARTICIPANTS", "2025", &["ORGANISATION"]).await;
        let reading: Vec<_> = answer.statements.iter().filter(|it| it.contains("participation_")).collect();
        assert_eq!((reading.len(), answer.statements.len()), (1, 2), "the sign-in and the table: {:#?}", answer.statements);
        let rows = &answer.data()["participation"]["rows"];
        assert_eq!((&rows[0]["row"]["name"], &rows[0]["count"]), (&json!("Esimerkkiyhdistys "), &json!(12)));

        // What is recorded during the day is not in it, and the day has one snapshot.
        finished_course(&app, of, by, "2025-06-12", (9, 9)).await;
        assert_eq!(figures.publish(&app).await, 0);
        let again = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &[]).await;
        assert_eq!(counts(&again), json!({ "": 12 }));
        app.on_day("2026-11-24");
        assert!(figures.publish(&app).await > 0);
        let later = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &[]).await;
        assert_eq!((counts(&later), &later["publishedOn"]), (json!({ "": 21 }), &json!("2026-11-24")));
        // A report of the day before can be made again.
        let asked = json!({ "measure": "COURSE_PARTICIPANTS", "period": "2025", "by": [], "asOf": "2026-11-23" });
        let before = figures.antti.ask(&app, TABLE, asked).await;
        assert_eq!(before.data()["participation"]["rows"][0]["count"], json!(12));
        let nights = "{ participationSnapshots { takenOn threshold published } }";
        let nights = figures.antti.ask(&app, nights, json!({})).await;
        assert_eq!(nights.data()["participationSnapshots"].as_array().unwrap().len(), 2);
    }
}

on_both! {
    async fn two_days_cannot_be_subtracted_to_find_a_few(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        finished_course(&app, of, by, "2025-03-13", (12, 12)).await;
        figures.publish(&app).await;
        finished_course(&app, of, by, "2025-03-20", (2, 2)).await;
        app.on_day("2026-11-24");
        figures.publish(&app).await;
        let later = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &[]).await;
        assert_eq!((counts(&later), &later["publishedOn"]), (json!({ "": 12 }), &json!("2026-11-23")), "two more would be told apart");
    }
}

on_both! {
    async fn a_few_are_null_with_the_reason_and_never_nought(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        finished_course(&app, of, by, "2024-03-14", (4, 4)).await;
        finished_course(&app, of, by, "2025-03-13", (12, 10)).await;
        figures.publish(&app).await;
        let few = figures.table(&app, "COURSE_PARTICIPANTS", "2024", &[]).await;
        assert_eq!((&few["standing"], counts(&few)), (&json!("PUBLISHED"), json!({ "": null })));
        assert_eq!(few["rows"][0]["isHidden"], json!(true));
        let table = figures.table(&app, "COURSE_PARTICIPANTS", "2024", &["RESULT"]).await;
        assert_eq!(table["standing"], json!("WITHHELD"));
        // Two who did not graduate cannot be told, and so neither can the ten who did: of twelve each could be any.
        let results = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &["RESULT"]).await;
        assert_eq!(counts(&results), json!({ "GRADUATED": null, "NOT_GRADUATED": null, "REST": 12 }));
        assert_eq!(counts(&figures.table(&app, "COURSE_PARTICIPANTS", "2023", &[]).await), json!({ "": 0 }));
    }
}

on_both! {
    /// Erased people stay as rows of which nothing is left but that they were: every population counts as before.
    async fn erasing_people_changes_no_figure(app: App) {
        let figures = Figures::new(&app).await;
        let world = &figures.world;
        let (of, kaisa) = (world.association, &world.kaisa);
        let anna = app.person("Anna Hallinto", of, Role::Admin).await;
        finished_course(&app, of, kaisa.id, "2026-03-12", (12, 12)).await;
        let supporter = world.active(&app, "Sanna Tukeva").await;
        let referral = world.submitted(&app).await;
        let (_, relationship) = world.disclosed(&app, &referral, &supporter).await;
        world.meet(&app, &relationship).await.done();
        let expert = app.person("Eero Osaava", of, Role::Expert).await;
        app.supervised(of).await.held(&app, "2026-11-03", &[&supporter.actor, &expert]).await;
        world.end(&app, &relationship).await.done();
        world.record(&app, &supporter, "supportPersonEnd", "2026-11-23").await.done();
        for who in [&supporter.actor, &expert] {
            let role = "query($id: ID!) { person(id: $id) { roles { id version } } }";
            let role = kaisa.ask(&app, role, json!({ "id": who.node() })).await.data()["person"]["roles"][0].clone();
            let ended = json!({ "roleGrantId": role["id"], "version": role["version"], "endsOn": "2026-11-22" });
            kaisa.does(&app, "roleGrantEnd", "roleGrant { id }", ended).await.done();
        }
        let populations = kaisa.ask(&app, "{ participationPopulations { measure } }", json!({})).await;
        let populations = populations.data()["participationPopulations"].as_array().unwrap().clone();
        let asked = ["2025", "2026"].into_iter();
        let asked = asked.flat_map(|year| populations.iter().map(move |it| (it["measure"].as_str().unwrap(), year)));
        let (mut before, mut counted) = (Vec::new(), std::collections::HashSet::new());
        for (measure, year) in asked.clone() {
            let told = figures.own(&app, measure, year, &[]).await;
            if told["rows"][0]["count"].as_u64().is_some_and(|n| n > 0) {
                counted.insert(measure);
            }
            before.push(told);
        }
        assert!(counted.len() > 6, "{counted:?} are not empty");
        for who in [&supporter.actor, &expert] {
            let version = app.version_in("people", rinnalla_domain::ids::Id::uuid(who.id)).await;
            let input = json!({ "personId": who.node(), "version": version });
            anna.does(&app, "personErase", "person { id }", input).await.done();
        }
        for ((measure, year), before) in asked.zip(before) {
            assert_eq!(figures.own(&app, measure, year, &[]).await, before, "{measure} {year}");
        }
    }
}

on_both! {
    async fn what_may_not_be_asked_is_told_with_its_field(app: App) {
        let figures = Figures::new(&app).await;
        for (period, by, told) in [
            ("2026M1", vec![], "period MALFORMED"),
            ("26", vec![], "period MALFORMED"),
            ("2026", vec!["COUNTY", "ORGANISATION"], "by BREAKDOWN_NOT_ALLOWED"),
            ("2026", vec!["COUNTY", "STAGE", "QUARTER"], "by BREAKDOWN_NOT_ALLOWED"),
            ("2026Q1", vec!["COUNTY"], "by BREAKDOWN_OF_YEARS_ONLY"),
        ] {
            let answer = figures.ask(&app, "REFERRALS", period, &by).await;
            assert_eq!(fault(&answer), told, "{period} {by:?}");
        }
        let persons = figures.ask(&app, "COURSE_PERSONS", "2026H1", &[]).await;
        assert_eq!(fault(&persons), "period YEARS_ONLY");
    }
}

on_both! {
    async fn own_figures_are_for_the_own_coordinators_and_written_into_the_log(app: App) {
        let figures = Figures::new(&app).await;
        let log = "SELECT count(*) FROM access_log WHERE purpose LIKE '%query%' OR purpose <> ''";
        let before: i64 = app.read_sql(log).await.parse().unwrap();
        let own = figures.own(&app, "MEETINGS", "2026Q4", &[]).await;
        assert_eq!((&own["standing"], counts(&own)), (&json!("INTERNAL"), json!({ "": 0 })));
        let after: i64 = app.read_sql(log).await.parse().unwrap();
        assert_eq!(after, before + 1);
        use rinnalla_domain::ids::Id as _;
        let asked = json!({ "of": figures.world.association.encode(), "measure": "MEETINGS", "period": "2026", "by": [] });
        let refused = figures.antti.ask(&app, OWN, asked.clone()).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"], "an analyst has none");
        let other = crate::support::matching::World::named(&app, "Toinen").await;
        let hidden = other.kaisa.ask(&app, OWN, asked).await;
        assert_eq!(hidden.data()["ownParticipation"], json!(null));
    }
}

on_both! {
    async fn the_figures_of_a_year_are_divided_from_what_is_published(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        for on in ["2025-03-13", "2025-05-15", "2025-09-11"] {
            finished_course(&app, of, by, on, (10, 7)).await;
        }
        finished_course(&app, of, by, "2025-12-31", (11, 7)).await;
        figures.publish(&app).await;
        let query = "{ participationFigures(year: 2025) {
            courseCompletion { courses participants people graduates share meanParticipants centsEach }
            courseAttendance { attendance commitment sessions { no share } }
            referralFunnel { submitted handedOver conversion } endings { ended byReason { code } medianDays } } }";
        let answer = figures.antti.ask(&app, query, json!({})).await;
        let reading = answer.statements.iter().filter(|it| it.contains("participation_publications"));
        assert_eq!(reading.count(), 4, "one statement a figure");
        let told = &answer.data()["participationFigures"];
        let courses = &told["courseCompletion"];
        assert_eq!((&courses["courses"], &courses["participants"], &courses["graduates"], &courses["people"]),
            (&json!(4), &json!(41), &json!(28), &json!(41)));
        let share = courses["share"].as_f64().unwrap();
        assert!((share - 0.6829).abs() < 0.00005, "{share}");
        assert_eq!((&courses["meanParticipants"], &courses["centsEach"]), (&json!(10.25), &json!(0.0)));
        let attendance = &told["courseAttendance"];
        assert_eq!(attendance["attendance"], json!(276.0 / 328.0));
        assert_eq!(attendance["commitment"], json!(289.0 / 328.0));
        assert_eq!(attendance["sessions"][0], json!({ "no": 1, "share": 1.0 }));
        assert_eq!(attendance["sessions"][7]["share"], json!(28.0 / 41.0));
        assert_eq!(told["referralFunnel"], json!({ "submitted": 0, "handedOver": 0, "conversion": null }));
        assert_eq!(told["endings"], json!({ "ended": 0, "byReason": [], "medianDays": null }));
        let never = figures.antti.ask(&app, "{ participationFigures(year: 1999) { activeRelationships } }", json!({})).await;
        assert_eq!(fault(&never), "year OUT_OF_RANGE");
    }
}

on_both! {
    async fn a_file_says_what_it_holds_of_when_and_what_is_hidden(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        finished_course(&app, of, by, "2025-03-13", (12, 10)).await;
        figures.publish(&app).await;
        let query = "{ participation(measure: COURSE_PARTICIPANTS, period: \"2025\", by: [RESULT]) { csv workbook } }";
        let answer = figures.antti.ask(&app, query, json!({})).await;
        let table = &answer.data()["participation"];
        let csv = table["csv"].as_str().unwrap();
        for line in [
            "Taulukko,Kurssien osallistujat",
            "Mitä lasketaan,\"Kaikki, jotka olivat",
            "Jakso,2025 (2025-01-01 – 2025-12-31)",
            "Julkaistu,2026-11-23",
            "Huomautus,\"Lukua 5 pienemmät",
            "\"Vertaistuen rekisteri Rinnalla (F-4, F-5, F-6)\"",
            "Tulos,Lukumäärä,Läsnäolokertoja,Kirjattuja kertoja,Läsnä tai ilmoitettu este",
            "Suoritti kurssin,..,..,..,..",
            "Muut yhteensä,12,",
        ] {
            assert!(csv.contains(line), "{line} is not in\n{csv}");
        }
        // XLSX is a ZIP archive.
        assert!(table["workbook"].as_str().unwrap().starts_with("UEsD"));
    }
}
