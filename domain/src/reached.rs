//! What a request has brought within the reader's reach, so that what hangs below it need not ask for the reach again.
//!
//! Support relationships are read within a scope ([`crate::reach`]). Their reviews and meetings are within the same scope;
//! and what a professional or a coordinator reaches comes of a disclosure, so its support person and its professionals are
//! theirs to see. Noted by the one place that reads relationships, of one request's own reader, and forgotten with it, or
//! as soon as the request changes something.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use rinnalla_entity::ids::{OrganisationId, PersonId, SupportPersonId, SupportRelationshipId};

/// What was brought so far.
#[derive(Default)]
pub(crate) struct Reached(Mutex<Sets>);

#[derive(Default)]
struct Sets {
    relationships: HashSet<SupportRelationshipId>,
    support_persons: HashSet<SupportPersonId>,
    professionals: HashMap<PersonId, OrganisationId>,
}

impl Reached {
    fn sets(&self) -> std::sync::MutexGuard<'_, Sets> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add_relationship(&self, id: SupportRelationshipId) {
        self.sets().relationships.insert(id);
    }

    pub(crate) fn add_support_person(&self, id: SupportPersonId) {
        self.sets().support_persons.insert(id);
    }

    /// A professional, and the organisation whose case it is.
    pub(crate) fn add_professional(&self, id: PersonId, of: OrganisationId) {
        self.sets().professionals.insert(id, of);
    }

    /// Whether all of these relationships were.
    pub(crate) fn has_relationships(&self, ids: &[SupportRelationshipId]) -> bool {
        let sets = self.sets();
        ids.iter().all(|id| sets.relationships.contains(id))
    }

    /// Whether all of these support persons were.
    pub(crate) fn has_support_persons(&self, ids: &[SupportPersonId]) -> bool {
        let sets = self.sets();
        ids.iter().all(|id| sets.support_persons.contains(id))
    }

    /// The organisation by which each of these professionals was; none where one was not.
    pub(crate) fn professionals(
        &self,
        ids: &[PersonId],
    ) -> Option<HashMap<PersonId, OrganisationId>> {
        let sets = self.sets();
        let of = |id: &PersonId| Some((*id, *sets.professionals.get(id)?));
        ids.iter().map(of).collect()
    }

    /// Forgets everything: an act may have moved the reach.
    pub(crate) fn clear(&self) {
        *self.sets() = Sets::default();
    }
}
