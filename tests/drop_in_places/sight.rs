//! Who sees what of a place.

use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_paid_guide_sees_the_places_where_they_are_one_today_and_not_those_where_they_help(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let other = app.bare_place(&world.kaisa, "toinen", json!({})).await;
        let helps = json!({ "dropInPlaceId": other, "personId": place.paavo.node(), "role": "VOLUNTEER", "from": "2026-01-01" });
        world.kaisa.does(&app, "placeRoleTermAdd", "placeRoleTerm { id }", helps).await.done();
        let list = async |who: &crate::support::Actor| {
            let answer = who.ask(&app, "{ dropInPlaces { slug } }", json!({})).await;
            answer.data()["dropInPlaces"].clone()
        };
        assert_eq!(list(&world.kaisa).await, json!([{ "slug": "kulma" }, { "slug": "toinen" }]));
        assert_eq!(list(&place.paavo).await, json!([{ "slug": "kulma" }]));
        let find = "query($id: ID!) { dropInPlace(id: $id) { slug } }";
        let hidden = place.paavo.ask(&app, find, json!({ "id": other })).await;
        assert_eq!(hidden.data()["dropInPlace"], Value::Null);
        // A term that has ended shows nothing more.
        app.run("UPDATE place_role_terms SET to_on = '2026-11-22'", []).await;
        assert_eq!(list(&place.paavo).await, json!([]));
        let input = json!({ "openingRuleId": place.rule, "on": "2026-11-24" });
        let refused = place.paavo.does(&app, "openingTakeUp", "opening { id }", input).await;
        assert_eq!(refused.codes(), ["NOT_FOUND"]);
    }
}

on_both! {
    async fn a_guide_keeps_openings_and_does_not_make_rules(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let rule = json!({ "dropInPlaceId": place.id, "weekdays": ["SUNDAY"], "startsAt": "12:00", "endsAt": "16:00",
            "from": "2026-12-01" });
        let refused = place.paavo.does(&app, "openingRuleAdd", "openingRule { id }", rule).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn a_volunteer_sees_nothing_of_a_place_by_that_and_another_association_neither(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        let place = app.place(&world.kaisa, "kulma").await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        place.term(&app, &venla, "VOLUNTEER").await;
        let find = "query($id: ID!) { dropInPlace(id: $id) { slug } }";
        let refused = venla.ask(&app, find, json!({ "id": place.id })).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        let hidden = other.kaisa.ask(&app, find, json!({ "id": place.id })).await;
        assert_eq!(hidden.data()["dropInPlace"], Value::Null);
    }
}

on_both! {
    async fn whoever_looks_at_who_is_there_is_in_the_log(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        let term = place.term(&app, &venla, "VOLUNTEER").await;
        let opening = place.take_up(&app, "2026-11-23").await;
        let shift = place.shift(&app, &opening, 1, &venla).await;
        let looks = "SELECT count(*) FROM access_log_seen s JOIN access_log l ON l.id = s.entry_id
             WHERE s.object_kind = 'DROP_IN_PLACE' AND s.act = 'READ'";
        let mut before: i64 = app.read_sql(looks).await.parse().unwrap();
        for id in [&term, &opening, &shift, &place.rule] {
            let answer = place.paavo.ask(&app, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
            assert_eq!(answer.data()["node"]["id"], **id);
            let after: i64 = app.read_sql(looks).await.parse().unwrap();
            assert_eq!(after, before + 1, "{id}");
            before = after;
        }
    }
}

on_both! {
    async fn no_table_of_visits_has_room_for_a_person(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let opening = place.take_up(&app, "2026-11-23").await;
        let input = json!({ "openingId": opening, "visits": 1 });
        place.pirjo.does(&app, "openingVisitsCount", "opening { id }", input).await.done();
        let kept = app.rows(&["openings"]).await.join("\n").to_lowercase();
        let pirjo = place.pirjo.id.0;
        for form in [pirjo.simple().to_string(), pirjo.hyphenated().to_string()] {
            assert!(!kept.contains(&form), "who tapped is in the access log, and not beside the count");
        }
    }
}
