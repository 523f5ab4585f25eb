//! "This is no longer mine": a professional gives up one case, to a colleague or to the coordinator.

use rinnalla_entity::ids::{CaseProfessionalId, Id as _, PersonId, SupportedCaseId};

use super::rules::{self, Part};
use super::{is_professional, queries, take, tell};
use crate::access::{self, MoveCaseload};
use crate::act::{Begun, IdempotencyKey};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};

/// A case that the actor gives up.
#[derive(Clone, Copy, Debug)]
pub struct Leave {
    /// The case.
    pub case: SupportedCaseId,
    /// The case's version that the act was decided on.
    pub version: i32,
    /// Who takes over what the actor was on the case; nobody where the coordinator is to find somebody.
    pub successor: Option<PersonId>,
}

/// Gives up the actor's own part in a case. The successor takes it over as it was: responsible where the actor was. Without
/// a successor the case has no responsible professional: it waits for the coordinator at once, and its reminders go
/// there.
///
/// Errors: `NotFound`, also where the actor is not on the case; `Conflict` (`STALE_VERSION`); `Invalid`
/// (`successorId NOT_A_PROFESSIONAL_THERE`, `successorId SAME_TWICE`).
pub async fn leave(ctx: &Ctx, key: &IdempotencyKey, input: Leave) -> Result<SupportedCaseId> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let mut act = match ctx.begin("caseProfessionalLeave", key, input.case).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportedCaseId(done)),
    };
    let case = take(&act, &scope, input.case, input.version).await?;
    let current = queries::current(&act.tx, [input.case]).await?;
    let of = |person: PersonId| -> Vec<Part> {
        let parts = current.iter().filter(|part| part.person_id == person);
        parts.copied().collect()
    };
    let own = of(scope.actor());
    if own.is_empty() {
        return Err(Error::NotFound);
    }
    let mut change = rules::Change::default();
    match input.successor {
        None => {
            change.end.extend(own.iter().map(|part| part.id));
            if own.iter().any(|part| part.is_responsible) {
                queries::give_up(&act.tx, input.case, ctx.today).await?;
            }
        }
        Some(person) => {
            let fits = is_professional(&act, person, case.referring_organisation_id).await?;
            Violations::default()
                .check(person != scope.actor(), "successorId", "SAME_TWICE")
                .check(fits, "successorId", "NOT_A_PROFESSIONAL_THERE")
                .done()?;
            change = rules::hand_over(&own, &of(person), person);
        }
    }
    let begin: Vec<_> = change
        .begin
        .into_iter()
        .map(|new| (CaseProfessionalId::random(), new))
        .collect();
    queries::end_parts(&act.tx, &change.end, ctx.today).await?;
    queries::begin_parts(&act.tx, &begin, ctx.today).await?;
    tell(&mut act, &scope, &[(input.case, case.organisation_id)]).await?;
    act.done().await.map(SupportedCaseId)
}
