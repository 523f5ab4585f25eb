//! The page behind the mail of a consent that ends: the expert renews it, or ends it; and the register's keeper records
//! what the expert said.

pub mod adding;
pub mod assign;
pub mod changing;
pub mod cohorts;
pub mod register;

use rinnalla_domain::access::ManageExperts;
use rinnalla_domain::calendar::add_months;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::experts::{self, ExpertProfile, GiveConsent, OnProfile};

use super::answer::Answer;
use super::form::{Fact, Faults, Form};
use super::sent::Reading;
use super::visit::Visit;

/// How long a renewed consent is likely to last, in months.
const LIKELY_MONTHS: i32 = 12;

/// The form of renewing it.
pub async fn show_renewal(visit: Visit) -> Result<Answer> {
    renewal(&visit, Faults::default()).await
}

/// Renews it until a day.
pub async fn renew(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let until = reading.day("until");
        let until = reading.done(until)?;
        let input = GiveConsent {
            profile: visit.id()?,
            version: visit.version(),
            until,
        };
        experts::give_consent(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(leads(&visit, "listing-consent")),
        Err(error) => renewal(&visit, Faults::of(error)?).await,
    }
}

/// The question whether to end it.
pub async fn show_end(visit: Visit) -> Result<Answer> {
    ending(&visit, Faults::default()).await
}

/// Ends it.
pub async fn end(visit: Visit) -> Result<Answer> {
    let done = async {
        let on = OnProfile {
            profile: visit.id()?,
            version: visit.version(),
        };
        experts::end_consent(&visit.ctx, &visit.key(), on).await
    };
    match done.await {
        Ok(_) => Ok(leads(&visit, "listing-consent-end")),
        Err(error) => ending(&visit, Faults::of(error)?).await,
    }
}

async fn renewal(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let likely = add_months(visit.ctx.today, LIKELY_MONTHS);
    let name = match is_own(visit, &found)? {
        true => "listing-consent",
        false => "listed-consent",
    };
    let form = Form::new(visit, name, faults)
        .back(home(visit).to_owned())
        .about(facts(visit, &found))
        .version(found.version)
        .day("until", Some(likely));
    match found.consent_until_on {
        Some(_) => form.link(format!("{}/end", visit.frame.path), "listing-consent-end"),
        None => form,
    }
    .answer()
}

async fn ending(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let back = visit.frame.path.trim_end_matches("/end").to_owned();
    let name = match is_own(visit, &found)? {
        true => "listing-consent-end",
        false => "listed-consent-end",
    };
    Form::new(visit, name, faults)
        .about(facts(visit, &found))
        .version(found.version)
        .back(back)
        .answer()
}

/// Whether the viewer is the expert.
fn is_own(visit: &Visit, found: &ExpertProfile) -> Result<bool> {
    Ok(visit.ctx.actor()?.person == found.person_id)
}

/// Where the viewer comes from: the register's keeper from the register.
fn home(visit: &Visit) -> &'static str {
    match visit.may::<ManageExperts>() {
        true => "/experts",
        false => "/",
    }
}

fn leads(visit: &Visit, done: &str) -> Answer {
    Answer::to(&format!("{}?done={done}", home(visit)))
}

async fn find(visit: &Visit) -> Result<ExpertProfile> {
    let found = experts::find(&visit.ctx, visit.id()?).await?;
    found.ok_or(Error::NotFound)
}

/// Whose register it is, and until when the consent lasts.
fn facts(visit: &Visit, found: &ExpertProfile) -> Vec<Fact> {
    let texts = &visit.frame.texts;
    let until = found.consent_until_on;
    let until = until.map(|day| texts.fact("consent-until", texts.day(day)));
    let register = texts.fact("register", found.register_name.clone());
    [register].into_iter().chain(until).collect()
}
