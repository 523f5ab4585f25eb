//! Drop-in places: when they are open, who is there, how many come, and what everybody may read of them.

mod bad_input;
mod counting;
mod public;
mod recurrence;
mod sight;

use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;

fn all<'a>(rows: &'a Value, field: &str) -> Vec<&'a Value> {
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| &row[field])
        .collect()
}

on_both! {
    async fn christmas_week_falls_below_four_days_and_the_holiday_is_the_reason(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let weeks = place.weeks(&app, "2026-12-14", "2026-12-27").await;
        assert_eq!(weeks[0]["openDays"], 4);
        assert_eq!((&weeks[0]["isBelowDays"], &weeks[0]["reasons"]), (&json!(false), &json!([])));
        let christmas = &weeks[1];
        assert_eq!((&christmas["week"], &christmas["from"], &christmas["to"]), (&json!(52), &json!("2026-12-21"), &json!("2026-12-27")));
        assert_eq!((&christmas["openDays"], &christmas["openMinutes"]), (&json!(3), &json!(720)));
        assert_eq!((&christmas["isBelowDays"], &christmas["isBelowGuides"]), (&json!(true), &json!(false)));
        let eve = json!({ "kind": "HOLIDAY", "on": "2026-12-24", "dayOff": "CHRISTMAS_EVE", "closedReason": null, "person": null });
        assert_eq!(christmas["reasons"], json!([eve]));

        // Somebody says that the place is open on Christmas Eve all the same.
        let on = json!({ "dropInPlaceId": place.id, "on": "2026-12-24", "startsAt": "10:00", "endsAt": "13:00" });
        place.paavo.does(&app, "openingAdd", "opening { id }", on).await.done();
        let weeks = place.weeks(&app, "2026-12-21", "2026-12-21").await;
        assert_eq!((&weeks[0]["openDays"], &weeks[0]["reasons"]), (&json!(4), &json!([])));
    }
}

on_both! {
    async fn noon_to_four_stays_noon_to_four_across_both_changes_of_the_clock(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        for (from, to, hours) in [
            ("2027-03-25", "2027-03-29", ["10:00", "09:00"]),
            ("2026-10-22", "2026-10-26", ["09:00", "10:00"]),
        ] {
            let days = place.calendar(&app, &place.paavo, from, to).await;
            let open: Vec<&Value> = days.as_array().unwrap().iter().filter(|it| it["dayOff"] != "EASTER_MONDAY").collect();
            assert!(all(&days, "startsAt").iter().all(|it| **it == "12:00"), "{days}");
            assert!(all(&days, "endsAt").iter().all(|it| **it == "16:00"), "{days}");
            let utc = |it: &&Value| it["begins"].as_str().unwrap()[11..16].to_owned();
            let first_and_last = [utc(&open[0]), utc(&&days.as_array().unwrap()[days.as_array().unwrap().len() - 1])];
            assert_eq!(first_and_last, hours, "{from}");
        }
    }
}

on_both! {
    async fn a_calendar_takes_the_same_statements_for_a_week_as_for_a_year(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        place.opens(&app, &["SATURDAY"], ("10:00", "13:00")).await;
        for on in ["2026-11-16", "2026-11-17", "2026-12-01"] {
            let opening = place.take_up(&app, on).await;
            place.shift(&app, &opening, 1, &place.pirjo).await;
        }
        let query = "query($id: ID!, $from: Date!, $to: Date!) { dropInPlaceCalendar(dropInPlaceId: $id, from: $from, to: $to) {
            on closedBy opening { activities shifts { person { name } } } } }";
        let asked = async |to: &str| {
            let days = json!({ "id": place.id, "from": "2026-11-16", "to": to });
            place.kaisa.ask(&app, query, days).await
        };
        let (week, year) = (asked("2026-11-22").await, asked("2027-11-15").await);
        let rows = |answer: &crate::support::Answer| answer.data()["dropInPlaceCalendar"].as_array().unwrap().len();
        assert_eq!((rows(&week), rows(&year)), (5, 261));
        assert_eq!(week.statements.len(), year.statements.len(), "{:#?}", year.statements);
        let answer = asked("2027-11-17").await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "a year and no more: {}", answer.json);
    }
}

on_both! {
    async fn closed_days_close_and_open_again(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let closed = json!({ "dropInPlaceId": place.id, "from": "2026-12-01", "to": "2026-12-02", "reason": "STAFF" });
        let closed = place.paavo.does(&app, "closedDayAdd", "closedDay { id version }", closed).await;
        let closed = closed.done()["closedDay"].clone();
        let week = place.calendar(&app, &place.paavo, "2026-11-30", "2026-12-06").await;
        assert_eq!(all(&week, "closedBy"), [&Value::Null, &json!("CLOSED_DAY"), &json!("CLOSED_DAY"), &Value::Null]);
        let weeks = place.weeks(&app, "2026-11-30", "2026-12-06").await;
        assert_eq!(all(&weeks[0]["reasons"], "kind"), ["CLOSED_DAY", "CLOSED_DAY"]);
        assert_eq!(all(&weeks[0]["reasons"], "closedReason"), ["STAFF", "STAFF"]);

        let input = json!({ "closedDayId": closed["id"], "version": closed["version"] });
        place.paavo.does(&app, "closedDayCancel", "closedDay { isCancelled }", input).await.done();
        let weeks = place.weeks(&app, "2026-11-30", "2026-12-06").await;
        assert_eq!((&weeks[0]["openDays"], &weeks[0]["reasons"]), (&json!(4), &json!([])));
    }
}

on_both! {
    async fn a_cancelled_opening_is_carried_as_cancelled_and_may_take_place_after_all(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let opening = place.take_up(&app, "2026-11-24").await;
        assert_eq!(place.take_up(&app, "2026-11-24").await, opening, "taken up twice it is one");
        let input = json!({ "openingId": opening, "version": 1, "reason": "STAFF" });
        place.paavo.does(&app, "openingCancel", "opening { cancelledFor }", input).await.done();
        let day = place.calendar(&app, &place.paavo, "2026-11-24", "2026-11-24").await;
        assert_eq!((&day[0]["closedBy"], &day[0]["closedReason"]), (&json!("CANCELLED"), &json!("STAFF")));
        let input = json!({ "openingId": opening, "version": 2 });
        place.paavo.does(&app, "openingReinstate", "opening { cancelledFor }", input).await.done();
        let day = place.calendar(&app, &place.paavo, "2026-11-24", "2026-11-24").await;
        assert_eq!(day[0]["closedBy"], Value::Null);
    }
}

on_both! {
    async fn an_absent_guide_is_replaced_in_one_act(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        place.term(&app, &venla, "PEER_GUIDE").await;
        let opening = place.take_up(&app, "2026-11-24").await;
        let shift = place.shift(&app, &opening, 1, &place.pirjo).await;
        let input = json!({ "openingShiftId": shift, "version": 2, "personId": venla.node() });
        place.paavo.does(&app, "openingShiftReplace", "openingShift { isAbsent }", input).await.done();
        let day = place.calendar(&app, &place.paavo, "2026-11-24", "2026-11-24").await;
        let shifts = &day[0]["opening"]["shifts"];
        assert_eq!(all(shifts, "isAbsent"), [true, false]);
        assert_eq!(all(shifts, "isInstead"), [false, true]);
        assert_eq!(all(shifts, "role"), ["PAID_GUIDE", "PEER_GUIDE"]);
        assert_eq!(shifts[1]["person"]["name"], "Venla");
        assert_eq!(day[0]["opening"]["hasNoPaidGuide"], true, "a peer guide is none");
    }
}

on_both! {
    async fn a_week_that_is_short_of_guides_says_who_is_away(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        app.away(&place.pirjo, &place.paavo, "2026-11-23", "2026-11-29").await;
        let weeks = place.weeks(&app, "2026-11-23", "2026-12-06").await;
        assert_eq!((&weeks[0]["guides"], &weeks[0]["isBelowGuides"]), (&json!(1), &json!(true)));
        assert_eq!(all(&weeks[0]["reasons"], "kind"), ["GUIDE_AWAY"]);
        assert_eq!(weeks[0]["reasons"][0]["person"]["name"], "Pirjo Ohjaaja");
        assert_eq!((&weeks[1]["guides"], &weeks[1]["reasons"]), (&json!(2), &json!([])));
    }
}

on_both! {
    async fn a_place_with_one_paid_guide_is_warned_for(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let query = "query($id: ID!) { dropInPlace(id: $id) { guidesToday hasTooFewGuides roleTerms { id role version person { name } } } }";
        let asked = async || {
            let answer = place.kaisa.ask(&app, query, json!({ "id": place.id })).await;
            answer.data()["dropInPlace"].clone()
        };
        let seen = asked().await;
        assert_eq!((&seen["guidesToday"], &seen["hasTooFewGuides"]), (&json!(2), &json!(false)));
        let input = json!({ "placeRoleTermId": seen["roleTerms"][1]["id"], "version": 1, "lastOn": "2026-11-22" });
        place.kaisa.does(&app, "placeRoleTermEnd", "placeRoleTerm { to }", input).await.done();
        let seen = asked().await;
        assert_eq!((&seen["guidesToday"], &seen["hasTooFewGuides"]), (&json!(1), &json!(true)));
    }
}

on_both! {
    async fn whoever_keeps_the_places_keeps_them_all_and_nothing_else_of_the_association(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let pia = app.person("Pia Paikka", world.association, Role::PlaceKeeper).await;
        let own = app.bare_place(&pia, "torni", json!({ "name": "Torni" })).await;
        let seen = pia.ask(&app, "{ dropInPlaces { id name guidesToday roleTerms { person { name } } } }", json!({})).await;
        let seen = seen.data()["dropInPlaces"].as_array().unwrap().clone();
        assert_eq!((seen.len(), &seen[1]["id"]), (2, &json!(own)));
        assert_eq!(seen[0]["roleTerms"][0]["person"]["name"], "Paavo Ohjaaja", "who is at a place is known");
        let evening = place.take_up(&app, "2026-11-24").await;
        let cancel = json!({ "openingId": evening, "version": 1, "reason": "STAFF" });
        pia.does(&app, "openingCancel", "opening { cancelledFor }", cancel).await.done();

        // Neither people nor courses, nor another association's places.
        let kaisa = pia.ask(&app, "query($id: ID!) { person(id: $id) { name } }", json!({ "id": world.kaisa.node() })).await;
        assert_eq!(kaisa.data()["person"], serde_json::Value::Null);
        assert_eq!(pia.ask(&app, "{ courses { totalCount } }", json!({})).await.codes(), ["FORBIDDEN"]);
        let others = World::named(&app, "Vieras").await;
        let theirs = app.bare_place(&others.kaisa, "vieras", json!({})).await;
        let query = "query($id: ID!) { dropInPlace(id: $id) { id } }";
        assert_eq!(pia.ask(&app, query, json!({ "id": theirs })).await.data()["dropInPlace"], serde_json::Value::Null);
    }
}
