//! A proposal, answered: by the support person for themselves, or by the professional for the supported person.

use rinnalla_domain::access::{self, AnswerForSupportPerson, AnswerForSupported};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::MatchProposalId;
use rinnalla_domain::organisations::{self, CodeList};
use rinnalla_domain::referrals::{self, Answer as Said, MatchProposal, SupportedAnswer};
use rinnalla_domain::states::{AskingChannel, MatchProposalStatus};
use rinnalla_domain::texts::Language;

use super::answer::Answer;
use super::form::{Fact, Faults, Form};
use super::item::Item;
use super::sent::Reading;
use super::visit::Visit;

/// Whose answer is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The support person's own.
    SupportPerson,
    /// The supported person's, told by the professional or the coordinator.
    Supported,
}

/// What the proposal is about, and the question.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records the answer.
pub async fn answer(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    let whose = whose(&visit, &found).ok_or(Error::NotFound)?;
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let agrees = reading.needed_answer("agrees");
        let on = match whose {
            // In the register the answer is given today.
            Whose::SupportPerson => None,
            Whose::Supported => reading.day("on"),
        };
        let agrees = reading.done(agrees)?;
        match whose {
            Whose::SupportPerson => {
                let said = Said {
                    proposal: found.id,
                    version: visit.version(),
                    agrees,
                    channel: AskingChannel::Register,
                    on,
                };
                referrals::answer(&visit.ctx, &visit.key(), said).await
            }
            Whose::Supported => {
                let said = SupportedAnswer {
                    proposal: found.id,
                    version: visit.version(),
                    agrees,
                    on,
                };
                referrals::answer_for_supported(&visit.ctx, &visit.key(), said).await
            }
        }
    };
    match done.await {
        Ok(_) => Ok(Answer::done("proposal")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The proposal in the path, or the same answer as for one that is not there.
async fn find(visit: &Visit) -> Result<MatchProposal> {
    let found = referrals::find_proposal(&visit.ctx, visit.id::<MatchProposalId>()?).await?;
    found.ok_or(Error::NotFound)
}

/// Whose answer the viewer may give at this stage; nobody's where none is waited for any more.
fn whose(visit: &Visit, found: &MatchProposal) -> Option<Whose> {
    let is_own = found.support_person_id.is_some()
        && access::require::<AnswerForSupportPerson>(&visit.ctx)
            .is_ok_and(|scope| !scope.support_people().is_empty());
    match found.status {
        MatchProposalStatus::Asked if is_own => Some(Whose::SupportPerson),
        MatchProposalStatus::Offered if visit.may::<AnswerForSupported>() => Some(Whose::Supported),
        _ => None,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let texts = &visit.frame.texts;
    let Some(whose) = whose(visit, &found) else {
        let heading = visit.say("proposal-closed");
        return Answer::page(&Item {
            frame: visit.frame.titled(heading.clone()),
            heading,
            status: visit.say("proposal-closed-intro"),
            is_late: false,
            facts: facts(visit, &found, None).await?,
            ways: Vec::new(),
        });
    };
    let name = match whose {
        Whose::SupportPerson => "proposal",
        Whose::Supported => "proposal-supported",
    };
    let answers = ["yes", "no"].map(|code| (code.to_owned(), texts.say(&format!("{name}-{code}"))));
    let form = Form::new(visit, name, faults)
        .about(facts(visit, &found, Some(whose)).await?)
        .version(found.version)
        .choices("agrees", answers, None);
    match whose {
        Whose::SupportPerson => form.answer(),
        Whose::Supported => form.day("on", Some(visit.ctx.today)).answer(),
    }
}

/// What is told before the answer: to the support person of the case, to the professional of the support person; nothing
/// that names anybody.
async fn facts(visit: &Visit, found: &MatchProposal, whose: Option<Whose>) -> Result<Vec<Fact>> {
    let texts = &visit.frame.texts;
    let ids = [found.id];
    let about = referrals::asked_about_for(&visit.ctx, &ids)
        .await?
        .remove(&found.id);
    let mut facts = Vec::new();
    facts.extend(
        about
            .as_ref()
            .map(|it| texts.fact("case", it.case_code.clone())),
    );
    let codes =
        organisations::codes(&visit.ctx, &[CodeList::Interest, CodeList::MatchWish]).await?;
    let named = |list: CodeList, of: &[String]| {
        let name = |code: &String| {
            let found = codes.iter().find(|it| it.list == list && it.code == *code);
            found.map_or_else(|| code.clone(), |it| it.name.clone())
        };
        of.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let counties = organisations::counties(&visit.ctx).await?;
    let county = |code: &str| {
        let found = counties.iter().find(|it| it.code == code);
        match (found, visit.frame.texts.language) {
            (Some(county), Language::Sv) => county.name_sv.clone(),
            (Some(county), _) => county.name_fi.clone(),
            (None, _) => code.to_owned(),
        }
    };
    match (whose, about) {
        (Some(Whose::SupportPerson), Some(about)) => {
            let background = format!(
                "background-{}",
                about.background.code().to_lowercase().replace('_', "-")
            );
            facts.push(texts.fact("background", texts.say(&background)));
            facts.push(texts.fact("county", county(&about.county_code)));
            if !about.interests.is_empty() {
                facts.push(texts.fact("interests", named(CodeList::Interest, &about.interests)));
            }
            if !about.wishes.is_empty() {
                facts.push(texts.fact("wishes", named(CodeList::MatchWish, &about.wishes)));
            }
        }
        (Some(Whose::Supported), _) => {
            let people = referrals::proposed_people_for(&visit.ctx, &ids).await?;
            if let Some(person) = people.get(&found.id) {
                let background = format!(
                    "supporter-{}",
                    person.background.code().to_lowercase().replace('_', "-")
                );
                facts.push(texts.fact("supporter-background", texts.say(&background)));
                facts.push(texts.fact("county", county(&person.county_code)));
                if let Some(decade) = person.birth_decade {
                    facts.push(texts.fact(
                        "birth-decade",
                        texts.with("decade", &[("decade", decade.to_string())]),
                    ));
                }
                if !person.interests.is_empty() {
                    facts.push(
                        texts.fact("interests", named(CodeList::Interest, &person.interests)),
                    );
                }
            }
        }
        _ => {}
    }
    Ok(facts)
}
