//! Support persons.
pub mod rules;
