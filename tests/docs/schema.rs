//! Whoever reads the schema finds a sentence at everything in it.

use std::sync::LazyLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Positioned, parser::types::BaseType};

/// A type of the schema.
pub struct Type {
    pub kind: &'static str,
    pub name: String,
    pub description: String,
    /// Every place below it with its path and description.
    places: Vec<(String, String)>,
    fields: Vec<Field>,
}

/// A field with the names of its arguments and of the type that it answers.
struct Field {
    name: String,
    arguments: Vec<String>,
    answers: String,
}

/// Every type of the schema but those of the language itself.
pub fn types() -> &'static [Type] {
    static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| {
        let document = parse_schema(rinnalla_api::sdl()).unwrap();
        let definitions = document.definitions.into_iter();
        definitions
            .filter_map(|definition| match definition {
                TypeSystemDefinition::Type(it) => Some(Type::of(&it.node)),
                _ => None,
            })
            .collect()
    });
    &TYPES
}

impl Type {
    fn of(definition: &TypeDefinition) -> Self {
        let name = definition.name.node.to_string();
        let mut it = Self {
            kind: "",
            description: text(definition.description.as_ref()),
            places: Vec::new(),
            fields: Vec::new(),
            name,
        };
        it.kind = match &definition.kind {
            TypeKind::Scalar => "scalar",
            TypeKind::Union(_) => "union",
            TypeKind::Object(object) => it.with_fields(&object.fields, "object"),
            TypeKind::Interface(interface) => it.with_fields(&interface.fields, "interface"),
            TypeKind::Enum(of) => {
                for value in &of.values {
                    let value = &value.node;
                    it.place(value.value.node.as_ref(), value.description.as_ref());
                }
                "enum"
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    it.place(
                        field.node.name.node.as_str(),
                        field.node.description.as_ref(),
                    );
                }
                "input"
            }
        };
        it
    }

    fn with_fields(
        &mut self,
        fields: &[Positioned<FieldDefinition>],
        kind: &'static str,
    ) -> &'static str {
        for field in fields {
            let field = &field.node;
            let name = field.name.node.as_str();
            self.place(name, field.description.as_ref());
            for argument in &field.arguments {
                let InputValueDefinition {
                    description,
                    name: argument,
                    ..
                } = &argument.node;
                self.place(&format!("{name}({})", argument.node), description.as_ref());
            }
            self.fields.push(Field {
                name: name.to_owned(),
                arguments: field
                    .arguments
                    .iter()
                    .map(|it| it.node.name.node.to_string())
                    .collect(),
                answers: match &field.ty.node.base {
                    BaseType::Named(name) => name.to_string(),
                    BaseType::List(_) => String::new(),
                },
            });
        }
        kind
    }

    fn place(&mut self, name: &str, description: Option<&Positioned<String>>) {
        let path = format!("{}.{name}", self.name);
        self.places.push((path, text(description)));
    }
}

fn text(description: Option<&Positioned<String>>) -> String {
    description
        .map(|it| it.node.trim().to_owned())
        .unwrap_or_default()
}

#[test]
fn everything_in_the_schema_is_described() {
    let places: Vec<(String, String)> = types()
        .iter()
        .flat_map(|it| {
            let own = (it.name.clone(), it.description.clone());
            std::iter::once(own).chain(it.places.iter().cloned())
        })
        .collect();
    assert!(
        places.len() > 100,
        "the schema was not read: {}",
        places.len()
    );
    let faults: Vec<String> = places
        .into_iter()
        .filter(|(_, description)| description.is_empty())
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
    let of = |name: &str| types.iter().find(|it| it.name == name);
    let has_user_errors = |payload: &str| {
        of(payload).is_some_and(|it| it.fields.iter().any(|field| field.name == "userErrors"))
    };
    let mut faults = Vec::new();
    for Field {
        name,
        arguments,
        answers,
    } in &of("Mutation").unwrap().fields
    {
        if *arguments != ["input"] {
            faults.push(format!("{name} takes {arguments:?}, not one input"));
        }
        if !answers.ends_with("Payload") || !has_user_errors(answers) {
            faults.push(format!("{name} answers {answers}, no payload"));
        }
    }
    super::none(&faults);
}
