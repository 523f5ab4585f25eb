//! The coordinator's choice for a referral that waits: whom to ask and how, among the best; or nobody now.

use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, SupportPersonId};
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::referrals::matching::MatchReason;
use rinnalla_domain::referrals::{self, Candidate, Make, On, Referral};
use rinnalla_domain::states::{AskingChannel, ReferralStatus};
use rinnalla_domain::{people, support_persons};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How many of the best are shown; all of them, with the programme and more, are in the dashboards.
const SHOWN: u16 = 8;

/// Chosen where nobody suitable is free now.
const KEEP_WAITING: &str = "KEEP_WAITING";
/// Chosen where nobody suitable can be found.
const DECLINE: &str = "DECLINE";

/// The form, with the best candidates.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Asks the chosen one, or leaves the referral waiting, or declines it.
pub async fn record(visit: Visit) -> Result<Answer> {
    match done(&visit).await {
        Ok(what) => Ok(Answer::done(what)),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn done(visit: &Visit) -> Result<&'static str> {
    let mut reading = Reading::of(&visit.sent);
    let chosen = reading.text("supportPersonId");
    let on = reading.day("on");
    let (ctx, key) = (&visit.ctx, visit.key());
    let entry = |on| -> Result<On> {
        Ok(On {
            referral: visit.id()?,
            version: visit.version(),
            on: Some(on),
        })
    };
    match chosen.as_deref() {
        Some(KEEP_WAITING) => {
            let on = entry(reading.done(on)?)?;
            referrals::keep_waiting(ctx, &key, on).await?;
            Ok("referral-kept-waiting")
        }
        Some(DECLINE) => {
            let on = entry(reading.done(on)?)?;
            referrals::decline(ctx, &key, on).await?;
            Ok("referral-declined")
        }
        _ => {
            let channel = reading.choice("channel", AskingChannel::ALL, AskingChannel::code);
            let all = chosen.zip(on).zip(channel);
            let ((chosen, on), channel) = reading.done(all)?;
            let support_person = SupportPersonId::decode(&chosen);
            let input = Make {
                referral: visit.id()?,
                version: visit.version(),
                support_person: support_person
                    .ok_or_else(|| Error::invalid("supportPersonId", "UNKNOWN"))?,
                channel,
                on: Some(on),
            };
            referrals::make(ctx, &key, input).await?;
            Ok("referral-asked")
        }
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = super::find(visit).await?;
    // Whoever may not choose learns no more than that there is nothing to choose.
    if !super::may_handle(visit, &found) {
        return Err(Error::NotFound);
    }
    let texts = &visit.frame.texts;
    let mut choices = candidates(visit, &found).await?;
    if found.status == ReferralStatus::Submitted {
        choices.push((KEEP_WAITING.to_owned(), visit.say("referral-keep-waiting")));
    }
    choices.push((DECLINE.to_owned(), visit.say("referral-decline")));
    let channels = texts.named("asking", AskingChannel::ALL, AskingChannel::code);
    Form::new(visit, "referral-choose", faults)
        .about(super::facts(visit, &found).await?)
        .version(found.version)
        .choices("supportPersonId", choices, None)
        .choices("channel", channels, Some(AskingChannel::Register.code()))
        .day("on", Some(visit.ctx.today))
        .answer()
}

/// The best candidates, each with the name and what speaks for them.
async fn candidates(visit: &Visit, found: &Referral) -> Result<Vec<(String, String)>> {
    let best = referrals::candidates(&visit.ctx, found.id, None, SHOWN).await?;
    let best = best.ok_or(Error::NotFound)?;
    let ids: Vec<SupportPersonId> = best.iter().map(|it| it.support_person_id).collect();
    let rows = support_persons::for_ids(&visit.ctx, &ids).await?;
    let of: Vec<_> = rows.values().map(|it| it.person_id).collect();
    let contacts = people::for_ids(&visit.ctx, &of).await?;
    let names = Names::load(visit).await?;
    let listed = best.iter().filter_map(|one| {
        let person = rows.get(&one.support_person_id)?.person_id;
        let name = contacts.get(&person)?.name.reveal();
        let reasons = reasons(visit, &names, one);
        Some((
            one.support_person_id.encode(),
            format!("{name} – {reasons}"),
        ))
    });
    Ok(listed.collect())
}

fn reasons(visit: &Visit, names: &Names, one: &Candidate) -> String {
    let texts = &visit.frame.texts;
    let mut said: Vec<String> = one
        .reasons
        .iter()
        .filter_map(|reason| {
            Some(match reason {
                MatchReason::Background => texts.say("reason-background"),
                MatchReason::SameAgeBand => texts.say("reason-same-age"),
                MatchReason::NearAgeBand => texts.say("reason-near-age"),
                MatchReason::ServesMunicipality => texts.say("reason-municipality"),
                MatchReason::SameCounty => texts.say("reason-county"),
                MatchReason::SharedInterest(code) => names.code(CodeList::Interest, code),
                MatchReason::SharedWeekday => texts.say("reason-weekday"),
                // All who are listed share a language.
                MatchReason::SharedLanguage(_) => return None,
                MatchReason::Expert => texts.say("reason-expert"),
                MatchReason::FreeCapacity(free) => texts.with("reason-free", &[("number", *free)]),
            })
        })
        .collect();
    if !one.earlier.is_empty() {
        said.push(texts.say("reason-asked-before"));
    }
    said.join(", ")
}
