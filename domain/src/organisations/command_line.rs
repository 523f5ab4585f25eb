//! What the keeper of the installation does at the command line, where nobody is signed in: the first organisation,
//! and the introduction of two that do not know of each other yet.

use rinnalla_entity::ids::{Id as _, OrganisationId, PartnershipId};
use rinnalla_entity::states::PartnershipKind;
use sea_orm::FromQueryResult;

use crate::audit::{self, ObjectKind};
use crate::ctx::Register;
use crate::error::{Error, Result, Violations, unchecked};
use crate::sql::Sql;
use crate::store::Store;

use super::partnerships::Row;
use super::{Details, Reach, is_county, queries, rules};

/// Whether there is any organisation yet.
pub async fn is_any(store: &Store) -> Result<bool> {
    static ANY: Sql = Sql::new("SELECT EXISTS (SELECT 1 FROM organisations) AS is_any");
    #[derive(FromQueryResult)]
    struct Row {
        is_any: bool,
    }
    let row: Option<Row> = ANY.one(store.reader(), []).await?;
    Ok(row.is_some_and(|row| row.is_any))
}

/// Adds an organisation that nobody acts for yet.
///
/// Errors: `Invalid`, all faults at once.
pub async fn found(register: &Register, told: &Details) -> Result<OrganisationId> {
    let tx = register.store.begin_write().await?;
    let mut faults = Violations::default();
    let details = rules::check(told, &mut faults);
    let county = is_county(&tx, &told.county_code).await?;
    faults.check(county, "countyCode", "UNKNOWN_CODE").done()?;
    let details = details.ok_or_else(unchecked)?;
    let id = OrganisationId::random();
    queries::insert(&tx, id, &details, register.clock.now()).await?;
    let changed = [audit::at_command_line(id, ObjectKind::Organisation, id)];
    audit::write_command_line(&tx, register, &changed).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(id)
}

/// Makes `partner` a partner of `organisation` from today on; nothing happens where it is one already.
///
/// Errors: `Invalid` (`UNKNOWN` where one of the two is not in the register, `SAME_TWICE`).
pub async fn join(
    register: &Register,
    organisation: OrganisationId,
    partner: OrganisationId,
    kind: PartnershipKind,
) -> Result<()> {
    let tx = register.store.begin_write().await?;
    let both = [organisation, partner];
    let reach = Reach {
        own: both.to_vec(),
        with_partners: Vec::new(),
    };
    let known = queries::for_ids(&tx, &both, &reach).await?;
    let is_known = |id| known.iter().any(|known| known.id == id);
    Violations::default()
        .check(is_known(organisation), "organisationId", "UNKNOWN")
        .check(is_known(partner), "partnerId", "UNKNOWN")
        .check(organisation != partner, "partnerId", "SAME_TWICE")
        .done()?;
    let now = register.clock.now();
    let row = Row {
        id: PartnershipId::random(),
        organisation,
        partner,
        kind,
        county_code: None,
        valid_from: crate::calendar::helsinki_date(now),
        valid_to: None,
    };
    if queries::are_partners(&tx, &row).await? {
        return Ok(());
    }
    queries::insert_partnership(&tx, &row, now).await?;
    let changed = [audit::at_command_line(
        organisation,
        ObjectKind::Organisation,
        row.id,
    )];
    audit::write_command_line(&tx, register, &changed).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)
}
