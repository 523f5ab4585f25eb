//! A new training: its name, who trains, its two weekends.

use rinnalla_domain::access::ManageTrainings;
use rinnalla_domain::error::Result;
use rinnalla_domain::trainings::{self, Create, Details};

use super::path_of;
use crate::pages::answer::Answer;
use crate::pages::associations::{Own, named};
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Plans it.
pub async fn plan(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let name = reading.text("name");
        let trainer = reading.id("trainerId");
        let days = (reading.day("firstOn"), reading.day("secondOn"));
        let told = name.zip(trainer).zip(days.0.zip(days.1));
        let (organisation, ((name, trainer), (first_on, second_on))) =
            reading.done(organisation.zip(told))?;
        let input = Create {
            organisation,
            details: Details {
                name,
                trainer,
                first_on,
                second_on,
            },
        };
        trainings::create(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!(
            "{}?done=training-planned",
            path_of(id)
        ))),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageTrainings>(visit)?;
    let known = own.with_partners(visit).await?;
    own.ask(Form::new(visit, "training-plan", faults), &known)
        .back("/trainings".to_owned())
        .line("name", None)
        .choices("trainerId", named(&known), None)
        .day("firstOn", None)
        .day("secondOn", None)
        .answer()
}
