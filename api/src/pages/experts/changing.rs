//! An expert's assignment as it has become: its last day, its funding, whatever is otherwise; or taken back, where it was
//! recorded in error.

use rinnalla_domain::access::ManageExperts;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::experts::{self, CorrectAssignment, ExpertAssignment, OnAssignment};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::organisations::CodeList;

use super::assign::{details, terms};
use crate::pages::answer::Answer;
use crate::pages::associations::{Own, named};
use crate::pages::form::{Faults, Form};
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The form with what stands.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Puts it right.
pub async fn correct(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let details = details(&mut reading, &visit);
        let input = CorrectAssignment {
            assignment: visit.id()?,
            version: visit.version(),
            details: reading.done(details)?,
        };
        experts::correct_assignment(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/experts?done=assignment-edit")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The question whether it was recorded in error.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_page(&visit, Faults::default()).await
}

/// Takes it back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let on = OnAssignment {
            assignment: visit.id()?,
            version: visit.version(),
        };
        experts::cancel_assignment(&visit.ctx, &visit.key(), on).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/experts?done=assignment-cancel")),
        Err(error) => cancel_page(&visit, Faults::of(error)?).await,
    }
}

/// The assignment in the path, for whoever keeps the register.
async fn assignment(visit: &Visit) -> Result<ExpertAssignment> {
    match visit.may::<ManageExperts>() {
        true => experts::find_assignment(&visit.ctx, visit.id()?)
            .await?
            .ok_or(Error::NotFound),
        false => Err(Error::NotFound),
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageExperts>(visit)?;
    let found = assignment(visit).await?;
    let known = own.with_partners(visit).await?;
    let names = Names::load(visit).await?;
    let mut groups = experts::target_groups_for(&visit.ctx, &[found.id]).await?;
    let groups = groups.remove(&found.id).unwrap_or_default();
    let path = visit.frame.path.clone();
    let form = Form::new(visit, "assignment-edit", faults)
        .version(found.version)
        .back("/experts".to_owned())
        .link(format!("{path}/cancel"), "assignment-cancel")
        .select(
            "task",
            names.all(CodeList::ExpertTask),
            Some(found.task.clone()),
        )
        .choices("hostId", named(&known), Some(found.host_id.encode()))
        .line("place", found.place.clone())
        .number("workingTimePct", Some(found.working_time_pct.into()));
    terms(form, visit, Some(&found))
        .several("targetGroups", names.all(CodeList::TargetGroup), groups)
        .day("fromOn", Some(found.from_on))
        .day("toOn", found.to_on)
        .answer()
}

async fn cancel_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = assignment(visit).await?;
    let names = Names::load(visit).await?;
    let texts = &visit.frame.texts;
    let task = names.code(CodeList::ExpertTask, &found.task);
    let back = visit.frame.path.trim_end_matches("/cancel").to_owned();
    Form::new(visit, "assignment-cancel", faults)
        .about(vec![texts.fact("assignment", task)])
        .version(found.version)
        .back(back)
        .answer()
}
