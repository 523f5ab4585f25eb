//! The codes of relationships, agreements and what happens to them.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::states;

/// How a support relationship stands (tukisuhteen tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupportRelationshipStatus")]
pub enum SupportRelationshipStatus {
    /// Contact details were disclosed; the two have not met yet.
    Proposed,
    /// The first meeting was held; nothing is agreed yet.
    FirstMeetingHeld,
    /// Agreed, to start on a day to come.
    Agreed,
    /// Under way.
    Active,
    /// Resting.
    Paused,
    /// Ended.
    Ended,
    /// The disclosure was recorded in error and taken back.
    Cancelled,
}

/// What happened to a support relationship (tukisuhteen tapahtuma).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupportRelationshipActKind")]
pub enum SupportRelationshipActKind {
    /// The first meeting was held.
    FirstMeetingHeld,
    /// It rests from this day.
    Paused,
    /// It goes on from this day.
    Resumed,
    /// It ended.
    Ended,
}

/// Why a support relationship ended (päättymisen syy).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::EndReason")]
pub enum EndReason {
    /// The agreed time was over.
    TermCompleted,
    /// The supported person wished so.
    BySupported,
    /// The support person wished so.
    BySupportPerson,
    /// Both agreed on it.
    ByAgreement,
    /// One of the two moved away.
    Moved,
    /// Something else.
    Other,
}

/// Why a first meeting was held without the professional (poikkeus saattaen siirtämisestä): a coordinator's exception.
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::HandoverException")]
pub enum HandoverException {
    /// The professional was ill.
    ProfessionalIll,
    /// The supported person wished so.
    WishOfSupported,
    /// The way was too long.
    Distance,
    /// Something else.
    Other,
}

/// How often the two meet (tapaamisrytmi).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::MeetingRhythm")]
pub enum MeetingRhythm {
    /// Every week.
    Weekly,
    /// Every two weeks.
    EveryTwoWeeks,
    /// Every month.
    Monthly,
    /// Agreed each time.
    AgreedEachTime,
}
