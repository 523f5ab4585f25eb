//! Dashboards: what awaits a person, the most urgent first, and what changed meanwhile.
//!
//! The intermediary's role is central in peer support, and it is made of small things that someone must do in time: an
//! answer to pass on, a first meeting to hold, a review to book. Each role sees here what only that role can do.

mod changes;
mod news;
mod queries;
pub mod rules;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    Id, JointReviewId, MatchProposalId, OutboxMessageId, ReferralId, SupportRelationshipId,
    SupportedCaseId, encode,
};
use uuid::Uuid;

use crate::access::{self, SeeDashboard};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;

pub use changes::{Change, Listener, visible};
pub use news::News;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident = $code:literal, $subject:ident;)+) => {
        /// What somebody is to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WaitingKind {
            $($(#[$doc])+ $kind),+
        }

        impl WaitingKind {
            fn of_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$kind),)+
                    _ => None,
                }
            }

            /// What an item of this kind is about.
            pub fn subject(self) -> SubjectKind {
                match self {
                    $(Self::$kind => SubjectKind::$subject),+
                }
            }
        }
    };
}

kinds! {
    /// A professional's referral that is not submitted yet.
    ReferralDraft = "REFERRAL_DRAFT", Referral;
    /// Somebody is offered: the professional is to ask the supported person, and to record the answer.
    ProposalOffered = "PROPOSAL_OFFERED", Proposal;
    /// Contact details were given: the professional is to hold the first meeting and to record it.
    FirstMeetingToRecord = "FIRST_MEETING_TO_RECORD", Relationship;
    /// The two have met: the agreement is to be made and recorded.
    AgreementToRecord = "AGREEMENT_TO_RECORD", Relationship;
    /// A joint review is due and no day is booked for it.
    ReviewDue = "REVIEW_DUE", Review;
    /// A joint review is booked for a day within three working days, or for one that has passed.
    ReviewBooked = "REVIEW_BOOKED", Review;
    /// The window of a joint review has passed.
    ReviewOverdue = "REVIEW_OVERDUE", Review;
    /// A joint review is due in a relationship that no professional follows: the coordinator sees to it.
    ReviewDueNoProfessional = "REVIEW_DUE_NO_PROFESSIONAL", Review;
    /// The latest review said that the agreement should be changed, and it has not been.
    AgreementToChange = "AGREEMENT_TO_CHANGE", Relationship;
    /// The latest review said that the relationship should pause, and it has not.
    PauseToRecord = "PAUSE_TO_RECORD", Relationship;
    /// The latest review said that the relationship should end, and it has not.
    EndToRecord = "END_TO_RECORD", Relationship;
    /// A support person was asked and is to answer.
    ProposalAsked = "PROPOSAL_ASKED", Proposal;
    /// A referral was submitted: the coordinator is to look for a support person.
    ReferralSubmitted = "REFERRAL_SUBMITTED", Referral;
    /// A referral is kept waiting until there is a suitable support person.
    ReferralWaiting = "REFERRAL_WAITING", Referral;
    /// A support person is asked by phone: the coordinator is to record the answer.
    ProposalByPhone = "PROPOSAL_BY_PHONE", Proposal;
    /// A proposal has been without an answer for a week.
    ProposalUnanswered = "PROPOSAL_UNANSWERED", Proposal;
    /// Both have agreed: the coordinator is to disclose the contact details.
    DetailsToDisclose = "DETAILS_TO_DISCLOSE", Proposal;
    /// The responsible professional gave a case up without a successor, or is none any more: the coordinator is to name
    /// another.
    ProfessionalToName = "PROFESSIONAL_TO_NAME", Case;
    /// A notice could not be delivered.
    NoticeDead = "NOTICE_DEAD", Notice;
    /// There was nobody to send a notice to.
    NoticeSkipped = "NOTICE_SKIPPED", Notice;
}

/// What an item is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// A referral.
    Referral,
    /// A proposal of a support person.
    Proposal,
    /// A support relationship.
    Relationship,
    /// A joint review.
    Review,
    /// A supported case.
    Case,
    /// A notice that was to be mailed.
    Notice,
}

/// The thing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its row.
    pub id: Uuid,
}

impl Subject {
    /// Its opaque id.
    pub fn encode(self) -> String {
        let type_byte = match self.kind {
            SubjectKind::Referral => ReferralId::TYPE_BYTE,
            SubjectKind::Proposal => MatchProposalId::TYPE_BYTE,
            SubjectKind::Relationship => SupportRelationshipId::TYPE_BYTE,
            SubjectKind::Review => JointReviewId::TYPE_BYTE,
            SubjectKind::Case => SupportedCaseId::TYPE_BYTE,
            SubjectKind::Notice => OutboxMessageId::TYPE_BYTE,
        };
        encode(type_byte, self.id)
    }
}

/// Something that awaits somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingItem {
    /// What is to be done.
    pub kind: WaitingKind,
    /// The day since which it waits.
    pub since: NaiveDate,
    /// The day by which it should be done, where there is one.
    pub due_on: Option<NaiveDate>,
    /// Whether that day has passed.
    pub is_overdue: bool,
    /// By how many days; 0 where it has not.
    pub days_late: i64,
    /// The case's code as people read it, where it is about one that the reader may know of.
    pub case_code: Option<String>,
    /// What to look at.
    pub subject: Subject,
}

/// What awaits somebody.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// The most urgent first, at most [`rules::MOST_ITEMS`].
    pub items: Vec<WaitingItem>,
    /// Whether there is more than that.
    pub has_more: bool,
}

/// Everything, of every kind, that awaits the actor, the most urgent first: in one statement.
pub async fn waiting_for_me(ctx: &Ctx) -> Result<Waiting> {
    let scope = access::require::<SeeDashboard>(ctx)?;
    let rows = queries::waiting(ctx).await?;
    let has_more = rows.len() > rules::MOST_ITEMS;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let item = row.read(ctx.today)?;
        items.push((row, item));
    }
    items.truncate(rules::MOST_ITEMS);
    for (row, item) in &items {
        let kind = match item.subject.kind {
            SubjectKind::Referral | SubjectKind::Proposal => ObjectKind::Referral,
            SubjectKind::Case => ObjectKind::SupportedCase,
            SubjectKind::Relationship | SubjectKind::Review | SubjectKind::Notice => {
                ObjectKind::SupportRelationship
            }
        };
        let seen = row.seen_id.map(|seen_id| (row.organisation_id, seen_id));
        ctx.see(&scope, kind, seen);
    }
    let mut items: Vec<WaitingItem> = items.into_iter().map(|(_, item)| item).collect();
    rules::by_urgency(&mut items);
    Ok(Waiting { items, has_more })
}
