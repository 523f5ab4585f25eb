//! The codes of joint reviews.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::joint_reviews::rules;
use rinnalla_domain::states;

/// What became of a joint review (väliarvion tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::JointReviewStatus")]
pub enum JointReviewStatus {
    /// It is open.
    Planned,
    /// It was held.
    Held,
    /// It was recorded that it is not held.
    NotHeld,
    /// It fell away.
    Cancelled,
}

/// How an open joint review stands today (väliarvion ajankohta).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "rules::Timing")]
pub enum JointReviewTiming {
    /// Its planned day is still to come.
    Upcoming,
    /// From the planned day to the end of the window.
    Due,
    /// Its window has passed.
    Overdue,
}

/// Why a joint review fell away (väliarvion peruuntumisen syy).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ReviewCancelledReason")]
pub enum ReviewCancelledReason {
    /// The support relationship was paused.
    Paused,
    /// The support relationship ended.
    Ended,
    /// What it followed from was recorded in error.
    RecordedInError,
}

/// What was recorded of a joint review (väliarvion kirjauksen laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ReviewRecordKind")]
pub enum ReviewRecordKind {
    /// It was held.
    Held,
    /// It is not held.
    NotHeld,
}

/// How a joint review was held (väliarvion tapa).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ReviewChannel")]
pub enum ReviewChannel {
    /// Face to face.
    InPerson,
    /// Remotely.
    Remote,
}

/// How the support relationship has gone (miten on sujunut).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ReviewProgress")]
pub enum ReviewProgress {
    /// Well.
    Well,
    /// Now better, now worse.
    Varying,
    /// With difficulty.
    WithDifficulty,
    /// The people did not say.
    NotSaid,
}

/// What follows a joint review (jatko). What follows is recorded by an act of its own.
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ReviewOutcome")]
pub enum ReviewOutcome {
    /// It goes on.
    Continue,
    /// The agreement is to be changed.
    ChangeAgreement,
    /// A pause.
    Pause,
    /// The end.
    End,
}

/// Why a joint review is not held (miksi väliarviota ei pidetä).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::NotHeldReason")]
pub enum NotHeldReason {
    /// The people were not reached.
    NotReached,
    /// Put off to the next.
    Postponed,
    /// The people did not want it.
    NotWanted,
    /// The professional was away.
    ProfessionalAway,
    /// Something else.
    Other,
}
