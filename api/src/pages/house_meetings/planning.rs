//! Planning a house meeting, changing its day and agenda, and calling it off.

use chrono::NaiveDate;
use rinnalla_domain::error::Result;
use rinnalla_domain::house_meetings::{self, Cancel, Change, Plan};
use rinnalla_domain::ids::{DropInPlaceId, Id as _, WishId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::HouseMeetingStatus;
use rinnalla_domain::wishes::{self, Filter, Wish};

use super::{Talk, find, leads, path};
use crate::pages::answer::Answer;
use crate::pages::evenings;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How many of the wishes that wait are offered: those that came last. All of them ticked are still a form.
const MOST: u16 = 80;

/// The form of a new meeting.
pub async fn show_new(visit: Visit) -> Result<Answer> {
    new(&visit, Faults::default()).await
}

/// Plans it.
pub async fn plan(visit: Visit) -> Result<Answer> {
    let done = async {
        let place = evenings::find(&visit).await?;
        let told = read(&visit)?;
        let input = Plan {
            place: place.id,
            on: told.on,
            wishes: told.wishes,
            topics: told.topics,
        };
        house_meetings::plan(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads(id, "house-meeting-plan")),
        Err(error) => new(&visit, Faults::of(error)?).await,
    }
}

/// The form of a meeting's day and agenda.
pub async fn show_edit(visit: Visit) -> Result<Answer> {
    edit(&visit, Faults::default()).await
}

/// Changes them.
pub async fn change(visit: Visit) -> Result<Answer> {
    let done = async {
        let meeting = find(&visit).await?;
        let told = read(&visit)?;
        let input = Change {
            meeting: meeting.id,
            version: visit.version(),
            on: told.on,
            wishes: told.wishes,
            topics: told.topics,
        };
        house_meetings::change(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads(id, "house-meeting-edit")),
        Err(error) => edit(&visit, Faults::of(error)?).await,
    }
}

/// Asks whether a meeting is called off.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    asked(&visit, Faults::default()).await
}

/// Calls it off.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = Cancel {
            meeting: find(&visit).await?.id,
            version: visit.version(),
        };
        house_meetings::cancel(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads(id, "house-meeting-cancel")),
        Err(error) => asked(&visit, Faults::of(error)?).await,
    }
}

/// What a form tells of a meeting: its day, and the agenda.
struct Told {
    on: NaiveDate,
    wishes: Vec<WishId>,
    topics: Vec<String>,
}

fn read(visit: &Visit) -> Result<Told> {
    let mut reading = Reading::of(&visit.sent);
    let on = reading.day("on");
    let ticked = visit.sent.all("wishIds");
    let wishes: Option<Vec<WishId>> = ticked.iter().map(|id| WishId::decode(id)).collect();
    let topics = reading.lines("topics");
    if wishes.is_none() {
        reading.fault::<()>("wishIds", "UNKNOWN");
    }
    // There may be no wish to tick: what is missing is told at the field that is always there.
    if ticked.is_empty() && topics.is_empty() {
        reading.fault::<()>("topics", "NOTHING_ON_AGENDA");
    }
    let (on, wishes) = reading.done(on.zip(wishes))?;
    Ok(Told { on, wishes, topics })
}

/// The wishes that may stand on an agenda: those that wait for an answer, and those that stand on it already.
async fn offered(
    visit: &Visit,
    place: DropInPlaceId,
    on_it: Vec<Wish>,
) -> Result<Vec<(String, String)>> {
    let filter = Filter {
        place: Some(place),
        status: None,
    };
    let args = PageArgs {
        first: MOST,
        after: None,
        total: false,
    };
    let found = wishes::list(&visit.ctx, &filter, args).await?.rows;
    let is_on_it = |wish: &Wish| on_it.iter().any(|it| it.id == wish.id);
    let waiting: Vec<Wish> = found
        .into_iter()
        .filter(|wish| evenings::wishes::waits(wish) && !is_on_it(wish))
        .collect();
    let all = on_it.into_iter().chain(waiting);
    let named = all.filter_map(|wish| Some((wish.id.encode(), wish.text?)));
    Ok(named.collect())
}

/// The fields of an agenda; wishes where there are any to choose from.
fn agenda(
    form: Form,
    offered: Vec<(String, String)>,
    likely: Vec<String>,
    topics: &[String],
) -> Form {
    let form = match offered[..] {
        [] => form,
        _ => form.several("wishIds", offered, likely),
    };
    form.lines("topics", topics)
}

async fn new(visit: &Visit, faults: Faults) -> Result<Answer> {
    let place = evenings::find(visit).await?;
    let offered = offered(visit, place.id, Vec::new()).await?;
    let form = Form::new(visit, "house-meeting-plan", faults)
        .about(vec![
            visit.frame.texts.fact("drop-in-place", place.name.clone()),
        ])
        .back(format!("/evenings/{}/meetings", place.id.encode()))
        .day("on", None);
    agenda(form, offered, Vec::new(), &[]).answer()
}

async fn edit(visit: &Visit, faults: Faults) -> Result<Answer> {
    let talk = Talk::find(visit).await?;
    let meeting = &talk.meeting;
    let on_it: Vec<Wish> = talk
        .items
        .iter()
        .filter_map(|item| talk.wish(item))
        .filter(|wish| wish.text.is_some())
        .cloned()
        .collect();
    let likely: Vec<String> = on_it.iter().map(|wish| wish.id.encode()).collect();
    let topics = talk.items.iter().filter_map(|item| item.topic.clone());
    let topics: Vec<String> = topics.collect();
    let offered = offered(visit, meeting.place_id, on_it).await?;
    let texts = &visit.frame.texts;
    let mut facts = vec![texts.fact("state", super::status(texts, meeting))];
    if meeting.status == HouseMeetingStatus::Held {
        facts.push(texts.fact("beware", texts.say("house-meeting-edit-held")));
    }
    let form = Form::new(visit, "house-meeting-plan", faults)
        .headed("house-meeting-edit")
        .submitting("house-meeting-edit-submit")
        .about(facts)
        .version(meeting.version)
        .back(path(meeting))
        .day("on", Some(meeting.on_date));
    agenda(form, offered, likely, &topics).answer()
}

async fn asked(visit: &Visit, faults: Faults) -> Result<Answer> {
    let meeting = find(visit).await?;
    let texts = &visit.frame.texts;
    Form::new(visit, "house-meeting-cancel", faults)
        .about(vec![
            texts.fact("day", texts.day(meeting.on_date)),
            texts.fact("state", super::status(texts, &meeting)),
        ])
        .version(meeting.version)
        .back(path(&meeting))
        .answer()
}
