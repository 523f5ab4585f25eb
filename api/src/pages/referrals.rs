//! A referral, and what is next with it: the professional's steps to submitting it, and the coordinator's choice of whom
//! to ask.

pub mod begin;
pub mod choose;
pub mod prepare;

use rinnalla_domain::access::{self, HandleReferrals, Refer};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, ReferralId};
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::referrals::{self, Referral};
use rinnalla_domain::states::ReferralStatus;

use super::answer::Answer;
use super::form::Fact;
use super::item::Item;
use super::names::Names;
use super::visit::Visit;

/// Leads to what is next, for whoever may do it; else says how the referral stands.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    if let Some(way) = next(&visit, &found).await? {
        return Ok(Answer::to(&format!(
            "/referrals/{}/{way}",
            found.id.encode()
        )));
    }
    let heading = visit.say("referral");
    let code = found.status.code().to_lowercase().replace('_', "-");
    Answer::page(&Item {
        frame: visit.frame.titled(heading.clone()),
        heading,
        status: visit.say(&format!("referral-is-{code}")),
        is_late: false,
        facts: facts(&visit, &found).await?,
        ways: Vec::new(),
    })
}

async fn next(visit: &Visit, found: &Referral) -> Result<Option<&'static str>> {
    Ok(match found.status {
        ReferralStatus::Draft if visit.may::<Refer>() => Some(prepare::next(visit, found).await?),
        ReferralStatus::Submitted | ReferralStatus::Waiting if may_handle(visit, found) => {
            Some("choose")
        }
        _ => None,
    })
}

fn may_handle(visit: &Visit, found: &Referral) -> bool {
    access::require::<HandleReferrals>(&visit.ctx).is_ok_and(|it| it.covers(found.organisation_id))
}

/// The referral in the path, or the same answer as for one that is not there.
async fn find(visit: &Visit) -> Result<Referral> {
    let found = referrals::find(&visit.ctx, visit.id::<ReferralId>()?).await?;
    found.ok_or(Error::NotFound)
}

/// What the referral tells of the supported person: nothing that names anybody.
async fn facts(visit: &Visit, found: &Referral) -> Result<Vec<Fact>> {
    let texts = &visit.frame.texts;
    let case = referrals::find_case(&visit.ctx, found.case_id).await?;
    let case = case.ok_or(Error::NotFound)?;
    let names = Names::load(visit).await?;
    let background = case.background.code().to_lowercase().replace('_', "-");
    let mut facts = vec![
        texts.fact("case", case.code.clone()),
        texts.fact("background", texts.say(&format!("background-{background}"))),
        texts.fact("county", names.county(&case.county_code)),
    ];
    let decade = case.details.as_ref().and_then(|it| it.birth_decade);
    if let Some(decade) = decade {
        let decade = texts.with("decade", &[("decade", decade.to_string())]);
        facts.push(texts.fact("birth-decade", decade));
    }
    let interests = referrals::interests_for_cases(&visit.ctx, &[found.case_id]).await?;
    if let Some(of) = interests.get(&found.case_id).filter(|of| !of.is_empty()) {
        facts.push(texts.fact("interests", names.codes(CodeList::Interest, of)));
    }
    let wishes = referrals::wishes_for(&visit.ctx, &[found.id]).await?;
    if let Some(of) = wishes.get(&found.id).filter(|of| !of.is_empty()) {
        facts.push(texts.fact("wishes", names.codes(CodeList::MatchWish, of)));
    }
    Ok(facts)
}
