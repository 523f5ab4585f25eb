//! Experts by experience of an organisation, and what volunteers were paid for, as they would stand in a file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ExpenseId, ExpertAssignmentId, ExpertCohortId, ExpertProfileId, OrganisationId, PersonId,
};
use rinnalla_entity::states::{
    Compensation, Employment, ExpenseKind, FundingStatus, RehabilitationPhase,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::error::Result;
use crate::moving::course_told::{AssignmentTold, CohortTold, ExpenseTold, ExpertTold};
use crate::moving::told::Stood;
use crate::sql::Sql;

/// An organisation that may be named, and its name.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::moving) struct Named {
    pub id: OrganisationId,
    pub name: String,
}

/// Former and present partners, and organisations that the register names already.
pub(in crate::moving) async fn named(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<Vec<Named>> {
    static SQL: Sql = Sql::new(
        "SELECT o.id, o.name FROM organisations o WHERE o.id IN (
           SELECT p.partner_id FROM partnerships p WHERE p.organisation_id = $1
           UNION SELECT t.trainer_id FROM trainings t WHERE t.organisation_id = $1
           UNION SELECT h.trainer_id FROM expert_cohorts h WHERE h.organisation_id = $1
           UNION SELECT e.trainer_id FROM expert_profiles e WHERE e.organisation_id = $1
           UNION SELECT a.host_id FROM expert_assignments a JOIN expert_profiles e ON e.id = a.profile_id
             WHERE e.organisation_id = $1
           UNION SELECT k.organisation_id FROM course_organisers k JOIN courses c ON c.id = k.course_id
             WHERE c.organisation_id = $1)
         ORDER BY o.name, o.id",
    );
    SQL.all(db, [of.0.into()]).await
}

/// What an organisation has of experts and expenses.
pub(in crate::moving) struct Volunteers {
    pub cohorts: BTreeMap<ExpertCohortId, Stood<CohortTold>>,
    pub experts: BTreeMap<PersonId, (ExpertProfileId, Stood<ExpertTold>)>,
    pub assignments: BTreeMap<ExpertAssignmentId, Stood<AssignmentTold>>,
    pub expenses: BTreeMap<ExpenseId, Stood<ExpenseTold>>,
}

impl Volunteers {
    pub(in crate::moving) async fn load(
        db: &impl ConnectionTrait,
        of: OrganisationId,
    ) -> Result<Self> {
        Ok(Self {
            cohorts: cohorts(db, of).await?,
            experts: experts(db, of).await?,
            assignments: assignments(db, of).await?,
            expenses: expenses(db, of).await?,
        })
    }
}

async fn cohorts(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<ExpertCohortId, Stood<CohortTold>>> {
    static SQL: Sql = Sql::new(
        "SELECT id, trainer_id, name, starts_on, ends_on, version FROM expert_cohorts WHERE organisation_id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: ExpertCohortId,
        trainer_id: OrganisationId,
        name: String,
        starts_on: NaiveDate,
        ends_on: NaiveDate,
        version: i32,
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = CohortTold {
            name: row.name,
            trainer: row.trainer_id,
            from: row.starts_on,
            until: row.ends_on,
        };
        let version = row.version.into();
        (row.id, Stood { told, version })
    };
    Ok(rows.into_iter().map(read).collect())
}

type Experts = BTreeMap<PersonId, (ExpertProfileId, Stood<ExpertTold>)>;

async fn experts(db: &impl ConnectionTrait, of: OrganisationId) -> Result<Experts> {
    static SQL: Sql = Sql::new(
        "SELECT e.id, e.person_id, e.cohort_id, e.trainer_id, e.trained_on, k.given_on, k.until_on, e.version
         FROM expert_profiles e LEFT JOIN expert_consents k ON k.profile_id = e.id AND k.ended_at IS NULL
         WHERE e.organisation_id = $1 AND e.removed_at IS NULL",
    );
    static PURPOSES: Sql = Sql::new(
        "SELECT u.profile_id, u.code FROM expert_purposes u JOIN expert_profiles e ON e.id = u.profile_id
         WHERE e.organisation_id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: ExpertProfileId,
        person_id: PersonId,
        cohort_id: Option<ExpertCohortId>,
        trainer_id: OrganisationId,
        trained_on: Option<NaiveDate>,
        given_on: Option<NaiveDate>,
        until_on: Option<NaiveDate>,
        version: i32,
    }
    #[derive(FromQueryResult)]
    struct Purpose {
        profile_id: ExpertProfileId,
        code: String,
    }
    let mut purposes: HashMap<ExpertProfileId, BTreeSet<String>> = HashMap::new();
    for row in PURPOSES.all::<Purpose>(db, [of.0.into()]).await? {
        purposes.entry(row.profile_id).or_default().insert(row.code);
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = ExpertTold {
            person: row.person_id,
            trainer: row.trainer_id,
            cohort: row.cohort_id,
            trained_on: row.trained_on,
            purposes: purposes.remove(&row.id).unwrap_or_default(),
            consent: row.given_on.zip(row.until_on),
        };
        let version = row.version.into();
        (row.person_id, (row.id, Stood { told, version }))
    };
    Ok(rows.into_iter().map(read).collect())
}

async fn assignments(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<ExpertAssignmentId, Stood<AssignmentTold>>> {
    static SQL: Sql = Sql::new(
        "SELECT a.id, a.profile_id, a.host_id, a.task, a.place, a.working_time_pct, a.compensation, a.employment, a.funding,
           a.phase, a.from_on, a.to_on, a.version
         FROM expert_assignments a JOIN expert_profiles e ON e.id = a.profile_id AND e.removed_at IS NULL
         WHERE e.organisation_id = $1 AND a.cancelled_at IS NULL",
    );
    static GROUPS: Sql = Sql::new(
        "SELECT g.assignment_id, g.code FROM expert_assignment_targets g JOIN expert_assignments a ON a.id = g.assignment_id
         JOIN expert_profiles e ON e.id = a.profile_id WHERE e.organisation_id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: ExpertAssignmentId,
        profile_id: ExpertProfileId,
        host_id: OrganisationId,
        task: String,
        place: Option<String>,
        working_time_pct: i16,
        compensation: Compensation,
        employment: Employment,
        funding: FundingStatus,
        phase: RehabilitationPhase,
        from_on: NaiveDate,
        to_on: Option<NaiveDate>,
        version: i32,
    }
    #[derive(FromQueryResult)]
    struct Group {
        assignment_id: ExpertAssignmentId,
        code: String,
    }
    let mut groups: HashMap<ExpertAssignmentId, BTreeSet<String>> = HashMap::new();
    for row in GROUPS.all::<Group>(db, [of.0.into()]).await? {
        groups
            .entry(row.assignment_id)
            .or_default()
            .insert(row.code);
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = AssignmentTold {
            expert: row.profile_id,
            host: row.host_id,
            task: row.task,
            place: row.place,
            working_time: row.working_time_pct,
            compensation: row.compensation,
            employment: row.employment,
            funding: row.funding,
            phase: row.phase,
            target_groups: groups.remove(&row.id).unwrap_or_default(),
            from: row.from_on,
            until: row.to_on,
        };
        let version = row.version.into();
        (row.id, Stood { told, version })
    };
    Ok(rows.into_iter().map(read).collect())
}

async fn expenses(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<ExpenseId, Stood<ExpenseTold>>> {
    static SQL: Sql = Sql::new(
        "SELECT id, person_id, year, kind, kilometres, days, cents, version FROM expenses
         WHERE organisation_id = $1 AND cancelled_at IS NULL",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: ExpenseId,
        person_id: PersonId,
        year: i16,
        kind: ExpenseKind,
        kilometres: Option<i32>,
        days: Option<i32>,
        cents: i32,
        version: i32,
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = ExpenseTold {
            person: row.person_id,
            year: row.year,
            kind: row.kind,
            kilometres: row.kilometres,
            days: row.days,
            cents: row.cents,
        };
        let version = row.version.into();
        (row.id, Stood { told, version })
    };
    Ok(rows.into_iter().map(read).collect())
}
