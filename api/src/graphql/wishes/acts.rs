//! How wishes come, and what comes of them.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{DropInPlaceId, WishId};
use rinnalla_domain::wishes as domain;

use super::public::{WishReceipt, WishReceiptPayload};
use super::{Wish, WishStatus};
use crate::graphql::payload::{ctx, key, outcome};
use crate::graphql::scalars::{Date, Ref, id};

payload!(WishPayload, wish: Wish, "What came of an act on a wish.");

/// Sends a wish to a drop-in place.
#[derive(InputObject)]
pub struct WishSendInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The word by which the place's calendar is found.
    slug: String,
    /// What is wished for, at most 500 characters. Whoever writes is asked to name nobody.
    text: String,
    /// The area of osallisuus, 1 to 3.
    area: Option<i32>,
}

/// Types in a wish from the paper box.
#[derive(InputObject)]
pub struct WishTypeInInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The place.
    drop_in_place_id: Ref<DropInPlaceId>,
    /// What is wished for, at most 500 characters.
    text: String,
    /// The area of osallisuus, 1 to 3.
    area: Option<i32>,
    /// When the box was emptied.
    received_on: Date,
}

/// Says what a wish has come to: all of it, as it should be.
#[derive(InputObject)]
pub struct WishAnswerInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The wish.
    wish_id: Ref<WishId>,
    /// Its version.
    version: i32,
    /// How it stands; it goes forward alone.
    status: WishStatus,
    /// The area of osallisuus, 1 to 3.
    area: Option<i32>,
    /// The wish as everybody reads it, at most 200 characters; nobody does where it is left out.
    told: Option<String>,
    /// What everybody is answered, at most 500 characters; demanded where the wish is not possible.
    answer: Option<String>,
}

/// Erases a wish.
#[derive(InputObject)]
pub struct WishEraseInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The wish.
    wish_id: Ref<WishId>,
    /// Its version.
    version: i32,
}

/// What can be done with wishes.
#[derive(Default)]
pub struct WishMutation;

#[Object]
impl WishMutation {
    /// Sends a wish to a drop-in place. Anybody may, a few at a time; nothing is kept of who did.
    async fn wish_send(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: WishSendInput,
    ) -> Result<WishReceiptPayload> {
        let ctx = ctx(c)?;
        let send = domain::SendWish {
            slug: input.slug,
            text: input.text,
            area: input.area,
        };
        let done = domain::send(ctx, &input.idempotency_key, send).await;
        Ok(match outcome(ctx, done)? {
            Ok(wish) => WishReceiptPayload {
                wish_receipt: Some(WishReceipt { id: id(wish) }),
                user_errors: Vec::new(),
            },
            Err(user_errors) => WishReceiptPayload {
                wish_receipt: None,
                user_errors,
            },
        })
    }

    /// Types in a wish from the paper box of a place that one keeps.
    async fn wish_type_in(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: WishTypeInInput,
    ) -> Result<WishPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let wish = domain::TypeIn {
            place: input.drop_in_place_id.or_unknown(),
            text: input.text,
            area: input.area,
            received_on: input.received_on.0,
        };
        let done = domain::type_in(ctx, &key, wish).await;
        WishPayload::of(c, done, Wish::load).await
    }

    /// Says what a wish has come to.
    async fn wish_answer(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What.")] input: WishAnswerInput,
    ) -> Result<WishPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let answer = domain::AnswerWish {
            wish: input.wish_id.or_unknown(),
            version: input.version,
            status: input.status.into(),
            area: input.area,
            told: input.told,
            answer: input.answer,
        };
        let done = domain::answer(ctx, &key, answer).await;
        WishPayload::of(c, done, Wish::load).await
    }

    /// Erases a wish that does not belong in the box, as one that names somebody: its text, and all that was told of it.
    async fn wish_erase(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: WishEraseInput,
    ) -> Result<WishPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let erase = domain::EraseWish {
            wish: input.wish_id.or_unknown(),
            version: input.version,
        };
        let done = domain::erase(ctx, &key, erase).await;
        WishPayload::of(c, done, Wish::load).await
    }
}
