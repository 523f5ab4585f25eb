//! Relay connections: pages of lists that can grow.

use async_graphql::SimpleObject;

use super::written::Written;

/// Where a page stands in its list.
#[derive(SimpleObject, Written, Debug, Clone)]
pub struct PageInfo {
    /// Whether more rows follow.
    pub has_next_page: bool,
    /// Whether rows came before: true on every page that was asked for by a cursor.
    pub has_previous_page: bool,
    /// The first row's cursor.
    pub start_cursor: Option<String>,
    /// The last row's cursor: `after` for the next page.
    pub end_cursor: Option<String>,
}

/// Declares a connection over a node: `connection!(Meeting, MeetingConnection, MeetingEdge, "A page of meetings.")`.
/// `MeetingConnection::new(page, args, cursor)` makes it of a filled page.
macro_rules! connection {
    ($node:ty, $connection:ident, $edge:ident, $doc:literal) => {
        /// A row of a page, with the cursor after which the next page would begin.
        #[derive(async_graphql::SimpleObject, $crate::graphql::written::Written)]
        pub struct $edge {
            /// Where this row stands.
            cursor: String,
            /// The row.
            node: $node,
        }

        #[doc = $doc]
        pub struct $connection {
            edges: Vec<$edge>,
            page_info: $crate::graphql::connection::PageInfo,
            total_count: Option<u64>,
        }

        impl $connection {
            /// Makes a connection of a page whose children are filled.
            pub fn new(
                page: rinnalla_domain::page::Page<$node>,
                args: &rinnalla_domain::page::PageArgs,
                cursor: impl Fn(&$node) -> rinnalla_domain::page::Cursor,
            ) -> Self {
                let edges: Vec<$edge> = page
                    .rows
                    .into_iter()
                    .map(|node| $edge {
                        cursor: cursor(&node).encode(),
                        node,
                    })
                    .collect();
                Self {
                    page_info: $crate::graphql::connection::PageInfo {
                        has_next_page: page.has_next,
                        has_previous_page: args.after.is_some(),
                        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
                        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
                    },
                    total_count: page.total,
                    edges,
                }
            }
        }

        #[doc = $doc]
        #[$crate::graphql::written::written]
        #[async_graphql::Object]
        impl $connection {
            /// The rows with their cursors.
            async fn edges(&self) -> &[$edge] {
                &self.edges
            }

            /// The rows alone.
            async fn nodes(&self) -> Vec<&$node> {
                self.edges.iter().map(|edge| &edge.node).collect()
            }

            /// Where the page stands in its list.
            async fn page_info(&self) -> &$crate::graphql::connection::PageInfo {
                &self.page_info
            }

            /// How many rows there are in all; counted only when it is asked for.
            async fn total_count(&self) -> Option<u64> {
                self.total_count
            }
        }
    };
}
