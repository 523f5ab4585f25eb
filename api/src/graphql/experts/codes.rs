//! What the states of experts and their assignments are called.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::states;

/// Whether an expert is trained (kokemusasiantuntijan tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ExpertStatus")]
pub enum ExpertStatus {
    /// The training has not ended.
    InTraining,
    /// The training has ended.
    Trained,
}

/// What an expert is paid (korvaus).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::Compensation")]
pub enum Compensation {
    /// Nothing.
    None,
    /// What it costs to come (kulukorvaus).
    Expenses,
    /// A fee (palkkio).
    Fee,
    /// A wage (palkka).
    Wage,
}

/// On what terms an expert works (työsuhde).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::Employment")]
pub enum Employment {
    /// As a volunteer, without employment.
    Volunteer,
    /// Employed for a time.
    FixedTerm,
    /// Employed for good.
    Permanent,
}

/// How the funding of an assignment stands (rahoituksen tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::FundingStatus")]
pub enum FundingStatus {
    /// Granted.
    Granted,
    /// Applied for.
    Applied,
    /// Ended.
    Ended,
}
