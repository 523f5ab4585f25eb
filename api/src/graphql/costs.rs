//! Who paid how much of a line of costs: the part that courses and drop-in places share.

use super::written::Written;
use async_graphql::{InputObject, SimpleObject};
use rinnalla_domain::costs::Share;

/// What somebody paid of a line (rahoittajan osuus).
#[derive(SimpleObject, Written, Clone)]
pub struct CostShare {
    /// Who: a code of the list `FUNDER`.
    funder: String,
    /// How much, in cents.
    cents: i32,
}

/// What somebody paid of a line.
#[derive(InputObject)]
pub struct CostShareInput {
    /// Who: a code of the list `FUNDER`.
    funder: String,
    /// How much, in cents.
    cents: i32,
}

impl From<Share> for CostShare {
    fn from(row: Share) -> Self {
        Self {
            funder: row.funder,
            cents: row.cents,
        }
    }
}

impl From<CostShareInput> for Share {
    fn from(told: CostShareInput) -> Self {
        Self {
            funder: told.funder,
            cents: told.cents,
        }
    }
}
