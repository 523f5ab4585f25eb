//! House meetings, costs of a place, and how word of it reached its visitors.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::places::Place;
use crate::support::{Actor, App};

const SEEN: &str = "houseMeeting { id on status heads version items { no topic decision wish { status answer answeredOn } } }";

async fn wish(app: &App, place: &Place, text: &str) -> String {
    let paper = json!({ "dropInPlaceId": place.id, "text": text, "receivedOn": "2026-11-16" });
    let answer = place
        .paavo
        .does(app, "wishTypeIn", "wish { id }", paper)
        .await;
    answer.done()["wish"]["id"].as_str().unwrap().to_owned()
}

async fn planned(app: &App, place: &Place, wishes: &[&str]) -> Value {
    let input = json!({ "dropInPlaceId": place.id, "on": "2026-11-23", "wishIds": wishes, "topics": ["Siivousvuorot"] });
    let answer = place.paavo.does(app, "houseMeetingPlan", SEEN, input).await;
    answer.done()["houseMeeting"].clone()
}

async fn told(app: &App, who: &Actor, wish: &str) -> Value {
    let query = "query($id: ID!) { wish(id: $id) { status answer } }";
    who.ask(app, query, json!({ "id": wish })).await.data()["wish"].clone()
}

on_both! {
    async fn a_house_meeting_talks_wishes_over_and_a_decision_may_answer_one(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let (table, sauna, late) = (wish(&app, &place, "Biljardipöytä").await, wish(&app, &place, "Sauna").await, wish(&app, &place, "Kahvia").await);
        let meeting = planned(&app, &place, &[&table, &sauna]).await;
        assert_eq!((meeting["items"].as_array().unwrap().len(), &meeting["status"]), (3, &json!("PLANNED")));
        let changed = json!({ "houseMeetingId": meeting["id"], "version": 1, "on": "2026-11-23", "wishIds": [table, sauna, late],
            "topics": ["Siivousvuorot"] });
        place.paavo.does(&app, "houseMeetingChange", SEEN, changed).await.done();

        let decisions = json!([{ "no": 1, "decision": "Pöytä tulee keväällä", "wishStatus": "PLANNED", "answersWish": true },
            { "no": 2, "decision": "Talossa ei ole saunaa", "wishStatus": "NOT_POSSIBLE", "answersWish": true },
            { "no": 4, "decision": "Vuorot listalle" }]);
        let record = json!({ "houseMeetingId": meeting["id"], "version": 2, "heads": 12, "decisions": decisions });
        let held = place.paavo.does(&app, "houseMeetingRecord", SEEN, record).await.done()["houseMeeting"].clone();
        assert_eq!((&held["status"], &held["heads"], &held["items"][3]["decision"]), (&json!("HELD"), &json!(12), &json!("Vuorot listalle")));
        assert_eq!(held["items"][0]["wish"], json!({ "status": "PLANNED", "answer": "Pöytä tulee keväällä", "answeredOn": "2026-11-23" }));
        assert_eq!(told(&app, &place.paavo, &sauna).await, json!({ "status": "NOT_POSSIBLE", "answer": "Talossa ei ole saunaa" }));
        assert_eq!(told(&app, &place.paavo, &late).await, json!({ "status": "DISCUSSED", "answer": null }), "talked over, undecided");

        // Put right: what is said is all of it.
        let again = json!({ "houseMeetingId": meeting["id"], "version": 3, "heads": 11, "decisions": [] });
        let held = place.paavo.does(&app, "houseMeetingRecord", SEEN, again).await.done()["houseMeeting"].clone();
        assert_eq!((&held["heads"], &held["items"][3]["decision"]), (&json!(11), &Value::Null));
        let late = json!({ "houseMeetingId": meeting["id"], "version": 4 });
        assert_eq!(place.paavo.does(&app, "houseMeetingCancel", SEEN, late).await.user_errors(), ["- WRONG_STATE"]);

        // Something was written down that should not have been: the agenda is changed, and it is recorded anew or called off.
        let without = json!({ "houseMeetingId": meeting["id"], "version": 4, "on": "2026-11-23", "topics": ["Vuorot"] });
        let planned = place.paavo.does(&app, "houseMeetingChange", SEEN, without).await.done()["houseMeeting"].clone();
        assert_eq!((&planned["status"], &planned["heads"], planned["items"].as_array().unwrap().len()), (&json!("PLANNED"), &Value::Null, 1));
        let kept = "SELECT count(*) FROM house_meeting_items WHERE topic = 'Siivousvuorot' OR decision IS NOT NULL";
        assert_eq!(app.read_sql(kept).await, "0");
        assert_eq!(told(&app, &place.paavo, &table).await["status"], "PLANNED", "wishes stay answered");
        let off = json!({ "houseMeetingId": meeting["id"], "version": 5 });
        place.paavo.does(&app, "houseMeetingCancel", SEEN, off).await.done();
        let gone = json!({ "houseMeetingId": meeting["id"], "version": 6, "on": "2026-11-23", "topics": ["Vuorot"] });
        assert_eq!(place.paavo.does(&app, "houseMeetingChange", SEEN, gone).await.user_errors(), ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn what_a_meeting_cannot_decide_is_refused_and_changes_nothing(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let table = wish(&app, &place, "Biljardipöytä").await;
        let meeting = planned(&app, &place, &[&table]).await;
        for (decision, code) in [
            (json!({ "no": 9, "decision": "Ei" }), "UNKNOWN"),
            (json!({ "no": 2, "decision": "Kyllä", "answersWish": true }), "NO_WISH"),
            (json!({ "no": 1, "decision": "Ei käy", "wishStatus": "NOT_POSSIBLE" }), "ANSWER_NEEDED"),
            (json!({ "no": 1, "decision": " " }), "EMPTY"),
        ] {
            let record = json!({ "houseMeetingId": meeting["id"], "version": 1, "heads": 5, "decisions": [decision] });
            let answer = place.paavo.does(&app, "houseMeetingRecord", SEEN, record).await;
            assert_eq!(answer.user_errors(), [format!("decisions {code}")]);
        }
        assert_eq!(told(&app, &place.paavo, &table).await["status"], "RECEIVED");
        let done = json!({ "wishId": table, "version": 1, "status": "DONE" });
        place.paavo.does(&app, "wishAnswer", "wish { id }", done).await.done();
        let back = json!([{ "no": 1, "decision": "Tulossa", "wishStatus": "PLANNED" }]);
        let record = json!({ "houseMeetingId": meeting["id"], "version": 1, "heads": 5, "decisions": back });
        assert_eq!(place.paavo.does(&app, "houseMeetingRecord", SEEN, record).await.user_errors(), ["decisions WRONG_STATE"]);

        // Another place's wish is on no agenda, and what is to come is not recorded.
        let other = app.bare_place(&world.kaisa, "toinen", json!({})).await;
        let plan = json!({ "dropInPlaceId": other, "on": "2026-11-30", "wishIds": [table] });
        assert_eq!(world.kaisa.does(&app, "houseMeetingPlan", SEEN, plan).await.user_errors(), ["wishIds UNKNOWN"]);
        let empty = json!({ "dropInPlaceId": other, "on": "2026-11-30" });
        assert_eq!(world.kaisa.does(&app, "houseMeetingPlan", SEEN, empty).await.user_errors(), ["wishIds EMPTY"]);
        let plan = json!({ "dropInPlaceId": other, "on": "2026-11-30", "topics": ["Talvi"] });
        let next = world.kaisa.does(&app, "houseMeetingPlan", SEEN, plan).await.done()["houseMeeting"].clone();
        let record = json!({ "houseMeetingId": next["id"], "version": 1, "heads": 5, "decisions": [] });
        assert_eq!(world.kaisa.does(&app, "houseMeetingRecord", SEEN, record.clone()).await.user_errors(), ["- DATE_IN_FUTURE"]);
        // A paid guide of one place sees nothing of the other's.
        assert_eq!(place.paavo.does(&app, "houseMeetingRecord", SEEN, record).await.codes(), ["NOT_FOUND"]);
        let query = "query($id: ID!) { houseMeetings(dropInPlaceId: $id) { totalCount } }";
        for (who, count) in [(&place.paavo, 0), (&world.kaisa, 1)] {
            let seen = who.ask(&app, query, json!({ "id": other })).await;
            assert_eq!(seen.data()["houseMeetings"]["totalCount"], count);
        }
    }
}

on_both! {
    async fn several_funders_share_a_line_of_a_places_costs_and_guides_see_none_of_it(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let line = |version, shares: Value| json!({ "dropInPlaceId": place.id, "version": version, "kind": "WAGES", "on": "2026-11-01",
            "cents": 300_000, "shares": shares });
        let seen = "dropInPlace { version costs { id kind on cents shares { funder cents } } }";
        let two = json!([{ "funder": "STEA", "cents": 200_000 }, { "funder": "MUNICIPALITY", "cents": 100_000 }]);
        let paid = world.kaisa.does(&app, "placeCostAdd", seen, line(1, two)).await.done()["dropInPlace"].clone();
        assert_eq!(paid["costs"][0]["shares"], json!([{ "funder": "MUNICIPALITY", "cents": 100_000 }, { "funder": "STEA", "cents": 200_000 }]));
        let less = json!([{ "funder": "STEA", "cents": 1 }]);
        let answer = world.kaisa.does(&app, "placeCostAdd", seen, line(2, less)).await;
        assert_eq!(answer.user_errors(), ["shares SHARES_DO_NOT_ADD_UP"]);
        let query = "{ dropInPlaces { costs { cents } } }";
        let guide = place.paavo.ask(&app, query, json!({})).await;
        assert_eq!(guide.data()["dropInPlaces"][0]["costs"], json!([]));
        let cancel = json!({ "dropInPlaceId": place.id, "version": 2, "placeCostId": paid["costs"][0]["id"] });
        let left = world.kaisa.does(&app, "placeCostCancel", seen, cancel).await.done()["dropInPlace"].clone();
        assert_eq!(left["costs"], json!([]));
        assert_eq!(app.read_sql("SELECT count(*) FROM place_costs").await, "1", "it stays, cancelled");
    }
}

on_both! {
    async fn how_word_reached_visitors_is_a_tally_that_never_falls_below_nothing(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let evening = place.take_up(&app, "2026-11-23").await;
        let count = |source: &str, visitors: i32| json!({ "openingId": evening, "informationSource": source, "visitors": visitors });
        let seen = "opening { version sources { code visitors } }";
        for _ in 0..2 {
            place.paavo.does(&app, "openingSourceCount", seen, count("PEER", 1)).await.done();
        }
        let told = place.paavo.does(&app, "openingSourceCount", seen, count("PEER", -1)).await.done()["opening"].clone();
        assert_eq!(told, json!({ "version": 1, "sources": [{ "code": "PEER", "visitors": 1 }] }));
        for (input, code) in [(count("PEER", -2), "visitors OUT_OF_RANGE"), (count("PEER", 0), "visitors OUT_OF_RANGE"),
            (count("NOBODY", 1), "informationSource UNKNOWN_CODE")] {
            assert_eq!(place.paavo.does(&app, "openingSourceCount", seen, input).await.user_errors(), [code]);
        }
        let next = place.take_up(&app, "2026-11-24").await;
        let early = json!({ "openingId": next, "informationSource": "PEER" });
        assert_eq!(place.paavo.does(&app, "openingSourceCount", seen, early).await.user_errors(), ["- DATE_IN_FUTURE"]);
    }
}
