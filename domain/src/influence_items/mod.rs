//! Work for influence (vaikuttamistyö): initiatives, customer panels, procurement, hearings, statements, with the body that
//! they were brought before and what came of them, so that it can be counted. What stands here is public elsewhere; of those
//! who took part there is a count.

mod acts;
mod queries;
pub mod rules;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, InfluenceItemId, OrganisationId};
use rinnalla_entity::states::{InfluenceKind, InfluenceOutcome};
use sea_orm::FromQueryResult;

use crate::access::{KeepInfluence, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Page, PageArgs};

pub use acts::{Cancel, Correct, Details, Record, cancel, correct, record};

/// Something that was done for influence.
#[derive(Clone, Debug, FromQueryResult)]
pub struct InfluenceItem {
    /// Its id.
    pub id: InfluenceItemId,
    /// The association that did it.
    pub organisation_id: OrganisationId,
    /// What it was.
    pub kind: InfluenceKind,
    /// What it was about.
    pub title: String,
    /// The body that it was brought before.
    pub body: String,
    /// The day.
    pub on_date: NaiveDate,
    /// The section of the body's minutes.
    pub section: Option<String>,
    /// The number under which the body keeps it.
    pub register_number: Option<String>,
    /// How many of the own people took part.
    pub participants: Option<i32>,
    /// What came of it.
    pub outcome: InfluenceOutcome,
    /// The same in words.
    pub outcome_told: Option<String>,
    /// The area of osallisuus, 1 to 3.
    pub area: Option<i16>,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was recorded in error.
    pub is_cancelled: bool,
}

impl InfluenceItem {
    /// Where it stands in its list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.on_date),
            id: self.id.uuid(),
        }
    }
}

/// Which items.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<InfluenceKind>,
    /// That have come to this.
    pub outcome: Option<InfluenceOutcome>,
}

/// The own association's items, the latest first; those recorded in error are left out.
pub async fn list(ctx: &Ctx, filter: &Filter, args: PageArgs) -> Result<Page<InfluenceItem>> {
    let scope = require::<KeepInfluence>(ctx)?;
    let rows = queries::list(ctx, &scope, filter, &args).await?;
    let total = match args.total {
        true => Some(queries::count(ctx, &scope, filter).await?),
        false => None,
    };
    Ok(Page::of(rows, &args, total))
}

/// One item; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: InfluenceItemId) -> Result<Option<InfluenceItem>> {
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        let scope = require::<KeepInfluence>(ctx)?;
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// The items with these ids, as far as the actor may see them.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[InfluenceItemId],
) -> Result<HashMap<InfluenceItemId, InfluenceItem>> {
    let scope = require::<KeepInfluence>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
