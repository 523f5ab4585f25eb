//! The codes of support persons.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::states;

/// The ground of a support person's peerness (vertaisuuden tausta).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupportBackground")]
pub enum SupportBackground {
    /// Recovered from their own dependence.
    OwnRecovery,
    /// The recovered next of kin of somebody dependent.
    NextOfKin,
}

/// How a support person stands (tukihenkilön tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupportPersonStatus")]
pub enum SupportPersonStatus {
    /// Has offered to become one.
    Applicant,
    /// In training.
    InTraining,
    /// The training is complete.
    Trained,
    /// May be proposed, and supports people.
    Active,
    /// Rests; there is no reason.
    Paused,
    /// Is one no longer.
    Ended,
}

/// What happened to a support person (tukihenkilön kirjaus).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupportPersonActKind")]
pub enum SupportPersonActKind {
    /// The one-year criterion was attested as met.
    CriterionMet,
    /// It was attested that the criterion does not apply to a next of kin.
    CriterionNotApplicable,
    /// The training started.
    TrainingStarted,
    /// A training weekend was attended.
    TrainingWeekendAttended,
    /// A training completed earlier or elsewhere was attested.
    EarlierTrainingAttested,
    /// The confidentiality undertaking was signed.
    ConfidentialitySigned,
    /// A further gate was attested.
    GateAttested,
    /// Moved to another programme.
    ProgrammeChanged,
    /// Began as a support person.
    Activated,
    /// Paused.
    Paused,
    /// Went on.
    Resumed,
    /// Ended.
    Ended,
}

/// A day of the week (viikonpäivä).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "chrono::Weekday")]
pub enum Weekday {
    /// Monday.
    #[graphql(name = "MONDAY")]
    Mon,
    /// Tuesday.
    #[graphql(name = "TUESDAY")]
    Tue,
    /// Wednesday.
    #[graphql(name = "WEDNESDAY")]
    Wed,
    /// Thursday.
    #[graphql(name = "THURSDAY")]
    Thu,
    /// Friday.
    #[graphql(name = "FRIDAY")]
    Fri,
    /// Saturday.
    #[graphql(name = "SATURDAY")]
    Sat,
    /// Sunday.
    #[graphql(name = "SUNDAY")]
    Sun,
}
