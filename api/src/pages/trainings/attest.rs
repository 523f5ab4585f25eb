//! A training that was completed earlier or elsewhere, attested by a coordinator: the gate is met as by two weekends.

use rinnalla_domain::access::ManageTrainings;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::states::SupportPersonStatus;
use rinnalla_domain::support_persons::{self, Record};

use super::choosable;
use crate::pages::answer::Answer;
use crate::pages::associations::Own;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// Whom to choose from.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Attests it.
pub async fn attest(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let told = reading.id("supportPersonId").zip(reading.day("on"));
        let (support_person, on) = reading.done(told)?;
        let found = support_persons::find(&visit.ctx, support_person).await?;
        let found = found.ok_or_else(|| Error::invalid("supportPersonId", "UNKNOWN"))?;
        let input = Record {
            support_person,
            // Many are chosen from, so that the form is of no version; what stands against it is a rule's to say.
            version: found.version,
            on: Some(on),
        };
        support_persons::attest_earlier_training(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/trainings?done=training-attested")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    use SupportPersonStatus::{Applicant, InTraining};
    Own::of::<ManageTrainings>(visit)?;
    let people = choosable(visit, &[Applicant, InTraining]).await?;
    Form::new(visit, "training-attest", faults)
        .back("/trainings".to_owned())
        .select("supportPersonId", people, None)
        .day("on", None)
        .answer()
}
