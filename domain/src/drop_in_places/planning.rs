//! What is told of a place: everybody may read it, but for what its weeks are held against.

use std::collections::BTreeSet;

use rinnalla_entity::ids::{DropInPlaceId, Id as _, OrganisationId};
use sea_orm::{ConnectionTrait, Value};

use super::queries::{self, About};
use super::rules;
use crate::access::{ManageDropInPlaces, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations, unchecked};
use crate::organisations::{self, rules::is_municipality_code};
use crate::sql::{self, Sql};
use crate::text::free_line;

/// The longest name and address, in characters: as the database holds them.
const NAME_MAX_CHARS: usize = 80;
const ADDRESS_MAX_CHARS: usize = 120;

/// How many partners a place may name: our own choice, far above need.
const MOST_PARTNERS: usize = 20;

/// What is told of a place: everything as it should be.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// The word by which its public calendar is found.
    pub slug: String,
    /// Where it is, as people read it.
    pub address: String,
    /// The official code of its county.
    pub county_code: String,
    /// The official code of its municipality.
    pub municipality_code: Option<String>,
    /// Whether everybody may read its calendar.
    pub is_public: bool,
    /// Whether everybody may send it wishes; its calendar is public then.
    pub takes_wishes: bool,
    /// How long a day must be open to count, in minutes.
    pub least_minutes: i32,
    /// On how many days of a week it is to be open.
    pub model_days: i32,
    /// How many paid guides it is to have.
    pub model_guides: i32,
    /// Organisations that it works with.
    pub partners: Vec<OrganisationId>,
}

/// A new place.
#[derive(Clone, Debug)]
pub struct Create {
    /// The association that keeps it.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: Details,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The place.
    pub place: DropInPlaceId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// Adds a place of the own association.
///
/// Errors: `Invalid`: `organisationId UNKNOWN` or `ORGANISATION_CLOSED`, `slug SLUG_IN_USE`, and every fault of what is told.
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<DropInPlaceId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO drop_in_places (id, organisation_id, slug, name, address, county_code, municipality_code, is_public,
           takes_wishes, least_minutes, model_days, model_guides, changed_at, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13)",
    );
    let scope = require::<ManageDropInPlaces>(ctx)?;
    if let Some(done) = ctx.done_before("dropInPlaceCreate", key).await? {
        return Ok(DropInPlaceId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    let is_own = scope.with_places().contains(&of);
    faults.check(is_own, "organisationId", "UNKNOWN");
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = DropInPlaceId::random();
    let mut act = match ctx.begin("dropInPlaceCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(DropInPlaceId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let mut values: Vec<Value> = vec![id.0.into(), of.0.into()];
    values.extend(told.values());
    values.extend([ctx.now.into(), scope.actor().0.into()]);
    SQL.run(&act.tx, values).await?;
    write_partners(&act.tx, id, &told).await?;
    act.changed(&scope, of, ObjectKind::DropInPlace, id);
    act.done().await.map(DropInPlaceId)
}

/// Puts right what is told of a place.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<DropInPlaceId> {
    static SQL: Sql = Sql::new(
        "UPDATE drop_in_places SET slug = $2, name = $3, address = $4, county_code = $5, municipality_code = $6,
           is_public = $7, takes_wishes = $8, least_minutes = $9, model_days = $10, model_guides = $11 WHERE id = $1",
    );
    let scope = require::<ManageDropInPlaces>(ctx)?;
    if let Some(done) = ctx.done_before("dropInPlaceCorrect", key).await? {
        return Ok(DropInPlaceId(done));
    }
    let mut faults = Violations::default();
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = input.place;
    let mut act = match ctx.begin("dropInPlaceCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(DropInPlaceId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(id)).await?;
    queries::take_place(&act.tx, id, input.version).await?;
    let mut values: Vec<Value> = vec![id.0.into()];
    values.extend(told.values());
    SQL.run(&act.tx, values).await?;
    write_partners(&act.tx, id, &told).await?;
    queries::show_change(&act, &held).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::DropInPlace, id);
    act.done().await.map(DropInPlaceId)
}

/// What is told, checked.
struct Told {
    slug: String,
    name: String,
    address: String,
    county_code: String,
    municipality_code: Option<String>,
    is_public: bool,
    takes_wishes: bool,
    least_minutes: i16,
    model_days: i16,
    model_guides: i16,
    partners: BTreeSet<OrganisationId>,
}

impl Told {
    fn values(&self) -> [Value; 10] {
        [
            self.slug.clone().into(),
            self.name.clone().into(),
            self.address.clone().into(),
            self.county_code.clone().into(),
            self.municipality_code.clone().into(),
            self.is_public.into(),
            self.takes_wishes.into(),
            self.least_minutes.into(),
            self.model_days.into(),
            self.model_guides.into(),
        ]
    }
}

async fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Result<Option<Told>> {
    let db = ctx.store.reader();
    let name = faults.take("name", free_line(&told.name, NAME_MAX_CHARS));
    let address = faults.take("address", free_line(&told.address, ADDRESS_MAX_CHARS));
    faults.check(rules::is_slug(&told.slug), "slug", "MALFORMED");
    // PostgreSQL takes no NUL in a text, even to look for.
    let is_county = organisations::rules::is_county_code(&told.county_code)
        && organisations::is_county(db, &told.county_code).await?;
    faults.check(is_county, "countyCode", "UNKNOWN_CODE");
    let municipality = told.municipality_code.as_deref();
    faults.check(
        municipality.is_none_or(is_municipality_code),
        "municipalityCode",
        "MALFORMED",
    );
    let mut number = |field, n: i32, range: std::ops::RangeInclusive<i32>| {
        let n = range.contains(&n).then(|| i16::try_from(n).ok()).flatten();
        faults.take(field, n.ok_or("OUT_OF_RANGE"))
    };
    let least_minutes = number("leastMinutes", told.least_minutes, rules::LEAST_MINUTES);
    let model_days = number("modelDays", told.model_days, rules::MODEL_DAYS);
    let model_guides = number("modelGuides", told.model_guides, rules::MODEL_GUIDES);
    let is_few = told.partners.len() <= MOST_PARTNERS;
    faults.check(is_few, "partnerIds", "OUT_OF_RANGE");
    if is_few && !told.partners.is_empty() {
        let known = organisations::for_ids(ctx, &told.partners).await?;
        let are_known = told.partners.iter().all(|id| known.contains_key(id));
        faults.check(are_known, "partnerIds", "UNKNOWN");
    }
    let all = || {
        Some(Told {
            slug: told.slug.clone(),
            name: name?,
            address: address?,
            county_code: told.county_code.clone(),
            municipality_code: told.municipality_code.clone(),
            is_public: told.is_public,
            takes_wishes: told.takes_wishes,
            least_minutes: least_minutes?,
            model_days: model_days?,
            model_guides: model_guides?,
            partners: told.partners.iter().copied().collect(),
        })
    };
    Ok(all())
}

/// Writes partners in the place of those before.
async fn write_partners(
    db: &impl ConnectionTrait,
    place: DropInPlaceId,
    told: &Told,
) -> Result<()> {
    static SQL: Sql = Sql::new("DELETE FROM drop_in_place_partners WHERE place_id = $1");
    SQL.run(db, [place.0.into()]).await?;
    let partners = told.partners.iter();
    let partners = partners.flat_map(|of| [Value::from(place.0), of.0.into()]);
    let columns = "place_id, organisation_id";
    sql::insert_many(db, "drop_in_place_partners", columns, partners.collect()).await
}
