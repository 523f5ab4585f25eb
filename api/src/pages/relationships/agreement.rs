//! Recording the agreement of the two: the first, or a changed one, which begins with the terms that hold now.

use rinnalla_domain::error::Result;
use rinnalla_domain::organisations::{self, CodeList};
use rinnalla_domain::states::MeetingRhythm;
use rinnalla_domain::support_relationships::{self, RecordAgreement, Terms};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// What most agree on first.
const USUAL_INTERVAL_MONTHS: i32 = 3;

/// The form, with the terms that hold now.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records the terms.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let starts_on = reading.day("startsOn");
        let ends_on = reading.day_if("endsOn");
        let is_open_ended = reading.tick("isOpenEnded");
        let rhythm = reading.choice("rhythm", MeetingRhythm::ALL, MeetingRhythm::code);
        let places = visit.sent.all("places");
        let review_interval_months = reading.number("reviewIntervalMonths");
        let professional_follows = reading.tick("professionalFollows");
        let signed_on = reading.day("signedOn");
        let days = starts_on.zip(signed_on);
        let all = days.zip(rhythm.zip(review_interval_months));
        let terms = reading.done(all.map(
            |((starts_on, signed_on), (rhythm, review_interval_months))| Terms {
                starts_on,
                ends_on,
                is_open_ended,
                rhythm,
                places,
                review_interval_months,
                professional_follows,
                signed_on,
            },
        ))?;
        let input = RecordAgreement {
            relationship: visit.id()?,
            version: visit.version(),
            terms,
        };
        support_relationships::record_agreement(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("agreement")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let now = support_relationships::current_agreements_for(&visit.ctx, &[found.id])
        .await?
        .remove(&found.id);
    let now = now.as_ref();
    let texts = &visit.frame.texts;
    let codes = organisations::codes(&visit.ctx, &[CodeList::MeetingPlace]).await?;
    let places = codes
        .into_iter()
        .filter(|code| code.is_active)
        .map(|code| (code.code, code.name));
    let rhythms = texts.named("rhythm", MeetingRhythm::ALL, MeetingRhythm::code);
    let today = visit.ctx.today;
    let starts_on = match now {
        None => found.first_meeting_on,
        Some(_) => Some(today),
    };
    Form::new(visit, "agreement", faults)
        .about(super::facts(visit, &found))
        .version(found.version)
        .back(super::back(&found))
        .link(
            format!("{}/agreement-sheet", super::back(&found)),
            "agreement-sheet-way",
        )
        .day("startsOn", starts_on)
        .tick("isOpenEnded", now.is_some_and(|it| it.ends_on.is_none()))
        .day("endsOn", now.and_then(|it| it.ends_on))
        .choices("rhythm", rhythms, now.map(|it| it.rhythm.code()))
        .several(
            "places",
            places,
            now.map(|it| it.places.clone()).unwrap_or_default(),
        )
        .number(
            "reviewIntervalMonths",
            Some(now.map_or(USUAL_INTERVAL_MONTHS, |it| it.review_interval_months.into())),
        )
        .tick(
            "professionalFollows",
            now.is_none_or(|it| it.professional_follows),
        )
        .day("signedOn", Some(today))
        .answer()
}
