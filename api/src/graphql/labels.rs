//! Sealed labels: what a professional or a support person recognises a case by.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ids::{SupportRelationshipId, SupportedCaseId};
use rinnalla_domain::labels::{self as domain, Clear, Of, Set};
use rinnalla_domain::personal::Personal;

use super::payload::{ctx, key};
use super::referrals::SupportedCase;
use super::scalars::Ref;
use super::support_relationships::SupportRelationship;
use super::written::Written;

/// What its keeper recognises a case by, such as the number of a file kept elsewhere (oma viite). Nobody but its keepers
/// sees it; the association never does.
#[derive(SimpleObject, Written, Clone)]
pub struct SealedLabel {
    /// What it says, at most 30 characters.
    text: String,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
}

impl From<domain::SealedLabel> for SealedLabel {
    fn from(label: domain::SealedLabel) -> Self {
        Self {
            text: label.text.into_inner(),
            version: label.version,
        }
    }
}

payload!(SupportedCaseLabelPayload, supported_case: SupportedCase, "What came of an act on a case's label.");
payload!(SupportRelationshipLabelPayload, support_relationship: SupportRelationship,
    "What came of an act on a support person's label.");

/// Writes the label of a case.
#[derive(InputObject)]
pub struct SupportedCaseLabelSetInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The case.
    supported_case_id: Ref<SupportedCaseId>,
    /// The version of the label that it takes the place of; absent where there is none yet.
    version: Option<i32>,
    /// What it says, at most 30 characters: a hint of one's own, such as a file number. No name, no identity number.
    label: String,
}

/// Erases the label of a case.
#[derive(InputObject)]
pub struct SupportedCaseLabelClearInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The case.
    supported_case_id: Ref<SupportedCaseId>,
    /// The label's version.
    version: i32,
}

/// Writes the label that the support person keeps for a relationship.
#[derive(InputObject)]
pub struct SupportRelationshipLabelSetInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// The version of the label that it takes the place of; absent where there is none yet.
    version: Option<i32>,
    /// What it says, at most 30 characters: a hint of one's own. No name, no identity number.
    label: String,
}

/// Erases the label that the support person keeps for a relationship.
#[derive(InputObject)]
pub struct SupportRelationshipLabelClearInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// The label's version.
    version: i32,
}

/// What can be done with labels.
#[derive(Default)]
pub struct LabelMutation;

#[Object]
impl LabelMutation {
    /// Writes the label by which the professionals of a case recognise it. They alone read it.
    async fn supported_case_label_set(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The label.")] input: SupportedCaseLabelSetInput,
    ) -> Result<SupportedCaseLabelPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let case = input.supported_case_id.or_unknown();
            let set = Set {
                of: Of::Case(case),
                version: input.version,
                text: Personal::from(input.label),
            };
            domain::set(ctx, &key, set).await.map(|()| case)
        };
        SupportedCaseLabelPayload::of(c, done.await, SupportedCase::load).await
    }

    /// Erases the label by which the professionals of a case recognise it.
    async fn supported_case_label_clear(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SupportedCaseLabelClearInput,
    ) -> Result<SupportedCaseLabelPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let case = input.supported_case_id.or_unknown();
            let clear = Clear {
                of: Of::Case(case),
                version: input.version,
            };
            domain::clear(ctx, &key, clear).await.map(|()| case)
        };
        SupportedCaseLabelPayload::of(c, done.await, SupportedCase::load).await
    }

    /// Writes the label by which the support person recognises whom they support. The support person alone reads it.
    async fn support_relationship_label_set(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The label.")] input: SupportRelationshipLabelSetInput,
    ) -> Result<SupportRelationshipLabelPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let relationship = input.support_relationship_id.or_unknown();
            let set = Set {
                of: Of::Relationship(relationship),
                version: input.version,
                text: Personal::from(input.label),
            };
            domain::set(ctx, &key, set).await.map(|()| relationship)
        };
        SupportRelationshipLabelPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Erases the label by which the support person recognises whom they support.
    async fn support_relationship_label_clear(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SupportRelationshipLabelClearInput,
    ) -> Result<SupportRelationshipLabelPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let relationship = input.support_relationship_id.or_unknown();
            let clear = Clear {
                of: Of::Relationship(relationship),
                version: input.version,
            };
            domain::clear(ctx, &key, clear).await.map(|()| relationship)
        };
        SupportRelationshipLabelPayload::of(c, done.await, SupportRelationship::load).await
    }
}
