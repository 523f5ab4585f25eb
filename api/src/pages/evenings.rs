//! A drop-in place on a guide's phone: today's openings, a tap for each visit, who is there and who comes instead.

pub mod door;
pub mod wishes;

use askama::Template;
use poem::http::StatusCode;
use rinnalla_domain::access::KeepOpenings;
use rinnalla_domain::drop_in_places::rules::{Closure, clock};
use rinnalla_domain::drop_in_places::{
    self as places, CancelOpening, Count, DropInPlace, Entry, PlaceRoleTerm, ReplaceShift, TakeUp,
};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{DropInPlaceId, Id, OpeningId, OpeningRuleId, OpeningShiftId, PersonId};
use rinnalla_domain::people;
use rinnalla_domain::states::{ClosedReason, PlaceRole};

use super::answer::Answer;
use super::form::{Choice, Faults};
use super::listing::{Card, Listing, Way};
use super::visit::{Frame, Visit};

/// What a tap does: its word, and the text `evening-…` of its button.
const TAPS: [&str; 4] = ["visit", "first", "support", "back"];

#[derive(Template)]
#[template(path = "evening.html")]
struct Evening {
    frame: Frame,
    done: Option<String>,
    faults: Vec<String>,
    key: String,
    ways: Vec<Way>,
    slots: Vec<Slot>,
}

/// One of today's openings.
struct Slot {
    time: String,
    /// Why it does not take place.
    closed: Option<String>,
    /// The rule that makes it, where nothing of it is recorded yet.
    rule: Option<String>,
    opening: Option<Open>,
}

/// An opening that is under way, or may be.
struct Open {
    id: String,
    version: i32,
    counts: Vec<(String, i32)>,
    taps: Vec<Choice>,
    shifts: Vec<Shift>,
}

struct Shift {
    id: String,
    name: String,
    role: String,
    is_absent: bool,
    instead: Vec<Choice>,
}

/// The places that one keeps, each with its evening, its wishes and its door.
pub async fn list(visit: Visit) -> Result<Answer> {
    let found = match places::list(&visit.ctx).await {
        Err(Error::Forbidden) => Vec::new(),
        found => found?,
    };
    let mut listing = Listing::new(&visit, visit.say("evenings"), "evenings-none");
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    let card = |place: &DropInPlace| {
        let path = format!("/evenings/{}", place.id.encode());
        let warning = place.has_too_few_guides();
        Card {
            title: place.name.clone(),
            status: place.address.clone(),
            warnings: warning
                .then(|| visit.say("evenings-too-few-guides"))
                .into_iter()
                .collect(),
            lines: Vec::new(),
            ways: vec![
                Way::new(&visit, path.clone(), "evening"),
                Way::new(&visit, format!("{path}/wishes"), "evening-wishes"),
                Way::new(&visit, format!("{path}/meetings"), "house-meetings"),
                Way::new(&visit, format!("{path}/door"), "paper-door"),
            ],
        }
    };
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

/// The evening.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, &Faults::default()).await
}

/// What was tapped.
pub async fn tap(visit: Visit) -> Result<Answer> {
    match tapped(&visit).await {
        Ok(()) => {
            let part = visit.part.clone().unwrap_or_default();
            Ok(Answer::to(&format!("/evenings/{part}?done=evening")))
        }
        Err(error) => page(&visit, &Faults::of(error)?).await,
    }
}

/// The id that a button sent.
fn sent<T: Id>(visit: &Visit, field: &str) -> Result<T> {
    T::decode(visit.sent.get(field)).ok_or(Error::NotFound)
}

async fn tapped(visit: &Visit) -> Result<()> {
    let (ctx, key) = (&visit.ctx, visit.key());
    let counted = |visits, first_time_visits, personal_supports| {
        sent::<OpeningId>(visit, "opening").map(|opening| Count {
            opening,
            visits,
            first_time_visits,
            personal_supports,
        })
    };
    match visit.sent.get("what") {
        "open" => {
            let rule = sent::<OpeningRuleId>(visit, "rule")?;
            let input = TakeUp {
                rule,
                on: ctx.today,
            };
            places::take_up(ctx, &key, input).await?;
        }
        "visit" => {
            places::count(ctx, &key, counted(1, 0, 0)?).await?;
        }
        "first" => {
            places::count(ctx, &key, counted(1, 1, 0)?).await?;
        }
        "support" => {
            places::count(ctx, &key, counted(0, 0, 1)?).await?;
        }
        "back" => {
            places::take_back(ctx, &key, counted(1, 0, 0)?).await?;
        }
        "instead" => {
            let input = ReplaceShift {
                shift: sent::<OpeningShiftId>(visit, "shift")?,
                version: visit.version(),
                person: PersonId::decode(visit.sent.get("person")),
            };
            places::replace_shift(ctx, &key, input).await?;
        }
        "close" => {
            let input = CancelOpening {
                opening: sent::<OpeningId>(visit, "opening")?,
                version: visit.version(),
                reason: ClosedReason::Staff,
            };
            places::cancel_opening(ctx, &key, input).await?;
        }
        _ => return Err(Error::NotFound),
    }
    Ok(())
}

/// The place in the path, for whoever keeps its openings.
pub async fn find(visit: &Visit) -> Result<DropInPlace> {
    let id = visit.id::<DropInPlaceId>()?;
    if !visit.may::<KeepOpenings>() {
        return Err(Error::NotFound);
    }
    let found = places::find(&visit.ctx, id).await?;
    found.ok_or(Error::NotFound)
}

async fn page(visit: &Visit, faults: &Faults) -> Result<Answer> {
    let place = find(visit).await?;
    let today = visit.ctx.today;
    let entries = places::calendar(&visit.ctx, place.id, (today, today)).await?;
    let entries = entries.ok_or(Error::NotFound)?;
    let taken: Vec<OpeningId> = entries
        .iter()
        .filter_map(|it| it.opening.as_ref().map(|opening| opening.id))
        .collect();
    let mut shifts = places::shifts_for(&visit.ctx, &taken).await?;
    let mut terms = places::terms_for(&visit.ctx, &[place.id]).await?;
    let mut terms = terms.remove(&place.id).unwrap_or_default();
    terms.retain(|it| it.from_on <= today && it.to_on.is_none_or(|to| to >= today));
    let ids: Vec<PersonId> = shifts
        .values()
        .flatten()
        .map(|it| it.person_id)
        .chain(terms.iter().map(|it| it.person_id))
        .collect();
    let people = people::for_ids(&visit.ctx, &ids).await?;
    let texts = &visit.frame.texts;
    let name = |id: &PersonId| {
        let known = people.get(id).map(|it| it.name.reveal().clone());
        known.unwrap_or_else(|| texts.say("evening-nameless"))
    };
    let role = |role: PlaceRole| texts.name_of("place-role", &role.code());
    let slot = |entry: &Entry| {
        let shifts = entry.opening.as_ref().map(|it| shifts.remove(&it.id));
        let shifts = shifts.flatten().unwrap_or_default();
        let free = |term: &&PlaceRoleTerm| shifts.iter().all(|it| it.person_id != term.person_id);
        let instead: Vec<(String, String)> = terms
            .iter()
            .filter(free)
            .map(|it| (it.person_id.encode(), name(&it.person_id)))
            .collect();
        let shift = |it: &places::OpeningShift| Shift {
            id: it.id.encode(),
            name: name(&it.person_id),
            role: role(it.role),
            is_absent: it.is_absent,
            instead: instead
                .iter()
                .map(|(value, label)| choice(value, label))
                .collect(),
        };
        let (starts, ends) = (clock(entry.slot.starts_at), clock(entry.slot.ends_at));
        let is_open = entry.slot.closure.is_none();
        Slot {
            time: format!("{}–{}", texts.time(starts), texts.time(ends)),
            closed: entry.slot.closure.map(|why| texts.say(closed_by(why))),
            rule: entry
                .rule
                .as_ref()
                .filter(|_| entry.opening.is_none() && is_open)
                .map(|rule| rule.id.encode()),
            opening: entry.opening.as_ref().filter(|_| is_open).map(|it| Open {
                id: it.id.encode(),
                version: it.version,
                counts: vec![
                    (texts.say("evening-visits"), it.visits),
                    (texts.say("evening-firsts"), it.first_time_visits),
                    (texts.say("evening-supports"), it.personal_supports),
                ],
                taps: TAPS
                    .iter()
                    .map(|what| choice(what, &texts.say(&format!("evening-tap-{what}"))))
                    .collect(),
                shifts: shifts.iter().map(shift).collect(),
            }),
        }
    };
    let path = format!("/evenings/{}", place.id.encode());
    let codes: Vec<&str> = faults.codes().collect();
    let page = Evening {
        done: texts.done(visit.query.get("done")),
        faults: codes.iter().map(|code| texts.fault(code)).collect(),
        key: visit.ctx.request.encode(),
        ways: vec![
            Way::new(visit, format!("{path}/wishes"), "evening-wishes"),
            Way::new(visit, format!("{path}/meetings"), "house-meetings"),
            Way::new(visit, format!("{path}/door"), "paper-door"),
        ],
        slots: entries.iter().map(slot).collect(),
        frame: visit.frame.titled(place.name.clone()),
    };
    let status = match codes.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Answer::page(&page)?.status(status))
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        is_chosen: false,
    }
}

/// The text that tells why an opening does not take place: a holiday, and else no reason, which may be somebody's.
fn closed_by(why: Closure) -> &'static str {
    match why {
        Closure::Holiday(_) => "evening-closed-holiday",
        Closure::ClosedDay(_) | Closure::Cancelled(_) => "evening-closed",
    }
}
