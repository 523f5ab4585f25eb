//! The register of experts by experience as its keeper sees it: who is trained, who is listed until when, who does what,
//! and how many full-time experts that makes beside those who are planned.

use std::collections::HashMap;

use rinnalla_domain::access::ManageExperts;
use rinnalla_domain::error::Result;
use rinnalla_domain::experts::{self, ExpertAssignment, ExpertProfile, Filter};
use rinnalla_domain::ids::{ExpertProfileId, Id as _, OrganisationId, PersonId};
use rinnalla_domain::organisations::{self, CodeList, Organisation};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::{ExpertStatus, FundingStatus};

use crate::pages::answer::Answer;
use crate::pages::associations::{self, Own};
use crate::pages::form::Fact;
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::names::Names;
use crate::pages::visit::Visit;

/// How many stand on the page, the longest in the register first.
const ROWS: i32 = 100;

/// How many days before its end a consent is warned of.
const SOON_DAYS: i64 = 30;

/// Everybody in the register.
pub async fn list(visit: Visit) -> Result<Answer> {
    let own = Own::of::<ManageExperts>(&visit)?;
    let page = PageArgs::new(Some(ROWS), None, false)?;
    let found = experts::list(&visit.ctx, &Filter::default(), page)
        .await?
        .rows;
    let ids: Vec<ExpertProfileId> = found.iter().map(|it| it.id).collect();
    let people: Vec<PersonId> = found.iter().map(|it| it.person_id).collect();
    let mut assignments = experts::assignments_for(&visit.ctx, &ids).await?;
    let hosts: Vec<OrganisationId> = assignments
        .values()
        .flatten()
        .map(|it| it.host_id)
        .collect();
    let said = Said {
        people: associations::names(&visit, &people).await?,
        hosts: organisations::for_ids(&visit.ctx, &hosts).await?,
        names: Names::load(&visit).await?,
    };
    let mut facts = Vec::new();
    for of in own.all() {
        facts.extend(capacity(&visit, *of).await?);
    }
    let card = |row: &ExpertProfile| {
        let done = assignments.remove(&row.id).unwrap_or_default();
        said.card(&visit, row, &done)
    };
    let cards = found.iter().map(card).collect();
    let mut listing = Listing::new(&visit, visit.say("experts"), "experts-none");
    listing
        .ways
        .push(Way::new(&visit, "/experts/new", "expert-new"));
    listing
        .ways
        .push(Way::new(&visit, "/experts/cohorts", "cohorts"));
    listing.facts = facts;
    listing.cards = cards;
    listing.answer()
}

/// What codes and ids are called.
struct Said {
    people: HashMap<PersonId, String>,
    hosts: HashMap<OrganisationId, Organisation>,
    names: Names,
}

impl Said {
    fn card(&self, visit: &Visit, row: &ExpertProfile, done: &[ExpertAssignment]) -> Card {
        let texts = &visit.frame.texts;
        let today = visit.ctx.today;
        let mut warnings = Vec::new();
        let mut lines = Vec::new();
        match row.consent_until_on.filter(|until| *until >= today) {
            None => lines.push(texts.say("expert-not-listed")),
            Some(until) => {
                let told = texts.with("expert-listed", &[("until", texts.date(until))]);
                match (until - today).num_days() <= SOON_DAYS {
                    true => warnings.push(told),
                    false => lines.push(told),
                }
            }
        }
        let is_under_way = |it: &&ExpertAssignment| it.to_on.is_none_or(|to| to >= today);
        lines.extend(
            done.iter()
                .filter(is_under_way)
                .map(|it| self.assignment(visit, it)),
        );
        let name = self.people.get(&row.person_id).cloned();
        let path = format!("/experts/{}", row.id.encode());
        let mut ways = vec![Way::new(visit, format!("{path}/assign"), "expert-assign")];
        ways.extend(done.iter().map(|it| self.correcting(visit, it)));
        ways.push(Way::new(visit, path, "expert-consent"));
        Card {
            title: name.unwrap_or_else(|| texts.say("attendance-nameless")),
            status: texts.say(match row.status(today) {
                ExpertStatus::Trained => "expert-is-trained",
                ExpertStatus::InTraining => "expert-is-in-training",
            }),
            warnings,
            lines,
            ways,
        }
    }

    /// Where an assignment is ended or put right, whether it is under way or over.
    fn correcting(&self, visit: &Visit, of: &ExpertAssignment) -> Way {
        let words = [
            ("task", self.names.code(CodeList::ExpertTask, &of.task)),
            ("date", visit.frame.texts.date(of.from_on)),
        ];
        Way {
            path: format!("/assignments/{}", of.id.encode()),
            label: visit.frame.texts.with("assignment-edit-of", &words),
        }
    }

    fn assignment(&self, visit: &Visit, of: &ExpertAssignment) -> String {
        let host = self.hosts.get(&of.host_id).map(|host| host.name.clone());
        let told = [
            Some(self.names.code(CodeList::ExpertTask, &of.task)),
            of.place.clone(),
            host,
        ];
        let told: Vec<String> = told.into_iter().flatten().collect();
        let told = format!("{}: {} %", told.join(", "), of.working_time_pct);
        match of.funding {
            FundingStatus::Granted => told,
            other => format!(
                "{told}, {}",
                visit.frame.texts.name_of("funding", &other.code())
            ),
        }
    }
}

/// How many full-time experts there are beside those who are planned.
async fn capacity(visit: &Visit, of: OrganisationId) -> Result<Vec<Fact>> {
    let Some(found) = experts::capacity(&visit.ctx, of, None).await? else {
        return Ok(Vec::new());
    };
    let texts = &visit.frame.texts;
    let number = |number: f64| texts.with("full-time", &[("number", texts.decimal(number))]);
    let planned = found
        .planned
        .map(|planned| texts.fact("experts-planned", number(planned)));
    let mut facts: Vec<Fact> = planned.into_iter().collect();
    facts.push(texts.fact("experts-there", number(found.actual)));
    if found.applied_for > 0.0 {
        facts.push(texts.fact("experts-applied-for", number(found.applied_for)));
    }
    Ok(facts)
}
