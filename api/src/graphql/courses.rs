//! Courses for peer guides: their sessions, who takes part, and who was there.

mod acts;
mod changes;
mod children;
mod codes;
mod costs;
mod enrolment_acts;
mod enrolments;
mod feedback;
mod feeds;
mod own;
mod planning;
mod session_acts;
mod sessions;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::courses::{self as domain, rules};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{CourseId, OrganisationId};
use rinnalla_domain::page::PageArgs;

pub use self::acts::CourseMutation;
use self::changes::CourseChange;
use self::children::{CourseFacilitator, CourseFigures, CourseOrganiser};
pub use self::codes::DayOff;
use self::codes::{CourseStatus, CourseWarning};
use self::costs::CourseCost;
pub use self::costs::CourseCostMutation;
pub use self::enrolment_acts::EnrolmentMutation;
pub use self::enrolments::Enrolment;
pub use self::feedback::CourseFeedbackMutation;
use self::feedback::CourseFeedbackWave;
use self::feeds::CourseFeed;
pub use self::feeds::CourseFeedMutation;
use self::own::OwnEnrolment;
use self::planning::{CoursePlan, SkippedDay};
pub use self::session_acts::CourseSessionMutation;
pub use self::sessions::CourseSession;
use super::curricula::Curriculum;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::prefetch::{Look, fill, filled};
use super::scalars::{Date, LocalTime, Ref, id};
use super::written::{Answer, Written, written};

/// An input that names something and its version, and nothing more.
macro_rules! input_on {
    ($name:ident, $of:ident: $id:ident, $doc:literal, $what:literal) => {
        #[doc = $doc]
        #[derive(async_graphql::InputObject)]
        pub struct $name {
            /// The client's own name for this attempt; the same key with the same input is done once.
            idempotency_key: String,
            #[doc = $what]
            $of: Ref<$id>,
            /// Its version.
            version: i32,
        }
    };
}
use input_on;

/// A course for peer guides: eight weekly sessions, led by two professionals (vertaisohjaajakurssi).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Course {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Its name.
    name: String,
    /// For which unit it is arranged: told of the course, never of anybody in it.
    unit: Option<String>,
    /// How far it is.
    status: CourseStatus,
    /// From which day it was planned.
    starts_on: Date,
    /// At which time of day it was planned.
    starts_at: LocalTime,
    /// How long the lunch break is, in minutes.
    lunch_minutes: i16,
    /// How long its eight sessions last together, in minutes.
    gross_minutes: i32,
    /// The same without lunch.
    net_minutes: i32,
    /// How many came to the unit's groups before.
    baseline_group_size: Option<i16>,
    /// How many may take part; whoever comes after them waits.
    participant_limit: Option<i16>,
    /// Grows with every change of what is told of it; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Course,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    curriculum: Option<Option<Curriculum>>,
    #[graphql(skip)]
    changes: Option<Vec<CourseChange>>,
    #[graphql(skip)]
    goals: Option<Vec<String>>,
    #[graphql(skip)]
    organisers: Option<Vec<CourseOrganiser>>,
    #[graphql(skip)]
    facilitators: Option<Vec<CourseFacilitator>>,
    #[graphql(skip)]
    warnings: Option<Vec<CourseWarning>>,
    #[graphql(skip)]
    sessions: Option<Vec<CourseSession>>,
    #[graphql(skip)]
    enrolments: Option<Vec<Enrolment>>,
    #[graphql(skip)]
    figures: Option<CourseFigures>,
    #[graphql(skip)]
    feeds: Option<Vec<CourseFeed>>,
    #[graphql(skip)]
    feedback: Option<Vec<CourseFeedbackWave>>,
    #[graphql(skip)]
    costs: Option<Vec<CourseCost>>,
}

/// A course for peer guides: eight weekly sessions, led by two professionals (vertaisohjaajakurssi).
#[written]
#[ComplexObject]
impl Course {
    /// The association whose course it is.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// The version of the curriculum that it follows; absent where it follows none.
    async fn curriculum(&self) -> Result<Option<&Curriculum>> {
        Ok(filled(&self.curriculum)?.as_ref())
    }

    /// What it does otherwise than the curriculum that it follows, the first change first.
    async fn changes(&self) -> Result<&[CourseChange]> {
        Ok(filled(&self.changes)?)
    }

    /// What it is to bring: codes of the list `COURSE_GOAL`.
    async fn goals(&self) -> Result<&[String]> {
        Ok(filled(&self.goals)?)
    }

    /// Organisations that arrange it too, or work along.
    async fn organisers(&self) -> Result<&[CourseOrganiser]> {
        Ok(filled(&self.organisers)?)
    }

    /// Who leads it.
    async fn facilitators(&self) -> Result<&[CourseFacilitator]> {
        Ok(filled(&self.facilitators)?)
    }

    /// What should be put right about who leads it.
    async fn warnings(&self) -> Result<&[CourseWarning]> {
        Ok(filled(&self.warnings)?)
    }

    /// Its sessions in the order of their days, cancelled ones included.
    async fn sessions(&self) -> Result<&[CourseSession]> {
        Ok(filled(&self.sessions)?)
    }

    /// The days that its plan left out.
    async fn skipped(&self) -> Vec<SkippedDay> {
        let skipped = self.row.skipped().into_iter();
        skipped.map(SkippedDay::from).collect()
    }

    /// Who takes part, in the order in which they came to be on the list; whoever was taken off it is left out.
    async fn enrolments(&self) -> Result<&[Enrolment]> {
        Ok(filled(&self.enrolments)?)
    }

    /// What it cost, and who paid.
    async fn costs(&self) -> Result<&[CourseCost]> {
        Ok(filled(&self.costs)?)
    }

    /// Rounds of feedback on it, the first one first.
    async fn feedback(&self) -> Result<&[CourseFeedbackWave]> {
        Ok(filled(&self.feedback)?)
    }

    /// The open addresses at which calendars read its sessions.
    async fn feeds(&self) -> Result<&[CourseFeed]> {
        Ok(filled(&self.feeds)?)
    }

    /// How many took part, and what came of it.
    async fn figures(&self) -> Result<CourseFigures> {
        Ok(*filled(&self.figures)?)
    }
}

impl From<domain::Course> for Course {
    fn from(row: domain::Course) -> Self {
        let (gross_minutes, net_minutes) = rules::hours(rules::SESSIONS, row.lunch_minutes.into());
        Self {
            id: id(row.id),
            name: row.name.clone(),
            unit: row.unit.clone(),
            status: row.status.into(),
            starts_on: row.starts_on.into(),
            starts_at: LocalTime(rules::clock(row.starts_at)),
            lunch_minutes: row.lunch_minutes,
            gross_minutes,
            net_minutes,
            baseline_group_size: row.baseline_group_size,
            participant_limit: row.participant_limit,
            version: row.version,
            row,
            organisation: None,
            curriculum: None,
            changes: None,
            goals: None,
            organisers: None,
            facilitators: None,
            warnings: None,
            sessions: None,
            enrolments: None,
            figures: None,
            feeds: None,
            feedback: None,
            costs: None,
        }
    }
}

impl Course {
    /// One course with what is selected below it.
    pub async fn load(ctx: &Ctx, id: CourseId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The courses with these ids, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[CourseId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<CourseId, Self>> {
        let found = domain::for_ids(ctx, ids).await?;
        let mut found: Vec<Self> = found.into_values().map(Self::from).collect();
        fill(&mut found, look, ctx).await?;
        Ok(found.into_iter().map(|it| (it.row.id, it)).collect())
    }
}

connection!(Course, CourseConnection, CourseEdge, "A page of courses.");

/// Which courses a list holds; everything that is set must apply.
#[derive(InputObject, Default)]
pub struct CourseFilter {
    /// Of this association.
    organisation_id: Option<Ref<OrganisationId>>,
    /// As far as this.
    status: Option<CourseStatus>,
    /// Planned from this day on or later.
    from: Option<Date>,
    /// Planned from this day on or earlier.
    to: Option<Date>,
    /// Those that one leads.
    #[graphql(default)]
    mine: bool,
}

impl CourseFilter {
    fn of(filter: Option<Self>) -> domain::Filter {
        let filter = filter.unwrap_or_default();
        domain::Filter {
            organisation: filter.organisation_id.map(Ref::or_unknown),
            status: filter.status.map(Into::into),
            from: filter.from.map(|date| date.0),
            to: filter.to.map(|date| date.0),
            mine: filter.mine,
        }
    }
}

/// What can be asked of courses.
#[derive(Default)]
pub struct CourseQuery;

#[Object]
impl CourseQuery {
    /// One course, with its sessions and the attendance of all where that is selected; absent where it does not exist or
    /// is not one's own to see.
    async fn course(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<CourseId>,
    ) -> Result<Answer<Option<Course>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Course::load(ctx, id, Look::of(c)).await)
    }

    /// The courses of the own association, or those that one leads, the latest first.
    async fn courses(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which; all where nothing is said.")] filter: Option<CourseFilter>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<CourseConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &CourseFilter::of(filter), args).await?;
            let mut page = page.map(Course::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(CourseConnection::new(page, &args, |node| node.row.cursor()))
        };
        answer(ctx, page.await)
    }

    /// How many took part in courses, and what came of it; cancelled courses are left out.
    async fn course_figures(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of which courses; all where nothing is said.")] filter: Option<
            CourseFilter,
        >,
    ) -> Result<Answer<CourseFigures>> {
        let ctx = ctx(c)?;
        let figures = domain::figures(ctx, &CourseFilter::of(filter)).await;
        answer(ctx, figures.map(Into::into))
    }

    /// When the sessions of a course would be, before it is kept: holidays are left out and explained.
    async fn course_plan(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "From which day on.")] starts_on: Date,
        #[graphql(desc = "At which time of day.")] starts_at: LocalTime,
        #[graphql(desc = "How long the lunch break is, 0 to 120 minutes.")] lunch_minutes: i32,
    ) -> Result<Answer<CoursePlan>> {
        let ctx = ctx(c)?;
        let plan = domain::preview(ctx, starts_on.0, starts_at.0, lunch_minutes);
        answer(ctx, plan.map(Into::into))
    }

    /// The courses that one takes part in oneself, the latest first.
    async fn my_enrolments(&self, c: &Context<'_>) -> Result<Answer<Vec<OwnEnrolment>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        answer(ctx, OwnEnrolment::all(ctx, look).await)
    }
}
