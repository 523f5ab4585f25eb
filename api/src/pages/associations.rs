//! The viewer's own associations, and who and what there is to choose from beside them.

use std::collections::{BTreeMap, HashMap};

use rinnalla_domain::access::{self, Permission};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OrganisationId, PersonId};
use rinnalla_domain::organisations::{self, Organisation};
use rinnalla_domain::page::Cursor;
use rinnalla_domain::people::RoleGrant;
use rinnalla_domain::states::Role;
use rinnalla_domain::{people, text};

use super::form::Form;
use super::listing::every;
use super::visit::Visit;

/// The associations in which the viewer may do something.
pub struct Own(Vec<OrganisationId>);

impl Own {
    /// Whoever may do it nowhere finds no such page.
    pub fn of<P: Permission>(visit: &Visit) -> Result<Self> {
        let scope = access::require::<P>(&visit.ctx).map_err(|_| Error::NotFound)?;
        Ok(Self::each(scope.organisations()))
    }

    /// The same where it is enough to hold a role there, however little of the association that reaches.
    pub fn with_a_role<P: Permission>(visit: &Visit) -> Result<Self> {
        let scope = access::require::<P>(&visit.ctx).map_err(|_| Error::NotFound)?;
        Ok(Self::each(scope.any_organisations()))
    }

    fn each(mut own: Vec<OrganisationId>) -> Self {
        own.sort_unstable();
        own.dedup();
        Self(own)
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

    /// What each of them is called.
    pub async fn known(&self, visit: &Visit) -> Result<HashMap<OrganisationId, Organisation>> {
        organisations::for_ids(&visit.ctx, &self.0).await
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

/// Whoever holds one of these roles today in one of these associations, by name.
pub async fn in_a_role(
    visit: &Visit,
    of: &[OrganisationId],
    roles: &[Role],
) -> Result<Vec<(PersonId, String)>> {
    let today = visit.ctx.today;
    let is_one = |it: &RoleGrant| {
        roles.contains(&it.role)
            && of.contains(&it.organisation_id)
            && it.cancelled_at.is_none()
            && it.valid_from <= today
            && it.valid_to.is_none_or(|to| to >= today)
    };
    let filter = people::Filter::default();
    let people = every(
        |args| people::list(&visit.ctx, &filter, args),
        |it| Cursor::of(it.id),
    );
    let people = people.await?;
    let ids: Vec<PersonId> = people.iter().map(|it| it.id).collect();
    let grants = people::roles_for(&visit.ctx, &ids).await?;
    let holds = |id: &PersonId| grants.get(id).is_some_and(|of| of.iter().any(is_one));
    let held = people.into_iter().filter(|it| holds(&it.id));
    Ok(held.map(|it| (it.id, it.name.reveal().clone())).collect())
}

/// Rows to choose from, by name.
pub fn by_name(rows: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_cached_key(|(_, name)| text::sort_key(name));
    rows
}
