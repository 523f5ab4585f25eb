//! A proposal, and what is next with it: the support person's answer, in the register or by phone; the supported
//! person's, told by the professional; and then the contact details, which the coordinator gives.

mod facts;

use rinnalla_domain::access::{self, AnswerForSupportPerson, AnswerForSupported, HandleReferrals};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::MatchProposalId;
use rinnalla_domain::referrals::{
    self, Answer as Said, MatchProposal, ProposalWithdraw, SupportedAnswer,
};
use rinnalla_domain::states::{AskingChannel, MatchProposalStatus};
use rinnalla_domain::support_relationships::{self, Disclose};

use super::answer::Answer;
use super::form::{Faults, Form};
use super::item::Item;
use super::sent::Reading;
use super::visit::Visit;

/// Chosen in place of an answer where the association takes the proposal back.
const TAKEN_BACK: &str = "taken-back";

/// What is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The support person's own answer.
    SupportPerson,
    /// The same, as the coordinator heard it by phone.
    Phone,
    /// The supported person's, told by the professional or the coordinator.
    Supported,
    /// That the coordinator gives the contact details.
    Details,
}

impl Step {
    const ALL: [Self; 4] = [
        Self::SupportPerson,
        Self::Phone,
        Self::Supported,
        Self::Details,
    ];

    /// The form's texts.
    fn name(self) -> &'static str {
        match self {
            Self::SupportPerson => "proposal",
            Self::Phone => "proposal-phone",
            Self::Supported => "proposal-supported",
            Self::Details => "proposal-details",
        }
    }
}

/// What the proposal is about, and the question.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Does what is next.
pub async fn answer(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    // The form says which it was, so that one that is sent twice is the same although the proposal has moved on.
    let sent = visit.sent.get("step");
    let mut steps = Step::ALL.into_iter();
    let step = steps.find(|it| it.name() == sent).ok_or(Error::NotFound)?;
    let done = match (step, visit.sent.get("agrees")) {
        (Step::Details, _) => disclose(&visit, &found).await,
        (Step::Phone | Step::Supported, TAKEN_BACK) => take_back(&visit, &found).await,
        _ => record(&visit, &found, step).await,
    };
    match done {
        Ok(what) => Ok(Answer::done(what)),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn record(visit: &Visit, found: &MatchProposal, step: Step) -> Result<&'static str> {
    let mut reading = Reading::of(&visit.sent);
    let agrees = reading.needed_answer("agrees");
    // In the register the answer is given today.
    let on = match step {
        Step::SupportPerson => None,
        _ => reading.day("on"),
    };
    let agrees = reading.done(agrees)?;
    let (ctx, key) = (&visit.ctx, visit.key());
    if step == Step::Supported {
        let said = SupportedAnswer {
            proposal: found.id,
            version: visit.version(),
            agrees,
            on,
        };
        referrals::answer_for_supported(ctx, &key, said).await?;
    } else {
        let said = Said {
            proposal: found.id,
            version: visit.version(),
            agrees,
            channel: match step {
                Step::Phone => AskingChannel::Phone,
                _ => AskingChannel::Register,
            },
            on,
        };
        referrals::answer(ctx, &key, said).await?;
    }
    Ok("proposal")
}

async fn take_back(visit: &Visit, found: &MatchProposal) -> Result<&'static str> {
    let mut reading = Reading::of(&visit.sent);
    let on = reading.day("on");
    let input = ProposalWithdraw {
        proposal: found.id,
        version: visit.version(),
        on: Some(reading.done(on)?),
    };
    referrals::withdraw_proposal(&visit.ctx, &visit.key(), input).await?;
    Ok("proposal-taken-back")
}

async fn disclose(visit: &Visit, found: &MatchProposal) -> Result<&'static str> {
    let input = Disclose {
        proposal: found.id,
        version: visit.version(),
    };
    support_relationships::disclose(&visit.ctx, &visit.key(), input).await?;
    Ok("proposal-details")
}

/// The proposal in the path, or the same answer as for one that is not there.
async fn find(visit: &Visit) -> Result<MatchProposal> {
    let found = referrals::find_proposal(&visit.ctx, visit.id::<MatchProposalId>()?).await?;
    found.ok_or(Error::NotFound)
}

/// What the viewer may do at this stage; nothing where it is not the viewer's turn.
fn step(visit: &Visit, found: &MatchProposal) -> Option<Step> {
    use MatchProposalStatus::{Accepted, Asked, Offered};
    let (ctx, organisation) = (&visit.ctx, found.organisation_id);
    let may_call =
        || access::require::<AnswerForSupportPerson>(ctx).is_ok_and(|it| it.covers(organisation));
    match found.status {
        Asked if found.is_readers => Some(Step::SupportPerson),
        Asked if may_call() => Some(Step::Phone),
        Offered if visit.may::<AnswerForSupported>() => Some(Step::Supported),
        Accepted if may_handle(visit, found) => Some(Step::Details),
        _ => None,
    }
}

/// Whether the proposal is the viewer's association's.
fn may_handle(visit: &Visit, found: &MatchProposal) -> bool {
    access::require::<HandleReferrals>(&visit.ctx).is_ok_and(|it| it.covers(found.organisation_id))
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let texts = &visit.frame.texts;
    let Some(step) = step(visit, &found) else {
        let heading = visit.say("proposal-closed");
        return Answer::page(&Item {
            frame: visit.frame.titled(heading.clone()),
            heading,
            status: visit.say("proposal-closed-intro"),
            is_late: false,
            facts: facts::of(visit, &found, None).await?,
            ways: Vec::new(),
        });
    };
    let name = step.name();
    let form = Form::new(visit, name, faults)
        .about(facts::of(visit, &found, Some(step)).await?)
        .version(found.version)
        .hidden("step", name);
    if step == Step::Details {
        return form.answer();
    }
    let mut answers = ["yes", "no"]
        .map(|code| (code.to_owned(), texts.say(&format!("{name}-{code}"))))
        .to_vec();
    if step != Step::SupportPerson && may_handle(visit, &found) {
        answers.push((TAKEN_BACK.to_owned(), visit.say("proposal-taken-back")));
    }
    let form = form.choices("agrees", answers, None);
    match step {
        Step::SupportPerson => form.answer(),
        _ => form.day("on", Some(visit.ctx.today)).answer(),
    }
}
