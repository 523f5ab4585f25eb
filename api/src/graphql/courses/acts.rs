//! What coordinators do with courses.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::courses::{self as domain, OnCourse};
use rinnalla_domain::ids::{CourseId, CurriculumId, OrganisationId, PersonId};

use super::codes::FacilitatorKind;
use super::{Course, input_on};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, LocalTime, Ref};

payload!(CoursePayload, course: Course, "What came of an act on a course.");

/// What is told of a course: all of it, as it should be.
#[derive(InputObject)]
pub struct CourseDetailsInput {
    /// Its name, at most 80 characters.
    name: String,
    /// For which unit it is arranged, at most 80 characters.
    unit: Option<String>,
    /// How long the lunch break is, 0 to 120 minutes.
    lunch_minutes: i32,
    /// How many came to the unit's groups before, 0 to 40.
    baseline_group_size: Option<i32>,
    /// How many may take part, 1 to 40; as many as come where nothing is said.
    participant_limit: Option<i32>,
    /// What it is to bring: codes of the list `COURSE_GOAL`.
    #[graphql(default)]
    goals: Vec<String>,
    /// Organisations that arrange it too.
    #[graphql(default)]
    organiser_ids: Vec<Ref<OrganisationId>>,
    /// Organisations that work along.
    #[graphql(default)]
    partner_ids: Vec<Ref<OrganisationId>>,
}

impl From<CourseDetailsInput> for domain::Details {
    fn from(told: CourseDetailsInput) -> Self {
        let ids = |ids: Vec<Ref<OrganisationId>>| ids.into_iter().map(Ref::or_unknown).collect();
        Self {
            name: told.name,
            unit: told.unit,
            lunch_minutes: told.lunch_minutes,
            baseline_group_size: told.baseline_group_size,
            participant_limit: told.participant_limit,
            goals: told.goals,
            organisers: ids(told.organiser_ids),
            partners: ids(told.partner_ids),
        }
    }
}

/// Plans a course and keeps it.
#[derive(InputObject)]
pub struct CourseCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// From which day on; holidays are left out.
    starts_on: Date,
    /// At which time of day, 20:00 at the latest.
    starts_at: LocalTime,
    /// The version of a curriculum that it follows: its sessions take their words from there.
    curriculum_id: Option<Ref<CurriculumId>>,
    /// What is told of it.
    details: CourseDetailsInput,
}

/// Puts right what is told of a course.
#[derive(InputObject)]
pub struct CourseCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: CourseDetailsInput,
}

input_on!(CourseOpenInput, course_id: CourseId, "Takes people in from now on.", "The course.");
input_on!(CourseOpenCancelInput, course_id: CourseId, "Takes an opening back.", "The course.");
input_on!(CourseCancelInput, course_id: CourseId, "Cancels a course.", "The course.");
input_on!(CourseReinstateInput, course_id: CourseId, "Lets a cancelled course go on.", "The course.");

/// Says that somebody leads a course.
#[derive(InputObject)]
pub struct CourseFacilitatorAssignInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// Its version.
    version: i32,
    /// Who: a facilitator of the association, or, to assist, one of its peer guides.
    person_id: Ref<PersonId>,
    /// As what.
    kind: FacilitatorKind,
}

/// Says that somebody leads a course no longer.
#[derive(InputObject)]
pub struct CourseFacilitatorRemoveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// Its version.
    version: i32,
    /// Who.
    person_id: Ref<PersonId>,
}

/// Has a planned course follow a version of a curriculum, another one, or none.
#[derive(InputObject)]
pub struct CourseFollowCurriculumInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// Its version.
    version: i32,
    /// The version of a curriculum: its sessions take their words from there. With none, the course follows none from now
    /// on, and its sessions keep their words.
    curriculum_id: Option<Ref<CurriculumId>>,
}

/// What can be done with courses.
#[derive(Default)]
pub struct CourseMutation;

#[Object]
impl CourseMutation {
    /// Plans a course of the own association with its eight weekly sessions, and keeps it.
    async fn course_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The course.")] input: CourseCreateInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let create = domain::Create {
            organisation: input.organisation_id.or_unknown(),
            starts_on: input.starts_on.0,
            starts_at: input.starts_at.0,
            curriculum: input.curriculum_id.map(Ref::or_unknown),
            details: input.details.into(),
        };
        CoursePayload::of(c, domain::create(ctx, &key, create).await, Course::load).await
    }

    /// Puts right what is told of a course; days and times are its sessions' own.
    async fn course_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: CourseCorrectInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            course: input.course_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        CoursePayload::of(c, domain::correct(ctx, &key, correct).await, Course::load).await
    }

    /// Has a course follow a version of a curriculum, another one, or none, as long as it has not begun.
    async fn course_follow_curriculum(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What it is to follow.")] input: CourseFollowCurriculumInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let follow = domain::FollowCurriculum {
            course: input.course_id.or_unknown(),
            version: input.version,
            curriculum: input.curriculum_id.map(Ref::or_unknown),
        };
        let done = domain::follow_curriculum(ctx, &key, follow).await;
        CoursePayload::of(c, done, Course::load).await
    }

    /// Takes people in from now on.
    async fn course_open(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which course.")] input: CourseOpenInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.course_id, input.version);
        CoursePayload::of(c, domain::open(ctx, &key, on).await, Course::load).await
    }

    /// Takes an opening back, as long as nobody has a part in the course.
    async fn course_open_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which course.")] input: CourseOpenCancelInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.course_id, input.version);
        CoursePayload::of(c, domain::open_cancel(ctx, &key, on).await, Course::load).await
    }

    /// Cancels a course that is not finished; what was recorded of it stays.
    async fn course_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which course.")] input: CourseCancelInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.course_id, input.version);
        CoursePayload::of(c, domain::cancel(ctx, &key, on).await, Course::load).await
    }

    /// Lets a cancelled course go on.
    async fn course_reinstate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which course.")] input: CourseReinstateInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.course_id, input.version);
        CoursePayload::of(c, domain::reinstate(ctx, &key, on).await, Course::load).await
    }

    /// Says that somebody leads a course: the course is within their reach from then on.
    async fn course_facilitator_assign(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, as what.")] input: CourseFacilitatorAssignInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let assign = domain::AssignFacilitator {
            course: input.course_id.or_unknown(),
            version: input.version,
            person: input.person_id.or_unknown(),
            kind: input.kind.into(),
        };
        CoursePayload::of(c, domain::assign(ctx, &key, assign).await, Course::load).await
    }

    /// Says that somebody leads a course no longer.
    async fn course_facilitator_remove(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who.")] input: CourseFacilitatorRemoveInput,
    ) -> Result<CoursePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let remove = domain::RemoveFacilitator {
            course: input.course_id.or_unknown(),
            version: input.version,
            person: input.person_id.or_unknown(),
        };
        CoursePayload::of(c, domain::remove(ctx, &key, remove).await, Course::load).await
    }
}

fn on(course: &Ref<CourseId>, version: i32) -> OnCourse {
    OnCourse {
        course: course.or_unknown(),
        version,
    }
}
