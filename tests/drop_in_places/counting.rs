//! Visits are counted, and nothing is known of whose.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::matching::World;
use crate::support::places::Place;

async fn counts(app: &App, place: &Place, on: &str) -> [Value; 3] {
    let day = place.calendar(app, &place.paavo, on, on).await;
    ["visits", "firstTimeVisits", "personalSupports"].map(|name| day[0]["opening"][name].clone())
}

on_both! {
    async fn two_phones_that_tap_at_once_lose_nothing_and_a_tap_sent_again_counts_once(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let opening = place.take_up(&app, "2026-11-23").await;
        let tap = async |who: &crate::support::Actor, key: String| {
            let query = "mutation($input: OpeningVisitsCountInput!) {
                openingVisitsCount(input: $input) { opening { id } userErrors { field code } } }";
            let input = json!({ "idempotencyKey": key, "openingId": opening, "visits": 1 });
            app.ask(Some(who.token.as_str()), query, json!({ "input": input })).await
        };
        let taps = (0..10).flat_map(|n| {
            [(&place.paavo, format!("paavo-{n}")), (&place.pirjo, format!("pirjo-{n}"))]
        });
        let taps: Vec<_> = taps.collect();
        let done = futures_util::future::join_all(taps.iter().map(|(who, key)| tap(*who, key.clone()))).await;
        assert!(done.iter().all(|it| it.user_errors().is_empty()), "{done:#?}");
        // The answer was lost: the phone sends the same tap again.
        tap(&place.paavo, "paavo-3".to_owned()).await.done();
        assert_eq!(counts(&app, &place, "2026-11-23").await, [20, 0, 0]);
    }
}

on_both! {
    async fn first_visits_and_personal_support_are_counted_beside_and_taken_back_again(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let opening = place.take_up(&app, "2026-11-23").await;
        let count = async |act: &str, counts: [i32; 3]| {
            let [visits, first, supports] = counts;
            let input = json!({ "openingId": opening, "visits": visits, "firstTimeVisits": first, "personalSupports": supports });
            place.paavo.does(&app, act, "opening { version }", input).await
        };
        count("openingVisitsCount", [3, 1, 1]).await.done();
        count("openingVisitsCount", [0, 1, 0]).await.done();
        assert_eq!(counts(&app, &place, "2026-11-23").await, [3, 2, 1]);
        let answer = count("openingVisitsCount", [0, 2, 0]).await;
        assert_eq!(answer.user_errors(), ["firstTimeVisits OUT_OF_RANGE"], "no more first visits than visits");
        let answer = count("openingVisitsTakeBack", [4, 0, 2]).await;
        assert_eq!(answer.user_errors(), ["visits OUT_OF_RANGE", "firstTimeVisits OUT_OF_RANGE", "personalSupports OUT_OF_RANGE"]);
        count("openingVisitsTakeBack", [1, 1, 1]).await.done();
        assert_eq!(counts(&app, &place, "2026-11-23").await, [2, 1, 0]);

        // A place is not closed over an evening on which people came.
        let closed = json!({ "dropInPlaceId": place.id, "from": "2026-11-23", "to": "2026-11-23", "reason": "OTHER" });
        let answer = place.paavo.does(&app, "closedDayAdd", "closedDay { id }", closed).await;
        assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"]);
    }
}

on_both! {
    async fn nobody_is_counted_before_the_day_or_at_an_opening_that_does_not_take_place(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let count = async |opening: &str| {
            let input = json!({ "openingId": opening, "visits": 1 });
            place.paavo.does(&app, "openingVisitsCount", "opening { id }", input).await.user_errors()
        };
        let tomorrow = place.take_up(&app, "2026-11-24").await;
        assert_eq!(count(&tomorrow).await, ["- DATE_IN_FUTURE"]);
        let today = place.take_up(&app, "2026-11-23").await;
        let cancel = json!({ "openingId": today, "version": 1, "reason": "STAFF" });
        place.paavo.does(&app, "openingCancel", "opening { id }", cancel).await.done();
        assert_eq!(count(&today).await, ["- WRONG_STATE"]);
    }
}
