//! One person who was written down twice.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{PersonId, PersonMergeId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::person_merges::{self as domain, MergeCancel, MergeTwo, rules::Reason};
use rinnalla_domain::states::PersonMergeEntryKind;

use super::payload::{answer, ctx, key};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use super::scalars::{DateTime, Ref, id};
use super::written::{Answer, Written, written};

/// Why two records may be one person's (kaksoiskappaleen peruste).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Reason")]
pub enum DuplicateReason {
    /// The same mail address.
    SameEmail,
    /// The same phone number.
    SamePhone,
    /// The same name, in whatever order.
    SameName,
    /// A name that differs by one letter.
    NearName,
}

/// Two records that may be one person's (mahdollinen kaksoiskappale).
#[derive(SimpleObject, Written)]
pub struct DuplicatePair {
    /// The record that was made first.
    one: Person,
    /// The other.
    other: Person,
    /// Why.
    reasons: Vec<DuplicateReason>,
}

/// What a merge did to a kind of rows (yhdistämisen vaikutus).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonMergeChangeKind {
    /// Cases changed hands.
    CaseMoved,
    /// A role of the merged record ended.
    RoleEnded,
    /// A role of the merged record that had not begun was cancelled.
    RoleCancelled,
    /// The kept record was given a role.
    RoleGiven,
    /// An absence became the kept record's.
    AbsenceMoved,
    /// The kept record stands in for somebody instead.
    StandInMoved,
    /// An absence was cancelled, because somebody would have been away twice or have stood in for themselves.
    AbsenceCancelled,
    /// The standing as a support person became the kept record's.
    SupportPersonMoved,
    /// An open referral became the kept record's.
    ReferralMoved,
    /// An access token of the merged record was revoked.
    TokenRevoked,
    /// A saved list became the kept record's.
    SavedListMoved,
    /// A part in a course became the kept record's.
    EnrolmentMoved,
    /// The kept record leads a course instead.
    FacilitatorMoved,
    /// An entry in a register of experts became the kept record's.
    ExpertMoved,
    /// What somebody was paid for became the kept record's.
    ExpenseMoved,
    /// A part in supervision became the kept record's: an invitation, and whether they were there.
    SupervisionMoved,
    /// An open request to be contacted by the supervision became the kept record's.
    ContactRequestMoved,
    /// What somebody is at a drop-in place became the kept record's.
    PlaceTermMoved,
    /// The kept record is at an opening instead.
    ShiftMoved,
    /// The kept record leads a peer group instead.
    GroupLeaderMoved,
}

impl PersonMergeChangeKind {
    fn of(kind: Option<PersonMergeEntryKind>) -> Self {
        match kind {
            None => Self::CaseMoved,
            Some(PersonMergeEntryKind::RoleEnded) => Self::RoleEnded,
            Some(PersonMergeEntryKind::RoleCancelled) => Self::RoleCancelled,
            Some(PersonMergeEntryKind::RoleGiven) => Self::RoleGiven,
            Some(PersonMergeEntryKind::AbsenceMoved) => Self::AbsenceMoved,
            Some(PersonMergeEntryKind::StandInMoved) => Self::StandInMoved,
            Some(PersonMergeEntryKind::AbsenceCancelled) => Self::AbsenceCancelled,
            Some(PersonMergeEntryKind::SupportPersonMoved) => Self::SupportPersonMoved,
            Some(PersonMergeEntryKind::ReferralMoved) => Self::ReferralMoved,
            Some(PersonMergeEntryKind::TokenRevoked) => Self::TokenRevoked,
            Some(PersonMergeEntryKind::SavedListMoved) => Self::SavedListMoved,
            Some(PersonMergeEntryKind::EnrolmentMoved) => Self::EnrolmentMoved,
            Some(PersonMergeEntryKind::FacilitatorMoved) => Self::FacilitatorMoved,
            Some(PersonMergeEntryKind::ExpertMoved) => Self::ExpertMoved,
            Some(PersonMergeEntryKind::ExpenseMoved) => Self::ExpenseMoved,
            Some(PersonMergeEntryKind::SupervisionMoved) => Self::SupervisionMoved,
            Some(PersonMergeEntryKind::ContactRequestMoved) => Self::ContactRequestMoved,
            Some(PersonMergeEntryKind::PlaceTermMoved) => Self::PlaceTermMoved,
            Some(PersonMergeEntryKind::ShiftMoved) => Self::ShiftMoved,
            Some(PersonMergeEntryKind::GroupLeaderMoved) => Self::GroupLeaderMoved,
        }
    }
}

/// What a merge did, and how often (yhdistämisen muutos).
#[derive(SimpleObject, Written, Clone, Copy)]
pub struct PersonMergeChange {
    /// What.
    kind: PersonMergeChangeKind,
    /// To how many.
    count: i64,
}

/// Two records of one person that were merged (henkilöiden yhdistäminen).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct PersonMerge {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// When.
    recorded_at: DateTime,
    /// When it was taken back, where it was.
    cancelled_at: Option<DateTime>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Merge,
    #[graphql(skip)]
    kept: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    merged: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    recorded_by: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    changes: Option<Vec<PersonMergeChange>>,
}

impl From<domain::Merge> for PersonMerge {
    fn from(row: domain::Merge) -> Self {
        Self {
            id: id(row.id),
            recorded_at: row.recorded_at.into(),
            cancelled_at: row.cancelled_at.map(DateTime),
            version: row.version,
            row,
            kept: None,
            merged: None,
            recorded_by: None,
            changes: None,
        }
    }
}

/// Two records of one person that were merged (henkilöiden yhdistäminen).
#[written]
#[ComplexObject]
impl PersonMerge {
    /// The record that goes on.
    async fn kept(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.kept)?.as_deref())
    }

    /// The record that was closed.
    async fn merged(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.merged)?.as_deref())
    }

    /// Who merged them.
    async fn recorded_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.recorded_by)?.as_deref())
    }

    /// What the merge did.
    async fn changes(&self) -> Result<&[PersonMergeChange]> {
        Ok(filled(&self.changes)?)
    }
}

impl PersonMerge {
    /// One merge with what is selected below it.
    pub async fn load(ctx: &Ctx, id: PersonMergeId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for PersonMerge {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        type Whose = fn(&domain::Merge) -> PersonId;
        type Where = fn(&mut PersonMerge) -> &mut Option<Option<Arc<Person>>>;
        let people: [(&str, Whose, Where); 3] = [
            ("kept", |row| row.kept_id, |node| &mut node.kept),
            ("merged", |row| row.merged_id, |node| &mut node.merged),
            (
                "recordedBy",
                |row| row.recorded_by,
                |node| &mut node.recorded_by,
            ),
        ];
        for (name, whose, place) in people {
            let Some(below) = look.child(name) else {
                continue;
            };
            let ids: Vec<PersonId> = nodes.iter().map(|node| whose(&node.row)).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                let person = found.get(&whose(&node.row)).cloned();
                *place(node) = Some(person);
            }
        }
        if look.has("changes") {
            let ids: Vec<PersonMergeId> = nodes.iter().map(|node| node.row.id).collect();
            let mut found = domain::changes_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let changes = found.remove(&node.row.id).unwrap_or_default();
                let changes = changes.into_iter().map(|(kind, count)| PersonMergeChange {
                    kind: PersonMergeChangeKind::of(kind),
                    count,
                });
                node.changes = Some(changes.collect());
            }
        }
        Ok(())
    }
}

connection!(
    PersonMerge,
    PersonMergeConnection,
    PersonMergeEdge,
    "A page of merges."
);

/// What can be asked of people who were written down twice.
#[derive(Default)]
pub struct PersonMergeQuery;

#[Object]
impl PersonMergeQuery {
    /// Every two records of the own organisations that may be one person's, the surest first, at most 100.
    async fn duplicate_people(&self, c: &Context<'_>) -> Result<Answer<Vec<DuplicatePair>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let pairs = async {
            let pairs = domain::duplicates(ctx).await?;
            let mut pairs: Vec<DuplicatePair> = pairs
                .into_iter()
                .map(|pair| DuplicatePair {
                    one: pair.one.into(),
                    other: pair.other.into(),
                    reasons: pair.reasons.into_iter().map(Into::into).collect(),
                })
                .collect();
            if let Some(below) = look.child("one") {
                let all = pairs.iter_mut().map(|pair| &mut pair.one);
                fill_refs(all.collect(), &below, ctx).await?;
            }
            if let Some(below) = look.child("other") {
                let all = pairs.iter_mut().map(|pair| &mut pair.other);
                fill_refs(all.collect(), &below, ctx).await?;
            }
            Ok(pairs)
        };
        answer(ctx, pairs.await)
    }

    /// The merges of the own organisations, the latest first.
    async fn person_merges(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<PersonMergeConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let mut page = domain::list(ctx, args).await?.map(PersonMerge::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(PersonMergeConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}

payload!(PersonMergePayload, person_merge: PersonMerge, "What came of merging two records, or of taking that back.");

/// Merges two records of one person.
#[derive(InputObject)]
pub struct PersonMergeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The record that goes on.
    kept_id: Ref<PersonId>,
    /// Its version.
    kept_version: i32,
    /// The record that is closed. Its details are not taken over.
    merged_id: Ref<PersonId>,
    /// Its version.
    merged_version: i32,
}

/// Takes a merge back.
#[derive(InputObject)]
pub struct PersonMergeCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The merge.
    person_merge_id: Ref<PersonMergeId>,
    /// Its version.
    version: i32,
}

/// What can be done with people who were written down twice.
#[derive(Default)]
pub struct PersonMergeMutation;

#[Object]
impl PersonMergeMutation {
    /// Merges two records of one person: what goes on is the kept record's from now on, what is past stays where it was
    /// recorded.
    async fn person_merge(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The two records.")] input: PersonMergeInput,
    ) -> Result<PersonMergePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let two = MergeTwo {
            kept: input.kept_id.or_unknown(),
            kept_version: input.kept_version,
            merged: input.merged_id.or_unknown(),
            merged_version: input.merged_version,
        };
        let done = domain::merge(ctx, &key, two).await;
        PersonMergePayload::of(c, done, PersonMerge::load).await
    }

    /// Takes a merge back; what was changed since stays with the kept record.
    async fn person_merge_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: PersonMergeCancelInput,
    ) -> Result<PersonMergePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let cancel = MergeCancel {
                id: input.person_merge_id.or_unknown(),
                version: input.version,
            };
            domain::cancel(ctx, &key, cancel).await
        };
        PersonMergePayload::of(c, done.await, PersonMerge::load).await
    }
}
