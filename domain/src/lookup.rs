//! Keyed hashes by which a person is found from a mail address or a phone number without opening anything.
//!
//! Equal values give equal hashes: that is safe only for fields that are nearly unique, never for surnames
//! or towns. Hence the closed list of fields.

use crate::keys::Keys;
use crate::text;

/// A field that may be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupField {
    /// A mail address: case, space around it and the way its accents are composed do not matter.
    Email,
    /// A phone number: `040 123 4567`, `+358 40 1234567` and `00358401234567` are the same.
    Phone,
}

impl LookupField {
    fn label(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    fn normal(self, value: &str) -> String {
        match self {
            Self::Email => text::normal_email(value),
            Self::Phone => text::normal_phone(value),
        }
    }
}

/// The hash to store, under the current key.
#[must_use]
pub fn lookup(keys: &Keys, field: LookupField, value: &str) -> [u8; 32] {
    keys.lookup_mac(field.label(), &field.normal(value))
}

/// The hashes to search for, newest key first: while a rotation runs, rows carry old and new ones.
#[must_use]
pub fn lookups(keys: &Keys, field: LookupField, value: &str) -> Vec<[u8; 32]> {
    keys.lookup_macs(field.label(), &field.normal(value))
}

#[cfg(test)]
mod tests {
    use super::LookupField::{Email, Phone};
    use super::*;

    const SEVENS: &str = "1 BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n";
    const EIGHTS: &str = "2 CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=\n";

    #[test]
    fn a_mail_address_is_found_however_it_is_written() {
        let keys = Keys::parse(SEVENS).unwrap();
        let stored = lookup(&keys, Email, "kaisa.äijä@example.fi");
        for written in [
            "  Kaisa.Äijä@Example.FI\n",
            "kaisa.a\u{308}ija\u{308}@example.fi",
        ] {
            assert_eq!(lookup(&keys, Email, written), stored, "{written:?}");
        }
        assert_ne!(lookup(&keys, Email, "kaisa.aija@example.fi"), stored);
    }

    #[test]
    fn a_phone_number_is_found_however_it_is_written() {
        let keys = Keys::parse(SEVENS).unwrap();
        let stored = lookup(&keys, Phone, "+358401234567");
        for written in [
            "040 123 4567",
            "040-1234567",
            "00358 40 1234567",
            "+358 (0)40 123 4567",
            "\u{a0}+358\u{a0}40\u{a0}1234567",
        ] {
            assert_eq!(lookup(&keys, Phone, written), stored, "{written:?}");
        }
        assert_ne!(lookup(&keys, Phone, "+46401234567"), stored);
    }

    #[test]
    fn the_hash_depends_on_the_key_and_on_the_field() {
        let keys = Keys::parse(SEVENS).unwrap();
        let others = Keys::parse(EIGHTS).unwrap();
        let hash = lookup(&keys, Phone, "123");
        assert_ne!(lookup(&others, Phone, "123"), hash);
        assert_ne!(lookup(&keys, Email, "123"), hash);
    }

    #[test]
    fn during_a_rotation_old_and_new_hashes_are_searched_for() {
        let before = Keys::parse(SEVENS).unwrap();
        let after = Keys::parse(&format!("{SEVENS}{EIGHTS}")).unwrap();
        let stored = lookup(&before, Email, "kaisa@example.fi");
        let searched = lookups(&after, Email, "kaisa@example.fi");
        assert_eq!(searched.len(), 2);
        assert_eq!(searched[0], lookup(&after, Email, "kaisa@example.fi"));
        assert_eq!(searched[1], stored);
    }
}
