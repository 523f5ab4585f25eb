//! House meetings of a drop-in place: when its people and its visitors meet, what is on the agenda, what was decided.

pub mod agenda;
pub mod planning;
pub mod recording;

use std::collections::HashMap;

use rinnalla_domain::access::KeepWishes;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::house_meetings::{self, HouseMeeting, Item};
use rinnalla_domain::ids::{HouseMeetingId, Id as _, WishId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::HouseMeetingStatus;
use rinnalla_domain::wishes::{self, Wish};

use super::answer::Answer;
use super::evenings;
use super::listing::{Card, Listing, Way};
use super::texts::Texts;
use super::visit::Visit;

/// How many meetings the page shows: those to come and the last ones.
const MOST: u16 = 50;

/// A meeting with its agenda, and the wishes on it.
struct Talk {
    meeting: HouseMeeting,
    items: Vec<Item>,
    wishes: HashMap<WishId, Wish>,
}

impl Talk {
    /// The meeting in the path, for whoever keeps the wishes of its place.
    async fn find(visit: &Visit) -> Result<Self> {
        let meeting = find(visit).await?;
        let mut items = house_meetings::items_for(&visit.ctx, &[meeting.id]).await?;
        let items = items.remove(&meeting.id).unwrap_or_default();
        let ids: Vec<WishId> = items.iter().filter_map(|it| it.wish_id).collect();
        let wishes = match ids[..] {
            [] => Vec::new(),
            _ => wishes::for_ids(&visit.ctx, &ids).await?,
        };
        Ok(Self {
            meeting,
            items,
            wishes: wishes.into_iter().map(|wish| (wish.id, wish)).collect(),
        })
    }

    /// The wish that a matter is; none where it is another matter.
    fn wish(&self, item: &Item) -> Option<&Wish> {
        item.wish_id.and_then(|id| self.wishes.get(&id))
    }

    /// A matter in its own words, with its number.
    fn matter(&self, texts: &Texts, item: &Item) -> String {
        let wished = self.wish(item).and_then(|wish| wish.text.clone());
        let words = item.topic.clone().or(wished);
        let words = words.unwrap_or_else(|| texts.say("house-meeting-erased"));
        format!("{}. {words}", item.no)
    }
}

async fn find(visit: &Visit) -> Result<HouseMeeting> {
    let id = visit.id::<HouseMeetingId>()?;
    if !visit.may::<KeepWishes>() {
        return Err(Error::NotFound);
    }
    let found = house_meetings::find(&visit.ctx, id).await?;
    found.ok_or(Error::NotFound)
}

fn path(meeting: &HouseMeeting) -> String {
    format!("/house-meetings/{}", meeting.id.encode())
}

fn leads(id: HouseMeetingId, done: &str) -> Answer {
    Answer::to(&format!("/house-meetings/{}?done={done}", id.encode()))
}

fn status(texts: &Texts, meeting: &HouseMeeting) -> String {
    texts.name_of("house-meeting-status", &meeting.status.code())
}

/// Whether its day has come and nobody has written down what was decided.
fn is_unrecorded(visit: &Visit, meeting: &HouseMeeting) -> bool {
    meeting.status == HouseMeetingStatus::Planned && meeting.on_date <= visit.ctx.today
}

fn heads(texts: &Texts, meeting: &HouseMeeting) -> Option<String> {
    let heads = meeting.heads?;
    Some(texts.with("house-meeting-came", &[("heads", heads)]))
}

/// The house meetings of a place.
pub async fn list(visit: Visit) -> Result<Answer> {
    let place = evenings::find(&visit).await?;
    let args = PageArgs {
        first: MOST,
        after: None,
        total: false,
    };
    let found = house_meetings::list(&visit.ctx, place.id, args).await?;
    let texts = &visit.frame.texts;
    let card = |it: &HouseMeeting| Card {
        title: texts.day(it.on_date),
        status: status(texts, it),
        warnings: is_unrecorded(&visit, it)
            .then(|| texts.say("house-meeting-unrecorded"))
            .into_iter()
            .collect(),
        lines: heads(texts, it).into_iter().collect(),
        ways: vec![Way::new(&visit, path(it), "house-meeting-open")],
    };
    let mut listing = Listing::new(&visit, visit.say("house-meetings"), "house-meetings-none");
    let evening = format!("/evenings/{}", place.id.encode());
    let plan = format!("{evening}/meetings/new");
    listing.ways = vec![Way::new(&visit, plan, "house-meeting-plan")];
    listing.facts = vec![texts.fact("drop-in-place", place.name.clone())];
    listing.back = Way::new(&visit, evening, "back-to-evening");
    listing.cards = found.rows.iter().map(card).collect();
    listing.answer()
}

/// A meeting: its agenda, what was decided in each matter, and what may be done about it.
pub async fn show(visit: Visit) -> Result<Answer> {
    let talk = Talk::find(&visit).await?;
    let (meeting, texts) = (&talk.meeting, &visit.frame.texts);
    let day = texts.day(meeting.on_date);
    let title = texts.with("house-meeting-on", &[("day", day)]);
    let mut listing = Listing::new(&visit, title, "house-meetings-none");
    let all = format!("/evenings/{}/meetings", meeting.place_id.encode());
    listing.back = Way::new(&visit, all, "back-to-house-meetings");
    listing.facts = vec![texts.fact("state", status(texts, meeting))];
    if let Some(heads) = meeting.heads {
        listing.facts.push(texts.fact("heads", heads.to_string()));
    }
    listing.ways = ways(&visit, meeting);
    let cards = talk.items.iter().map(|item| card(&visit, &talk, item));
    listing.cards = cards.collect();
    listing.answer()
}

/// What may be done about a meeting, the likeliest first.
fn ways(visit: &Visit, meeting: &HouseMeeting) -> Vec<Way> {
    let way = |end: &str, text| Way::new(visit, format!("{}/{end}", path(meeting)), text);
    let (change, sheet) = (
        || way("edit", "house-meeting-edit"),
        || way("sheet", "paper-house-meeting"),
    );
    match meeting.status {
        HouseMeetingStatus::Planned => {
            let has_come = is_unrecorded(visit, meeting);
            let record = has_come.then(|| way("record", "house-meeting-record"));
            let cancel = way("cancel", "house-meeting-cancel");
            let rest = [change(), sheet(), cancel];
            record.into_iter().chain(rest).collect()
        }
        HouseMeetingStatus::Held => {
            vec![way("record", "house-meeting-correct"), change(), sheet()]
        }
        HouseMeetingStatus::Cancelled => Vec::new(),
    }
}

/// A matter on the agenda.
fn card(visit: &Visit, talk: &Talk, item: &Item) -> Card {
    let texts = &visit.frame.texts;
    let wish = talk.wish(item).filter(|wish| wish.text.is_some());
    let is_held = talk.meeting.status == HouseMeetingStatus::Held;
    let decision = match &item.decision {
        Some(decision) => {
            Some(texts.with("house-meeting-decided", &[("decision", decision.as_str())]))
        }
        None => is_held.then(|| texts.say("house-meeting-undecided")),
    };
    let answer = |wish: &Wish| {
        let answer = wish.answer.clone()?;
        Some(texts.with("house-meeting-answered", &[("answer", answer)]))
    };
    // An answer to a wish that nobody has told of is read by nobody.
    let is_unread = wish.is_some_and(|wish| wish.answer.is_some() && wish.told.is_none());
    Card {
        title: talk.matter(texts, item),
        status: match wish {
            Some(wish) => {
                let status = texts.name_of("wish-status", &wish.status.code());
                texts.with("house-meeting-wish", &[("status", status)])
            }
            None => texts.say("house-meeting-matter"),
        },
        warnings: is_unread
            .then(|| texts.say("house-meeting-unread"))
            .into_iter()
            .collect(),
        lines: decision.into_iter().chain(wish.and_then(answer)).collect(),
        ways: wish
            .map(|wish| {
                Way::new(
                    visit,
                    format!("/wish/{}", wish.id.encode()),
                    "house-meeting-tell",
                )
            })
            .into_iter()
            .collect(),
    }
}
