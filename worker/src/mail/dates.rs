//! How a day is written in the middle of a sentence: *torstaina 12.3.2026*, *torsdagen den 12 mars
//! 2026*, *Thursday 12 March 2026*. The weekday is there because people plan by weeks.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::language::Language;

/// From Monday; in Finnish *on Monday*, in Swedish *the Monday*.
const WEEKDAYS: [[&str; 7]; 3] = [
    [
        "maanantaina",
        "tiistaina",
        "keskiviikkona",
        "torstaina",
        "perjantaina",
        "lauantaina",
        "sunnuntaina",
    ],
    [
        "måndagen",
        "tisdagen",
        "onsdagen",
        "torsdagen",
        "fredagen",
        "lördagen",
        "söndagen",
    ],
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
];

const MONTHS_SV: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn written(day: NaiveDate, language: Language) -> String {
    let weekday = WEEKDAYS[language as usize][day.weekday().num_days_from_monday() as usize];
    let month = day.month0() as usize;
    let (of_month, year) = (day.day(), day.year());
    match language {
        Language::Fi => format!("{weekday} {of_month}.{}.{year}", day.month()),
        Language::Sv => format!("{weekday} den {of_month} {} {year}", MONTHS_SV[month]),
        Language::En => format!("{weekday} {of_month} {} {year}", MONTHS_EN[month]),
    }
}

/// A time of day: *12.30*, in English *12:30*.
pub(super) fn clock(time: NaiveTime, language: Language) -> String {
    let form = match language {
        Language::Fi | Language::Sv => "%-H.%M",
        Language::En => "%-H:%M",
    };
    time.format(form).to_string()
}

/// Thursday 12 March 2026.
pub(super) fn sample() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 12).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::language::Language;
    use chrono::NaiveDate;

    #[test]
    fn days_are_written_as_their_readers_write_them() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        for (when, fi, sv, en) in [
            (
                day(2026, 3, 9),
                "maanantaina 9.3.2026",
                "måndagen den 9 mars 2026",
                "Monday 9 March 2026",
            ),
            (
                day(2026, 12, 24),
                "torstaina 24.12.2026",
                "torsdagen den 24 december 2026",
                "Thursday 24 December 2026",
            ),
            (
                day(2028, 2, 29),
                "tiistaina 29.2.2028",
                "tisdagen den 29 februari 2028",
                "Tuesday 29 February 2028",
            ),
            (
                day(2027, 1, 3),
                "sunnuntaina 3.1.2027",
                "söndagen den 3 januari 2027",
                "Sunday 3 January 2027",
            ),
        ] {
            assert_eq!(written(when, Language::Fi), fi);
            assert_eq!(written(when, Language::Sv), sv);
            assert_eq!(written(when, Language::En), en);
        }
    }
}
