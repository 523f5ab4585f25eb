//! How wishes come: from anybody, by the form; and from the paper box, typed in by whoever empties it.

use chrono::{Days, NaiveDate};
use rinnalla_entity::ids::{DropInPlaceId, Id as _, WishId};
use rinnalla_entity::states::WishSource;
use sea_orm::{FromQueryResult, Value};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::queries::{self, About};
use super::{public, rules};
use crate::access::{KeepWishes, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::areas::area;
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::drop_in_places::rules::is_slug;
use crate::error::{Error, Result, Violations, unchecked};
use crate::sql::Sql;
use crate::text::{self, free_line};

/// A wish that anybody sends.
#[derive(Clone, Debug)]
pub struct SendWish {
    /// The word by which the place is found.
    pub slug: String,
    /// What is wished for.
    pub text: String,
    /// The area of osallisuus, 1 to 3.
    pub area: Option<i32>,
}

/// A wish from the paper box.
#[derive(Clone, Debug)]
pub struct TypeIn {
    /// The place.
    pub place: DropInPlaceId,
    /// What is wished for.
    pub text: String,
    /// The area of osallisuus, 1 to 3.
    pub area: Option<i32>,
    /// When the box was emptied.
    pub received_on: NaiveDate,
}

static INSERT: Sql = Sql::new(
    "INSERT INTO wishes (id, place_id, source, text, area, received_on) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO NOTHING",
);

/// Keeps a wish of anybody's. The same key sent twice is one wish; who sent it is asked nowhere, signed in or not.
///
/// Errors: `NotFound` where no public place of this slug takes wishes, `Conflict` (`KEY_REUSED`), `Invalid`
/// (`idempotencyKey`; `slug MALFORMED`; `text EMPTY`, `TOO_LONG`, `CONTROL_CHARACTER`, `LOOKS_LIKE_IDENTITY_NUMBER`; `area OUT_OF_RANGE`;
/// `RATE_LIMITED` where this address has sent too many; `BOX_FULL` where more wait to be read than anybody could).
pub async fn send(ctx: &Ctx, key: &str, input: SendWish) -> Result<WishId> {
    static UNREAD: Sql = Sql::new(
        "SELECT count(*) AS n FROM wishes WHERE place_id = $1 AND status = 'RECEIVED' AND text IS NOT NULL",
    );
    #[derive(FromQueryResult)]
    struct Unread {
        n: i64,
    }
    // Before anything else, so that a flood costs no statement.
    if ctx.actor.is_none() && !ctx.may_send() {
        return Err(Error::invalid("", "RATE_LIMITED"));
    }
    let mut faults = Violations::default();
    let key = text::clean_line(key, 80).map_err(|fault| fault.code());
    let key = faults.take("idempotencyKey", key);
    let text = faults.take("text", free_line(&input.text, rules::TEXT_MAX_CHARS));
    let area = faults.take("area", area(input.area));
    faults
        .check(is_slug(&input.slug), "slug", "MALFORMED")
        .done()?;
    let (Some(key), Some(text), Some(area)) = (key, text, area) else {
        return Err(unchecked());
    };
    let tx = ctx.store.begin_write().await?;
    let Some(place) = public::taking(&tx, &input.slug).await? else {
        return Err(Error::NotFound);
    };
    let id = named(place, &key);
    if let Some(kept) = queries::kept(&tx, id).await? {
        return match kept.text.is_none_or(|kept| kept == text) && kept.area == area {
            true => Ok(id),
            false => Err(Error::Conflict("KEY_REUSED")),
        };
    }
    let unread: Option<Unread> = UNREAD.one(&tx, [place.0.into()]).await?;
    if unread.is_none_or(|unread| unread.n >= rules::MOST_UNREAD) {
        return Err(Error::invalid("", "BOX_FULL"));
    }
    let values = values(id, place, WishSource::Form, (text, area), ctx.today);
    INSERT.run(&tx, values).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(id)
}

/// The id of the wish that was sent to a place under a key: whoever does not hold the key cannot work it out, and it tells
/// no time.
fn named(place: DropInPlaceId, key: &str) -> WishId {
    let hash = Sha256::new_with_prefix(place.uuid().as_bytes()).chain_update(key);
    let hash: [u8; 32] = hash.finalize().into();
    let half = Uuid::from_slice(&hash[..16]).unwrap_or_default();
    WishId(Builder::from_random_bytes(half.into_bytes()).into_uuid())
}

fn values(
    id: WishId,
    place: DropInPlaceId,
    source: WishSource,
    (text, area): (String, Option<i16>),
    on: NaiveDate,
) -> [Value; 6] {
    let place = place.0.into();
    [
        id.0.into(),
        place,
        code(source),
        text.into(),
        area.into(),
        on.into(),
    ]
}

/// Keeps a wish from the paper box.
///
/// Errors: `NotFound`, `Invalid` (`text`, `area` as [`send`]; `receivedOn DATE_IN_FUTURE`, `OUT_OF_RANGE`).
pub async fn type_in(ctx: &Ctx, key: &IdempotencyKey, input: TypeIn) -> Result<WishId> {
    let scope = require::<KeepWishes>(ctx)?;
    let mut faults = Violations::default();
    let text = faults.take("text", free_line(&input.text, rules::TEXT_MAX_CHARS));
    let area = faults.take("area", area(input.area));
    let on = input.received_on;
    let oldest = ctx.today - Days::new(rules::BOX_DAYS);
    faults
        .check(on <= ctx.today, "receivedOn", "DATE_IN_FUTURE")
        .check(on >= oldest, "receivedOn", "OUT_OF_RANGE")
        .done()?;
    let (Some(text), Some(area)) = (text, area) else {
        return Err(unchecked());
    };
    let id = WishId::random();
    let mut act = match ctx.begin("wishTypeIn", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(WishId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(input.place)).await?;
    let values = values(id, held.place_id, WishSource::Paper, (text, area), on);
    INSERT.run(&act.tx, values).await?;
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::DropInPlace,
        held.place_id,
    );
    act.done().await.map(WishId)
}
