//! Booking a day for a review: one reminder before it then takes the place of the others.

use rinnalla_domain::error::Result;
use rinnalla_domain::joint_reviews::{self, BookReview};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The form, with the day that is booked already.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Books the day.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let day = reading.day("bookedFor");
        let input = BookReview {
            review: visit.id()?,
            version: visit.version(),
            booked_for: reading.done(day)?,
        };
        joint_reviews::book(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("review-booked")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    Form::new(visit, "review-book", faults)
        .about(super::facts(&visit.frame.texts, &found))
        .version(found.review.version)
        .back(super::back(&found))
        .day("bookedFor", found.review.particulars()?.booked_for)
        .answer()
}
