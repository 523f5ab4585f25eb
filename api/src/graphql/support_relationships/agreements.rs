//! Agreements between the supported person and the support person.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{SupportAgreementId, SupportRelationshipId};
use rinnalla_domain::support_relationships as domain;

use super::acts::SupportRelationshipPayload;
use super::{MeetingRhythm, SupportRelationship};
use crate::graphql::payload::{ctx, key};
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, DateTime, Ref, id};
use crate::graphql::written::written;

/// An agreement between the supported person and the support person (sopimus). A cancelled one stays, marked.
pub struct SupportAgreement {
    row: domain::SupportAgreement,
    recorded_by: Option<Option<Arc<Person>>>,
}

impl From<domain::SupportAgreement> for SupportAgreement {
    fn from(row: domain::SupportAgreement) -> Self {
        Self {
            row,
            recorded_by: None,
        }
    }
}

impl SupportAgreement {
    /// One agreement.
    pub async fn load(
        ctx: &Ctx,
        id: SupportAgreementId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_agreement(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// An agreement between the supported person and the support person (sopimus). A cancelled one stays, marked.
#[written]
#[Object]
impl SupportAgreement {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// Counts the agreements of the support relationship, from 1; the highest one that is not cancelled applies.
    async fn number(&self) -> i16 {
        self.row.version_no
    }

    /// The first day.
    async fn starts_on(&self) -> Date {
        self.row.starts_on.into()
    }

    /// The last day; absent where it is open-ended.
    async fn ends_on(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Whether it is for an open time.
    async fn is_open_ended(&self) -> bool {
        self.row.ends_on.is_none()
    }

    /// How often the two meet.
    async fn rhythm(&self) -> MeetingRhythm {
        self.row.rhythm.into()
    }

    /// Where the two meet: codes of the list `MEETING_PLACE`.
    async fn places(&self) -> &[String] {
        &self.row.places
    }

    /// The review interval, in whole months.
    async fn review_interval_months(&self) -> i16 {
        self.row.review_interval_months
    }

    /// Whether the professional stays by its side.
    async fn professional_follows(&self) -> bool {
        self.row.professional_follows
    }

    /// The day of signing.
    async fn signed_on(&self) -> Date {
        self.row.signed_on.into()
    }

    /// Whether it stands in the place of one that was mistaken.
    async fn is_correction(&self) -> bool {
        self.row.corrects_id.is_some()
    }

    /// Who recorded it.
    async fn recorded_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.recorded_by)?.as_deref())
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        self.row.recorded_at.into()
    }

    /// When it was cancelled or corrected, where it was.
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.row.cancelled_at.map(DateTime)
    }
}

impl Prefetch for SupportAgreement {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("recordedBy") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.recorded_by).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.recorded_by = Some(found.get(&node.row.recorded_by).cloned());
            }
        }
        Ok(())
    }
}

/// What the two people agreed on: how long, how often, where; and how the professional stays by their side.
#[derive(InputObject)]
pub struct SupportAgreementTerms {
    /// The first day.
    starts_on: Date,
    /// The last day; left out where it is open-ended.
    ends_on: Option<Date>,
    /// Whether it is for an open time: said out loud, so that a forgotten end is no open one.
    #[graphql(default)]
    is_open_ended: bool,
    /// How often they meet.
    rhythm: MeetingRhythm,
    /// Where: codes of the list `MEETING_PLACE`, one at least. `AGREED_EACH_TIME` is one.
    places: Vec<String>,
    /// The review interval in whole months, 3 to 6.
    #[graphql(default = 3)]
    review_interval_months: i32,
    /// Whether the professional stays by their side; where not, the coordinator is told when a review is due.
    #[graphql(default = true)]
    professional_follows: bool,
    /// The day of signing.
    signed_on: Date,
}

impl From<SupportAgreementTerms> for domain::Terms {
    fn from(terms: SupportAgreementTerms) -> Self {
        Self {
            starts_on: terms.starts_on.0,
            ends_on: terms.ends_on.map(|on| on.0),
            is_open_ended: terms.is_open_ended,
            rhythm: terms.rhythm.into(),
            places: terms.places,
            review_interval_months: terms.review_interval_months,
            professional_follows: terms.professional_follows,
            signed_on: terms.signed_on.0,
        }
    }
}

/// Records an agreement, the first or a new one.
#[derive(InputObject)]
pub struct SupportAgreementRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The support relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// Its version.
    version: i32,
    /// What was agreed.
    terms: SupportAgreementTerms,
}

/// Cancels an agreement that was recorded by mistake.
#[derive(InputObject)]
pub struct SupportAgreementCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The agreement.
    support_agreement_id: Ref<SupportAgreementId>,
    /// The version of the support relationship.
    version: i32,
}

/// Puts other terms in the place of mistaken ones.
#[derive(InputObject)]
pub struct SupportAgreementCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The agreement.
    support_agreement_id: Ref<SupportAgreementId>,
    /// The version of the support relationship.
    version: i32,
    /// What was really agreed.
    terms: SupportAgreementTerms,
}

/// What can be done with agreements.
#[derive(Default)]
pub struct SupportAgreementMutation;

#[Object]
impl SupportAgreementMutation {
    /// Records an agreement: the first one opens the reviews, a later one replaces the one before at once.
    async fn support_agreement_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What was agreed.")] input: SupportAgreementRecordInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let input = domain::RecordAgreement {
                relationship: input.support_relationship_id.or_unknown(),
                version: input.version,
                terms: input.terms.into(),
            };
            domain::record_agreement(ctx, &key, input).await
        };
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Cancels an agreement that was recorded by mistake. Refused while later entries stand on it.
    async fn support_agreement_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which agreement.")] input: SupportAgreementCancelInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (agreement, version) = (input.support_agreement_id.or_unknown(), input.version);
            let input = domain::CancelAgreement { agreement, version };
            domain::cancel_agreement(ctx, &key, input).await
        };
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Puts an agreement right: as if it had been recorded so from the start.
    async fn support_agreement_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What was really agreed.")] input: SupportAgreementCorrectInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let input = domain::CorrectAgreement {
                agreement: input.support_agreement_id.or_unknown(),
                version: input.version,
                terms: input.terms.into(),
            };
            domain::correct_agreement(ctx, &key, input).await
        };
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }
}
