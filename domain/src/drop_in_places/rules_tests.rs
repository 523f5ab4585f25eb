use proptest::prelude::*;
use rinnalla_entity::ids::{ClosedDayId, DropInPlaceId, Id as _, PersonId};

use super::*;
use crate::calendar::{Eve, Holiday, day, helsinki_instant};

fn rule(weekdays: &[u8], every: u8, (starts_at, ends_at): (i16, i16), from: &str) -> OpeningRule {
    OpeningRule {
        id: OpeningRuleId::random(),
        place_id: DropInPlaceId::random(),
        recurrence: recurrence(&weekdays.iter().copied().collect(), every),
        starts_at: starts_at * 60,
        ends_at: ends_at * 60,
        from_on: day(from),
        to_on: None,
        opens_on_holidays: false,
        version: 1,
        is_cancelled: false,
    }
}

fn opening(rule_id: Option<OpeningRuleId>, on: &str, (starts_at, ends_at): (i16, i16)) -> Opening {
    let on_date = day(on);
    Opening {
        id: rule_id.map_or_else(OpeningId::random, |rule| opening_of(rule, on_date)),
        place_id: DropInPlaceId::random(),
        rule_id,
        on_date,
        starts_at: starts_at * 60,
        ends_at: ends_at * 60,
        cancelled_for: None,
        visits: 0,
        first_time_visits: 0,
        personal_supports: 0,
        area: None,
        version: 1,
    }
}

fn closed(from: &str, to: &str, reason: ClosedReason) -> ClosedDay {
    ClosedDay {
        id: ClosedDayId::random(),
        place_id: DropInPlaceId::random(),
        from_on: day(from),
        to_on: day(to),
        reason,
        version: 1,
        is_cancelled: false,
    }
}

const MODEL: Model = Model {
    days: 4,
    least_minutes: 180,
    guides: 2,
};

fn weeks_of(plan: &Plan, from: &str, to: &str) -> Vec<Week> {
    let days = day(from)..=day(to);
    let slots = expand(plan, &days).unwrap();
    let guides = [PersonId::random(), PersonId::random()].map(|person| GuideTerm {
        person,
        from_on: day("1.1.2020"),
        to_on: None,
    });
    let of = Weeks {
        slots: &slots,
        guides: &guides,
        away: &[],
        missed: &[],
    };
    weeks(MODEL, &of, &days)
}

#[test]
fn a_rule_is_written_as_rfc_5545_writes_it() {
    let weekdays = numbers(&[Weekday::Wed, Weekday::Mon, Weekday::Wed]);
    assert_eq!(
        recurrence(&weekdays, 2),
        "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,WE"
    );
}

#[test]
fn every_second_week_is_counted_from_the_week_of_the_first_day() {
    // From a Wednesday on: its own week's Monday is past, the week after is left out.
    let rule = rule(&[0, 2], 2, (12, 16), "7.1.2026");
    let days = days_of(&rule, &(day("1.1.2026")..=day("31.1.2026"))).unwrap();
    let expected = ["7.1.2026", "19.1.2026", "21.1.2026"];
    assert_eq!(days, expected.map(day));
}

#[test]
fn a_rule_opens_neither_before_its_first_day_nor_after_its_last() {
    let mut rule = rule(&[0, 1, 2, 3, 4], 1, (12, 16), "13.1.2026");
    rule.to_on = Some(day("15.1.2026"));
    let all = day("1.1.2026")..=day("31.12.2026");
    let expected = ["13.1.2026", "14.1.2026", "15.1.2026"];
    assert_eq!(days_of(&rule, &all).unwrap(), expected.map(day));
    let later = day("16.1.2026")..=day("31.12.2026");
    assert_eq!(days_of(&rule, &later).unwrap(), []);
}

/// The holidays of 2026 and the two eves, as the almanac has them: written down, not computed.
const ALMANAC: [&str; 15] = [
    "1.1.2026",
    "6.1.2026",
    "3.4.2026",
    "5.4.2026",
    "6.4.2026",
    "1.5.2026",
    "14.5.2026",
    "24.5.2026",
    "19.6.2026",
    "20.6.2026",
    "31.10.2026",
    "6.12.2026",
    "24.12.2026",
    "25.12.2026",
    "26.12.2026",
];

#[test]
fn a_year_of_three_rules_ten_exceptions_and_all_holidays_is_what_walking_the_days_gives() {
    let weekly = rule(&[0, 1, 3], 1, (12, 16), "1.12.2025");
    let second = rule(&[4], 2, (14, 19), "9.1.2026");
    let mut summer = rule(&[5, 6], 1, (10, 13), "1.6.2026");
    summer.to_on = Some(day("16.8.2026"));
    let cancelled = |rule: &OpeningRule, on: &str, hours| Opening {
        cancelled_for: Some(ClosedReason::Staff),
        ..opening(Some(rule.id), on, hours)
    };
    let plan = Plan {
        rules: vec![weekly.clone(), second.clone(), summer.clone()],
        openings: vec![
            cancelled(&weekly, "12.1.2026", (12, 16)),
            cancelled(&weekly, "17.2.2026", (12, 16)),
            cancelled(&second, "23.1.2026", (14, 19)),
            opening(Some(weekly.id), "22.1.2026", (12, 16)),
            opening(None, "14.1.2026", (9, 12)),
            opening(None, "6.1.2026", (10, 13)),
            opening(None, "21.7.2026", (18, 20)),
        ],
        closed: vec![
            closed("2.3.2026", "8.3.2026", ClosedReason::Other),
            closed("20.7.2026", "26.7.2026", ClosedReason::Staff),
            closed("23.12.2026", "23.12.2026", ClosedReason::Holiday),
        ],
    };

    // Day by day: a weekday, a count of weeks, and the lists above; no recurrence and no rule of holidays.
    let holidays = ALMANAC.map(day);
    let is_in = |on: NaiveDate, from: &str, to: &str| day(from) <= on && on <= day(to);
    let weeks_since = |on: NaiveDate, monday: &str| (on - day(monday)).num_days() / 7;
    let mut expected = Vec::new();
    for on in day("1.1.2026").iter_days().take(365) {
        let (weekday, no) = (on.weekday(), on.weekday().num_days_from_monday());
        let is_closed = is_in(on, "2.3.2026", "8.3.2026")
            || is_in(on, "20.7.2026", "26.7.2026")
            || on == day("23.12.2026");
        let is_off = is_closed || holidays.contains(&on);
        if matches!(no, 0 | 1 | 3) {
            let is_cancelled = [day("12.1.2026"), day("17.2.2026")].contains(&on);
            expected.push((on, 12, 16, !is_off && !is_cancelled));
        }
        if weekday == Weekday::Fri && on >= day("9.1.2026") && weeks_since(on, "5.1.2026") % 2 == 0
        {
            expected.push((on, 14, 19, !is_off && on != day("23.1.2026")));
        }
        if no >= 5 && is_in(on, "1.6.2026", "16.8.2026") {
            expected.push((on, 10, 13, !is_off));
        }
        if on == day("14.1.2026") {
            expected.push((on, 9, 12, true));
        }
        if on == day("6.1.2026") {
            expected.push((on, 10, 13, true));
        }
        if on == day("21.7.2026") {
            expected.push((on, 18, 20, false));
        }
    }
    expected.sort_unstable();

    let slots = expand(&plan, &(day("1.1.2026")..=day("31.12.2026"))).unwrap();
    let found: Vec<_> = slots
        .iter()
        .map(|it| {
            (
                it.on,
                it.starts_at / 60,
                it.ends_at / 60,
                it.closure.is_none(),
            )
        })
        .collect();
    assert!(found.len() > 150, "{}", found.len());
    assert_eq!(found, expected);
}

#[test]
fn what_closes_an_opening_is_told() {
    let rule = rule(&[0, 1, 2, 3, 4, 5, 6], 1, (12, 16), "1.1.2026");
    let plan = Plan {
        openings: vec![Opening {
            cancelled_for: Some(ClosedReason::Staff),
            ..opening(Some(rule.id), "24.12.2026", (12, 16))
        }],
        closed: vec![closed("25.12.2026", "25.12.2026", ClosedReason::Other)],
        rules: vec![rule],
    };
    let slots = expand(&plan, &(day("23.12.2026")..=day("26.12.2026"))).unwrap();
    let told: Vec<_> = slots.iter().map(|it| it.closure).collect();
    assert_eq!(
        told,
        [
            None,
            Some(Closure::Cancelled(ClosedReason::Staff)),
            Some(Closure::ClosedDay(ClosedReason::Other)),
            Some(Closure::Holiday(DayOff::Holiday(Holiday::StStephensDay))),
        ]
    );
}

#[test]
fn noon_stays_noon_across_both_changes_of_the_clock() {
    let plan = Plan {
        rules: vec![rule(&[6], 1, (12, 16), "1.1.2026")],
        ..Plan::default()
    };
    for (days, hours) in [
        (day("22.3.2026")..=day("29.3.2026"), [10, 9]),
        (day("18.10.2026")..=day("25.10.2026"), [9, 10]),
    ] {
        let slots = expand(&plan, &days).unwrap();
        let utc = |it: &Slot| helsinki_instant(it.on, clock(it.starts_at)).time().hour();
        assert_eq!(slots.iter().map(utc).collect::<Vec<_>>(), hours);
        assert!(slots.iter().all(|it| clock(it.starts_at).hour() == 12));
    }
}

#[test]
fn christmas_week_falls_below_four_days_for_a_holiday() {
    let plan = Plan {
        rules: vec![rule(&[0, 1, 2, 3], 1, (12, 16), "1.1.2026")],
        ..Plan::default()
    };
    let weeks = weeks_of(&plan, "14.12.2026", "3.1.2027");
    let [before, christmas, new_year] = &weeks[..] else {
        panic!("three weeks: {weeks:?}");
    };
    assert_eq!(
        (before.open_days, before.open_minutes, before.is_below_days),
        (4, 960, false)
    );
    assert_eq!(before.reasons, []);
    assert_eq!((christmas.open_days, christmas.is_below_days), (3, true));
    let eve = Closure::Holiday(DayOff::Eve(Eve::Christmas));
    assert_eq!(christmas.reasons, [Short::Closed(day("24.12.2026"), eve)]);
    assert_eq!(
        (new_year.open_days, new_year.is_below_days),
        (4, false),
        "New Year's Eve is no holiday"
    );
    assert_eq!((new_year.iso().year(), new_year.iso().week()), (2026, 53));
}

#[test]
fn a_week_says_why_it_falls_short() {
    let plan = Plan {
        rules: vec![
            rule(&[0, 1], 1, (12, 16), "1.1.2026"),
            rule(&[2], 1, (12, 14), "1.1.2026"),
        ],
        closed: vec![closed("10.2.2026", "10.2.2026", ClosedReason::Staff)],
        ..Plan::default()
    };
    let weeks = weeks_of(&plan, "9.2.2026", "15.2.2026");
    let expected = [
        Short::TooFewPlanned,
        Short::Closed(day("10.2.2026"), Closure::ClosedDay(ClosedReason::Staff)),
        Short::TooShort(day("11.2.2026")),
    ];
    assert_eq!(weeks[0].reasons, expected);
}

#[test]
fn what_overlaps_is_open_once_and_two_times_of_a_day_count_together() {
    let plan = Plan {
        rules: vec![
            rule(&[0], 1, (10, 12), "1.1.2026"),
            rule(&[0], 1, (11, 12), "1.1.2026"),
            rule(&[0], 1, (15, 16), "1.1.2026"),
        ],
        ..Plan::default()
    };
    let weeks = weeks_of(&plan, "9.2.2026", "15.2.2026");
    assert_eq!((weeks[0].open_minutes, weeks[0].open_days), (180, 1));
}

#[test]
fn a_guide_who_is_away_on_all_open_days_is_missed_and_one_who_is_there_once_is_not() {
    let plan = Plan {
        rules: vec![rule(&[0, 1, 2, 3], 1, (12, 16), "1.1.2026")],
        ..Plan::default()
    };
    let days = day("9.2.2026")..=day("15.2.2026");
    let slots = expand(&plan, &days).unwrap();
    let people = [PersonId::random(), PersonId::random()];
    let guides = people.map(|person| GuideTerm {
        person,
        from_on: day("1.1.2020"),
        to_on: None,
    });
    let missed = [Missed {
        on: day("11.2.2026"),
        person: people[1],
    }];
    for (to, guides_there, reasons) in [
        (
            "12.2.2026",
            1,
            vec![
                Short::Away(people[0]),
                Short::Missed(day("11.2.2026"), people[1]),
            ],
        ),
        ("11.2.2026", 2, vec![]),
    ] {
        let away = [Away {
            person: people[0],
            from_on: day("9.2.2026"),
            to_on: day(to),
        }];
        let of = Weeks {
            slots: &slots,
            guides: &guides,
            away: &away,
            missed: &missed,
        };
        let week = weeks(MODEL, &of, &days).remove(0);
        assert_eq!(
            (week.guides, week.is_below_days),
            (guides_there, false),
            "{to}"
        );
        assert_eq!(week.reasons, reasons, "{to}");
    }
    let of = Weeks {
        slots: &slots,
        guides: &guides[..1],
        away: &[],
        missed: &[],
    };
    let week = weeks(MODEL, &of, &days).remove(0);
    assert_eq!(
        (week.guides, &week.reasons[..]),
        (1, &[Short::TooFewGuides][..])
    );
}

#[test]
fn a_slug_is_a_word_for_an_address() {
    for slug in ["kulma", "kulma-2", "k2a", &"a".repeat(40)] {
        assert!(is_slug(slug), "{slug}");
    }
    for slug in [
        "",
        "ku",
        "Kulma",
        "kulma ",
        "-kulma",
        "kulma-",
        "kul/ma",
        "kulmä",
        "kul.ma",
        &"a".repeat(41),
    ] {
        assert!(!is_slug(slug), "{slug}");
    }
}

#[test]
fn an_opening_of_a_rule_has_the_same_id_whoever_takes_it_up() {
    let rule = OpeningRuleId::random();
    let on = day("9.2.2026");
    assert_eq!(opening_of(rule, on), opening_of(rule, on));
    assert_ne!(opening_of(rule, on), opening_of(rule, day("10.2.2026")));
    assert_ne!(
        opening_of(rule, on),
        opening_of(OpeningRuleId::random(), on)
    );
    assert_eq!(opening_of(rule, on).0.get_version_num(), 8);
}

proptest! {
    #[test]
    fn a_rule_opens_on_its_weekdays_in_its_weeks_and_on_no_other_day(
        weekdays in prop::collection::btree_set(0_u8..7, 1..7),
        every in 1_u8..=8,
        start in 0_u64..2000,
        length in 0_i64..366,
        after in 0_i64..1000,
    ) {
        let from = day("1.1.2024") + chrono::Days::new(start);
        let mut rule = rule(&[0], 1, (12, 16), "1.1.2024");
        rule.from_on = from;
        rule.recurrence = recurrence(&weekdays, every);
        let first = plus_days(from, after - 100);
        let within = first..=plus_days(first, length);
        let monday = whole_weeks(from, from);
        let opens = |on: &NaiveDate| {
            let no = u8::try_from(on.weekday().num_days_from_monday()).unwrap();
            let week = (*on - *monday.start()).num_days().div_euclid(7);
            *on >= from && weekdays.contains(&no) && week % i64::from(every) == 0
        };
        let walked: Vec<_> = first.iter_days().take_while(|on| within.contains(on)).filter(opens).collect();
        prop_assert_eq!(days_of(&rule, &within).unwrap(), walked);
    }
}
