//! By what name somebody takes part: sealed with a key of the enrolment's own, in its own row, or a person's name.

use rinnalla_entity::ids::{EnrolmentId, Id as _, PersonId};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::people;
use crate::personal::Personal;
use crate::sealing::{self, Cell, DataKey, SealFault};
use crate::text::{self, TextFault};

/// The longest pseudonym, in characters: our own choice.
const PSEUDONYM_MAX_CHARS: usize = 40;

/// The longest theme of a session, name of a course or of a unit, and the longest line on methods or materials: as the
/// database holds them.
pub(crate) const NAME_MAX_CHARS: usize = 80;
pub(crate) const THEME_MAX_CHARS: usize = 120;
pub(crate) const LINE_MAX_CHARS: usize = 200;

/// A name or pseudonym as it is stored.
pub(crate) struct Cells {
    pub data_key: Vec<u8>,
    pub name: Vec<u8>,
}

/// Whose name it is, as it is stored.
pub(super) enum Sealed<'a> {
    /// The enrolment's own: its key and its name.
    Own(&'a [u8], &'a [u8]),
    /// A person's.
    Person(PersonId, &'a [u8], &'a [u8]),
}

/// A name, or a pseudonym, in the form in which it is kept.
///
/// Errors: a code: as [`text::clean_line`]'s, or `LOOKS_LIKE_IDENTITY_NUMBER`.
pub(crate) fn check(
    written: &str,
    is_pseudonym: bool,
) -> std::result::Result<Personal<String>, &'static str> {
    let name = match is_pseudonym {
        true => text::free_line(written, PSEUDONYM_MAX_CHARS)?,
        false => text::clean_name(written).map_err(TextFault::code)?,
    };
    Ok(Personal::from(name))
}

/// Seals a name under a fresh key: a former one, wherever a copy of it is, opens no more.
pub(crate) fn seal(keys: &Keys, of: EnrolmentId, name: &Personal<String>) -> Result<Cells> {
    let key = DataKey::new();
    let sealed = || {
        Ok::<_, SealFault>(Cells {
            data_key: sealing::seal_data_key_at(keys, cell(of.0, "data_key"), &key)?,
            name: sealing::seal_text(&key, cell(of.0, "name"), name.reveal())?,
        })
    };
    sealed().map_err(|fault| Error::Internal(Box::new(fault)))
}

/// Opens an enrolment's own name, as [`open`] does.
pub(crate) fn open_own(
    keys: &Keys,
    of: EnrolmentId,
    data_key: &[u8],
    name: &[u8],
) -> Result<Option<Personal<String>>> {
    open(keys, of, Sealed::Own(data_key, name))
}

/// Opens a name. `None` for one that does not open, which is left behind with a log line.
///
/// Errors: `Internal` where the key file lacks a key: then no row would open.
pub(super) fn open(
    keys: &Keys,
    of: EnrolmentId,
    sealed: Sealed<'_>,
) -> Result<Option<Personal<String>>> {
    let opened = match sealed {
        Sealed::Own(data_key, name) => {
            sealing::open_data_key_at(keys, cell(of.0, "data_key"), data_key)
                .and_then(|key| sealing::open_text(&key, cell(of.0, "name"), name))
        }
        Sealed::Person(person, data_key, name) => people::open_name(keys, person, data_key, name),
    };
    match opened {
        Ok(name) => Ok(Some(name)),
        Err(SealFault::UnknownKeyVersion(fault)) => Err(Error::Internal(Box::new(fault))),
        Err(fault) => {
            tracing::error!(
                "the name in enrolment {} does not open: {fault}",
                of.encode()
            );
            Ok(None)
        }
    }
}

fn cell(row: Uuid, column: &'static str) -> Cell {
    Cell {
        table: "enrolments",
        column,
        row,
    }
}
