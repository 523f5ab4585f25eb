//! A drop-in place for anybody: where it is, and when it is open in these weeks. Nobody has to be signed in.

use askama::Template;
use chrono::{Datelike as _, Days};
use rinnalla_domain::drop_in_places::{self, PublicOpening};
use rinnalla_domain::error::{Error, Result};

use super::answer::Answer;
use super::listing::Way;
use super::visit::{Frame, Visit};

/// How many days after the first Monday are shown: four weeks.
const DAYS_SHOWN: u64 = 27;

struct Week {
    title: String,
    openings: Vec<Opening>,
}

struct Opening {
    day: String,
    hours: String,
    is_cancelled: bool,
    activities: String,
}

#[derive(Template)]
#[template(path = "place.html")]
struct Place {
    frame: Frame,
    address: String,
    weeks: Vec<Week>,
    ways: Vec<Way>,
}

/// The page of a place that is open to the public.
pub async fn show(visit: Visit) -> Result<Answer> {
    let slug = visit.part.as_deref().unwrap_or_default();
    let today = visit.ctx.today;
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    let days = (monday, monday + Days::new(DAYS_SHOWN));
    let place = drop_in_places::public_calendar(&visit.ctx, slug, days).await?;
    let place = place.ok_or(Error::NotFound)?;
    let mut weeks: Vec<(u32, Week)> = Vec::new();
    for opening in place.openings.iter().filter(|it| it.on >= today) {
        let no = opening.on.iso_week().week();
        if weeks.last().is_none_or(|(last, _)| *last != no) {
            let title = visit.frame.texts.with("place-week", &[("week", no)]);
            let openings = Vec::new();
            weeks.push((no, Week { title, openings }));
        }
        if let Some((_, week)) = weeks.last_mut() {
            week.openings.push(told(&visit, opening));
        }
    }
    let language = visit.frame.texts.code();
    let calendar = format!("/places/{slug}.ics?language={language}");
    let mut ways = vec![Way::new(&visit, calendar, "place-subscribe")];
    if place.takes_wishes {
        let wishes = format!("/wishes/{slug}");
        ways.push(Way::new(&visit, wishes, "place-wish"));
    }
    let page = Place {
        frame: visit.frame.titled(place.name.clone()),
        address: place.address.clone(),
        weeks: weeks.into_iter().map(|(_, week)| week).collect(),
        ways,
    };
    Ok(Answer::page(&page)?.for_everybody(&visit))
}

fn told(visit: &Visit, opening: &PublicOpening) -> Opening {
    let texts = &visit.frame.texts;
    let hours = [
        ("from", texts.time(opening.starts_at)),
        ("to", texts.time(opening.ends_at)),
    ];
    Opening {
        day: texts.day(opening.on),
        hours: texts.with("place-hours", &hours),
        is_cancelled: opening.is_cancelled,
        activities: opening.activities.join(", "),
    }
}
