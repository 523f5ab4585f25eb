use super::*;
use proptest::prelude::*;

fn holidays_of(year: i32) -> Vec<(NaiveDate, Holiday)> {
    holidays(year).to_vec()
}

fn table(year: i32, moving: [&str; 7]) -> Vec<(NaiveDate, Holiday)> {
    let [
        good_friday,
        easter,
        easter_monday,
        ascension,
        whit,
        midsummer,
        saints,
    ] = moving;
    [
        ("1.1.", Holiday::NewYearsDay),
        ("6.1.", Holiday::Epiphany),
        (good_friday, Holiday::GoodFriday),
        (easter, Holiday::EasterSunday),
        (easter_monday, Holiday::EasterMonday),
        ("1.5.", Holiday::MayDay),
        (ascension, Holiday::AscensionDay),
        (whit, Holiday::WhitSunday),
        (midsummer, Holiday::MidsummerDay),
        (saints, Holiday::AllSaintsDay),
        ("6.12.", Holiday::IndependenceDay),
        ("25.12.", Holiday::ChristmasDay),
        ("26.12.", Holiday::StStephensDay),
    ]
    .map(|(text, holiday)| (day(&format!("{text}{year}")), holiday))
    .to_vec()
}

#[test]
fn the_holidays_of_2026_to_2029_are_those_of_the_almanac() {
    let almanac = [
        (
            2026,
            ["3.4.", "5.4.", "6.4.", "14.5.", "24.5.", "20.6.", "31.10."],
        ),
        (
            2027,
            ["26.3.", "28.3.", "29.3.", "6.5.", "16.5.", "26.6.", "6.11."],
        ),
        (
            2028,
            ["14.4.", "16.4.", "17.4.", "25.5.", "4.6.", "24.6.", "4.11."],
        ),
        (
            2029,
            ["30.3.", "1.4.", "2.4.", "10.5.", "20.5.", "23.6.", "3.11."],
        ),
    ];
    for (year, moving) in almanac {
        assert_eq!(holidays_of(year), table(year, moving));
    }
}

#[test]
fn easter_keeps_its_earliest_and_latest_days() {
    let known = [
        "22.3.1818",
        "23.3.2008",
        "25.4.1943",
        "24.4.2011",
        "20.4.2025",
        "25.4.2038",
    ];
    for easter in known.map(day) {
        assert_eq!(easter_sunday(easter.year()), easter);
    }
}

#[test]
fn ascension_day_on_may_day_is_both_and_answers_as_may_day() {
    assert_eq!(holiday(day("1.5.2008")), Some(Holiday::MayDay));
    assert!(holidays_of(2008).contains(&(day("1.5.2008"), Holiday::AscensionDay)));
}

#[test]
fn christmas_eve_and_midsummer_eve_are_no_holidays_and_no_working_days() {
    let midsummer = ["19.6.2026", "25.6.2027", "23.6.2028", "22.6.2029"];
    let christmas = ["24.12.2026", "24.12.2027", "24.12.2028", "24.12.2029"];
    for (eves, which) in [(midsummer, Eve::Midsummer), (christmas, Eve::Christmas)] {
        for date in eves.map(day) {
            assert_eq!((eve(date), holiday(date)), (Some(which), None));
            assert!(!is_working_day(date));
        }
    }
}

#[test]
fn new_years_eve_and_walpurgis_eve_are_working_days() {
    assert!(is_working_day(day("31.12.2026")));
    assert!(is_working_day(day("30.4.2026")));
    assert_eq!(eve(day("31.12.2026")), None);
}

#[test]
fn a_weekend_is_no_working_day() {
    assert!(is_working_day(day("9.10.2026")));
    assert!(!is_working_day(day("10.10.2026")));
    assert!(!is_working_day(day("11.10.2026")));
}

#[test]
fn months_are_counted_as_the_act_counts_them_and_moved_to_a_working_day() {
    let vectors = [
        ("31.1.2026", 3, "30.4.2026", "30.4.2026"),
        ("31.8.2026", 6, "28.2.2027", "1.3.2027"),
        ("30.11.2025", 3, "28.2.2026", "2.3.2026"),
        ("1.2.2026", 3, "1.5.2026", "4.5.2026"),
        ("19.3.2026", 3, "19.6.2026", "22.6.2026"),
        ("25.9.2026", 3, "25.12.2026", "28.12.2026"),
        ("6.7.2026", 6, "6.1.2027", "7.1.2027"),
    ];
    for (from, months, raw, moved) in vectors {
        assert_eq!(add_months(day(from), months), day(raw), "{from} + {months}");
        assert_eq!(next_working_day(day(raw)), day(moved), "{raw}");
    }
}

#[test]
fn a_year_from_29_february_is_full_on_28_february() {
    assert_eq!(add_months(day("29.2.2024"), 12), day("28.2.2025"));
    assert_eq!(add_months(day("29.2.2024"), 48), day("29.2.2028"));
    assert_eq!(add_months(day("22.11.2025"), 12), day("22.11.2026"));
}

#[test]
fn months_backwards_follow_the_same_rule() {
    assert_eq!(add_months(day("31.5.2026"), -3), day("28.2.2026"));
    assert_eq!(add_months(day("31.5.2024"), -3), day("29.2.2024"));
    assert_eq!(add_months(day("15.1.2026"), -1), day("15.12.2025"));
}

#[test]
fn a_working_day_stays_and_another_moves_either_way() {
    assert_eq!(next_working_day(day("23.12.2025")), day("23.12.2025"));
    assert_eq!(next_working_day(day("24.12.2025")), day("29.12.2025"));
    assert_eq!(previous_working_day(day("28.12.2025")), day("23.12.2025"));
    assert_eq!(previous_working_day(day("6.4.2026")), day("2.4.2026"));
}

#[test]
fn working_days_before_a_day_pass_over_holidays() {
    assert_eq!(working_days_before(day("8.4.2026"), 1), day("7.4.2026"));
    assert_eq!(working_days_before(day("8.4.2026"), 2), day("2.4.2026"));
    assert_eq!(working_days_before(day("8.4.2026"), 3), day("1.4.2026"));
    assert_eq!(working_days_before(day("5.4.2026"), 1), day("2.4.2026"));
    assert_eq!(working_days_before(day("8.4.2026"), 0), day("8.4.2026"));
}

#[track_caller]
fn at(date: &str, time: &str, utc: &str) {
    let time = time
        .parse()
        .unwrap_or_else(|_| panic!("not a time: {time}"));
    assert_eq!(helsinki_instant(day(date), time).to_rfc3339(), utc);
}

#[test]
fn nine_in_helsinki_is_seven_in_winter_and_six_in_summer() {
    at("27.3.2027", "09:00:00", "2027-03-27T07:00:00+00:00");
    at("28.3.2027", "09:00:00", "2027-03-28T06:00:00+00:00");
    at("24.10.2026", "09:00:00", "2026-10-24T06:00:00+00:00");
    at("25.10.2026", "09:00:00", "2026-10-25T07:00:00+00:00");
}

#[test]
fn a_time_that_the_spring_change_skips_becomes_the_first_minute_after_it() {
    at("28.3.2027", "02:59:59", "2027-03-28T00:59:59+00:00");
    at("28.3.2027", "03:00:00", "2027-03-28T01:00:00+00:00");
    at("28.3.2027", "03:30:30", "2027-03-28T01:00:00+00:00");
    at("28.3.2027", "04:00:00", "2027-03-28T01:00:00+00:00");
}

#[test]
fn a_time_that_the_autumn_change_repeats_is_the_earlier_one() {
    at("25.10.2026", "03:30:00", "2026-10-25T00:30:00+00:00");
    at("25.10.2026", "04:00:00", "2026-10-25T02:00:00+00:00");
}

#[test]
fn a_day_begins_at_midnight_in_helsinki() {
    let dates = [
        ("2026-10-24T20:59:59Z", "24.10.2026"),
        ("2026-10-24T21:00:00Z", "25.10.2026"),
        ("2026-10-25T21:59:59Z", "25.10.2026"),
        ("2026-10-25T22:00:00Z", "26.10.2026"),
        ("2027-03-27T22:00:00Z", "28.3.2027"),
        ("2027-03-28T21:00:00Z", "29.3.2027"),
    ];
    for (utc, date) in dates {
        let instant = utc
            .parse()
            .unwrap_or_else(|_| panic!("not an instant: {utc}"));
        assert_eq!(helsinki_date(instant), day(date), "{utc}");
    }
}

#[test]
fn the_first_and_the_last_day_there_is_answer_without_a_panic() {
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        let days = [next_working_day(end), previous_working_day(end)];
        assert!(days.iter().all(|day| day.year() == end.year()));
        assert!((end.year() - working_days_before(end, 30).year()).abs() <= 1);
    }
    assert_eq!(add_months(NaiveDate::MAX, i32::MAX), NaiveDate::MAX);
    assert_eq!(add_months(NaiveDate::MIN, i32::MIN), NaiveDate::MIN);
    assert_eq!(plus_days(NaiveDate::MIN, i64::MIN), NaiveDate::MIN);
    for year in [i32::MIN, i32::MAX] {
        let _ = (easter_sunday(year), holidays(year));
    }
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..219_510).prop_map(|days| plus_days(day("1.1.1900"), days))
}

proptest! {
    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april(year in 1583_i32..=9999) {
        let easter = easter_sunday(year);
        prop_assert_eq!(easter.weekday(), Weekday::Sun);
        prop_assert!(ymd(year, 3, 22) <= easter && easter <= ymd(year, 4, 25));
    }

    #[test]
    fn the_nearest_working_days_have_none_between_them(date in any_day()) {
        let (before, after) = (previous_working_day(date), next_working_day(date));
        prop_assert!(is_working_day(before) && before <= date);
        prop_assert!(is_working_day(after) && after <= plus_days(date, 5));
        let between = before.iter_days().take_while(|day| *day < after).skip(1);
        prop_assert!(!between.into_iter().any(is_working_day));
    }

    #[test]
    fn a_month_keeps_the_number_of_the_day_or_ends(date in any_day(), months in -600_i32..600) {
        let moved = add_months(date, months);
        let index = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
        prop_assert_eq!(index(moved) - index(date), months);
        let last_of_month = plus_days(moved, 1).day() == 1;
        prop_assert!(moved.day() == date.day() || (moved.day() < date.day() && last_of_month));
    }

    #[test]
    fn an_instant_goes_back_to_its_day(date in any_day(), minute in 0_u32..1440) {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0);
        let instant = helsinki_instant(date, time.unwrap_or_default());
        prop_assert_eq!(helsinki_date(instant), date);
    }

    #[test]
    fn the_nth_working_day_before_has_n_minus_one_between(date in any_day(), n in 1_u16..30) {
        let nth = working_days_before(date, n);
        let counted = nth.iter_days().take_while(|day| *day < date);
        prop_assert!(is_working_day(nth));
        prop_assert_eq!(counted.filter(|day| is_working_day(*day)).count(), usize::from(n));
    }
}
