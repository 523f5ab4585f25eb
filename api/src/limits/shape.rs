//! How a parsed document is built: fragments, cycles, depth, and how much it becomes once
//! every fragment is written out.
//!
//! A fragment is measured once and its measure added wherever it is spread, so that the
//! work grows with the document's length and not with what it expands to.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{
        Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
    },
};

use super::{ALIASES, DEPTH, DIRECTIVES, EXPANDED, FRAGMENTS, Fragments, ROOT_FIELDS};
use crate::fault::Fault;

#[derive(Clone, Copy, Default)]
struct Shape {
    expanded: usize,
    depth: usize,
    roots: usize,
}

impl Shape {
    fn add(&mut self, other: Self) {
        self.expanded = self.expanded.saturating_add(other.expanded);
        self.depth = self.depth.max(other.depth);
        self.roots = self.roots.saturating_add(other.roots);
    }
}

enum Mark {
    Open,
    Done(Shape),
}

struct Measure<'a> {
    fragments: &'a Fragments,
    marks: HashMap<&'a str, Mark>,
    aliases: usize,
    directives: usize,
    introspection: bool,
}

/// An operation's name, its definition, and the number of its root fields.
pub type Measured<'a> = (Option<&'a Name>, &'a OperationDefinition, usize);

/// Measures a document.
///
/// # Errors
/// The first limit it goes over; a cycle of fragments; introspection where it is off.
pub fn measure(
    document: &ExecutableDocument,
    introspection: bool,
) -> Result<Vec<Measured<'_>>, Fault> {
    most("fragments", document.fragments.len(), FRAGMENTS)?;
    let mut measure = Measure {
        fragments: &document.fragments,
        marks: HashMap::with_capacity(document.fragments.len()),
        aliases: 0,
        directives: 0,
        introspection,
    };
    let mut whole = Shape::default();
    let mut operations = Vec::with_capacity(document.operations.iter().len());
    for (name, operation) in document.operations.iter() {
        let operation = &operation.node;
        measure.directives += operation.directives.len();
        for variable in &operation.variable_definitions {
            measure.directives += variable.node.directives.len();
        }
        let shape = measure.set(&operation.selection_set.node)?;
        operations.push((name, operation, shape.roots));
        whole.add(shape);
    }
    // Validation walks fragments that nothing spreads, too.
    for (name, fragment) in &document.fragments {
        let shape = measure.fragment(name)?;
        measure.directives += fragment.node.directives.len();
        most("expandedFields", shape.expanded, EXPANDED)?;
    }
    most("aliases", measure.aliases, ALIASES)?;
    most("directives", measure.directives, DIRECTIVES)?;
    most("depth", whole.depth, DEPTH)?;
    most("rootFields", whole.roots, ROOT_FIELDS)?;
    most("expandedFields", whole.expanded, EXPANDED)?;
    Ok(operations)
}

fn most(limit: &'static str, found: usize, most: usize) -> Result<(), Fault> {
    if found > most {
        Err(Fault::over(limit, most))
    } else {
        Ok(())
    }
}

impl<'a> Measure<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<Shape, Fault> {
        let mut shape = Shape::default();
        for selection in &set.items {
            shape.expanded = shape.expanded.saturating_add(1);
            self.directives += directives(&selection.node).len();
            match &selection.node {
                Selection::Field(field) => {
                    let inner = self.field(field)?;
                    shape.add(Shape { roots: 1, ..inner });
                }
                Selection::FragmentSpread(spread) => {
                    shape.add(self.fragment(&spread.node.fragment_name.node)?);
                }
                Selection::InlineFragment(inline) => {
                    shape.add(self.set(&inline.node.selection_set.node)?);
                }
            }
        }
        Ok(shape)
    }

    fn field(&mut self, field: &'a Positioned<Field>) -> Result<Shape, Fault> {
        self.aliases += usize::from(field.node.alias.is_some());
        let is_introspection = is_introspection(&field.node.name.node);
        if is_introspection && !self.introspection {
            let message = "the schema cannot be asked for here";
            return Err(Fault::document("INTROSPECTION_DISABLED", message).at([field.pos]));
        }
        let inner = self.set(&field.node.selection_set.node)?;
        // The usual introspection query follows `ofType` deeper than any of ours goes.
        let depth = if is_introspection { 1 } else { inner.depth + 1 };
        Ok(Shape { depth, ..inner })
    }

    fn fragment(&mut self, name: &'a str) -> Result<Shape, Fault> {
        // An unknown name is left for validation, which points at it.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(Shape::default());
        };
        match self.marks.get(name.as_str()) {
            Some(Mark::Done(shape)) => return Ok(*shape),
            Some(Mark::Open) => {
                let message = "a fragment must not contain itself";
                let fault = Fault::document("GRAPHQL_VALIDATION_FAILED", message);
                return Err(fault.at([fragment.pos]));
            }
            None => {}
        }
        self.marks.insert(name, Mark::Open);
        let shape = self.set(&fragment.node.selection_set.node)?;
        self.marks.insert(name, Mark::Done(shape));
        Ok(shape)
    }
}

/// Whether a field asks for the schema. `__typename` does not.
pub fn is_introspection(field: &str) -> bool {
    matches!(field, "__schema" | "__type")
}

fn directives(selection: &Selection) -> &[Positioned<Directive>] {
    selection.directives()
}
