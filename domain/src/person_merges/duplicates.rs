//! Who may be one person written down twice, among those of the own organisations.
//!
//! Names are sealed, so the organisation's own people are opened in memory, and nobody else's ever are.

use std::collections::HashMap;

use rinnalla_entity::ids::OrganisationId;

use super::rules::{self, Compared, Reason};
use crate::access::{self, MergePeople};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::{self, Contact};

/// As many pairs are told at once as somebody looks through; the others follow when these are merged. Our own choice.
const MOST_PAIRS: usize = 100;

/// Two records that may be one person's.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The record that was made first.
    pub one: Contact,
    /// The other.
    pub other: Contact,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Every two records of the own organisations that may be one person's, the surest first; closed records are left out.
pub async fn duplicates(ctx: &Ctx) -> Result<Vec<Pair>> {
    let scope = access::require::<MergePeople>(ctx)?;
    let own: Vec<OrganisationId> = scope.organisations();
    let by = own.first().copied();
    let mut contacts = people::of_organisations(ctx, own).await?;
    contacts.retain(|contact| contact.is_active);
    contacts.sort_by_key(|contact| contact.id);
    let compared: Vec<Compared> = contacts
        .iter()
        .map(|it| {
            let text = |text: &Option<crate::personal::Personal<String>>| {
                text.as_ref().map(|text| text.reveal().clone())
            };
            let (email, phone) = (text(&it.email), text(&it.phone));
            Compared::new(it.name.reveal(), email.as_deref(), phone.as_deref())
        })
        .collect();
    let mut pairs = rules::pairs(&compared);
    pairs.sort_by_key(|(one, other, reasons)| (reasons.first().copied(), *one, *other));
    pairs.truncate(MOST_PAIRS);
    let contacts: HashMap<usize, Contact> = contacts.into_iter().enumerate().collect();
    let pairs: Vec<Pair> = pairs
        .into_iter()
        .filter_map(|(one, other, reasons)| {
            Some(Pair {
                one: contacts.get(&one)?.clone(),
                other: contacts.get(&other)?.clone(),
                reasons,
            })
        })
        .collect();
    if let Some(by) = by {
        let seen = pairs
            .iter()
            .flat_map(|pair| [(by, pair.one.id.0), (by, pair.other.id.0)]);
        ctx.see(&scope, ObjectKind::Person, seen.collect::<Vec<_>>());
    }
    Ok(pairs)
}
