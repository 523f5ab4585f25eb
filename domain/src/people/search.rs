//! Finding somebody of the own organisation by part of a name, a phone number or a mail address.
//!
//! Names are sealed, so the database can neither search nor sort them: the organisation's own people are opened in
//! memory, which stays small, and nobody else's ever are.

use rinnalla_entity::ids::{OrganisationId, PersonId};

use crate::access::{self, ReadPeople};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::organisations;
use crate::page::{Page, PageArgs};
use crate::text;

use super::contacts::Contact;
use super::queries;

/// The longest text that is searched for.
const SEARCH_MAX_CHARS: usize = 120;

/// From how many digits on a text is looked for among phone numbers: fewer would find nearly everybody.
const PHONE_MIN_DIGITS: usize = 3;

/// Whom to look for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, a phone number or a mail address; everybody where nothing is said.
    pub search: Option<String>,
    /// In this organisation alone: an own one, or one that the own one looks after. The own ones where nothing is said.
    pub organisation: Option<OrganisationId>,
}

/// People who hold or held a role in the organisation, by name.
///
/// Errors: `Invalid` (`search`; `after MALFORMED` where the cursor's person is not in the list).
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<Contact>> {
    let scope = access::require::<ReadPeople>(ctx)?;
    let sought = match &filter.search {
        Some(search) => Some(
            text::clean_line(search, SEARCH_MAX_CHARS)
                .map_err(|fault| Error::invalid("search", fault.code()))?,
        ),
        None => None,
    };
    let db = ctx.store.reader();
    let (organisations, by) = match filter.organisation {
        None => {
            let own = scope.organisations();
            let first = own.first().copied();
            (own, first)
        }
        Some(one) => {
            let by = organisations::managed(db, ctx, &scope)
                .await?
                .get(&one)
                .copied();
            (by.iter().map(|_| one).collect(), by)
        }
    };
    let mut people = Vec::new();
    for row in queries::in_organisations(db, organisations).await? {
        people.extend(row.open(&ctx.keys)?);
    }
    people.sort_by_cached_key(place);
    let start = match page.after {
        None => 0,
        Some(cursor) => people
            .iter()
            .position(|person| person.id.0 == cursor.id)
            .map(|at| at + 1)
            .ok_or_else(|| Error::invalid("after", "MALFORMED"))?,
    };
    let sought = sought.as_deref().map(Sought::new);
    let fits = |person: &&Contact| sought.as_ref().is_none_or(|sought| sought.fits(person));
    let total = page
        .total
        .then(|| people.iter().filter(fits).count() as u64);
    let rows: Vec<Contact> = people[start..]
        .iter()
        .filter(fits)
        .take(usize::from(page.first) + 1)
        .cloned()
        .collect();
    let page = Page::of(rows, &page, total);
    if let Some(by) = by {
        let seen = page.rows.iter().map(|person| (by, person.id.0));
        ctx.see(&scope, ObjectKind::Person, seen);
    }
    Ok(page)
}

/// Everybody who holds or held a role in these organisations, opened, by name. It is the caller's to note who was seen.
pub(crate) async fn of_organisations(
    ctx: &Ctx,
    organisations: Vec<OrganisationId>,
) -> Result<Vec<Contact>> {
    let mut people = Vec::new();
    for row in queries::in_organisations(ctx.store.reader(), organisations).await? {
        people.extend(row.open(&ctx.keys)?);
    }
    people.sort_by_cached_key(place);
    Ok(people)
}

fn place(person: &Contact) -> (String, PersonId) {
    (text::sort_key(person.name.reveal()), person.id)
}

/// What is looked for, in the forms in which it is compared.
struct Sought {
    text: String,
    digits: Option<[String; 2]>,
}

impl Sought {
    fn new(search: &str) -> Self {
        let digits: String = search.chars().filter(char::is_ascii_digit).collect();
        let is_phone = digits.len() >= PHONE_MIN_DIGITS
            && !search.chars().any(|c| c.is_alphabetic() || c == '@');
        let international = text::normal_phone(search)
            .trim_start_matches('+')
            .to_owned();
        Self {
            text: text::search_key(search),
            digits: is_phone.then_some([digits, international]),
        }
    }

    fn fits(&self, person: &Contact) -> bool {
        let texts = [Some(&person.name), person.email.as_ref()];
        let in_text = texts
            .into_iter()
            .flatten()
            .any(|text| text::search_key(text.reveal()).contains(&self.text));
        let in_phone = || {
            person.phone.as_ref().is_some_and(|phone| {
                let digits = self.digits.iter().flatten();
                digits
                    .into_iter()
                    .any(|digits| phone.reveal().contains(digits.as_str()))
            })
        };
        in_text || in_phone()
    }
}

#[cfg(test)]
mod tests {
    use rinnalla_entity::ids::Id as _;

    use super::*;
    use crate::texts::Language;

    fn aino() -> Contact {
        Contact {
            id: PersonId::random(),
            language: Language::Fi,
            name: "Aino Äijälä".into(),
            email: Some("aino.aijala@example.org".into()),
            phone: Some("+358401234567".into()),
            is_active: true,
            email_bounces: 0,
            version: 1,
        }
    }

    #[test]
    fn somebody_is_found_by_part_of_a_name_a_phone_or_a_mail_address() {
        for search in [
            "äijä",
            "AIJALA",
            "no äi",
            "aijala@ex",
            "040 123",
            "040-1234567",
            "+358 40 12",
            "4567",
        ] {
            assert!(Sought::new(search).fits(&aino()), "{search}");
        }
    }

    #[test]
    fn what_is_no_part_finds_nobody() {
        for search in ["Aila", "aino@", "040 124", "45", "1x2345"] {
            assert!(!Sought::new(search).fits(&aino()), "{search}");
        }
    }
}
