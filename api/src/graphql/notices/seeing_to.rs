//! What a coordinator does about a notice that reached nobody.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::OutboxMessageId;
use rinnalla_domain::notices as domain;

use super::Notice;
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::Ref;

payload!(
    NoticePayload,
    notice: Notice,
    "What came of seeing to a notice."
);

macro_rules! inputs {
    ($($(#[$doc:meta])+ $input:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(InputObject)]
            pub struct $input {
                /// The client's own name for this attempt; the same key with the same input is done once.
                idempotency_key: String,
                /// The notice.
                notice_id: Ref<OutboxMessageId>,
            }
        )+
    };
}

inputs! {
    /// Says that a notice that reached nobody is seen to.
    NoticeAcknowledgeInput;
    /// Has a notice that reached nobody sent anew.
    NoticeSendAgainInput;
}

/// What can be done about notices that reached nobody.
#[derive(Default)]
pub struct UndeliveredMutation;

#[Object]
impl UndeliveredMutation {
    /// Says that somebody has seen to the matter of a notice that reached nobody; it waits no more.
    async fn notice_acknowledge(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which one.")] input: NoticeAcknowledgeInput,
    ) -> Result<NoticePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::acknowledge(ctx, &key, input.notice_id.or_unknown()).await;
        NoticePayload::of(c, done, Notice::load).await
    }

    /// Has a notice that reached nobody sent anew, to whoever is to read it today. What no longer applies is cancelled
    /// instead; what fails again waits again.
    async fn notice_send_again(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which one.")] input: NoticeSendAgainInput,
    ) -> Result<NoticePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::send_again(ctx, &key, input.notice_id.or_unknown()).await;
        NoticePayload::of(c, done, Notice::load).await
    }
}
