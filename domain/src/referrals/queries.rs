//! How far a scope reaches over referrals, cases and proposals, and the SQL that reads them.

use rinnalla_entity::ids::{MatchProposalId, ReferralId, SupportedCaseId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Filter, Referral};
use crate::access::{Permission, Scope};
use crate::error::Result;
use crate::page::PageArgs;
use crate::reach::Question;

const REFERRALS: &str = "SELECT r.id, r.organisation_id, r.referring_organisation_id, r.case_id, r.professional_id, r.form, r.phase,
   r.information_source, r.status, r.submitted_at, r.proposal_count, r.version, r.created_at FROM referrals r WHERE ";

const OWN_CASES: &str =
    " IN (SELECT h.case_id FROM case_professionals h WHERE h.to_on IS NULL AND ";

/// Proposals with what decides who sees what of them.
pub(super) const PROPOSALS_FROM: &str = " FROM match_proposals mp
   JOIN referrals r ON r.id = mp.referral_id
   JOIN support_persons sp ON sp.id = mp.support_person_id
   LEFT JOIN referral_acts a ON a.proposal_id = mp.id AND a.kind = 'SUPPORT_PERSON_ASKED' AND a.cancelled_at IS NULL
   WHERE ";

/// One bracket of alternatives, of which only those are written that the scope has.
struct Alternatives<'a> {
    question: &'a mut Question,
    joint: &'static str,
}

impl<'a> Alternatives<'a> {
    fn of(question: &'a mut Question) -> Self {
        Self {
            question,
            joint: "(",
        }
    }

    fn or(&mut self) -> &mut Question {
        let joint = std::mem::replace(&mut self.joint, " OR ");
        self.question.words(joint)
    }

    fn close(self) {
        // A scope without any of the kinds of reach reaches nothing.
        self.question
            .words(if self.joint == "(" { "(1 = 0)" } else { ")" });
    }
}

/// Rows of `referrals r`: a professional's own cases, and what was submitted to an own organisation. A draft is the
/// professional's alone.
pub(super) fn reaches<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let (organisations, professionals) = (scope.organisations(), scope.professionals());
    let mut any = Alternatives::of(question);
    if !organisations.is_empty() {
        any.or()
            .words("(r.submitted_at IS NOT NULL AND ")
            .is_one_of("r.organisation_id", &organisations)
            .words(")");
    }
    if !professionals.is_empty() {
        any.or()
            .words("r.case_id")
            .words(OWN_CASES)
            .is_one_of("h.person_id", &professionals)
            .words(")");
    }
    any.close();
}

/// Rows of `supported_cases c` that are seen whole, as [`reaches`].
pub(super) fn reaches_whole_case<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let (organisations, professionals) = (scope.organisations(), scope.professionals());
    let mut any = Alternatives::of(question);
    if !organisations.is_empty() {
        any.or()
            .words("(EXISTS (SELECT 1 FROM referrals r WHERE r.case_id = c.id AND r.submitted_at IS NOT NULL) AND ")
            .is_one_of("c.organisation_id", &organisations)
            .words(")");
    }
    if !professionals.is_empty() {
        any.or()
            .words("c.id")
            .words(OWN_CASES)
            .is_one_of("h.person_id", &professionals)
            .words(")");
    }
    any.close();
}

/// Rows of `supported_cases c` of which a support person sees what concerns them.
pub(super) fn reaches_proposed_case<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let support_people = scope.support_people();
    let mut any = Alternatives::of(question);
    if !support_people.is_empty() {
        any.or()
            .words(
                "c.id IN (SELECT f.case_id FROM support_persons h JOIN match_proposals o ON o.support_person_id = h.id
                 AND o.status IN ('ASKED', 'OFFERED', 'ACCEPTED', 'DISCLOSED') JOIN referrals f ON f.id = o.referral_id
                 WHERE ",
            )
            .is_one_of("h.person_id", &support_people)
            .words(")");
    }
    any.close();
}

/// Rows of [`PROPOSALS_FROM`]. The professional learns of a proposal once the support person has agreed, and not of
/// those that came to nothing before.
pub(super) fn reaches_proposal<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    each_side(
        question,
        scope,
        None,
        None,
        " AND mp.status IN ('OFFERED', 'ACCEPTED', 'DISCLOSED', 'REFUSED_BY_SUPPORTED')",
    );
}

/// Rows of [`PROPOSALS_FROM`] of which a support person may see the case too: until somebody has said no.
pub(super) fn reaches_proposal_and_case<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    each_side(
        question,
        scope,
        None,
        Some(" AND mp.status IN ('ASKED', 'OFFERED', 'ACCEPTED', 'DISCLOSED')"),
        " AND mp.status IN ('OFFERED', 'ACCEPTED', 'DISCLOSED', 'REFUSED_BY_SUPPORTED')",
    );
}

/// Rows of [`PROPOSALS_FROM`] that wait for the reader: a support person who was asked in the register, a professional
/// to whom somebody is offered, a coordinator who has to call, or to disclose.
pub(super) fn awaits<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    each_side(
        question,
        scope,
        Some(" AND (mp.status = 'ACCEPTED' OR (mp.status = 'ASKED' AND a.channel = 'PHONE'))"),
        Some(" AND mp.status = 'ASKED' AND (a.channel IS NULL OR a.channel = 'REGISTER')"),
        " AND mp.status = 'OFFERED'",
    );
}

fn each_side<P: Permission>(
    question: &mut Question,
    scope: &Scope<P>,
    coordinators: Option<&str>,
    support_persons: Option<&str>,
    professionals_see: &str,
) {
    let organisations = scope.organisations();
    let professionals = scope.professionals();
    let support_people = scope.support_people();
    let mut any = Alternatives::of(question);
    if !organisations.is_empty() {
        any.or()
            .words("(")
            .is_one_of("mp.organisation_id", &organisations)
            .words(coordinators.unwrap_or_default())
            .words(")");
    }
    if !support_people.is_empty() {
        any.or()
            .words("(")
            .is_one_of("sp.person_id", &support_people)
            .words(support_persons.unwrap_or_default())
            .words(")");
    }
    if !professionals.is_empty() {
        any.or()
            .words("(r.case_id")
            .words(OWN_CASES)
            .is_one_of("h.person_id", &professionals)
            .words(")")
            .words(professionals_see)
            .words(")");
    }
    any.close();
}

pub(super) async fn for_ids<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    ids: &[ReferralId],
) -> Result<Vec<Referral>> {
    let mut question = Question::new(db.get_database_backend(), REFERRALS);
    question.is_one_of("r.id", ids).words(" AND ");
    reaches(&mut question, scope);
    question.all(db).await
}

pub(super) async fn for_cases<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    cases: &[SupportedCaseId],
) -> Result<Vec<Referral>> {
    let mut question = Question::new(db.get_database_backend(), REFERRALS);
    question.is_one_of("r.case_id", cases).words(" AND ");
    reaches(&mut question, scope);
    question.words(" ORDER BY r.id");
    question.all(db).await
}

fn filter<P: Permission>(question: &mut Question, scope: &Scope<P>, filter: &Filter) {
    reaches(question, scope);
    if filter.is_waiting {
        question.words(" AND r.status IN ('SUBMITTED', 'WAITING')");
    }
    if !filter.statuses.is_empty() {
        let statuses = filter.statuses.iter().map(|status| status.code());
        question.words(" AND ").is_code_of("r.status", statuses);
    }
    if filter.is_mine {
        question
            .words(" AND r.case_id")
            .words(OWN_CASES)
            .is_one_of("h.person_id", &scope.professionals())
            .words(")");
    }
    if let Some(county) = &filter.county_code {
        question
            .words(" AND r.case_id IN (SELECT c.id FROM supported_cases c WHERE c.county_code = ")
            .bind(county.clone())
            .words(")");
    }
    if let Some(organisation) = filter.referring_organisation {
        question
            .words(" AND r.referring_organisation_id = ")
            .bind(organisation.0);
    }
}

/// Those who wait come the longest waiting first, all others the newest first.
pub(super) async fn list<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    by: &Filter,
    page: &PageArgs,
) -> Result<Vec<Referral>> {
    let mut question = Question::new(db.get_database_backend(), REFERRALS);
    filter(&mut question, scope, by);
    if let Some(after) = page.after {
        question
            .words(if by.is_waiting {
                " AND r.id > "
            } else {
                " AND r.id < "
            })
            .bind(after.id);
    }
    question
        .words(if by.is_waiting {
            " ORDER BY r.id LIMIT "
        } else {
            " ORDER BY r.id DESC LIMIT "
        })
        .bind(page.limit());
    question.all(db).await
}

pub(super) async fn count<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    by: &Filter,
) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        total: i64,
    }
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT count(*) AS total FROM referrals r WHERE ",
    );
    filter(&mut question, scope, by);
    let count: Option<Count> = question.one(db).await?;
    Ok(count.map_or(0, |count| count.total.unsigned_abs()))
}

/// The rows of a proposal list, put together by `select` and `narrow`.
pub(super) fn proposals(
    db: &impl ConnectionTrait,
    select: &str,
    of: &[MatchProposalId],
) -> Question {
    let mut question = Question::new(db.get_database_backend(), select);
    question
        .words(PROPOSALS_FROM)
        .is_one_of("mp.id", of)
        .words(" AND ");
    question
}
