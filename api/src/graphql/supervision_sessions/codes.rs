//! What the forms and states of supervision are called.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::states;

/// In which form supervision is given (työnohjauksen muoto).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupervisionForm")]
pub enum SupervisionForm {
    /// In a group.
    Group,
    /// With one person.
    Individual,
    /// From afar, with one or several.
    Remote,
}

/// Whether a session of supervision is to come or was held (työnohjauskerran tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupervisionStatus")]
pub enum SupervisionStatus {
    /// To come, or not recorded yet.
    Planned,
    /// Held: it is recorded who was there.
    Held,
    /// Cancelled.
    Cancelled,
}

/// What somebody answered to an invitation (vastaus kutsuun).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupervisionAnswer")]
pub enum SupervisionAnswer {
    /// Nothing yet; sent, it takes an answer back.
    NotAnswered,
    /// They are coming.
    Coming,
    /// They are not coming.
    NotComing,
}

/// Whether somebody was at a session of supervision (läsnäolo työnohjauksessa).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SupervisionPresence")]
pub enum SupervisionPresence {
    /// There.
    Attended,
    /// Not there.
    Absent,
}
