//! The public directory: what anybody may read, and that nobody is in it who did not say so.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use crate::on_both;
use crate::programmes::details;
use crate::support::App;
use crate::support::matching::World;

const DIRECTORY: &str =
    "query($county: String!) { directory(countyCode: $county) { kind name mailbox phone
    programmes { name targetGroups { code name } forms { code name } languages } } }";
const ENTRY: &str =
    "organisation { directoryEntry { isListed mailbox phone countyCodes version } }";
const CORRECT: &str = "directoryEntryCorrect";

fn entry(world: &World, otherwise: Value) -> Value {
    let mut told = json!({ "organisationId": world.association.encode(), "version": 0, "isListed": true,
        "mailbox": "vertaistuki@example.org", "phone": "08 123 4567", "countyCodes": ["20", "19"] });
    for (field, value) in otherwise.as_object().unwrap() {
        told[field] = value.clone();
    }
    told
}

async fn listed(app: &App, county: &str) -> Value {
    let answer = app.ask(None, DIRECTORY, json!({ "county": county })).await;
    answer.data()["directory"].clone()
}

/// What a page is about, without what stands round it.
fn main_of(html: &str) -> &str {
    html.split_once("<main").unwrap().1
}

on_both! {
    async fn anybody_reads_who_offers_what_and_whom_to_call(app: App) {
        let world = World::new(&app).await;
        world.active(&app, "Tuula").await;
        world.programme(&app, json!({})).await;
        assert_eq!(listed(&app, "20").await, json!([]), "nobody is listed who did not say so");
        let answer = world.kaisa.does(&app, CORRECT, ENTRY, entry(&world, json!({}))).await;
        assert_eq!(answer.done()["organisation"]["directoryEntry"], json!({ "isListed": true, "mailbox": "vertaistuki@example.org",
            "phone": "+35881234567", "countyCodes": ["19", "20"], "version": 1 }));
        let shown = json!([{ "kind": "ASSOCIATION", "name": "Esimerkkiyhdistys ", "mailbox": "vertaistuki@example.org", "phone": "+35881234567",
            "programmes": [
                { "name": "Vertaistukihenkilöt", "targetGroups": [], "forms": [], "languages": [] },
                { "name": "Kevyt tuki", "targetGroups": [{ "code": "THREAT_OF_HOMELESSNESS", "name": "Asunnottomuusuhan alaiset" }],
                  "forms": [{ "code": "GROUP", "name": "Ryhmä" }, { "code": "INDIVIDUAL", "name": "Kahdenkeskinen tuki" }], "languages": ["fi", "sv"] },
            ] }]);
        for county in ["20", "19"] {
            assert_eq!(listed(&app, county).await, shown);
        }
        assert_eq!(listed(&app, "05").await, json!([]));
        let text = listed(&app, "20").await.to_string();
        for person in ["Kaisa", "Tuula", "kaisa@", "tuula@"] {
            assert!(!text.contains(person), "{person} is in the directory");
        }
        // Taken out again, nothing is left of it.
        let out = entry(&world, json!({ "version": 1, "isListed": false }));
        world.kaisa.does(&app, CORRECT, ENTRY, out).await.done();
        assert_eq!(listed(&app, "20").await, json!([]));
    }
}

on_both! {
    async fn the_directory_is_a_page_for_anybody_in_three_languages(app: App) {
        let world = World::new(&app).await;
        world.active(&app, "Tuula").await;
        world.programme(&app, json!({})).await;
        world.kaisa.does(&app, CORRECT, ENTRY, entry(&world, json!({}))).await.done();
        let mut anybody = app.browser();
        let choosing = anybody.get("/directory").await;
        assert!(choosing.with(StatusCode::OK).contains("<option value=\"20\">Kainuu</option>"), "{}", choosing.html);
        assert!(!choosing.html.contains("Esimerkkiyhdistys"), "nobody has asked for a county yet");
        for (language, said) in [
            ("sv", ["Förening", "För vem: Personer som hotas av bostadslöshet", "Språk: finska, svenska", "Telefon"]),
            ("en", ["Association", "For: People under threat of homelessness", "Languages: Finnish, Swedish", "Phone"]),
            ("fi", ["Yhdistys", "Kenelle: Asunnottomuusuhan alaiset", "Kielet: suomi, ruotsi", "Puhelin"]),
        ] {
            anybody.get(&format!("/language/{language}")).await;
            let page = anybody.get("/directory?county=20").await;
            assert_eq!(page.statements.len(), 2, "{:#?}", page.statements);
            let links = ["href=\"tel:+35881234567\"", "href=\"mailto:vertaistuki@example.org\"", "<option value=\"20\" selected>"];
            for sentence in said.iter().chain(&links) {
                assert!(page.with(StatusCode::OK).contains(sentence), "{sentence}: {}", page.html);
            }
            assert!(!page.html.contains("Kaisa") && !page.html.contains("Tuula"), "{}", page.html);
        }
        let page = anybody.get("/directory?county=05").await;
        assert!(page.with(StatusCode::OK).contains("Hakemistossa ei ole vielä ketään"), "{}", page.html);
        for bad in ["99", "2%00", "%27%20OR%201", "", "Kainuu"] {
            let page = anybody.get(&format!("/directory?county={bad}")).await;
            // What was asked for stands in the links to other languages alone.
            assert_eq!(main_of(page.with(StatusCode::OK)), main_of(&choosing.html), "{bad}");
        }
    }
}

on_both! {
    async fn the_directory_is_one_statement_and_leaves_no_row_in_any_log(app: App) {
        let world = World::new(&app).await;
        world.programme(&app, json!({})).await;
        world.kaisa.does(&app, CORRECT, ENTRY, entry(&world, json!({}))).await.done();
        for name in ["toinen", "kolmas", "neljäs"] {
            let other = World::named(&app, name).await;
            other.programme(&app, json!({})).await;
            other.kaisa.does(&app, CORRECT, ENTRY, entry(&other, json!({}))).await.done();
        }
        let logged = app.read_sql("SELECT count(*) FROM access_log").await;
        let answer = app.ask(None, DIRECTORY, json!({ "county": "20" })).await;
        let names: Vec<&str> = answer.data()["directory"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Esimerkkiyhdistys ", "Esimerkkiyhdistys kolmas", "Esimerkkiyhdistys neljäs", "Esimerkkiyhdistys toinen"]);
        assert_eq!(answer.statements.len(), 1, "{:#?}", answer.statements);
        assert_eq!(app.read_sql("SELECT count(*) FROM access_log").await, logged);
    }
}

on_both! {
    async fn a_programme_that_takes_nobody_in_today_is_not_in_the_directory(app: App) {
        let world = World::new(&app).await;
        world.kaisa.does(&app, CORRECT, ENTRY, entry(&world, json!({}))).await.done();
        for (name, from, to) in [("Mennyt", "2025-01-01", Some("2025-12-31")), ("Tuleva", "2027-01-01", None), ("Nyt", "2026-11-23", Some("2026-11-23"))] {
            let input = json!({ "organisationId": world.association.encode(), "requirements": crate::programmes::requirements(json!({})),
                "details": details(json!({ "nameFi": name, "validFrom": from, "validTo": to })) });
            world.kaisa.does(&app, "programmeCreate", "programme { id }", input).await.done();
        }
        let shown = listed(&app, "20").await;
        let names: Vec<&str> = shown[0]["programmes"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Nyt"]);
    }
}

on_both! {
    async fn what_is_said_for_the_directory_is_checked_whole(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        let before = app.rows(&["directory_entries", "directory_counties"]).await;
        let good = entry(&world, json!({}));
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "mailbox": "toimisto" }), &["mailbox MALFORMED"]),
            (json!({ "mailbox": "a\u{0}b@example.org", "phone": "12" }), &["mailbox CONTROL_CHARACTER", "phone MALFORMED"]),
            (json!({ "mailbox": " KAISA@example.org" }), &["mailbox SOMEBODYS_OWN"]),
            (json!({ "mailbox": null, "phone": null }), &["mailbox REQUIRED"]),
            (json!({ "countyCodes": [] }), &["countyCodes REQUIRED"]),
            (json!({ "countyCodes": ["20", "99"] }), &["countyCodes UNKNOWN_CODE"]),
            (json!({ "countyCodes": ["\u{0}"], "mailbox": "" }), &["mailbox EMPTY", "countyCodes UNKNOWN_CODE"]),
        ];
        world.kaisa.tries(&app, CORRECT, ENTRY, &good, &faults).await;
        assert_eq!(world.pekka.does(&app, CORRECT, ENTRY, good.clone()).await.codes(), ["FORBIDDEN"]);
        assert_eq!(other.kaisa.does(&app, CORRECT, ENTRY, good.clone()).await.codes(), ["NOT_FOUND"]);
        let stale = entry(&world, json!({ "version": 1 }));
        assert_eq!(world.kaisa.does(&app, CORRECT, ENTRY, stale).await.codes(), ["CONFLICT"]);
        assert_eq!(app.rows(&["directory_entries", "directory_counties"]).await, before);
        world.kaisa.does(&app, CORRECT, ENTRY, good.clone()).await.done();
        let again = entry(&world, json!({ "phone": null }));
        assert_eq!(world.kaisa.does(&app, CORRECT, ENTRY, again).await.codes(), ["CONFLICT"], "said by somebody in between");
        // A partner that nobody acts for is looked after, a stranger is not read.
        let query = "query($id: ID!) { organisation(id: $id) { directoryEntry { isListed } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": world.service.encode() })).await;
        assert_eq!(answer.data()["organisation"]["directoryEntry"], json!({ "isListed": false }));
        let answer = world.pekka.ask(&app, query, json!({ "id": world.association.encode() })).await;
        assert_eq!(answer.data()["organisation"]["directoryEntry"], Value::Null);
        for county in ["", "2", "x\u{0}", "200"] {
            let answer = app.ask(None, DIRECTORY, json!({ "county": county })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{county:?}");
        }
        // Whatever else is asked without a token is nobody's to ask.
        let answer = app.ask(None, "{ today directory(countyCode: \"20\") { name } organisations { nodes { name } } }", json!({})).await;
        assert_eq!(answer.codes(), ["UNAUTHENTICATED"]);
    }
}
