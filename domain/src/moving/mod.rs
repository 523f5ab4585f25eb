//! Moving an association's register in from a file, and out into one.
//!
//! An association that begins has its people, roles, support persons, relationships and meetings in a spreadsheet, and its
//! courses with their participants, trainings, experts by experience and expenses besides. It
//! puts them into the published template, hears of every fault of the whole file at once and mends them; then all of it
//! is moved in, or nothing. The same file twice changes nothing, and a corrected one changes what was corrected. What
//! is worked out from it (gates, states, reviews) is what the register's own rules make of it, as if somebody had
//! recorded the same; but nobody is written to about what had passed by then. The register gives the same file back.
//!
//! The rows' keys are the association's own, and may be names: the register keeps a keyed hash of them alone. A
//! relationship's case gets its code.

mod batch;
mod book;
mod cells;
mod changing;
mod course;
mod course_costs;
mod course_rows;
mod course_told;
mod csv_folder;
mod days;
mod enrolment_rows;
mod expert_rows;
mod exporting;
mod exporting_courses;
mod exporting_volunteers;
mod figures;
mod finding;
mod history;
mod known;
mod meeting_rows;
mod own_rows;
mod people_rows;
mod plan;
mod queries;
mod relationship_cells;
mod relationship_rows;
mod remembering;
mod settling_courses;
mod sheets;
mod supporter_rows;
mod template;
mod told;
mod training_rows;
mod word_lists;
mod words;
mod writing;
mod writing_courses;
mod writing_enrolments;
mod writing_relationships;
mod writing_volunteers;
mod xlsx;
mod xlsx_writing;

use std::path::Path;

use rinnalla_entity::ids::{Id as _, OrganisationId};

use crate::access::{self, MoveRegister, Scope};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::{self, ObjectKind};
use crate::case_code::CaseCode;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::programmes;
use crate::texts::Language;
pub use book::{Book, Cell, Page, Row, letters};
pub use finding::{Finding, lines};
use known::Known;
use plan::{Fate, Plan, Planned, Planning};
pub use template::{Column, Form, Kind, List, NOTES, SHEETS, Sheet};
use writing::Writing;

/// How many rows of a sheet were new, changed, and as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The sheet.
    pub kind: Kind,
    /// New rows.
    pub new: usize,
    /// Rows that changed something.
    pub changed: usize,
    /// Rows that changed nothing.
    pub same: usize,
}

/// What came of a file.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// What is to be mended. Where there is anything, nothing was moved.
    pub findings: Vec<Finding>,
    /// What was moved, or would have been.
    pub counts: Vec<Count>,
    /// The row of each new relationship, and the code that its case was given.
    pub codes: Vec<(u32, String)>,
}

/// Opens a workbook: an XLSX file, or a folder of CSV files.
///
/// Errors: why it is none that can be read.
pub fn open(path: &Path) -> std::result::Result<Book, Finding> {
    if path.is_dir() {
        return csv_folder::read(path);
    }
    let size = std::fs::metadata(path)
        .map_err(|_| Finding::of_file("NO_FILE"))?
        .len();
    if size > xlsx::MOST_BYTES {
        return Err(Finding::of_file("TOO_BIG"));
    }
    let bytes = std::fs::read(path).map_err(|_| Finding::of_file("NO_FILE"))?;
    read(bytes)
}

/// The workbook in the bytes of an XLSX file.
///
/// Errors: why it is none that can be read.
pub fn read(bytes: Vec<u8>) -> std::result::Result<Book, Finding> {
    xlsx::read(bytes)
}

/// Writes a workbook: as XLSX, or as a folder of CSV files where the path does not end in `.xlsx`.
///
/// Errors: `Internal` where the file cannot be written.
pub fn save(book: &Book, path: &Path) -> Result<()> {
    let is_xlsx = path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
    let written = match is_xlsx {
        true => std::fs::write(path, bytes(book)?),
        false => csv_folder::write(book, path),
    };
    written.map_err(|fault| Error::Internal(Box::new(fault)))
}

/// A workbook as the bytes of an XLSX file.
///
/// Errors: `Internal` where it cannot be written.
pub fn bytes(book: &Book) -> Result<Vec<u8>> {
    xlsx_writing::bytes(book).map_err(|fault| Error::Internal(Box::new(fault)))
}

/// The empty template with its notes and lists, in a language.
///
/// Errors: `Internal`, `Unavailable`.
pub async fn template(register: &Register, language: Language) -> Result<Vec<u8>> {
    let words = queries::words(register.store.reader()).await?;
    xlsx_writing::template(&words, language).map_err(|fault| Error::Internal(Box::new(fault)))
}

/// Moves a workbook into an organisation's register, all of it or nothing; `is_dry` tells what would come of it, and
/// leaves everything as it is. `told` hears how many rows are done.
///
/// Errors: `NotFound` where the organisation is not the actor's to move; `Conflict` (`STALE_VERSION`) where somebody
/// changed the same meanwhile.
pub async fn import(
    ctx: &Ctx,
    organisation: OrganisationId,
    book: &Book,
    is_dry: bool,
    told: &(dyn Fn(u64) + Sync),
) -> Result<Moved> {
    let scope = access::require::<MoveRegister>(ctx)?;
    // Nothing is sent twice here: the file itself is what makes a repetition harmless.
    let key = IdempotencyKey {
        key: ctx.request.encode(),
        input: Vec::new(),
    };
    let mut act = match ctx.begin("registerImport", &key, organisation).await? {
        Begun::Fresh(act) => act,
        Begun::Done(_) => return Err(Error::internal("one request moves one file")),
    };
    if !scope.covers(organisation) {
        return Err(Error::NotFound);
    }
    queries::lock(&act.tx, organisation).await?;
    let programme = programmes::default_of(&act.tx, organisation, ctx.now).await?;
    let known = Known::load(&act.tx, ctx, &scope, organisation, Some(programme)).await?;
    let mut planning = Planning::new(ctx, &known, ctx.language);
    planning.read(book);
    let (plan, findings) = (planning.plan, planning.findings);
    let mut moved = Moved {
        counts: counts(&plan),
        findings,
        codes: Vec::new(),
    };
    if is_dry || !moved.findings.is_empty() {
        return Ok(moved);
    }
    let mut writing = Writing::new(&mut act, &scope, &known, told);
    writing.write(&plan).await?;
    writing.remember(&plan).await?;
    let codes = writing.codes;
    for it in &plan.relationships {
        if let Some(code) = codes.get(&it.id) {
            let shown =
                CaseCode::parse(code).map_or_else(|_| code.clone(), |code| code.to_string());
            moved.codes.push((it.row, shown));
        }
    }
    act.done().await?;
    Ok(moved)
}

/// An organisation's register as a workbook in the actor's language: what [`import`] takes, and nothing changes by it.
/// What was given out is written into the access log.
///
/// Errors: `NotFound` where the organisation is not the actor's to move.
pub async fn export(ctx: &Ctx, organisation: OrganisationId) -> Result<Book> {
    let scope = access::require::<MoveRegister>(ctx)?;
    let known = Known::load(ctx.store.reader(), ctx, &scope, organisation, None).await?;
    see(ctx, &scope, &known);
    let book = exporting::book(&known, ctx.language);
    audit::write_seen(ctx, "registerExport").await?;
    Ok(book)
}

/// Notes for the access log what is given out.
fn see(ctx: &Ctx, scope: &Scope<MoveRegister>, known: &Known) {
    let of = known.own.id;
    let people = known.people.keys().map(|id| (of, id.uuid()));
    ctx.see(scope, ObjectKind::Person, people);
    let supporters = known.supporters.values().map(|(id, _)| (of, id.uuid()));
    ctx.see(scope, ObjectKind::SupportPerson, supporters);
    let relationships = known.relationships.keys().map(|id| (of, id.uuid()));
    ctx.see(scope, ObjectKind::SupportRelationship, relationships);
    let cases = known.relationships.values().map(|it| (of, it.case.uuid()));
    ctx.see(scope, ObjectKind::SupportedCase, cases);
    let taught = &known.taught;
    let courses = taught.courses.keys().map(|id| (of, id.uuid()));
    ctx.see(scope, ObjectKind::Course, courses);
    let enrolments = taught.enrolments.keys().map(|id| (of, id.uuid()));
    ctx.see(scope, ObjectKind::Enrolment, enrolments);
    let trainings = taught.trainings.keys().map(|id| (of, id.uuid()));
    ctx.see(scope, ObjectKind::Training, trainings);
    let experts = known.volunteers.experts.values();
    ctx.see(
        scope,
        ObjectKind::Expert,
        experts.map(|(id, _)| (of, id.uuid())),
    );
}

fn counts(plan: &Plan) -> Vec<Count> {
    fn of<I, T>(kind: Kind, planned: &[Planned<I, T>]) -> Count {
        let number = |fate| planned.iter().filter(|it| it.fate == fate).count();
        Count {
            kind,
            new: number(Fate::New),
            changed: number(Fate::Changed),
            same: number(Fate::Same),
        }
    }
    vec![
        of(Kind::People, &plan.people),
        of(Kind::Roles, &plan.roles),
        of(Kind::SupportPersons, &plan.supporters),
        of(Kind::Relationships, &plan.relationships),
        of(Kind::Meetings, &plan.meetings),
        of(Kind::Courses, &plan.courses),
        of(Kind::CourseSessions, &plan.sessions),
        of(Kind::Enrolments, &plan.enrolments),
        of(Kind::CourseCosts, &plan.costs),
        of(Kind::Trainings, &plan.trainings),
        of(Kind::TrainingParticipants, &plan.parts),
        of(Kind::ExpertCohorts, &plan.cohorts),
        of(Kind::Experts, &plan.experts),
        of(Kind::ExpertAssignments, &plan.assignments),
        of(Kind::Expenses, &plan.expenses),
    ]
}
