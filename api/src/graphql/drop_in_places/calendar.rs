//! The calendar of a drop-in place, as those who keep it see it.

use async_graphql::{ComplexObject, Result, SimpleObject};
use chrono::NaiveDate;
use rinnalla_domain::calendar::helsinki_instant;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::drop_in_places::{self as domain, rules};
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::DropInPlaceId;

use super::codes::{ClosedBy, ClosedReason, closed_by};
use super::{Opening, OpeningRule};
use crate::graphql::courses::DayOff;
use crate::graphql::prefetch::{Look, fill_refs};
use crate::graphql::scalars::{Date, DateTime, LocalTime};
use crate::graphql::written::{Written, written};

/// One opening in the calendar of a drop-in place, whether something of it is recorded or not (kalenterimerkintä).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct PlaceCalendarEntry {
    /// The day.
    on: Date,
    /// From when by Helsinki's clock.
    starts_at: LocalTime,
    /// Until when.
    ends_at: LocalTime,
    /// When it begins: the time of day stays the same when clocks are changed.
    begins: DateTime,
    /// When it ends.
    ends: DateTime,
    /// What keeps it from taking place; absent where it does.
    closed_by: Option<ClosedBy>,
    /// For which holiday it is closed.
    day_off: Option<DayOff>,
    /// Why it is closed or was cancelled.
    closed_reason: Option<ClosedReason>,
    /// The rule that makes it: to take it up, this and the day are told. Absent where no rule makes it.
    rule: Option<OpeningRule>,
    #[graphql(skip)]
    opening: Option<Opening>,
}

/// One opening in the calendar of a drop-in place, whether something of it is recorded or not (kalenterimerkintä).
#[written]
#[ComplexObject]
impl PlaceCalendarEntry {
    /// The opening; absent as long as nothing of it is recorded.
    async fn opening(&self) -> Result<Option<&Opening>> {
        Ok(self.opening.as_ref())
    }
}

impl From<domain::Entry> for PlaceCalendarEntry {
    fn from(entry: domain::Entry) -> Self {
        let slot = entry.slot;
        let (starts_at, ends_at) = (rules::clock(slot.starts_at), rules::clock(slot.ends_at));
        let closure = slot.closure.map(closed_by);
        Self {
            on: slot.on.into(),
            starts_at: LocalTime(starts_at),
            ends_at: LocalTime(ends_at),
            begins: helsinki_instant(slot.on, starts_at).into(),
            ends: helsinki_instant(slot.on, ends_at).into(),
            closed_by: closure.map(|(by, _, _)| by),
            day_off: closure.and_then(|(_, day, _)| day),
            closed_reason: closure.and_then(|(_, _, reason)| reason),
            rule: entry.rule.map(Into::into),
            opening: entry.opening.map(Opening::from),
        }
    }
}

impl PlaceCalendarEntry {
    /// The calendar of a place, with what is selected below its openings.
    pub async fn all(
        ctx: &Ctx,
        place: DropInPlaceId,
        days: (NaiveDate, NaiveDate),
        look: Look<'_>,
    ) -> DomainResult<Option<Vec<Self>>> {
        let Some(entries) = domain::calendar(ctx, place, days).await? else {
            return Ok(None);
        };
        let mut entries: Vec<Self> = entries.into_iter().map(Self::from).collect();
        if let Some(below) = look.child("opening") {
            let openings = entries.iter_mut().filter_map(|it| it.opening.as_mut());
            fill_refs(openings.collect(), &below, ctx).await?;
        }
        Ok(Some(entries))
    }
}
