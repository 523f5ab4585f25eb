//! Looking one thing up by its id, whatever it is.

use async_graphql::{Context, ID, Object, Result};

/// The root's own questions.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The day that the register goes by, in Helsinki.
    async fn today(&self, c: &Context<'_>) -> Result<super::Date> {
        Ok(super::payload::ctx(c)?.today.into())
    }

    /// Whether an id is one of this register's at all.
    async fn is_id(&self, #[graphql(desc = "Any id.")] id: ID) -> bool {
        rinnalla_domain::ids::decode(&id).is_some()
    }
}
