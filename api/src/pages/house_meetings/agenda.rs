//! The agenda of a house meeting on paper, for whoever leads it: the matters, with what was decided or room to write it.

use askama::Template;
use rinnalla_domain::drop_in_places as places;
use rinnalla_domain::error::{Error, Result};

use super::{Talk, path};
use crate::pages::answer::Answer;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::visit::Visit;

/// How many lines there are to write a decision on.
const LINES: usize = 2;

#[derive(Template)]
#[template(path = "house_meeting_sheet.html")]
struct AgendaSheet {
    sheet: Sheet,
    place: String,
    day: String,
    heads: Option<i16>,
    matters: Vec<Matter>,
    lines: usize,
}

struct Matter {
    words: String,
    decision: Option<String>,
}

/// The sheet.
pub async fn show(visit: Visit) -> Result<Answer> {
    let talk = Talk::find(&visit).await?;
    let place = places::find(&visit.ctx, talk.meeting.place_id).await?;
    let place = place.ok_or(Error::NotFound)?;
    let (of, back) = (place.organisation_id, path(&talk.meeting));
    let paper = Paper::of(&visit, of, None, "paper-house-meeting-heading", back).await?;
    let texts = paper.sheet.texts;
    let matters = talk.items.iter().map(|item| Matter {
        words: talk.matter(&texts, item),
        decision: item.decision.clone(),
    });
    Answer::page(&AgendaSheet {
        place: place.name,
        day: texts.day(talk.meeting.on_date),
        heads: talk.meeting.heads,
        matters: matters.collect(),
        lines: LINES,
        sheet: paper.sheet,
    })
}
