//! Tables as people take them away: looked at on a page, kept as a file, and opened in a spreadsheet.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, open_workbook_auto};
use chrono::NaiveDate;
use poem::http::{StatusCode, header};
use rinnalla_domain::participation::measures::{Breakdown, MEASURES, Measure};
use rinnalla_domain::synthetic::{Amount, sow};
use serde_json::Value;

use super::{Figures, finished_course};
use crate::on_both;
use crate::support::browser::Browser;
use crate::support::spreadsheet::{is_there, saved_as};

on_both! {
    async fn a_table_is_chosen_looked_at_and_taken_away(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        finished_course(&app, of, by, "2025-03-13", (12, 10)).await;
        figures.publish(&app).await;
        let mut antti = app.browser_of(&figures.antti).await;
        let front = antti.get("/").await;
        assert!(front.with(StatusCode::OK).contains("href=\"/figures\""), "{}", front.html);
        let list = antti.get("/figures").await;
        let html = list.with(StatusCode::OK);
        for told in ["Kurssien osallistujat", "Kaikki, jotka olivat", "F-4, F-5, F-6", "href=\"/figures/course-participants\""] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let page = antti.get("/figures/course-participants?period=2025&by=RESULT").await;
        let html = page.with(StatusCode::OK);
        for told in [
            "Kurssien osallistujat, 2025: Tulos", "Lukua 5 pienemmät", "2026-11-23", "Suoritti kurssin", "Läsnäolokertoja",
            "<option value=\"RESULT\" selected>", "<option value=\"ORGANISATION,RESULT\">Organisaatio × Tulos</option>", "<td>12</td>",
            "<span aria-hidden=\"true\">..</span><span class=\"unseen\">salattu</span>",
        ] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert!(!html.contains("<td>0</td>") && !html.contains("<td>10</td>"), "what is hidden is no number: {html}");
        // The sign-in and the table: its categories have names without the database.
        assert_eq!(page.statements.len(), 2, "{:#?}", page.statements);
        let swedish = "/language/sv?to=/figures/course-participants%3Fperiod%3D2025%26by%3DRESULT";
        assert!(html.contains(&format!("href=\"{swedish}\"")), "what was chosen is kept in another language: {html}");
        let links = ["csv", "xlsx"].map(|kind| format!("/figures/course-participants/{kind}?period=2025&#38;by=RESULT"));
        for link in &links {
            assert!(html.contains(&format!("href=\"{link}\"")), "{link}: {html}");
        }
        let [csv, workbook] = links.map(|link| link.replace("&#38;", "&"));
        let csv = antti.get(&csv).await;
        csv.with(StatusCode::OK);
        let told = |name| csv.headers[name].to_str().unwrap();
        assert_eq!(told(header::CONTENT_TYPE), "text/csv; charset=utf-8");
        assert_eq!(told(header::CONTENT_DISPOSITION), "attachment; filename=\"course-participants-2025-result.csv\"");
        assert_eq!(told(header::CACHE_CONTROL), "no-store");
        assert!(csv.html.contains("Suoritti kurssin,..,..,..,.."), "{}", csv.html);
        let workbook = antti.get(&workbook).await;
        let kind = workbook.headers[header::CONTENT_TYPE].to_str().unwrap();
        assert_eq!(kind, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assert!(workbook.content.starts_with(b"PK\x03\x04"), "XLSX is a ZIP archive");

        assert_eq!(antti.get(swedish).await.leads_to(), "/figures/course-participants?period=2025&by=RESULT");
        antti.get("/language/fi?to=/").await;
        let wrong = antti.get("/figures/course-participants?period=2025Q1&by=RESULT").await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("Taulukot tehdään kokonaisista vuosista."), "{html}");
        antti.get("/figures/course-participants/csv?period=2025M1").await.with(StatusCode::BAD_REQUEST);
        antti.get("/figures/course-participants?by=NOBODY").await.with(StatusCode::UNPROCESSABLE_ENTITY);
        antti.get("/figures/nothing").await.with(StatusCode::NOT_FOUND);
        let mut pekka = app.browser_of(&figures.world.pekka).await;
        assert!(!pekka.get("/").await.html.contains("href=\"/figures\""));
        for path in ["/figures", "/figures/visits", "/figures/visits/csv", "/figures/visits?by=NOBODY"] {
            pekka.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}

/// Every table of a population of a year, by nothing, by one breakdown and by two.
fn all_by(measure: &Measure) -> Vec<Vec<Breakdown>> {
    let one = measure.breakdowns.iter().map(|by| vec![*by]);
    let two = measure
        .tables
        .iter()
        .map(|(rows, columns)| vec![*rows, *columns]);
    std::iter::once(Vec::new()).chain(one).chain(two).collect()
}

/// The rows of a file that holds text between commas.
fn csv_rows(content: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(content);
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

/// The rows of a file that a spreadsheet has saved, each cell as it is written in a CSV file.
pub fn sheet_rows(path: &Path) -> Vec<Vec<String>> {
    let mut book = open_workbook_auto(path).unwrap();
    let (_, sheet) = book.worksheets().remove(0);
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(n) => n.to_string(),
        Data::Int(n) => n.to_string(),
        // A spreadsheet takes what looks like a day for one.
        Data::DateTime(day) => {
            let first: NaiveDate = "1899-12-30".parse().unwrap();
            (first + chrono::Days::new(day.as_f64() as u64)).to_string()
        }
        Data::DateTimeIso(day) => day.clone(),
        other => panic!("{}: {other:?}", path.display()),
    };
    sheet
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

/// Without what is empty at the ends of rows, which a sheet fills up and a text leaves out.
fn trimmed(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for row in &mut rows {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
    }
    rows
}

/// The numbers of a table as GraphQL tells them, in the words of a file.
fn numbers(table: &Value, measure: &Measure) -> Vec<Vec<String>> {
    let rows = table["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let hidden = if row["isHidden"] == true { ".." } else { "" };
        let told = |n: &Value| {
            n.as_f64()
                .map_or_else(|| hidden.to_owned(), |n| n.to_string())
        };
        let count = measure.tells_count.then(|| told(&row["count"]));
        let values = row["values"].as_array().unwrap().iter();
        count
            .into_iter()
            .chain(values.map(|it| told(&it["value"])))
            .collect()
    })
    .collect()
}

async fn kept(browser: &mut Browser<'_>, path: &str, file: PathBuf) -> (PathBuf, Vec<u8>) {
    let shown = browser.get(path).await;
    shown.with(StatusCode::OK);
    std::fs::write(&file, &shown.content).unwrap();
    (file, shown.content)
}

on_both! {
    async fn every_table_is_the_same_in_a_spreadsheet_cell_by_cell(app: App) {
        if !is_there() {
            return;
        }
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        sow(&app.register, Amount { relationships: 120, seed: 6 }, |_| ()).await.unwrap();
        for (on, took_part) in [("2025-03-13", 12), ("2025-05-15", 10), ("2025-09-11", 10), ("2025-12-31", 11)] {
            finished_course(&app, of, by, on, (took_part, 7)).await;
        }
        figures.publish(&app).await;
        let folder = tempfile::tempdir().unwrap();
        let mut antti = app.browser_of(&figures.antti).await;
        let (mut texts, mut books, mut expected) = (Vec::new(), Vec::new(), Vec::new());
        for measure in MEASURES {
            for by in all_by(measure) {
                let by: Vec<&str> = by.iter().map(|by| by.name()).collect();
                let told = figures.table(&app, measure.name, "2025", &by).await;
                let query = format!("period=2025&by={}", by.join(","));
                let slug = measure.name.to_lowercase().replace('_', "-");
                let file = folder.path().join(format!("t{}", expected.len()));
                let path = |kind| format!("/figures/{slug}/{kind}?{query}");
                let (text, content) = kept(&mut antti, &path("csv"), file.with_extension("csv")).await;
                let (book, _) = kept(&mut antti, &path("xlsx"), file.with_extension("xlsx")).await;
                let rows = csv_rows(&content);
                // Above the table stand what it is and an empty line; the rows are GraphQL's, after their categories.
                let heading = rows.iter().position(|row| *row == [""]).unwrap() + 1;
                let in_text: Vec<Vec<String>> = rows[heading + 1..].iter().map(|row| row[by.len()..].to_vec()).collect();
                assert_eq!(in_text, numbers(&told, measure), "{} by {by:?}", measure.name);
                let mut categories = rows[heading..].iter().flat_map(|row| &row[..by.len()]);
                let is_code = |name: &&String| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
                assert_eq!(categories.find(is_code), None, "{} by {by:?}: people read no codes", measure.name);
                texts.push(text);
                books.push(book);
                expected.push(rows);
            }
        }
        let by_way = |form: &str, files: &[PathBuf], into: &str| saved_as(form, files, &folder.path().join(into));
        std::fs::create_dir(folder.path().join("texts")).unwrap();
        std::fs::create_dir(folder.path().join("books")).unwrap();
        let saved = [
            (by_way("xlsx", &texts, "texts"), "xlsx"),
            (by_way("xlsx", &books, "books"), "xlsx"),
            (by_way("ods", &books, "books"), "ods"),
        ];
        let (mut cells, mut hidden) = (0, 0);
        for (at, rows) in expected.iter().enumerate() {
            for (folder, ending) in &saved {
                let path = folder.join(format!("t{at}.{ending}"));
                assert_eq!(trimmed(sheet_rows(&path)), trimmed(rows.clone()), "{}", path.display());
            }
            cells += rows.iter().map(Vec::len).sum::<usize>();
            hidden += rows.iter().flatten().filter(|cell| *cell == "..").count();
        }
        assert!(expected.len() > 60 && cells > 1000 && hidden > 50, "{} tables, {cells} cells, {hidden} hidden", expected.len());
    }
}

on_both! {
    async fn a_quarter_is_summed_up_for_paper_from_what_is_published_alone(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        for (on, took_part) in [("2025-09-11", 6), ("2025-12-31", 11), ("2026-02-12", 12), ("2026-08-13", 3)] {
            finished_course(&app, of, by, on, (took_part, took_part)).await;
        }
        figures.publish(&app).await;
        let mut antti = app.browser_of(&figures.antti).await;
        let list = antti.get("/figures").await;
        for quarter in ["2026Q3", "2026Q2", "2026Q1", "2025Q4"] {
            assert!(list.html.contains(&format!("href=\"/figures/quarters/{quarter}\"")), "{quarter}: {}", list.html);
        }
        assert!(!list.html.contains("quarters/2026Q4"), "it goes on");
        let sheet = antti.get("/figures/quarters/2026Q3").await;
        let html = sheet.with(StatusCode::OK);
        // Twelve figures of five quarters are the sign-in and one statement.
        assert_eq!(sheet.statements.len(), 2, "{:#?}", sheet.statements);
        let section = html.split("<h2>Kurssien osallistujat</h2>").nth(1).unwrap().split("</section>").next().unwrap();
        for told in [
            "<th scope=\"row\">2025, 3. neljännes</th><td>6</td>",
            "<th scope=\"row\">2025, 4. neljännes</th><td>11</td>",
            "<th scope=\"row\">2026, 1. neljännes</th><td>12</td>",
            "<th scope=\"row\">2026, 2. neljännes</th><td>0</td>",
            "<th scope=\"row\">2026, 3. neljännes</th><td>.. <span class=\"why\">salattu</span></td>",
            "<title id=\"chart-7-title\">Kurssien osallistujat</title>",
            "2026, 2. neljännes: 0; 2026, 3. neljännes: salattu</desc>",
        ] {
            assert!(section.contains(told), "{told}: {section}");
        }
        assert_eq!(section.matches("class=\"frame\"").count(), 1);
        assert_eq!(section.matches("class=\"amount\"").count(), 3);
        assert!(html.contains("Lukua 5 pienemmät") && html.contains("Viimeisimmät luvut on julkaistu 23.11.2026"), "{html}");
        let swedish = antti.get("/figures/quarters/2026Q3?in=sv").await;
        let html = swedish.with(StatusCode::OK);
        assert!(html.contains("Kamratstödet kvartal för kvartal") && html.contains("2026, kvartal 3: dolt"), "{html}");
        for other in ["2026Q4", "2026", "2026H1", "next"] {
            antti.get(&format!("/figures/quarters/{other}")).await.with(StatusCode::NOT_FOUND);
        }
        let mut pekka = app.browser_of(&figures.world.pekka).await;
        pekka.get("/figures/quarters/2026Q3").await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn the_own_year_is_exact_marked_and_written_into_the_log(app: App) {
        use rinnalla_domain::ids::Id as _;
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        finished_course(&app, of, by, "2025-03-13", (3, 2)).await;
        finished_course(&app, of, by, "2026-03-12", (4, 4)).await;
        let path = format!("/figures/own/{}", of.encode());
        let mut kaisa = app.browser_of(&figures.world.kaisa).await;
        let list = kaisa.get("/figures").await;
        assert!(list.html.contains(&format!("href=\"{path}?year=2026\"")), "{}", list.html);
        let log = "SELECT count(*) FROM access_log WHERE purpose = 'page'";
        let before: i64 = app.read_sql(log).await.parse().unwrap();
        let sheet = kaisa.get(&path).await;
        let html = sheet.with(StatusCode::OK);
        let after: i64 = app.read_sql(log).await.parse().unwrap();
        assert_eq!(after, before + 1, "who looked is in the log");
        for told in [
            "Sisäinen: tarkat luvut", "<th scope=\"col\">2026</th><th scope=\"col\">2025</th>",
            "<th scope=\"row\">Kurssien osallistujat</th><td>4</td><td>3</td>",
            "<th scope=\"row\">Läsnäolokertoja</th><td>32</td><td>20</td>",
            "<th scope=\"row\">Suoritti kurssin</th><td>4</td><td>2</td>",
            "<th scope=\"row\">Ei suorittanut kurssia</th><td>0</td><td>1</td>",
            "?year=2026&#38;in=sv",
        ] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let before = kaisa.get(&format!("{path}?year=2025&in=en")).await;
        assert!(before.html.contains("<th scope=\"row\">Participants of courses</th><td>3</td><td>0</td>"), "{}", before.html);
        let workbook = kaisa.get(&format!("{path}/xlsx?year=2026")).await;
        workbook.with(StatusCode::OK);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("internal.xlsx");
        std::fs::write(&file, &workbook.content).unwrap();
        let rows = sheet_rows(&file);
        assert!(rows[0][0].starts_with("Sisäinen"), "{rows:?}");
        assert!(rows.contains(&vec!["Kurssien osallistujat".to_owned(), "4".to_owned(), "3".to_owned()]), "{rows:?}");

        let stranger = crate::support::matching::World::named(&app, "Toinen").await;
        for who in [&figures.antti, &figures.world.pekka, &stranger.kaisa] {
            let mut browser = app.browser_of(who).await;
            for path in [path.clone(), format!("{path}/xlsx")] {
                browser.get(&path).await.with(StatusCode::NOT_FOUND);
            }
        }
        kaisa.get(&format!("{path}?year=1999")).await.with(StatusCode::NOT_FOUND);
    }
}
