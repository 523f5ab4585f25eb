//! The weeks of a drop-in place, held against what the place has said of itself.

use std::sync::Arc;

use async_graphql::{ComplexObject, Result, SimpleObject};
use chrono::NaiveDate;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::drop_in_places::{self as domain, rules::Short};
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{DropInPlaceId, PersonId};

use super::codes::{ClosedBy, ClosedReason, PlaceWeekReasonKind, closed_by};
use crate::graphql::courses::DayOff;
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, filled};
use crate::graphql::scalars::Date;
use crate::graphql::written::{Written, written};

/// A week of a drop-in place, held against what the place has said of itself (kohtaamispaikan viikko).
#[derive(SimpleObject, Written, Clone)]
pub struct PlaceWeek {
    /// The year of its number, by ISO 8601.
    year: i32,
    /// Its number.
    week: i32,
    /// Its Monday.
    from: Date,
    /// Its Sunday.
    to: Date,
    /// On how many days the place is open long enough to count.
    open_days: i16,
    /// How long it is open, all days together, in minutes.
    open_minutes: i32,
    /// How many paid guides it has, those away all the time left out.
    guides: i16,
    /// Whether it is open on fewer days than it should be.
    is_below_days: bool,
    /// Whether it has fewer paid guides than it should have.
    is_below_guides: bool,
    /// Why it falls short; empty where it does not.
    reasons: Vec<PlaceWeekReason>,
}

/// Why a week of a drop-in place falls short (viikon vajeen syy).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct PlaceWeekReason {
    /// What kind of reason it is.
    kind: PlaceWeekReasonKind,
    /// The day, where it is about one.
    on: Option<Date>,
    /// For which holiday the place is closed.
    day_off: Option<DayOff>,
    /// Why it is closed or was cancelled.
    closed_reason: Option<ClosedReason>,
    #[graphql(skip)]
    person_id: Option<PersonId>,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// Why a week of a drop-in place falls short (viikon vajeen syy).
#[written]
#[ComplexObject]
impl PlaceWeekReason {
    /// Who is away or could not come, where it is about somebody.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl From<Short> for PlaceWeekReason {
    fn from(short: Short) -> Self {
        use PlaceWeekReasonKind as Kind;
        let reason = |kind, on: Option<NaiveDate>, person_id| Self {
            kind,
            on: on.map(Date),
            day_off: None,
            closed_reason: None,
            person_id,
            person: None,
        };
        match short {
            Short::Closed(on, closure) => {
                let (by, day_off, closed_reason) = closed_by(closure);
                let kind = match by {
                    ClosedBy::Holiday => Kind::Holiday,
                    ClosedBy::ClosedDay => Kind::ClosedDay,
                    ClosedBy::Cancelled => Kind::Cancelled,
                };
                Self {
                    day_off,
                    closed_reason,
                    ..reason(kind, Some(on), None)
                }
            }
            Short::TooShort(on) => reason(Kind::TooShort, Some(on), None),
            Short::TooFewPlanned => reason(Kind::TooFewPlanned, None, None),
            Short::TooFewGuides => reason(Kind::TooFewGuides, None, None),
            Short::Away(person) => reason(Kind::GuideAway, None, Some(person)),
            Short::Missed(on, person) => reason(Kind::GuideMissed, Some(on), Some(person)),
        }
    }
}

impl From<domain::PlaceWeek> for PlaceWeek {
    fn from(week: domain::PlaceWeek) -> Self {
        let iso = week.iso();
        Self {
            year: iso.year(),
            week: i32::try_from(iso.week()).unwrap_or_default(),
            from: week.monday.into(),
            to: week.sunday().into(),
            open_days: week.open_days,
            open_minutes: week.open_minutes,
            guides: week.guides,
            is_below_days: week.is_below_days,
            is_below_guides: week.is_below_guides,
            reasons: week.reasons.into_iter().map(Into::into).collect(),
        }
    }
}

impl PlaceWeek {
    /// The weeks of a place, with who is meant where that is selected.
    pub async fn all(
        ctx: &Ctx,
        place: DropInPlaceId,
        days: (NaiveDate, NaiveDate),
        look: Look<'_>,
    ) -> DomainResult<Option<Vec<Self>>> {
        let Some(weeks) = domain::weeks(ctx, place, days).await? else {
            return Ok(None);
        };
        let mut weeks: Vec<Self> = weeks.into_iter().map(Into::into).collect();
        let reasons = look.child("reasons");
        if let Some(below) = reasons.as_ref().and_then(|below| below.child("person")) {
            let all = weeks.iter().flat_map(|week| &week.reasons);
            let ids: Vec<PersonId> = all.filter_map(|reason| reason.person_id).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for reason in weeks.iter_mut().flat_map(|week| &mut week.reasons) {
                let person = reason.person_id.and_then(|id| found.get(&id).cloned());
                reason.person = Some(person);
            }
        }
        Ok(Some(weeks))
    }
}
