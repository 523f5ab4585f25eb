//! Rows in bulk: COPY on PostgreSQL, statements of many rows on SQLite, in one transaction.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sqlx::{self, Postgres};
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, SqlErr, Statement, Value,
};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::store::Store;

/// SQLite binds at most 32,766 values in a statement.
const MOST_VALUES: usize = 32_000;

macro_rules! tables {
    ($($name:ident $table:literal ($columns:literal);)+) => {
        /// The tables that are filled, parents first, with their columns in the order in which a row gives them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Table { $($name),+ }

        impl Table {
            const ALL: &[(&'static str, &'static str)] = &[$(($table, $columns)),+];
        }
    };
}

tables! {
    Organisations "organisations" ("id, kind, name, is_name_neutral, language, county_code, municipality_code, mailbox, created_at");
    Partnerships "partnerships" ("id, organisation_id, partner_id, kind, county_code, valid_from, created_at");
    People "people" ("id, language, data_key_sealed, name_sealed, email_sealed, phone_sealed, email_lookup, phone_lookup, created_at");
    RoleGrants "role_grants" ("id, person_id, organisation_id, role, valid_from, valid_to, created_at");
    Absences "absences" ("id, person_id, organisation_id, substitute_id, from_on, to_on, created_at");
    Programmes "programmes" ("id, organisation_id, name_fi, name_sv, name_en, is_default, valid_from, created_at");
    ProgrammeCodes "programme_codes" ("programme_id, list, code");
    ProgrammeLanguages "programme_languages" ("programme_id, code");
    ProgrammeRequirements "programme_requirements" ("id, programme_id, from_on, asks_criterion, training_weekends, accepts_earlier_training, asks_confidentiality, recorded_at");
    DirectoryEntries "directory_entries" ("organisation_id, is_listed, mailbox, written_at");
    DirectoryCounties "directory_counties" ("organisation_id, county_code");
    PrintedTexts "printed_texts" ("id, organisation_id, kind, language, version_no, body, published_by, published_at");
    SupportPersons "support_persons" ("id, organisation_id, person_id, background, status, birth_decade, county_code, weekdays, max_active, version, created_at, programme_id, first_programme_id");
    SupportPersonInterests "support_person_interests" ("support_person_id, code");
    SupportPersonLanguages "support_person_languages" ("support_person_id, code");
    SupportPersonMunicipalities "support_person_municipalities" ("support_person_id, code");
    SupportPersonActs "support_person_acts" ("id, organisation_id, support_person_id, kind, on_date, seq, recorded_by, recorded_at");
    SupportedCases "supported_cases" ("id, organisation_id, referring_organisation_id, case_code, background, kin_relation, birth_decade, county_code, municipality_code, language, created_on");
    CaseProfessionals "case_professionals" ("id, case_id, person_id, is_responsible, from_on, to_on");
    CaseInterests "case_interests" ("case_id, code");
    Referrals "referrals" ("id, organisation_id, referring_organisation_id, case_id, professional_id, form, phase, information_source, status, submitted_at, proposal_count, version, created_at");
    ReferralWishes "referral_wishes" ("referral_id, code");
    MatchProposals "match_proposals" ("id, organisation_id, referral_id, support_person_id, status, reasons, score, created_at");
    ReferralActs "referral_acts" ("id, organisation_id, referral_id, proposal_id, kind, on_date, seq, channel, reason, text_version, recorded_by, recorded_at, cancelled_at, cancelled_by");
    Disclosures "disclosures" ("id, organisation_id, proposal_id, of_person_id, to_person_id, to_organisation_id, what, basis, disclosed_by, disclosed_at");
    SupportRelationships "support_relationships" ("id, organisation_id, referring_organisation_id, case_id, support_person_id, referral_id, proposal_id, status, proposed_on, first_meeting_on, starts_on, agreed_until, ended_on, end_reason, review_interval_months, professional_follows, version, created_at");
    SupportRelationshipActs "support_relationship_acts" ("id, organisation_id, relationship_id, kind, on_date, professional_present, exception_reason, handover_by, end_reason, recorded_by, recorded_at");
    SupportAgreements "support_agreements" ("id, organisation_id, relationship_id, version_no, starts_on, ends_on, is_open_ended, rhythm, review_interval_months, professional_follows, signed_on, recorded_by, recorded_at");
    SupportAgreementPlaces "support_agreement_places" ("agreement_id, code");
    Meetings "meetings" ("id, organisation_id, relationship_id, met_on, minutes, activity, channel, recorded_by, recorded_at");
    JointReviews "joint_reviews" ("id, organisation_id, relationship_id, cycle_no, status, cancelled_reason, interval_months, base_on, raw_planned_on, raw_window_end_on, window_start_on, planned_on, window_end_on, booked_for, coming_notice_on, due_notice_on, nudge_notice_on, overdue_notice_on, overdue_again_notice_on, booked_notice_on, held_on, is_joint, version, created_at");
    JointReviewRecords "joint_review_records" ("id, organisation_id, joint_review_id, kind, held_on, professional_present, supported_present, support_person_present, channel, progress, outcome, settles_cycle, next_interval_months, not_held_reason, recorded_on, recorded_by, recorded_at");
    Courses "courses" ("id, organisation_id, name, starts_on, starts_at, lunch_minutes, status, opened_at, created_by, created_at");
    CourseFacilitators "course_facilitators" ("id, course_id, person_id, kind, assigned_by, assigned_at");
    CourseSessions "course_sessions" ("id, course_id, no, planned_on, planned_at, on_date, remind_on, starts_at, minutes, status");
    Enrolments "enrolments" ("id, course_id, name_sealed, data_key_sealed, is_pseudonym, status, wants_reminders, applied_on, recorded_by, recorded_at");
    Attendances "attendances" ("session_id, enrolment_id, session_version, status, recorded_by, recorded_at");
    EnrolmentDecisions "enrolment_decisions" ("id, enrolment_id, kind, on_date, recorded_by, recorded_at");
    OutboxMessages "outbox_messages" ("id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status, not_before, attempts, sent_to_id, key_version, created_at, ended_at");
}

/// One value of a row.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Null,
    Uuid(Uuid),
    Text(String),
    Code(&'static str),
    Number(i64),
    Flag(bool),
    Date(NaiveDate),
    At(DateTime<Utc>),
    Bytes(Vec<u8>),
}

macro_rules! cells {
    ($($from:ty => $kind:ident),+) => {
        $(impl From<$from> for Cell {
            fn from(value: $from) -> Self {
                Self::$kind(value.into())
            }
        })+
    };
}

cells!(Uuid => Uuid, String => Text, &'static str => Code, i64 => Number, i32 => Number, i16 => Number, u8 => Number,
    u32 => Number, bool => Flag, NaiveDate => Date, DateTime<Utc> => At, Vec<u8> => Bytes);

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Rows of all tables, gathered before they are sent.
pub(super) struct Batch {
    is_postgres: bool,
    tables: Vec<Gathered>,
}

#[derive(Default)]
struct Gathered {
    copy: String,
    values: Vec<Value>,
}

impl Batch {
    pub(super) fn new(store: &Store) -> Self {
        Self::on(store.is_postgres())
    }

    /// An empty batch for the same database.
    pub(super) fn another(&self) -> Self {
        Self::on(self.is_postgres)
    }

    fn on(is_postgres: bool) -> Self {
        Self {
            is_postgres,
            tables: Table::ALL.iter().map(|_| Gathered::default()).collect(),
        }
    }

    /// Adds a row, its cells in the order of the table's columns.
    pub(super) fn add<const N: usize>(&mut self, table: Table, cells: [Cell; N]) {
        debug_assert_eq!(N, Table::ALL[table as usize].1.split(',').count());
        let gathered = &mut self.tables[table as usize];
        if !self.is_postgres {
            gathered.values.extend(cells.into_iter().map(bound));
            return;
        }
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                gathered.copy.push('\t');
            }
            write_cell(&mut gathered.copy, cell);
        }
        gathered.copy.push('\n');
    }
}

fn bound(cell: Cell) -> Value {
    match cell {
        // SQLite has no types in a column: any null will do.
        Cell::Null => Value::String(None),
        Cell::Uuid(id) => id.into(),
        Cell::Text(text) => text.into(),
        Cell::Code(code) => code.into(),
        Cell::Number(number) => number.into(),
        Cell::Flag(flag) => flag.into(),
        Cell::Date(date) => date.into(),
        Cell::At(at) => at.into(),
        Cell::Bytes(bytes) => bytes.into(),
    }
}

/// A value in COPY's text format.
fn write_cell(out: &mut String, cell: &Cell) {
    // Writing to a String cannot fail.
    let _ = match cell {
        Cell::Null => write!(out, "\\N"),
        Cell::Uuid(id) => write!(out, "{}", id.as_simple()),
        Cell::Number(number) => write!(out, "{number}"),
        Cell::Flag(flag) => write!(out, "{}", if *flag { 't' } else { 'f' }),
        Cell::Date(date) => write!(out, "{date}"),
        Cell::At(at) => write!(out, "{}", at.format("%Y-%m-%d %H:%M:%S%.6f+00")),
        Cell::Text(text) => write_text(out, text),
        Cell::Code(code) => write_text(out, code),
        Cell::Bytes(bytes) => write!(out, "\\\\x")
            .and_then(|()| bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))),
    };
}

fn write_text(out: &mut String, text: &str) -> std::fmt::Result {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    Ok(())
}

/// Where batches go: all of them are kept, or none.
pub(super) enum Sink {
    Postgres(sqlx::Transaction<'static, Postgres>),
    Sqlite(DatabaseTransaction),
}

impl Sink {
    pub(super) async fn open(store: &Store) -> Result<Self> {
        if !store.is_postgres() {
            return Ok(Self::Sqlite(store.begin_write().await?));
        }
        let pool = store.acts().get_postgres_connection_pool();
        let mut tx = pool.begin().await.map_err(fault)?;
        // Bulk is not a question that somebody waits for.
        sqlx::query("SET LOCAL statement_timeout = 0")
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        Ok(Self::Postgres(tx))
    }

    pub(super) async fn put(&mut self, batch: Batch) -> Result<()> {
        let tables = Table::ALL.iter().zip(batch.tables);
        for ((table, columns), gathered) in tables {
            match self {
                Self::Postgres(tx) if !gathered.copy.is_empty() => {
                    let statement = format!("COPY {table} ({columns}) FROM STDIN");
                    let mut copy = tx.copy_in_raw(&statement).await.map_err(fault)?;
                    copy.send(gathered.copy.as_bytes()).await.map_err(fault)?;
                    copy.finish().await.map_err(fault)?;
                }
                Self::Sqlite(tx) => insert(tx, table, columns, gathered.values).await?,
                Self::Postgres(_) => {}
            }
        }
        Ok(())
    }

    /// Keeps all that was put, and lets the database count what it has now.
    pub(super) async fn commit(self, store: &Store) -> Result<()> {
        match self {
            Self::Postgres(tx) => {
                tx.commit().await.map_err(fault)?;
                let pool = store.acts().get_postgres_connection_pool();
                let mut tx = pool.begin().await.map_err(fault)?;
                for statement in ["SET LOCAL statement_timeout = 0", "ANALYZE"] {
                    sqlx::query(statement)
                        .execute(&mut *tx)
                        .await
                        .map_err(fault)?;
                }
                tx.commit().await.map_err(fault)
            }
            Self::Sqlite(tx) => {
                tx.commit().await?;
                store.writer().execute_unprepared("ANALYZE").await?;
                Ok(())
            }
        }
    }
}

async fn insert(
    tx: &DatabaseTransaction,
    table: &str,
    columns: &str,
    mut values: Vec<Value>,
) -> Result<()> {
    let width = columns.split(',').count();
    let row = format!("({})", vec!["?"; width].join(","));
    while !values.is_empty() {
        let rows = (values.len() / width).min(MOST_VALUES / width);
        let rest = values.split_off(rows * width);
        let sql = format!(
            "INSERT INTO {table} ({columns}) VALUES {}",
            vec![row.as_str(); rows].join(",")
        );
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
        tx.execute_raw(statement).await.map_err(refused)?;
        values = rest;
    }
    Ok(())
}

fn refused(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::Conflict("SOWN_ALREADY"),
        _ => error.into(),
    }
}

fn fault(error: sqlx::Error) -> Error {
    let is_there_already = error
        .as_database_error()
        .is_some_and(|database| database.is_unique_violation());
    if is_there_already {
        return Error::Conflict("SOWN_ALREADY");
    }
    Error::Internal(Box::new(error))
}
