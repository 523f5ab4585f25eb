//! What awaits each, and the news.

mod changes;
mod path;
mod socket;
mod waiting;
