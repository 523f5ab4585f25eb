//! What coordinators do with cohorts, assignments and plans.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::experts::{self as domain, OnAssignment};
use rinnalla_domain::ids::{ExpertAssignmentId, ExpertCohortId, ExpertProfileId, OrganisationId};

use super::codes::{Compensation, Employment, FundingStatus};
use super::{ExpertAssignment, ExpertCohort, ExpertProfile};
use crate::graphql::organisations::Organisation;
use crate::graphql::payload::{ctx, key};
use crate::graphql::referrals::RehabilitationPhase;
use crate::graphql::scalars::{Date, Ref};

payload!(ExpertCohortPayload, expert_cohort: ExpertCohort, "What came of an act on a cohort.");
payload!(
    ExpertAssignmentPayload,
    expert_assignment: ExpertAssignment,
    "What came of an act on an assignment."
);
payload!(
    ExpertAssignmentCancelPayload,
    expert: ExpertProfile,
    "The expert, after an assignment was taken back."
);
payload!(ExpertTargetPayload, organisation: Organisation, "The organisation, after its plan was set.");

/// What is told of a cohort: all of it, as it should be.
#[derive(InputObject)]
pub struct ExpertCohortDetailsInput {
    /// Its name, at most 80 characters.
    name: String,
    /// Who trains.
    trainer_id: Ref<OrganisationId>,
    /// Its first day.
    starts_on: Date,
    /// Its last day.
    ends_on: Date,
}

impl From<ExpertCohortDetailsInput> for domain::CohortDetails {
    fn from(told: ExpertCohortDetailsInput) -> Self {
        Self {
            name: told.name,
            trainer: told.trainer_id.or_unknown(),
            starts_on: told.starts_on.0,
            ends_on: told.ends_on.0,
        }
    }
}

/// Adds a cohort.
#[derive(InputObject)]
pub struct ExpertCohortAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose register.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: ExpertCohortDetailsInput,
}

/// Puts right what is told of a cohort.
#[derive(InputObject)]
pub struct ExpertCohortCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The cohort.
    expert_cohort_id: Ref<ExpertCohortId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: ExpertCohortDetailsInput,
}

/// What is told of an assignment: all of it, as it should be.
#[derive(InputObject)]
pub struct ExpertAssignmentDetailsInput {
    /// The organisation that is worked for.
    host_id: Ref<OrganisationId>,
    /// What is done: a code of the list `EXPERT_TASK`.
    task: String,
    /// Where, at most 80 characters.
    place: Option<String>,
    /// How much of the working time, 1 to 100 per cent.
    working_time_pct: i32,
    /// What is paid.
    compensation: Compensation,
    /// On what terms.
    employment: Employment,
    /// How its funding stands.
    funding: FundingStatus,
    /// Before or after whose rehabilitation: told of the service, never of the expert.
    phase: RehabilitationPhase,
    /// Whom the work is for: codes of the list `TARGET_GROUP`; never told of anybody whom the expert meets.
    #[graphql(default)]
    target_groups: Vec<String>,
    /// Its first day.
    from_on: Date,
    /// Its last day, where there is one.
    to_on: Option<Date>,
}

impl From<ExpertAssignmentDetailsInput> for domain::AssignmentDetails {
    fn from(told: ExpertAssignmentDetailsInput) -> Self {
        Self {
            host: told.host_id.or_unknown(),
            task: told.task,
            place: told.place,
            working_time_pct: told.working_time_pct,
            compensation: told.compensation.into(),
            employment: told.employment.into(),
            funding: told.funding.into(),
            phase: told.phase.into(),
            target_groups: told.target_groups,
            from_on: told.from_on.0,
            to_on: told.to_on.map(|day| day.0),
        }
    }
}

/// Records an assignment.
#[derive(InputObject)]
pub struct ExpertAssignmentAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose.
    expert_profile_id: Ref<ExpertProfileId>,
    /// The version of the expert's entry.
    version: i32,
    /// What is told of it.
    details: ExpertAssignmentDetailsInput,
}

/// Puts an assignment right.
#[derive(InputObject)]
pub struct ExpertAssignmentCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The assignment.
    expert_assignment_id: Ref<ExpertAssignmentId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: ExpertAssignmentDetailsInput,
}

/// Takes an assignment back that was recorded in error.
#[derive(InputObject)]
pub struct ExpertAssignmentCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The assignment.
    expert_assignment_id: Ref<ExpertAssignmentId>,
    /// Its version.
    version: i32,
}

/// Says how many full-time experts are planned for a year.
#[derive(InputObject)]
pub struct ExpertTargetSetInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose.
    organisation_id: Ref<OrganisationId>,
    /// The year, 2000 to 2100.
    year: i32,
    /// How many, in hundredths: 400 for four.
    hundredths: i32,
    /// The version of the plan, as `expertCapacity` tells it; 0 where there is none yet.
    version: i32,
}

/// What can be done with cohorts, assignments and plans.
#[derive(Default)]
pub struct ExpertWorkMutation;

#[Object]
impl ExpertWorkMutation {
    /// Adds a cohort to the own organisation's register.
    async fn expert_cohort_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The cohort.")] input: ExpertCohortAddInput,
    ) -> Result<ExpertCohortPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = domain::AddCohort {
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
        };
        let done = domain::add_cohort(ctx, &key, add).await;
        ExpertCohortPayload::of(c, done, ExpertCohort::load).await
    }

    /// Puts right what is told of a cohort; whoever is in it is trained when its end, as it is now, has passed.
    async fn expert_cohort_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: ExpertCohortCorrectInput,
    ) -> Result<ExpertCohortPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::CorrectCohort {
            cohort: input.expert_cohort_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct_cohort(ctx, &key, correct).await;
        ExpertCohortPayload::of(c, done, ExpertCohort::load).await
    }

    /// Records what an expert does.
    async fn expert_assignment_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose, and what.")] input: ExpertAssignmentAddInput,
    ) -> Result<ExpertAssignmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let assign = domain::Assign {
            profile: input.expert_profile_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::assign(ctx, &key, assign).await;
        ExpertAssignmentPayload::of(c, done, ExpertAssignment::load).await
    }

    /// Puts an assignment right: its end, its funding, whatever has become otherwise.
    async fn expert_assignment_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: ExpertAssignmentCorrectInput,
    ) -> Result<ExpertAssignmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::CorrectAssignment {
            assignment: input.expert_assignment_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct_assignment(ctx, &key, correct).await;
        ExpertAssignmentPayload::of(c, done, ExpertAssignment::load).await
    }

    /// Takes an assignment back that was recorded in error; one that has ended is given its last day instead.
    async fn expert_assignment_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: ExpertAssignmentCancelInput,
    ) -> Result<ExpertAssignmentCancelPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = OnAssignment {
            assignment: input.expert_assignment_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel_assignment(ctx, &key, on).await;
        ExpertAssignmentCancelPayload::of(c, done, ExpertProfile::load).await
    }

    /// Says how many full-time experts are planned for a year.
    async fn expert_target_set(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose, for which year, how many.")] input: ExpertTargetSetInput,
    ) -> Result<ExpertTargetPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let target = domain::SetTarget {
            organisation: input.organisation_id.or_unknown(),
            year: input.year,
            hundredths: input.hundredths,
            version: input.version,
        };
        let done = domain::set_target(ctx, &key, target).await;
        ExpertTargetPayload::of(c, done, Organisation::load).await
    }
}
