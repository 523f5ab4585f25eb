//! The consent to be listed: given until a day, renewed, ended at any time, by the expert or as a coordinator heard it.

use chrono::NaiveDate;
use rinnalla_entity::ids::ExpertProfileId;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::OnProfile;
use super::queries::{self, About};
use super::rules;
use crate::access::{ConsentToListing, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::notices::{self, Reason};
use crate::sql::Sql;

/// A consent to be listed.
#[derive(Clone, Copy, Debug)]
pub struct GiveConsent {
    /// Whose.
    pub profile: ExpertProfileId,
    /// The version.
    pub version: i32,
    /// Its last day.
    pub until: NaiveDate,
}

/// Gives, renews or puts right a consent: it takes the place of the one before, and so does the notice of its end.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`until DATE_IN_PAST`, `OUT_OF_RANGE` (over three years)).
pub async fn give_consent(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: GiveConsent,
) -> Result<ExpertProfileId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO expert_consents (id, profile_id, given_on, until_on, notice_on, recorded_by, recorded_at)
         VALUES (NEW_ID, $1, $2, $3, $4, $5, $6)",
    );
    let scope = require::<ConsentToListing>(ctx)?;
    let until = input.until;
    Violations::default()
        .check(until >= ctx.today, "until", "DATE_IN_PAST")
        .check(
            until <= rules::latest_until(ctx.today),
            "until",
            "OUT_OF_RANGE",
        )
        .done()?;
    let id = input.profile;
    let mut act = match ctx.begin("expertConsentGive", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertProfileId(done)),
    };
    let held = queries::hold(&act, &scope, About::Profile(id)).await?;
    queries::take(&act.tx, id, input.version).await?;
    end_standing(&act, id, Reason::DateMoved).await?;
    let values: [Value; 6] = [
        id.0.into(),
        ctx.today.into(),
        until.into(),
        rules::notice_on(until).into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Expert, id);
    act.done().await.map(ExpertProfileId)
}

/// Ends a consent: from now on they are not listed.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE` where none stands).
pub async fn end_consent(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnProfile,
) -> Result<ExpertProfileId> {
    let scope = require::<ConsentToListing>(ctx)?;
    let id = input.profile;
    let mut act = match ctx.begin("expertConsentEnd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertProfileId(done)),
    };
    let held = queries::hold(&act, &scope, About::Profile(id)).await?;
    queries::take(&act.tx, id, input.version).await?;
    if !end_standing(&act, id, Reason::ConsentWithdrawn).await? {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    act.changed(&scope, held.organisation_id, ObjectKind::Expert, id);
    act.done().await.map(ExpertProfileId)
}

#[derive(FromQueryResult)]
struct Standing {
    id: Uuid,
}

/// Ends the consent that stands, and cancels the notice of its end where that has not left; whether there was one.
pub(crate) async fn end_standing(
    act: &Act<'_>,
    of: ExpertProfileId,
    reason: Reason,
) -> Result<bool> {
    static FIND: Sql =
        Sql::new("SELECT id FROM expert_consents WHERE profile_id = $1 AND ended_at IS NULL");
    static END: Sql =
        Sql::new("UPDATE expert_consents SET ended_at = $2, ended_by = $3 WHERE id = $1");
    let standing: Option<Standing> = FIND.one(&act.tx, [of.0.into()]).await?;
    let Some(standing) = standing else {
        return Ok(false);
    };
    let by = act.ctx.actor()?.person;
    let values: [Value; 3] = [standing.id.into(), act.ctx.now.into(), by.0.into()];
    END.run(&act.tx, values).await?;
    notices::cancel_of_consent(&act.tx, act.ctx, standing.id, reason).await?;
    Ok(true)
}
