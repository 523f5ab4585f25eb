//! A valid input for every mutation, about something that stands ready for it.

use serde_json::{Value, json};

use super::house::House;
use super::{
    courses, experts, groups, keeping, persons, places, referring, relationships, succeeding,
    supervising, trainings,
};
use crate::support::{Actor, Answer, App};

/// What somebody could do now.
pub struct Sample {
    pub who: Actor,
    pub input: Value,
}

impl Sample {
    pub fn of(who: &Actor, input: Value) -> Self {
        let who = who.clone();
        Self { who, input }
    }
}

/// Makes ready what a mutation is about. A mutation without a sample fails every walk. Each future has a place of its own:
/// together they are more than a stack holds.
pub async fn ready(app: &App, house: &House, mutation: &str) -> Sample {
    let mut found = Box::pin(relationships::ready(app, house, mutation)).await;
    if found.is_none() {
        found = Box::pin(referring::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(courses::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(experts::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(trainings::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(supervising::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(places::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(groups::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(keeping::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(succeeding::ready(app, house, mutation)).await;
    }
    if found.is_none() {
        found = Box::pin(persons::ready(app, house, mutation)).await;
    }
    found.unwrap_or_else(|| panic!("{mutation} has no sample: say in tests/walk how it is done"))
}

/// Sends a mutation with a fresh key, unless it has one.
pub async fn send(app: &App, who: Option<&Actor>, asked: (&str, &str), input: &Value) -> Answer {
    let mut input = input.clone();
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(app.key());
    }
    send_as_it_is(app, who, asked, &input).await
}

/// Sends a mutation, whatever its input is.
pub async fn send_as_it_is(
    app: &App,
    who: Option<&Actor>,
    (mutation, selection): (&str, &str),
    input: &Value,
) -> Answer {
    let (head, tail) = mutation.split_at(1);
    let head = head.to_uppercase();
    let query =
        format!("mutation($input: {head}{tail}Input!) {{ {mutation}(input: $input) {selection} }}");
    let token = who.map(|who| who.token.as_str());
    app.ask(token, &query, json!({ "input": input })).await
}
