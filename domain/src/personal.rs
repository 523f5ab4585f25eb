//! A value about a person, which no log line can show.

use std::fmt;

use zeroize::Zeroize;

/// A value about a person: a name, an address, a phone number.
///
/// `Debug` prints the word `Personal` and nothing else; there is no `Display` and no `Serialize`, so that
/// the value leaves the program only where somebody wrote [`Personal::reveal`]. The memory is overwritten
/// when the value is dropped. Copies that others make (a driver, an answer's buffer) are not.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal<T: Zeroize>(T);

impl<T: Zeroize> Personal<T> {
    /// The value itself, for showing it to someone who may see it.
    #[must_use]
    pub fn reveal(&self) -> &T {
        &self.0
    }

    /// The value itself, no longer guarded.
    #[must_use]
    pub fn into_inner(mut self) -> T
    where
        T: Default,
    {
        std::mem::take(&mut self.0)
    }
}

impl<T: Zeroize> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Personal<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T: Zeroize> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal")
    }
}

impl<T: Zeroize> Drop for Personal<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;

    #[derive(Debug)]
    struct Contact {
        _name: Personal<String>,
        _phone: Option<Personal<String>>,
    }

    #[test]
    fn a_log_line_shows_nothing_of_a_person() {
        let contact = Contact {
            _name: "Aino Esimerkki".into(),
            _phone: Some("+358401234567".into()),
        };
        assert_eq!(
            format!("{contact:?}"),
            "Contact { _name: Personal, _phone: Some(Personal) }"
        );
        assert_eq!(
            format!("{:#?}", Personal::from("Aino Esimerkki")),
            "Personal"
        );
    }

    // Does not compile (two candidates) once `Personal` has a Display or a Serialize.
    #[test]
    fn a_value_about_a_person_can_be_neither_displayed_nor_serialized() {
        trait Absent<Marker> {
            fn absent() {}
        }
        struct Displayed;
        struct Serialized;
        impl<T: ?Sized> Absent<()> for T {}
        impl<T: ?Sized + fmt::Display> Absent<Displayed> for T {}
        impl<T: ?Sized + serde::Serialize> Absent<Serialized> for T {}
        <Personal<String> as Absent<_>>::absent();
    }

    #[test]
    fn what_went_in_is_what_is_revealed() {
        let name = Personal::from("Aino Esimerkki");
        assert_eq!(name.reveal(), "Aino Esimerkki");
        assert_eq!(name.clone(), name);
        assert_eq!(name.into_inner(), "Aino Esimerkki");
    }

    #[test]
    fn a_dropped_value_is_overwritten_and_one_taken_out_is_not() {
        #[derive(Default)]
        struct Probe(Rc<Cell<u32>>);
        impl Zeroize for Probe {
            fn zeroize(&mut self) {
                self.0.set(self.0.get() + 1);
            }
        }
        let wiped = Rc::new(Cell::new(0));
        drop(Personal::from(Probe(Rc::clone(&wiped))));
        assert_eq!(wiped.get(), 1);
        let taken = Personal::from(Probe(Rc::clone(&wiped))).into_inner();
        assert_eq!(taken.0.get(), 1);
    }
}
