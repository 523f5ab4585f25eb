//! Which notices one does without.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::notices as domain;

use super::NoticeKind;
use crate::graphql::payload::{ctx, key};
use crate::graphql::people::Viewer;
use crate::graphql::written::Written;

/// A kind of notice, and what the viewer says to it (muistutusvalinta).
#[derive(SimpleObject, Written, Clone, Copy)]
pub struct NoticeChoice {
    /// The kind.
    kind: NoticeKind,
    /// Whether the viewer does without it.
    is_opted_out: bool,
    /// Whether one may do without it at all.
    may_opt_out: bool,
}

impl From<domain::Choice> for NoticeChoice {
    fn from(choice: domain::Choice) -> Self {
        Self {
            kind: choice.kind.into(),
            is_opted_out: choice.is_opted_out,
            may_opt_out: choice.may_opt_out,
        }
    }
}

payload!(NoticeOptOutsPayload, viewer: Viewer, "What came of choosing one's notices.");

/// Says which notices one does without: all of them, as it should be.
#[derive(InputObject)]
pub struct NoticeOptOutsChangeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The version of one's own details.
    version: i32,
    /// The kinds that one does without.
    kinds: Vec<NoticeKind>,
}

/// What can be done with one's notices.
#[derive(Default)]
pub struct NoticeMutation;

#[Object]
impl NoticeMutation {
    /// Changes which notices one does without. Mail that is not sent yet goes by the new choice.
    async fn notice_opt_outs_change(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The kinds.")] input: NoticeOptOutsChangeInput,
    ) -> Result<NoticeOptOutsPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let opt_outs = domain::OptOuts {
            version: input.version,
            kinds: input.kinds.into_iter().map(Into::into).collect(),
        };
        let done = domain::change_opt_outs(ctx, &key, opt_outs).await;
        NoticeOptOutsPayload::of(c, done, Viewer::again).await
    }
}
