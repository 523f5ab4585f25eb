//! Writing somebody into the register of experts by experience: who was trained, by whom, when and for what.

use std::collections::BTreeSet;

use rinnalla_domain::access::ManageExperts;
use rinnalla_domain::error::Result;
use rinnalla_domain::experts::{self, Add, Details};
use rinnalla_domain::ids::{ExpertCohortId, Id as _, OrganisationId, PersonId};
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::Role;

use super::cohorts::{ROWS, term};
use crate::pages::answer::Answer;
use crate::pages::associations::{Own, in_a_role, named};
use crate::pages::form::{Faults, Form};
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Writes them into it.
pub async fn add(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let whom = reading.id("organisationId").zip(reading.id("personId"));
        let trainer = reading.id("trainerId");
        let cohort: Option<Option<ExpertCohortId>> = match visit.sent.get("expertCohortId") {
            "" => Some(None),
            _ => reading.id("expertCohortId").map(Some),
        };
        let trained_on = reading.day_if("trainedOn");
        let told = whom.zip(trainer).zip(cohort);
        let (((organisation, person), trainer), cohort) = reading.done(told)?;
        let input = Add {
            organisation,
            person,
            details: Details {
                trainer,
                cohort,
                trained_on,
                purposes: visit.sent.all("purposes"),
            },
        };
        experts::add(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/experts?done=expert-new")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageExperts>(visit)?;
    let known = own.with_partners(visit).await?;
    let names = Names::load(visit).await?;
    let all = PageArgs::new(Some(ROWS), None, false)?;
    let cohorts = experts::cohorts(&visit.ctx, all).await?.rows;
    let cohorts = cohorts.iter().map(|it| {
        let told = format!("{} ({})", it.name, term(visit, it));
        (it.id.encode(), told)
    });
    let people = who_may_stand(visit, own.all()).await?;
    own.ask(Form::new(visit, "expert-new", faults), &known)
        .back("/experts".to_owned())
        .select("personId", people, None)
        .choices("trainerId", named(&known), None)
        .select("expertCohortId", cohorts.collect::<Vec<_>>(), None)
        .day("trainedOn", None)
        .several("purposes", names.all(CodeList::ExpertPurpose), Vec::new())
        .answer()
}

/// Whoever is an expert of the association today and does not stand in its register yet, by name.
async fn who_may_stand(visit: &Visit, own: &[OrganisationId]) -> Result<Vec<(String, String)>> {
    let all = PageArgs::new(Some(ROWS), None, false)?;
    let stand = experts::list(&visit.ctx, &Default::default(), all).await?;
    let stand: BTreeSet<PersonId> = stand.rows.iter().map(|it| it.person_id).collect();
    let people = in_a_role(visit, own, &[Role::Expert]).await?.into_iter();
    let people = people.filter(|(id, _)| !stand.contains(id));
    Ok(people.map(|(id, name)| (id.encode(), name)).collect())
}
