//! Drop-in places as a client makes them.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::{Actor, App};

/// A place with two paid guides, open Monday to Thursday from 12 to 16 since the beginning of 2026.
pub struct Place {
    pub id: String,
    pub rule: String,
    pub kaisa: Actor,
    pub paavo: Actor,
    pub pirjo: Actor,
}

/// What is told of a place, with some of it told otherwise.
pub fn details(slug: &str, otherwise: Value) -> Value {
    let mut told = json!({ "name": "Kulma", "slug": slug, "address": "Esimerkkikatu 1, Kajaani", "countyCode": "20",
        "municipalityCode": "205", "isPublic": true });
    for (field, value) in otherwise.as_object().unwrap() {
        told[field] = value.clone();
    }
    told
}

/// The id in the answer of an act.
fn id_of(payload: &Value, object: &str) -> String {
    payload[object]["id"].as_str().unwrap().to_owned()
}

impl App {
    /// A place that nobody is at and that never opens.
    pub async fn bare_place(&self, kaisa: &Actor, slug: &str, otherwise: Value) -> String {
        let input = json!({ "organisationId": kaisa.organisation.encode(), "details": details(slug, otherwise) });
        let answer = kaisa
            .does(self, "dropInPlaceCreate", "dropInPlace { id }", input)
            .await;
        id_of(answer.done(), "dropInPlace")
    }

    /// A place as it should be.
    pub async fn place(&self, kaisa: &Actor, slug: &str) -> Place {
        let of = kaisa.organisation;
        let paavo = self.person("Paavo Ohjaaja", of, Role::PaidGuide).await;
        let pirjo = self.person("Pirjo Ohjaaja", of, Role::PaidGuide).await;
        self.place_with(kaisa, slug, (&paavo, &pirjo)).await
    }

    /// A place with these two paid guides.
    pub async fn place_with(
        &self,
        kaisa: &Actor,
        slug: &str,
        (paavo, pirjo): (&Actor, &Actor),
    ) -> Place {
        let mut place = Place {
            id: self.bare_place(kaisa, slug, json!({})).await,
            rule: String::new(),
            kaisa: kaisa.clone(),
            paavo: paavo.clone(),
            pirjo: pirjo.clone(),
        };
        for guide in [paavo, pirjo] {
            place.term(self, guide, "PAID_GUIDE").await;
        }
        let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY"];
        place.rule = place.opens(self, &days, ("12:00", "16:00")).await;
        place
    }
}

impl Place {
    /// Somebody is something at the place since the beginning of 2026.
    pub async fn term(&self, app: &App, who: &Actor, role: &str) -> String {
        let input = json!({ "dropInPlaceId": self.id, "personId": who.node(), "role": role, "from": "2026-01-01" });
        let object = "placeRoleTerm { id }";
        let answer = self
            .kaisa
            .does(app, "placeRoleTermAdd", object, input)
            .await;
        id_of(answer.done(), "placeRoleTerm")
    }

    /// A weekly rule since the beginning of 2026.
    pub async fn opens(&self, app: &App, weekdays: &[&str], (from, to): (&str, &str)) -> String {
        let input = json!({ "dropInPlaceId": self.id, "weekdays": weekdays, "startsAt": from, "endsAt": to,
            "from": "2026-01-01" });
        let object = "openingRule { id }";
        let answer = self.kaisa.does(app, "openingRuleAdd", object, input).await;
        id_of(answer.done(), "openingRule")
    }

    /// Takes the rule's opening of a day up.
    pub async fn take_up(&self, app: &App, on: &str) -> String {
        let input = json!({ "openingRuleId": self.rule, "on": on });
        let answer = self
            .paavo
            .does(app, "openingTakeUp", "opening { id }", input)
            .await;
        id_of(answer.done(), "opening")
    }

    /// Says that somebody is to be at an opening, whose version is this.
    pub async fn shift(&self, app: &App, opening: &str, version: i32, who: &Actor) -> String {
        let input = json!({ "openingId": opening, "version": version, "personId": who.node() });
        let object = "openingShift { id }";
        let answer = self.paavo.does(app, "openingShiftAdd", object, input).await;
        id_of(answer.done(), "openingShift")
    }

    /// The calendar as somebody sees it.
    pub async fn calendar(&self, app: &App, who: &Actor, from: &str, to: &str) -> Value {
        let query = "query($id: ID!, $from: Date!, $to: Date!) {
            dropInPlaceCalendar(dropInPlaceId: $id, from: $from, to: $to) {
              on startsAt endsAt begins ends closedBy dayOff closedReason rule { id }
              opening { id version visits firstTimeVisits personalSupports activities ideas hasNoPaidGuide
                shifts { id role isAbsent isInstead person { name } } } } }";
        let days = json!({ "id": self.id, "from": from, "to": to });
        let answer = who.ask(app, query, days).await;
        answer.data()["dropInPlaceCalendar"].clone()
    }

    /// The weeks as the coordinator sees them.
    pub async fn weeks(&self, app: &App, from: &str, to: &str) -> Value {
        let query = "query($id: ID!, $from: Date!, $to: Date!) {
            dropInPlaceWeeks(dropInPlaceId: $id, from: $from, to: $to) {
              year week from to openDays openMinutes guides isBelowDays isBelowGuides
              reasons { kind on dayOff closedReason person { name } } } }";
        let days = json!({ "id": self.id, "from": from, "to": to });
        let answer = self.kaisa.ask(app, query, days).await;
        answer.data()["dropInPlaceWeeks"].clone()
    }
}

/// What anybody is answered about a place's calendar.
pub const PUBLIC: &str = "query($slug: String!, $from: Date!, $to: Date!) {
    publicCalendar(slug: $slug, from: $from, to: $to) { name address countyCode municipalityCode
      openings { on startsAt endsAt begins ends isCancelled activities } } }";
