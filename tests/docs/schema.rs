//! Whoever reads the schema finds a sentence at everything in it.

use std::sync::LazyLock;

use serde_json::Value;

const QUESTION: &str = "{
  __schema {
    types {
      kind name description
      fields(includeDeprecated: true) { name description type { ofType { name } } args(includeDeprecated: true) { name description } }
      inputFields(includeDeprecated: true) { name description }
      enumValues(includeDeprecated: true) { name description }
    }
  }
}";

/// A type of the schema, as a client is told of it.
pub struct Type {
    pub kind: String,
    pub name: String,
    pub description: String,
    value: Value,
}

/// Every type of the schema but those of the language itself.
pub fn types() -> &'static [Type] {
    static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| {
        let answer = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(rinnalla_api::graphql::builder().finish().execute(QUESTION));
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let json = answer.data.into_json().unwrap();
        let types = json["__schema"]["types"].as_array().unwrap();
        types
            .iter()
            .map(|value| Type {
                kind: text(&value["kind"]).to_owned(),
                name: text(&value["name"]).to_owned(),
                description: text(&value["description"]).to_owned(),
                value: value.clone(),
            })
            .filter(|it| !it.name.starts_with("__") && !IN_THE_LANGUAGE.contains(&it.name.as_str()))
            .collect()
    });
    &TYPES
}

const IN_THE_LANGUAGE: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The places below a type, each with its path: fields with their arguments, input fields, values.
fn places(of: &Type) -> Vec<(String, &Value)> {
    let mut places = vec![(of.name.clone(), &of.value)];
    for kind in ["fields", "inputFields", "enumValues"] {
        for place in list(&of.value[kind]) {
            let path = format!("{}.{}", of.name, text(&place["name"]));
            for argument in list(&place["args"]) {
                places.push((format!("{path}({})", text(&argument["name"])), argument));
            }
            places.push((path, place));
        }
    }
    places
}

#[test]
fn everything_in_the_schema_is_described() {
    let faults: Vec<String> = types()
        .iter()
        .flat_map(places)
        .filter(|(_, place)| text(&place["description"]).trim().is_empty())
        .map(|(path, _)| format!("{path} has no description"))
        .collect();
    super::none(&faults);
}

#[test]
fn no_name_of_the_programs_own_types_leaks_into_the_schema() {
    let foreign = ["NaiveDate", "Utc", "Uuid", "UUID", "Json", "u64", "Model"];
    let faults: Vec<String> = types()
        .iter()
        .filter(|it| foreign.iter().any(|name| it.name.contains(name)))
        .map(|it| format!("{} is a Rust type's name", it.name))
        .collect();
    super::none(&faults);
}

#[test]
fn every_mutation_takes_one_input_and_answers_a_payload_with_user_errors() {
    let types = types();
    let Some(mutations) = types.iter().find(|it| it.name == "Mutation") else {
        panic!("the schema has no mutations");
    };
    let has_user_errors = |payload: &str| {
        let found = types.iter().find(|it| it.name == payload);
        found.is_some_and(|it| list(&it.value["fields"]).any(|f| f["name"] == "userErrors"))
    };
    let mut faults = Vec::new();
    for mutation in list(&mutations.value["fields"]) {
        let name = text(&mutation["name"]);
        let arguments: Vec<_> = list(&mutation["args"])
            .map(|it| text(&it["name"]))
            .collect();
        if arguments != ["input"] {
            faults.push(format!("{name} takes {arguments:?}, not one input"));
        }
        let payload = text(&mutation["type"]["ofType"]["name"]);
        if !payload.ends_with("Payload") || !has_user_errors(payload) {
            faults.push(format!("{name} answers {payload}, no payload"));
        }
    }
    super::none(&faults);
}
