//! What is told before an answer: to the support person of the case, to the professional of the support person, nothing
//! that names anybody; to the coordinator, who is to be called.

use rinnalla_domain::error::Result;
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::referrals::{self, MatchProposal};
use rinnalla_domain::{people, support_persons};

use super::Step;
use crate::pages::form::Fact;
use crate::pages::names::Names;
use crate::pages::visit::Visit;

/// What is told of a proposal at a stage.
pub async fn of(visit: &Visit, found: &MatchProposal, step: Option<Step>) -> Result<Vec<Fact>> {
    let texts = &visit.frame.texts;
    let about = referrals::asked_about_for(&visit.ctx, &[found.id])
        .await?
        .remove(&found.id);
    let mut facts = Vec::new();
    facts.extend(
        about
            .as_ref()
            .map(|it| texts.fact("case", it.case_code.clone())),
    );
    match step {
        None => {}
        Some(Step::SupportPerson) => {
            let names = Names::load(visit).await?;
            facts.extend(about.map(|it| case(visit, &names, &it)).unwrap_or_default());
        }
        Some(Step::Supported) => facts.extend(supporter(visit, found).await?),
        Some(Step::Phone | Step::Details) => facts.extend(called(visit, found).await?),
    }
    Ok(facts)
}

fn case(visit: &Visit, names: &Names, about: &referrals::AskedAbout) -> Vec<Fact> {
    let texts = &visit.frame.texts;
    let background = about.background.code().to_lowercase().replace('_', "-");
    let mut facts = vec![
        texts.fact("background", texts.say(&format!("background-{background}"))),
        texts.fact("county", names.county(&about.county_code)),
    ];
    if !about.interests.is_empty() {
        let interests = names.codes(CodeList::Interest, &about.interests);
        facts.push(texts.fact("interests", interests));
    }
    if !about.wishes.is_empty() {
        let wishes = names.codes(CodeList::MatchWish, &about.wishes);
        facts.push(texts.fact("wishes", wishes));
    }
    facts
}

async fn supporter(visit: &Visit, found: &MatchProposal) -> Result<Vec<Fact>> {
    let texts = &visit.frame.texts;
    let names = Names::load(visit).await?;
    let people = referrals::proposed_people_for(&visit.ctx, &[found.id]).await?;
    let Some(person) = people.get(&found.id) else {
        return Ok(Vec::new());
    };
    let background = person.background.code().to_lowercase().replace('_', "-");
    let background = texts.say(&format!("supporter-{background}"));
    let mut facts = vec![
        texts.fact("supporter-background", background),
        texts.fact("county", names.county(&person.county_code)),
    ];
    if let Some(decade) = person.birth_decade {
        let decade = texts.with("decade", &[("decade", decade.to_string())]);
        facts.push(texts.fact("birth-decade", decade));
    }
    if !person.interests.is_empty() {
        let interests = names.codes(CodeList::Interest, &person.interests);
        facts.push(texts.fact("interests", interests));
    }
    Ok(facts)
}

/// The association's own support person, with the number to call.
async fn called(visit: &Visit, found: &MatchProposal) -> Result<Vec<Fact>> {
    let texts = &visit.frame.texts;
    let Some(id) = found.support_person_id else {
        return Ok(Vec::new());
    };
    let Some(who) = support_persons::find(&visit.ctx, id).await? else {
        return Ok(Vec::new());
    };
    let Some(contact) = people::find(&visit.ctx, who.person_id).await? else {
        return Ok(Vec::new());
    };
    let mut facts = vec![texts.fact("support-person", contact.name.reveal().clone())];
    facts.extend(
        contact
            .phone
            .map(|it| texts.fact("phone", it.reveal().clone())),
    );
    facts.extend(
        contact
            .email
            .map(|it| texts.fact("email", it.reveal().clone())),
    );
    Ok(facts)
}
