//! Recording that a review was held.

use rinnalla_domain::error::Result;
use rinnalla_domain::joint_reviews::{self, Happened, Held, RecordReview};
use rinnalla_domain::states::{ReviewChannel, ReviewOutcome, ReviewProgress};

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
        let input = RecordReview {
            review: visit.id()?,
            version: visit.version(),
            happened: Happened::Held(read(&visit)?),
        };
        joint_reviews::record(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("review-held")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

fn read(visit: &Visit) -> Result<Held> {
    let mut reading = Reading::of(&visit.sent);
    let held_on = reading.day("heldOn");
    let channel = reading.choice("channel", ReviewChannel::ALL, ReviewChannel::code);
    let progress = reading.choice("progress", ReviewProgress::ALL, ReviewProgress::code);
    let outcome = reading.choice("outcome", ReviewOutcome::ALL, ReviewOutcome::code);
    let next_interval_months = match visit.sent.get("nextIntervalMonths") {
        "" => None,
        _ => reading.number("nextIntervalMonths"),
    };
    let supported_present = reading.tick("supportedPresent");
    let support_person_present = reading.tick("supportPersonPresent");
    // With all three there is nothing to ask: the box may be left as it is.
    let settles_cycle = match supported_present && support_person_present {
        true => None,
        false => reading.yes_or_no("settlesCycle"),
    };
    let professional_present = reading.tick("professionalPresent");
    let all = held_on.zip(channel).zip(progress.zip(outcome));
    reading.done(all.map(|((held_on, channel), (progress, outcome))| Held {
        held_on,
        professional_present,
        supported_present,
        support_person_present,
        settles_cycle,
        channel,
        progress,
        outcome,
        next_interval_months,
    }))
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let texts = &visit.frame.texts;
    let today = visit.ctx.today;
    let known = found.review.particulars()?;
    let likely = known.booked_for.filter(|day| *day <= today);
    let interval = i32::from(known.interval_months);
    Form::new(visit, "review-held", faults)
        .about(super::facts(&visit.frame.texts, &found))
        .version(found.review.version)
        .back(super::back(&found))
        .day("heldOn", Some(likely.unwrap_or(today)))
        .tick("professionalPresent", true)
        .under("review-held-present")
        .tick("supportedPresent", true)
        .tick("supportPersonPresent", true)
        .yes_or_no("settlesCycle")
        .choices(
            "channel",
            texts.named("channel", ReviewChannel::ALL, ReviewChannel::code),
            None,
        )
        .choices(
            "progress",
            texts.named("progress", ReviewProgress::ALL, ReviewProgress::code),
            None,
        )
        .choices(
            "outcome",
            texts.named("outcome", ReviewOutcome::ALL, ReviewOutcome::code),
            None,
        )
        .number("nextIntervalMonths", Some(interval))
        .answer()
}
