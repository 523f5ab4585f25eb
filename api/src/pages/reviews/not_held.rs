//! Recording that a review is not held.

use rinnalla_domain::error::Result;
use rinnalla_domain::joint_reviews::{self, Happened, RecordReview};
use rinnalla_domain::states::NotHeldReason;

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records it.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let reason = reading.choice("reason", NotHeldReason::ALL, NotHeldReason::code);
        let input = RecordReview {
            review: visit.id()?,
            version: visit.version(),
            happened: Happened::NotHeld(reading.done(reason)?),
        };
        joint_reviews::record(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("review-not-held")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let reasons = visit
        .frame
        .texts
        .named("not-held", NotHeldReason::ALL, NotHeldReason::code);
    Form::new(visit, "review-not-held", faults)
        .about(super::facts(&visit.frame.texts, &found))
        .version(found.review.version)
        .back(super::back(&found))
        .choices("reason", reasons, None)
        .answer()
}
