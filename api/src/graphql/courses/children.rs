//! What stands below a course, and how it is filled: one statement for each kind of child, however many courses.

use std::sync::Arc;

use async_graphql::{ComplexObject, Result, SimpleObject};
use rinnalla_domain::courses::{self as domain, rules};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::CourseId;

use super::codes::{CourseOrganiserKind, FacilitatorKind};
use super::{
    Course, CourseChange, CourseCost, CourseFeed, CourseFeedbackWave, CourseSession, Enrolment,
};
use crate::graphql::curricula::Curriculum;
use crate::graphql::organisations::Organisation;
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill_refs, filled, unless_forbidden};
use crate::graphql::written::{Written, written};

/// An organisation that arranges a course too, or works along (kurssin järjestäjä).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct CourseOrganiser {
    /// In which part.
    kind: CourseOrganiserKind,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
}

/// An organisation that arranges a course too, or works along (kurssin järjestäjä).
#[written]
#[ComplexObject]
impl CourseOrganiser {
    /// The organisation; absent where it is not one's own to know of.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }
}

/// Somebody who leads a course (kurssin ohjaaja).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct CourseFacilitator {
    /// As what.
    kind: FacilitatorKind,
    /// Whether they have graduated from a course of the association.
    is_graduate: bool,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// Somebody who leads a course (kurssin ohjaaja).
#[written]
#[ComplexObject]
impl CourseFacilitator {
    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

/// How many took part in courses, and what came of it; exact, for the association's own use (kurssien luvut).
#[derive(SimpleObject, Written, Clone, Copy, Default)]
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
    /// What they cost, in cents; wages only where somebody entered them.
    cost_cents: i64,
    /// What one graduate cost, in cents; absent where nobody graduated or nothing was recorded.
    cost_per_graduate_cents: Option<i64>,
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
            cost_cents: row.cost_cents,
            cost_per_graduate_cents: row.cost_per_graduate_cents(),
        }
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
        if let Some(below) = look.child("curriculum") {
            let of: Vec<_> = nodes.iter().filter_map(|it| it.row.curriculum_id).collect();
            let found = Curriculum::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                let followed = node
                    .row
                    .curriculum_id
                    .and_then(|id| found.get(&id).cloned());
                node.curriculum = Some(followed);
            }
        }
        if look.has("changes") {
            let mut found = domain::changes_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.changes = Some(rows.into_iter().map(CourseChange::from).collect());
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
        if look.has("costs") {
            let mut found = domain::costs_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.costs = Some(rows.into_iter().map(CourseCost::from).collect());
            }
        }
        if look.has("feedback") {
            let mut found = domain::waves_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.feedback = Some(rows.into_iter().map(CourseFeedbackWave::from).collect());
            }
        }
        if look.has("feeds") {
            let mut found = domain::feeds_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.feeds = Some(rows.into_iter().map(CourseFeed::from).collect());
            }
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
