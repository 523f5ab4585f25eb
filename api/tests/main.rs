//! The transport's refusals, each over a real connection.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod support;

mod http;
mod limits;
mod nulls;
mod server;
mod socket;
mod trusted;
