//! Wishes (toive) to drop-in places: sent by anybody, by a form or in the paper box, and answered by whoever keeps the place.
//!
//! A wish is nobody's: neither who sent it nor from where is kept, and of the time the day alone. Its text is for the place's
//! coordinators and paid guides; everybody reads what they have told of it in their own words, and what came of it. A place
//! takes wishes where its association says so.

mod answering;
mod public;
mod queries;
pub mod rules;
mod sending;

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, Id as _, OrganisationId, WishId};
use rinnalla_entity::states::{WishSource, WishStatus};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::access::{KeepWishes, ReadDropInPlaces, Scope, require};
use crate::act::Act;
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Page, PageArgs};

pub(crate) use answering::talked_over;
pub use answering::{AnswerWish, EraseWish, answer, erase};
pub use public::{ToldWish, takes_wishes, told};
pub use sending::{SendWish, TypeIn, send, type_in};

/// A wish, as whoever keeps the place sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Wish {
    /// Its id.
    pub id: WishId,
    /// The place that it was sent to.
    pub place_id: DropInPlaceId,
    /// The association that keeps the place.
    pub organisation_id: OrganisationId,
    /// How it came.
    pub source: WishSource,
    /// What was wished for; none where it was erased.
    pub text: Option<String>,
    /// The area of osallisuus, 1 to 3.
    pub area: Option<i16>,
    /// How it stands.
    pub status: WishStatus,
    /// The wish as everybody reads it; nobody does where there is none.
    pub told: Option<String>,
    /// What everybody is answered.
    pub answer: Option<String>,
    /// The day on which it came, or the box was emptied.
    pub received_on: NaiveDate,
    /// The day on which it was first answered.
    pub answered_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
}

impl Wish {
    /// Where it stands in its list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.received_on),
            id: self.id.uuid(),
        }
    }
}

/// Which wishes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of this place alone.
    pub place: Option<DropInPlaceId>,
    /// That stand so.
    pub status: Option<WishStatus>,
}

/// The wishes that the actor may read, the latest first; those that were erased are left out.
pub async fn list(ctx: &Ctx, filter: &Filter, args: PageArgs) -> Result<Page<Wish>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::list(ctx, &scope, filter, &args).await?;
    let total = match args.total {
        true => Some(queries::count(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &args, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

/// One wish; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: WishId) -> Result<Option<Wish>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::find(ctx, &scope, id).await?;
    match &found {
        Some(wish) => see(ctx, &scope, std::slice::from_ref(wish)),
        None => ctx.refuse(&scope, ObjectKind::DropInPlace, id),
    }
    Ok(found)
}

/// The wishes with these ids, as far as the actor may read them.
pub async fn for_ids(ctx: &Ctx, ids: &[WishId]) -> Result<Vec<Wish>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    see(ctx, &scope, &rows);
    Ok(rows)
}

/// Holds a place until the act ends, for something that is done with its wishes; the association that keeps it.
///
/// Errors: `NotFound`, noted as refused.
pub(crate) async fn hold_place(
    act: &Act<'_>,
    scope: &Scope<KeepWishes>,
    place: DropInPlaceId,
) -> Result<OrganisationId> {
    let held = queries::hold(act, scope, queries::About::Place(place)).await?;
    Ok(held.organisation_id)
}

/// Whether all of these wishes are a place's, and none was erased.
pub(crate) async fn are_of(
    db: &impl ConnectionTrait,
    wishes: &[WishId],
    place: DropInPlaceId,
) -> Result<bool> {
    queries::are_of(db, wishes, place).await
}

fn see(ctx: &Ctx, scope: &Scope<ReadDropInPlaces>, rows: &[Wish]) {
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.place_id.uuid()));
    ctx.see(scope, ObjectKind::DropInPlace, seen);
}
