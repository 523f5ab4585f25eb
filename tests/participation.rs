//! Participation figures: what is counted, what is published of it, what stays hidden, and who is told.

mod attacked;
mod community;
mod counted;
mod grant_sheets;
mod taken_away;
mod told;
mod worked;

use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::ids::{
    CourseId, CourseSessionId, DropInPlaceId, EnrolmentId, Id as _, OpeningId, OrganisationId,
    PersonId,
};
use rinnalla_domain::participation;
use rinnalla_domain::states::Role;
use rinnalla_domain::texts::Language;
use sea_orm::Value as Cell;
use serde_json::{Value, json};

use crate::support::matching::World;
use crate::support::{Actor, Answer, App, date};

const TABLE: &str = "query($measure: ParticipationMeasure!, $period: String!, $by: [ParticipationBreakdown!], $asOf: Date) {
    participation(measure: $measure, period: $period, by: $by, asOf: $asOf) { standing publishedOn threshold
      rows { row { code name } column { code } count isHidden values { code value } } } }";
const OWN: &str = "query($of: ID!, $measure: ParticipationMeasure!, $period: String!, $by: [ParticipationBreakdown!]) {
    ownParticipation(organisationId: $of, measure: $measure, period: $period, by: $by) { standing
      rows { row { code } column { code } count isHidden values { code value } } } }";

/// A register with an analyst, on Monday 23.11.2026.
struct Figures {
    world: World,
    antti: Actor,
}

impl Figures {
    async fn new(app: &App) -> Self {
        let world = World::new(app).await;
        let antti = app
            .person("Antti Analyytikko", world.association, Role::Analyst)
            .await;
        Self { world, antti }
    }

    /// Takes the snapshot of the day.
    async fn publish(&self, app: &App) -> u64 {
        let ctx = Ctx::new(&app.register, None, Language::Fi);
        participation::publish(&ctx, 5).await.unwrap()
    }

    async fn ask(&self, app: &App, measure: &str, period: &str, by: &[&str]) -> Answer {
        let asked = json!({ "measure": measure, "period": period, "by": by });
        self.antti.ask(app, TABLE, asked).await
    }

    async fn table(&self, app: &App, measure: &str, period: &str, by: &[&str]) -> Value {
        let answer = self.ask(app, measure, period, by).await;
        answer.data()["participation"].clone()
    }

    async fn own(&self, app: &App, measure: &str, period: &str, by: &[&str]) -> Value {
        let of = self.world.association.encode();
        let asked = json!({ "of": of, "measure": measure, "period": period, "by": by });
        let answer = self.world.kaisa.ask(app, OWN, asked).await;
        answer.data()["ownParticipation"].clone()
    }
}

/// The rows of a table: the codes, and the count or `null`.
fn counts(table: &Value) -> Value {
    let code = |it: &Value| it["code"].as_str().unwrap_or_default().to_owned();
    let row = |row: &Value| {
        let codes = [code(&row["row"]), code(&row["column"])].join(" ");
        (codes.trim().to_owned(), row["count"].clone())
    };
    table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The field and the reason of a question that was refused.
fn fault(answer: &Answer) -> String {
    let told = &answer.json["errors"][0]["extensions"];
    format!(
        "{} {}",
        told["field"].as_str().unwrap(),
        told["reason"].as_str().unwrap()
    )
}

/// One value of a row.
fn value(table: &Value, row: usize, code: &str) -> Value {
    let values = table["rows"][row]["values"].as_array().unwrap();
    values.iter().find(|it| it["code"] == code).unwrap()["value"].clone()
}

/// An opening of a place from 12 to 16, with so many visits, of which so many were first ones.
async fn opening(
    app: &App,
    by: &Actor,
    place: DropInPlaceId,
    on: &str,
    (visits, first_time): (i32, i32),
) {
    let values: [Cell; 7] = [
        OpeningId::random().0.into(),
        place.0.into(),
        date(on).into(),
        visits.into(),
        first_time.into(),
        by.id.0.into(),
        app.register.clock.now().into(),
    ];
    app.run(
        "INSERT INTO openings (id, place_id, on_date, starts_at, ends_at, visits, first_time_visits, created_by, created_at)
         VALUES ($1, $2, $3, 720, 960, $4, $5, $6, $7)",
        values,
    )
    .await;
}

/// A course that was finished on a day, with so many at all eight sessions, of whom so many graduated.
async fn finished_course(
    app: &App,
    of: OrganisationId,
    by: PersonId,
    on: &str,
    (took_part, graduated): (usize, usize),
) -> CourseId {
    let now = app.register.clock.now();
    let course = CourseId::random();
    let last = date(on);
    let cells: [Cell; 6] = [
        course.0.into(),
        of.0.into(),
        (last - chrono::Days::new(49)).into(),
        by.0.into(),
        now.into(),
        "FINISHED".into(),
    ];
    app.run(
        "INSERT INTO courses (id, organisation_id, name, starts_on, starts_at, lunch_minutes, status, opened_at, created_by, created_at)
         VALUES ($1, $2, 'Wertzu', $3, 720, 45, $6, $5, $4, $5)",
        cells,
    )
    .await;
    let session = |no: i16| -> [Cell; 4] {
        let on = last - chrono::Days::new(7 * (8 - u64::from(no.unsigned_abs())));
        [
            CourseSessionId::random().0.into(),
            course.0.into(),
            no.into(),
            on.into(),
        ]
    };
    insert(
        app,
        "course_sessions (id, course_id, no, planned_on, on_date, remind_on, planned_at, starts_at, minutes, status)",
        "({1}, {2}, {3}, {4}, {4}, {4}, 720, 720, 240, 'HELD')",
        (1..=8).map(session),
    )
    .await;
    let enrolment = |at: usize| -> [Cell; 7] {
        let graduated = at < graduated;
        let status = if graduated {
            "GRADUATED"
        } else {
            "INTERRUPTED"
        };
        [
            EnrolmentId::random().0.into(),
            course.0.into(),
            vec![1_u8].into(),
            status.into(),
            last.into(),
            by.0.into(),
            now.into(),
        ]
    };
    insert(
        app,
        "enrolments (id, course_id, name_sealed, data_key_sealed, is_pseudonym, status, wants_reminders, applied_on, recorded_by,
           recorded_at)",
        "({1}, {2}, {3}, {3}, true, {4}, false, {5}, {6}, {7})",
        (0..took_part).map(enrolment),
    )
    .await;
    // Those who did not graduate were there four times and excused once.
    app.run(
        "INSERT INTO attendances (session_id, enrolment_id, session_version, status, recorded_by, recorded_at)
         SELECT s.id, e.id, 1, CASE WHEN e.status = 'GRADUATED' OR s.no <= 4 THEN 'PRESENT' WHEN s.no = 5 THEN 'EXCUSED'
           ELSE 'ABSENT' END, $2, $3
         FROM course_sessions s JOIN enrolments e ON e.course_id = s.course_id WHERE s.course_id = $1",
        [Cell::from(course.0), by.0.into(), now.into()],
    )
    .await;
    course
}

/// Rows of a table in one statement; `{1}` in the form of a row is its first value.
async fn insert<const N: usize>(
    app: &App,
    table: &str,
    form: &str,
    rows: impl Iterator<Item = [Cell; N]>,
) {
    let (mut written, mut values) = (Vec::new(), Vec::new());
    for row in rows {
        let numbered = (1..=N).fold(form.to_owned(), |form, at| {
            form.replace(&format!("{{{at}}}"), &format!("${}", values.len() + at))
        });
        written.push(numbered);
        values.extend(row);
    }
    if !written.is_empty() {
        let sql = format!("INSERT INTO {table} VALUES {}", written.join(", "));
        app.run(&sql, values).await;
    }
}
