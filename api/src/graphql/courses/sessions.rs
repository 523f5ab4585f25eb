//! A session of a course.

use async_graphql::{ID, SimpleObject};
use rinnalla_domain::courses as domain;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::CourseSessionId;

use super::codes::CourseSessionStatus;
use crate::graphql::prefetch::Look;
use crate::graphql::scalars::{Date, DateTime, LocalTime, id};
use crate::graphql::written::Written;

/// One time that a course meets (kurssikerta).
#[derive(SimpleObject, Written, Clone)]
pub struct CourseSession {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Which of the eight it is, from 1 on; one that makes up for another has the other's number.
    no: i16,
    /// The day.
    on: Date,
    /// The time of day.
    starts_at: LocalTime,
    /// When it begins.
    begins: DateTime,
    /// When it ends.
    ends: DateTime,
    /// How long it lasts with lunch, in minutes.
    minutes: i16,
    /// Whether it is to come or was held.
    status: CourseSessionStatus,
    /// Whether it makes up for a cancelled one.
    is_made_up: bool,
    /// What it is about.
    theme: Option<String>,
    /// How it is worked on.
    methods: Option<String>,
    /// What is needed for it.
    materials: Option<String>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
}

impl From<domain::CourseSession> for CourseSession {
    fn from(row: domain::CourseSession) -> Self {
        Self {
            id: id(row.id),
            no: row.no,
            on: row.on_date.into(),
            starts_at: LocalTime(row.starts_at()),
            begins: row.begins().into(),
            ends: row.ends().into(),
            minutes: row.minutes,
            status: row.status.into(),
            is_made_up: row.replaces_id.is_some(),
            theme: row.theme,
            methods: row.methods,
            materials: row.materials,
            version: row.version,
        }
    }
}

impl CourseSession {
    /// One session.
    pub async fn load(ctx: &Ctx, id: CourseSessionId, _: Look<'_>) -> DomainResult<Option<Self>> {
        Ok(domain::find_session(ctx, id).await?.map(Self::from))
    }
}
