//! The shape of the tables: rows, their typed ids and their closed sets of states.
//!
//! No behaviour, no clock, no permission. What a column means stands in `migration/src/sql`.

#![allow(missing_docs)] // the columns' meaning stands once, beside their constraints

pub mod ids;
pub mod states;

pub mod absences;
pub mod access_log;
pub mod access_log_objects;
pub mod access_log_seals;
pub mod access_tokens;
pub mod case_interests;
pub mod case_professionals;
pub mod caseload_move_entries;
pub mod caseload_moves;
pub mod changes;
pub mod codes;
pub mod counties;
pub mod directory_counties;
pub mod directory_entries;
pub mod disclosures;
pub mod gates;
pub mod idempotency_keys;
pub mod job_locks;
pub mod joint_review_records;
pub mod joint_reviews;
pub mod key_checks;
pub mod languages;
pub mod mail_pauses;
pub mod match_proposals;
pub mod meetings;
pub mod message_attempts;
pub mod moved_rows;
pub mod municipalities;
pub mod note_allowances;
pub mod notice_opt_outs;
pub mod organisation_kinds;
pub mod organisations;
pub mod outbox_messages;
pub mod partnership_kinds;
pub mod partnerships;
pub mod people;
pub mod person_merge_entries;
pub mod person_merges;
pub mod programme_codes;
pub mod programme_languages;
pub mod programme_requirement_gates;
pub mod programme_requirements;
pub mod programmes;
pub mod referral_acts;
pub mod referral_wishes;
pub mod referrals;
pub mod role_grants;
pub mod roles;
pub mod saved_lists;
pub mod sealed_labels;
pub mod sessions;
pub mod sign_in_links;
pub mod succession_entries;
pub mod successions;
pub mod support_agreement_places;
pub mod support_agreements;
pub mod support_person_acts;
pub mod support_person_interests;
pub mod support_person_languages;
pub mod support_person_municipalities;
pub mod support_person_notes;
pub mod support_persons;
pub mod support_relationship_acts;
pub mod support_relationships;
pub mod supported_cases;
