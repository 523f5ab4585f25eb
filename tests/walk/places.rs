//! Samples: drop-in places, their openings, and who is there.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::house::House;
use super::persons::partner;
use super::samples::Sample;
use crate::support::places::{Place, details};
use crate::support::{Actor, App};

/// The word of the house's place.
pub const SLUG: &str = "kulma";

/// A Monday that is past and a Tuesday to come; the places of the house open on both.
const PAST: &str = "2026-11-16";
const TO_COME: &str = "2026-11-24";

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    match mutation {
        m if m.starts_with("dropInPlace") => Some(place(app, house, m).await),
        m if m.starts_with("houseMeeting") => Some(house_meeting(app, house, m).await),
        m if m.starts_with("placeCost") => Some(cost(app, house, m).await),
        m if m.starts_with("wish") => Some(wish(app, house, m).await),
        m if m.starts_with("placeRoleTerm") || m.starts_with("openingRule") => {
            Some(kept_by_coordinator(app, house, m).await)
        }
        m if m.starts_with("opening") || m.starts_with("closedDay") => {
            Some(kept_by_guide(app, house, m).await)
        }
        _ => None,
    }
}

/// The house's own place, with one of everything; the house's paid guide is one there.
pub async fn kept(app: &App, house: &House) {
    let paavo = house.somebody(Role::PaidGuide).clone();
    let pirjo = house.newcomer(app, Role::PaidGuide).await;
    let kaisa = &house.circle.kaisa;
    // Another house on the same register has a word of its own.
    let taken = format!("SELECT count(*) FROM drop_in_places WHERE slug = '{SLUG}'");
    let own = match app.read_sql(&taken).await.as_str() {
        "0" => SLUG.to_owned(),
        _ => slug(app),
    };
    let place = app.place_with(kaisa, &own, (&paavo, &pirjo)).await;
    let opening = place.take_up(app, PAST).await;
    place.shift(app, &opening, 1, &pirjo).await;
    let counted =
        json!({ "openingId": opening, "visits": 3, "firstTimeVisits": 1, "personalSupports": 1 });
    house.done(app, &paavo, "openingVisitsCount", counted).await;
    let wish = json!({ "dropInPlaceId": place.id, "text": "Biljardipöytä", "area": 3, "receivedOn": PAST });
    let wish = house.done(app, &paavo, "wishTypeIn", wish).await;
    let plan = json!({ "dropInPlaceId": place.id, "on": PAST, "wishIds": [wish["id"]] });
    house.done(app, &paavo, "houseMeetingPlan", plan).await;
    house
        .done(app, kaisa, "placeCostAdd", line(&place.id))
        .await;
    let word = json!({ "openingId": opening, "informationSource": "PEER" });
    house.done(app, &paavo, "openingSourceCount", word).await;
    let closed = json!({ "dropInPlaceId": place.id, "from": "2027-07-01", "to": "2027-07-31", "reason": "STAFF" });
    house.done(app, &paavo, "closedDayAdd", closed).await;
}

/// A place that is the sample's own.
async fn fresh(app: &App, house: &House) -> Place {
    let paavo = house.newcomer(app, Role::PaidGuide).await;
    let pirjo = house.newcomer(app, Role::PaidGuide).await;
    let slug = slug(app);
    app.place_with(&house.circle.kaisa, &slug, (&paavo, &pirjo))
        .await
}

fn slug(app: &App) -> String {
    app.key().replace("key-", "kulma-")
}

async fn place(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let partner = partner(app, house).await.encode();
    let told = details(
        &slug(app),
        json!({ "leastMinutes": 180, "modelDays": 4, "modelGuides": 2, "partnerIds": [partner] }),
    );
    let mut input = match mutation {
        "dropInPlaceCreate" => json!({ "organisationId": house.circle.association.encode() }),
        _ => {
            json!({ "version": 1, "dropInPlaceId": app.bare_place(kaisa, &slug(app), json!({})).await })
        }
    };
    input["details"] = told;
    Sample::of(kaisa, input)
}

fn line(place: &str) -> Value {
    json!({ "dropInPlaceId": place, "version": 1, "kind": "SPACE", "on": "2026-11-01", "cents": 9000,
        "shares": [{ "funder": "STEA", "cents": 6000 }, { "funder": "MUNICIPALITY", "cents": 3000 }] })
}

async fn cost(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let place = app.bare_place(kaisa, &slug(app), json!({})).await;
    if mutation == "placeCostAdd" {
        return Sample::of(kaisa, line(&place));
    }
    let paid = house.done(app, kaisa, "placeCostAdd", line(&place)).await;
    let input =
        json!({ "dropInPlaceId": place, "version": 2, "placeCostId": paid["costs"][0]["id"] });
    Sample::of(kaisa, input)
}

async fn house_meeting(app: &App, house: &House, mutation: &str) -> Sample {
    let place = fresh(app, house).await;
    let paper = json!({ "dropInPlaceId": place.id, "text": "Biljardipöytä", "receivedOn": PAST });
    let wish = house.done(app, &place.paavo, "wishTypeIn", paper).await;
    let agenda = json!({ "on": PAST, "wishIds": [wish["id"]], "topics": ["Siivousvuorot"] });
    let mut plan = agenda.clone();
    plan["dropInPlaceId"] = json!(place.id);
    if mutation == "houseMeetingPlan" {
        return Sample::of(&place.paavo, plan);
    }
    let planned = house
        .done(app, &place.paavo, "houseMeetingPlan", plan)
        .await;
    let mut input = match mutation {
        "houseMeetingChange" => agenda,
        "houseMeetingRecord" => {
            json!({ "heads": 8, "decisions": [{ "no": 1, "decision": "Tulee keväällä",
            "wishStatus": "PLANNED", "answersWish": true }] })
        }
        _ => json!({}),
    };
    input["houseMeetingId"] = planned["id"].clone();
    input["version"] = json!(1);
    Sample::of(&place.paavo, input)
}

async fn wish(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let place = fresh(app, house).await;
    let paper = json!({ "dropInPlaceId": place.id, "text": "Biljardipöytä", "area": 3, "receivedOn": PAST });
    match mutation {
        "wishSend" => {
            let slug = slug(app);
            let told = json!({ "isPublic": true, "takesWishes": true });
            app.bare_place(kaisa, &slug, told).await;
            return Sample::of(
                kaisa,
                json!({ "slug": slug, "text": "Biljardipöytä", "area": 3 }),
            );
        }
        "wishTypeIn" => return Sample::of(&place.paavo, paper),
        _ => {}
    }
    let wish = house.done(app, &place.paavo, "wishTypeIn", paper).await;
    let mut input = json!({ "wishId": wish["id"], "version": 1 });
    if mutation == "wishAnswer" {
        input["status"] = json!("PLANNED");
        input["area"] = json!(2);
        input["told"] = json!("Biljardipöytä");
        input["answer"] = json!("Se tulee keväällä.");
    }
    Sample::of(&place.paavo, input)
}

async fn kept_by_coordinator(app: &App, house: &House, mutation: &str) -> Sample {
    let kaisa = &house.circle.kaisa;
    let place = fresh(app, house).await;
    let input = match mutation {
        "placeRoleTermAdd" => {
            let venla = house.newcomer(app, Role::PeerGuide).await;
            json!({ "dropInPlaceId": place.id, "personId": venla.node(), "role": "PEER_GUIDE", "from": "2026-12-01",
                "to": "2027-06-30" })
        }
        "placeRoleTermEnd" => {
            let venla = house.newcomer(app, Role::PeerGuide).await;
            let term = place.term(app, &venla, "VOLUNTEER").await;
            json!({ "placeRoleTermId": term, "version": 1, "lastOn": "2026-12-31" })
        }
        "openingRuleAdd" => {
            json!({ "dropInPlaceId": place.id, "weekdays": ["SATURDAY"], "everyWeeks": 2, "startsAt": "10:00",
            "endsAt": "13:00", "from": "2026-12-01", "to": "2027-06-30", "opensOnHolidays": true })
        }
        _ => json!({ "openingRuleId": place.rule, "version": 1, "lastOn": "2026-12-31" }),
    };
    Sample::of(kaisa, input)
}

async fn kept_by_guide(app: &App, house: &House, mutation: &str) -> Sample {
    let place = fresh(app, house).await;
    let paavo = place.paavo.clone();
    let input = match mutation {
        "openingTakeUp" => json!({ "openingRuleId": place.rule, "on": TO_COME }),
        "openingAdd" => {
            json!({ "dropInPlaceId": place.id, "on": "2026-11-28", "startsAt": "10:00", "endsAt": "13:00" })
        }
        "closedDayAdd" => {
            json!({ "dropInPlaceId": place.id, "from": "2026-12-01", "to": "2026-12-02", "reason": "STAFF" })
        }
        "closedDayCancel" => {
            let closed = json!({ "dropInPlaceId": place.id, "from": "2026-12-01", "to": "2026-12-02", "reason": "STAFF" });
            let closed = house.done(app, &paavo, "closedDayAdd", closed).await;
            json!({ "closedDayId": closed["id"], "version": 1 })
        }
        "openingSourceCount" => {
            let opening = place.take_up(app, PAST).await;
            json!({ "openingId": opening, "informationSource": "PEER", "visitors": 1 })
        }
        "openingVisitsCount" | "openingVisitsTakeBack" => {
            let opening = place.take_up(app, PAST).await;
            let counts = json!({ "openingId": opening, "visits": 2, "firstTimeVisits": 1, "personalSupports": 1 });
            house
                .done(app, &paavo, "openingVisitsCount", counts.clone())
                .await;
            counts
        }
        m if m.starts_with("openingShift") => shift(app, house, &place, m).await,
        _ => opening(app, house, &place, mutation).await,
    };
    Sample::of(&paavo, input)
}

async fn opening(app: &App, house: &House, place: &Place, mutation: &str) -> Value {
    let mut input = json!({ "openingId": place.take_up(app, TO_COME).await, "version": 1 });
    match mutation {
        "openingCancel" => input["reason"] = json!("STAFF"),
        "openingReinstate" => {
            let mut cancel = input.clone();
            cancel["reason"] = json!("STAFF");
            house.done(app, &place.paavo, "openingCancel", cancel).await;
            input["version"] = json!(2);
        }
        "openingDescribe" => {
            input["activities"] = json!(["GAMES", "COOKING"]);
            input["ideas"] = json!(["Lautapelien ilta"]);
            input["area"] = json!(3);
        }
        _ => {}
    }
    input
}

async fn shift(app: &App, house: &House, place: &Place, mutation: &str) -> Value {
    let opening = place.take_up(app, TO_COME).await;
    let venla: Actor = house.newcomer(app, Role::PeerGuide).await;
    place.term(app, &venla, "PEER_GUIDE").await;
    if mutation == "openingShiftAdd" {
        return json!({ "openingId": opening, "version": 1, "personId": venla.node() });
    }
    let shift = place.shift(app, &opening, 1, &place.pirjo).await;
    let mut input = json!({ "openingShiftId": shift, "version": 2 });
    if mutation == "openingShiftReplace" {
        input["personId"] = json!(venla.node());
    }
    input
}
