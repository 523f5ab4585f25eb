//! What a house meeting decided: how many came, and in each matter the decision, how the wish stands, and whether the decision
//! is its answer.

use rinnalla_domain::error::Result;
use rinnalla_domain::house_meetings::{self, Decision, Item, Record, rules};
use rinnalla_domain::states::WishStatus;
use rinnalla_domain::wishes::{self, Wish};

use super::{Talk, leads, path};
use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The fields of a matter.
#[derive(Clone, Copy)]
struct Fields {
    decision: &'static str,
    status: &'static str,
    answers: &'static str,
}

macro_rules! fields {
    ($($no:literal)*) => {
        [$(Fields {
            decision: concat!("decision", $no),
            status: concat!("status", $no),
            answers: concat!("answers", $no),
        }),*]
    };
}

/// Of as many matters as an agenda may hold.
const MATTERS: [Fields; rules::MOST_ITEMS] =
    fields!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30);

/// How long a decision may be, in characters (`rules::DECISION_MAX_CHARS`).
const DECISION_MOST: usize = 500;

/// The form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records what was decided.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let talk = Talk::find(&visit).await?;
        let mut reading = Reading::of(&visit.sent);
        let heads = reading.number("heads");
        let matters = talk.items.iter().zip(MATTERS);
        let decisions: Vec<Decision> = matters
            .filter_map(|(item, fields)| decision(&mut reading, &talk, item, fields))
            .collect();
        let input = Record {
            meeting: talk.meeting.id,
            version: visit.version(),
            heads: reading.done(heads)?,
            decisions,
        };
        house_meetings::record(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads(id, "house-meeting-record")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// What was decided in a matter; nothing where it was talked over without a decision.
fn decision(
    reading: &mut Reading<'_>,
    talk: &Talk,
    item: &Item,
    fields: Fields,
) -> Option<Decision> {
    let wish = talk.wish(item).filter(|wish| wish.text.is_some());
    let status = match wish {
        Some(wish) => {
            let may_be = may_be(wish);
            let chosen = reading.choice(fields.status, &may_be, WishStatus::code);
            chosen.filter(|it| Some(it) != may_be.first())
        }
        None => None,
    };
    let answers = wish.is_some() && reading.tick(fields.answers);
    let Some(words) = reading.text_if(fields.decision) else {
        // How a wish stands and what it is answered come with a decision.
        if status.is_some() || answers {
            reading.fault::<()>(fields.decision, "REQUIRED");
        }
        return None;
    };
    let decision = Decision {
        no: i32::from(item.no),
        decision: words,
        wish_status: status,
        answers_wish: answers,
    };
    match decision.fault(wish) {
        None => Some(decision),
        Some("ANSWER_NEEDED") => reading.fault(fields.answers, "ANSWER_NEEDED"),
        Some(code) => reading.fault(fields.decision, code),
    }
}

/// How a wish may stand after it was talked over; as it does by that alone comes first.
fn may_be(wish: &Wish) -> Vec<WishStatus> {
    let all = WishStatus::ALL.iter().copied();
    all.filter(|to| *to != WishStatus::Received)
        .filter(|to| wishes::rules::may_follow(wish.status, *to))
        .collect()
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let talk = Talk::find(visit).await?;
    let texts = &visit.frame.texts;
    let mut form = Form::new(visit, "house-meeting-record", faults)
        .about(vec![texts.fact("day", texts.day(talk.meeting.on_date))])
        .version(talk.meeting.version)
        .back(path(&talk.meeting))
        .number("heads", talk.meeting.heads.map(i32::from));
    for (item, fields) in talk.items.iter().zip(MATTERS) {
        let about = |text| texts.with(text, &[("no", item.no.to_string())]);
        form = form
            .long_line(fields.decision, item.decision.clone(), DECISION_MOST)
            .called(about("house-meeting-record-decision"))
            .grouped(talk.matter(texts, item));
        let Some(wish) = talk.wish(item).filter(|wish| wish.text.is_some()) else {
            continue;
        };
        let may_be = may_be(wish);
        let stands = may_be.first().map(|it| it.code());
        let is_answer = item.decision.is_some() && item.decision == wish.answer;
        form = form
            .choices(
                fields.status,
                texts.named("wish-status", &may_be, WishStatus::code),
                stands,
            )
            .called(about("house-meeting-record-status"))
            .tick(fields.answers, is_answer)
            .called(about("house-meeting-record-answers"));
    }
    form.answer()
}
