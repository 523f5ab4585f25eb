//! Rows of many tables, gathered and then written in few statements.

use sea_orm::{ConnectionTrait, Value};

use crate::error::Result;
use crate::joint_reviews;
use crate::sql;

macro_rules! tables {
    ($($name:ident $table:literal ($columns:expr);)+) => {
        /// The tables that are written, parents first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Table { $($name),+ }

        /// Their names and columns, in the order in which a row gives them.
        const TABLES: &[(&str, &str)] = &[$(($table, $columns)),+];
    };
}

/// The columns of a review: what is worked out of it, and whose it is.
const REVIEW: &str = "status, cancelled_reason, interval_months, base_on, raw_planned_on, raw_window_end_on,
   window_start_on, planned_on, window_end_on, coming_notice_on, due_notice_on, nudge_notice_on, overdue_notice_on,
   overdue_again_notice_on, booked_notice_on, held_on, is_joint, id, cycle_no, created_at, relationship_id, organisation_id";

tables! {
    People "people" ("id, language, data_key_sealed, name_sealed, email_sealed, phone_sealed, email_lookup, phone_lookup, created_at");
    RoleGrants "role_grants" ("id, person_id, organisation_id, role, valid_from, valid_to, created_at");
    SupportPersons "support_persons" ("id, organisation_id, person_id, background, status, birth_decade, county_code, weekdays, max_active, created_at, programme_id, first_programme_id");
    Interests "support_person_interests" ("support_person_id, code");
    Languages "support_person_languages" ("support_person_id, code");
    Municipalities "support_person_municipalities" ("support_person_id, code");
    SupportPersonActs "support_person_acts" ("id, organisation_id, support_person_id, kind, on_date, seq, recorded_by, recorded_at");
    Cases "supported_cases" ("id, organisation_id, referring_organisation_id, case_code, background, kin_relation, birth_decade, county_code, municipality_code, language, created_on");
    CaseProfessionals "case_professionals" ("id, case_id, person_id, is_responsible, from_on");
    Referrals "referrals" ("id, organisation_id, referring_organisation_id, case_id, professional_id, form, phase, status, submitted_at, proposal_count, created_at");
    Proposals "match_proposals" ("id, organisation_id, referral_id, support_person_id, status, reasons, score, created_at");
    ReferralActs "referral_acts" ("id, organisation_id, referral_id, proposal_id, kind, on_date, seq, channel, text_version, recorded_by, recorded_at");
    Disclosures "disclosures" ("id, organisation_id, proposal_id, of_person_id, to_person_id, to_organisation_id, what, basis, disclosed_by, disclosed_at");
    Relationships "support_relationships" ("id, organisation_id, referring_organisation_id, case_id, support_person_id, referral_id, proposal_id, status, proposed_on, first_meeting_on, starts_on, agreed_until, ended_on, end_reason, review_interval_months, professional_follows, created_at");
    RelationshipActs "support_relationship_acts" ("id, organisation_id, relationship_id, kind, on_date, professional_present, exception_reason, handover_by, end_reason, recorded_by, recorded_at");
    Agreements "support_agreements" ("id, organisation_id, relationship_id, version_no, starts_on, ends_on, is_open_ended, rhythm, review_interval_months, professional_follows, signed_on, recorded_by, recorded_at");
    AgreementPlaces "support_agreement_places" ("agreement_id, code");
    Reviews "joint_reviews" (REVIEW);
    ReviewRecords "joint_review_records" ("id, organisation_id, joint_review_id, kind, held_on, professional_present, supported_present, support_person_present, channel, progress, outcome, settles_cycle, not_held_reason, recorded_on, recorded_by, recorded_at");
    Meetings "meetings" ("id, organisation_id, relationship_id, met_on, minutes, activity, channel, replaces_id, recorded_by, recorded_at");
    Courses "courses" ("id, organisation_id, name, unit, starts_on, starts_at, lunch_minutes, baseline_group_size, participant_limit, curriculum_id, status, opened_at, cancelled_at, created_by, created_at");
    CourseGoals "course_goals" ("course_id, code");
    CourseOrganisers "course_organisers" ("course_id, organisation_id, kind");
    CourseFacilitators "course_facilitators" ("id, course_id, person_id, kind, assigned_by, assigned_at");
    CourseSessions "course_sessions" ("id, course_id, no, planned_on, planned_at, on_date, remind_on, starts_at, minutes, status, theme, methods, materials");
    Enrolments "enrolments" ("id, course_id, person_id, name_sealed, data_key_sealed, is_pseudonym, status, wants_reminders, applied_on, recorded_by, recorded_at");
    EnrolmentDecisions "enrolment_decisions" ("id, enrolment_id, kind, on_date, recorded_by, recorded_at");
    NextSteps "enrolment_next_steps" ("decision_id, code");
    Attendances "attendances" ("session_id, enrolment_id, session_version, status, recorded_by, recorded_at");
    CourseCosts "course_costs" ("id, course_id, kind, cents, recorded_by, recorded_at");
    CourseCostShares "course_cost_shares" ("cost_id, funder, cents");
    Trainings "trainings" ("id, organisation_id, trainer_id, name, first_on, second_on, cancelled_at, created_by, created_at");
    TrainingParticipants "training_participants" ("id, training_id, support_person_id, added_by, added_at");
    ExpertCohorts "expert_cohorts" ("id, organisation_id, trainer_id, name, starts_on, ends_on, created_by, created_at");
    Experts "expert_profiles" ("id, organisation_id, person_id, cohort_id, trainer_id, trained_on, created_by, created_at");
    ExpertPurposes "expert_purposes" ("profile_id, code");
    ExpertAssignments "expert_assignments" ("id, profile_id, host_id, task, place, working_time_pct, compensation, employment, funding, phase, from_on, to_on, recorded_by, recorded_at");
    AssignmentTargets "expert_assignment_targets" ("assignment_id, code");
    Expenses "expenses" ("id, organisation_id, person_id, year, kind, kilometres, days, cents, recorded_by, recorded_at");
    MovedRows "moved_rows" ("organisation_id, kind, key_lookup, object_id, content_lookup, object_version, moved_at");
}

/// Rows of all tables.
pub(super) struct Batch(Vec<Vec<Value>>);

impl Batch {
    pub(super) fn new() -> Self {
        let columns = |text: &'static str| text.split(',').map(str::trim);
        let worked_out = columns(joint_reviews::State::COLUMNS);
        debug_assert!(
            worked_out
                .zip(columns(REVIEW))
                .all(|(one, other)| one == other)
        );
        Self(TABLES.iter().map(|_| Vec::new()).collect())
    }

    /// Adds a row, its cells in the order of the table's columns.
    pub(super) fn add(&mut self, table: Table, cells: impl IntoIterator<Item = Value>) {
        let (_, columns) = TABLES[table as usize];
        let rows = &mut self.0[table as usize];
        rows.extend(cells);
        debug_assert_eq!(rows.len() % columns.split(',').count(), 0, "{table:?}");
    }

    pub(super) async fn write(self, db: &impl ConnectionTrait) -> Result<()> {
        for ((table, columns), values) in TABLES.iter().zip(self.0) {
            sql::insert_many(db, table, columns, values).await?;
        }
        Ok(())
    }
}
