//! Who works with whom: which services refer people to the association, who arranges its supervision.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, PartnershipId};
use rinnalla_entity::states::PartnershipKind;
use sea_orm::FromQueryResult;

use crate::access::{self, ManageOrganisations, ReadOrganisations};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::page::Grouped;

use super::{Reach, is_county, queries};

/// A partnership, for as long as it lasts.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Partnership {
    /// Its id.
    pub id: PartnershipId,
    /// The organisation that coordinates.
    pub organisation_id: OrganisationId,
    /// Its partner.
    pub partner_id: OrganisationId,
    /// What the partner does for it.
    pub kind: PartnershipKind,
    /// The county that it is about, where it is about one.
    pub county_code: Option<String>,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day; open where nothing is said.
    pub valid_to: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i32,
}

/// A partnership to begin.
#[derive(Clone, Debug)]
pub struct PartnershipStart {
    /// One's own organisation, which coordinates.
    pub organisation: OrganisationId,
    /// The partner: an organisation that one knows of.
    pub partner: OrganisationId,
    /// What the partner does.
    pub kind: PartnershipKind,
    /// The county that it is about.
    pub county_code: Option<String>,
    /// The first day; today where nothing is said.
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    pub valid_to: Option<NaiveDate>,
}

/// The end of a partnership.
#[derive(Clone, Debug)]
pub struct PartnershipEnd {
    /// The partnership.
    pub id: PartnershipId,
    /// The version that the act was decided on.
    pub version: i32,
    /// The last day.
    pub ends_on: NaiveDate,
}

/// A row to write.
pub(super) struct Row {
    pub id: PartnershipId,
    pub organisation: OrganisationId,
    pub partner: OrganisationId,
    pub kind: PartnershipKind,
    pub county_code: Option<String>,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

/// The partnerships of each organisation, as far as one of the actor's own takes part, the oldest first.
pub async fn partnerships_for(
    ctx: &Ctx,
    organisations: &[OrganisationId],
) -> Result<Grouped<OrganisationId, Partnership>> {
    let own = super::reach(ctx)?.with_partners;
    let rows = queries::partnerships_for(ctx.store.reader(), organisations, &own).await?;
    let mut grouped: Grouped<OrganisationId, Partnership> = Grouped::new();
    for row in rows {
        for of in [row.organisation_id, row.partner_id] {
            if organisations.contains(&of) {
                grouped.entry(of).or_default().push(row.clone());
            }
        }
    }
    Ok(grouped)
}

/// One partnership; `None` where it is absent or none of the actor's organisations takes part.
pub async fn find_partnership(ctx: &Ctx, id: PartnershipId) -> Result<Option<Partnership>> {
    let scope = access::require::<ReadOrganisations>(ctx)?;
    let found = queries::partnership(ctx.store.reader(), id, &scope.any_organisations()).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// Begins a partnership with an organisation that one knows of.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `partnerId UNKNOWN`, `kind ALREADY_PARTNERS`, `ORGANISATION_CLOSED` …).
pub async fn start_partnership(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: PartnershipStart,
) -> Result<PartnershipId> {
    let scope = access::require::<ManageOrganisations>(ctx)?;
    if let Some(done) = ctx.done_before("partnershipStart", key).await? {
        return Ok(PartnershipId(done));
    }
    let row = Row {
        id: PartnershipId::random(),
        organisation: input.organisation,
        partner: input.partner,
        kind: input.kind,
        county_code: input.county_code,
        valid_from: input.valid_from.unwrap_or(ctx.today),
        valid_to: input.valid_to,
    };
    let db = ctx.store.reader();
    let mut faults = Violations::default();
    faults.check(scope.covers(row.organisation), "organisationId", "UNKNOWN");
    let reach = Reach {
        own: scope.any_organisations(),
        with_partners: scope.any_organisations(),
    };
    let known = queries::for_ids(db, &[row.partner], &reach).await?;
    let is_known = !known.is_empty();
    faults
        .check(is_known, "partnerId", "UNKNOWN")
        .check(row.partner != row.organisation, "partnerId", "SAME_TWICE")
        .check(
            row.valid_to.is_none_or(|to| to >= row.valid_from),
            "validTo",
            "DATES_OUT_OF_ORDER",
        );
    if let Some(county) = &row.county_code {
        faults.check(is_county(db, county).await?, "countyCode", "UNKNOWN_CODE");
    }
    faults.done()?;

    let mut act = match ctx.begin("partnershipStart", key, row.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PartnershipId(done)),
    };
    let closed = queries::lock_open(&act.tx, &[row.organisation, row.partner]).await?;
    let is_open = |id| !closed.contains(&id);
    Violations::default()
        .check(
            is_open(row.organisation),
            "organisationId",
            "ORGANISATION_CLOSED",
        )
        .check(is_open(row.partner), "partnerId", "ORGANISATION_CLOSED")
        .done()?;
    if queries::are_partners(&act.tx, &row).await? {
        return Err(Error::invalid("kind", "ALREADY_PARTNERS"));
    }
    queries::insert_partnership(&act.tx, &row, ctx.now).await?;
    act.changed(&scope, row.organisation, ObjectKind::Organisation, row.id);
    act.done().await.map(PartnershipId)
}

/// Ends a partnership of one's own organisation, or corrects the day on which it ends.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`endsOn DATES_OUT_OF_ORDER`).
pub async fn end_partnership(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: PartnershipEnd,
) -> Result<PartnershipId> {
    let scope = access::require::<ManageOrganisations>(ctx)?;
    let mut act = match ctx.begin("partnershipEnd", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PartnershipId(done)),
    };
    let own = scope.organisations();
    let found = queries::partnership(&act.tx, input.id, &own).await?;
    // The coordinating organisation ends it; its partner reads it alone.
    let Some(found) = found.filter(|found| scope.covers(found.organisation_id)) else {
        ctx.refuse(&scope, ObjectKind::Organisation, input.id);
        return Err(Error::NotFound);
    };
    Violations::default()
        .check(
            input.ends_on >= found.valid_from,
            "endsOn",
            "DATES_OUT_OF_ORDER",
        )
        .done()?;
    if queries::end_partnership(&act.tx, input.id, input.version, input.ends_on).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(
        &scope,
        found.organisation_id,
        ObjectKind::Organisation,
        input.id,
    );
    act.done().await.map(PartnershipId)
}
