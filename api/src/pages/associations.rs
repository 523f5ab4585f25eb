//! The viewer's own associations, and who and what there is to choose from beside them.

use std::collections::{BTreeMap, HashMap};

use rinnalla_domain::access::{self, Permission};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OrganisationId, PersonId};
use rinnalla_domain::organisations::{self, Organisation};
use rinnalla_domain::{people, text};

use super::form::Form;
use super::visit::Visit;

/// The associations in which the viewer may do something.
pub struct Own(Vec<OrganisationId>);

impl Own {
    /// Whoever may do it nowhere finds no such page.
    pub fn of<P: Permission>(visit: &Visit) -> Result<Self> {
        let scope = access::require::<P>(&visit.ctx).map_err(|_| Error::NotFound)?;
        let mut own = scope.organisations();
        own.sort_unstable();
        own.dedup();
        Ok(Self(own))
    }

    /// Each of them.
    pub fn all(&self) -> &[OrganisationId] {
        &self.0
    }

    /// Asks which, where there are several; sends along the only one.
    pub fn ask(&self, form: Form, known: &HashMap<OrganisationId, Organisation>) -> Form {
        const FIELD: &str = "organisationId";
        match self.0[..] {
            [one] => form.hidden(FIELD, one.encode()),
            _ => {
                let own = known.iter().filter(|(id, _)| self.0.contains(id));
                form.choices(FIELD, named(own), None)
            }
        }
    }

    /// They and their partners of today.
    pub async fn with_partners(
        &self,
        visit: &Visit,
    ) -> Result<HashMap<OrganisationId, Organisation>> {
        let today = visit.ctx.today;
        let found = organisations::partnerships_for(&visit.ctx, &self.0).await?;
        let partners = found.into_values().flatten();
        let partners = partners
            .filter(|it| self.0.contains(&it.organisation_id))
            .filter(|it| it.valid_from <= today && it.valid_to.is_none_or(|to| to >= today));
        let mut ids: Vec<OrganisationId> = partners.map(|it| it.partner_id).collect();
        ids.extend(&self.0);
        ids.sort_unstable();
        ids.dedup();
        organisations::for_ids(&visit.ctx, &ids).await
    }
}

/// Organisations to choose from, by name.
pub fn named<'a>(
    found: impl IntoIterator<Item = (&'a OrganisationId, &'a Organisation)>,
) -> Vec<(String, String)> {
    let by_name: BTreeMap<(String, OrganisationId), String> = found
        .into_iter()
        .map(|(id, it)| ((text::sort_key(&it.name), *id), it.name.clone()))
        .collect();
    by_name
        .into_iter()
        .map(|((_, id), name)| (id.encode(), name))
        .collect()
}

/// What people are called; somebody without a name to show is left out.
pub async fn names(visit: &Visit, of: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    let found = people::for_ids(&visit.ctx, of).await?;
    Ok(found
        .into_iter()
        .map(|(id, contact)| (id, contact.name.reveal().clone()))
        .collect())
}

/// Rows to choose from, by name.
pub fn by_name(rows: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_cached_key(|(_, name)| text::sort_key(name));
    rows
}
