//! Integers that no `Int` of GraphQL can be. The executor refuses them too, but says neither at which argument nor in
//! which field they stood.

use async_graphql::{
    Pos, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};

/// Where the first one stands in the arguments, as `input.details.minutes`, and where that argument stands in the
/// document.
pub fn beyond(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Option<(String, Pos)> {
    let of_variable = |name: &str| {
        let definitions = &operation.variable_definitions;
        variables.get(name).cloned().or_else(|| {
            let definition = definitions.iter().find(|it| it.node.name.node == name)?;
            definition.node.default_value().cloned()
        })
    };
    let in_field = |field: &Field| {
        field.arguments.iter().find_map(|(name, value)| {
            let given = value.node.clone();
            let given = given
                .into_const_with(|name| of_variable(&name).ok_or(()))
                .ok()?;
            let rest = within(&given)?;
            Some((format!("{}{rest}", name.node), value.pos))
        })
    };
    let fragments = document
        .fragments
        .values()
        .map(|it| &it.node.selection_set.node);
    std::iter::once(&operation.selection_set.node)
        .chain(fragments)
        .find_map(|set| in_set(set, &in_field))
}

/// Whether a variable holds one.
pub fn any_beyond(variables: &Variables) -> bool {
    variables.values().any(|value| within(value).is_some())
}

/// Fragments are looked at by themselves, and not where they are spread.
fn in_set<T>(set: &SelectionSet, in_field: &impl Fn(&Field) -> Option<T>) -> Option<T> {
    set.items
        .iter()
        .find_map(|selection| match &selection.node {
            Selection::Field(field) => {
                in_field(&field.node).or_else(|| in_set(&field.node.selection_set.node, in_field))
            }
            Selection::InlineFragment(inline) => in_set(&inline.node.selection_set.node, in_field),
            Selection::FragmentSpread(_) => None,
        })
}

/// The way from a value down to the first one, as `.details.minutes`.
fn within(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if !number.is_f64() => {
            let fits = number.as_i64().is_some_and(|it| i32::try_from(it).is_ok());
            (!fits).then(String::new)
        }
        Value::List(all) => {
            let mut all = all.iter().enumerate();
            all.find_map(|(at, one)| within(one).map(|rest| format!(".{at}{rest}")))
        }
        Value::Object(all) => {
            let mut all = all.iter();
            all.find_map(|(name, one)| within(one).map(|rest| format!(".{name}{rest}")))
        }
        _ => None,
    }
}
