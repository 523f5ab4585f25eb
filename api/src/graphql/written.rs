//! Answers that are written as JSON, node by node.
//!
//! Below a root field everything that was selected is filled before the first of it is shown (`prefetch`), so nothing
//! waits. The executor does not know that: it makes a future for each field, a value of what came of it, a map of the
//! values, and goes over them all again to write them. An [`Answer`] goes over its nodes once. What its fields are is
//! told in one place, the resolvers ([`written`](rinnalla_api_macros::written)). Whatever cannot be written, as a field
//! that failed, is resolved by the executor as ever, with its errors and its paths.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write as _;
use std::sync::{Arc, LazyLock};

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::EnumType;
use async_graphql::{
    Context, ContextSelectionSet, ID, Name, OutputType, Positioned, SelectionField, ServerResult,
    Value,
};
use serde::Serialize;

use super::scalars::{Date, DateTime, LocalTime};

pub use rinnalla_api_macros::{Written, written};

/// What serde_json calls a text that is JSON already; async-graphql puts it into its answer as it is.
static AS_IT_IS: LazyLock<Name> = LazyLock::new(|| Name::new("$serde_json::private::RawValue"));

/// What cannot be written by itself, and goes by the executor.
#[derive(Debug)]
pub struct Unwritten;

/// Whether it was written; if not, what is in the JSON is worth nothing.
pub type Done = Result<(), Unwritten>;

/// What writes itself into an answer.
pub trait Written {
    /// Puts itself at the end of the JSON, with what is selected below it.
    fn write(&self, selected: &Selected, json: &mut Vec<u8>) -> Done;
}

/// What was selected of an object, the same key once.
#[derive(Debug, Default)]
pub struct Selected(Vec<Chosen>);

/// A field that was selected.
#[derive(Debug)]
pub struct Chosen {
    /// Under which key it is answered.
    key: String,
    /// Its name in the schema.
    pub name: String,
    /// How many rows it was asked for, where that was said.
    pub first: Option<i32>,
    /// Whether more was said than that, which is the executor's to read.
    says_more: bool,
    /// What is selected below it.
    pub of: Selected,
}

impl Selected {
    /// What was selected below a field.
    fn below(field: &SelectionField<'_>) -> Self {
        let mut selected = Self::default();
        selected.add(field);
        selected
    }

    /// Adds what is selected below a field; what has a key already is put together with it.
    fn add(&mut self, field: &SelectionField<'_>) {
        for below in field.selection_set() {
            let key = below.alias().unwrap_or(below.name());
            let found = self.0.iter().position(|chosen| chosen.key == key);
            let at = found.unwrap_or_else(|| {
                self.0.push(Chosen::new(key, &below));
                self.0.len() - 1
            });
            self.0[at].of.add(&below);
        }
    }

    /// Writes an object, field by field.
    pub fn write_object<T: OutputType>(
        &self,
        json: &mut Vec<u8>,
        mut write: impl FnMut(&Chosen, &mut Vec<u8>) -> Done,
    ) -> Done {
        if self.0.is_empty() {
            return Err(Unwritten); // everything was left out by `@skip`, and what is shown then is the executor's to say
        }
        for (n, field) in self.0.iter().enumerate() {
            json.push(if n == 0 { b'{' } else { b',' });
            quoted(&field.key, json)?;
            json.push(b':');
            if field.says_more {
                return Err(Unwritten);
            }
            if field.name == "__typename" {
                quoted(T::type_name(), json)?;
            } else {
                write(field, json)?;
            }
        }
        json.push(b'}');
        Ok(())
    }
}

impl Chosen {
    fn new(key: &str, field: &SelectionField<'_>) -> Self {
        let given = field.arguments().ok();
        let first = match given.as_deref() {
            Some([(name, Value::Number(first))]) if name == "first" => {
                first.as_i64().and_then(|first| i32::try_from(first).ok())
            }
            _ => None,
        };
        Self {
            key: key.to_owned(),
            name: field.name().to_owned(),
            first,
            says_more: first.is_none() && given.is_none_or(|given| !given.is_empty()),
            of: Selected::default(),
        }
    }
}

/// What a root field answers: written, or resolved where it cannot be.
pub struct Answer<T>(pub T);

#[async_graphql::async_trait::async_trait]
impl<T: OutputType + Written> OutputType for Answer<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        if let Some(json) = self.written(&ctx.with_field(field)) {
            let as_it_is = (AS_IT_IS.clone(), Value::String(json));
            return Ok(Value::Object(IndexMap::from([as_it_is])));
        }
        self.0.resolve(ctx, field).await
    }
}

impl<T: Written> Answer<T> {
    fn written(&self, c: &Context<'_>) -> Option<String> {
        if !is_alone(c) {
            return None;
        }
        let mut json = Vec::new();
        let written = self.0.write(&Selected::below(&c.field()), &mut json);
        written.ok().and_then(|()| String::from_utf8(json).ok())
    }
}

/// Whether nothing else of the operation is answered under this root field's key: the executor puts such answers together,
/// value by value.
fn is_alone(c: &Context<'_>) -> bool {
    let key = &c.item.node.response_key().node;
    let root = &c.query_env.operation.node.selection_set.node;
    times(c, root, key) == 1
}

fn times(c: &Context<'_>, of: &SelectionSet, key: &Name) -> usize {
    let each = of.items.iter().map(|selection| match &selection.node {
        Selection::Field(field) => usize::from(field.node.response_key().node == *key),
        Selection::InlineFragment(inline) => times(c, &inline.node.selection_set.node, key),
        Selection::FragmentSpread(spread) => {
            let fragment = c.query_env.fragments.get(&spread.node.fragment_name.node);
            fragment.map_or(0, |it| times(c, &it.node.selection_set.node, key))
        }
    });
    each.sum()
}

fn as_json(it: &(impl Serialize + ?Sized), json: &mut Vec<u8>) -> Done {
    serde_json::to_writer(json, it).map_err(|_| Unwritten)
}

/// Writes what has nothing in it to escape: a name of the schema or the document, a date.
fn quoted(it: impl Display, json: &mut Vec<u8>) -> Done {
    write!(json, "\"{it}\"").map_err(|_| Unwritten)
}

/// Writes a code, as the schema names it.
pub fn code<T: EnumType>(code: T, json: &mut Vec<u8>) -> Done {
    let found = T::items().iter().find(|item| item.value == code);
    quoted(found.ok_or(Unwritten)?.name, json)
}

/// What has nothing below it, and how it is written.
macro_rules! leaves {
    ($($by:ident: $($of:ty),+;)+) => {
        $($(
            impl Written for $of {
                fn write(&self, _: &Selected, json: &mut Vec<u8>) -> Done {
                    $by(self, json)
                }
            }
        )+)+
    };
}

leaves! {
    as_json: bool, i16, i32, i64, u32, u64, usize, f64, str, String, ID;
    quoted: Date, DateTime, LocalTime;
}

/// What is written as that which it leads to.
macro_rules! behind {
    ($($of:ty),+) => {
        $(
            impl<T: Written + ?Sized> Written for $of {
                fn write(&self, selected: &Selected, json: &mut Vec<u8>) -> Done {
                    (**self).write(selected, json)
                }
            }
        )+
    };
}

behind!(&T, Box<T>, Arc<T>);

impl<T: Written> Written for Option<T> {
    fn write(&self, selected: &Selected, json: &mut Vec<u8>) -> Done {
        match self {
            Some(it) => it.write(selected, json),
            None => {
                json.extend_from_slice(b"null");
                Ok(())
            }
        }
    }
}

impl<T: Written> Written for [T] {
    fn write(&self, selected: &Selected, json: &mut Vec<u8>) -> Done {
        json.push(b'[');
        for (n, it) in self.iter().enumerate() {
            if n > 0 {
                json.push(b',');
            }
            it.write(selected, json)?;
        }
        json.push(b']');
        Ok(())
    }
}

impl<T: Written> Written for Vec<T> {
    fn write(&self, selected: &Selected, json: &mut Vec<u8>) -> Done {
        self.as_slice().write(selected, json)
    }
}

impl<T: Written, E> Written for Result<T, E> {
    fn write(&self, selected: &Selected, json: &mut Vec<u8>) -> Done {
        match self {
            Ok(it) => it.write(selected, json),
            Err(_) => Err(Unwritten),
        }
    }
}
