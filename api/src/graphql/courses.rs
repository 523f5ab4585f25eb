//! Courses for peer guides: their sessions, who takes part, and who was there.

mod acts;
mod codes;
mod enrolment_acts;
mod enrolments;
mod own;
mod planning;
mod session_acts;
mod sessions;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::courses::{self as domain, rules};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{CourseId, OrganisationId};
use rinnalla_domain::page::PageArgs;

pub use self::acts::CourseMutation;
use self::codes::{CourseOrganiserKind, CourseStatus, CourseWarning, FacilitatorKind};
pub use self::enrolment_acts::EnrolmentMutation;
pub use self::enrolments::Enrolment;
use self::own::OwnEnrolment;
use self::planning::{CoursePlan, SkippedDay};
pub use self::session_acts::CourseSessionMutation;
pub use self::sessions::CourseSession;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled, unless_forbidden};
use super::scalars::{Date, LocalTime, Ref, id};

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
#[derive(SimpleObject, Clone)]
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
    organisation: Option<Option<Organisation>>,
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
}

/// A course for peer guides: eight weekly sessions, led by two professionals (vertaisohjaajakurssi).
#[ComplexObject]
impl Course {
    /// The association whose course it is.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_ref())
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

    /// How many took part, and what came of it.
    async fn figures(&self) -> Result<CourseFigures> {
        Ok(*filled(&self.figures)?)
    }
}

/// An organisation that arranges a course too, or works along (kurssin järjestäjä).
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub struct CourseOrganiser {
    /// In which part.
    kind: CourseOrganiserKind,
    #[graphql(skip)]
    organisation: Option<Option<Organisation>>,
}

/// An organisation that arranges a course too, or works along (kurssin järjestäjä).
#[ComplexObject]
impl CourseOrganiser {
    /// The organisation; absent where it is not one's own to know of.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_ref())
    }
}

/// Somebody who leads a course (kurssin ohjaaja).
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub struct CourseFacilitator {
    /// As what.
    kind: FacilitatorKind,
    /// Whether they have graduated from a course of the association.
    is_graduate: bool,
    #[graphql(skip)]
    person: Option<Option<Person>>,
}

/// Somebody who leads a course (kurssin ohjaaja).
#[ComplexObject]
impl CourseFacilitator {
    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_ref())
    }
}

/// How many took part in courses, and what came of it; exact, for the association's own use (kurssien luvut).
#[derive(SimpleObject, Clone, Copy, Default)]
pub struct CourseFigures {
    /// How many courses.
    courses: i64,
    /// Enrolments of whoever came at least once.
    enrolled: i64,
    /// People among them: somebody who took part twice under their own record is one.
    persons: i64,
    /// Enrolments that ended in graduation.
    graduated: i64,
    /// Enrolments that did not.
    not_graduated: i64,
    /// The share that graduated, 0 to 1; absent where nobody came.
    completion: Option<f64>,
    /// How many a course had on average; absent where there is none.
    mean_enrolled: Option<f64>,
}

impl From<domain::Figures> for CourseFigures {
    fn from(row: domain::Figures) -> Self {
        Self {
            courses: row.courses,
            enrolled: row.enrolled,
            persons: row.persons,
            graduated: row.graduated,
            not_graduated: row.not_graduated(),
            completion: row.completion(),
            mean_enrolled: row.mean_enrolled(),
        }
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
            goals: None,
            organisers: None,
            facilitators: None,
            warnings: None,
            sessions: None,
            enrolments: None,
            figures: None,
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
}

impl Prefetch for Course {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<CourseId> = nodes.iter().map(|node| node.row.id).collect();
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        if look.has("goals") {
            let mut found = domain::goals_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.goals = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("organisers") {
            CourseOrganiser::fill(nodes, &ids, &below, ctx).await?;
        }
        let below = look.child("facilitators");
        if below.is_some() || look.has("warnings") {
            CourseFacilitator::fill(nodes, &ids, &below.unwrap_or_default(), ctx).await?;
        }
        if look.has("sessions") {
            let mut found = domain::sessions_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.sessions = Some(rows.into_iter().map(CourseSession::from).collect());
            }
        }
        if let Some(below) = look.child("enrolments") {
            let mut found = domain::enrolments_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.enrolments = Some(rows.into_iter().map(Enrolment::from).collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.enrolments.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        if look.has("figures") {
            let found = domain::figures_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let figures = found.get(&node.row.id).copied().unwrap_or_default();
                node.figures = Some(figures.into());
            }
        }
        Ok(())
    }
}

impl CourseOrganiser {
    async fn fill(
        nodes: &mut [&mut Course],
        ids: &[CourseId],
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> DomainResult<()> {
        let found = domain::organisers_for(ctx, ids).await?;
        let of: Vec<_> = found
            .values()
            .flatten()
            .map(|it| it.organisation_id)
            .collect();
        let organisations = match look.child("organisation") {
            Some(below) => Some(unless_forbidden(
                Organisation::for_ids(ctx, &of, &below).await,
            )?),
            None => None,
        };
        for node in nodes.iter_mut() {
            let rows = found
                .get(&node.row.id)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let organiser = |row: &domain::Organiser| Self {
                kind: row.kind.into(),
                organisation: organisations
                    .as_ref()
                    .map(|all| all.get(&row.organisation_id).cloned()),
            };
            node.organisers = Some(rows.iter().map(organiser).collect());
        }
        Ok(())
    }
}

impl CourseFacilitator {
    async fn fill(
        nodes: &mut [&mut Course],
        ids: &[CourseId],
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> DomainResult<()> {
        let found = domain::facilitators_for(ctx, ids).await?;
        let of: Vec<_> = found.values().flatten().map(|it| it.person_id).collect();
        let people = match look.child("person") {
            Some(below) => Some(Person::for_ids(ctx, &of, &below).await?),
            None => None,
        };
        for node in nodes.iter_mut() {
            let rows = found
                .get(&node.row.id)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let leaders: Vec<_> = rows.iter().map(|row| (row.kind, row.is_graduate)).collect();
            let warnings = rules::warnings(node.row.status, &leaders);
            node.warnings = Some(warnings.into_iter().map(Into::into).collect());
            let leader = |row: &domain::Facilitator| Self {
                kind: row.kind.into(),
                is_graduate: row.is_graduate,
                person: people.as_ref().map(|all| all.get(&row.person_id).cloned()),
            };
            node.facilitators = Some(rows.iter().map(leader).collect());
        }
        Ok(())
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
    ) -> Result<Option<Course>> {
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
    ) -> Result<CourseConnection> {
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
    ) -> Result<CourseFigures> {
        let ctx = ctx(c)?;
        let figures = domain::figures(ctx, &CourseFilter::of(filter)).await;
        Ok(answer(ctx, figures)?.into())
    }

    /// When the sessions of a course would be, before it is kept: holidays are left out and explained.
    async fn course_plan(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "From which day on.")] starts_on: Date,
        #[graphql(desc = "At which time of day.")] starts_at: LocalTime,
        #[graphql(desc = "How long the lunch break is, 0 to 120 minutes.")] lunch_minutes: i32,
    ) -> Result<CoursePlan> {
        let ctx = ctx(c)?;
        let plan = domain::preview(ctx, starts_on.0, starts_at.0, lunch_minutes);
        Ok(answer(ctx, plan)?.into())
    }

    /// The courses that one takes part in oneself, the latest first.
    async fn my_enrolments(&self, c: &Context<'_>) -> Result<Vec<OwnEnrolment>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        answer(ctx, OwnEnrolment::all(ctx, look).await)
    }
}
