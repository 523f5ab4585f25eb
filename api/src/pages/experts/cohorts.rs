//! Cohorts of experts by experience: trainings that some took together.

use rinnalla_domain::access::ManageExperts;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::experts::{self, AddCohort, CohortDetails, CorrectCohort, ExpertCohort};
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::organisations;
use rinnalla_domain::page::PageArgs;

use crate::pages::answer::Answer;
use crate::pages::associations::{Own, named};
use crate::pages::form::{Faults, Form};
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How many stand on the page, the latest in the register first.
pub(super) const ROWS: i32 = 100;

/// Every cohort.
pub async fn list(visit: Visit) -> Result<Answer> {
    Own::of::<ManageExperts>(&visit)?;
    let page = PageArgs::new(Some(ROWS), None, false)?;
    let found = experts::cohorts(&visit.ctx, page).await?.rows;
    let trainers: Vec<OrganisationId> = found.iter().map(|it| it.trainer_id).collect();
    let trainers = organisations::for_ids(&visit.ctx, &trainers).await?;
    let texts = &visit.frame.texts;
    let card = |row: &ExpertCohort| {
        let trainer = trainers.get(&row.trainer_id).map(|it| it.name.clone());
        let path = format!("/experts/cohorts/{}", row.id.encode());
        let has_ended = row.ends_on < visit.ctx.today;
        Card {
            title: row.name.clone(),
            status: texts.say(match has_ended {
                true => "cohort-ended",
                false => "cohort-under-way",
            }),
            warnings: Vec::new(),
            lines: [Some(term(&visit, row)), trainer]
                .into_iter()
                .flatten()
                .collect(),
            ways: vec![Way::new(&visit, path, "cohort-edit")],
        }
    };
    let mut listing = Listing::new(&visit, visit.say("cohorts"), "cohorts-none");
    listing.back = Way::new(&visit, "/experts", "back-to-experts");
    listing
        .ways
        .push(Way::new(&visit, "/experts/cohorts/new", "cohort-new"));
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

/// From which day to which.
pub(super) fn term(visit: &Visit, of: &ExpertCohort) -> String {
    let texts = &visit.frame.texts;
    format!("{}–{}", texts.date(of.starts_on), texts.date(of.ends_on))
}

/// The empty form.
pub async fn show_new(visit: Visit) -> Result<Answer> {
    new(&visit, Faults::default()).await
}

/// Writes it down.
pub async fn add(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let details = details(&mut reading);
        let (organisation, details) = reading.done(organisation.zip(details))?;
        let input = AddCohort {
            organisation,
            details,
        };
        experts::add_cohort(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/experts/cohorts?done=cohort-new")),
        Err(error) => new(&visit, Faults::of(error)?).await,
    }
}

/// The form of putting one right.
pub async fn show_edit(visit: Visit) -> Result<Answer> {
    edit(&visit, Faults::default()).await
}

/// Puts it right.
pub async fn correct(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let details = details(&mut reading);
        let input = CorrectCohort {
            cohort: visit.id()?,
            version: visit.version(),
            details: reading.done(details)?,
        };
        experts::correct_cohort(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/experts/cohorts?done=cohort-edit")),
        Err(error) => edit(&visit, Faults::of(error)?).await,
    }
}

fn details(reading: &mut Reading<'_>) -> Option<CohortDetails> {
    let name = reading.text("name");
    let trainer = reading.id("trainerId");
    let days = reading.day("startsOn").zip(reading.day("endsOn"));
    let (starts_on, ends_on) = days?;
    Some(CohortDetails {
        name: name?,
        trainer: trainer?,
        starts_on,
        ends_on,
    })
}

async fn new(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageExperts>(visit)?;
    let known = own.with_partners(visit).await?;
    own.ask(Form::new(visit, "cohort-new", faults), &known)
        .back("/experts/cohorts".to_owned())
        .line("name", None)
        .choices("trainerId", named(&known), None)
        .day("startsOn", None)
        .day("endsOn", None)
        .answer()
}

async fn edit(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageExperts>(visit)?;
    let found = experts::find_cohort(&visit.ctx, visit.id()?).await?;
    let found = found.ok_or(Error::NotFound)?;
    let known = own.with_partners(visit).await?;
    Form::new(visit, "cohort-edit", faults)
        .version(found.version)
        .back("/experts/cohorts".to_owned())
        .line("name", Some(found.name))
        .choices("trainerId", named(&known), Some(found.trainer_id.encode()))
        .day("startsOn", Some(found.starts_on))
        .day("endsOn", Some(found.ends_on))
        .answer()
}
