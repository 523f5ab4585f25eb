//! Peer groups on a leader's phone: the groups that one sees, and one of them with its meetings.

pub mod encounters;
pub mod meetings;
pub mod planning;

use std::collections::HashMap;

use rinnalla_domain::access::{
    self, ManagePeerGroups, ReadDropInPlaces, ReadPeerGroups, RecordEncounters,
};
use rinnalla_domain::drop_in_places::{self as places, DropInPlace};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{DropInPlaceId, Id as _, PeerGroupId, PersonId};
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::page::{Grouped, MAX_FIRST, PageArgs};
use rinnalla_domain::peer_groups::{self as groups, GroupMeeting, PeerGroup};

use super::answer::Answer;
use super::associations;
use super::form::Fact;
use super::listing::{Card, Listing, Way};
use super::names::Names;
use super::texts::Texts;
use super::visit::Visit;

/// As many of a group's meetings and of the talks as a page shows: the last ones.
const LATEST: PageArgs = PageArgs {
    first: MAX_FIRST,
    after: None,
    total: false,
};

/// The groups that one leads, or that are one's association's: those that go on first.
pub async fn list(visit: Visit) -> Result<Answer> {
    if !visit.may::<ReadPeerGroups>() {
        return Err(Error::NotFound);
    }
    let today = visit.ctx.today;
    let mut found = groups::list(&visit.ctx).await?;
    let has_ended = |it: &PeerGroup| it.to_on.is_some_and(|to| to < today);
    let goes_on = |it: &PeerGroup| it.from_on <= today && !has_ended(it);
    found.sort_by_key(has_ended);
    let told = Told::of(&visit, &found).await?;
    let card = |it: &PeerGroup| {
        let path = format!("/groups/{}", it.id.encode());
        let record = format!("{path}/meeting");
        let record = goes_on(it).then(|| Way::new(&visit, record, "group-meeting"));
        let lines = [told.audiences(it), told.place(it), told.leaders(it)];
        Card {
            title: it.name.clone(),
            status: visit.frame.texts.span(it.from_on, it.to_on),
            warnings: Vec::new(),
            lines: lines.into_iter().flatten().collect(),
            ways: record
                .into_iter()
                .chain([Way::new(&visit, path, "group-meetings")])
                .collect(),
        }
    };
    let manages = visit.may::<ManagePeerGroups>();
    let none = match manages {
        true => "groups-none",
        false => "groups-none-led",
    };
    let mut listing = Listing::new(&visit, visit.say("groups"), none);
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    // Tonight's meeting is what a leader comes for.
    let me = visit.ctx.actor()?.person;
    let own = found.iter().filter(|it| goes_on(it) && told.leads(me, it));
    listing.ways = own
        .map(|it| Way {
            path: format!("/groups/{}/meeting", it.id.encode()),
            label: visit
                .frame
                .texts
                .with("group-meeting-of", &[("name", it.name.clone())]),
        })
        .collect();
    let mut way = |may: bool, path: &str, text| {
        listing
            .ways
            .extend(may.then(|| Way::new(&visit, path, text)));
    };
    let counts = visit.may::<RecordEncounters>();
    way(counts, "/encounters/new", "encounter-new");
    way(counts, "/encounters", "encounters");
    way(manages, "/groups/new", "group-new");
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

/// One group with its meetings, the latest first.
pub async fn show(visit: Visit) -> Result<Answer> {
    let group = find(&visit).await?;
    let told = Told::of(&visit, std::slice::from_ref(&group)).await?;
    let met = groups::meetings(&visit.ctx, group.id, LATEST).await?;
    let texts = &visit.frame.texts;
    let path = format!("/groups/{}", group.id.encode());
    let mut listing = Listing::new(&visit, group.name.clone(), "group-meetings-none");
    listing.back = Way::new(&visit, "/groups", "back-to-groups");
    listing.facts = told.facts(texts, &group);
    listing.ways = vec![Way::new(&visit, format!("{path}/meeting"), "group-meeting")];
    if manages(&visit, &group) {
        let edit = Way::new(&visit, format!("{path}/edit"), "group-edit");
        listing.ways.push(edit);
        // What was met in cannot be removed.
        let cancel = Way::new(&visit, format!("{path}/cancel"), "group-cancel");
        listing.ways.extend((group.meetings == 0).then_some(cancel));
    }
    let card = |it: &GroupMeeting| {
        let words = |id, n: i16| texts.with(id, &[("n", n)]);
        let firsts = it.first_timers.map(|n| words("group-first-timers", n));
        let cancel = format!("/group-meetings/{}/cancel", it.id.encode());
        Card {
            title: texts.day(it.on_date),
            status: words("group-heads", it.heads),
            warnings: Vec::new(),
            lines: std::iter::once(words("group-minutes", it.minutes))
                .chain(firsts)
                .collect(),
            ways: vec![Way::new(&visit, cancel, "group-meeting-cancel")],
        }
    };
    listing.cards = met.rows.iter().map(card).collect();
    listing.answer()
}

/// The group in the path, for whoever may see it.
async fn find(visit: &Visit) -> Result<PeerGroup> {
    the(visit, visit.id()?).await
}

/// One group; whoever sees no groups at all finds none either.
async fn the(visit: &Visit, id: PeerGroupId) -> Result<PeerGroup> {
    if !visit.may::<ReadPeerGroups>() {
        return Err(Error::NotFound);
    }
    let found = groups::find(&visit.ctx, id).await?;
    found.filter(|it| !it.is_cancelled).ok_or(Error::NotFound)
}

/// Whether the viewer may change what is told of a group, and not only lead it.
fn manages(visit: &Visit, group: &PeerGroup) -> bool {
    access::require::<ManagePeerGroups>(&visit.ctx)
        .is_ok_and(|scope| scope.covers(group.organisation_id))
}

/// What is told of groups beside their own rows.
struct Told {
    names: Names,
    audiences: Grouped<PeerGroupId, String>,
    leaders: Grouped<PeerGroupId, PersonId>,
    people: HashMap<PersonId, String>,
    places: HashMap<DropInPlaceId, DropInPlace>,
}

impl Told {
    async fn of(visit: &Visit, of: &[PeerGroup]) -> Result<Self> {
        let ids: Vec<PeerGroupId> = of.iter().map(|it| it.id).collect();
        let leaders = groups::leaders_for(&visit.ctx, &ids).await?;
        let people: Vec<PersonId> = leaders.values().flatten().copied().collect();
        let places: Vec<DropInPlaceId> = of.iter().filter_map(|it| it.drop_in_place_id).collect();
        Ok(Self {
            names: Names::load(visit).await?,
            audiences: groups::audiences_for(&visit.ctx, &ids).await?,
            people: associations::names(visit, &people).await?,
            places: match visit.may::<ReadDropInPlaces>() && !places.is_empty() {
                true => places::for_ids(&visit.ctx, &places).await?,
                false => HashMap::new(),
            },
            leaders,
        })
    }

    fn facts(&self, texts: &Texts, of: &PeerGroup) -> Vec<Fact> {
        let kind = texts.name_of("group-kind", &of.kind.code());
        let facts = [
            ("group-kind", Some(kind)),
            ("group-audiences", self.audiences(of)),
            ("group-place", self.place(of)),
            ("group-leaders", self.leaders(of)),
            ("group-period", Some(texts.span(of.from_on, of.to_on))),
            ("group-meetings", Some(of.meetings.to_string())),
            ("group-visits", Some(of.heads.to_string())),
        ];
        let facts = facts.into_iter();
        facts
            .filter_map(|(name, told)| Some(texts.fact(name, told?)))
            .collect()
    }

    /// Whether somebody leads a group.
    fn leads(&self, person: PersonId, of: &PeerGroup) -> bool {
        let leaders = self.leaders.get(&of.id);
        leaders.is_some_and(|leaders| leaders.contains(&person))
    }

    fn audiences(&self, of: &PeerGroup) -> Option<String> {
        let codes = self.audiences.get(&of.id)?;
        Some(self.names.codes(CodeList::GroupAudience, codes))
    }

    /// The place as people read it, and the drop-in place as far as one may know of it.
    fn place(&self, of: &PeerGroup) -> Option<String> {
        let known = of.drop_in_place_id.and_then(|id| self.places.get(&id));
        let known = known.map(|place| place.name.clone());
        let told: Vec<String> = known.into_iter().chain(of.place.clone()).collect();
        (!told.is_empty()).then(|| told.join(", "))
    }

    /// Who leads it, as far as one may know them.
    fn leaders(&self, of: &PeerGroup) -> Option<String> {
        let leaders = self.leaders.get(&of.id)?.iter();
        let names: Vec<&str> = leaders
            .filter_map(|id| self.people.get(id).map(String::as_str))
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}
