//! That a week of a place falls short of its model: told on Monday of the past week, on Thursday of the next, or on the working
//! day after. Whether it does is asked hour by hour, so that a guide who is found, or a day that is added, calls it off again.

use chrono::{NaiveDate, NaiveTime, Weekday};
use rinnalla_entity::ids::DropInPlaceId;
use rinnalla_entity::states::NoticeKind;
use sea_orm::FromQueryResult;

use super::queries;
use super::rules::{self, Model, Weeks};
use crate::calendar::{self, plus_days};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::notices;
use crate::sql::Sql;

#[derive(FromQueryResult)]
struct Place {
    id: DropInPlaceId,
    least_minutes: i16,
    model_days: i16,
    model_guides: i16,
}

/// Plans the notices of weeks that fall short, and takes back those that are not sent and do so no longer; how many were new.
/// Six statements a place: an association has a few.
pub async fn enqueue_week_notices(ctx: &Ctx) -> Result<u64> {
    static PLACES: Sql = Sql::new(
        "SELECT id, least_minutes, model_days, model_guides FROM drop_in_places WHERE created_at < $1 ORDER BY id",
    );
    if !calendar::is_working_day(ctx.today) {
        return Ok(0);
    }
    let mut planned = 0;
    for (kind, monday, for_on) in due(ctx.today) {
        let begins = calendar::helsinki_instant(monday, NaiveTime::MIN);
        let known = begins.min(ctx.now);
        let places: Vec<Place> = PLACES.all(ctx.store.reader(), [known.into()]).await?;
        let (mut short, mut enough) = (Vec::new(), Vec::new());
        for place in places {
            match falls_short(ctx, &place, monday).await? {
                true => short.push(place.id),
                false => enough.push(place.id),
            }
        }
        notices::cancel_week(ctx, kind, monday, &enough).await?;
        planned += notices::plan_week(ctx, kind, (monday, for_on), &short).await?;
    }
    Ok(planned)
}

/// What is told this week so far: the kind, the Monday of the week that it is about, and the day that it is for. A Thursday that
/// is a holiday may be made up for in the week after.
fn due(today: NaiveDate) -> Vec<(NoticeKind, NaiveDate, NaiveDate)> {
    let this = today.week(Weekday::Mon).first_day();
    let thursday = |monday| {
        let for_on = calendar::next_working_day(plus_days(monday, 3));
        (NoticeKind::PlaceWeekNext, plus_days(monday, 7), for_on)
    };
    let monday = calendar::next_working_day(this);
    let all = [
        (NoticeKind::PlaceWeekPast, plus_days(this, -7), monday),
        thursday(plus_days(this, -7)),
        thursday(this),
    ];
    let is_due = |(_, _, for_on): &(_, _, NaiveDate)| (this..=today).contains(for_on);
    all.into_iter().filter(is_due).collect()
}

async fn falls_short(ctx: &Ctx, place: &Place, monday: NaiveDate) -> Result<bool> {
    let days = monday..=plus_days(monday, 6);
    let db = ctx.store.reader();
    let plan = queries::plan(db, place.id, &days).await?;
    let slots = rules::expand(&plan, &days).map_err(|fault| Error::Internal(Box::new(fault)))?;
    let (guides, away, missed) = queries::guides(db, place.id, &days).await?;
    let of = Weeks {
        slots: &slots,
        guides: &guides,
        away: &away,
        missed: &missed,
    };
    let model = Model {
        days: place.model_days,
        least_minutes: place.least_minutes,
        guides: place.model_guides,
    };
    let weeks = rules::weeks(model, &of, &days);
    Ok(weeks
        .iter()
        .any(|week| week.is_below_days || week.is_below_guides))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;

    #[test]
    fn the_past_week_is_told_on_monday_and_the_next_on_thursday() {
        let told = |today: &str| -> Vec<(NoticeKind, NaiveDate)> {
            let due = due(day(today)).into_iter();
            due.map(|(kind, monday, _)| (kind, monday)).collect()
        };
        let past = (NoticeKind::PlaceWeekPast, day("16.11.2026"));
        assert_eq!(told("23.11.2026"), [past]);
        assert_eq!(told("25.11.2026"), [past], "late");
        assert_eq!(
            told("26.11.2026"),
            [past, (NoticeKind::PlaceWeekNext, day("30.11.2026"))]
        );
        // Christmas Eve is a Thursday, so the week after is told of on its own Monday.
        let monday = [
            (NoticeKind::PlaceWeekPast, day("21.12.2026")),
            (NoticeKind::PlaceWeekNext, day("28.12.2026")),
        ];
        assert_eq!(told("28.12.2026"), monday);
    }
}
