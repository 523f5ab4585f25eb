//! A case whose professional gave it up: the coordinator names another.

use rinnalla_domain::caseloads::{self, ChangeResponsible};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, SupportedCaseId};
use rinnalla_domain::referrals;

use super::answer::Answer;
use super::form::{Faults, Form};
use super::names::Names;
use super::sent::Reading;
use super::visit::Visit;

/// The form, with the professionals who can be named.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Makes the chosen professional responsible.
pub async fn name_professional(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let person = reading.id("personId");
        let input = ChangeResponsible {
            case: visit.id()?,
            version: visit.version(),
            person: reading.done(person)?,
        };
        caseloads::change_responsible(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("professional-named")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = referrals::find_case(&visit.ctx, visit.id::<SupportedCaseId>()?).await?;
    // Whoever sees no more than the code has nothing to choose.
    let case = found.filter(|it| it.details.is_some());
    let case = case.ok_or(Error::NotFound)?;
    let eligible = caseloads::eligible(&visit.ctx, case.id).await?;
    let choices = eligible
        .iter()
        .map(|it| (it.id.encode(), it.name.reveal().clone()));
    let texts = &visit.frame.texts;
    let names = Names::load(visit).await?;
    let facts = vec![
        texts.fact("case", case.code.clone()),
        texts.fact("county", names.county(&case.county_code)),
    ];
    Form::new(visit, "name-professional", faults)
        .about(facts)
        .version(case.version)
        .choices("personId", choices, None)
        .answer()
}
