//! What may be told of an organisation.

use crate::error::Violations;
use crate::text::{self, TextFault};

use super::Details;

/// The longest name of an organisation, in characters: our own choice.
pub const NAME_MAX_CHARS: usize = 160;

/// How many relationships at once a support person has unless the association says otherwise: our own choice.
pub const MAX_ACTIVE_DEFAULT: i16 = 2;

/// What an association may choose instead: our own choice, as the database holds it too.
pub const MAX_ACTIVE: std::ops::RangeInclusive<i32> = 1..=20;

/// Whether a text has the form of a county's official code: two digits.
pub fn is_county_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has the form of a municipality's official code: three digits.
pub fn is_municipality_code(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Checks and cleans what is told; every fault is noted. `None` where something could not be taken.
pub(crate) fn check(told: &Details, faults: &mut Violations) -> Option<Details> {
    let name = faults.take(
        "name",
        text::clean_line(&told.name, NAME_MAX_CHARS).map_err(TextFault::code),
    );
    let mailbox = match &told.mailbox {
        Some(mailbox) => faults
            .take(
                "mailbox",
                text::clean_email(mailbox).map_err(TextFault::code),
            )
            .map(Some),
        None => Some(None),
    };
    let municipality = told.municipality_code.as_deref();
    faults.check(
        municipality.is_none_or(is_municipality_code),
        "municipalityCode",
        "MALFORMED",
    );
    let max_active = told
        .max_active_default
        .unwrap_or(i32::from(MAX_ACTIVE_DEFAULT));
    faults.check(
        MAX_ACTIVE.contains(&max_active),
        "maxActiveDefault",
        "OUT_OF_RANGE",
    );
    Some(Details {
        name: name?,
        mailbox: mailbox?,
        max_active_default: Some(max_active),
        ..told.clone()
    })
}

#[cfg(test)]
mod tests {
    use rinnalla_entity::states::OrganisationKind;

    use super::*;
    use crate::error::Error;
    use crate::texts::Language;

    fn told() -> Details {
        Details {
            kind: OrganisationKind::Association,
            name: "  Esimerkkiyhdistys  ".to_owned(),
            is_name_neutral: true,
            language: Language::Fi,
            county_code: "20".to_owned(),
            municipality_code: Some("205".to_owned()),
            mailbox: Some("toimisto@example.org".to_owned()),
            max_active_default: None,
        }
    }

    #[test]
    fn what_is_told_is_kept_in_one_form() {
        let mut faults = Violations::default();
        let checked = check(&told(), &mut faults).unwrap();
        faults.done().unwrap();
        assert_eq!(checked.name, "Esimerkkiyhdistys");
        assert_eq!(checked.max_active_default, Some(2));
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let mut faults = Violations::default();
        let bad = Details {
            name: "a\0b".to_owned(),
            municipality_code: Some("20".to_owned()),
            mailbox: Some("toimisto".to_owned()),
            max_active_default: Some(21),
            ..told()
        };
        assert!(check(&bad, &mut faults).is_none());
        let Err(Error::Invalid(violations)) = faults.done() else {
            panic!("accepted");
        };
        let said: Vec<_> = violations.iter().map(|v| (v.field, v.code)).collect();
        assert_eq!(
            said,
            [
                ("name", "CONTROL_CHARACTER"),
                ("mailbox", "MALFORMED"),
                ("municipalityCode", "MALFORMED"),
                ("maxActiveDefault", "OUT_OF_RANGE"),
            ]
        );
    }

    #[test]
    fn a_municipality_has_three_digits() {
        assert!(is_municipality_code("005"));
        for code in ["5", "0205", "20a", "２０５", ""] {
            assert!(!is_municipality_code(code), "{code}");
        }
    }
}
