//! Somebody more who takes part in a training.

use rinnalla_domain::error::Result;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::SupportPersonStatus;
use rinnalla_domain::trainings::{self, OnParticipant};

use super::{choosable, days, find, parts, path_of};
use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// Whom to choose from.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Adds them, and asks for the next.
pub async fn add(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let who = reading.id("supportPersonId");
        let input = OnParticipant {
            training: visit.id()?,
            version: visit.version(),
            support_person: reading.done(who)?,
        };
        trainings::add(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!("{}?done=training-added", path_of(id)))),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    use SupportPersonStatus::{Applicant, InTraining};
    let found = find(visit).await?;
    let taken: Vec<String> = parts(visit, found.id)
        .await?
        .iter()
        .map(|it| it.support_person_id.encode())
        .collect();
    let mut people = choosable(visit, &[Applicant, InTraining]).await?;
    people.retain(|(id, _)| !taken.contains(id));
    let texts = &visit.frame.texts;
    Form::new(visit, "training-add", faults)
        .about(vec![
            texts.fact("training", found.name.clone()),
            texts.fact("training-days", days(texts, &found)),
        ])
        .version(found.version)
        .back(path_of(found.id))
        .select("supportPersonId", people, None)
        .answer()
}
