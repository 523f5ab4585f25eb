//! Referrals.
pub mod matching;
