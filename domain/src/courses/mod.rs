//! Courses for peer guides (vertaisohjaajakoulutus): eight weekly sessions, led by two professionals, for people of whom
//! neither a diagnosis nor a substance-free time is asked.
//!
//! A course belongs to the association that arranges it; its coordinators plan it and say who leads it. Facilitators
//! reach the courses that they lead, and nothing else of the association. Participants are told of their own part alone.
//! The rules are in [`rules`]; here courses are read.

mod attendance;
mod changes;
mod changing;
mod costs;
mod deciding;
mod enrolling;
mod enrolments;
mod facilitators;
mod feedback;
mod feeds;
mod following;
mod names;
mod opening;
mod own;
mod planning;
mod queries;
pub mod rules;
mod sessions;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use rinnalla_entity::ids::{
    CourseId, CourseSessionId, CurriculumId, Id as _, OrganisationId, PersonId,
};
use rinnalla_entity::states::{
    CourseOrganiserKind, CourseSessionStatus, CourseStatus, FacilitatorKind,
};
use sea_orm::FromQueryResult;

use crate::access::{ReadCourses, Scope, require};
use crate::audit::ObjectKind;
use crate::calendar::helsinki_instant;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Grouped, Page, PageArgs};

pub use attendance::{Mark, RecordAttendance, record_attendance};
pub use changes::{CourseChange, changes_for};
pub(crate) use changing::tell_of_course;
pub use changing::{
    DescribeSession, MakeUpSession, MoveSession, OnSession, cancel_session, describe_session,
    make_up_session, move_session, reinstate_session,
};
pub use costs::{AddCost, CancelCost, Cost, add_cost, cancel_cost, costs_for};
pub use deciding::{CancelDecision, Decide, Decision, cancel_decision, decide};
pub use enrolling::{
    AddPerson, AddSomebody, CorrectEnrolment, OnEnrolment, accept, add, add_person,
    cancel_enrolment, correct_enrolment,
};
pub use enrolments::{Cell, Enrolment, cells_for, enrolments_for, find_enrolment, next_steps_for};
pub use facilitators::{AssignFacilitator, RemoveFacilitator, assign, remove};
pub use feedback::{
    Answers, CloseFeedback, OpenFeedback, Results, Wave, close_feedback, find_wave, give_feedback,
    open_feedback, takes_feedback, waves_for,
};
pub use feeds::{
    CloseFeed, Feed, OpenFeed, Served, close_feed, feeds_for, find_feed, open_feed, served,
};
pub use following::{FollowCurriculum, follow_curriculum};
pub(crate) use names::{
    Cells as NameCells, LINE_MAX_CHARS, NAME_MAX_CHARS, THEME_MAX_CHARS, check as check_name,
    open_own as open_name, seal as seal_name,
};
pub use opening::{OnCourse, cancel, open, open_cancel, reinstate};
pub use own::{
    ChooseReminders, OwnEnrolment, choose_reminders, find_own, own_cells_for, own_enrolments,
};
pub use planning::{Correct, Create, Details, Preview, correct, create, preview};
pub(crate) use queries::count_change;
pub use sessions::{find_session, for_courses as sessions_for, sessions_to_record};

/// A course.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// The association whose course it is.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub name: String,
    /// For which unit it is arranged: told of the course, never of anybody in it.
    pub unit: Option<String>,
    /// From which day it was planned.
    pub starts_on: NaiveDate,
    /// At which time of day, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// How long the lunch break is, in minutes.
    pub lunch_minutes: i16,
    /// How many came to the unit's groups before.
    pub baseline_group_size: Option<i16>,
    /// How many may take part; whoever comes after them waits.
    pub participant_limit: Option<i16>,
    /// The version of the curriculum that it follows, where it follows one.
    pub curriculum_id: Option<CurriculumId>,
    /// How far it is.
    pub status: CourseStatus,
    /// Grows with every change.
    pub version: i32,
}

impl Course {
    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.starts_on),
            id: self.id.uuid(),
        }
    }

    /// The days that its plan left out.
    pub fn skipped(&self) -> Vec<rules::Skipped> {
        rules::plan(self.starts_on).skipped
    }
}

/// A session of a course.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CourseSession {
    /// Its id.
    pub id: CourseSessionId,
    /// The course.
    pub course_id: CourseId,
    /// The association whose course it is.
    pub organisation_id: OrganisationId,
    /// Which of the eight it is, from 1 on.
    pub no: i16,
    /// The day.
    pub on_date: NaiveDate,
    /// When it begins, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// How long it lasts.
    pub minutes: i16,
    /// Whether it is to come, was moved, held or cancelled.
    pub status: CourseSessionStatus,
    /// The cancelled session that it makes up for, where it does.
    pub replaces_id: Option<CourseSessionId>,
    /// What it is about.
    pub theme: Option<String>,
    /// How it is worked on.
    pub methods: Option<String>,
    /// What is needed for it.
    pub materials: Option<String>,
    /// Grows when the day, the time or the cancellation changes: calendars go by it.
    pub sequence: i32,
    /// Grows with every change.
    pub version: i32,
}

impl CourseSession {
    /// When it begins by the clock.
    pub fn starts_at(&self) -> NaiveTime {
        rules::clock(self.starts_at)
    }

    /// When it begins.
    pub fn begins(&self) -> DateTime<Utc> {
        helsinki_instant(self.on_date, self.starts_at())
    }

    /// When it ends.
    pub fn ends(&self) -> DateTime<Utc> {
        self.begins() + TimeDelta::minutes(self.minutes.into())
    }
}

/// Somebody who leads a course.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Facilitator {
    /// The course.
    pub course_id: CourseId,
    /// Who.
    pub person_id: PersonId,
    /// As a professional, or assisting.
    pub kind: FacilitatorKind,
    /// Whether they have graduated from a course of the association.
    pub is_graduate: bool,
}

/// An organisation that arranges a course too, or works along.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Organiser {
    /// The course.
    pub course_id: CourseId,
    /// Which organisation.
    pub organisation_id: OrganisationId,
    /// In which part.
    pub kind: CourseOrganiserKind,
}

/// How many took part in a course, and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Figures {
    /// How many courses.
    pub courses: i64,
    /// Enrolments of whoever came at least once.
    pub enrolled: i64,
    /// People among them: who took part in two courses is one.
    pub persons: i64,
    /// Enrolments that ended in graduation.
    pub graduated: i64,
    /// What the courses cost, in cents.
    pub cost_cents: i64,
}

impl Figures {
    /// Enrolments that did not.
    pub fn not_graduated(&self) -> i64 {
        self.enrolled - self.graduated
    }

    /// The share that graduated; none where nobody came.
    pub fn completion(&self) -> Option<f64> {
        let count = |n: i64| usize::try_from(n).unwrap_or_default();
        rules::share(count(self.graduated), count(self.enrolled))
    }

    /// What one graduate cost, in cents; none where nobody graduated or nothing was recorded.
    pub fn cost_per_graduate_cents(&self) -> Option<i64> {
        rules::cost_per_graduate(self.cost_cents, self.graduated)
    }

    /// How many a course had on average.
    pub fn mean_enrolled(&self) -> Option<f64> {
        (self.courses > 0).then(|| self.enrolled as f64 / self.courses as f64)
    }
}

/// Which courses a list holds; everything that is set must apply.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this association.
    pub organisation: Option<OrganisationId>,
    /// As far as this.
    pub status: Option<CourseStatus>,
    /// Planned from this day on or later.
    pub from: Option<NaiveDate>,
    /// Planned from this day on or earlier.
    pub to: Option<NaiveDate>,
    /// Those that the actor leads.
    pub mine: bool,
}

impl Filter {
    fn check(&self) -> Result<()> {
        let ends = self.from.zip(self.to);
        crate::error::Violations::default()
            .check(
                ends.is_none_or(|(from, to)| from <= to),
                "to",
                "DATES_OUT_OF_ORDER",
            )
            .done()
    }
}

/// The courses that the actor may see, the latest first.
///
/// Errors: `Invalid` for a filter or a cursor that cannot be.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<Course>> {
    let scope = require::<ReadCourses>(ctx)?;
    filter.check()?;
    let is_of_another = page.after.is_some_and(|after| after.on.is_none());
    if is_of_another {
        return Err(crate::error::Error::invalid("after", "MALFORMED"));
    }
    let rows = queries::list(ctx, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, page.rows.iter());
    Ok(page)
}

/// What came of the courses that the actor may see: exact, and for the association's own use.
pub async fn figures(ctx: &Ctx, filter: &Filter) -> Result<Figures> {
    let scope = require::<ReadCourses>(ctx)?;
    filter.check()?;
    queries::figures(ctx, &scope, filter).await
}

/// One course; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: CourseId) -> Result<Option<Course>> {
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        let scope = require::<ReadCourses>(ctx)?;
        ctx.refuse(&scope, ObjectKind::Course, id);
    }
    Ok(found)
}

/// The courses with these ids, as far as the actor may see them.
pub async fn for_ids(ctx: &Ctx, ids: &[CourseId]) -> Result<HashMap<CourseId, Course>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    see(ctx, &scope, rows.iter());
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What courses are to bring, as codes.
pub async fn goals_for(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, String>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::goals_for(ctx, &scope, of).await?;
    Ok(grouped(
        rows.into_iter().map(|row| (row.course_id, row.code)),
    ))
}

/// Who arranges courses along with their association, and who works along.
pub async fn organisers_for(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, Organiser>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::organisers_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.course_id, row))))
}

/// Who leads courses, in the order in which they were assigned.
pub async fn facilitators_for(
    ctx: &Ctx,
    of: &[CourseId],
) -> Result<Grouped<CourseId, Facilitator>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::facilitators_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.course_id, row))))
}

/// What came of each course.
pub async fn figures_for(ctx: &Ctx, of: &[CourseId]) -> Result<HashMap<CourseId, Figures>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::figures_for(ctx, &scope, of).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.course_id, row.figures))
        .collect())
}

fn grouped<T>(rows: impl Iterator<Item = (CourseId, T)>) -> Grouped<CourseId, T> {
    let mut grouped = Grouped::new();
    for (course, row) in rows {
        let of_one: &mut Vec<T> = grouped.entry(course).or_default();
        of_one.push(row);
    }
    grouped
}

fn see<'a>(ctx: &Ctx, scope: &Scope<ReadCourses>, rows: impl Iterator<Item = &'a Course>) {
    let seen = rows.map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::Course, seen);
}
