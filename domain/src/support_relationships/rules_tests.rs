use super::*;
use crate::calendar::day;
use SupportRelationshipStatus::{Active, Agreed, Ended, FirstMeetingHeld, Paused, Proposed};

const TODAY: &str = "1.12.2026";

fn met(on: &str) -> Entry {
    Entry::FirstMeeting { on: day(on) }
}

fn agreed(starts_on: &str) -> Entry {
    Entry::Agreed {
        starts_on: day(starts_on),
        ends_on: None,
        signed_on: day(starts_on),
        interval_months: 3,
        professional_follows: true,
    }
}

fn paused(on: &str) -> Entry {
    Entry::Paused { on: day(on) }
}

fn resumed(on: &str) -> Entry {
    Entry::Resumed { on: day(on) }
}

fn ended(on: &str) -> Entry {
    Entry::Ended {
        on: day(on),
        reason: EndReason::ByAgreement,
    }
}

fn of(entries: &[Entry]) -> Result<State, (usize, Fault)> {
    state(day("1.9.2026"), entries, day(TODAY))
}

#[track_caller]
fn status(entries: &[Entry]) -> SupportRelationshipStatus {
    of(entries).unwrap().status
}

/// From the first meeting to the end.
fn all() -> [Entry; 5] {
    [
        met("14.9.2026"),
        agreed("14.9.2026"),
        paused("10.10.2026"),
        resumed("2.11.2026"),
        ended("20.11.2026"),
    ]
}

#[test]
fn a_relationship_goes_from_proposed_to_ended() {
    let expected = [Proposed, FirstMeetingHeld, Active, Paused, Active, Ended];
    for (count, expected) in expected.into_iter().enumerate() {
        assert_eq!(status(&all()[..count]), expected, "after {count}");
    }
    let end = of(&all()).unwrap();
    assert_eq!(end.first_meeting_on, Some(day("14.9.2026")));
    assert_eq!(end.ended_on, Some(day("20.11.2026")));
    assert_eq!(end.end_reason, Some(EndReason::ByAgreement));
}

#[test]
fn an_agreement_that_starts_later_is_agreed_until_its_day() {
    let entries = [met("14.9.2026"), agreed("2.12.2026")];
    let on = |today| state(day("1.9.2026"), &entries, day(today)).unwrap().status;
    assert_eq!(on("1.12.2026"), Agreed);
    assert_eq!(on("2.12.2026"), Active);
}

#[test]
fn the_newest_agreement_applies_from_its_recording() {
    let anew = Entry::Agreed {
        starts_on: day("1.11.2026"),
        ends_on: Some(day("31.5.2027")),
        signed_on: day("28.10.2026"),
        interval_months: 6,
        professional_follows: false,
    };
    let state = of(&[met("14.9.2026"), agreed("14.9.2026"), anew]).unwrap();
    assert_eq!(state.status, Active);
    assert_eq!(state.starts_on, Some(day("14.9.2026")), "the first one's");
    assert_eq!(state.agreed_until, Some(day("31.5.2027")));
    assert_eq!(state.review_interval_months, 6);
    assert!(!state.professional_follows);
}

#[test]
fn a_pause_does_not_forbid_a_new_agreement() {
    let [met, agreed_at_first, paused, ..] = all();
    let state = of(&[met, agreed_at_first, paused, agreed("1.12.2026")]).unwrap();
    assert_eq!(state.status, Paused);
}

#[test]
fn a_relationship_may_end_before_it_began() {
    assert_eq!(status(&[ended("1.9.2026")]), Ended);
    assert_eq!(status(&[met("14.9.2026"), ended("14.9.2026")]), Ended);
    let before_start = [met("14.9.2026"), agreed("2.12.2026"), ended("20.9.2026")];
    assert_eq!(status(&before_start), Ended);
}

#[test]
fn nothing_happens_out_of_turn() {
    let [met_, agreed_, paused_, resumed_, ended_] = all();
    let impossible: [&[Entry]; 11] = [
        &[agreed_],
        &[paused_],
        &[resumed_],
        &[met_, met_],
        &[met_, paused_],
        &[met_, resumed_],
        &[met_, agreed_, resumed_],
        &[met_, agreed_, paused_, paused_],
        &[met_, agreed_, ended_, agreed_],
        &[met_, agreed_, ended_, resumed_],
        &[met_, agreed_, ended_, ended_],
    ];
    for entries in impossible {
        let last = entries.len() - 1;
        assert_eq!(of(entries), Err((last, Fault::WrongState)), "{entries:?}");
    }
}

#[test]
fn days_follow_each_other() {
    let [met_, agreed_, paused_, resumed_, _] = all();
    let unsigned = Entry::Agreed {
        starts_on: day("14.9.2026"),
        ends_on: None,
        signed_on: day("13.9.2026"),
        interval_months: 3,
        professional_follows: true,
    };
    assert_eq!(of(&[met_, unsigned]), Err((1, Fault::SignedTooEarly)));
    let impossible: [&[Entry]; 8] = [
        &[met("31.8.2026")],
        &[met_, agreed("13.9.2026")],
        &[met_, agreed_, agreed("13.9.2026")],
        &[met_, agreed_, paused("13.9.2026")],
        &[met_, agreed_, paused_, resumed("9.10.2026")],
        &[met_, agreed_, paused_, resumed_, paused("1.11.2026")],
        &[met_, agreed_, paused_, ended("9.10.2026")],
        &[ended("31.8.2026")],
    ];
    for entries in impossible {
        let last = entries.len() - 1;
        assert_eq!(of(entries), Err((last, Fault::OutOfOrder)), "{entries:?}");
    }
}

#[test]
fn without_an_entry_what_stood_on_it_cannot_be() {
    let [met_, agreed_, paused_, resumed_, ended_] = all();
    assert_eq!(
        of(&[agreed_, paused_, resumed_, ended_]),
        Err((0, Fault::WrongState)),
        "the first meeting carries everything"
    );
    assert_eq!(
        of(&[met_, agreed_, resumed_, ended_]),
        Err((2, Fault::WrongState)),
        "resumed without a pause"
    );
    assert_eq!(status(&[met_, agreed_, paused_, ended_]), Ended);
}

#[test]
fn a_day_put_right_must_fit_what_was_recorded_later() {
    let [_, agreed_, paused_, ..] = all();
    assert_eq!(
        of(&[met("15.9.2026"), agreed_, paused_]),
        Err((1, Fault::OutOfOrder)),
        "the agreement starts before the first meeting"
    );
}
