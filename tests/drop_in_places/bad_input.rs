//! Whatever is wrong with an input has a code and a field, and changes nothing.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::places::details;

const TABLES: [&str; 7] = [
    "drop_in_places",
    "place_role_terms",
    "opening_rules",
    "openings",
    "opening_activities",
    "opening_shifts",
    "closed_days",
];

on_both! {
    async fn a_place_is_checked_whole(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        app.bare_place(&world.kaisa, "kulma", json!({})).await;
        let before = app.rows(&TABLES).await;
        let told = |told: Value| json!({ "details": details("uusi", told) });
        let faults: Vec<(Value, &[&str])> = vec![
            (told(json!({ "name": " ", "address": "a".repeat(121) })), &["name EMPTY", "address TOO_LONG"]),
            (told(json!({ "slug": "Kulma 2" })), &["slug MALFORMED"]),
            (told(json!({ "slug": "kulma" })), &["slug SLUG_IN_USE"]),
            (told(json!({ "countyCode": "99", "municipalityCode": "20" })), &["countyCode UNKNOWN_CODE", "municipalityCode MALFORMED"]),
            (told(json!({ "leastMinutes": 29, "modelDays": 8, "modelGuides": -1 })),
                &["leastMinutes OUT_OF_RANGE", "modelDays OUT_OF_RANGE", "modelGuides OUT_OF_RANGE"]),
            (told(json!({ "partnerIds": [other.service.encode()] })), &["partnerIds UNKNOWN"]),
            (json!({ "organisationId": other.association.encode() }), &["organisationId UNKNOWN"]),
        ];
        let good = json!({ "organisationId": world.association.encode(), "details": details("uusi", json!({})) });
        world.kaisa.tries(&app, "dropInPlaceCreate", "dropInPlace { id }", &good, &faults).await;
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn rules_terms_and_closed_days_are_checked(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let stranger = app.person("Vilma", World::named(&app, "toinen").await.association, Role::PaidGuide).await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        let before = app.rows(&TABLES).await;
        let good = json!({ "dropInPlaceId": place.id, "weekdays": ["SATURDAY"], "startsAt": "10:00", "endsAt": "13:00", "from": "2026-12-01" });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "weekdays": [], "everyWeeks": 9 }), &["weekdays EMPTY", "everyWeeks OUT_OF_RANGE"]),
            (json!({ "endsAt": "10:00" }), &["endsAt TIMES_OUT_OF_ORDER"]),
            (json!({ "from": "2029-01-01" }), &["from OUT_OF_RANGE"]),
            (json!({ "to": "2026-11-30" }), &["to DATES_OUT_OF_ORDER"]),
        ];
        world.kaisa.tries(&app, "openingRuleAdd", "openingRule { id }", &good, &faults).await;
        let good = json!({ "dropInPlaceId": place.id, "personId": venla.node(), "role": "PEER_GUIDE", "from": "2026-12-01" });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "personId": stranger.node() }), &["personId UNKNOWN"]),
            (json!({ "role": "PAID_GUIDE" }), &["personId NOT_A_PAID_GUIDE_THERE"]),
            (json!({ "personId": place.paavo.node(), "role": "PAID_GUIDE" }), &["personId ALREADY_RECORDED"]),
            (json!({ "to": "2026-11-30" }), &["to DATES_OUT_OF_ORDER"]),
        ];
        world.kaisa.tries(&app, "placeRoleTermAdd", "placeRoleTerm { id }", &good, &faults).await;
        let good = json!({ "dropInPlaceId": place.id, "from": "2026-12-01", "to": "2026-12-02", "reason": "STAFF" });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "to": "2026-11-30" }), &["to DATES_OUT_OF_ORDER"]),
            (json!({ "to": "2027-06-30" }), &["to OUT_OF_RANGE"]),
        ];
        place.paavo.tries(&app, "closedDayAdd", "closedDay { id }", &good, &faults).await;
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn openings_are_checked(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        let opening = place.take_up(&app, "2026-11-24").await;
        place.shift(&app, &opening, 1, &place.pirjo).await;
        let closed = json!({ "dropInPlaceId": place.id, "from": "2026-12-05", "to": "2026-12-05", "reason": "OTHER" });
        place.paavo.does(&app, "closedDayAdd", "closedDay { id }", closed).await.done();
        let before = app.rows(&TABLES).await;
        let good = json!({ "openingRuleId": place.rule, "on": "2026-11-25" });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "on": "2026-11-28" }), &["on NOT_OPEN_THEN"]),
            (json!({ "on": "2026-12-24" }), &["on NOT_OPEN_THEN"]),
            (json!({ "on": "2030-01-07" }), &["on OUT_OF_RANGE"]),
        ];
        place.paavo.tries(&app, "openingTakeUp", "opening { id }", &good, &faults).await;
        let good = json!({ "dropInPlaceId": place.id, "on": "2026-11-28", "startsAt": "10:00", "endsAt": "13:00" });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "endsAt": "09:00" }), &["endsAt TIMES_OUT_OF_ORDER"]),
            (json!({ "on": "2026-11-25", "endsAt": "12:01" }), &["startsAt OVERLAPS"]),
            (json!({ "on": "2026-12-05" }), &["on NOT_OPEN_THEN"]),
        ];
        place.paavo.tries(&app, "openingAdd", "opening { id }", &good, &faults).await;
        let good = json!({ "openingId": opening, "version": 2, "personId": place.paavo.node() });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "personId": venla.node() }), &["personId NOT_AT_THE_PLACE"]),
            (json!({ "personId": place.pirjo.node() }), &["personId ALREADY_RECORDED"]),
        ];
        place.paavo.tries(&app, "openingShiftAdd", "openingShift { id }", &good, &faults).await;
        // Written in pieces, so that the file itself holds none.
        let identity = format!("{}{}", "131052", "-308T");
        let good = json!({ "openingId": opening, "version": 2, "activities": ["GAMES"], "ideas": [] });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "activities": ["FISHING"] }), &["activities UNKNOWN_CODE"]),
            (json!({ "ideas": ["a".repeat(81)] }), &["ideas TOO_LONG"]),
            (json!({ "ideas": [identity] }), &["ideas LOOKS_LIKE_IDENTITY_NUMBER"]),
            (json!({ "ideas": vec!["Ilta"; 21] }), &["ideas OUT_OF_RANGE"]),
            (json!({ "area": 4 }), &["area OUT_OF_RANGE"]),
        ];
        place.paavo.tries(&app, "openingDescribe", "opening { id }", &good, &faults).await;
        let ends = json!({ "openingRuleId": place.rule, "version": 1, "lastOn": "2026-11-23" });
        let answer = world.kaisa.does(&app, "openingRuleEnd", "openingRule { id }", ends).await;
        assert_eq!(answer.user_errors(), ["lastOn LATER_ENTRIES_STAND_ON_IT"]);
        assert_eq!(app.rows(&TABLES).await, before);
    }
}
