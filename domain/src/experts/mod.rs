//! Experts by experience (kokemusasiantuntijat): who was trained, by whom and for what; whether they consent to be
//! listed; what they do, where and on what terms; and how many there are beside how many are planned.
//!
//! Each organisation keeps its own register of those whom it looks after, so several stand side by side, and one person
//! may be in more than one. Coordinators reach their own organisation's; an expert reaches their own entries, and gives,
//! renews and ends their consent themselves. The rules are in [`rules`]; here experts are read.

mod assignments;
mod capacity;
mod cohorts;
mod consents;
mod queries;
mod registering;
pub mod rules;
mod supporting;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ExpertAssignmentId, ExpertCohortId, ExpertProfileId, Id as _, OrganisationId, PersonId,
};
use rinnalla_entity::states::{
    Compensation, Employment, ExpertStatus, FundingStatus, RehabilitationPhase,
};
use sea_orm::FromQueryResult;

use crate::access::{ReadExperts, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Grouped, Page, PageArgs};

pub use assignments::{
    Assign, AssignmentDetails, CorrectAssignment, OnAssignment, assign, cancel_assignment,
    correct_assignment,
};
pub use capacity::{Capacity, SetTarget, Share, capacity, set_target};
pub(crate) use cohorts::LINE_MAX_CHARS;
pub use cohorts::{
    AddCohort, CohortDetails, CorrectCohort, add_cohort, cohorts, cohorts_for_ids, correct_cohort,
    find_cohort,
};
pub(crate) use consents::end_standing;
pub use consents::{GiveConsent, end_consent, give_consent};
pub use registering::{Add, Correct, Details, OnProfile, add, correct, remove};
pub use supporting::{AddSupportPerson, add_support_person};
pub(crate) use supporting::{follow_cohort, follow_training};

/// Somebody in a register of the trained.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ExpertProfile {
    /// Its id.
    pub id: ExpertProfileId,
    /// Whose register it is.
    pub organisation_id: OrganisationId,
    /// The name of that organisation: whoever stands in its register knows it.
    pub register_name: String,
    /// Who.
    pub person_id: PersonId,
    /// The cohort in which they are or were trained, where there is one.
    pub cohort_id: Option<ExpertCohortId>,
    /// Who trains or trained them.
    pub trainer_id: OrganisationId,
    /// When another training was completed.
    pub trained_on: Option<NaiveDate>,
    /// When the cohort ends.
    pub cohort_ends_on: Option<NaiveDate>,
    /// Since when the consent to be listed stands, where one was given and not ended.
    pub consent_given_on: Option<NaiveDate>,
    /// Its last day.
    pub consent_until_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
}

impl ExpertProfile {
    /// Whether they are trained.
    pub fn status(&self, today: NaiveDate) -> ExpertStatus {
        rules::status(self.cohort_ends_on, self.trained_on, today)
    }

    /// Whether they may be listed: while their consent lasts.
    pub fn is_listed(&self, today: NaiveDate) -> bool {
        self.consent_until_on.is_some_and(|until| until >= today)
    }

    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor::of(self.id)
    }
}

/// A training of experts that some take together.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ExpertCohort {
    /// Its id.
    pub id: ExpertCohortId,
    /// Whose register it is.
    pub organisation_id: OrganisationId,
    /// Who trains.
    pub trainer_id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Grows with every change.
    pub version: i32,
}

/// What an expert does.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ExpertAssignment {
    /// Its id.
    pub id: ExpertAssignmentId,
    /// Whose.
    pub profile_id: ExpertProfileId,
    /// In whose register they stand.
    pub organisation_id: OrganisationId,
    /// The organisation that is worked for.
    pub host_id: OrganisationId,
    /// What is done, as a code.
    pub task: String,
    /// Where.
    pub place: Option<String>,
    /// How much of the working time, in per cent.
    pub working_time_pct: i16,
    /// What is paid.
    pub compensation: Compensation,
    /// On what terms.
    pub employment: Employment,
    /// How its funding stands.
    pub funding: FundingStatus,
    /// Before or after whose rehabilitation; of the service, not of the expert.
    pub phase: RehabilitationPhase,
    /// Its first day.
    pub from_on: NaiveDate,
    /// Its last day, where there is one.
    pub to_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
}

/// Which experts a list holds; everything that is set must apply.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this organisation's register.
    pub organisation: Option<OrganisationId>,
    /// Of this cohort.
    pub cohort: Option<ExpertCohortId>,
    /// Trained, or still in training.
    pub status: Option<ExpertStatus>,
    /// Trained for this purpose.
    pub purpose: Option<String>,
    /// Those alone whose consent to be listed lasts.
    pub is_listed: bool,
}

/// The experts whom the actor may see, the longest in the register first.
///
/// Errors: `Invalid` for a cursor that cannot be.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<ExpertProfile>> {
    let scope = require::<ReadExperts>(ctx)?;
    let rows = queries::list(ctx, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

/// One expert; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: ExpertProfileId) -> Result<Option<ExpertProfile>> {
    let scope = require::<ReadExperts>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, &[id]).await?;
    if rows.is_empty() {
        ctx.refuse(&scope, ObjectKind::Expert, id);
    }
    see(ctx, &scope, &rows);
    Ok(rows.into_iter().next())
}

/// The experts with these ids, as far as the actor may see them.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[ExpertProfileId],
) -> Result<HashMap<ExpertProfileId, ExpertProfile>> {
    let scope = require::<ReadExperts>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    see(ctx, &scope, &rows);
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What experts were trained for, as codes.
pub async fn purposes_for(
    ctx: &Ctx,
    of: &[ExpertProfileId],
) -> Result<Grouped<ExpertProfileId, String>> {
    let scope = require::<ReadExperts>(ctx)?;
    let mut grouped = Grouped::new();
    for row in queries::purposes_for(ctx, &scope, of).await? {
        let of_one: &mut Vec<String> = grouped.entry(row.profile_id).or_default();
        of_one.push(row.code);
    }
    Ok(grouped)
}

/// What experts do and did, the latest first.
pub async fn assignments_for(
    ctx: &Ctx,
    of: &[ExpertProfileId],
) -> Result<Grouped<ExpertProfileId, ExpertAssignment>> {
    let scope = require::<ReadExperts>(ctx)?;
    let mut grouped = Grouped::new();
    for row in queries::assignments_for(ctx, &scope, of).await? {
        let of_one: &mut Vec<ExpertAssignment> = grouped.entry(row.profile_id).or_default();
        of_one.push(row);
    }
    Ok(grouped)
}

/// Whom the work of assignments is for, as codes.
pub async fn target_groups_for(
    ctx: &Ctx,
    of: &[ExpertAssignmentId],
) -> Result<Grouped<ExpertAssignmentId, String>> {
    let scope = require::<ReadExperts>(ctx)?;
    let mut grouped = Grouped::new();
    for row in queries::target_groups_for(ctx, &scope, of).await? {
        let of_one: &mut Vec<String> = grouped.entry(row.assignment_id).or_default();
        of_one.push(row.code);
    }
    Ok(grouped)
}

/// One assignment; `None` where it is absent or hidden.
pub async fn find_assignment(
    ctx: &Ctx,
    id: ExpertAssignmentId,
) -> Result<Option<ExpertAssignment>> {
    let scope = require::<ReadExperts>(ctx)?;
    let found = queries::assignment(ctx, &scope, id).await?;
    match &found {
        Some(row) => ctx.see(
            &scope,
            ObjectKind::Expert,
            [(row.organisation_id, row.profile_id.uuid())],
        ),
        None => ctx.refuse(&scope, ObjectKind::Expert, id),
    }
    Ok(found)
}

fn see(ctx: &Ctx, scope: &Scope<ReadExperts>, rows: &[ExpertProfile]) {
    let seen = rows.iter().map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::Expert, seen);
}
