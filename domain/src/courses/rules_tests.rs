use super::*;
use crate::calendar::day;
use AttendanceStatus::{Absent, Excused, NotRecorded, Partly, Present};

fn days(plan: &Plan) -> Vec<String> {
    let written = |on: &NaiveDate| on.format("%-d.%-m.%Y").to_string();
    plan.days.iter().map(written).collect()
}

#[test]
fn ascension_day_is_left_out_and_there_are_still_eight_sessions() {
    let plan = plan(day("9.4.2026"));
    assert_eq!(
        days(&plan),
        [
            "9.4.2026",
            "16.4.2026",
            "23.4.2026",
            "30.4.2026",
            "7.5.2026",
            "21.5.2026",
            "28.5.2026",
            "4.6.2026"
        ]
    );
    let ascension = Skipped {
        on: day("14.5.2026"),
        why: DayOff::Holiday(Holiday::AscensionDay),
    };
    assert_eq!(plan.skipped, [ascension]);
}

#[test]
fn a_first_day_that_is_a_holiday_is_left_out_too_and_so_are_the_eves() {
    let christmas = plan(day("24.12.2026"));
    assert_eq!(christmas.days[0], day("31.12.2026"));
    assert_eq!(christmas.skipped[0].why, DayOff::Eve(Eve::Christmas));
    let friday = plan(day("24.4.2026"));
    let skipped: Vec<_> = friday.skipped.iter().map(|it| it.on).collect();
    assert_eq!(skipped, [day("1.5.2026"), day("19.6.2026")]);
    let midsummer = plan(day("5.6.2026"));
    assert_eq!(midsummer.skipped[0].why, DayOff::Eve(Eve::Midsummer));
    assert_eq!(midsummer.days.len(), SESSIONS);
}

#[test]
fn any_start_gives_eight_days_a_week_or_more_apart() {
    let first = day("1.1.2020");
    for n in 0..4000 {
        let plan = plan(plus_days(first, n));
        assert_eq!(plan.days.len(), SESSIONS, "{n}");
        for pair in plan.days.windows(2) {
            let apart = (pair[1] - pair[0]).num_days();
            assert!(apart >= 7 && apart % 7 == 0, "{pair:?}");
        }
        assert!(plan.days.iter().all(|on| day_off(*on).is_none()), "{n}");
    }
}

#[test]
fn the_clock_shows_the_same_time_before_and_after_it_is_changed() {
    for (starts_on, first, last) in [
        ("1.10.2026", "06:00", "07:00"),
        ("11.3.2027", "07:00", "06:00"),
    ] {
        let plan = plan(day(starts_on));
        let utc = |on: NaiveDate| {
            let at = calendar::helsinki_instant(on, clock(540));
            at.format("%H:%M").to_string()
        };
        assert_eq!(utc(plan.days[0]), first, "{starts_on}");
        assert_eq!(utc(plan.days[7]), last, "{starts_on}");
    }
}

#[test]
fn a_session_ends_on_its_day() {
    let at = |text| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    assert_eq!(start(at("09:30")), Some(570));
    assert_eq!(start(at("20:00")), Some(1200));
    assert_eq!(start(at("20:01")), None);
    assert_eq!(clock(570), at("09:30"));
}

#[test]
fn a_course_is_what_its_sessions_are() {
    use CourseSessionStatus::{Cancelled, Held, Moved, Scheduled};
    for (cancelled, open, sessions, expected) in [
        (
            false,
            false,
            vec![Scheduled, Scheduled],
            CourseStatus::Planned,
        ),
        (false, true, vec![Scheduled, Moved], CourseStatus::Open),
        (false, true, vec![Held, Scheduled], CourseStatus::Running),
        (false, true, vec![Held, Moved], CourseStatus::Running),
        (false, true, vec![Held, Cancelled], CourseStatus::Finished),
        (false, true, vec![Cancelled, Cancelled], CourseStatus::Open),
        (true, true, vec![Held, Scheduled], CourseStatus::Cancelled),
    ] {
        assert_eq!(
            course_status(cancelled, open, &sessions),
            expected,
            "{sessions:?}"
        );
    }
    assert_eq!(session_status(false, true, true), Held);
    assert_eq!(session_status(false, false, true), Moved);
    assert_eq!(session_status(true, false, true), Cancelled);
}

#[test]
fn attendance_and_commitment_are_of_the_sessions_held_and_of_all_eight() {
    let marks = [Present, Partly, Excused, Absent, NotRecorded, NotRecorded];
    let there = Rate {
        of_held: Some(0.5),
        of_all: 0.25,
    };
    assert_eq!(attendance(&marks), there);
    let kept = Rate {
        of_held: Some(0.75),
        of_all: 0.375,
    };
    assert_eq!(commitment(&marks), kept);
    let none = Rate {
        of_held: None,
        of_all: 0.0,
    };
    assert_eq!(attendance(&[NotRecorded]), none);
    assert_eq!(share(28, 41), Some(0.6829));
}

#[test]
fn two_absences_in_a_row_are_a_sign_until_somebody_comes_again() {
    for (marks, expected) in [
        (vec![Absent, Absent], true),
        (vec![Present, Absent, Absent, NotRecorded], true),
        (vec![Absent, NotRecorded, Absent], true),
        (vec![Absent], false),
        (vec![Absent, Excused, Absent], false),
        (vec![Absent, Absent, Present], false),
        (vec![], false),
    ] {
        assert_eq!(is_missed(&marks), expected, "{marks:?}");
    }
}

#[test]
fn a_warning_is_given_until_two_professionals_lead_and_for_an_assistant_who_never_graduated() {
    use FacilitatorKind::{Assistant, Professional};
    let two = [(Professional, false), (Professional, false)];
    assert_eq!(warnings(CourseStatus::Open, &two), []);
    assert_eq!(
        warnings(CourseStatus::Open, &two[..1]),
        [Warning::TooFewProfessionals]
    );
    let with = |is_graduate| [two[0], two[1], (Assistant, is_graduate)];
    assert_eq!(warnings(CourseStatus::Running, &with(true)), []);
    assert_eq!(
        warnings(CourseStatus::Running, &with(false)),
        [Warning::AssistantNotGraduate]
    );
    assert_eq!(warnings(CourseStatus::Finished, &[]), []);
}

#[test]
fn of_two_who_record_at_once_each_keeps_what_the_other_did_not_touch() {
    let seen = |status, version| Some(Stands { status, version });
    assert_eq!(merge(Present, 1, None), Merged::Written);
    assert_eq!(merge(NotRecorded, 1, None), Merged::Same);
    assert_eq!(merge(Present, 1, seen(Present, 2)), Merged::Same);
    assert_eq!(merge(Absent, 2, seen(Present, 2)), Merged::Written);
    assert_eq!(merge(Absent, 1, seen(Present, 2)), Merged::Conflict);
    assert_eq!(merge(Absent, 1, seen(NotRecorded, 2)), Merged::Conflict);
}
