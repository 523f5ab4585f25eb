//! Children are fetched before they are asked for: a root resolver looks ahead at what was selected below it and
//! fills it level by level, one SQL statement a level, whatever the number of rows.

use std::collections::HashMap;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::Arc;

use async_graphql::{Context, SelectionField, Value};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Result};

/// What was selected below a field. Several selections of the same field (aliases) are seen as one.
#[derive(Clone, Default)]
pub struct Look<'a>(Vec<SelectionField<'a>>);

impl<'a> Look<'a> {
    /// What was selected below the field that is being resolved.
    pub fn of(c: &'a Context<'a>) -> Self {
        Self(vec![c.field()])
    }

    /// What was selected below a child, by its name in the schema; `None` where the child was not selected.
    pub fn child(&self, name: &str) -> Option<Self> {
        self.child_where(|field| field == name)
    }

    /// The same, by its name in Rust: `support_person` is `supportPerson` in the schema.
    pub fn child_of(&self, name: &str) -> Option<Self> {
        let plain = |text: &str| text.replace('_', "").to_lowercase();
        let name = plain(name);
        self.child_where(|field| plain(field) == name)
    }

    fn child_where(&self, is_it: impl Fn(&str) -> bool) -> Option<Self> {
        let fields = self.0.iter().flat_map(SelectionField::selection_set);
        let fields: Vec<_> = fields.filter(|field| is_it(field.name())).collect();
        (!fields.is_empty()).then_some(Self(fields))
    }

    /// Whether a child was selected.
    pub fn has(&self, name: &str) -> bool {
        self.child(name).is_some()
    }

    /// Whether any of these children was.
    pub fn has_any(&self, names: &[&str]) -> bool {
        self.child_where(|field| names.contains(&field)).is_some()
    }

    /// Whether nothing but the id was.
    pub fn is_id_alone(&self) -> bool {
        let is_other = |field: &str| !["id", "__typename"].contains(&field);
        self.child_where(is_other).is_none()
    }

    /// What was selected of a connection's nodes, by `edges { node }` and `nodes` alike.
    pub fn nodes(&self) -> Self {
        let edges = self.child("edges").and_then(|edges| edges.child("node"));
        let nodes = self.child("nodes");
        Self(
            [edges, nodes]
                .into_iter()
                .flatten()
                .flat_map(|look| look.0)
                .collect(),
        )
    }

    /// The largest number given for an argument over all selections of this field, `default` where one gives none.
    /// Each alias then takes its own part of what was fetched.
    pub fn most(&self, argument: &str, default: u16) -> Result<u16> {
        self.0.iter().try_fold(0, |most, field| {
            let arguments = field
                .arguments()
                .map_err(|_| Error::invalid("first", "MALFORMED"))?;
            let given = arguments.iter().find(|(name, _)| name == argument);
            let asked = match given {
                Some((_, Value::Number(number))) => number
                    .as_u64()
                    .and_then(|n| u16::try_from(n).ok())
                    .ok_or_else(|| Error::invalid("first", "OUT_OF_RANGE"))?,
                _ => default,
            };
            Ok(most.max(asked))
        })
    }
}

/// A node that can fill the selected children of many of its kind at once.
pub trait Prefetch: Sized {
    /// Fills what `look` selects below each node, then below their children.
    fn prefetch(
        nodes: &mut [&mut Self],
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// Fills the children of a list.
pub async fn fill<T: Prefetch>(nodes: &mut [T], look: &Look<'_>, ctx: &Ctx) -> Result<()> {
    if nodes.is_empty() {
        return Ok(());
    }
    let mut nodes: Vec<&mut T> = nodes.iter_mut().collect();
    T::prefetch(&mut nodes, look, ctx).await
}

/// Fills children that hang below others. The future is boxed, since what hangs below a child may be its parent's kind.
pub fn fill_refs<'a, T: Prefetch + Send>(
    mut nodes: Vec<&'a mut T>,
    look: &'a Look<'a>,
    ctx: &'a Ctx,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
    Box::pin(async move {
        if nodes.is_empty() {
            return Ok(());
        }
        T::prefetch(&mut nodes, look, ctx).await
    })
}

/// Children that the reader's roles show nothing of are left empty: the rest of the answer is theirs to see.
pub fn unless_forbidden<T: Default>(read: Result<T>) -> Result<T> {
    match read {
        Err(Error::Forbidden) => Ok(T::default()),
        other => other,
    }
}

/// Children that many parents have in common: each holds a share and no copy.
pub fn shared<K: Eq + Hash, T>(children: HashMap<K, T>) -> HashMap<K, Arc<T>> {
    let share = |(id, child)| (id, Arc::new(child));
    children.into_iter().map(share).collect()
}

/// A child that was selected and should have been filled; an unfilled one is a fault of ours.
pub fn filled<T>(child: &Option<T>) -> async_graphql::Result<&T> {
    child
        .as_ref()
        .ok_or_else(|| async_graphql::Error::new("a child was resolved that nobody had filled"))
}
