//! The end of a relationship: its last day, and a word on why.

use rinnalla_domain::error::Result;
use rinnalla_domain::states::EndReason;
use rinnalla_domain::support_relationships::{self, End};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records the end.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let ended_on = reading.day("endedOn");
        let reason = reading.choice("endReason", EndReason::ALL, EndReason::code);
        let (ended_on, reason) = reading.done(ended_on.zip(reason))?;
        let input = End {
            relationship: visit.id()?,
            version: visit.version(),
            ended_on,
            reason,
        };
        support_relationships::end(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("end")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let reasons = visit
        .frame
        .texts
        .named("end-reason", EndReason::ALL, EndReason::code);
    Form::new(visit, "end", faults)
        .about(super::facts(visit, &found))
        .version(found.version)
        .back(super::back(&found))
        .day("endedOn", Some(visit.ctx.today))
        .choices("endReason", reasons, None)
        .answer()
}
