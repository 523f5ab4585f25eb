//! What courses for peer guides teach, in versions (kurssirunko): eight sessions, each with a theme, methods and materials.
//!
//! A version is worked out in workshops by professionals and project developers together, people who know the courses from
//! within; the source held three before its pilot. Of a workshop stands how many there were and what was changed, never who.
//! A course that follows a version takes its sessions' words when it is planned; from then on the version is changed no
//! more, and what the course does otherwise is recorded of the course.

mod acts;
mod queries;
pub mod rules;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{CurriculumId, CurriculumWorkshopId, OrganisationId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::access::{ReadCourses, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::Grouped;

pub use acts::{
    AddWorkshop, CancelWorkshop, Correct, Create, Words, add_workshop, cancel_workshop, correct,
    create,
};

/// A version of what courses teach.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Curriculum {
    /// Its id.
    pub id: CurriculumId,
    /// The association whose it is.
    pub organisation_id: OrganisationId,
    /// Its name, the same for all its versions.
    pub name: String,
    /// Which version it is, from 1 on.
    pub no: i32,
    /// How many courses follow it; cancelled ones are counted.
    pub courses: i64,
    /// Grows with every change.
    pub version: i32,
}

/// What one of the eight sessions is about.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Session {
    /// Of which version.
    pub curriculum_id: CurriculumId,
    /// Which of the eight it is, from 1 on.
    pub no: i16,
    /// What it is about.
    pub theme: String,
    /// How it is worked on.
    pub methods: Option<String>,
    /// What is needed for it.
    pub materials: Option<String>,
}

/// A workshop in which a version was worked out.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Workshop {
    /// Its id.
    pub id: CurriculumWorkshopId,
    /// Of which version.
    pub curriculum_id: CurriculumId,
    /// The day.
    pub on_date: NaiveDate,
    /// How many professionals there were.
    pub professionals: i16,
    /// How many project developers there were.
    pub developers: i16,
    /// What was changed.
    pub changed: String,
}

/// The versions of an association, or all within reach, by name and then the latest first.
pub async fn list(ctx: &Ctx, organisation: Option<OrganisationId>) -> Result<Vec<Curriculum>> {
    let scope = require::<ReadCourses>(ctx)?;
    queries::list(ctx, &scope, organisation).await
}

/// One version; `None` where it is absent or hidden. Those who lead a course see the one that it follows.
pub async fn find(ctx: &Ctx, id: CurriculumId) -> Result<Option<Curriculum>> {
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        let scope = require::<ReadCourses>(ctx)?;
        ctx.refuse(&scope, ObjectKind::Course, id);
    }
    Ok(found)
}

/// The versions with these ids, as far as the actor may see them.
pub async fn for_ids(ctx: &Ctx, ids: &[CurriculumId]) -> Result<HashMap<CurriculumId, Curriculum>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The eight sessions of each version, in order.
pub async fn sessions_for(
    ctx: &Ctx,
    of: &[CurriculumId],
) -> Result<Grouped<CurriculumId, Session>> {
    let scope = require::<ReadCourses>(ctx)?;
    let mut grouped = Grouped::<CurriculumId, Session>::with_capacity(of.len());
    for row in queries::sessions_for(ctx, &scope, of).await? {
        grouped.entry(row.curriculum_id).or_default().push(row);
    }
    Ok(grouped)
}

/// The workshops of each version, the first one first; those recorded in error are left out.
pub async fn workshops_for(
    ctx: &Ctx,
    of: &[CurriculumId],
) -> Result<Grouped<CurriculumId, Workshop>> {
    let scope = require::<ReadCourses>(ctx)?;
    let mut grouped = Grouped::<CurriculumId, Workshop>::with_capacity(of.len());
    for row in queries::workshops_for(ctx, &scope, of).await? {
        grouped.entry(row.curriculum_id).or_default().push(row);
    }
    Ok(grouped)
}

/// Whether an association has such a version.
pub(crate) async fn is_of(ctx: &Ctx, id: CurriculumId, of: OrganisationId) -> Result<bool> {
    queries::is_of(ctx.store.reader(), id, of).await
}

/// The eight sessions of a version that a course is about to follow. It is held until the act ends, so that nobody changes it
/// meanwhile.
pub(crate) async fn follow(db: &impl ConnectionTrait, id: CurriculumId) -> Result<Vec<Session>> {
    queries::hold(db, id).await?;
    queries::sessions_of(db, id).await
}
