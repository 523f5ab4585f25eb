//! What everybody may read of a place: no name, no count, no reason.

use poem::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::calendars::read_back;
use crate::support::matching::World;
use crate::support::places::{PUBLIC, Place};

/// A place with somebody on the list of tonight's opening, an idea, visits, and an opening that was cancelled.
async fn lively(app: &App, world: &World) -> Place {
    let place = app.place(&world.kaisa, "kulma").await;
    let opening = place.take_up(app, "2026-11-23").await;
    place.shift(app, &opening, 1, &place.pirjo).await;
    let told = json!({ "openingId": opening, "version": 2, "activities": ["GAMES"], "ideas": ["Lautapelien ilta"] });
    place
        .paavo
        .does(app, "openingDescribe", "opening { id }", told)
        .await
        .done();
    let counted = json!({ "openingId": opening, "visits": 57, "firstTimeVisits": 41 });
    place
        .paavo
        .does(app, "openingVisitsCount", "opening { id }", counted)
        .await
        .done();
    let tomorrow = place.take_up(app, "2026-11-24").await;
    let cancel = json!({ "openingId": tomorrow, "version": 1, "reason": "STAFF" });
    place
        .paavo
        .does(app, "openingCancel", "opening { id }", cancel)
        .await
        .done();
    place
}

on_both! {
    async fn anybody_reads_when_a_place_is_open_and_nothing_of_who_is_there(app: App) {
        let world = World::new(&app).await;
        lively(&app, &world).await;
        let days = json!({ "slug": "kulma", "from": "2026-11-23", "to": "2026-11-25" });
        let answer = app.ask(None, PUBLIC, days).await;
        assert_eq!(answer.statements.len(), 5, "{:#?}", answer.statements);
        let opening = |on: &str, is_cancelled: bool, activities: Value| json!({ "on": on, "startsAt": "12:00", "endsAt": "16:00",
            "begins": format!("{on}T10:00:00.000000Z"), "ends": format!("{on}T14:00:00.000000Z"), "isCancelled": is_cancelled,
            "activities": activities });
        let expected = json!({ "name": "Kulma", "address": "Esimerkkikatu 1, Kajaani", "countyCode": "20",
            "municipalityCode": "205", "openings": [
                opening("2026-11-23", false, json!(["Pelit", "Lautapelien ilta"])),
                opening("2026-11-24", true, json!([])),
                opening("2026-11-25", false, json!([])),
            ] });
        assert_eq!(answer.data()["publicCalendar"], expected);
    }
}

on_both! {
    async fn every_other_field_of_a_place_is_refused_to_whoever_is_not_signed_in(app: App) {
        let world = World::new(&app).await;
        let place = lively(&app, &world).await;
        let days = "from: \"2026-11-23\", to: \"2026-11-25\"";
        for query in [
            format!("{{ dropInPlace(id: \"{}\") {{ name }} }}", place.id),
            "{ dropInPlaces { name } }".to_owned(),
            format!("{{ dropInPlaceCalendar(dropInPlaceId: \"{}\", {days}) {{ opening {{ visits shifts {{ person {{ name }} }} }} }} }}", place.id),
            format!("{{ dropInPlaceWeeks(dropInPlaceId: \"{}\", {days}) {{ reasons {{ person {{ name }} }} }} }}", place.id),
        ] {
            let answer = app.ask(None, &query, json!({})).await;
            assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "{query}");
            let text = answer.json.to_string();
            assert!(!text.contains("Pirjo") && !text.contains("57"), "{text}");
        }
        // No name, count or reason can even be asked for.
        for field in ["shifts { id }", "visits", "firstTimeVisits", "closedReason", "person { name }", "hasNoPaidGuide"] {
            let query = format!("{{ publicCalendar(slug: \"kulma\", {days}) {{ openings {{ {field} }} }} }}");
            let answer = app.ask(None, &query, json!({})).await;
            assert!(!answer.json["errors"].as_array().unwrap().is_empty(), "{field}");
        }
    }
}

on_both! {
    async fn a_place_that_is_not_public_answers_as_one_that_is_not_there(app: App) {
        let world = World::new(&app).await;
        app.bare_place(&world.kaisa, "piilossa", json!({ "isPublic": false })).await;
        for slug in ["piilossa", "ei-ole", "", "a\u{0}b", "KULMA"] {
            let days = json!({ "slug": slug, "from": "2026-11-23", "to": "2026-11-25" });
            let answer = app.ask(None, PUBLIC, days).await;
            assert_eq!(answer.data()["publicCalendar"], Value::Null, "{slug:?}");
        }
        let mut calendar = app.browser();
        let hidden = calendar.get("/places/piilossa.ics").await;
        let never = calendar.get("/places/ei-ole.ics").await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        assert_eq!((hidden.status, &hidden.html, &hidden.headers), (never.status, &never.html, &never.headers));
    }
}

on_both! {
    async fn calendars_are_given_a_file_and_asked_again_cost_one_statement(app: App) {
        let world = World::new(&app).await;
        let place = lively(&app, &world).await;
        let mut calendar = app.browser();
        let first = calendar.get("/places/kulma.ics").await;
        first.with(StatusCode::OK);
        assert_eq!(first.statements.len(), 5, "{:#?}", first.statements);
        assert_eq!(first.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        assert_eq!(first.headers[header::CACHE_CONTROL], "public, max-age=300");
        for told in ["SUMMARY:Avoinna: Kulma", "STATUS:CANCELLED", "CLASS:PUBLIC", "Lautapelien ilta"] {
            assert!(first.html.contains(told), "{told}: {}", first.html);
        }
        for hidden in ["Pirjo", "Paavo", "57", "41", "STAFF"] {
            // A day or an id may hold the same digits.
            let is_told = |line: &&str| ["SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", " "].iter().any(|it| line.starts_with(it));
            let told: String = first.html.lines().filter(is_told).collect();
            assert!(!told.contains(hidden), "{hidden}: {told}");
        }
        let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
        let again = calendar.get("/places/kulma.ics").await;
        assert_eq!((&again.html, again.statements.len()), (&first.html, 1), "{:#?}", again.statements);
        calendar.headers.insert("if-none-match", tag.clone());
        let known = calendar.get("/places/kulma.ics").await;
        assert_eq!((known.status, known.html.as_str(), known.statements.len()), (StatusCode::NOT_MODIFIED, "", 1));

        let closed = json!({ "dropInPlaceId": place.id, "from": "2026-12-01", "to": "2026-12-01", "reason": "STAFF" });
        place.paavo.does(&app, "closedDayAdd", "closedDay { id }", closed).await.done();
        let changed = calendar.get("/places/kulma.ics").await;
        changed.with(StatusCode::OK);
        assert_ne!(changed.headers[header::ETAG].to_str().unwrap(), tag);
        assert_eq!(calendar.post("/places/kulma.ics", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);

        let Some((before, after)) = read_back(&first.html).zip(read_back(&changed.html)) else { return };
        let names = |of: &Value| -> Vec<String> {
            of["events"].as_array().unwrap().iter().map(|it| it["uid"].to_string()).collect()
        };
        assert_eq!(names(&before), names(&after), "an opening keeps its name when the place is closed over it");
        let off = |of: &Value| of["events"].as_array().unwrap().iter().filter(|it| it["status"] == "CANCELLED").count();
        assert_eq!(off(&before) + 1, off(&after));
    }
}

on_both! {
    async fn a_place_s_page_is_for_anybody_and_asked_again_costs_one_statement(app: App) {
        let world = World::new(&app).await;
        let place = lively(&app, &world).await;
        let mut anybody = app.browser();
        let first = anybody.get("/places/kulma").await;
        assert_eq!(first.statements.len(), 5, "{:#?}", first.statements);
        let said = ["<h1>Kulma</h1>", "Esimerkkikatu 1, Kajaani", "Viikko 48", "Viikko 49", "Pelit, Lautapelien ilta",
            "<s>ti 24.11.2026 <span class=\"whole\">klo 12.00–16.00</span></s> <strong>Peruttu</strong>", "href=\"/places/kulma.ics?language=fi\""];
        for sentence in said {
            assert!(first.with(StatusCode::OK).contains(sentence), "{sentence}: {}", first.html);
        }
        // The stylesheet's address, above, may hold any digits.
        let (_, told) = first.html.split_once("<main").unwrap();
        for hidden in ["Pirjo", "Paavo", "57", "41", "Henkilö", "/wishes/"] {
            assert!(!told.contains(hidden), "{hidden}: {told}");
        }
        assert_eq!(first.headers[header::CACHE_CONTROL], "public, max-age=300");
        let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
        let again = anybody.get("/places/kulma").await;
        assert_eq!((&again.html, again.statements.len()), (&first.html, 1), "{:#?}", again.statements);
        anybody.headers.insert("if-none-match", tag.clone());
        let known = anybody.get("/places/kulma").await;
        assert_eq!((known.status, known.html.as_str(), known.statements.len()), (StatusCode::NOT_MODIFIED, "", 1));
        // What is told to whoever is signed in is kept by no cache on the way.
        let own = app.browser_of(&place.paavo).await.get("/places/kulma").await;
        assert_eq!(own.headers[header::CACHE_CONTROL], "private, no-cache");

        let closed = json!({ "dropInPlaceId": place.id, "from": "2026-12-01", "to": "2026-12-01", "reason": "STAFF" });
        place.paavo.does(&app, "closedDayAdd", "closedDay { id }", closed).await.done();
        let changed = anybody.get("/places/kulma").await;
        assert!(changed.with(StatusCode::OK).contains("<s>ti 1.12.2026"), "{}", changed.html);
        assert_ne!(changed.headers[header::ETAG].to_str().unwrap(), tag);

        app.bare_place(&world.kaisa, "piilossa", json!({ "isPublic": false })).await;
        let hidden = anybody.get("/places/piilossa").await;
        let never = anybody.get("/places/ei-olesta").await;
        assert_eq!(hidden.with(StatusCode::NOT_FOUND).replace("piilossa", "ei-olesta"), never.html);
    }
}

on_both! {
    async fn a_calendar_is_told_in_the_language_that_its_address_asks_for(app: App) {
        let world = World::new(&app).await;
        lively(&app, &world).await;
        let mut calendar = app.browser();
        for (path, told) in [
            ("/places/kulma.ics", ["SUMMARY:Avoinna: Kulma", "Pelit"]),
            ("/places/kulma.ics?language=sv", ["SUMMARY:Öppet: Kulma", "Spel"]),
            ("/places/kulma.ics?language=en", ["SUMMARY:Open: Kulma", "Games"]),
        ] {
            let shown = calendar.get(path).await;
            for word in told {
                assert!(shown.with(StatusCode::OK).contains(word), "{path}: {word}");
            }
        }
    }
}
