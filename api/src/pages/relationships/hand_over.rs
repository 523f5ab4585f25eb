//! "This is no longer mine": to a colleague, or to the coordinator.

use rinnalla_domain::caseloads::{self, Leave};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, PersonId};
use rinnalla_domain::states::Role;
use rinnalla_domain::support_relationships::SupportRelationship;
use rinnalla_domain::{people, referrals};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// Chosen where the coordinator is to find somebody.
const COORDINATOR: &str = "COORDINATOR";

/// The form, with the viewer's colleagues.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Hands the case over.
pub async fn record(visit: Visit) -> Result<Answer> {
    let found = super::find(&visit).await?;
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let successor = reading.text("successorId");
        let successor = reading.done(successor)?;
        let successor = match successor.as_str() {
            COORDINATOR => None,
            id => {
                Some(PersonId::decode(id).ok_or_else(|| Error::invalid("successorId", "UNKNOWN"))?)
            }
        };
        let leave = Leave {
            case: found.case_id,
            version: visit.version(),
            successor,
        };
        caseloads::leave(&visit.ctx, &visit.key(), leave).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("hand-over")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let case = referrals::find_case(&visit.ctx, found.case_id).await?;
    let case = case.ok_or(Error::NotFound)?;
    let mut choices = colleagues(visit, &found).await?;
    choices.push((
        COORDINATOR.to_owned(),
        visit.say("hand-over-to-coordinator"),
    ));
    Form::new(visit, "hand-over", faults)
        .about(super::facts(visit, &found))
        .version(case.version)
        .back(super::back(&found))
        .choices("successorId", choices, None)
        .answer()
}

/// The professionals of the organisation that referred the case, by name.
async fn colleagues(visit: &Visit, found: &SupportRelationship) -> Result<Vec<(String, String)>> {
    let colleagues = people::colleagues(&visit.ctx).await?;
    Ok(colleagues
        .into_iter()
        .filter(|it| it.role == Role::Professional)
        .filter(|it| it.organisation_id == found.referring_organisation_id)
        .map(|it| (it.id.encode(), it.name.reveal().clone()))
        .collect())
}
