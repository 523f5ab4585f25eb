//! Everything that needs a database: one module a feature. Each test runs on SQLite and, where it is to be had, on
//! PostgreSQL.

// The futures of the whole schema lie within one another.
#![recursion_limit = "512"]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod access;
mod acts_at_once;
mod audit_journal;
mod audit_seals;
mod caseloads;
mod clients;
mod courses;
mod curricula;
mod dashboards;
mod directory;
mod docs;
mod drop_in_places;
mod expenses;
mod experts;
mod faults;
mod grant_targets;
mod graphiql;
mod history;
mod house_meetings;
mod influence_items;
mod joint_reviews;
mod labels;
mod mail;
mod meetings;
mod moving;
mod notes;
mod notices;
mod organisations;
mod pages;
mod participation;
mod peer_groups;
mod people;
mod person_merges;
mod postfix;
mod printed_texts;
mod program;
mod programmes;
mod questions_at_once;
mod referrals;
mod remembered;
mod saved_lists;
mod schema;
mod successions;
mod supervision_sessions;
mod support;
mod support_persons;
mod support_relationships;
mod survey_waves;
mod trainings;
mod walk;
mod whole_path;
mod wishes;
mod worker;
