//! Everything that needs a database: one module a feature. Each test runs on SQLite and, where it is to be had, on
//! PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod access;
mod audit_seals;
mod docs;
mod mail;
mod meetings;
mod notices;
mod postfix;
mod program;
mod support;
mod support_relationships;
mod worker;
