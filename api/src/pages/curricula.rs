//! What courses teach, as its keeper sees it: the versions, what their eight sessions are about, and the workshops that
//! worked them out.

pub mod versions;
pub mod workshops;

use rinnalla_domain::access::ManageCourses;
use rinnalla_domain::curricula::{self, Curriculum, Session, Workshop, rules};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{CurriculumId, Id as _};

use super::answer::Answer;
use super::form::Fact;
use super::listing::{Card, Listing, Way};
use super::visit::Visit;

/// Every version, by name and then the latest first.
pub async fn list(visit: Visit) -> Result<Answer> {
    if !visit.may::<ManageCourses>() {
        return Err(Error::NotFound);
    }
    let found = curricula::list(&visit.ctx, None).await?;
    let ids: Vec<CurriculumId> = found.iter().map(|it| it.id).collect();
    let workshops = curricula::workshops_for(&visit.ctx, &ids).await?;
    let card = |row: &Curriculum| {
        let held = workshops.get(&row.id).map_or(0, Vec::len);
        let path = format!("/curricula/{}", row.id.encode());
        Card {
            title: called(&visit, row),
            status: followed(&visit, row),
            warnings: missing(&visit, held).into_iter().collect(),
            lines: Vec::new(),
            ways: vec![Way::new(&visit, path, "curriculum-look")],
        }
    };
    let mut listing = Listing::new(&visit, visit.say("curricula"), "curricula-none");
    listing
        .ways
        .push(Way::new(&visit, "/curricula/new", "curriculum-new"));
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

/// One version: what its sessions are about, and its workshops.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    let ids = [found.id];
    let mut sessions = curricula::sessions_for(&visit.ctx, &ids).await?;
    let mut workshops = curricula::workshops_for(&visit.ctx, &ids).await?;
    let sessions = sessions.remove(&found.id).unwrap_or_default();
    let workshops = workshops.remove(&found.id).unwrap_or_default();
    let texts = &visit.frame.texts;
    let path = format!("/curricula/{}", found.id.encode());
    let mut facts = vec![texts.fact("curriculum-followed", followed(&visit, &found))];
    let missing = missing(&visit, workshops.len());
    facts.extend(missing.map(|told| texts.fact("curriculum-workshops", told)));
    facts.extend(workshops.iter().map(|it| workshop(&visit, it)));
    let mut listing = Listing::new(&visit, called(&visit, &found), "curriculum-sessions-none");
    listing.back = Way::new(&visit, "/curricula", "back-to-curricula");
    listing.facts = facts;
    if found.courses == 0 {
        let edit = Way::new(&visit, format!("{path}/edit"), "curriculum-edit");
        listing.ways.push(edit);
    }
    let next = format!("/curricula/new?from={}", found.id.encode());
    listing.ways.push(Way::new(&visit, next, "curriculum-next"));
    let add = format!("{path}/workshop");
    listing.ways.push(Way::new(&visit, add, "workshop-add"));
    if !workshops.is_empty() {
        let cancel = format!("{path}/workshop-cancel");
        let cancel = Way::new(&visit, cancel, "workshop-cancel");
        listing.ways.push(cancel);
    }
    listing.cards = sessions.into_iter().map(|it| session(&visit, it)).collect();
    listing.answer()
}

/// The version in the path, for whoever keeps curricula; whoever only leads a course finds no such page.
async fn find(visit: &Visit) -> Result<Curriculum> {
    match visit.may::<ManageCourses>() {
        true => curricula::find(&visit.ctx, visit.id()?)
            .await?
            .ok_or(Error::NotFound),
        false => Err(Error::NotFound),
    }
}

/// The name of a version with its number.
pub fn called(visit: &Visit, of: &Curriculum) -> String {
    let words = [("name", of.name.clone()), ("no", of.no.to_string())];
    visit.frame.texts.with("curriculum-called", &words)
}

fn followed(visit: &Visit, of: &Curriculum) -> String {
    let texts = &visit.frame.texts;
    texts.with("curriculum-courses", &[("number", of.courses)])
}

/// How many workshops are still to be held, where some are.
fn missing(visit: &Visit, held: usize) -> Option<String> {
    let missing = i64::try_from(rules::workshops_missing(held)).unwrap_or_default();
    let texts = &visit.frame.texts;
    (missing > 0).then(|| texts.with("curriculum-workshops-missing", &[("number", missing)]))
}

fn workshop(visit: &Visit, of: &Workshop) -> Fact {
    let texts = &visit.frame.texts;
    let words = [
        ("date", texts.date(of.on_date)),
        ("professionals", of.professionals.to_string()),
        ("developers", of.developers.to_string()),
        ("changed", of.changed.clone()),
    ];
    texts.fact("workshop", texts.with("workshop-told", &words))
}

fn session(visit: &Visit, of: Session) -> Card {
    let texts = &visit.frame.texts;
    let no = [("no", of.no.to_string())];
    Card {
        title: of.theme,
        status: texts.with("curriculum-session", &no),
        warnings: Vec::new(),
        lines: [of.methods, of.materials].into_iter().flatten().collect(),
        ways: Vec::new(),
    }
}
