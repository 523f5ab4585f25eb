//! Finland's calendar and Helsinki's clock.
//!
//! A deadline in this register is a day, and a day that people can be met on: it never falls on a
//! weekend, on a holiday, or on the eves of Christmas and Midsummer. Months are counted as the
//! Act on the calculation of statutory time limits (150/1930) counts them. The Act binds dealings
//! with authorities and not associations; it is followed because it is how a Finn counts.
//!
//! Holidays are computed, never listed, and today's rules are applied to every year. Every function
//! is total: at the ends of what a date can hold it answers the first or the last day there is.

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
    Timelike, Utc, Weekday,
};
use chrono_tz::Tz;

/// The clock that the associations live by; it decides which day an instant belongs to.
pub const TIME_ZONE: Tz = chrono_tz::Europe::Helsinki;

/// How far a skipped local time is followed, in minutes: no clock has ever been put forward by more
/// than a day.
const LONGEST_GAP_MINUTES: i64 = 24 * 60;

/// A public holiday of Finland, in the order of a usual year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// Uudenvuodenpäivä, 1 January.
    NewYearsDay,
    /// Loppiainen, 6 January.
    Epiphany,
    /// Pitkäperjantai, two days before Easter Sunday.
    GoodFriday,
    /// Pääsiäispäivä.
    EasterSunday,
    /// Toinen pääsiäispäivä, the day after Easter Sunday.
    EasterMonday,
    /// Vappu, 1 May.
    MayDay,
    /// Helatorstai, 39 days after Easter Sunday; in some years (2008) on May Day.
    AscensionDay,
    /// Helluntaipäivä, 49 days after Easter Sunday.
    WhitSunday,
    /// Juhannuspäivä, the Saturday of 20–26 June.
    MidsummerDay,
    /// Pyhäinpäivä, the Saturday of 31 October – 6 November.
    AllSaintsDay,
    /// Itsenäisyyspäivä, 6 December.
    IndependenceDay,
    /// Joulupäivä, 25 December.
    ChristmasDay,
    /// Tapaninpäivä, 26 December.
    StStephensDay,
}

/// An eve that is no holiday by law but on which nothing falls due (Act 150/1930 § 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Eve {
    /// Juhannusaatto, the Friday of 19–25 June.
    Midsummer,
    /// Jouluaatto, 24 December.
    Christmas,
}

/// Easter Sunday of a year of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
pub fn easter_sunday(year: i32) -> NaiveDate {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let lunar_correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let full_moon =
        (19 * golden + century - century.div_euclid(4) - lunar_correction + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - full_moon - of_century % 4)
            .rem_euclid(7);
    let exception = (golden + 11 * full_moon + 22 * to_sunday) / 451;
    let after_21_march = full_moon + to_sunday - 7 * exception + 1;
    plus_days(ymd(year, 3, 21), after_21_march.into())
}

/// The holidays of a year, in the order of [`Holiday`].
pub fn holidays(year: i32) -> [(NaiveDate, Holiday); 13] {
    let easter = easter_sunday(year);
    [
        (ymd(year, 1, 1), Holiday::NewYearsDay),
        (ymd(year, 1, 6), Holiday::Epiphany),
        (plus_days(easter, -2), Holiday::GoodFriday),
        (easter, Holiday::EasterSunday),
        (plus_days(easter, 1), Holiday::EasterMonday),
        (ymd(year, 5, 1), Holiday::MayDay),
        (plus_days(easter, 39), Holiday::AscensionDay),
        (plus_days(easter, 49), Holiday::WhitSunday),
        (midsummer_day(year), Holiday::MidsummerDay),
        (saturday_from(ymd(year, 10, 31)), Holiday::AllSaintsDay),
        (ymd(year, 12, 6), Holiday::IndependenceDay),
        (ymd(year, 12, 25), Holiday::ChristmasDay),
        (ymd(year, 12, 26), Holiday::StStephensDay),
    ]
}

/// The holiday that a day is; where two meet (Ascension Day on May Day), the first of [`Holiday`].
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    holidays(date.year())
        .into_iter()
        .find_map(|(day, holiday)| (day == date).then_some(holiday))
}

/// The non-working eve that a day is. New Year's Eve is a working day.
pub fn eve(date: NaiveDate) -> Option<Eve> {
    if date == plus_days(midsummer_day(date.year()), -1) {
        Some(Eve::Midsummer)
    } else if date == ymd(date.year(), 12, 24) {
        Some(Eve::Christmas)
    } else {
        None
    }
}

/// Whether people are at work: Monday to Friday, no holiday, no eve (Act 150/1930 § 5).
pub fn is_working_day(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        && eve(date).is_none()
        && holiday(date).is_none()
}

/// The day itself if it is a working day, else the next one (Act 150/1930 § 5).
pub fn next_working_day(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .find(|day| is_working_day(*day))
        .unwrap_or(date)
}

/// The day itself if it is a working day, else the last one before it.
pub fn previous_working_day(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .rev()
        .find(|day| is_working_day(*day))
        .unwrap_or(date)
}

/// The `n`-th working day before a day, which itself is not counted; for `n = 0` the day itself.
pub fn working_days_before(date: NaiveDate, n: u16) -> NaiveDate {
    (0..n).fold(date, |day, _| previous_working_day(plus_days(day, -1)))
}

/// The day with the same number, so many months later or (below zero) earlier; where the month has
/// no such day, its last day (Act 150/1930 § 3, and § 4 for counting backwards).
pub fn add_months(date: NaiveDate, months: i32) -> NaiveDate {
    let count = Months::new(months.unsigned_abs());
    if months < 0 {
        date.checked_sub_months(count).unwrap_or(NaiveDate::MIN)
    } else {
        date.checked_add_months(count).unwrap_or(NaiveDate::MAX)
    }
}

/// The day so many days later or (below zero) earlier.
pub fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    if days < 0 {
        date.checked_sub_days(count).unwrap_or(NaiveDate::MIN)
    } else {
        date.checked_add_days(count).unwrap_or(NaiveDate::MAX)
    }
}

/// The day that an instant belongs to in Helsinki.
pub fn helsinki_date(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&TIME_ZONE).date_naive()
}

/// The instant at which Helsinki's clocks show a time on a day. A time that the spring change skips
/// becomes the first full minute after the gap; of one that the autumn change repeats, the earlier.
pub fn helsinki_instant(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = date.and_time(time);
    let exact = TIME_ZONE.from_local_datetime(&local).earliest();
    exact.map_or_else(|| after_gap(local), |instant| instant.to_utc())
}

fn after_gap(local: NaiveDateTime) -> DateTime<Utc> {
    let minute = local.with_second(0).and_then(|it| it.with_nanosecond(0));
    let minute = minute.unwrap_or(local);
    (1..=LONGEST_GAP_MINUTES)
        .filter_map(|minutes| minute.checked_add_signed(TimeDelta::minutes(minutes)))
        .find_map(|later| TIME_ZONE.from_local_datetime(&later).earliest())
        .map_or(local.and_utc(), |instant| instant.to_utc())
}

/// Minutes after midnight as a time of day; midnight where there is no such minute.
pub fn clock(minutes: i16) -> NaiveTime {
    let seconds = u32::from(minutes.unsigned_abs()) * 60;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default()
}

fn midsummer_day(year: i32) -> NaiveDate {
    saturday_from(ymd(year, 6, 20))
}

fn saturday_from(date: NaiveDate) -> NaiveDate {
    plus_days(date, Weekday::Sat.days_since(date.weekday()).into())
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    let beyond = if year < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    };
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(beyond)
}

/// A day as Finns write it in the tests of every feature: `day("30.4.2026")`.
#[cfg(test)]
#[track_caller]
pub(crate) fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%d.%m.%Y").unwrap_or_else(|_| panic!("not a day: {text}"))
}

#[cfg(test)]
mod tests;
