//! What awaits each, and the news.

mod changes;
pub mod path;
mod socket;
mod waiting;
mod waiting_many;
mod waiting_reviews;
