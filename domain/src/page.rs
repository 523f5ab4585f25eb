//! Pages of a list: keyset cursors, never offsets.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Datelike as _, NaiveDate};
use rinnalla_entity::ids::Id;
use uuid::Uuid;

use crate::error::{Error, Result};

/// The most rows that one page may hold.
pub const MAX_FIRST: u16 = 100;

/// Where a page begins: after the row with this sort date (where the list is sorted by one) and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort date of the last row seen.
    pub on: Option<NaiveDate>,
    /// The id of the last row seen.
    pub id: Uuid,
}

impl Cursor {
    /// The cursor of a row in a list that is sorted by id alone, or whose rows are found again by it.
    pub fn of(id: impl Id) -> Self {
        Self {
            on: None,
            id: id.uuid(),
        }
    }

    /// The opaque form.
    pub fn encode(self) -> String {
        let days = self.on.map_or(i32::MIN, |on| on.num_days_from_ce());
        let mut bytes = [0; 20];
        bytes[..4].copy_from_slice(&days.to_be_bytes());
        bytes[4..].copy_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads an opaque cursor.
    ///
    /// Errors: `Invalid` (`after`, `MALFORMED`).
    pub fn decode(text: &str) -> Result<Self> {
        let malformed = || Error::invalid("after", "MALFORMED");
        let bytes: [u8; 20] = URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(malformed)?;
        let (days, id) = bytes.split_at(4);
        let days = i32::from_be_bytes(days.try_into().map_err(|_| malformed())?);
        let on = match days {
            i32::MIN => None,
            days => Some(NaiveDate::from_num_days_from_ce_opt(days).ok_or_else(malformed)?),
        };
        Ok(Self {
            on,
            id: Uuid::from_slice(id).map_err(|_| malformed())?,
        })
    }
}

/// What part of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub struct PageArgs {
    /// How many rows, 1 to [`MAX_FIRST`].
    pub first: u16,
    /// After which row; from the start where absent.
    pub after: Option<Cursor>,
    /// Whether the total is to be counted as well.
    pub total: bool,
}

impl PageArgs {
    /// Checks what a client sent.
    ///
    /// Errors: `Invalid` (`first`, `OUT_OF_RANGE`; `after`, `MALFORMED`).
    pub fn new(first: Option<i32>, after: Option<&str>, total: bool) -> Result<Self> {
        let first = u16::try_from(first.unwrap_or(20))
            .ok()
            .filter(|first| (1..=MAX_FIRST).contains(first))
            .ok_or_else(|| Error::invalid("first", "OUT_OF_RANGE"))?;
        let after = after.map(Cursor::decode).transpose()?;
        Ok(Self {
            first,
            after,
            total,
        })
    }

    /// One row more than asked for tells whether there is a next page.
    pub(crate) fn limit(&self) -> i64 {
        i64::from(self.first) + 1
    }
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub rows: Vec<T>,
    /// Whether more follow.
    pub has_next: bool,
    /// How many there are in all, where asked for.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// Makes a page of the rows that [`PageArgs::limit`] brought.
    pub(crate) fn of(mut rows: Vec<T>, args: &PageArgs, total: Option<u64>) -> Self {
        let has_next = rows.len() > usize::from(args.first);
        rows.truncate(usize::from(args.first));
        Self {
            rows,
            has_next,
            total,
        }
    }

    /// The same page of something made of its rows.
    pub fn map<U>(self, of: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(of).collect(),
            has_next: self.has_next,
            total: self.total,
        }
    }
}

/// Children by their parent.
pub type Grouped<K, T> = std::collections::HashMap<K, Vec<T>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back() {
        for on in [None, NaiveDate::from_ymd_opt(2026, 11, 23)] {
            let cursor = Cursor {
                on,
                id: Uuid::from_u128(7),
            };
            assert_eq!(Cursor::decode(&cursor.encode()).unwrap(), cursor);
        }
    }

    #[test]
    fn a_page_has_one_to_a_hundred_rows() {
        for first in [0, -1, 101, i32::MAX] {
            assert!(PageArgs::new(Some(first), None, false).is_err(), "{first}");
        }
        assert!(PageArgs::new(Some(100), None, false).is_ok());
    }
}
