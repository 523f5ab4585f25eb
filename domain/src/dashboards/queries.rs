//! The one statement that gathers what awaits somebody.
//!
//! Each branch is written only where the actor may do the act that is awaited, and begins at an index of that reach:
//! an own case, an own organisation, oneself as support person. Each brings its most urgent rows and no more.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id, OrganisationId, PersonId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::rules::{self, MOST_ITEMS};
use super::{Subject, WaitingItem, WaitingKind};
use crate::access::{
    AnswerForSupportPerson, AnswerForSupported, HandleReferrals, ManageRelationships, MoveCaseload,
    Permission, ReadNotices, RecordAgreements, RecordReviews, Refer, Scope, require,
};
use crate::calendar::{self, helsinki_instant, plus_days};
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::notices;
use crate::reach::Question;

/// A row of the statement.
#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    kind: String,
    pub organisation_id: OrganisationId,
    /// What the access log is told was seen.
    pub seen_id: Option<Uuid>,
    subject_id: Uuid,
    case_code: Option<String>,
    since_on: NaiveDate,
    /// Where only an instant is kept: its day in Helsinki counts.
    since_at: Option<DateTime<Utc>>,
    due_on: Option<NaiveDate>,
}

impl Row {
    pub fn read(&self, today: NaiveDate) -> Result<WaitingItem> {
        let kind = WaitingKind::of_code(&self.kind)
            .ok_or_else(|| Error::internal("an unknown kind of waiting"))?;
        let since = match (kind, self.due_on) {
            (WaitingKind::ReviewBooked, Some(booked_for)) => {
                rules::booked_since(self.since_on, booked_for)
            }
            _ => self.since_at.map_or(self.since_on, calendar::helsinki_date),
        };
        let days_late = rules::days_late(self.due_on, today);
        let case_code = self.case_code.as_deref().map(CaseCode::parse).transpose();
        Ok(WaitingItem {
            kind,
            since,
            due_on: self.due_on,
            is_overdue: days_late > 0,
            days_late,
            case_code: case_code
                .map_err(|_| Error::internal("a stored case code cannot be read"))?
                .map(|code| code.to_string()),
            subject: Subject {
                kind: kind.subject(),
                id: self.subject_id,
            },
        })
    }
}

/// Everything that awaits the actor, one row more than an answer holds, the most urgent first.
pub(super) async fn waiting(ctx: &Ctx) -> Result<Vec<Row>> {
    let mut union = Union::of(ctx);
    let refers = professionals::<Refer>(ctx);
    union.branch(&refers, |q| drafts(q, &refers));
    let answers = professionals::<AnswerForSupported>(ctx);
    union.branch(&answers, |q| offered(q, &answers));
    let manages = professionals::<ManageRelationships>(ctx);
    union.branch(&manages, |q| first_meetings(q, &manages));
    union.branch(&manages, |q| outcomes(q, &manages));
    let agrees = professionals::<RecordAgreements>(ctx);
    union.branch(&agrees, |q| agreements(q, &agrees));
    let reviews = professionals::<RecordReviews>(ctx);
    union.branch(&reviews, |q| own_reviews(q, &reviews, ctx.today));
    let asked = scope::<AnswerForSupportPerson>(ctx).map_or_else(Vec::new, |s| s.support_people());
    union.branch(&asked, |q| proposals_asked(q, &asked));
    let handles = organisations::<HandleReferrals>(ctx);
    union.branch(&handles, |q| referrals(q, &handles));
    union.branch(&handles, |q| proposals(q, &handles, ctx.today));
    let coordinated = organisations::<RecordReviews>(ctx);
    union.branch(&coordinated, |q| reviews_of(q, &coordinated, ctx.today));
    let names = organisations::<MoveCaseload>(ctx);
    union.branch(&names, |q| given_up(q, &names));
    union.branch(&names, |q| left(q, &names, ctx.today));
    let noticed = organisations::<ReadNotices>(ctx);
    union.branch(&noticed, |q| notices(q, &noticed, &coordinated, ctx.today));
    union.all(ctx).await
}

fn scope<P: Permission>(ctx: &Ctx) -> Option<Scope<P>> {
    require::<P>(ctx).ok()
}

fn professionals<P: Permission>(ctx: &Ctx) -> Vec<PersonId> {
    scope::<P>(ctx).map_or_else(Vec::new, |scope| scope.professionals())
}

fn organisations<P: Permission>(ctx: &Ctx) -> Vec<OrganisationId> {
    scope::<P>(ctx).map_or_else(Vec::new, |scope| scope.organisations())
}

/// By day, then by age: see [`rules`]. The order of equal days is made exact there.
const BY_URGENCY: &str = " ORDER BY due_on NULLS LAST, since_on, subject_id LIMIT ";

struct Union {
    question: Question,
    is_empty: bool,
}

impl Union {
    fn of(ctx: &Ctx) -> Self {
        Self {
            question: Question::new(ctx.store.backend(), ""),
            is_empty: true,
        }
    }

    /// Adds a branch where there is any reach for it. UNION and not UNION ALL: whoever is both coordinator and
    /// professional of a case finds its overdue review once.
    fn branch<T: Id>(&mut self, reach: &[T], write: impl FnOnce(&mut Question)) {
        if reach.is_empty() {
            return;
        }
        let joint = if self.is_empty { "" } else { " UNION " };
        self.is_empty = false;
        self.question.words(joint).words("SELECT * FROM (SELECT ");
        write(&mut self.question);
        self.question
            .words(BY_URGENCY)
            .bind(limit())
            .words(") AS w");
    }

    async fn all(mut self, ctx: &Ctx) -> Result<Vec<Row>> {
        if self.is_empty {
            return Ok(Vec::new());
        }
        self.question.words(BY_URGENCY).bind(limit());
        self.question.all(ctx.store.reader()).await
    }
}

fn limit() -> i64 {
    i64::try_from(MOST_ITEMS + 1).unwrap_or(i64::MAX)
}

impl Question {
    /// Rows whose `column` is a case of one of these professionals.
    fn is_case_of(&mut self, column: &str, professionals: &[PersonId]) -> &mut Self {
        self.words(column)
            .words(" IN (SELECT h.case_id FROM case_professionals h WHERE h.to_on IS NULL AND ")
            .is_one_of("h.person_id", professionals)
            .words(")")
    }

    /// A day in the middle of a list of columns, some days after another.
    fn days_after(&mut self, column: &str, days: i64) -> &mut Self {
        self.words_on("(", "date(")
            .words(column)
            .words_on(" + ", ", '+' || ")
            .bind(days)
            .words_on("::int)", " || ' days')")
    }

    /// The day of an instant; on SQLite by UTC, near enough to choose the rows, and made exact in [`Row::read`].
    fn since_instant(&mut self, column: &str) -> &mut Self {
        self.words_on("(", "substr(")
            .words(column)
            .words_on(
                " AT TIME ZONE 'Europe/Helsinki')::date AS since_on, ",
                ", 1, 10) AS since_on, ",
            )
            .words(column)
            .words(" AS since_at, ")
    }
}

const NO_DUE_DAY: &str = "CAST(NULL AS date) AS due_on";
const NO_INSTANT: &str = "CAST(NULL AS timestamptz) AS since_at, ";

fn drafts(q: &mut Question, professionals: &[PersonId]) {
    q.words(
        "'REFERRAL_DRAFT' AS kind, f.organisation_id, f.id AS seen_id, f.id AS subject_id, c.case_code, ",
    )
    .since_instant("f.created_at")
    .words(NO_DUE_DAY)
    .words(" FROM referrals f JOIN supported_cases c ON c.id = f.case_id WHERE f.status = 'DRAFT' AND ")
    .is_case_of("f.case_id", professionals);
}

fn offered(q: &mut Question, professionals: &[PersonId]) {
    q.words(
        "'PROPOSAL_OFFERED' AS kind, f.organisation_id, f.id AS seen_id, p.id AS subject_id, c.case_code,
           a.on_date AS since_on, ",
    )
    .words(NO_INSTANT)
    .days_after("a.on_date", rules::ANSWER_DAYS)
    .words(
        " AS due_on
         FROM referrals f JOIN supported_cases c ON c.id = f.case_id
         JOIN match_proposals p ON p.referral_id = f.id AND p.status = 'OFFERED'
         JOIN referral_acts a ON a.proposal_id = p.id AND a.kind = 'SUPPORT_PERSON_AGREED' AND a.cancelled_at IS NULL
         WHERE ",
    )
    .is_case_of("f.case_id", professionals);
}

const OF_RELATIONSHIP: &str =
    "r.organisation_id, r.id AS seen_id, r.id AS subject_id, c.case_code, ";
const RELATIONSHIPS: &str =
    " FROM support_relationships r JOIN supported_cases c ON c.id = r.case_id ";

fn first_meetings(q: &mut Question, professionals: &[PersonId]) {
    q.words("'FIRST_MEETING_TO_RECORD' AS kind, ")
        .words(OF_RELATIONSHIP)
        .words("r.proposed_on AS since_on, ")
        .words(NO_INSTANT)
        .days_after("r.proposed_on", rules::FIRST_MEETING_DAYS)
        .words(" AS due_on")
        .words(RELATIONSHIPS)
        .words("WHERE r.status = 'PROPOSED' AND ")
        .is_case_of("r.case_id", professionals);
}

fn agreements(q: &mut Question, professionals: &[PersonId]) {
    q.words("'AGREEMENT_TO_RECORD' AS kind, ")
        .words(OF_RELATIONSHIP)
        .words("coalesce(r.first_meeting_on, r.proposed_on) AS since_on, ")
        .words(NO_INSTANT)
        .words(NO_DUE_DAY)
        .words(RELATIONSHIPS)
        .words("WHERE r.status = 'FIRST_MEETING_HELD' AND ")
        .is_case_of("r.case_id", professionals);
}

/// What the latest review that was held said should follow. An agreement counts as changed by one signed since; a
/// pause as made by one since, also where it is over.
fn outcomes(q: &mut Question, professionals: &[PersonId]) {
    q.words(
        "CASE e.outcome WHEN 'CHANGE_AGREEMENT' THEN 'AGREEMENT_TO_CHANGE' WHEN 'PAUSE' THEN 'PAUSE_TO_RECORD'
           ELSE 'END_TO_RECORD' END AS kind, ",
    )
    .words(OF_RELATIONSHIP)
    .words("e.held_on AS since_on, ")
    .words(NO_INSTANT)
    .words(NO_DUE_DAY)
    .words(RELATIONSHIPS)
    .words(
        "JOIN joint_reviews jr ON jr.relationship_id = r.id
         JOIN joint_review_records e ON e.joint_review_id = jr.id AND e.cancelled_at IS NULL
           AND e.outcome IN ('CHANGE_AGREEMENT', 'PAUSE', 'END')
         WHERE (r.status IN ('AGREED', 'ACTIVE', 'PAUSED') OR (r.status = 'FIRST_MEETING_HELD' AND e.outcome = 'END'))
         AND NOT EXISTS (SELECT 1 FROM joint_reviews lr JOIN joint_review_records l ON l.joint_review_id = lr.id
           WHERE lr.relationship_id = r.id AND l.kind = 'HELD' AND l.cancelled_at IS NULL AND (l.held_on > e.held_on
             OR (l.held_on = e.held_on AND coalesce(l.corrects_id, l.id) > coalesce(e.corrects_id, e.id))))
         AND NOT (e.outcome = 'CHANGE_AGREEMENT' AND EXISTS (SELECT 1 FROM support_agreements s
           WHERE s.relationship_id = r.id AND s.cancelled_at IS NULL AND s.signed_on >= e.held_on))
         AND NOT (e.outcome = 'PAUSE' AND (r.status = 'PAUSED' OR EXISTS (SELECT 1 FROM support_relationship_acts p
           WHERE p.relationship_id = r.id AND p.kind = 'PAUSED' AND p.cancelled_at IS NULL AND p.on_date >= e.held_on)))
         AND ",
    )
    .is_case_of("r.case_id", professionals);
}

const OF_REVIEW: &str =
    " END AS kind, r.organisation_id, r.id AS seen_id, jr.id AS subject_id, c.case_code,
   jr.planned_on AS since_on, ";

/// A day that is booked takes the place of the nudges: until its reminder, the review does not wait.
fn own_reviews(q: &mut Question, professionals: &[PersonId], today: NaiveDate) {
    q.words("CASE WHEN jr.window_end_on < ")
        .bind(today)
        .words(" THEN 'REVIEW_OVERDUE' WHEN jr.booked_for IS NULL THEN 'REVIEW_DUE' ELSE 'REVIEW_BOOKED'")
        .words(OF_REVIEW)
        .words(NO_INSTANT)
        .words("CASE WHEN jr.booked_for IS NULL OR jr.window_end_on < ")
        .bind(today)
        .words(" THEN jr.window_end_on ELSE jr.booked_for END AS due_on")
        .words(RELATIONSHIPS)
        .words(
            "JOIN joint_reviews jr ON jr.relationship_id = r.id AND jr.status = 'PLANNED'
             WHERE r.professional_follows AND (jr.window_end_on < ",
        )
        .bind(today)
        .words(" OR jr.booked_for <= ")
        .bind(rules::booked_until(today))
        .words(" OR (jr.booked_for IS NULL AND jr.planned_on <= ")
        .bind(today)
        .words(")) AND ")
        .is_case_of("r.case_id", professionals);
}

/// A professional who has left the case follows it no more, whatever the agreement says.
fn reviews_of(q: &mut Question, organisations: &[OrganisationId], today: NaiveDate) {
    q.words("CASE WHEN jr.window_end_on < ")
        .bind(today)
        .words(" THEN 'REVIEW_OVERDUE' ELSE 'REVIEW_DUE_NO_PROFESSIONAL'")
        .words(OF_REVIEW)
        .words(NO_INSTANT)
        .words(
            "jr.window_end_on AS due_on
             FROM joint_reviews jr JOIN support_relationships r ON r.id = jr.relationship_id
             JOIN supported_cases c ON c.id = r.case_id WHERE jr.status = 'PLANNED' AND jr.planned_on <= ",
        )
        .bind(today)
        .words(" AND (jr.window_end_on < ")
        .bind(today)
        .words(
            " OR NOT r.professional_follows OR NOT EXISTS (SELECT 1 FROM case_professionals h
               WHERE h.case_id = r.case_id AND h.to_on IS NULL)) AND ",
        )
        .is_one_of("jr.organisation_id", organisations);
}

fn proposals_asked(q: &mut Question, support_people: &[PersonId]) {
    q.words(
        "'PROPOSAL_ASKED' AS kind, f.organisation_id, f.id AS seen_id, p.id AS subject_id, c.case_code,
           a.on_date AS since_on, ",
    )
    .words(NO_INSTANT)
    .words(NO_DUE_DAY)
    .words(
        " FROM match_proposals p JOIN referrals f ON f.id = p.referral_id JOIN supported_cases c ON c.id = f.case_id
         JOIN referral_acts a ON a.proposal_id = p.id AND a.kind = 'SUPPORT_PERSON_ASKED' AND a.cancelled_at IS NULL
         WHERE p.status = 'ASKED' AND (a.channel IS NULL OR a.channel = 'REGISTER')
         AND p.support_person_id IN (SELECT h.id FROM support_persons h WHERE ",
    )
    .is_one_of("h.person_id", support_people)
    .words(")");
}

fn referrals(q: &mut Question, organisations: &[OrganisationId]) {
    q.words(
        "CASE f.status WHEN 'SUBMITTED' THEN 'REFERRAL_SUBMITTED' ELSE 'REFERRAL_WAITING' END AS kind, f.organisation_id,
           f.id AS seen_id, f.id AS subject_id, c.case_code, ",
    )
    .since_instant("f.submitted_at")
    .words(NO_DUE_DAY)
    .words(
        " FROM referrals f JOIN supported_cases c ON c.id = f.case_id WHERE f.status IN ('SUBMITTED', 'WAITING') AND ",
    )
    .is_one_of("f.organisation_id", organisations);
}

fn proposals(q: &mut Question, organisations: &[OrganisationId], today: NaiveDate) {
    q.words("CASE WHEN p.status = 'ACCEPTED' THEN 'DETAILS_TO_DISCLOSE' WHEN a.on_date <= ")
        .bind(rules::unanswered_since(today))
        .words(
            " THEN 'PROPOSAL_UNANSWERED' ELSE 'PROPOSAL_BY_PHONE' END AS kind, f.organisation_id, f.id AS seen_id,
               p.id AS subject_id, c.case_code, a.on_date AS since_on, ",
        )
        .words(NO_INSTANT)
        .words("CASE WHEN p.status <> 'ACCEPTED' THEN ")
        .days_after("a.on_date", rules::ANSWER_DAYS)
        .words(
            " END AS due_on
             FROM referrals f JOIN supported_cases c ON c.id = f.case_id
             JOIN match_proposals p ON p.referral_id = f.id AND p.status IN ('ASKED', 'OFFERED', 'ACCEPTED')
             JOIN referral_acts a ON a.proposal_id = p.id AND a.cancelled_at IS NULL AND a.kind = CASE p.status
               WHEN 'ASKED' THEN 'SUPPORT_PERSON_ASKED' WHEN 'OFFERED' THEN 'SUPPORT_PERSON_AGREED' ELSE 'SUPPORTED_AGREED' END
             WHERE f.status IN ('PROPOSED', 'ACCEPTED')
             AND (p.status = 'ACCEPTED' OR (p.status = 'ASKED' AND a.channel = 'PHONE') OR a.on_date <= ",
        )
        .bind(rules::unanswered_since(today))
        .words(") AND ")
        .is_one_of("f.organisation_id", organisations);
}

/// An administrator learns that a notice failed, and nothing of whom it was about.
fn notices(
    q: &mut Question,
    organisations: &[OrganisationId],
    coordinated: &[OrganisationId],
    today: NaiveDate,
) {
    let first_day = plus_days(today, -rules::FAILED_NOTICE_DAYS);
    q.words(
        "CASE o.status WHEN 'DEAD' THEN 'NOTICE_DEAD' ELSE 'NOTICE_SKIPPED' END AS kind, o.organisation_id,
           r.id AS seen_id, o.id AS subject_id, c.case_code, ",
    )
    .since_instant("o.ended_at")
    .words(NO_DUE_DAY)
    .words(
        " FROM outbox_messages o LEFT JOIN support_relationships r ON r.id = o.subject_id AND ",
    )
    .is_one_of("r.organisation_id", coordinated)
    .words(
        " LEFT JOIN supported_cases c ON c.id = r.case_id
         WHERE o.status IN ('SKIPPED', 'DEAD') AND o.ended_at >= ",
    )
    .bind(helsinki_instant(first_day, chrono::NaiveTime::MIN))
    .words(" AND o.reason <> ")
    .bind(notices::OPTED_OUT)
    .words(
        " AND NOT EXISTS (SELECT 1 FROM notice_acknowledgements k WHERE k.message_id = o.id) AND ",
    )
    .is_one_of("o.organisation_id", organisations);
}

/// Whether there is anything to be responsible for in a case.
const IS_OPEN: &str =
    "(EXISTS (SELECT 1 FROM support_relationships r WHERE r.case_id = c.id AND r.status NOT IN ('ENDED', 'CANCELLED'))
      OR EXISTS (SELECT 1 FROM referrals f WHERE f.case_id = c.id
        AND f.status IN ('SUBMITTED', 'WAITING', 'PROPOSED', 'ACCEPTED'))) AND ";

/// Cases whose responsible professional gave them up, as long as nobody else is responsible.
fn given_up(q: &mut Question, organisations: &[OrganisationId]) {
    q.words(
        "'PROFESSIONAL_TO_NAME' AS kind, c.organisation_id, c.id AS seen_id, c.id AS subject_id, c.case_code,
           c.given_up_on AS since_on, ",
    )
    .words(NO_INSTANT)
    .words(NO_DUE_DAY)
    .words(
        " FROM supported_cases c WHERE c.given_up_on IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM case_professionals h WHERE h.case_id = c.id AND h.to_on IS NULL AND h.is_responsible)
         AND ",
    )
    .words(IS_OPEN)
    .is_one_of("c.organisation_id", organisations);
}

/// Cases whose responsible professional is none any more, from the day after the role's last day, or from the day on
/// which it was taken back.
fn left(q: &mut Question, organisations: &[OrganisationId], today: NaiveDate) {
    q.words(
        "'PROFESSIONAL_TO_NAME' AS kind, c.organisation_id, c.id AS seen_id, c.id AS subject_id, c.case_code,
           e.left_on AS since_on, ",
    )
    .words(NO_INSTANT)
    .words(NO_DUE_DAY)
    .words(" FROM (SELECT g.person_id, max(coalesce(")
    .words_on(
        "(g.cancelled_at AT TIME ZONE 'Europe/Helsinki')::date, ",
        "substr(g.cancelled_at, 1, 10), ",
    )
    .words_on("g.valid_to + 1", "date(g.valid_to, '+1 day')")
    .words(
        ")) AS left_on FROM role_grants g
           WHERE g.role = 'PROFESSIONAL' AND (g.valid_to IS NOT NULL OR g.cancelled_at IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM role_grants n WHERE n.person_id = g.person_id AND n.role = 'PROFESSIONAL'
               AND n.cancelled_at IS NULL AND n.valid_from <= ",
    )
    .bind(today)
    .words(" AND (n.valid_to IS NULL OR n.valid_to >= ")
    .bind(today)
    .words(
        ")) GROUP BY g.person_id) e
         JOIN case_professionals h ON h.person_id = e.person_id AND h.to_on IS NULL AND h.is_responsible
         JOIN supported_cases c ON c.id = h.case_id WHERE ",
    )
    .words(IS_OPEN)
    .is_one_of("c.organisation_id", organisations);
}
