//! What everybody may read of a place, without signing in: where it is, when it is open, what is done. No person is in it,
//! nor a count, nor why it is closed.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::ids::{Id as _, OpeningId};
use sha2::{Digest as _, Sha256};

use super::queries::{self, PublicRow};
use super::rules::{self, Days, Slot};
use crate::appointments::open_to_all::{self, OpenToAll};
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result, Violations};
use crate::store::Store;
use crate::texts::{self, Language};

/// What everybody may read of a place.
#[derive(Clone, Debug)]
pub struct PublicPlace {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// The official code of its county.
    pub county_code: String,
    /// The official code of its municipality.
    pub municipality_code: Option<String>,
    /// Whether anybody may put wishes into its box.
    pub takes_wishes: bool,
    /// Its openings, in the order of time.
    pub openings: Vec<PublicOpening>,
}

/// What everybody may read of an opening.
#[derive(Clone, Debug)]
pub struct PublicOpening {
    /// The same for as long as it exists.
    pub id: OpeningId,
    /// The day.
    pub on: NaiveDate,
    /// From when by Helsinki's clock.
    pub starts_at: NaiveTime,
    /// Until when.
    pub ends_at: NaiveTime,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// What is done, in the reader's language, and the participants' own ideas.
    pub activities: Vec<String>,
}

/// What is given to a calendar that asks.
#[derive(Clone, Debug)]
pub struct Served {
    /// The file.
    pub text: String,
    /// A name of what is in it, for whoever asks again.
    pub tag: String,
    changes: i32,
    on: NaiveDate,
}

/// The calendar of a place as everybody may read it; `None` where no place of this slug is open to the public. Five
/// statements, however long the range is; one where the same was asked before and nothing has changed.
///
/// Errors: `Invalid` (`from`, `to OUT_OF_RANGE`, `to DATES_OUT_OF_ORDER`).
pub async fn public_calendar(
    ctx: &Ctx,
    slug: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Option<Arc<PublicPlace>>> {
    let mut faults = Violations::default();
    rules::check_range(ctx.today, from, to, &mut faults);
    faults.done()?;
    let Some(place) = public(&ctx.store, slug).await? else {
        return Ok(None);
    };
    let language = ctx.language.readable(Language::Fi);
    let asked = format!("{} {from} {to} {}", place.id.uuid(), language.code());
    let kept = ctx.kept.get(&asked, place.changes);
    if kept.is_some() {
        return Ok(kept);
    }
    let openings = openings(&ctx.store, &place, &(from..=to), language).await?;
    let told = Arc::new(PublicPlace {
        name: place.name,
        address: place.address,
        county_code: place.county_code,
        municipality_code: place.municipality_code,
        takes_wishes: place.takes_wishes,
        openings,
    });
    ctx.kept.put(asked, place.changes, &told);
    Ok(Some(told))
}

/// What a calendar is given at a place's address; `None` where no place of this slug is open to the public. `known` is what
/// was given last: where nothing has changed since, it is given again, for one statement.
pub async fn served(
    register: &Register,
    slug: &str,
    language: Language,
    known: Option<Served>,
) -> Result<Option<Served>> {
    let today = crate::calendar::helsinki_date(register.clock.now());
    let Some(place) = public(&register.store, slug).await? else {
        return Ok(None);
    };
    let stands = |it: &Served| it.changes == place.changes && it.on == today;
    if let Some(known) = known.filter(stands) {
        return Ok(Some(known));
    }
    let language = language.readable(Language::Fi);
    let openings = openings(&register.store, &place, &rules::fed(today), language).await?;
    let open = texts::text(language, "place-open", None);
    let events: Vec<OpenToAll> = openings
        .into_iter()
        .map(|it| OpenToAll {
            uid: it.id.uuid(),
            on: it.on,
            starts_at: it.starts_at,
            ends_at: it.ends_at,
            sequence: place.changes,
            is_cancelled: it.is_cancelled,
            changed_at: place.changed_at,
            summary: format!("{open}: {}", place.name),
            location: place.address.clone(),
            description: it.activities.join(", "),
        })
        .collect();
    let text = open_to_all::feed(&place.name, &events);
    let tag = Sha256::digest(text.as_bytes());
    let tag = tag[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(Served {
        text,
        tag,
        changes: place.changes,
        on: today,
    }))
}

async fn public(store: &Store, slug: &str) -> Result<Option<PublicRow>> {
    // PostgreSQL takes no NUL in a text, even to look for.
    match rules::is_slug(slug) {
        true => queries::public(store.reader(), slug).await,
        false => Ok(None),
    }
}

async fn openings(
    store: &Store,
    place: &PublicRow,
    days: &Days,
    language: Language,
) -> Result<Vec<PublicOpening>> {
    let db = store.reader();
    let plan = queries::plan(db, place.id, days).await?;
    let slots = rules::expand(&plan, days).map_err(|fault| Error::Internal(Box::new(fault)))?;
    let ids: Vec<OpeningId> = plan.openings.iter().map(|it| it.id).collect();
    let mut activities: HashMap<OpeningId, Vec<String>> = HashMap::new();
    for row in queries::public_activities(db, &ids, language).await? {
        activities.entry(row.opening_id).or_default().push(row.text);
    }
    let opening = |slot: Slot| PublicOpening {
        id: slot.opening,
        on: slot.on,
        starts_at: rules::clock(slot.starts_at),
        ends_at: rules::clock(slot.ends_at),
        is_cancelled: slot.closure.is_some(),
        activities: activities.remove(&slot.opening).unwrap_or_default(),
    };
    Ok(slots.into_iter().map(opening).collect())
}
