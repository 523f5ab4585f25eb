//! Making an expert by experience a support person, where a programme takes experts: one act, after which the expert is
//! proposed and supports people as every support person does.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ExpertCohortId, ExpertProfileId, PersonId, ProgrammeId, SupportPersonId,
};
use rinnalla_entity::ids::{Id as _, OrganisationId};
use rinnalla_entity::states::ExpertStatus;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::queries::{self, About};
use super::rules;
use crate::access::{ManageExperts, ManageSupportPersons, Permission, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::calendar::plus_days;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::programmes;
use crate::sql::Sql;
use crate::support_persons::{self, Add, ProfileInput};

/// An expert who is to support people.
#[derive(Clone, Debug)]
pub struct AddSupportPerson {
    /// The expert.
    pub profile: ExpertProfileId,
    /// The version of the expert's entry.
    pub version: i32,
    /// The programme: one that takes experts.
    pub programme: ProgrammeId,
    /// From which day on the training stands for the weekends; today where nothing is said.
    pub on: Option<NaiveDate>,
    /// What is told of the support person.
    pub told: ProfileInput,
}

/// Makes the support person's record of an expert, whose own training stands for the weekends from a day on.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`: `on DATE_IN_FUTURE`, `on NOT_TRAINED_THEN`, `programmeId
/// UNKNOWN`, `NOT_VALID_THEN`, `TAKES_NO_EXPERTS`, `personId ALREADY_SUPPORT_PERSON`, and the faults of the profile.
pub async fn add_support_person(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AddSupportPerson,
) -> Result<SupportPersonId> {
    const NAME: &str = "supportPersonAddExpert";
    let scope = require::<ManageSupportPersons>(ctx)?;
    let experts = require::<ManageExperts>(ctx)?;
    if let Some(done) = ctx.done_before(NAME, key).await? {
        return Ok(SupportPersonId(done));
    }
    let on = input.on.unwrap_or(ctx.today);
    let id = SupportPersonId::random();
    let mut act = match ctx.begin(NAME, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    let held = queries::hold(&act, &experts, About::Profile(input.profile)).await?;
    queries::take(&act.tx, held.id, input.version).await?;
    let trained = Trained::load(&act.tx, held.id).await?;
    let asked = programmes::asked_by(&act.tx, vec![input.programme]).await?;
    let asked = asked.on(Some(input.programme), on);
    let is_known = programmes::valid_on(&act.tx, input.programme, held.organisation_id, on).await?;
    let mut faults = Violations::default();
    faults
        .check(on <= ctx.today, "on", "DATE_IN_FUTURE")
        .check(trained.is_on(on), "on", "NOT_TRAINED_THEN")
        .check(
            is_known.is_none() || asked.takes_experts,
            "programmeId",
            "TAKES_NO_EXPERTS",
        );
    let add = Add {
        organisation: held.organisation_id,
        person: trained.person_id,
        programme: Some(input.programme),
        profile: input.told,
    };
    support_persons::add_within(&mut act, &scope, id, &add, faults).await?;
    support_persons::attest_expert(&mut act, &scope, (id, 1), (held.id, on)).await?;
    act.done().await.map(SupportPersonId)
}

/// Since when somebody is trained.
#[derive(FromQueryResult)]
pub(super) struct Trained {
    person_id: PersonId,
    trained_on: Option<NaiveDate>,
    cohort_ends_on: Option<NaiveDate>,
}

impl Trained {
    async fn load(db: &impl ConnectionTrait, id: ExpertProfileId) -> Result<Self> {
        static SQL: Sql = Sql::new(
            "SELECT e.person_id, e.trained_on, h.ends_on AS cohort_ends_on FROM expert_profiles e
             LEFT JOIN expert_cohorts h ON h.id = e.cohort_id WHERE e.id = $1",
        );
        SQL.one(db, [id.0.into()]).await?.ok_or(Error::NotFound)
    }

    fn is_on(&self, day: NaiveDate) -> bool {
        rules::status(self.cohort_ends_on, self.trained_on, day) == ExpertStatus::Trained
    }

    /// The first day on which they are.
    fn from(&self) -> Option<NaiveDate> {
        let after = self.cohort_ends_on.map(|end| plus_days(end, 1));
        after.or(self.trained_on)
    }
}

/// After an expert's training was put right: what rested on it is held against it anew.
pub(crate) async fn follow_training<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    of: OrganisationId,
    expert: ExpertProfileId,
) -> Result<()> {
    let trained = Trained::load(&act.tx, expert).await?.from();
    support_persons::follow_expert(act, scope, of, expert, trained).await
}

/// After a cohort's days were put right: the same of everybody in it.
pub(crate) async fn follow_cohort<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    of: OrganisationId,
    cohort: ExpertCohortId,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "SELECT id FROM expert_profiles WHERE cohort_id = $1 AND removed_at IS NULL ORDER BY id",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: ExpertProfileId,
    }
    let rows: Vec<Row> = SQL.all(&act.tx, [cohort.uuid().into()]).await?;
    for row in rows {
        follow_training(act, scope, of, row.id).await?;
    }
    Ok(())
}
