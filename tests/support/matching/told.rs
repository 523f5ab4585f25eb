//! What is told of people in tests, as a client writes it.

use serde_json::{Value, json};

use crate::support::App;

/// Own recovery, Kainuu, the eighties, Finnish, fishing and coffee; what is told otherwise replaces it.
pub fn profile(told: Value) -> Value {
    merged(
        json!({
            "background": "OWN_RECOVERY",
            "countyCode": "20",
            "birthDecade": 1980,
            "languages": ["fi"],
            "interests": ["FISHING", "COFFEE"],
            "municipalities": ["205"],
        }),
        told,
    )
}

/// Recovering, Kainuu, the eighties, Finnish, fishing; what is told otherwise replaces it.
pub fn supported_case(told: Value) -> Value {
    merged(
        json!({
            "background": "DEPENDENT_OR_RECOVERING",
            "birthDecade": 1980,
            "countyCode": "20",
            "municipalityCode": "205",
            "language": "fi",
            "interests": ["FISHING"],
        }),
        told,
    )
}

pub fn referral_details(told: Value) -> Value {
    merged(
        json!({ "form": "INDIVIDUAL", "phase": "AFTER_REHAB", "informationSource": "PEER", "wishes": ["SIMILAR_AGE"] }),
        told,
    )
}

fn merged(mut base: Value, told: Value) -> Value {
    for (field, value) in told.as_object().unwrap() {
        base[field] = value.clone();
    }
    base
}

/// Today in Helsinki.
pub fn today(app: &App) -> String {
    rinnalla_domain::calendar::helsinki_date(app.register.clock.now()).to_string()
}
