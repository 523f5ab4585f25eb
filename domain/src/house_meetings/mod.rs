//! House meetings (talokokous) of a drop-in place: the place's people and its visitors talk over wishes and other matters, and
//! decide. How many came is counted, and nobody's name is kept. What is decided may answer a wish, for everybody to read.

mod planning;
mod queries;
mod recording;
pub mod rules;

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, HouseMeetingId, Id as _, OrganisationId, WishId};
use rinnalla_entity::states::HouseMeetingStatus;
use sea_orm::FromQueryResult;

use crate::access::{ReadDropInPlaces, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Grouped, Page, PageArgs};

pub use planning::{Cancel, Change, Plan, cancel, change, plan};
pub use recording::{Decision, Record, record};

/// A house meeting.
#[derive(Clone, Debug, FromQueryResult)]
pub struct HouseMeeting {
    /// Its id.
    pub id: HouseMeetingId,
    /// The place.
    pub place_id: DropInPlaceId,
    /// The association that keeps the place.
    pub organisation_id: OrganisationId,
    /// The day.
    pub on_date: NaiveDate,
    /// How far it is.
    pub status: HouseMeetingStatus,
    /// How many came.
    pub heads: Option<i16>,
    /// Grows with every change.
    pub version: i32,
}

impl HouseMeeting {
    /// Where it stands in its list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.on_date),
            id: self.id.uuid(),
        }
    }
}

/// A matter on the agenda.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Item {
    /// Of which meeting.
    pub house_meeting_id: HouseMeetingId,
    /// Which it is, from 1 on.
    pub no: i16,
    /// The wish that it is about.
    pub wish_id: Option<WishId>,
    /// The matter, where it is none.
    pub topic: Option<String>,
    /// What was decided.
    pub decision: Option<String>,
}

/// The house meetings of a place, the latest first. Empty where it is absent or hidden.
pub async fn list(ctx: &Ctx, of: DropInPlaceId, args: PageArgs) -> Result<Page<HouseMeeting>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::list(ctx, &scope, of, &args).await?;
    let total = match args.total {
        true => Some(queries::count(ctx, &scope, of).await?),
        false => None,
    };
    let page = Page::of(rows, &args, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

/// One meeting; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: HouseMeetingId) -> Result<Option<HouseMeeting>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::find(ctx, &scope, id).await?;
    match &found {
        Some(meeting) => see(ctx, &scope, std::slice::from_ref(meeting)),
        None => ctx.refuse(&scope, ObjectKind::DropInPlace, id),
    }
    Ok(found)
}

/// The agenda of each meeting, in order.
pub async fn items_for(ctx: &Ctx, of: &[HouseMeetingId]) -> Result<Grouped<HouseMeetingId, Item>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let mut grouped = Grouped::<HouseMeetingId, Item>::with_capacity(of.len());
    for row in queries::items_for(ctx, &scope, of).await? {
        grouped.entry(row.house_meeting_id).or_default().push(row);
    }
    Ok(grouped)
}

fn see(ctx: &Ctx, scope: &Scope<ReadDropInPlaces>, rows: &[HouseMeeting]) {
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.place_id.uuid()));
    ctx.see(scope, ObjectKind::DropInPlace, seen);
}
