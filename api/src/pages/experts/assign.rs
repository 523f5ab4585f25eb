//! What an expert does: the task, where, for how much of the working time, on what terms and with what money.

use rinnalla_domain::access::ManageExperts;
use rinnalla_domain::error::Result;
use rinnalla_domain::experts::{self, Assign, AssignmentDetails, ExpertAssignment};
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::states::{Compensation, Employment, FundingStatus, RehabilitationPhase};

use super::{facts, find};
use crate::pages::answer::Answer;
use crate::pages::associations::{self, Own, named};
use crate::pages::form::{Faults, Form};
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records it.
pub async fn assign(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let details = details(&mut reading, &visit);
        let input = Assign {
            profile: visit.id()?,
            version: visit.version(),
            details: reading.done(details)?,
        };
        experts::assign(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/experts?done=expert-assigned")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// What is told of an assignment.
pub(super) fn details(reading: &mut Reading<'_>, visit: &Visit) -> Option<AssignmentDetails> {
    let host = reading.id("hostId");
    let task = reading.text("task");
    let place = reading.text_if("place");
    let pct = reading.number("workingTimePct");
    let compensation = reading.choice("compensation", Compensation::ALL, Compensation::code);
    let employment = reading.choice("employment", Employment::ALL, Employment::code);
    let funding = reading.choice("funding", FundingStatus::ALL, FundingStatus::code);
    let phase = reading.choice("phase", RehabilitationPhase::ALL, RehabilitationPhase::code);
    let from = reading.day("fromOn");
    let to_on = reading.day_if("toOn");
    Some(AssignmentDetails {
        host: host?,
        task: task?,
        place,
        working_time_pct: pct?,
        compensation: compensation?,
        employment: employment?,
        funding: funding?,
        phase: phase?,
        target_groups: visit.sent.all("targetGroups"),
        from_on: from?,
        to_on,
    })
}

/// The fields of the terms: with what stands, or with what is likely.
pub(super) fn terms(form: Form, visit: &Visit, of: Option<&ExpertAssignment>) -> Form {
    let texts = &visit.frame.texts;
    let phases = texts.named("phase", RehabilitationPhase::ALL, RehabilitationPhase::code);
    let paid = texts.named("compensation", Compensation::ALL, Compensation::code);
    let terms = texts.named("employment", Employment::ALL, Employment::code);
    let funding = texts.named("funding", FundingStatus::ALL, FundingStatus::code);
    let funded = of.map_or(FundingStatus::Granted, |it| it.funding);
    let phase = of.map_or(RehabilitationPhase::Unknown, |it| it.phase);
    form.choices("compensation", paid, of.map(|it| it.compensation.code()))
        .choices("employment", terms, of.map(|it| it.employment.code()))
        .choices("funding", funding, Some(funded.code()))
        .select("phase", phases, Some(phase.code()))
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageExperts>(visit)?;
    let found = find(visit).await?;
    let known = own.with_partners(visit).await?;
    let names = Names::load(visit).await?;
    let who = associations::names(visit, &[found.person_id]).await?;
    let texts = &visit.frame.texts;
    let mut about = facts(visit, &found);
    about.extend(who.into_values().map(|name| texts.fact("expert", name)));
    let form = Form::new(visit, "expert-assign", faults)
        .about(about)
        .version(found.version)
        .back("/experts".to_owned())
        .select("task", names.all(CodeList::ExpertTask), None)
        .choices("hostId", named(&known), None)
        .line("place", None)
        .number("workingTimePct", None);
    terms(form, visit, None)
        .several("targetGroups", names.all(CodeList::TargetGroup), Vec::new())
        .day("fromOn", Some(visit.ctx.today))
        .day("toOn", None)
        .answer()
}
