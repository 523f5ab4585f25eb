//! Days as people write them.

use chrono::NaiveDate;

/// A day as people in Finland write it (23.11.2026, 1.2.26), or as ISO 8601 has it.
pub(super) fn day_of(written: &str) -> Option<NaiveDate> {
    let written = written.trim().trim_end_matches('.');
    let iso = written
        .split_once([' ', 'T'])
        .map_or(written, |(day, time)| {
            if time.trim_matches([':', '0', '.']).is_empty() {
                day
            } else {
                written
            }
        });
    if let Ok(day) = NaiveDate::parse_from_str(iso, "%Y-%m-%d")
        && iso.len() == 10
    {
        return Some(day);
    }
    let parts: Vec<&str> = written.split('.').map(str::trim).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    let number = |text: &str, most: usize| {
        let is_number =
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let written_year = number(year, 4)?;
    let year = match year.len() {
        4 => written_year,
        2 => 2000 + written_year,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        number(month, 2)?,
        number(day, 2)?,
    )
}

/// Whether this is a day with slashes, as spreadsheets in English write them: 1/2/2026 is in January or in February.
pub(super) fn is_slashed(written: &str) -> bool {
    let parts: Vec<&str> = written.trim().split('/').map(str::trim).collect();
    let is_number = |it: &&str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for written in [
            "23.11.2026",
            "23.11.26",
            " 23. 11. 2026 ",
            "2026-11-23",
            "2026-11-23 00:00:00",
            "23.11.2026.",
        ] {
            assert_eq!(day_of(written), Some(day("23.11.2026")), "{written}");
        }
        assert_eq!(day_of("1.2.26"), Some(day("1.2.2026")));
        for written in [
            "",
            "23.11",
            "31.2.2026",
            "11/23/2026",
            "23.11.026",
            "2026-11-23 10:30",
            "marraskuu",
            "45989",
            "2026-1-2",
        ] {
            assert_eq!(day_of(written), None, "{written}");
        }
    }

    #[test]
    fn a_day_with_slashes_is_not_guessed_at() {
        for written in ["01/02/2020", "1/2/20", "2020/02/01", " 1 / 2 / 2020 "] {
            assert_eq!(
                (day_of(written), is_slashed(written)),
                (None, true),
                "{written}"
            );
        }
        for written in ["", "1/2", "//", "1.2.2020", "a/b/c", "-1/2/2020"] {
            assert!(!is_slashed(written), "{written}");
        }
    }
}
