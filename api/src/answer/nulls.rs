//! Null where a field failed, as GraphQL has it.
//!
//! async-graphql 7 leaves a field that failed out of its object, and gives null for an object of which every field
//! failed; it knows nothing of a parent that must go with a child that must not be null. Clients with typed answers
//! fall over both. So once the errors are known, each failed place is made null here, and where the schema allows no
//! null there, the nearest place above that does.
//!
//! One place differs from the specification on purpose: of several acts in one request, one that fails doesn't take
//! away the answers of those that were carried out. They cannot be undone, and their ids are needed.

use std::collections::HashMap;

use async_graphql::{
    Name, PathSegment, Response as Executed, Value,
    parser::{
        Error, parse_schema,
        types::{
            BaseType, ExecutableDocument, Field, OperationDefinition, OperationType, Selection,
            SelectionSet, Type, TypeKind, TypeSystemDefinition,
        },
    },
};

use super::Effects;

/// The type of each field of a schema, by the type that it stands in.
#[derive(Debug)]
pub struct Nulls {
    fields: HashMap<Name, HashMap<Name, Type>>,
}

/// A selection, and the type that it is made on.
type On<'a> = (&'a SelectionSet, &'a str);

impl Nulls {
    /// Reads the fields from a schema whose roots have their usual names.
    ///
    /// # Errors
    /// If the SDL cannot be read.
    pub fn from_sdl(sdl: &str) -> Result<Self, Error> {
        let mut fields = HashMap::new();
        for definition in parse_schema(sdl)?.definitions {
            let TypeSystemDefinition::Type(of) = definition else {
                continue;
            };
            let own = match of.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let own = own
                .into_iter()
                .map(|field| (field.node.name.node, field.node.ty.node));
            fields.insert(of.node.name.node, own.collect());
        }
        Ok(Self { fields })
    }

    /// Puts null at every place where an error stands, and further up where it may not stay.
    pub fn complete(
        &self,
        response: &mut Executed,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        effects: Effects,
    ) {
        let root = match operation.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let Executed { data, errors, .. } = response;
        let paths = || errors.iter().map(|error| error.path.as_slice());
        for path in paths().filter(|path| !path.is_empty()) {
            fill(data, path);
        }
        let walk = Walk {
            nulls: self,
            document,
        };
        let on = [(&operation.selection_set.node, root)];
        for path in paths() {
            let must_go = walk.takes_along(data, true, &on, path);
            if must_go && effects != Effects::Several {
                *data = Value::Null;
            }
        }
    }
}

/// Makes the failed place null where it is missing, and the objects that vanished because all of their fields failed.
fn fill(value: &mut Value, path: &[PathSegment]) {
    match path {
        [PathSegment::Field(key), rest @ ..] => {
            if *value == Value::Null {
                *value = Value::Object(Default::default());
            }
            if let Value::Object(fields) = value {
                let child = fields.entry(Name::new(key)).or_insert(Value::Null);
                fill(child, rest);
            }
        }
        [PathSegment::Index(index), rest @ ..] => {
            if let Value::List(items) = value
                && let Some(item) = items.get_mut(*index)
            {
                fill(item, rest);
            }
        }
        [] => {}
    }
}

struct Walk<'a> {
    nulls: &'a Nulls,
    document: &'a ExecutableDocument,
}

impl<'a> Walk<'a> {
    /// Whether a child's null takes this object along: then its own place has become null.
    fn takes_along(
        &self,
        value: &mut Value,
        is_root: bool,
        on: &[On<'a>],
        path: &[PathSegment],
    ) -> bool {
        let [PathSegment::Field(key), rest @ ..] = path else {
            return false;
        };
        let Value::Object(fields) = value else {
            return false;
        };
        let found = self.selected(on, key);
        let (Some(child), Some((_, of))) = (fields.get_mut(key.as_str()), found.first()) else {
            return false;
        };
        let below: Vec<On<'a>> = found
            .iter()
            .map(|(field, of)| (&field.selection_set.node, named(&of.base)))
            .collect();
        let must_go = self.is_null_against(child, of, &below, rest);
        if must_go && !is_root {
            *value = Value::Null;
        }
        must_go
    }

    /// Whether there is null, after all, at a place of a type that has none.
    fn is_null_against(
        &self,
        value: &mut Value,
        of: &Type,
        on: &[On<'a>],
        path: &[PathSegment],
    ) -> bool {
        match (path, &of.base) {
            ([], _) => {}
            ([PathSegment::Index(index), rest @ ..], BaseType::List(item_type)) => {
                if let Value::List(items) = value
                    && let Some(item) = items.get_mut(*index)
                    && self.is_null_against(item, item_type, on, rest)
                {
                    *value = Value::Null;
                }
            }
            (path, _) => {
                self.takes_along(value, false, on, path);
            }
        }
        *value == Value::Null && !of.nullable
    }

    /// The fields that answer under a key, with their types. Validation has seen to it that all are of one shape.
    fn selected(&self, on: &[On<'a>], key: &str) -> Vec<(&'a Field, &'a Type)> {
        let mut found = Vec::new();
        for (set, of) in on {
            self.collect(set, of, key, &mut found);
        }
        found
    }

    fn collect(
        &self,
        set: &'a SelectionSet,
        of: &'a str,
        key: &str,
        found: &mut Vec<(&'a Field, &'a Type)>,
    ) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let own = self.nulls.fields.get(of);
                    if field.response_key().node == key
                        && let Some(of) = own.and_then(|own| own.get(&field.name.node))
                    {
                        found.push((field, of));
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(of, |condition| &condition.node.on.node);
                    self.collect(&inline.node.selection_set.node, of, key, found);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name) {
                        let of = &fragment.node.type_condition.node.on.node;
                        self.collect(&fragment.node.selection_set.node, of, key, found);
                    }
                }
            }
        }
    }
}

fn named(base: &BaseType) -> &str {
    match base {
        BaseType::Named(name) => name,
        BaseType::List(item) => named(&item.base),
    }
}
