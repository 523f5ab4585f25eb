//! Who changed what and when in a record: a person, a support person, a case, a referral, a relationship, an
//! organisation, a course, a training, an expert by experience, a peer group, work for influence, a grant target.
//!
//! Whoever may see a record sees what was recorded about it: who wrote it down, when, for which day, and whether it was
//! cancelled since. Coordinators and administrators see, besides, the changes that leave no entry of their own, such as
//! corrected details, as the access log of their own organisation knows them. What was changed into what is nowhere
//! kept, so nothing here tells it.

mod queries;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    CourseId, ExpertProfileId, GrantTargetId, Id as _, InfluenceItemId, OrganisationId,
    PeerGroupId, PersonId, ReferralId, SupportPersonId, SupportRelationshipId, SupportedCaseId,
    TrainingId,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::access::{self, ReadChanges};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::{Cursor, Page, PageArgs};
use crate::{
    courses, experts, grant_targets, influence_items, organisations, peer_groups, people,
    referrals, support_persons, support_relationships, trainings,
};

/// A record that has a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// A person's details, roles and absences.
    Person(PersonId),
    /// A support person's gates and states.
    SupportPerson(SupportPersonId),
    /// A supported case with its referrals.
    SupportedCase(SupportedCaseId),
    /// A referral.
    Referral(ReferralId),
    /// A relationship with its agreements, meetings and reviews.
    SupportRelationship(SupportRelationshipId),
    /// An organisation.
    Organisation(OrganisationId),
    /// A course with its sessions, and with whoever leads it or takes part.
    Course(CourseId),
    /// A training of support persons.
    Training(TrainingId),
    /// Somebody in a register of experts, with their consent and assignments.
    Expert(ExpertProfileId),
    /// A peer group with its leaders and meetings.
    PeerGroup(PeerGroupId),
    /// Something that was done for influence.
    InfluenceItem(InfluenceItemId),
    /// A grant target with the activities that belong to it.
    GrantTarget(GrantTargetId),
}

impl Record {
    /// The record that an opaque id names; `None` for an id of anything else.
    pub fn decode(id: &str) -> Option<Self> {
        PersonId::decode(id)
            .map(Self::Person)
            .or_else(|| SupportPersonId::decode(id).map(Self::SupportPerson))
            .or_else(|| SupportedCaseId::decode(id).map(Self::SupportedCase))
            .or_else(|| ReferralId::decode(id).map(Self::Referral))
            .or_else(|| SupportRelationshipId::decode(id).map(Self::SupportRelationship))
            .or_else(|| OrganisationId::decode(id).map(Self::Organisation))
            .or_else(|| CourseId::decode(id).map(Self::Course))
            .or_else(|| TrainingId::decode(id).map(Self::Training))
            .or_else(|| ExpertProfileId::decode(id).map(Self::Expert))
            .or_else(|| PeerGroupId::decode(id).map(Self::PeerGroup))
            .or_else(|| InfluenceItemId::decode(id).map(Self::InfluenceItem))
            .or_else(|| GrantTargetId::decode(id).map(Self::GrantTarget))
    }

    fn id(self) -> Uuid {
        match self {
            Self::Person(id) => id.0,
            Self::SupportPerson(id) => id.0,
            Self::SupportedCase(id) => id.0,
            Self::Referral(id) => id.0,
            Self::SupportRelationship(id) => id.0,
            Self::Organisation(id) => id.0,
            Self::Course(id) => id.0,
            Self::Training(id) => id.0,
            Self::Expert(id) => id.0,
            Self::PeerGroup(id) => id.0,
            Self::InfluenceItem(id) => id.0,
            Self::GrantTarget(id) => id.0,
        }
    }
}

macro_rules! parts {
    ($($(#[$doc:meta])+ $part:ident = $code:literal,)+) => {
        /// Where a line of the history comes from.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Part {
            $($(#[$doc])+ $part),+
        }

        impl Part {
            fn of_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$part),)+
                    _ => None,
                }
            }
        }
    };
}

parts! {
    /// An entry about a support person: a gate, a state.
    SupportPersonAct = "SUPPORT_PERSON_ACT",
    /// An entry about a referral.
    ReferralAct = "REFERRAL_ACT",
    /// An entry about a relationship: the first meeting, a pause, the end.
    RelationshipAct = "RELATIONSHIP_ACT",
    /// An agreement.
    Agreement = "AGREEMENT",
    /// A meeting.
    Meeting = "MEETING",
    /// A record of a joint review.
    ReviewRecord = "REVIEW_RECORD",
    /// A change that left no entry: the name of the act is all that is known.
    Change = "CHANGE",
}

/// A line of a record's history.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id, by which the list goes on.
    pub id: Uuid,
    /// Where it comes from.
    pub part: Part,
    /// What happened: the entry's kind, as `FIRST_MEETING_HELD`; of a change the act's name, as `personCorrect`.
    pub what: String,
    /// The day for which it was recorded.
    pub on_date: Option<NaiveDate>,
    /// Who recorded it; none for the keeper of the installation.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who cancelled it, where it was cancelled.
    pub cancelled_by: Option<PersonId>,
    /// When.
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl Line {
    /// Where it stands in the history.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: None,
            id: self.id,
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    part: String,
    what: String,
    on_date: Option<NaiveDate>,
    by_id: PersonId,
    at: DateTime<Utc>,
    cancelled_by: Option<PersonId>,
    cancelled_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Line> {
        let part = Part::of_code(&self.part);
        Ok(Line {
            id: self.id,
            part: part.ok_or_else(|| Error::internal("an unknown part of a history"))?,
            what: self.what,
            on_date: self.on_date,
            by: (!self.by_id.0.is_nil()).then_some(self.by_id),
            at: self.at,
            cancelled_by: self.cancelled_by,
            cancelled_at: self.cancelled_at,
        })
    }
}

/// The history of a record, the latest first; `None` where the record is absent or not the actor's to see.
/// A cursor whose line is not in the history has nothing after it.
pub async fn list(ctx: &Ctx, of: Record, page: PageArgs) -> Result<Option<Page<Line>>> {
    let Some(sees_all) = reach(ctx, of).await? else {
        return Ok(None);
    };
    let changes = match access::require::<ReadChanges>(ctx) {
        Ok(scope) => scope.organisations(),
        Err(Error::Forbidden) => Vec::new(),
        Err(error) => return Err(error),
    };
    let db = ctx.store.reader();
    let asked = queries::Asked {
        of,
        sees_all,
        changes,
    };
    let rows = queries::list(db, &asked, &page).await?;
    let total = match page.total {
        true => Some(queries::count(db, &asked).await?),
        false => None,
    };
    let lines: Result<Vec<Line>> = rows.into_iter().map(Row::read).collect();
    Ok(Some(Page::of(lines?, &page, total)))
}

/// Whether the actor may see the record at all, by the record's own permission; then whether everything of it, or only
/// what the professional of a referral is told.
async fn reach(ctx: &Ctx, of: Record) -> Result<Option<bool>> {
    Ok(match of {
        Record::Person(id) => people::find(ctx, id).await?.map(|_| true),
        Record::SupportPerson(id) => {
            let found = support_persons::find(ctx, id).await?;
            // What is attested is for the association and the support person.
            let own = ctx.actor()?.person;
            found.map(|it| own == it.person_id || covers(ctx, it.organisation_id))
        }
        Record::SupportedCase(id) => {
            let found = referrals::find_case(ctx, id).await?;
            // Of a case that one is only proposed for, one is told nothing of how it came about.
            let whole = found.filter(|it| it.details.is_some());
            whole.map(|it| covers(ctx, it.organisation_id))
        }
        Record::Referral(id) => {
            let found = referrals::find(ctx, id).await?;
            found.map(|it| covers(ctx, it.organisation_id))
        }
        Record::SupportRelationship(id) => {
            support_relationships::find(ctx, id).await?.map(|_| true)
        }
        Record::Organisation(id) => organisations::find(ctx, id).await?.map(|_| true),
        Record::Course(id) => courses::find(ctx, id).await?.map(|_| true),
        Record::Training(id) => trainings::find(ctx, id).await?.map(|_| true),
        Record::Expert(id) => experts::find(ctx, id).await?.map(|_| true),
        Record::PeerGroup(id) => peer_groups::find(ctx, id).await?.map(|_| true),
        Record::InfluenceItem(id) => influence_items::find(ctx, id).await?.map(|_| true),
        Record::GrantTarget(id) => grant_targets::find(ctx, id).await?.map(|_| true),
    })
}

fn covers(ctx: &Ctx, organisation: OrganisationId) -> bool {
    access::require::<ReadChanges>(ctx).is_ok_and(|scope| scope.covers(organisation))
}
