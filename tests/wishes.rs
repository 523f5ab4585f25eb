//! Wishes to drop-in places: sent by anybody, kept as nobody's, answered for everybody.

use std::net::IpAddr;

use poem::http::StatusCode;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Violation};
use rinnalla_domain::texts::Language;
use rinnalla_domain::wishes::{self, SendWish};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::places::{Place, details};
use crate::support::{Actor, App};

const SEND: &str = "mutation($input: WishSendInput!) { wishSend(input: $input) { wishReceipt { id } userErrors { field code } } }";
const PUBLIC: &str = "query($slug: String!) { publicWishes(slug: $slug) { told area status answer receivedOn answeredOn } }";
const WISHES: &str = "query($filter: WishFilter, $first: Int, $after: String) { wishes(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id source text area status told answer receivedOn answeredOn version
    dropInPlace { name } } } }";

/// A place that takes wishes.
async fn box_of(app: &App, world: &World) -> Place {
    let place = app.place(&world.kaisa, "kulma").await;
    let takes = json!({ "dropInPlaceId": place.id, "version": 1, "details": details("kulma", json!({ "takesWishes": true })) });
    let kaisa = &world.kaisa;
    let answer = kaisa
        .does(
            app,
            "dropInPlaceCorrect",
            "dropInPlace { takesWishes }",
            takes,
        )
        .await;
    assert_eq!(answer.done()["dropInPlace"]["takesWishes"], true);
    place
}

fn wish(key: &str, text: &str) -> Value {
    json!({ "input": { "idempotencyKey": key, "slug": "kulma", "text": text, "area": 3 } })
}

async fn read(app: &App, who: &Actor, filter: Value) -> Value {
    let answer = app
        .ask(Some(&who.token), WISHES, json!({ "filter": filter }))
        .await;
    answer.data()["wishes"].clone()
}

async fn answered(app: &App, who: &Actor, id: &Value, version: i32, told: Value) -> Value {
    let mut input = json!({ "wishId": id, "version": version, "status": "DISCUSSED" });
    for (field, value) in told.as_object().unwrap() {
        input[field] = value.clone();
    }
    let answer = who
        .does(
            app,
            "wishAnswer",
            "wish { version status answeredOn }",
            input,
        )
        .await;
    answer.payload().clone()
}

on_both! {
    async fn anybody_wishes_and_everybody_reads_what_came_of_it(app: App) {
        let world = World::new(&app).await;
        let place = box_of(&app, &world).await;
        let sent = app.ask(None, SEND, wish("yksi", "Pekalle biljardipöytä")).await;
        let id = sent.done()["wishReceipt"]["id"].clone();
        let again = app.ask(None, SEND, wish("yksi", "Pekalle biljardipöytä")).await;
        assert_eq!(again.done()["wishReceipt"]["id"], id, "sent twice, it is one wish");
        let other = app.ask(None, SEND, wish("yksi", "Toinen")).await;
        assert_eq!(other.codes(), ["CONFLICT"]);

        // Everybody reads nothing until the place has told it in its own words; its guide reads what was written.
        let slug = json!({ "slug": "kulma" });
        assert_eq!(app.ask(None, PUBLIC, slug.clone()).await.data()["publicWishes"], json!([]));
        let mine = read(&app, &place.paavo, json!({ "status": "RECEIVED" })).await;
        assert_eq!((&mine["totalCount"], &mine["nodes"][0]["text"]), (&json!(1), &json!("Pekalle biljardipöytä")));
        assert_eq!((&mine["nodes"][0]["source"], &mine["nodes"][0]["dropInPlace"]["name"]), (&json!("FORM"), &json!("Kulma")));
        let told = json!({ "status": "PLANNED", "area": 3, "told": "Biljardipöytä", "answer": "Se tulee keväällä." });
        let done = answered(&app, &place.paavo, &id, 1, told).await;
        assert_eq!(done["wish"], json!({ "version": 2, "status": "PLANNED", "answeredOn": "2026-11-23" }));
        let all = app.ask(None, PUBLIC, slug).await;
        assert_eq!(all.statements.len(), 1, "{:#?}", all.statements);
        assert_eq!(all.data()["publicWishes"], json!([{ "told": "Biljardipöytä", "area": 3, "status": "PLANNED",
            "answer": "Se tulee keväällä.", "receivedOn": "2026-11-23", "answeredOn": "2026-11-23" }]));
    }
}

on_both! {
    async fn nothing_is_kept_of_who_wished(app: App) {
        let world = World::new(&app).await;
        box_of(&app, &world).await;
        let log = "SELECT count(*) FROM access_log_seen WHERE object_kind = 'DROP_IN_PLACE'";
        let before = (app.read_sql(log).await, app.read_sql("SELECT count(*) FROM idempotency_keys").await);
        app.ask(Some(&world.pekka.token), SEND, wish("yksi", "Biljardi")).await.done();
        let after = (app.read_sql(log).await, app.read_sql("SELECT count(*) FROM idempotency_keys").await);
        assert_eq!(before, after, "whoever is signed in leaves no trace either");
        let by = "SELECT count(*) FROM wishes WHERE answered_by IS NULL AND source = 'FORM'";
        assert_eq!(app.read_sql(by).await, "1");
    }
}

on_both! {
    async fn a_flood_from_one_address_is_refused_and_costs_no_statement(app: App) {
        let world = World::new(&app).await;
        box_of(&app, &world).await;
        let from = |address: &str| {
            let address: IpAddr = address.parse().unwrap();
            Ctx::new(&app.register, None, Language::Fi).from_address(Some(address))
        };
        let sends = async |ctx: &Ctx, n: usize| {
            let wish = SendWish { slug: "kulma".to_owned(), text: "Biljardi".to_owned(), area: None };
            wishes::send(ctx, &format!("avain-{n}"), wish).await
        };
        let flood = from("192.0.2.1");
        let (mut kept, mut refused) = (0, 0);
        for n in 0..10_000 {
            match sends(&flood, n).await {
                Ok(_) => kept += 1,
                Err(Error::Invalid(faults)) => {
                    assert_eq!(faults, [Violation { field: "", code: "RATE_LIMITED" }]);
                    refused += 1;
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert!((20..=25).contains(&kept), "{kept}");
        assert_eq!(kept + refused, 10_000);
        assert_eq!(app.read_sql("SELECT count(*) FROM wishes").await, kept.to_string());
        sends(&from("192.0.2.2"), 10_000).await.unwrap();
    }
}

on_both! {
    async fn a_wish_that_is_not_possible_is_answered_and_none_goes_back(app: App) {
        let world = World::new(&app).await;
        let place = box_of(&app, &world).await;
        let paper = json!({ "dropInPlaceId": place.id, "text": "Sauna", "area": 1, "receivedOn": "2026-11-20" });
        let typed = place.paavo.does(&app, "wishTypeIn", "wish { id source }", paper).await;
        let wish = typed.done()["wish"].clone();
        assert_eq!(wish["source"], "PAPER");
        let faults = async |told: Value, version: i32| {
            let done = answered(&app, &place.paavo, &wish["id"], version, told).await;
            done["userErrors"].as_array().unwrap().iter().map(|it| format!("{} {}", it["field"].as_str().unwrap_or("-"), it["code"].as_str().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(faults(json!({ "status": "NOT_POSSIBLE" }), 1).await, ["answer ANSWER_NEEDED"]);
        assert_eq!(faults(json!({ "told": " ", "answer": "a".repeat(501), "area": 4 }), 1).await,
            ["told EMPTY", "answer TOO_LONG", "area OUT_OF_RANGE"]);
        let no = json!({ "status": "NOT_POSSIBLE", "told": "Sauna", "answer": "Taloyhtiö ei salli." });
        assert!(faults(no, 1).await.is_empty());
        assert_eq!(faults(json!({ "status": "RECEIVED", "answer": "Ei." }), 2).await, ["status WRONG_STATE"]);
        assert_eq!(faults(json!({ "status": "DONE", "answer": "Ei." }), 2).await, ["status WRONG_STATE"]);
        // The answer may be put right, not taken back; the day of the first one stays.
        app.register.clock.set(crate::support::at("2026-12-01", "10:00"));
        assert_eq!(faults(json!({ "status": "NOT_POSSIBLE", "answer": "Taloyhtiö ei salli sitä." }), 2).await, [""; 0]);
        let mine = read(&app, &place.paavo, json!({ "dropInPlaceId": place.id })).await;
        let row = &mine["nodes"][0];
        assert_eq!((&row["answer"], &row["answeredOn"], &row["told"]), (&json!("Taloyhtiö ei salli sitä."), &json!("2026-11-23"), &Value::Null));

        let erase = json!({ "wishId": wish["id"], "version": 3 });
        place.paavo.does(&app, "wishErase", "wish { text told answer }", erase).await.done();
        assert_eq!(read(&app, &place.paavo, json!({})).await["totalCount"], 0);
        assert_eq!(app.read_sql("SELECT count(*) FROM wishes WHERE text IS NULL AND answer IS NULL").await, "1");
    }
}

on_both! {
    async fn bad_wishes_are_told_what_is_wrong_and_none_is_kept(app: App) {
        let world = World::new(&app).await;
        box_of(&app, &world).await;
        app.bare_place(&world.kaisa, "kiinni", json!({ "isPublic": false, "takesWishes": true })).await;
        app.bare_place(&world.kaisa, "ilman", json!({})).await;
        let identity = format!("{}{}", "131052", "-308T");
        for (change, expected) in [
            (json!({ "text": " ", "area": 0 }), vec!["text EMPTY", "area OUT_OF_RANGE"]),
            (json!({ "text": "a".repeat(501) }), vec!["text TOO_LONG"]),
            (json!({ "text": identity }), vec!["text LOOKS_LIKE_IDENTITY_NUMBER"]),
            (json!({ "slug": "a\u{0}b" }), vec!["slug MALFORMED"]),
            (json!({ "idempotencyKey": "" }), vec!["idempotencyKey EMPTY"]),
        ] {
            let mut sent = wish("avain", "Biljardi");
            for (field, value) in change.as_object().unwrap() {
                sent["input"][field] = value.clone();
            }
            assert_eq!(app.ask(None, SEND, sent).await.user_errors(), expected, "{change}");
        }
        for slug in ["kiinni", "ilman", "tuntematon"] {
            let mut sent = wish("avain", "Biljardi");
            sent["input"]["slug"] = json!(slug);
            assert_eq!(app.ask(None, SEND, sent).await.codes(), ["NOT_FOUND"], "{slug}");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM wishes").await, "0");
    }
}

on_both! {
    async fn wishes_are_read_page_by_page_by_those_who_keep_the_place_alone(app: App) {
        let world = World::new(&app).await;
        let place = box_of(&app, &world).await;
        for n in 0..3 {
            app.ask(None, SEND, wish(&format!("avain {n}"), &format!("Toive {n}"))).await.done();
        }
        let first = app.ask(Some(&place.paavo.token), WISHES, json!({ "first": 2 })).await;
        // Who asks, the page, its count, its places, and the log of what was read.
        let log = if app.register.store.is_postgres() { 1 } else { 2 };
        assert_eq!(first.statements.len(), 4 + log, "{:#?}", first.statements);
        let page = &first.data()["wishes"];
        assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(3), &json!(true)));
        let after = json!({ "first": 2, "after": page["pageInfo"]["endCursor"] });
        let second = app.ask(Some(&place.paavo.token), WISHES, after).await;
        assert_eq!(second.data()["wishes"]["nodes"].as_array().unwrap().len(), 1);

        let other = World::named(&app, "toinen").await;
        assert_eq!(read(&app, &other.kaisa, json!({})).await["totalCount"], 0);
        assert_eq!(app.ask(None, WISHES, json!({})).await.codes(), ["UNAUTHENTICATED"]);
        assert_eq!(app.ask(Some(&world.pekka.token), WISHES, json!({})).await.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn the_box_stands_open_on_a_page_for_everybody(app: App) {
        let world = World::new(&app).await;
        let place = box_of(&app, &world).await;
        let mut browser = app.browser();
        let page = browser.get("/wishes/kulma").await;
        assert!(page.with(StatusCode::OK).contains("Toiveet: Kulma"), "{}", page.html);
        let sent = browser.fill("/wishes/kulma", &page, &[("text", "Biljardi\nja tikka"), ("area", "3")]).await;
        assert_eq!(sent.leads_to(), "/wishes/kulma?done=wish");
        browser.fill("/wishes/kulma", &page, &[("text", "Biljardi\nja tikka"), ("area", "3")]).await.leads_to();
        let mine = read(&app, &place.paavo, json!({})).await;
        assert_eq!((&mine["totalCount"], &mine["nodes"][0]["text"]), (&json!(1), &json!("Biljardi ja tikka")));
        let thanks = browser.get("/wishes/kulma?done=wish").await;
        assert!(thanks.html.contains("Toiveesi on laatikossa"));

        // What is wrong is told, and what was typed and chosen stays.
        let long = "pitkä ".repeat(100);
        let page = browser.get("/wishes/kulma").await;
        let refused = browser.fill("/wishes/kulma", &page, &[("text", long.as_str()), ("area", "2")]).await;
        let html = refused.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("pitkä pitkä") && html.contains(r#"value="2" checked"#), "{html}");

        let told = json!({ "status": "DONE", "told": "Biljardi-ilta", "answer": "Joka tiistai." });
        answered(&app, &place.paavo, &mine["nodes"][0]["id"], 1, told).await;
        let page = browser.get("/wishes/kulma").await;
        for text in ["Biljardi-ilta", "Toteutui", "Joka tiistai."] {
            assert!(page.html.contains(text), "{text}");
        }
        assert!(!page.html.contains("tikka"), "nobody reads what was written");
        for slug in ["ilman", "tuntematon"] {
            browser.get(&format!("/wishes/{slug}")).await.with(StatusCode::NOT_FOUND);
        }
    }
}
