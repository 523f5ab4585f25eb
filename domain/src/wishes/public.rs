//! What everybody may read of wishes: what a place has told of them in its own words, and what came of them.

use chrono::NaiveDate;
use rinnalla_entity::ids::DropInPlaceId;
use rinnalla_entity::states::WishStatus;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::ctx::Ctx;
use crate::drop_in_places::rules::is_slug;
use crate::error::Result;
use crate::sql::Sql;

/// The most wishes that everybody is told of a place: a year of an eager one.
const MOST: i64 = 100;

/// What everybody may read of a wish.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ToldWish {
    /// The wish, in the place's own words.
    pub told: String,
    /// The area of osallisuus, 1 to 3.
    pub area: Option<i16>,
    /// How it stands.
    pub status: WishStatus,
    /// What everybody is answered.
    pub answer: Option<String>,
    /// The day on which it came.
    pub received_on: NaiveDate,
    /// The day on which it was answered.
    pub answered_on: Option<NaiveDate>,
}

/// What came of the wishes to a place, the latest first: one statement. Empty where no place of this slug is open to the
/// public, as where none was told.
pub async fn told(ctx: &Ctx, slug: &str) -> Result<Vec<ToldWish>> {
    static SQL: Sql = Sql::new(
        "SELECT w.told, w.area, w.status, w.answer, w.received_on, w.answered_on FROM wishes w
         JOIN drop_in_places p ON p.id = w.place_id
         WHERE p.slug = $1 AND p.is_public AND w.told IS NOT NULL ORDER BY w.received_on DESC, w.id DESC LIMIT $2",
    );
    if !is_slug(slug) {
        return Ok(Vec::new());
    }
    SQL.all(ctx.store.reader(), [slug.into(), MOST.into()])
        .await
}

/// The name of the public place of a slug that takes wishes; asked by anybody.
pub async fn takes_wishes(ctx: &Ctx, slug: &str) -> Result<Option<String>> {
    Ok(open(ctx.store.reader(), slug)
        .await?
        .map(|place| place.name))
}

#[derive(FromQueryResult)]
struct Open {
    id: DropInPlaceId,
    name: String,
}

/// The public place of a slug that takes wishes.
pub(super) async fn taking(db: &impl ConnectionTrait, slug: &str) -> Result<Option<DropInPlaceId>> {
    Ok(open(db, slug).await?.map(|place| place.id))
}

async fn open(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Open>> {
    static SQL: Sql = Sql::new(
        "SELECT id, name FROM drop_in_places WHERE slug = $1 AND is_public AND takes_wishes",
    );
    // PostgreSQL takes no NUL in a text, even to look for.
    match is_slug(slug) {
        true => SQL.one(db, [slug.into()]).await,
        false => Ok(None),
    }
}
