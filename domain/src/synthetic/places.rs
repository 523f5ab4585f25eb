//! The demonstration's drop-in place: open on four afternoons a week, with its two paid guides and a peer guide, counts of
//! visits in the last weeks, a wish box with what came of it, and what was talked over together.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};
use rinnalla_entity::ids::{DropInPlaceId, OpeningRuleId, OrganisationId, PersonId, WishId};
use rinnalla_entity::states::{PlaceRole, WishStatus};

use super::acting::Acting;
use super::house;
use crate::calendar::plus_days;
use crate::ctx::Register;
use crate::drop_in_places::{
    self, AddRule, AddShift, AddTerm, Count, CountSource, Create, DescribeOpening, Details, TakeUp,
};
use crate::error::{Error, Result};
use crate::wishes::{self, AnswerWish, TypeIn};

/// Who has to do with the place.
pub(super) struct Circle {
    pub association: OrganisationId,
    pub county: &'static str,
    pub coordinator: PersonId,
    pub guides: [PersonId; 2],
    /// Who keeps the association's places.
    pub keeper: PersonId,
    pub peer_guide: PersonId,
    /// The organisations that the place works with: professionals who tell people of it.
    pub partners: Vec<OrganisationId>,
}

const DAYS: [Weekday; 4] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu];
const OPENS: NaiveTime = hour(12);
const CLOSES: NaiveTime = hour(16);
/// Since when, how far back visits are counted, and what is done by turns.
const SINCE: i64 = -200;
const COUNTED: i64 = -21;
/// How word reached those who came for the first time.
const WORD: [&str; 3] = ["PEER", "PROFESSIONAL", "INTERNET"];
const DONE: [&str; 4] = ["GAMES", "BILLIARDS", "COOKING", "TALK"];

/// How many days ago, what was wished for, about which area, and what it came to.
type Told = (i64, &'static str, i32, Option<(WishStatus, &'static str)>);
const WISHES: [Told; 5] = [
    (
        -60,
        "Biljardipöydän kangas on rikki, voisiko sen korjata?",
        3,
        Some((WishStatus::Done, "Pöytä sai uuden kankaan.")),
    ),
    (
        -45,
        "Ruokaa voisi laittaa yhdessä keskiviikkoisin.",
        1,
        Some((WishStatus::Planned, "Aloitamme ensi kuussa.")),
    ),
    (
        -30,
        "Sauna kerran kuussa.",
        1,
        Some((
            WishStatus::NotPossible,
            "Talossa ei ole saunaa. Kysymme uimahallin vuoroa.",
        )),
    ),
    (
        -17,
        "Haluamme tavata kaupungin päättäjiä.",
        2,
        Some((WishStatus::Discussed, "Talokokous kutsuu heidät keväällä.")),
    ),
    (-3, "Kahvia saisi olla enemmän.", 3, None),
];

const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// Adds it.
pub(super) async fn add(register: &Register, circle: &Circle) -> Result<()> {
    let mut acting = Acting::new(register, "place");
    let since = plus_days(acting.today, SINCE);
    let ctx = acting.as_on(circle.coordinator, since).await?;
    let create = Create {
        organisation: circle.association,
        details: Details {
            name: "Kohtaamispaikka Kulma".to_owned(),
            slug: "kulma".to_owned(),
            address: "Esimerkkikatu 1".to_owned(),
            county_code: circle.county.to_owned(),
            municipality_code: None,
            is_public: true,
            takes_wishes: true,
            least_minutes: 180,
            model_days: 4,
            model_guides: 2,
            partners: circle.partners.clone(),
        },
    };
    let place = drop_in_places::create(&ctx, &acting.key(), create).await?;
    let [first, second] = circle.guides;
    for (person, role) in [
        (first, PlaceRole::PaidGuide),
        (second, PlaceRole::PaidGuide),
        (circle.peer_guide, PlaceRole::PeerGuide),
    ] {
        let term = AddTerm {
            place,
            person,
            role,
            from: since,
            to: None,
        };
        drop_in_places::add_term(&ctx, &acting.key(), term).await?;
    }
    let rule = AddRule {
        place,
        weekdays: DAYS.to_vec(),
        every_weeks: 1,
        starts_at: OPENS,
        ends_at: CLOSES,
        from: since,
        to: None,
        opens_on_holidays: false,
    };
    let rule = drop_in_places::add_rule(&ctx, &acting.key(), rule).await?;
    for days in COUNTED..0 {
        let on = plus_days(acting.today, days);
        if DAYS.contains(&on.weekday()) {
            opening(&mut acting, circle, rule, on).await?;
        }
    }
    let mut wishes = Vec::with_capacity(WISHES.len());
    for told in WISHES {
        wishes.push(wish(&mut acting, circle, place, told).await?);
    }
    match wishes[..] {
        [.., talked_over, waits] => {
            house::add(&mut acting, circle, place, (talked_over, waits)).await
        }
        _ => Ok(()),
    }
}

/// What a guide records of an afternoon; on a holiday the place is closed.
async fn opening(
    acting: &mut Acting<'_>,
    circle: &Circle,
    rule: OpeningRuleId,
    on: NaiveDate,
) -> Result<()> {
    let turn = usize::try_from(on.ordinal()).unwrap_or(0);
    let guide = circle.guides[turn % 2];
    let ctx = acting.as_on(guide, on).await?;
    let taken = drop_in_places::take_up(&ctx, &acting.key(), TakeUp { rule, on }).await;
    let opening = match taken {
        Ok(opening) => opening,
        Err(Error::Invalid(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let there = [circle.guides[0], circle.guides[1], circle.peer_guide];
    let mut version = 1;
    for person in there.into_iter().take(2 + turn % 2) {
        let shift = AddShift {
            opening,
            version,
            person,
        };
        drop_in_places::add_shift(&ctx, &acting.key(), shift).await?;
        version += 1;
    }
    let describe = DescribeOpening {
        opening,
        version,
        activities: vec![DONE[turn % DONE.len()].to_owned()],
        ideas: Vec::new(),
        area: Some(3),
    };
    drop_in_places::describe_opening(&ctx, &acting.key(), describe).await?;
    let visits = i32::try_from(9 + turn * 7 % 12).unwrap_or(9);
    let count = Count {
        opening,
        visits,
        first_time_visits: visits / 8,
        personal_supports: visits / 6,
    };
    drop_in_places::count(&ctx, &acting.key(), count).await?;
    let told = CountSource {
        opening,
        source: WORD[turn % WORD.len()].to_owned(),
        visitors: 1,
    };
    drop_in_places::count_source(&ctx, &acting.key(), told).await?;
    Ok(())
}

async fn wish(
    acting: &mut Acting<'_>,
    circle: &Circle,
    place: DropInPlaceId,
    (days, text, area, came_to): Told,
) -> Result<WishId> {
    let received_on = plus_days(acting.today, days);
    let ctx = acting.as_on(circle.guides[0], received_on).await?;
    let paper = TypeIn {
        place,
        text: text.to_owned(),
        area: Some(area),
        received_on,
    };
    let wish = wishes::type_in(&ctx, &acting.key(), paper).await?;
    let Some((status, answer)) = came_to else {
        return Ok(wish);
    };
    let ctx = acting
        .as_on(circle.guides[1], plus_days(received_on, 7))
        .await?;
    let answer = AnswerWish {
        wish,
        version: 1,
        status,
        area: Some(area),
        told: Some(text.to_owned()),
        answer: Some(answer.to_owned()),
    };
    wishes::answer(&ctx, &acting.key(), answer).await
}
