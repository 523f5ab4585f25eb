//! Recording the first meeting: the professional is there and hands over. A coordinator may record an exception.

use rinnalla_domain::access::{self, ManageRelationships};
use rinnalla_domain::error::Result;
use rinnalla_domain::states::HandoverException;
use rinnalla_domain::support_relationships::{
    RecordFirstMeeting, SupportRelationship, record_first_meeting,
};

use super::hand_over_sheet;
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
    let found = super::find(&visit).await?;
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let held_on = reading.day("heldOn");
        let professional_present = reading.tick("professionalPresent");
        let exception_reason = match visit.sent.get("exceptionReason") {
            "" => None,
            _ => reading.choice(
                "exceptionReason",
                HandoverException::ALL,
                HandoverException::code,
            ),
        };
        let input = RecordFirstMeeting {
            relationship: found.id,
            version: visit.version(),
            held_on: reading.done(held_on)?,
            professional_present,
            exception_reason,
            // The case's responsible professional hands over; where there is none yet, whoever records it says so.
            handover_by: professional_present
                .then_some(found.professional_id)
                .flatten(),
        };
        record_first_meeting(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("first-meeting")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    let form = Form::new(visit, "first-meeting", faults)
        .about(super::facts(visit, &found))
        .version(found.version)
        .back(super::back(&found))
        .day("heldOn", Some(visit.ctx.today))
        .tick("professionalPresent", true);
    let form = match hand_over_sheet::is_for(visit, &found) {
        true => form.link(
            format!("{}/hand-over-sheet", super::back(&found)),
            "hand-over-sheet-way",
        ),
        false => form,
    };
    if !may_except(visit, &found) {
        return form.answer();
    }
    let reasons =
        visit
            .frame
            .texts
            .named("exception", HandoverException::ALL, HandoverException::code);
    form.choices("exceptionReason", reasons, None).answer()
}

/// The exception is the coordinator's to record.
fn may_except(visit: &Visit, found: &SupportRelationship) -> bool {
    access::require::<ManageRelationships>(&visit.ctx)
        .is_ok_and(|scope| scope.covers(found.organisation_id))
}
