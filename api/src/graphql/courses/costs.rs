//! What courses cost, and who paid.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::courses::{self as domain, AddCost, CancelCost};
use rinnalla_domain::ids::{CourseCostId, CourseId};
use rinnalla_domain::states;

use super::Course;
use super::acts::CoursePayload;
use crate::graphql::costs::{CostShare, CostShareInput};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Ref, id};
use crate::graphql::written::Written;

/// What a course's money went to (kulun laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::CourseCostKind")]
pub enum CourseCostKind {
    /// The room.
    Space,
    /// Materials.
    Material,
    /// An excursion.
    Excursion,
    /// Something else; wages, where they are counted.
    Other,
}

/// A line of what a course cost (kurssin kulu).
#[derive(SimpleObject, Written, Clone)]
pub struct CourseCost {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What the money went to.
    kind: CourseCostKind,
    /// How much it was, in cents.
    cents: i32,
    /// Who paid how much of it.
    shares: Vec<CostShare>,
}

impl From<domain::Cost> for CourseCost {
    fn from(row: domain::Cost) -> Self {
        Self {
            id: id(row.id),
            kind: row.kind.into(),
            cents: row.cents,
            shares: row.shares.into_iter().map(CostShare::from).collect(),
        }
    }
}

/// Adds a line to what a course cost.
#[derive(InputObject)]
pub struct CourseCostAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// Its version.
    version: i32,
    /// What the money went to.
    kind: CourseCostKind,
    /// How much it was, in cents: up to a million euros.
    cents: i32,
    /// Who paid how much: all of it, 1 to 8 shares.
    shares: Vec<CostShareInput>,
}

/// Takes back a line that was wrong.
#[derive(InputObject)]
pub struct CourseCostCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// Its version.
    version: i32,
    /// The line.
    course_cost_id: Ref<CourseCostId>,
}

/// What can be done with what courses cost.
#[derive(Default)]
pub struct CourseCostMutation;

#[Object]
impl CourseCostMutation {
    /// Adds a line to what a course cost, with who paid for it. Nothing is paid by whoever takes part.
    async fn course_cost_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The line.")] input: CourseCostAddInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = AddCost {
            course: input.course_id.or_unknown(),
            version: input.version,
            kind: input.kind.into(),
            cents: input.cents,
            shares: input.shares.into_iter().map(Into::into).collect(),
        };
        CoursePayload::of(c, domain::add_cost(ctx, &key, add).await, Course::load).await
    }

    /// Takes back a line that was wrong; it stays in the register, cancelled.
    async fn course_cost_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The line.")] input: CourseCostCancelInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = CancelCost {
            course: input.course_id.or_unknown(),
            version: input.version,
            cost: input.course_cost_id.or_unknown(),
        };
        let done = domain::cancel_cost(ctx, &key, cancel).await;
        CoursePayload::of(c, done, Course::load).await
    }
}
