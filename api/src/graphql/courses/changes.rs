//! What courses do otherwise than the curriculum that they follow.

use async_graphql::{ID, SimpleObject};
use rinnalla_domain::courses as domain;

use crate::graphql::scalars::{DateTime, id};
use crate::graphql::written::Written;

/// A change of what a session is about, with what was told of it before (kurssin muutos kurssirunkoon).
#[derive(SimpleObject, Written, Clone)]
pub struct CourseChange {
    /// The session.
    #[graphql(owned)]
    course_session_id: ID,
    /// Which of the eight it is.
    no: i16,
    /// What it was about.
    theme: Option<String>,
    /// How it was to be worked on.
    methods: Option<String>,
    /// What was needed for it.
    materials: Option<String>,
    /// Why it was changed, where that was told.
    reason: Option<String>,
    /// When it was changed.
    recorded_at: DateTime,
}

impl From<domain::CourseChange> for CourseChange {
    fn from(row: domain::CourseChange) -> Self {
        Self {
            course_session_id: id(row.session_id),
            no: row.no,
            theme: row.theme,
            methods: row.methods,
            materials: row.materials,
            reason: row.reason,
            recorded_at: row.recorded_at.into(),
        }
    }
}
