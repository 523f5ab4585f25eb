//! Organisations and what they are to each other: the association that coordinates peer support, the services whose
//! professionals refer people to it, and the partnerships by which they know of each other.
//!
//! A partnership is the only bridge between organisations: without one, nobody learns that another organisation is in
//! the register. A partner that has no coordinator or administrator of its own is looked after by the association that
//! it works with, until it has one.

mod codes;
mod command_line;
mod municipalities;
mod partnerships;
mod queries;
pub mod rules;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rinnalla_entity::ids::{OrganisationId, PartnershipId};
use rinnalla_entity::states::{OrganisationKind, PartnershipKind};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::access::{self, ManageOrganisations, Permission, ReadOrganisations, Scope};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::page::{Page, PageArgs};
use crate::sql;
use crate::texts::Language;

pub use codes::{Code, CodeList, County, codes, counties, county_list};
pub(crate) use codes::{is_county, unknown_codes};
pub use command_line::{found, is_any, join};
pub use municipalities::{
    LineFault, LineProblem, LoadFault, Loaded, Municipality, load_municipalities, municipalities,
};
pub use partnerships::{
    Partnership, PartnershipEnd, PartnershipStart, end_partnership, find_partnership,
    partnerships_for, start_partnership,
};

pub(crate) use queries::{looked_after, visible};

/// An organisation.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// What kind of body it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// Whether the name tells nothing about dependence or recovery, so that a mail may hold it.
    pub is_name_neutral: bool,
    /// The language in which it is written to.
    pub language: Language,
    /// The official code of its county, as `20`.
    pub county_code: String,
    /// The official code of its municipality, as `205`.
    pub municipality_code: Option<String>,
    /// Where notices go when no person is found for them.
    pub mailbox: Option<String>,
    /// How many relationships a new support person may have at once, unless said otherwise.
    pub max_active_default: i16,
    /// The first day on which its successor took over, where one did.
    pub closed_on: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i32,
}

/// Which organisations to list; all that the reader may know of where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this kind alone.
    pub kind: Option<OrganisationKind>,
    /// In this county alone.
    pub county_code: Option<String>,
}

/// What is told of an organisation.
#[derive(Clone, Debug)]
pub struct Details {
    /// What kind of body it is.
    pub kind: OrganisationKind,
    /// Its name, at most 160 characters.
    pub name: String,
    /// Whether a mail may hold the name.
    pub is_name_neutral: bool,
    /// The language in which it is written to.
    pub language: Language,
    /// The official code of its county, two digits.
    pub county_code: String,
    /// The official code of its municipality, three digits.
    pub municipality_code: Option<String>,
    /// Where notices go when no person is found for them.
    pub mailbox: Option<String>,
    /// 1 to 20; two where nothing is said.
    pub max_active_default: Option<i32>,
}

/// A new organisation, as a partner of one's own.
#[derive(Clone, Debug)]
pub struct Create {
    /// The organisation that it becomes a partner of.
    pub partner_of: OrganisationId,
    /// What it does for that organisation, from today on.
    pub partnership: PartnershipKind,
    /// What is told of it.
    pub details: Details,
}

/// A correction: all details as they should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The organisation.
    pub id: OrganisationId,
    /// The version that the correction was made from.
    pub version: i32,
    /// The details.
    pub details: Details,
}

/// The organisations among `ids` that the actor may know of: own ones, and partners of those, past ones too.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[OrganisationId],
) -> Result<HashMap<OrganisationId, Organisation>> {
    let reach = reach(ctx)?;
    let Some(rights) = ctx.rights else {
        let rows = queries::for_ids(ctx.store.reader(), ids, &reach).await?;
        return Ok(rows.into_iter().map(|row| (row.id, row)).collect());
    };
    // Nearly every list shows the names of organisations. They change a few times a year and raise the number of rights too, which
    // is looked at before the answer goes out.
    let name = reach.name();
    let mut known: Arc<Known> = ctx.kept.get(&name, rights).unwrap_or_default();
    let others = ids.iter().filter(|id| !known.contains_key(id)).copied();
    let others: Vec<_> = others.collect();
    if !others.is_empty() {
        // Where changes are written: what is remembered must not be older than the number that it stands under.
        let rows = queries::for_ids(ctx.store.writer(), &others, &reach).await?;
        // Another part of the same question may have read some meanwhile.
        known = ctx.kept.get(&name, rights).unwrap_or(known);
        Arc::make_mut(&mut known).extend(rows.into_iter().map(|row| (row.id, row)));
        ctx.kept.put(name, rights, &known);
    }
    let find = |id: &OrganisationId| Some((*id, known.get(id)?.clone()));
    Ok(ids.iter().filter_map(find).collect())
}

/// What was read within one reach.
type Known = HashMap<OrganisationId, Organisation>;

/// One organisation; `None` where it is absent or not the actor's to know of.
pub async fn find(ctx: &Ctx, id: OrganisationId) -> Result<Option<Organisation>> {
    let scope = access::require::<ReadOrganisations>(ctx)?;
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// Own organisations and their partners, the oldest in the register first.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<Organisation>> {
    access::require::<ReadOrganisations>(ctx)?;
    let Reach { own, with_partners } = reach(ctx)?;
    let after = page.after.map_or(Uuid::nil(), |cursor| cursor.id);
    let db = ctx.store.reader();
    let rows = queries::list(db, filter, &own, &with_partners, after, page.limit()).await?;
    let total = match page.total {
        true => Some(queries::count(db, filter, &own, &with_partners).await?),
        false => None,
    };
    Ok(Page::of(rows, &page, total))
}

/// The organisations that the actor knows of: own ones, and those whose partners are known too.
pub(crate) struct Reach {
    pub own: Vec<OrganisationId>,
    pub with_partners: Vec<OrganisationId>,
}

impl Reach {
    /// What is remembered of it stands under this name.
    fn name(&self) -> Vec<u8> {
        let bytes = |of: &[OrganisationId]| of.iter().flat_map(|id| id.0.into_bytes()).collect();
        let [own, with_partners]: [Vec<u8>; 2] = [bytes(&self.own), bytes(&self.with_partners)];
        [b"organisations ".as_slice(), &own, b" ", &with_partners].concat()
    }

    /// Bound for [`visible`].
    pub(crate) fn values(&self, db: &impl ConnectionTrait) -> [Value; 2] {
        [&self.own, &self.with_partners]
            .map(|of| sql::ids(db.get_database_backend(), of.iter().copied()))
    }
}

/// Every role shows its own organisation; partners are shown by the roles that work with them.
pub(crate) fn reach(ctx: &Ctx) -> Result<Reach> {
    let actor = ctx.actor()?;
    let own = actor.grants.iter().map(|grant| grant.organisation);
    let with_partners = match access::require::<ReadOrganisations>(ctx) {
        Ok(scope) => scope.any_organisations(),
        Err(Error::Forbidden) => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(Reach {
        own: own.collect(),
        with_partners,
    })
}

/// Holds organisations until the act ends; those among them that are closed, since a successor took over.
pub(crate) async fn lock_open(
    db: &impl ConnectionTrait,
    ids: &[OrganisationId],
) -> Result<Vec<OrganisationId>> {
    queries::lock_open(db, ids).await
}

/// Holds organisations in which something new begins: none of them closes before the act is over.
///
/// Errors: `Invalid`: `organisationId ORGANISATION_CLOSED`.
pub(crate) async fn lock_all_open(db: &impl ConnectionTrait, ids: &[OrganisationId]) -> Result<()> {
    let closed = lock_open(db, ids).await?;
    Violations::default()
        .check(closed.is_empty(), "organisationId", "ORGANISATION_CLOSED")
        .done()
}

/// Adds an organisation as a partner of one's own.
///
/// Errors: `Invalid` (`organisationId UNKNOWN` where the actor does not act for it; faults of the details).
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<OrganisationId> {
    let scope = access::require::<ManageOrganisations>(ctx)?;
    if let Some(done) = ctx.done_before("organisationCreate", key).await? {
        return Ok(OrganisationId(done));
    }
    let mut faults = Violations::default();
    faults.check(scope.covers(input.partner_of), "organisationId", "UNKNOWN");
    let details = rules::check(&input.details, &mut faults);
    let county = is_county(ctx.store.reader(), &input.details.county_code).await?;
    faults.check(county, "countyCode", "UNKNOWN_CODE").done()?;
    let details = details.ok_or_else(unchecked)?;

    let id = <OrganisationId as rinnalla_entity::ids::Id>::random();
    let mut act = match ctx.begin("organisationCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    queries::insert(&act.tx, id, &details, ctx.now).await?;
    let partnership = partnerships::Row {
        id: <PartnershipId as rinnalla_entity::ids::Id>::random(),
        organisation: input.partner_of,
        partner: id,
        kind: input.partnership,
        county_code: None,
        valid_from: ctx.today,
        valid_to: None,
    };
    queries::insert_partnership(&act.tx, &partnership, ctx.now).await?;
    act.changed(&scope, input.partner_of, ObjectKind::Organisation, id);
    act.done().await.map(OrganisationId)
}

/// Corrects what is told of one's own organisation, or of one that it looks after.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<OrganisationId> {
    let scope = access::require::<ManageOrganisations>(ctx)?;
    if let Some(done) = ctx.done_before("organisationCorrect", key).await? {
        return Ok(OrganisationId(done));
    }
    let mut faults = Violations::default();
    let details = rules::check(&input.details, &mut faults);
    let county = is_county(ctx.store.reader(), &input.details.county_code).await?;
    faults.check(county, "countyCode", "UNKNOWN_CODE").done()?;
    let details = details.ok_or_else(unchecked)?;

    let mut act = match ctx.begin("organisationCorrect", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    let managed = managed(&act.tx, ctx, &scope).await?;
    let Some(by) = managed.get(&input.id).copied() else {
        ctx.refuse(&scope, ObjectKind::Organisation, input.id);
        return Err(Error::NotFound);
    };
    if queries::correct(&act.tx, input.id, input.version, &details).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, by, ObjectKind::Organisation, input.id);
    act.done().await.map(OrganisationId)
}

/// The organisations that the actor may act for, each with the own one that it is done for: own ones as a whole, and
/// the partners of today that have no coordinator or administrator of their own yet.
pub(crate) async fn managed<P: Permission>(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    scope: &Scope<P>,
) -> Result<HashMap<OrganisationId, OrganisationId>> {
    let own = scope.organisations();
    let looked_after = queries::looked_after_by(db, &own, ctx.today).await?;
    let own = own.into_iter().map(|id| (id, id));
    Ok(looked_after.into_iter().chain(own).collect())
}
