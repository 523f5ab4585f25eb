//! Trainings of support persons: when, who takes part, who was at which weekend.

pub mod attest;
pub mod plan;
pub mod taking_part;
pub mod weekends;

use std::collections::HashMap;

use rinnalla_domain::access::ManageTrainings;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, SupportPersonId, TrainingId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::SupportPersonStatus;
use rinnalla_domain::support_persons::{self, SupportPerson};
use rinnalla_domain::trainings::{self, Participant, Training};

use super::answer::Answer;
use super::associations::{self, Own};
use super::listing::{Card, Listing, Way};
use super::texts::Texts;
use super::visit::Visit;

/// How many stand on the page, the latest first.
const ROWS: u16 = 40;

/// Every training of the association.
pub async fn list(visit: Visit) -> Result<Answer> {
    Own::of::<ManageTrainings>(&visit)?;
    let page = PageArgs {
        first: ROWS,
        after: None,
        total: false,
    };
    let found = trainings::list(&visit.ctx, &Default::default(), page)
        .await?
        .rows;
    let ids: Vec<TrainingId> = found.iter().map(|it| it.id).collect();
    let parts = trainings::participants_for(&visit.ctx, &ids).await?;
    let texts = &visit.frame.texts;
    let card = |row: &Training| {
        let parts = parts.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let done = parts
            .iter()
            .filter(|it| it.attended_first && it.attended_second);
        let counts = [("all", parts.len()), ("done", done.count())];
        Card {
            title: row.name.clone(),
            status: status(&visit, row),
            warnings: Vec::new(),
            lines: vec![days(texts, row), texts.with("training-counts", &counts)],
            ways: vec![Way::new(&visit, path_of(row.id), "training-open")],
        }
    };
    let cards = found.iter().map(card).collect();
    let mut listing = Listing::new(&visit, visit.say("trainings"), "trainings-none");
    listing.ways = vec![
        Way::new(&visit, "/trainings/new", "training-plan"),
        Way::new(&visit, "/trainings/attest", "training-attest"),
    ];
    listing.cards = cards;
    listing.answer()
}

/// One training, with everybody who takes part.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    let parts = parts(&visit, found.id).await?;
    let people = people_of(&visit, &parts).await?;
    let texts = &visit.frame.texts;
    let weekend = |on, was_there: bool| {
        let said = texts.say(match was_there {
            true => "training-was-there",
            false => "training-not-recorded",
        });
        format!("{}: {said}", texts.day(on))
    };
    let card = |part: &Participant| {
        let who = people.get(&part.support_person_id);
        Card {
            title: who.map_or_else(|| texts.say("attendance-nameless"), |it| it.name.clone()),
            status: who.map(|it| standing(texts, it.status)).unwrap_or_default(),
            warnings: Vec::new(),
            lines: vec![
                weekend(found.first_on, part.attended_first),
                weekend(found.second_on, part.attended_second),
            ],
            ways: Vec::new(),
        }
    };
    let path = path_of(found.id);
    let mut ways = Vec::new();
    if !found.is_cancelled {
        for (act, on, text) in [
            ("first", found.first_on, "training-first"),
            ("second", found.second_on, "training-second"),
        ] {
            if on <= visit.ctx.today && !parts.is_empty() {
                ways.push(Way::new(&visit, format!("{path}/{act}"), text));
            }
        }
        ways.push(Way::new(&visit, format!("{path}/add"), "training-add"));
    }
    let mut listing = Listing::new(&visit, found.name.clone(), "training-nobody");
    listing.back = Way::new(&visit, "/trainings", "trainings");
    listing.facts = vec![
        texts.fact("training-status", status(&visit, &found)),
        texts.fact("training-days", days(texts, &found)),
    ];
    listing.ways = ways;
    listing.cards = parts.iter().map(card).collect();
    listing.answer()
}

fn path_of(id: TrainingId) -> String {
    format!("/trainings/{}", id.encode())
}

fn days(texts: &Texts, of: &Training) -> String {
    format!("{}, {}", texts.day(of.first_on), texts.day(of.second_on))
}

fn status(visit: &Visit, of: &Training) -> String {
    let today = visit.ctx.today;
    visit.say(match of.is_cancelled {
        true => "training-is-cancelled",
        false if today < of.first_on => "training-is-to-come",
        false if today < of.second_on => "training-is-between",
        false => "training-is-over",
    })
}

fn standing(texts: &Texts, status: SupportPersonStatus) -> String {
    texts.name_of("supporter-is", &status.code())
}

/// The training in the path.
async fn find(visit: &Visit) -> Result<Training> {
    Own::of::<ManageTrainings>(visit)?;
    let found = trainings::find(&visit.ctx, visit.id()?).await?;
    found.ok_or(Error::NotFound)
}

async fn parts(visit: &Visit, of: TrainingId) -> Result<Vec<Participant>> {
    let mut found = trainings::participants_for(&visit.ctx, &[of]).await?;
    Ok(found.remove(&of).unwrap_or_default())
}

/// A support person by name.
struct Trainee {
    name: String,
    status: SupportPersonStatus,
}

async fn people_of(
    visit: &Visit,
    parts: &[Participant],
) -> Result<HashMap<SupportPersonId, Trainee>> {
    let ids: Vec<SupportPersonId> = parts.iter().map(|it| it.support_person_id).collect();
    let found = support_persons::for_ids(&visit.ctx, &ids).await?;
    named(visit, found.into_values().collect()).await
}

async fn named(
    visit: &Visit,
    found: Vec<SupportPerson>,
) -> Result<HashMap<SupportPersonId, Trainee>> {
    let people: Vec<_> = found.iter().map(|it| it.person_id).collect();
    let names = associations::names(visit, &people).await?;
    let trainee = |it: SupportPerson| {
        let name = names.get(&it.person_id)?.clone();
        let status = it.status;
        Some((it.id, Trainee { name, status }))
    };
    Ok(found.into_iter().filter_map(trainee).collect())
}

/// The association's support persons in some states, by name, to choose from.
async fn choosable(
    visit: &Visit,
    statuses: &[SupportPersonStatus],
) -> Result<Vec<(String, String)>> {
    let filter = support_persons::Filter {
        statuses: statuses.to_vec(),
        ..Default::default()
    };
    let page = PageArgs::new(Some(100), None, false)?;
    let found = support_persons::list(&visit.ctx, &filter, page).await?.rows;
    let named = named(visit, found).await?;
    let rows = named.into_iter().map(|(id, it)| (id.encode(), it.name));
    Ok(associations::by_name(rows))
}
