//! What the demonstration's drop-in place did together: a house meeting that was held, another to come, what the place cost, and
//! who paid.

use rinnalla_entity::ids::{DropInPlaceId, WishId};
use rinnalla_entity::states::PlaceCostKind;

use super::acting::Acting;
use super::places::Circle;
use crate::calendar::plus_days;
use crate::costs::Share;
use crate::drop_in_places::{self, AddCost};
use crate::error::{Error, Result};
use crate::house_meetings::{self, Decision, Plan, Record};

/// How many days ago the place and its visitors met, and in how many days they meet again.
const MET: i64 = -9;
const MEETS: i64 = 12;

/// What was paid two months ago: what for, how much, and who paid how much of it.
type Paid = (PlaceCostKind, i32, &'static [(&'static str, i32)]);
const PAID: [Paid; 3] = [
    (PlaceCostKind::Space, 120_000, &[("MUNICIPALITY", 120_000)]),
    (
        PlaceCostKind::Wages,
        640_000,
        &[("STEA", 480_000), ("MUNICIPALITY", 160_000)],
    ),
    (PlaceCostKind::Material, 18_500, &[("OWN", 18_500)]),
];
const PAID_ON: i64 = -60;

/// Adds it: `talked_over` was a wish on the agenda of the meeting that was held, `waits` is one for the next.
pub(super) async fn add(
    acting: &mut Acting<'_>,
    circle: &Circle,
    place: DropInPlaceId,
    (talked_over, waits): (WishId, WishId),
) -> Result<()> {
    let met_on = plus_days(acting.today, MET);
    let ctx = acting.as_on(circle.guides[0], met_on).await?;
    let plan = Plan {
        place,
        on: met_on,
        wishes: vec![talked_over],
        topics: vec!["Siivousvuorot ja avaimet".to_owned()],
    };
    let meeting = house_meetings::plan(&ctx, &acting.key(), plan).await?;
    let decided = |no, decision: &str| Decision {
        no,
        decision: decision.to_owned(),
        wish_status: None,
        answers_wish: false,
    };
    let record = Record {
        meeting,
        version: 1,
        heads: 14,
        decisions: vec![
            decided(1, "Kutsumme valtuutettuja kahville keväällä."),
            decided(2, "Vuorot ovat ovessa, kuka tahansa saa ottaa yhden."),
        ],
    };
    house_meetings::record(&ctx, &acting.key(), record).await?;

    let today = acting.today;
    let ctx = acting.as_on(circle.guides[1], today).await?;
    let plan = Plan {
        place,
        on: plus_days(today, MEETS),
        wishes: vec![waits],
        topics: vec!["Joulun ajan aukiolo".to_owned()],
    };
    house_meetings::plan(&ctx, &acting.key(), plan).await?;
    paid(acting, circle, place).await
}

async fn paid(acting: &mut Acting<'_>, circle: &Circle, place: DropInPlaceId) -> Result<()> {
    let on = plus_days(acting.today, PAID_ON);
    let ctx = acting.as_on(circle.coordinator, on).await?;
    for (kind, cents, shares) in PAID {
        let found = drop_in_places::find(&ctx, place).await?;
        let share = |(funder, cents): &(&str, i32)| Share {
            funder: (*funder).to_owned(),
            cents: *cents,
        };
        let cost = AddCost {
            place,
            version: found.ok_or(Error::NotFound)?.version,
            kind,
            on,
            cents,
            shares: shares.iter().map(share).collect(),
        };
        drop_in_places::add_cost(&ctx, &acting.key(), cost).await?;
    }
    Ok(())
}
