//! What everybody may read of wishes, and what whoever sends one is given.

use async_graphql::{ID, SimpleObject};
use rinnalla_domain::wishes as domain;

use super::WishStatus;
use crate::graphql::UserError;
use crate::graphql::scalars::Date;
use crate::graphql::written::Written;

/// What everybody may read of a wish (julkinen toive).
#[derive(SimpleObject, Written)]
pub struct PublicWish {
    /// The wish, in the place's own words.
    told: String,
    /// The area of osallisuus: 1 in one's own life, 2 in communities and processes of influencing, 3 in the common good.
    area: Option<i16>,
    /// How it stands.
    status: WishStatus,
    /// What everybody is answered.
    answer: Option<String>,
    /// The day on which it came.
    received_on: Date,
    /// The day on which it was answered.
    answered_on: Option<Date>,
}

impl From<domain::ToldWish> for PublicWish {
    fn from(wish: domain::ToldWish) -> Self {
        Self {
            told: wish.told,
            area: wish.area,
            status: wish.status.into(),
            answer: wish.answer,
            received_on: wish.received_on.into(),
            answered_on: wish.answered_on.map(Date),
        }
    }
}

/// That a wish was received (toiveen kuitti).
#[derive(SimpleObject, Written)]
pub struct WishReceipt {
    /// The id of the wish.
    #[graphql(owned)]
    pub id: ID,
}

/// What came of sending a wish.
#[derive(SimpleObject)]
pub struct WishReceiptPayload {
    /// That it was received; absent where it was refused.
    pub wish_receipt: Option<WishReceipt>,
    /// What the person can put right; empty where it was received.
    pub user_errors: Vec<UserError>,
}
