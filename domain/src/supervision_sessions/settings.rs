//! What an organisation sets for supervision: an association, after how many days without it a peer is missing from it; a
//! provider, whether its supervisors keep texts on their sessions. And whom a supervisor supervises.

use rinnalla_entity::ids::OrganisationId;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{queries, rules};
use crate::access::{
    AllowSupervisionTexts, Permission, ReadSupervisionSettings, Scope, SetSupervisionLimit,
    Supervise, require,
};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sql::Sql;

/// How supervision is set up in an organisation.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Settings {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// After how many days without supervision a peer is missing from it; none where no limit is set.
    pub limit_days: Option<i16>,
    /// Whether its supervisors keep texts on their sessions.
    pub keeps_texts: bool,
    /// Grows with every change; 0 where nothing was ever set.
    pub version: i32,
}

/// An association whose peers one supervises.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SupervisedOrganisation {
    /// The association.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The organisation that arranges the supervision, in which one is a supervisor.
    pub provider_id: OrganisationId,
    /// The association's limit, where it set one.
    pub limit_days: Option<i16>,
}

/// An association's limit.
#[derive(Clone, Copy, Debug)]
pub struct SetLimit {
    /// The association.
    pub organisation: OrganisationId,
    /// The version of its settings.
    pub version: i32,
    /// The limit; none where nobody is to be missing.
    pub limit_days: Option<i32>,
}

/// Whether a provider's supervisors keep texts from now on.
#[derive(Clone, Copy, Debug)]
pub struct AllowTexts {
    /// The provider.
    pub organisation: OrganisationId,
    /// The version of its settings.
    pub version: i32,
    /// Whether.
    pub is_allowed: bool,
}

/// The settings of an organisation in which the actor coordinates, supervises or administers; `None` for any other.
pub async fn find_settings(ctx: &Ctx, id: OrganisationId) -> Result<Option<Settings>> {
    let scope = require::<ReadSupervisionSettings>(ctx)?;
    let found = queries::settings(ctx.store.reader(), &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// The associations whose peers the actor may supervise today, in the order of their names.
pub async fn supervised_organisations(ctx: &Ctx) -> Result<Vec<SupervisedOrganisation>> {
    let scope = require::<Supervise>(ctx)?;
    queries::supervised(ctx.store.reader(), &scope, ctx.today).await
}

/// Sets after how many days without supervision a peer of the own association is missing from it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`limitDays OUT_OF_RANGE`).
pub async fn set_limit(ctx: &Ctx, key: &IdempotencyKey, input: SetLimit) -> Result<OrganisationId> {
    static SQL: Sql =
        Sql::new("UPDATE supervision_settings SET limit_days = $2 WHERE organisation_id = $1");
    let scope = require::<SetSupervisionLimit>(ctx)?;
    let days = input.limit_days.map(checked_limit).transpose()?;
    let id = input.organisation;
    let name = "supervisionLimitSet";
    let act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    take(&act, &scope, id, input.version).await?;
    SQL.run(&act.tx, [id.0.into(), days.into()]).await?;
    done(act, &scope, id).await
}

fn checked_limit(days: i32) -> Result<i16> {
    let known = rules::LIMIT_DAYS.contains(&days);
    let days = known.then(|| i16::try_from(days).ok()).flatten();
    days.ok_or_else(|| Error::invalid("limitDays", "OUT_OF_RANGE"))
}

/// Allows texts in one's own organisation, or ends that. Ending it erases every text on its sessions.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`).
pub async fn allow_texts(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AllowTexts,
) -> Result<OrganisationId> {
    static SQL: Sql =
        Sql::new("UPDATE supervision_settings SET keeps_texts = $2 WHERE organisation_id = $1");
    static ERASE: Sql = Sql::new(
        "DELETE FROM supervision_texts WHERE session_id IN (SELECT id FROM supervision_sessions WHERE provider_id = $1)",
    );
    let scope = require::<AllowSupervisionTexts>(ctx)?;
    let id = input.organisation;
    let name = "supervisionTextsAllow";
    let act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    take(&act, &scope, id, input.version).await?;
    let values: [Value; 2] = [id.0.into(), input.is_allowed.into()];
    SQL.run(&act.tx, values).await?;
    if !input.is_allowed {
        ERASE.run(&act.tx, [id.0.into()]).await?;
    }
    done(act, &scope, id).await
}

/// Holds the settings of one's own organisation, on the version that an act is based on; the first act makes them.
async fn take<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    id: OrganisationId,
    version: i32,
) -> Result<()> {
    if !scope.covers(id) {
        act.ctx.refuse(scope, ObjectKind::Organisation, id);
        return Err(Error::NotFound);
    }
    match raise(&act.tx, id, version).await? {
        0 => Err(Error::Conflict("STALE_VERSION")),
        _ => Ok(()),
    }
}

async fn raise(db: &impl ConnectionTrait, id: OrganisationId, version: i32) -> Result<u64> {
    static MAKE: Sql = Sql::new(
        "INSERT INTO supervision_settings (organisation_id, keeps_texts, version) VALUES ($1, $2, 0)
         ON CONFLICT DO NOTHING",
    );
    static RAISE: Sql = Sql::new(
        "UPDATE supervision_settings SET version = version + 1 WHERE organisation_id = $1 AND version = $2",
    );
    MAKE.run(db, [id.0.into(), false.into()]).await?;
    RAISE.run(db, [id.0.into(), version.into()]).await
}

async fn done<P: Permission>(
    mut act: Act<'_>,
    scope: &Scope<P>,
    id: OrganisationId,
) -> Result<OrganisationId> {
    act.changed(scope, id, ObjectKind::Organisation, id);
    act.done().await.map(OrganisationId)
}
