//! How large a question may be, so that nobody can stop the register by asking.
//!
//! The text is measured before the parser sees it, the parsed document before it is
//! validated: the executor's own validation walks fragments that spread fragments again
//! and again, and a few hundred bytes cost it seconds. The numbers are far above what the
//! associations' own pages ask for.

mod cost;
mod documents;
mod lexer;
mod numbers;
mod shape;
mod trusted;

use std::collections::HashMap;

use async_graphql::{
    Name, Value, Variables,
    parser::{
        Error, Positioned, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Type},
    },
};

pub use self::{cost::Sizes, documents::Documents, trusted::TrustedDocuments};
use crate::{answer::Effects, fault::Fault};

/// The longest query, in bytes.
pub const QUERY_BYTES: usize = 16 * 1024;
/// The most tokens in a query.
pub const TOKENS: usize = 2_000;
/// The deepest nesting of brackets; the parser's recursion grows with it.
pub const NESTING: usize = 50;
/// The deepest nesting of fields, counted through fragments.
pub const DEPTH: usize = 12;
/// The most aliases in a document.
pub const ALIASES: usize = 30;
/// The most fields at the root, counted through fragments over all operations.
pub const ROOT_FIELDS: usize = 20;
/// The most directives in a document.
pub const DIRECTIVES: usize = 20;
/// The most fragments in a document.
pub const FRAGMENTS: usize = 50;
/// The most selections once every fragment is written out. Spreads count too: fragments
/// of nothing but spreads have no field and still have to be walked.
pub const EXPANDED: usize = 2_000;
/// The most values an answer may hold, estimated. A professional's page of 100
/// relationships, each with three reviews and five meetings of ten fields, is about 11,000.
pub const COMPLEXITY: u64 = 20_000;

/// What the limits need to know of a schema.
#[derive(Debug)]
pub struct Limits {
    introspection: bool,
    sizes: Sizes,
}

/// A document that is within every limit that does not depend on variables.
#[derive(Debug)]
pub struct Checked {
    document: ExecutableDocument,
    operations: Vec<Operation>,
    tokens: usize,
}

#[derive(Debug)]
struct Operation {
    name: Option<Name>,
    kind: OperationType,
    roots: usize,
    /// The cost, where no variable says how many are asked for.
    fixed_cost: Option<u64>,
    /// Whether an integer of the text itself is none that an `Int` can be.
    is_beyond: bool,
}

/// The operation of a document that a request asks for.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    checked: &'a Checked,
    operation: &'a Operation,
    definition: &'a OperationDefinition,
}

impl Limits {
    /// Limits for a schema, given as SDL, since list sizes stand there alone.
    /// `introspection` lets clients ask for the schema.
    ///
    /// # Errors
    /// If the SDL cannot be read.
    pub fn for_schema(sdl: &str, introspection: bool) -> Result<Self, Error> {
        Ok(Self {
            introspection,
            sizes: Sizes::from_sdl(sdl)?,
        })
    }

    /// Measures and parses a query.
    ///
    /// # Errors
    /// The first limit it goes over, or its syntax error without the source line.
    pub fn check(&self, query: &str) -> Result<Checked, Fault> {
        if query.len() > QUERY_BYTES {
            return Err(Fault::over("queryBytes", QUERY_BYTES));
        }
        let tokens = lexer::count(query)?;
        let document = parse_query(query).map_err(syntax)?;
        let shapes = shape::measure(&document, self.introspection)?;
        let mut operations = Vec::with_capacity(shapes.len());
        for (name, definition, roots) in shapes {
            for variable in &definition.variable_definitions {
                self.known_type(&variable.node.var_type)?;
            }
            let fixed_cost = self.sizes.fixed_cost(&document, definition);
            let is_beyond = numbers::beyond(&document, definition, &Variables::default()).is_some();
            let kind = definition.ty;
            operations.push(Operation {
                name: name.cloned(),
                kind,
                roots,
                fixed_cost,
                is_beyond,
            });
        }
        Ok(Checked {
            document,
            operations,
            tokens,
        })
    }

    /// How many values the answer to an operation may hold, estimated: at most [`COMPLEXITY`].
    ///
    /// # Errors
    /// `TOO_COMPLEX`, with the estimate.
    pub fn check_cost(&self, chosen: Chosen<'_>, variables: &Variables) -> Result<u64, Fault> {
        let cost = chosen.operation.fixed_cost.unwrap_or_else(|| {
            self.sizes
                .cost(&chosen.checked.document, chosen.definition, variables)
        });
        if cost > COMPLEXITY {
            Err(Fault::too_complex(cost, COMPLEXITY))
        } else {
            Ok(cost)
        }
    }

    /// The executor panics at the default value of a variable of an unknown listed type.
    fn known_type(&self, of: &Positioned<Type>) -> Result<(), Fault> {
        let written = of.node.to_string();
        let name = written.trim_matches(['[', ']', '!']);
        if self.sizes.has_type(name) {
            return Ok(());
        }
        Err(Fault::document("GRAPHQL_VALIDATION_FAILED", "unknown type of a variable").at([of.pos]))
    }
}

impl Checked {
    /// The operation of that name, or the only one.
    ///
    /// # Errors
    /// If there is none, or more than one and no name.
    pub fn choose(&self, name: Option<&str>) -> Result<Chosen<'_>, Fault> {
        let chosen = match (name, self.operations.as_slice()) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(name), all) => all.iter().find(|one| one.name.as_deref() == Some(name)),
        };
        let chosen = chosen.and_then(|operation| {
            let definition = match (&self.document.operations, &operation.name) {
                (DocumentOperations::Single(only), _) => Some(only),
                (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
                (DocumentOperations::Multiple(_), None) => None,
            };
            Some(Chosen {
                checked: self,
                operation,
                definition: &definition?.node,
            })
        });
        chosen.ok_or_else(|| {
            let message = "operationName does not name one operation of the document";
            Fault::document("GRAPHQL_VALIDATION_FAILED", message)
        })
    }

    /// The parsed document, to be executed without being parsed again.
    pub fn document(&self) -> &ExecutableDocument {
        &self.document
    }
}

impl Chosen<'_> {
    /// Query, mutation or subscription.
    pub fn kind(&self) -> OperationType {
        self.operation.kind
    }

    /// The operation's name in the document.
    pub fn name(&self) -> Option<&str> {
        self.operation.name.as_deref()
    }

    /// What it may have changed by the time a part of it fails.
    pub fn effects(&self) -> Effects {
        match (self.operation.kind, self.operation.roots) {
            (OperationType::Mutation, 0 | 1) => Effects::One,
            (OperationType::Mutation, _) => Effects::Several,
            (OperationType::Query | OperationType::Subscription, _) => Effects::None,
        }
    }

    /// The document that it stands in, and its own definition.
    pub(crate) fn parts(&self) -> (&ExecutableDocument, &OperationDefinition) {
        (&self.checked.document, self.definition)
    }

    /// Whether every variable that must have a value has one, and every integer can be an `Int`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` at the first that has none, or at the argument with the first integer that cannot.
    pub fn check_variables(&self, variables: &Variables) -> Result<(), Fault> {
        for definition in &self.definition.variable_definitions {
            let node = &definition.node;
            let given = variables.get(&node.name.node);
            let is_missing = match given {
                None => node.default_value.is_none(),
                Some(value) => *value == Value::Null,
            };
            if is_missing && !node.var_type.node.nullable {
                let message = format!("variable ${} must have a value", node.name.node);
                return Err(Fault::document("BAD_USER_INPUT", message).at([definition.pos]));
            }
        }
        if self.operation.is_beyond || numbers::any_beyond(variables) {
            let (document, operation) = self.parts();
            if let Some((argument, pos)) = numbers::beyond(document, operation, variables) {
                return Err(Fault::beyond_int(argument).at([pos]));
            }
        }
        Ok(())
    }
}

/// The parser's message shows the line it stopped at, and with it what a person typed.
fn syntax(error: Error) -> Fault {
    let message = match &error {
        Error::Syntax { .. } => "syntax error".to_owned(),
        other => other.to_string(),
    };
    Fault::document("GRAPHQL_PARSE_FAILED", message).at(error.positions())
}

type Fragments = HashMap<Name, Positioned<async_graphql::parser::types::FragmentDefinition>>;
