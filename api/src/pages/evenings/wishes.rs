//! Wishes that wait for an answer, and the answer to one.

use rinnalla_domain::access::KeepWishes;
use rinnalla_domain::areas::AREAS;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, WishId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::WishStatus;
use rinnalla_domain::wishes::{self, AnswerWish, Filter, Wish, rules};

use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How many wishes the page shows: those that came last.
const MOST: u16 = 100;

/// The wishes to a place that nobody has answered yet.
pub async fn list(visit: Visit) -> Result<Answer> {
    let place = super::find(&visit).await?;
    let filter = Filter {
        place: Some(place.id),
        status: None,
    };
    let args = PageArgs {
        first: MOST,
        after: None,
        total: false,
    };
    let found = wishes::list(&visit.ctx, &filter, args).await?;
    let texts = &visit.frame.texts;
    let card = |wish: &Wish| Card {
        title: wish.text.clone().unwrap_or_default(),
        status: texts.day(wish.received_on),
        warnings: Vec::new(),
        lines: vec![texts.name_of("wish-status", &wish.status.code())],
        ways: vec![Way::new(
            &visit,
            format!("/wish/{}", wish.id.encode()),
            "wish-answer",
        )],
    };
    let mut listing = Listing::new(&visit, visit.say("evening-wishes"), "evening-wishes-none");
    let back = format!("/evenings/{}", place.id.encode());
    let plan = format!("{back}/meetings/new");
    listing.ways = vec![Way::new(&visit, plan, "house-meeting-plan")];
    listing.back = Way::new(&visit, back, "back-to-evening");
    let waiting = found.rows.iter().filter(|wish| waits(wish));
    listing.cards = waiting.map(card).collect();
    listing.answer()
}

/// Whether a wish waits for an answer.
pub fn waits(wish: &Wish) -> bool {
    wish.answer.is_none() && wish.status != WishStatus::Done
}

/// The form for an answer.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Answers a wish.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let wish = find(&visit).await?;
        let mut reading = Reading::of(&visit.sent);
        let status = reading.choice("status", WishStatus::ALL, |it| it.code());
        let area = reading.number_if("area");
        let (told, answer) = (reading.text_if("told"), reading.text_if("answer"));
        let input = AnswerWish {
            wish: wish.id,
            version: visit.version(),
            status: reading.done(status)?,
            area,
            told,
            answer,
        };
        let done = wishes::answer(&visit.ctx, &visit.key(), input).await;
        done.map(|_| wish)
    };
    match done.await {
        Ok(wish) => {
            let place = wish.place_id.encode();
            Ok(Answer::to(&format!(
                "/evenings/{place}/wishes?done=wish-answered"
            )))
        }
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn find(visit: &Visit) -> Result<Wish> {
    let id = visit.id::<WishId>()?;
    if !visit.may::<KeepWishes>() {
        return Err(Error::NotFound);
    }
    let found = wishes::find(&visit.ctx, id).await?;
    found
        .filter(|wish| wish.text.is_some())
        .ok_or(Error::NotFound)
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let wish = find(visit).await?;
    let texts = &visit.frame.texts;
    let following: Vec<WishStatus> = WishStatus::ALL
        .iter()
        .copied()
        .filter(|to| rules::may_follow(wish.status, *to))
        .collect();
    let statuses = texts.named("wish-status", &following, WishStatus::code);
    let areas = AREAS.map(|area| (area.to_string(), texts.say(&format!("wish-area-{area}"))));
    Form::new(visit, "wish-answer", faults)
        .about(vec![
            texts.fact("wish", wish.text.clone().unwrap_or_default()),
        ])
        .version(wish.version)
        .back(format!("/evenings/{}/wishes", wish.place_id.encode()))
        .choices("status", statuses, Some(wish.status.code()))
        .long_line("told", wish.told.clone(), 200)
        .long_line("answer", wish.answer.clone(), 500)
        .choices("area", areas, wish.area.map(|area| area.to_string()))
        .answer()
}
