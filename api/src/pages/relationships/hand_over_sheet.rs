//! The checklist of the first meeting (saattaen siirtäminen) with the support person's contact details, for the
//! professional who hands over.

use askama::Template;
use rinnalla_domain::access::ManageRelationships;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::people;
use rinnalla_domain::states::SupportRelationshipStatus as Status;
use rinnalla_domain::support_relationships::SupportRelationship;

use crate::pages::answer::Answer;
use crate::pages::form::Fact;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::visit::Visit;

#[derive(Template)]
#[template(path = "hand_over_sheet.html")]
struct HandOverSheet {
    sheet: Sheet,
    facts: Vec<Fact>,
    contact: Vec<Fact>,
}

/// Whether there is something to hand over, and the viewer may: from the disclosure to the end.
pub fn is_for(visit: &Visit, found: &SupportRelationship) -> bool {
    let is_open = !matches!(found.status, Status::Ended | Status::Cancelled);
    is_open && visit.may::<ManageRelationships>()
}

/// The sheet. The relationship began with the disclosure; whose details the viewer may not see has none.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = super::find(&visit).await?;
    if !is_for(&visit, &found) {
        return Err(Error::NotFound);
    }
    let supporter = found.supporter_id.ok_or(Error::NotFound)?;
    let person = people::find(&visit.ctx, supporter).await?;
    let person = person.ok_or(Error::NotFound)?;
    let back = super::back(&found);
    let paper = Paper::of(&visit, found.organisation_id, None, "paper-hand-over", back).await?;
    let texts = paper.sheet.texts;
    let fact = |name: &str, value: &str| Fact {
        name: texts.say(name),
        value: value.to_owned(),
    };
    let mut contact = vec![fact("paper-name", person.name.reveal())];
    contact.extend(
        person
            .phone
            .map(|it| fact("paper-phone", &grouped(it.reveal()))),
    );
    contact.extend(person.email.map(|it| fact("paper-email", it.reveal())));
    let mut facts = vec![
        fact("fact-case", &found.shown_case_code()),
        fact(
            "fact-relationship-proposed",
            &texts.date(found.particulars()?.proposed_on),
        ),
    ];
    let mailbox = paper.sheet.mailbox.as_deref();
    facts.extend(mailbox.map(|it| fact("paper-mailbox", it)));
    Answer::page(&HandOverSheet {
        sheet: paper.sheet,
        facts,
        contact,
    })
}

/// A number as it is dialled from a paper: Finnish ones in groups.
fn grouped(phone: &str) -> String {
    match phone.strip_prefix("+358") {
        Some(rest) if rest.len() > 5 => {
            let (area, rest) = rest.split_at(2);
            let (first, last) = rest.split_at(3);
            format!("+358 {area} {first} {last}")
        }
        _ => phone.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finnish_number_stands_in_groups() {
        assert_eq!(grouped("+358401234567"), "+358 40 123 4567");
        assert_eq!(grouped("+35881234"), "+35881234");
        assert_eq!(grouped("+46701234567"), "+46701234567");
    }
}
