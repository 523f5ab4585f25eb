//! The sheet for the door of a drop-in place: what is done in the coming week, and what came of wishes. Nobody's name is on it,
//! and no reason of a closed day but a holiday.

use askama::Template;
use rinnalla_domain::calendar::plus_days;
use rinnalla_domain::drop_in_places::rules::clock;
use rinnalla_domain::drop_in_places::{self as places, Entry};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OpeningId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::wishes::{self, Filter};

use crate::pages::answer::Answer;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::visit::Visit;

/// How many days the sheet shows.
const DAYS: i64 = 7;

/// From how many of the last wishes those that are told are taken: what fits on a door.
const MOST_WISHES: u16 = 30;

#[derive(Template)]
#[template(path = "door_sheet.html")]
struct DoorSheet {
    sheet: Sheet,
    place: String,
    rows: Vec<Row>,
    wishes: Vec<Told>,
}

struct Row {
    day: String,
    time: String,
    what: String,
}

struct Told {
    told: String,
    status: String,
    answer: Option<String>,
}

/// The sheet.
pub async fn show(visit: Visit) -> Result<Answer> {
    let place = super::find(&visit).await?;
    let back = format!("/evenings/{}", place.id.encode());
    let paper = Paper::of(&visit, place.organisation_id, None, "paper-door", back).await?;
    let ctx = &paper.ctx;
    let days = (ctx.today, plus_days(ctx.today, DAYS - 1));
    let entries = places::calendar(ctx, place.id, days).await?;
    let entries = entries.ok_or(Error::NotFound)?;
    let ids: Vec<OpeningId> = entries.iter().map(|it| it.slot.opening).collect();
    let mut activities = places::told_for(ctx, &ids).await?;
    let texts = paper.sheet.texts;
    let row = |entry: &Entry| {
        let (starts, ends) = (clock(entry.slot.starts_at), clock(entry.slot.ends_at));
        let what = activities.remove(&entry.slot.opening).unwrap_or_default();
        Row {
            day: texts.day(entry.slot.on),
            time: format!("{}–{}", texts.time(starts), texts.time(ends)),
            what: match entry.slot.closure {
                Some(why) => texts.say(super::closed_by(why)),
                None => what.join(", "),
            },
        }
    };
    let filter = Filter {
        place: Some(place.id),
        status: None,
    };
    let args = PageArgs {
        first: MOST_WISHES,
        after: None,
        total: false,
    };
    let found = wishes::list(ctx, &filter, args).await?.rows.into_iter();
    let told = found.filter_map(|wish| {
        Some(Told {
            told: wish.told?,
            status: texts.name_of("wish-status", &wish.status.code()),
            answer: wish.answer,
        })
    });
    Answer::page(&DoorSheet {
        place: place.name.clone(),
        rows: entries.iter().map(row).collect(),
        wishes: told.collect(),
        sheet: paper.sheet,
    })
}
