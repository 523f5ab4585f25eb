//! What an expert does: the task, where, for how much of the working time, on what terms and with what money.

use rinnalla_domain::access::ManageExperts;
use rinnalla_domain::error::Result;
use rinnalla_domain::experts::{self, Assign, AssignmentDetails};
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
        let what = host.zip(task).zip(pct.zip(from));
        let terms = compensation.zip(employment).zip(funding.zip(phase));
        let (((host, task), (working_time_pct, from_on)), terms) = reading.done(what.zip(terms))?;
        let ((compensation, employment), (funding, phase)) = terms;
        let input = Assign {
            profile: visit.id()?,
            version: visit.version(),
            details: AssignmentDetails {
                host,
                task,
                place,
                working_time_pct,
                compensation,
                employment,
                funding,
                phase,
                target_groups: visit.sent.all("targetGroups"),
                from_on,
                to_on,
            },
        };
        experts::assign(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/experts?done=expert-assigned")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
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
    let phases = texts.named("phase", RehabilitationPhase::ALL, RehabilitationPhase::code);
    let paid = texts.named("compensation", Compensation::ALL, Compensation::code);
    let terms = texts.named("employment", Employment::ALL, Employment::code);
    let funding = texts.named("funding", FundingStatus::ALL, FundingStatus::code);
    Form::new(visit, "expert-assign", faults)
        .about(about)
        .version(found.version)
        .back("/experts".to_owned())
        .select("task", names.all(CodeList::ExpertTask), None)
        .choices("hostId", named(&known), None)
        .line("place", None)
        .number("workingTimePct", None)
        .choices("compensation", paid, None)
        .choices("employment", terms, None)
        .choices("funding", funding, Some(FundingStatus::Granted.code()))
        .select("phase", phases, Some(RehabilitationPhase::Unknown.code()))
        .several("targetGroups", names.all(CodeList::TargetGroup), Vec::new())
        .day("fromOn", Some(visit.ctx.today))
        .day("toOn", None)
        .answer()
}
