//! The areas of osallisuus.

use std::ops::RangeInclusive;

/// In one's own life, in communities and processes of influencing, in the common good (handbook of THL).
pub const AREAS: RangeInclusive<i32> = 1..=3;

/// An area that may be left open.
///
/// Errors: a code.
pub(crate) fn area(told: Option<i32>) -> Result<Option<i16>, &'static str> {
    match told {
        None => Ok(None),
        Some(area) if AREAS.contains(&area) => Ok(i16::try_from(area).ok()),
        Some(_) => Err("OUT_OF_RANGE"),
    }
}
