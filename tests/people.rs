//! People: who sees whose details, who gives which role, who stands in for whom.

mod absences;
mod contacts;
mod details;
mod disclosed;
mod erasing;
mod keepers;
mod roles;
mod searching;

use rinnalla_domain::states::{OrganisationKind, Role};

use crate::support::{Actor, App};

/// What acts on people and their roles could change.
const TABLES: [&str; 6] = [
    "people",
    "role_grants",
    "absences",
    "access_tokens",
    "changes",
    "idempotency_keys",
];

/// An association with a coordinator and an administrator, and a partner whose professional refers people to it.
struct House {
    kaisa: Actor,
    anna: Actor,
    mikko: Actor,
}

async fn house(app: &App) -> House {
    let association = app
        .organisation("Esimerkkiyhdistys", OrganisationKind::Association)
        .await;
    let partner = app
        .organisation("Esimerkkialue", OrganisationKind::WellbeingCounty)
        .await;
    app.refers(association, partner).await;
    let house = House {
        kaisa: app
            .person("Kaisa Koordinaattori", association, Role::Coordinator)
            .await,
        anna: app.person("Anna Hallinto", association, Role::Admin).await,
        mikko: app
            .person("Mikko Ammattilainen", partner, Role::Professional)
            .await,
    };
    // The partner has an administrator of its own: nobody else looks after it.
    app.person("Pirjo Hallinto", partner, Role::Admin).await;
    house
}
