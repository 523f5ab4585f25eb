//! Figures of places and of the community, each worked out by hand from a register that is small enough for it.

use rinnalla_domain::ids::{DropInPlaceId, Id as _, OpeningId, OpeningRuleId, WishId};
use sea_orm::Value as Cell;
use serde_json::{Value, json};

use super::{Figures, counts, opening, value};
use crate::on_both;
use crate::support::{Actor, App, date};

/// A figure of a year as an analyst is told of it.
async fn figure(app: &App, figures: &Figures, year: i32, field: &str) -> Value {
    let query = format!("{{ participationFigures(year: {year}) {{ it: {field} }} }}");
    let answer = figures.antti.ask(app, &query, json!({})).await;
    answer.data()["participationFigures"]["it"].clone()
}

fn near(told: &Value, expected: f64) -> bool {
    told.as_f64().is_some_and(|it| (it - expected).abs() < 1e-9)
}

on_both! {
    /// F-7. A place is open from Monday to Thursday, 12 to 16, since Thursday 1.1.2026; its first whole week begins on 5.1.
    ///
    /// | quarter | weeks by their Thursdays | closed by a holiday on a weekday it opens | closed otherwise |
    /// | Q1 | 12 | 6.1. | |
    /// | Q2 | 13 | 6.4., 14.5. | 3.6., no staff |
    /// | Q3 | 13 | | |
    /// | Q4 | 14 | 24.12. | |
    ///
    /// Of 52 weeks 47 are kept: 47 / 52; without the four weeks with a holiday 47 of 48. Open for 47 · 16 + 5 · 12 = 812 hours.
    async fn a_week_is_kept_on_four_open_days_and_holidays_are_told_apart(app: App) {
        let figures = Figures::new(&app).await;
        let place = app.place(&figures.world.kaisa, "kulma").await;
        let id = DropInPlaceId::decode(&place.id).unwrap();
        let rule = OpeningRuleId::decode(&place.rule).unwrap();
        app.run("INSERT INTO openings (id, place_id, rule_id, on_date, starts_at, ends_at, cancelled_for, created_by, created_at)
             VALUES ($1, $2, $3, $4, 720, 960, 'STAFF', $5, $6)",
            [Cell::from(OpeningId::random().0), id.0.into(), rule.0.into(), date("2026-06-03").into(), place.kaisa.id.0.into(),
                app.register.clock.now().into()]).await;
        app.on_day("2027-02-01");
        figures.publish(&app).await;
        let by_quarter = figures.table(&app, "OPENING_WEEKS", "2026", &["QUARTER", "OPENED"]).await;
        assert_eq!(counts(&by_quarter), json!({ "Q1 KEPT": 11, "Q1 SHORT": 0, "Q1 SHORT_WITH_HOLIDAY": 1,
            "Q2 KEPT": 10, "Q2 SHORT": 1, "Q2 SHORT_WITH_HOLIDAY": 2, "Q3 KEPT": 13, "Q3 SHORT": 0, "Q3 SHORT_WITH_HOLIDAY": 0,
            "Q4 KEPT": 13, "Q4 SHORT": 0, "Q4 SHORT_WITH_HOLIDAY": 1 }));
        let told = figure(&app, &figures, 2026, "openingCompliance { weeks kept share shareWithoutHolidays hoursAWeek }").await;
        assert_eq!((&told["weeks"], &told["kept"]), (&json!(52), &json!(47)));
        assert!(near(&told["share"], 47.0 / 52.0) && near(&told["shareWithoutHolidays"], 47.0 / 48.0), "{told}");
        assert!(near(&told["hoursAWeek"], 812.0 / 52.0), "{told}");
        // The place's own weeks say the same of one of them.
        let week = &place.weeks(&app, "2026-06-01", "2026-06-07").await[0];
        assert_eq!((&week["openDays"], &week["openMinutes"], &week["isBelowDays"]), (&json!(3), &json!(720), &json!(true)));
    }
}

on_both! {
    /// F-8. Openings with 12 visits (3 first ones), none, and 18 (6) in May, and 30 (0) in June: 60 visits; at three openings some
    /// were counted, so 20 for each; 9 of 60 were first ones.
    async fn visits_are_summed_up_and_divided_by_openings_at_which_some_were_counted(app: App) {
        let figures = Figures::new(&app).await;
        let kaisa = &figures.world.kaisa;
        let place = app.bare_place(kaisa, "kulma", json!({})).await;
        let place = DropInPlaceId::decode(&place).unwrap();
        for (on, visits) in [("2025-05-05", (12, 3)), ("2025-05-06", (0, 0)), ("2025-05-31", (18, 6)), ("2025-06-01", (30, 0))] {
            opening(&app, kaisa, place, on, visits).await;
        }
        app.run("UPDATE openings SET area = 1 WHERE visits IN (12, 18)", []).await;
        figures.publish(&app).await;
        let told = figure(&app, &figures, 2025, "visits { visits perOpening firstTimeShare }").await;
        assert_eq!(told, json!({ "visits": 60, "perOpening": 20.0, "firstTimeShare": 0.15 }));
        let months = figures.table(&app, "VISITS", "2025", &["MONTH"]).await;
        assert_eq!(counts(&months), json!({ "05": 30, "06": 30 }));
        let areas = figures.table(&app, "VISITS", "2025", &["AREA"]).await;
        assert_eq!(counts(&areas), json!({ "1": 30, "NOT_TOLD": 30 }));
        let told = figure(&app, &figures, 2025, "wishes { openingsByArea { code count } }").await;
        assert_eq!(told, json!({ "openingsByArea": [{ "code": "1", "count": 2 }, { "code": "NOT_TOLD", "count": 1 }] }));
        let of_one = figures.table(&app, "VISITS", "2025", &["MONTH", "ORGANISATION"]).await;
        assert_eq!(of_one["rows"].as_array().unwrap().len(), 2);
    }
}

/// A wish of an area, received on the first of March, and answered after so many days.
async fn wish(app: &App, place: DropInPlaceId, area: i16, status: &str, days: Option<u64>) {
    let received = date("2025-03-01");
    let answered = days.map(|days| received + chrono::Days::new(days));
    let values = [
        Cell::from(WishId::random().0),
        place.0.into(),
        area.into(),
        status.into(),
        received.into(),
        answered.into(),
        days.map(|_| "Kyllä".to_owned()).into(),
    ];
    app.run(
        "INSERT INTO wishes (id, place_id, source, text, area, status, received_on, answered_on, answer)
         VALUES ($1, $2, 'PAPER', 'Biljardipöytä', $3, $4, $5, $6, $7)",
        values,
    )
    .await;
}

async fn influence(app: &App, kaisa: &Actor, kind: &str, on: &str, area: Option<i32>) {
    let details = json!({ "kind": kind, "title": "Aloite", "body": "Lautakunta", "on": on, "outcome": "PENDING", "area": area });
    let input = json!({ "organisationId": kaisa.organisation.encode(), "details": details });
    let answer = kaisa
        .does(app, "influenceItemRecord", "influenceItem { id }", input)
        .await;
    answer.done();
}

on_both! {
    /// F-14. Sixteen wishes: five done, answered after 1 to 5 days; five answered after 10 days each; six not answered. The ten
    /// answers in order are 1, 2, 3, 4, 5, 10, 10, 10, 10, 10: their median is 7.5 days. Two initiatives of the second area and
    /// a customer panel of none; a hearing belongs to another year.
    async fn wishes_and_work_for_influence_are_told_by_area_and_by_what_came_of_them(app: App) {
        let figures = Figures::new(&app).await;
        let kaisa = &figures.world.kaisa;
        let place = app.bare_place(kaisa, "kulma", json!({})).await;
        let place = DropInPlaceId::decode(&place).unwrap();
        for n in 1..=5 {
            wish(&app, place, 1, "DONE", Some(n)).await;
            wish(&app, place, 2, "DISCUSSED", Some(10)).await;
        }
        for n in 0..6 {
            wish(&app, place, if n < 3 { 1 } else { 2 }, "RECEIVED", None).await;
        }
        for (kind, on, area) in [("INITIATIVE", "2025-05-30", Some(2)), ("INITIATIVE", "2025-09-01", Some(2)),
            ("CUSTOMER_PANEL", "2025-10-01", None), ("HEARING", "2024-12-31", Some(1))] {
            influence(&app, kaisa, kind, on, area).await;
        }
        figures.publish(&app).await;
        let field = "wishes { wishes byOutcome { code count } byArea { code count } medianDays influenceByKind { code count }
            influenceByArea { code count } }";
        let told = figure(&app, &figures, 2025, field).await;
        let row = |code: &str, count: u64| json!({ "code": code, "count": count });
        assert_eq!(told, json!({ "wishes": 16, "medianDays": 7.5,
            "byOutcome": [row("ANSWERED", 5), row("DONE", 5), row("NOT_ANSWERED", 6)], "byArea": [row("1", 8), row("2", 8)],
            "influenceByKind": [row("CUSTOMER_PANEL", 1), row("INITIATIVE", 2)],
            "influenceByArea": [row("2", 2), row("NOT_TOLD", 1)] }));
    }
}

/// A round of a survey that was answered with these steps to all ten statements; the third is passed over where it says so.
async fn wave(app: &App, kaisa: &Actor, told: &[(i32, bool)]) -> Value {
    let open = json!({ "organisationId": kaisa.organisation.encode(), "name": "Syksyn kysely" });
    let object = "surveyWave { id version }";
    let mut wave =
        kaisa.does(app, "surveyWaveOpen", object, open).await.done()["surveyWave"].clone();
    for (step, passes_over) in told {
        let answers = (1..=10).map(|no| (no != 3 || !passes_over).then_some(*step));
        let input = json!({ "surveyWaveId": wave["id"], "version": wave["version"], "answers": answers.collect::<Vec<_>>() });
        let answer = kaisa.does(app, "surveyAnswerTypeIn", object, input).await;
        wave = answer.done()["surveyWave"].clone();
    }
    let close = json!({ "surveyWaveId": wave["id"], "version": wave["version"] });
    kaisa
        .does(app, "surveyWaveClose", object, close)
        .await
        .done();
    wave["id"].clone()
}

on_both! {
    /// F-17. Six forms with 1, 2, 3, 4, 5 and 5 throughout, where the first passes over the third statement: the mean of the first
    /// is 20 / 6, of the third 19 / 5. In another register four forms are not enough to tell anything.
    async fn a_round_of_a_survey_has_means_from_five_forms_on(app: App) {
        let figures = Figures::new(&app).await;
        let told = [(1, true), (2, false), (3, false), (4, false), (5, false), (5, false)];
        let id = wave(&app, &figures.world.kaisa, &told).await;
        app.on_day("2027-02-01");
        figures.publish(&app).await;
        let field = "surveyWaves { wave { code name } forms statements { no answers mean } }";
        let waves = figure(&app, &figures, 2026, field).await;
        let one = &waves[0];
        assert_eq!((&one["wave"]["code"], &one["forms"]), (&id, &json!(6)));
        assert_eq!(one["wave"]["name"], json!("Esimerkkiyhdistys  2026-11-23"), "nobody's own words");
        let statements = one["statements"].as_array().unwrap();
        assert_eq!((statements.len(), &statements[0]["answers"], &statements[2]["answers"]), (10, &json!(6), &json!(5)));
        assert!(near(&statements[0]["mean"], 20.0 / 6.0) && near(&statements[2]["mean"], 19.0 / 5.0), "{one}");
        let table = figures.table(&app, "SURVEY_ANSWERS", "2026", &["STATEMENT"]).await;
        assert_eq!((counts(&table)["FORM"].clone(), value(&table, 0, "POINTS")), (json!(6), json!(20.0)));
    }
}

on_both! {
    async fn a_round_with_four_forms_tells_nothing(app: App) {
        let figures = Figures::new(&app).await;
        wave(&app, &figures.world.kaisa, &[(1, false), (2, false), (3, false), (4, false)]).await;
        app.on_day("2027-02-01");
        figures.publish(&app).await;
        let table = figures.table(&app, "SURVEY_ANSWERS", "2026", &["WAVE", "STATEMENT"]).await;
        assert_eq!((&table["standing"], &table["rows"]), (&json!("WITHHELD"), &json!([])));
        assert_eq!(figure(&app, &figures, 2026, "surveyWaves { forms }").await, json!([]));
    }
}
