//! Samples: organisations whose work others take over, and the public directory.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use super::house::{House, TODAY};
use super::persons::partner;
use super::samples::Sample;
use crate::support::App;

pub async fn ready(app: &App, house: &House, mutation: &str) -> Option<Sample> {
    let anna = house.somebody(Role::Admin);
    Some(match mutation {
        "directoryEntryCorrect" => Sample::of(&house.circle.kaisa, entry(app, house).await),
        "successionPropose" => Sample::of(anna, two_partners(app, house).await),
        "successionAccept" | "successionWithdraw" => Sample::of(anna, proposed(app, house).await),
        "successionUndo" => {
            let input = two_partners(app, house).await;
            let made = house.done(app, anna, "successionPropose", input).await;
            let input = json!({ "successionId": made["id"], "version": made["version"] });
            Sample::of(anna, input)
        }
        _ => return None,
    })
}

/// Two services that nobody but the association acts for: one takes over from the other at once.
pub async fn two_partners(app: &App, house: &House) -> Value {
    let former = partner(app, house).await;
    let successor = partner(app, house).await;
    json!({ "formerId": former.encode(), "successorId": successor.encode(), "from": TODAY })
}

/// Another association that would like to be taken over.
async fn proposed(app: &App, house: &House) -> Value {
    let association = house.circle.association;
    let kind = OrganisationKind::Association;
    let former = app.organisation(&house.name(), kind).await;
    app.refers(association, former).await;
    let name = house.name();
    let pia = app
        .person(&format!("Pia {name}"), former, Role::Admin)
        .await;
    let input =
        json!({ "formerId": former.encode(), "successorId": association.encode(), "from": TODAY });
    let made = house.done(app, &pia, "successionPropose", input).await;
    json!({ "successionId": made["id"], "version": made["version"] })
}

/// What the public may read of the association, as it stands.
pub async fn entry(app: &App, house: &House) -> Value {
    let association = house.circle.association.encode();
    let query = "query($id: ID!) { organisation(id: $id) { directoryEntry { version } } }";
    let kaisa = &house.circle.kaisa;
    let answer = kaisa.ask(app, query, json!({ "id": association })).await;
    let version = answer.data()["organisation"]["directoryEntry"]["version"]
        .as_i64()
        .unwrap_or_default();
    json!({ "organisationId": association, "version": version, "isListed": true,
        "mailbox": "vertaistuki@example.org", "phone": "08 123 4567", "countyCodes": ["20"] })
}
