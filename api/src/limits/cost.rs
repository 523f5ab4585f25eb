//! How many values an answer will hold, guessed from the question.
//!
//! A field is one value, and a list holds its fields as often as it has entries: as many as
//! `first` asks for, else as many as the schema gives by default.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Value, Variables,
    parser::{
        Error, parse_schema,
        types::{
            BaseType, ExecutableDocument, Field, FieldDefinition, OperationDefinition, Selection,
            SelectionSet, TypeKind, TypeSystemDefinition,
        },
    },
};

use super::{Fragments, shape::is_introspection};

/// How long a page is if neither the question nor the schema says so.
const PAGE: u64 = 20;
/// How long a list without pages is taken to be: such lists are short, as the activities
/// of one relationship or the sessions of one course.
const SHORT_LIST: u64 = 5;

/// How many entries the lists of a schema have by default, by the field's name, and which
/// types there are. One name means the longest list of that name.
#[derive(Debug)]
pub struct Sizes {
    lists: HashMap<Name, u64>,
    types: HashSet<Name>,
}

impl Sizes {
    /// Reads the lists from a schema.
    ///
    /// # Errors
    /// If the SDL cannot be read.
    pub fn from_sdl(sdl: &str) -> Result<Self, Error> {
        let built_in = ["Boolean", "Float", "ID", "Int", "String"].map(Name::new);
        let mut sizes = Self {
            lists: HashMap::new(),
            types: HashSet::from(built_in),
        };
        for definition in parse_schema(sdl)?.definitions {
            let TypeSystemDefinition::Type(of) = definition else {
                continue;
            };
            let name = of.node.name.node;
            let fields = match of.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => Vec::new(),
            };
            // A connection's `edges` and `nodes` are the page that its field has counted.
            if !name.ends_with("Connection") {
                for field in fields {
                    sizes.note(field.node);
                }
            }
            sizes.types.insert(name);
        }
        Ok(sizes)
    }

    fn note(&mut self, field: FieldDefinition) {
        let paging = field
            .arguments
            .iter()
            .find(|argument| argument.node.name.node == "first");
        let size = match paging.map(|argument| &argument.node.default_value) {
            Some(default) => default
                .as_ref()
                .and_then(|value| length(&value.node))
                .unwrap_or(PAGE),
            None if matches!(field.ty.node.base, BaseType::List(_)) => SHORT_LIST,
            None => return,
        };
        let longest = self.lists.entry(field.name.node).or_insert(size);
        *longest = size.max(*longest);
    }

    /// Whether the schema has a type of that name.
    pub fn has_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    /// The cost of an operation with these variables.
    pub fn cost(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        variables: &Variables,
    ) -> u64 {
        self.walk(document, operation, Some(variables)).0
    }

    /// The cost of an operation, if it is the same with all variables.
    pub fn fixed_cost(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
    ) -> Option<u64> {
        let (cost, is_fixed) = self.walk(document, operation, None);
        is_fixed.then_some(cost)
    }

    fn walk(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        variables: Option<&Variables>,
    ) -> (u64, bool) {
        let mut estimate = Estimate {
            lists: &self.lists,
            fragments: &document.fragments,
            variables,
            operation,
            known: HashMap::with_capacity(document.fragments.len()),
            is_fixed: true,
        };
        let cost = estimate.set(&operation.selection_set.node);
        (cost, estimate.is_fixed)
    }
}

struct Estimate<'a> {
    lists: &'a HashMap<Name, u64>,
    fragments: &'a Fragments,
    variables: Option<&'a Variables>,
    operation: &'a OperationDefinition,
    known: HashMap<&'a str, u64>,
    is_fixed: bool,
}

impl<'a> Estimate<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> u64 {
        set.items.iter().fold(0, |sum: u64, selection| {
            sum.saturating_add(match &selection.node {
                Selection::Field(field) => self.field(&field.node),
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node),
            })
        })
    }

    fn field(&mut self, field: &'a Field) -> u64 {
        if is_introspection(&field.name.node) {
            return 1;
        }
        let inner = self.set(&field.selection_set.node);
        self.entries(field).saturating_mul(inner).saturating_add(1)
    }

    /// Documents with cycles have been refused before, so this ends.
    fn fragment(&mut self, name: &'a str) -> u64 {
        if let Some(cost) = self.known.get(name) {
            return *cost;
        }
        let fragments = self.fragments;
        let cost = fragments
            .get(name)
            .map_or(0, |of| self.set(&of.node.selection_set.node));
        self.known.insert(name, cost);
        cost
    }

    fn entries(&mut self, field: &Field) -> u64 {
        let Some(&usual) = self.lists.get(&field.name.node) else {
            return 1;
        };
        let Some(argument) = field.get_argument("first") else {
            return usual;
        };
        let mut is_fixed = true;
        let asked = argument.node.clone().into_const_with(|name| {
            is_fixed = false;
            self.variable(&name).cloned().ok_or(())
        });
        self.is_fixed &= is_fixed;
        let asked = asked.ok().as_ref().and_then(length);
        asked.unwrap_or(usual).max(1)
    }

    fn variable(&self, name: &Name) -> Option<&Value> {
        let definitions = &self.operation.variable_definitions;
        self.variables.and_then(|all| all.get(name)).or_else(|| {
            let definition = definitions.iter().find(|of| of.node.name.node == *name)?;
            definition
                .node
                .default_value
                .as_ref()
                .map(|value| &value.node)
        })
    }
}

fn length(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}
