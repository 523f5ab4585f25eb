//! A year of a place against an independent recurrence library.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::on_both;
use crate::support::calendars::expanded;
use crate::support::matching::World;

/// The holidays and eves of 2026 that are no Sunday, as the almanac has them.
const ALMANAC: [&str; 12] = [
    "2026-01-01",
    "2026-01-06",
    "2026-04-03",
    "2026-04-06",
    "2026-05-01",
    "2026-05-14",
    "2026-06-19",
    "2026-06-20",
    "2026-10-31",
    "2026-12-24",
    "2026-12-25",
    "2026-12-26",
];

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

on_both! {
    async fn a_year_of_three_rules_ten_exceptions_and_all_holidays_is_what_dateutil_computes(app: App) {
        let world = World::new(&app).await;
        app.on_day("2026-06-30");
        let place = app.place(&world.kaisa, "kulma").await;
        let rule = json!({ "dropInPlaceId": place.id, "weekdays": ["FRIDAY"], "everyWeeks": 2, "startsAt": "14:00", "endsAt": "19:00",
            "from": "2026-01-09" });
        place.kaisa.does(&app, "openingRuleAdd", "openingRule { id }", rule).await.done();
        let summer = json!({ "dropInPlaceId": place.id, "weekdays": ["SATURDAY", "SUNDAY"], "startsAt": "10:00", "endsAt": "13:00",
            "from": "2026-06-01", "to": "2026-08-16" });
        place.kaisa.does(&app, "openingRuleAdd", "openingRule { id }", summer).await.done();
        // Ten exceptions: six cancelled, two weeks closed and a day, and one that no rule makes.
        let cancelled = ["2026-07-06", "2026-07-07", "2026-08-03", "2026-09-10", "2026-09-14", "2026-11-02"];
        for on in cancelled {
            let opening = place.take_up(&app, on).await;
            let cancel = json!({ "openingId": opening, "version": 1, "reason": "STAFF" });
            place.paavo.does(&app, "openingCancel", "opening { id }", cancel).await.done();
        }
        for (from, to) in [("2026-07-20", "2026-07-26"), ("2026-10-12", "2026-10-18"), ("2026-12-23", "2026-12-23")] {
            let closed = json!({ "dropInPlaceId": place.id, "from": from, "to": to, "reason": "STAFF" });
            place.paavo.does(&app, "closedDayAdd", "closedDay { id }", closed).await.done();
        }
        let single = json!({ "dropInPlaceId": place.id, "on": "2026-09-05", "startsAt": "18:00", "endsAt": "20:00" });
        place.paavo.does(&app, "openingAdd", "opening { id }", single).await.done();

        let query = "query($id: ID!) { dropInPlace(id: $id) { rules { recurrence from to startsAt } }
            dropInPlaceCalendar(dropInPlaceId: $id, from: \"2026-01-01\", to: \"2026-12-31\") { on startsAt closedBy } }";
        let answer = place.paavo.ask(&app, query, json!({ "id": place.id })).await;
        let rules = answer.data()["dropInPlace"]["rules"].clone();
        assert_eq!(rules.as_array().unwrap().len(), 3);
        let Some(days) = expanded(&json!({ "from": "2026-01-01", "to": "2026-12-31", "rules": rules })) else { return };
        let mut planned: BTreeSet<(String, String)> = BTreeSet::new();
        for (rule, days) in rules.as_array().unwrap().iter().zip(days.as_array().unwrap()) {
            planned.extend(days.as_array().unwrap().iter().map(|on| (text(on), text(&rule["startsAt"]))));
        }
        planned.insert(("2026-09-05".to_owned(), "18:00".to_owned()));
        let entries = answer.data()["dropInPlaceCalendar"].as_array().unwrap().clone();
        let seen: BTreeSet<(String, String)> = entries.iter().map(|it| (text(&it["on"]), text(&it["startsAt"]))).collect();
        assert_eq!(seen, planned, "every occurrence, whether it takes place or not");

        let is_closed = |on: &str| {
            let in_week = |from: &str, to: &str| (from..=to).contains(&on);
            ALMANAC.contains(&on) || in_week("2026-07-20", "2026-07-26") || in_week("2026-10-12", "2026-10-18") || on == "2026-12-23"
        };
        let open: BTreeSet<(String, String)> = entries.iter().filter(|it| it["closedBy"].is_null())
            .map(|it| (text(&it["on"]), text(&it["startsAt"]))).collect();
        let expected: BTreeSet<(String, String)> = planned.into_iter()
            .filter(|(on, at)| !(is_closed(on) || cancelled.contains(&on.as_str()) && at == "12:00")).collect();
        assert_eq!(open, expected);
    }
}
