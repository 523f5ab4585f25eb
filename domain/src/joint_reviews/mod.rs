//! Joint reviews.

pub mod rules;
