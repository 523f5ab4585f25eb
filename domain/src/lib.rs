//! What the associations promise, one folder a feature.
//!
//! The order in which features may use each other, each only those above it:
//! - [`organisations`]: organisations, counties, code lists, partnerships
//! - [`costs`]: what activities cost and who paid: the part that courses and drop-in places share
//! - [`people`]: people, their sealed contact details, roles, absences, access tokens
//! - [`programmes`]: what an association offers, and what it asks for before somebody acts as a support person
//! - [`directory`]: what everybody may read: who offers what in a county, and whom to call
//! - [`printed_texts`]: what an association has printed in its own words: agreement templates, review questions
//! - [`support_persons`]: support persons, their gates and states
//! - [`notices`]: the outbox: what is mailed to whom, and whether it still applies
//! - [`sessions`]: signing in by a link in a mail, and the browsers that one is signed in with
//! - [`referrals`]: supported cases, referrals, proposals, disclosure
//! - [`joint_reviews`]: when a review falls due, booking and recording it
//! - [`support_relationships`]: the hand-over, agreements, pauses, the end
//! - [`meetings`]: meetings of a relationship
//! - [`caseloads`]: who is the professional of a case; moving a leaver's cases
//! - [`labels`]: sealed labels by which a professional or a support person recognises a case
//! - [`notes`]: a coordinator's short sealed note on a support person, where it is allowed
//! - [`curricula`]: what courses teach, in versions, and the workshops that worked them out
//! - [`courses`]: courses for peer guides: sessions, participants, attendance, graduation
//! - [`trainings`]: trainings of support persons: two weekends, who was there, and the gate that follows
//! - [`experts`]: experts by experience: who was trained, consents to be listed, assignments, capacity
//! - [`expenses`]: what experts and support persons were paid for in a year, and the limits of what is free of tax
//! - [`supervision_sessions`]: the supervision log: invitations, attendance, who has been without for how long
//! - [`drop_in_places`]: drop-in places: when they are open, who is there, how many come
//! - [`wishes`]: wishes to drop-in places, by nobody in particular, and what came of them
//! - [`house_meetings`]: what a place and its visitors decided, and which wishes that answered
//! - [`peer_groups`]: peer groups with how many came, and talks that are counted one by one
//! - [`influence_items`]: what was brought before which body, and what came of it
//! - [`grant_targets`]: what funders give money for, and which activities belong to it
//! - [`survey_waves`]: a group answers the official form, and nobody is asked who they are
//! - [`saved_lists`]: the filters of lists that coordinators saved under a name
//! - [`person_merges`]: two records of one person: found, merged, and told apart again
//! - [`history`]: who changed what and when in a record
//! - [`successions`]: one organisation taking over from another
//! - [`participation`]: participation figures: what is counted, what of it may be told, what is published
//! - [`dashboards`]: what awaits a person, and what changed
//! - [`moving`]: moving an association's register in from a file, and out into one
//! - [`synthetic`]: invented registers, for trials and measurements
//!
//! Every use case reads *require → load → rule → write → log → notices*, in one transaction.

pub mod access;
mod act;
pub mod appointments;
pub mod areas;
pub mod audit;
pub mod calendar;
pub mod case_code;
pub mod caseloads;
pub mod costs;
pub mod courses;
pub mod ctx;
pub mod curricula;
pub mod dashboards;
pub mod directory;
pub mod drop_in_places;
pub mod error;
pub mod expenses;
pub mod experts;
pub mod forgetting;
pub mod grant_targets;
pub mod history;
pub mod house_meetings;
pub mod influence_items;
pub mod job_locks;
pub mod joint_reviews;
pub mod kept;
pub mod key_checks;
pub mod key_file;
pub mod keys;
pub mod labels;
pub mod lookup;
pub mod meetings;
pub mod moving;
pub mod notes;
pub mod notices;
pub mod organisations;
pub mod page;
pub mod participation;
pub mod peer_groups;
pub mod people;
pub mod person_merges;
pub mod personal;
pub mod printed_texts;
pub mod programmes;
mod reach;
mod reached;
pub mod referrals;
pub mod saved_lists;
pub mod sealing;
pub mod senders;
pub mod sessions;
mod sql;
mod statements;
pub mod store;
pub mod successions;
pub mod supervision_sessions;
pub mod support_persons;
pub mod support_relationships;
pub mod survey_waves;
pub mod synthetic;
pub mod text;
pub mod texts;
mod together;
pub mod tokens;
pub mod trainings;
pub mod wishes;

pub use act::{ChangeKind, IdempotencyKey};
pub use rinnalla_entity::ids;
pub use rinnalla_entity::states;
