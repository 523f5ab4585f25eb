//! What the states of drop-in places are called.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::drop_in_places::rules;
use rinnalla_domain::states;

/// As what somebody is at a drop-in place (kohtaamispaikan rooli).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::PlaceRole")]
pub enum PlaceRole {
    /// Guides there for pay (palkattu ohjaaja).
    PaidGuide,
    /// Helps there without pay (vapaaehtoinen).
    Volunteer,
    /// Tries out work there (työkokeilija).
    WorkTryout,
    /// Guides others from own experience (vertaisohjaaja).
    PeerGuide,
}

/// Why a drop-in place is closed (sulkemisen syy).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ClosedReason")]
pub enum ClosedReason {
    /// For a holiday.
    Holiday,
    /// Since nobody can be there.
    Staff,
    /// For another reason.
    Other,
}

/// What keeps an opening from taking place (sulkemisen peruste).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedBy {
    /// A public holiday, or the eve of Midsummer or Christmas.
    Holiday,
    /// The place is closed on the day.
    ClosedDay,
    /// This opening was cancelled.
    Cancelled,
}

/// Why a week of a drop-in place falls short (viikon vajeen laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceWeekReasonKind {
    /// The place is closed for a public holiday, or the eve of Midsummer or Christmas.
    Holiday,
    /// It is closed on the day.
    ClosedDay,
    /// An opening was cancelled.
    Cancelled,
    /// It is open on the day, and not long enough to count.
    TooShort,
    /// Fewer days were planned than are needed.
    TooFewPlanned,
    /// Fewer people are paid guides at the place than are needed.
    TooFewGuides,
    /// A paid guide is away on all the days on which the place is open.
    GuideAway,
    /// A paid guide could not come to an opening, and nobody came instead.
    GuideMissed,
}

/// What keeps an opening from taking place, with the holiday or the reason that it has.
pub fn closed_by(
    closure: rules::Closure,
) -> (
    ClosedBy,
    Option<crate::graphql::courses::DayOff>,
    Option<ClosedReason>,
) {
    match closure {
        rules::Closure::Holiday(day) => (ClosedBy::Holiday, Some(day.into()), None),
        rules::Closure::ClosedDay(reason) => (ClosedBy::ClosedDay, None, Some(reason.into())),
        rules::Closure::Cancelled(reason) => (ClosedBy::Cancelled, None, Some(reason.into())),
    }
}
