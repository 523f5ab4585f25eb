//! The outbox's SQL: the duties that are due, the queue, and whom a notice goes to.

pub(super) mod digests;
pub(super) mod duties;
pub(super) mod queue;
pub(super) mod reading;
pub(super) mod recipients;
