//! Courses and trainings of an organisation, as they would stand in a file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    CourseCostId, CourseId, CourseSessionId, CurriculumId, EnrolmentId, OrganisationId, PersonId,
    SupportPersonId, TrainingId, TrainingParticipantId,
};
use rinnalla_entity::states::{
    AttendanceStatus, CourseCostKind, CourseOrganiserKind, CourseSessionStatus, EnrolmentStatus,
    FacilitatorKind,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::courses::open_name;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::moving::course_told::{
    CostTold, CourseTold, EnrolmentTold, Marks, PartTold, SessionTold, TrainingTold,
};
use crate::moving::told::Stood;
use crate::sql::Sql;

/// What an organisation has of courses and trainings.
pub(in crate::moving) struct Taught {
    pub courses: BTreeMap<CourseId, Stood<CourseTold>>,
    pub sessions: BTreeMap<CourseSessionId, Stood<SessionTold>>,
    pub enrolments: BTreeMap<EnrolmentId, Stood<EnrolmentTold>>,
    pub costs: BTreeMap<CourseCostId, Stood<CostTold>>,
    pub curricula: Vec<Version>,
    pub trainings: BTreeMap<TrainingId, Stood<TrainingTold>>,
    pub parts: BTreeMap<TrainingParticipantId, Stood<PartTold>>,
}

impl Taught {
    pub(in crate::moving) async fn load(
        db: &impl ConnectionTrait,
        ctx: &Ctx,
        of: OrganisationId,
    ) -> Result<Self> {
        Ok(Self {
            courses: courses(db, of).await?,
            sessions: sessions(db, of).await?,
            enrolments: enrolments(db, ctx, of).await?,
            costs: costs(db, of).await?,
            curricula: curricula(db, of).await?,
            trainings: trainings(db, of).await?,
            parts: parts(db, of).await?,
        })
    }
}

async fn courses(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<CourseId, Stood<CourseTold>>> {
    static COURSES: Sql = Sql::new(
        "SELECT id, name, unit, starts_on, starts_at, lunch_minutes, baseline_group_size, participant_limit,
           curriculum_id, opened_at IS NOT NULL AS is_open, cancelled_at IS NOT NULL AS is_cancelled, version
         FROM courses WHERE organisation_id = $1",
    );
    static GOALS: Sql = Sql::new(
        "SELECT g.course_id, g.code FROM course_goals g JOIN courses c ON c.id = g.course_id WHERE c.organisation_id = $1",
    );
    static ORGANISERS: Sql = Sql::new(
        "SELECT o.course_id, o.organisation_id, o.kind FROM course_organisers o JOIN courses c ON c.id = o.course_id
         WHERE c.organisation_id = $1",
    );
    static LEADERS: Sql = Sql::new(
        "SELECT f.course_id, f.person_id, f.kind FROM course_facilitators f JOIN courses c ON c.id = f.course_id
         WHERE c.organisation_id = $1 AND f.removed_at IS NULL",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: CourseId,
        name: String,
        unit: Option<String>,
        starts_on: NaiveDate,
        starts_at: i16,
        lunch_minutes: i16,
        baseline_group_size: Option<i16>,
        participant_limit: Option<i16>,
        curriculum_id: Option<CurriculumId>,
        is_open: bool,
        is_cancelled: bool,
        version: i32,
    }
    #[derive(FromQueryResult)]
    struct Goal {
        course_id: CourseId,
        code: String,
    }
    #[derive(FromQueryResult)]
    struct Organiser {
        course_id: CourseId,
        organisation_id: OrganisationId,
        kind: CourseOrganiserKind,
    }
    #[derive(FromQueryResult)]
    struct Leader {
        course_id: CourseId,
        person_id: PersonId,
        kind: FacilitatorKind,
    }
    let read = |row: Row| {
        let told = CourseTold {
            name: row.name,
            unit: row.unit,
            starts_on: row.starts_on,
            starts_at: row.starts_at,
            lunch_minutes: row.lunch_minutes,
            baseline: row.baseline_group_size,
            limit: row.participant_limit,
            curriculum: row.curriculum_id,
            goals: BTreeSet::new(),
            organisers: BTreeSet::new(),
            partners: BTreeSet::new(),
            professionals: BTreeSet::new(),
            assistants: BTreeSet::new(),
            is_open: row.is_open,
            is_cancelled: row.is_cancelled,
        };
        let version = row.version.into();
        (row.id, Stood { told, version })
    };
    let rows: Vec<Row> = COURSES.all(db, [of.0.into()]).await?;
    let mut courses: BTreeMap<CourseId, Stood<CourseTold>> = rows.into_iter().map(read).collect();
    for row in GOALS.all::<Goal>(db, [of.0.into()]).await? {
        if let Some(course) = courses.get_mut(&row.course_id) {
            course.told.goals.insert(row.code);
        }
    }
    for row in ORGANISERS.all::<Organiser>(db, [of.0.into()]).await? {
        if let Some(course) = courses.get_mut(&row.course_id) {
            match row.kind {
                CourseOrganiserKind::Organiser => &mut course.told.organisers,
                CourseOrganiserKind::Partner => &mut course.told.partners,
            }
            .insert(row.organisation_id);
        }
    }
    for row in LEADERS.all::<Leader>(db, [of.0.into()]).await? {
        if let Some(course) = courses.get_mut(&row.course_id) {
            match row.kind {
                FacilitatorKind::Professional => &mut course.told.professionals,
                FacilitatorKind::Assistant => &mut course.told.assistants,
            }
            .insert(row.person_id);
        }
    }
    Ok(courses)
}

async fn sessions(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<CourseSessionId, Stood<SessionTold>>> {
    static SQL: Sql = Sql::new(
        "SELECT s.id, s.course_id, s.no, s.on_date, s.starts_at, s.planned_on, s.planned_at, s.status, s.theme, s.methods, s.materials,
           s.version FROM course_sessions s JOIN courses c ON c.id = s.course_id WHERE c.organisation_id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: CourseSessionId,
        course_id: CourseId,
        no: i16,
        on_date: NaiveDate,
        starts_at: i16,
        planned_on: NaiveDate,
        planned_at: i16,
        status: CourseSessionStatus,
        theme: Option<String>,
        methods: Option<String>,
        materials: Option<String>,
        version: i32,
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = SessionTold {
            course: row.course_id,
            no: row.no,
            on: row.on_date,
            at: row.starts_at,
            planned_on: row.planned_on,
            planned_at: row.planned_at,
            is_cancelled: row.status == CourseSessionStatus::Cancelled,
            theme: row.theme,
            methods: row.methods,
            materials: row.materials,
        };
        let version = row.version.into();
        (row.id, Stood { told, version })
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Everybody's part in the courses, but for those that were recorded in error. Names are opened.
async fn enrolments(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    of: OrganisationId,
) -> Result<BTreeMap<EnrolmentId, Stood<EnrolmentTold>>> {
    static PARTS: Sql = Sql::new(
        "SELECT e.id, e.course_id, e.person_id, e.name_sealed, e.data_key_sealed, e.is_pseudonym, e.wants_reminders,
           e.applied_on, e.status, e.version, d.on_date AS decided_on
         FROM enrolments e JOIN courses c ON c.id = e.course_id
         LEFT JOIN enrolment_decisions d ON d.enrolment_id = e.id AND d.cancelled_at IS NULL
         WHERE c.organisation_id = $1 AND e.status <> 'CANCELLED'",
    );
    static MARKS: Sql = Sql::new(
        "SELECT a.enrolment_id, s.no, a.status FROM attendances a JOIN course_sessions s ON s.id = a.session_id
         JOIN courses c ON c.id = s.course_id
         WHERE c.organisation_id = $1 AND a.cancelled_at IS NULL AND s.status <> 'CANCELLED' AND a.status <> 'NOT_RECORDED'",
    );
    static STEPS: Sql = Sql::new(
        "SELECT d.enrolment_id, n.code FROM enrolment_next_steps n
         JOIN enrolment_decisions d ON d.id = n.decision_id AND d.cancelled_at IS NULL
         JOIN enrolments e ON e.id = d.enrolment_id JOIN courses c ON c.id = e.course_id WHERE c.organisation_id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: EnrolmentId,
        course_id: CourseId,
        person_id: Option<PersonId>,
        name_sealed: Option<Vec<u8>>,
        data_key_sealed: Option<Vec<u8>>,
        is_pseudonym: bool,
        wants_reminders: bool,
        applied_on: NaiveDate,
        status: EnrolmentStatus,
        version: i32,
        decided_on: Option<NaiveDate>,
    }
    #[derive(FromQueryResult)]
    struct Mark {
        enrolment_id: EnrolmentId,
        no: i16,
        status: AttendanceStatus,
    }
    #[derive(FromQueryResult)]
    struct Step {
        enrolment_id: EnrolmentId,
        code: String,
    }
    let mut marks: HashMap<EnrolmentId, Marks> = HashMap::new();
    for mark in MARKS.all::<Mark>(db, [of.0.into()]).await? {
        let of_one = marks.entry(mark.enrolment_id).or_default();
        let place = usize::from(mark.no.unsigned_abs()).saturating_sub(1);
        if let Some(cell) = of_one.get_mut(place) {
            *cell = Some(mark.status);
        }
    }
    let mut steps: HashMap<EnrolmentId, BTreeSet<String>> = HashMap::new();
    for step in STEPS.all::<Step>(db, [of.0.into()]).await? {
        steps
            .entry(step.enrolment_id)
            .or_default()
            .insert(step.code);
    }
    let mut enrolments = BTreeMap::new();
    for row in PARTS.all::<Row>(db, [of.0.into()]).await? {
        let sealed = row
            .data_key_sealed
            .as_deref()
            .zip(row.name_sealed.as_deref());
        let name = match sealed {
            Some((key, name)) => open_name(&ctx.keys, row.id, key, name)?,
            None => None,
        };
        let told = EnrolmentTold {
            course: row.course_id,
            person: row.person_id,
            name: name.map(|name| name.reveal().clone()),
            is_pseudonym: row.is_pseudonym,
            wants_reminders: row.wants_reminders,
            applied_on: row.applied_on,
            marks: marks.remove(&row.id).unwrap_or_default(),
            status: row.status,
            decided_on: row.decided_on,
            next_steps: steps.remove(&row.id).unwrap_or_default(),
        };
        let version = row.version.into();
        enrolments.insert(row.id, Stood { told, version });
    }
    Ok(enrolments)
}

/// What the courses cost, but for lines that were wrong. A line is never changed, so its id is as good as a version.
async fn costs(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<CourseCostId, Stood<CostTold>>> {
    static SQL: Sql = Sql::new(
        "SELECT k.id, k.course_id, k.kind, k.cents, s.funder, s.cents AS share_cents
         FROM course_costs k JOIN courses c ON c.id = k.course_id JOIN course_cost_shares s ON s.cost_id = k.id
         WHERE c.organisation_id = $1 AND k.cancelled_at IS NULL",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: CourseCostId,
        course_id: CourseId,
        kind: CourseCostKind,
        cents: i32,
        funder: String,
        share_cents: i32,
    }
    let mut costs = BTreeMap::new();
    for row in SQL.all::<Row>(db, [of.0.into()]).await? {
        let cost = costs.entry(row.id).or_insert_with(|| Stood {
            told: CostTold {
                course: row.course_id,
                kind: row.kind,
                cents: row.cents,
                shares: BTreeMap::new(),
            },
            version: 1,
        });
        cost.told.shares.insert(row.funder, row.share_cents);
    }
    Ok(costs)
}

/// A version of a curriculum, by which a course may name it.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::moving) struct Version {
    pub id: CurriculumId,
    pub name: String,
    pub no: i32,
}

async fn curricula(db: &impl ConnectionTrait, of: OrganisationId) -> Result<Vec<Version>> {
    static SQL: Sql =
        Sql::new("SELECT id, name, no FROM curricula WHERE organisation_id = $1 ORDER BY id");
    SQL.all(db, [of.0.into()]).await
}

async fn trainings(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<TrainingId, Stood<TrainingTold>>> {
    static SQL: Sql = Sql::new(
        "SELECT id, trainer_id, name, first_on, second_on, cancelled_at IS NOT NULL AS is_cancelled, version FROM trainings
         WHERE organisation_id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: TrainingId,
        trainer_id: OrganisationId,
        name: String,
        first_on: NaiveDate,
        second_on: NaiveDate,
        is_cancelled: bool,
        version: i32,
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = TrainingTold {
            name: row.name,
            trainer: row.trainer_id,
            first_on: row.first_on,
            second_on: row.second_on,
            is_cancelled: row.is_cancelled,
        };
        let version = row.version.into();
        (row.id, Stood { told, version })
    };
    Ok(rows.into_iter().map(read).collect())
}

async fn parts(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<BTreeMap<TrainingParticipantId, Stood<PartTold>>> {
    static SQL: Sql = Sql::new(
        "SELECT p.id, p.training_id, p.support_person_id,
           EXISTS (SELECT 1 FROM training_attendances a JOIN support_person_acts e ON e.id = a.act_id
             WHERE a.participant_id = p.id AND a.weekend = 1 AND e.cancelled_at IS NULL) AS was_at_first,
           EXISTS (SELECT 1 FROM training_attendances a JOIN support_person_acts e ON e.id = a.act_id
             WHERE a.participant_id = p.id AND a.weekend = 2 AND e.cancelled_at IS NULL) AS was_at_second
         FROM training_participants p JOIN trainings t ON t.id = p.training_id
         WHERE t.organisation_id = $1 AND p.removed_at IS NULL",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: TrainingParticipantId,
        training_id: TrainingId,
        support_person_id: SupportPersonId,
        was_at_first: bool,
        was_at_second: bool,
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = PartTold {
            training: row.training_id,
            support_person: row.support_person_id,
            was_at: [row.was_at_first, row.was_at_second],
        };
        (row.id, Stood { told, version: 1 })
    };
    Ok(rows.into_iter().map(read).collect())
}
