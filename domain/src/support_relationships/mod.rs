//! Support relationships (tukisuhde): from the disclosure of contact details through the first meeting, the agreement
//! between the two people, pauses, to the end.
//!
//! The professional is there when the two meet for the first time, and hands over (saattaen siirtäminen); the agreement
//! is between the supported person and the support person, and sets how long, how often and where (the support-person
//! model of Kainuu). How a relationship stands is worked out from what was recorded and still stands ([`rules`]), so
//! that every entry can be cancelled or put right.

mod acts;
mod agreements;
mod handover;
mod queries;
pub mod rules;
mod standing;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id as _, MatchProposalId, OrganisationId, PersonId, ReferralId, SupportAgreementId,
    SupportPersonId, SupportRelationshipActId, SupportRelationshipId, SupportedCaseId,
};
use rinnalla_entity::states::{
    EndReason, HandoverException, MeetingRhythm, SupportRelationshipActKind,
    SupportRelationshipStatus,
};
use sea_orm::FromQueryResult;

use crate::access::{ReadRelationships, Scope, require};
use crate::audit::ObjectKind;
use crate::calendar::plus_days;
use crate::case_code::{self, CaseCode};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::joint_reviews::{self, JointReview};
use crate::page::{Cursor, Grouped, Page, PageArgs};
use crate::reach::Question;

pub use acts::{
    CancelAct, CorrectAct, End, Pause, Resume, cancel_act, correct_act, end, pause, resume,
};
pub use agreements::{
    CancelAgreement, CorrectAgreement, RecordAgreement, Terms, cancel_agreement, correct_agreement,
    record_agreement,
};
pub use handover::{
    CancelDisclosure, Disclose, RecordFirstMeeting, cancel_disclosure, disclose,
    record_first_meeting,
};
pub use standing::start_agreed;

/// The furthest that a list of what ends soon looks ahead, in days: a year.
pub const ENDING_WITHIN_DAYS_MAX: i32 = 366;

/// One relationship.
#[derive(Clone, Debug)]
pub struct SupportRelationship {
    /// Its id.
    pub id: SupportRelationshipId,
    /// The coordinating organisation.
    pub organisation_id: OrganisationId,
    /// The organisation of the professional.
    pub referring_organisation_id: OrganisationId,
    /// The supported case.
    pub case_id: SupportedCaseId,
    /// The case's code as it is stored.
    pub case_code: String,
    /// The support person.
    pub support_person_id: SupportPersonId,
    /// The person that the support person is, where it was asked for ([`With`]).
    pub supporter_id: Option<PersonId>,
    /// Whether the two share the experience, both recovering or both next of kin, where the support person was asked for.
    /// Support is support where they do not; it is peer support where they do.
    pub is_peer: Option<bool>,
    /// The responsible professional of the case, where there is one and it was asked for ([`With`]).
    pub professional_id: Option<PersonId>,
    /// How it stands.
    pub status: SupportRelationshipStatus,
    /// The day of the first meeting.
    pub first_meeting_on: Option<NaiveDate>,
    /// The last day.
    pub ended_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
    /// What lists seldom show, where it was asked for.
    pub particulars: Option<Particulars>,
}

/// What of a relationship lists seldom show.
#[derive(Clone, Debug)]
pub struct Particulars {
    /// The referral that it came of.
    pub referral_id: ReferralId,
    /// The proposal that it came of.
    pub proposal_id: MatchProposalId,
    /// The day on which the contact details were disclosed.
    pub proposed_on: NaiveDate,
    /// The first day of the first agreement.
    pub starts_on: Option<NaiveDate>,
    /// The last day of the newest agreement; none where it is open-ended.
    pub agreed_until: Option<NaiveDate>,
    /// Why it ended.
    pub end_reason: Option<EndReason>,
    /// The agreed review interval, in months.
    pub review_interval_months: i16,
    /// Whether the professional stays by its side.
    pub professional_follows: bool,
}

impl SupportRelationship {
    /// What lists seldom show of it.
    ///
    /// Errors: `Internal` where it was not asked for.
    pub fn particulars(&self) -> Result<&Particulars> {
        let read = self.particulars.as_ref();
        read.ok_or_else(|| Error::internal("a relationship was read without its particulars"))
    }

    /// The case code as people read it.
    pub fn shown_case_code(&self) -> String {
        case_code::shown(&self.case_code)
    }

    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: None,
            id: self.id.uuid(),
        }
    }
}

/// An agreement between the two people. A cancelled one stays, marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportAgreement {
    /// Its id.
    pub id: SupportAgreementId,
    /// The relationship.
    pub relationship_id: SupportRelationshipId,
    /// Counts the agreements that stand, from 1; the highest applies.
    pub version_no: i16,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none where it is open-ended.
    pub ends_on: Option<NaiveDate>,
    /// How often the two meet.
    pub rhythm: MeetingRhythm,
    /// Where they meet: codes of the list `MEETING_PLACE`.
    pub places: Vec<String>,
    /// The review interval, in months.
    pub review_interval_months: i16,
    /// Whether the professional stays by its side.
    pub professional_follows: bool,
    /// The day of signing.
    pub signed_on: NaiveDate,
    /// The agreement that it corrects: the first one, also after several corrections.
    pub corrects_id: Option<SupportAgreementId>,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was cancelled or corrected, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// Something that happened to a relationship. A cancelled entry stays, marked.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct SupportRelationshipAct {
    /// Its id.
    pub id: SupportRelationshipActId,
    /// The relationship.
    pub relationship_id: SupportRelationshipId,
    /// What happened.
    pub kind: SupportRelationshipActKind,
    /// The day.
    pub on_date: NaiveDate,
    /// Of a first meeting: whether the professional was there.
    pub professional_present: Option<bool>,
    /// Of a first meeting without the professional: why.
    pub exception_reason: Option<HandoverException>,
    /// Of a first meeting: the professional who handed over.
    pub handover_by: Option<PersonId>,
    /// Of an end: why.
    pub end_reason: Option<EndReason>,
    /// The entry that it corrects: the first one, also after several corrections.
    pub corrects_id: Option<SupportRelationshipActId>,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was cancelled or corrected, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// What is looked up beside what every list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct With {
    /// The responsible professional of each case.
    pub professional: bool,
    /// The person that each support person is, and whether they share the supported person's experience.
    pub supporter: bool,
    /// What lists seldom show of a relationship.
    pub particulars: bool,
}

/// Which relationships a list holds; everything that is set must apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of the actor's own cases, or supported by the actor; also of those whom the actor stands in for.
    pub mine: bool,
    /// Standing so. Without it, all but those whose disclosure was cancelled.
    pub status: Option<SupportRelationshipStatus>,
    /// Of cases in this county.
    pub county_code: Option<String>,
    /// Agreed to end at most so many days from today, or overrun.
    pub ending_within_days: Option<i32>,
    /// Of the case with this code, as people write it.
    pub case_code: Option<String>,
    /// Of this support person.
    pub support_person: Option<SupportPersonId>,
    /// Of this organisation.
    pub organisation: Option<OrganisationId>,
}

impl Filter {
    /// Notes what cannot be; the case code as it is stored, where one is asked for.
    pub fn check(&self, faults: &mut Violations) -> Option<CaseCode> {
        let case_code = self.case_code.as_deref().map(CaseCode::parse);
        let case_code = faults.take(
            "caseCode",
            case_code.transpose().map_err(|fault| fault.code()),
        );
        let is_county = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit());
        faults.check(
            self.county_code.as_deref().is_none_or(is_county),
            "countyCode",
            "UNKNOWN_CODE",
        );
        let days = self.ending_within_days.unwrap_or(0);
        faults.check(
            (0..=ENDING_WITHIN_DAYS_MAX).contains(&days),
            "endingWithinDays",
            "OUT_OF_RANGE",
        );
        case_code.flatten()
    }
}

/// The relationships that the actor may see, the newest first.
///
/// Errors: `Invalid` for a filter that cannot be.
pub async fn list(
    ctx: &Ctx,
    filter: &Filter,
    page: PageArgs,
    with: With,
) -> Result<Page<SupportRelationship>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let mut faults = Violations::default();
    let case_code = filter.check(&mut faults);
    faults.done()?;
    let asked = queries::Asked {
        filter,
        case_code,
        ending_by: filter
            .ending_within_days
            .map(|days| plus_days(ctx.today, days.into())),
    };
    let rows = queries::list(ctx, &scope, &asked, &page, with).await?;
    let total = match page.total {
        true => Some(queries::count(ctx, &scope, &asked).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

/// One relationship with its two people; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: SupportRelationshipId) -> Result<Option<SupportRelationship>> {
    let with = With {
        professional: true,
        supporter: true,
        particulars: true,
    };
    find_with(ctx, id, with).await
}

/// One relationship; `None` where it is absent or hidden.
pub async fn find_with(
    ctx: &Ctx,
    id: SupportRelationshipId,
    with: With,
) -> Result<Option<SupportRelationship>> {
    let found = for_ids(ctx, &[id], with).await?.remove(&id);
    if found.is_none() {
        let scope = require::<ReadRelationships>(ctx)?;
        ctx.refuse(&scope, ObjectKind::SupportRelationship, id);
    }
    Ok(found)
}

/// The relationships with these ids, as far as the actor may see them.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[SupportRelationshipId],
    with: With,
) -> Result<HashMap<SupportRelationshipId, SupportRelationship>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids, with).await?;
    see(ctx, &scope, &rows);
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The relationships of these cases, the newest first; those whose disclosure was cancelled are left out.
pub async fn for_cases(
    ctx: &Ctx,
    cases: &[SupportedCaseId],
    with: With,
) -> Result<Grouped<SupportedCaseId, SupportRelationship>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::for_cases(ctx, &scope, cases, with).await?;
    see(ctx, &scope, &rows);
    Ok(grouped(rows, |row| row.case_id))
}

/// The reviews that the actor may see, as [`joint_reviews::list`], each with its relationship: one of a review within reach
/// is within reach itself.
///
/// Errors: as there.
pub async fn with_reviews(
    ctx: &Ctx,
    filter: &joint_reviews::Filter,
    page: PageArgs,
    (of_review, with): (joint_reviews::With, With),
) -> Result<Page<(JointReview, SupportRelationship)>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let join = |question: &mut Question| queries::join_to_reviews(question, with);
    let page = joint_reviews::list_beside(ctx, filter, page, (of_review, with), join).await?;
    see(ctx, &scope, page.rows.iter().map(|(_, row)| row));
    Ok(page)
}

/// Everything that happened to each relationship, in the order of recording, cancelled entries included.
pub async fn acts_for(
    ctx: &Ctx,
    of: &[SupportRelationshipId],
) -> Result<Grouped<SupportRelationshipId, SupportRelationshipAct>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::acts_for(ctx, &scope, "a.relationship_id", of).await?;
    Ok(grouped(rows, |row| row.relationship_id))
}

/// One entry of a relationship, cancelled or not; `None` where it is absent or hidden.
pub async fn find_act(
    ctx: &Ctx,
    id: SupportRelationshipActId,
) -> Result<Option<SupportRelationshipAct>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let found = queries::acts_for(ctx, &scope, "a.id", &[id]).await?.pop();
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::SupportRelationship, id);
    }
    Ok(found)
}

/// Every agreement of each relationship, in the order of recording, cancelled ones included.
pub async fn agreements_for(
    ctx: &Ctx,
    of: &[SupportRelationshipId],
) -> Result<Grouped<SupportRelationshipId, SupportAgreement>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::agreements_for(ctx, &scope, "a.relationship_id", of, false).await?;
    Ok(grouped(rows, |row| row.relationship_id))
}

/// One agreement, cancelled or not; `None` where it is absent or hidden.
pub async fn find_agreement(ctx: &Ctx, id: SupportAgreementId) -> Result<Option<SupportAgreement>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let mut found = queries::agreements_for(ctx, &scope, "a.id", &[id], false).await?;
    if found.is_empty() {
        ctx.refuse(&scope, ObjectKind::SupportRelationship, id);
    }
    Ok(found.pop())
}

/// The agreement that applies to each relationship that has one.
pub async fn current_agreements_for(
    ctx: &Ctx,
    of: &[SupportRelationshipId],
) -> Result<HashMap<SupportRelationshipId, SupportAgreement>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::agreements_for(ctx, &scope, "a.relationship_id", of, true).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.relationship_id, row))
        .collect())
}

fn grouped<K: std::hash::Hash + Eq, T>(rows: Vec<T>, of: impl Fn(&T) -> K) -> Grouped<K, T> {
    let mut grouped = Grouped::new();
    for row in rows {
        let of_one: &mut Vec<T> = grouped.entry(of(&row)).or_default();
        of_one.push(row);
    }
    grouped
}

/// Notes what was brought, for the log and for what hangs below ([`crate::reached`]).
fn see<'a>(
    ctx: &Ctx,
    scope: &Scope<ReadRelationships>,
    rows: impl IntoIterator<Item = &'a SupportRelationship> + Clone,
) {
    let is_support_person = !scope.support_people().is_empty();
    for row in rows.clone() {
        ctx.reached.add_relationship(row.id);
        // A support person sees the professionals of open relationships alone, which is not known here.
        if is_support_person {
            continue;
        }
        if let Some(professional) = row.professional_id {
            ctx.reached
                .add_professional(professional, row.organisation_id);
        }
        // Where the disclosure was cancelled, the support person is known no more.
        if row.status != SupportRelationshipStatus::Cancelled && scope.organisations().is_empty() {
            ctx.reached.add_support_person(row.support_person_id);
        }
    }
    ctx.see(
        scope,
        ObjectKind::SupportRelationship,
        rows.into_iter()
            .map(|row| (row.organisation_id, row.id.uuid())),
    );
}
