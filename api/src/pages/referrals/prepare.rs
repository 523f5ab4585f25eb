//! A professional's steps from a draft to a submitted referral: the supported person is interested, consents, and then it
//! is sent. Each is an act of its own with its own day.

use rinnalla_domain::error::Result;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::referrals::{self, ConsentRecord, On, Referral, Submit};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// What the draft lacks first.
pub(super) async fn next(visit: &Visit, found: &Referral) -> Result<&'static str> {
    let of = referrals::preparation_for(&visit.ctx, &[found.id])
        .await?
        .remove(&found.id)
        .unwrap_or_default();
    Ok(if of.interest_confirmed_on.is_none() {
        "interest"
    } else if of.consent_given_on.is_none() {
        "consent"
    } else {
        "submit"
    })
}

/// The form of the interest.
pub async fn show_interest(visit: Visit) -> Result<Answer> {
    page(&visit, "referral-interest", Faults::default()).await
}

/// Records that the supported person is interested.
pub async fn interest(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let on = reading.day("on");
        let on = on_day(&visit, Some(reading.done(on)?))?;
        referrals::confirm_interest(&visit.ctx, &visit.key(), on).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!("/referrals/{}", id.encode()))),
        Err(error) => page(&visit, "referral-interest", Faults::of(error)?).await,
    }
}

/// The form of the consent.
pub async fn show_consent(visit: Visit) -> Result<Answer> {
    page(&visit, "referral-consent", Faults::default()).await
}

/// Records the consent, and to which wording it was given.
pub async fn consent(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let on = reading.day("on");
        let text_version = reading.text("textVersion");
        let (on, text_version) = reading.done(on.zip(text_version))?;
        let on = on_day(&visit, Some(on))?;
        let input = ConsentRecord { on, text_version };
        referrals::record_consent(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!("/referrals/{}", id.encode()))),
        Err(error) => page(&visit, "referral-consent", Faults::of(error)?).await,
    }
}

/// The last look before it is sent.
pub async fn show_submit(visit: Visit) -> Result<Answer> {
    page(&visit, "referral-send", Faults::default()).await
}

/// Submits the referral.
pub async fn submit(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = Submit {
            referral: visit.id()?,
            version: visit.version(),
        };
        referrals::submit(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("referral")),
        Err(error) => page(&visit, "referral-send", Faults::of(error)?).await,
    }
}

fn on_day(visit: &Visit, on: Option<chrono::NaiveDate>) -> Result<On> {
    Ok(On {
        referral: visit.id()?,
        version: visit.version(),
        on,
    })
}

async fn page(visit: &Visit, name: &'static str, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let form = Form::new(visit, name, faults)
        .about(super::facts(visit, &found).await?)
        .version(found.version);
    match name {
        "referral-send" => form.answer(),
        "referral-consent" => form
            .day("on", Some(visit.ctx.today))
            .line("textVersion", None)
            .answer(),
        _ => form.day("on", Some(visit.ctx.today)).answer(),
    }
}
