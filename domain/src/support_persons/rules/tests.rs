use rinnalla_entity::ids::Id as _;

use super::*;
use crate::calendar::day;

const OWN: SupportBackground = SupportBackground::OwnRecovery;
const KIN: SupportBackground = SupportBackground::NextOfKin;

fn entry(kind: Kind, on: &str) -> Entry {
    Entry {
        id: SupportPersonActId::random(),
        kind,
        on: day(on),
    }
}

fn gates() -> Vec<Entry> {
    vec![
        entry(Kind::CriterionMet, "1.9.2026"),
        entry(Kind::TrainingWeekendAttended, "5.9.2026"),
        entry(Kind::TrainingWeekendAttended, "19.9.2026"),
        entry(Kind::ConfidentialitySigned, "21.9.2026"),
    ]
}

fn active() -> Vec<Entry> {
    let mut entries = gates();
    entries.push(entry(Kind::Activated, "1.10.2026"));
    entries
}

fn status(entries: &[Entry]) -> Status {
    fold(OWN, entries).status
}

fn refused(entries: &[Entry], kind: Kind, on: &str) -> Fault {
    record(OWN, entries, &entry(kind, on)).unwrap_err()
}

fn id_of(entries: &[Entry], kind: Kind) -> SupportPersonActId {
    entries.iter().find(|it| it.kind == kind).unwrap().id
}

#[test]
fn a_year_without_substances_is_full_on_the_same_day_a_year_later() {
    for (since, met) in [
        ("22.11.2025", "22.11.2026"),
        ("29.2.2024", "28.2.2025"),
        ("28.2.2023", "28.2.2024"),
        ("31.12.2025", "31.12.2026"),
    ] {
        assert!(is_criterion_met(day(since), day(met)), "{since}");
        let eve = plus_days(day(met), -1);
        assert!(!is_criterion_met(day(since), eve), "{since}");
    }
}

#[test]
fn somebody_is_an_applicant_until_the_training_starts_and_trained_after_two_weekends() {
    let mut entries = Vec::new();
    assert_eq!(status(&entries), Status::Applicant);
    entries.push(entry(Kind::TrainingStarted, "1.9.2026"));
    assert_eq!(status(&entries), Status::InTraining);
    entries.push(entry(Kind::TrainingWeekendAttended, "5.9.2026"));
    assert_eq!(status(&entries), Status::InTraining);
    entries.push(entry(Kind::TrainingWeekendAttended, "19.9.2026"));
    assert_eq!(status(&entries), Status::Trained);
    assert_eq!(
        fold(OWN, &entries).gates.training_complete_on,
        Some(day("19.9.2026"))
    );
}

#[test]
fn the_first_weekend_starts_the_training_by_itself() {
    let entries = [entry(Kind::TrainingWeekendAttended, "5.9.2026")];
    assert_eq!(status(&entries), Status::InTraining);
}

#[test]
fn the_same_weekend_is_not_counted_twice() {
    let entries = [entry(Kind::TrainingWeekendAttended, "5.9.2026")];
    assert_eq!(
        refused(&entries, Kind::TrainingWeekendAttended, "5.9.2026"),
        Fault::AlreadyRecorded
    );
    let twice = [entries[0], entry(Kind::TrainingWeekendAttended, "5.9.2026")];
    assert_eq!(status(&twice), Status::InTraining);
}

#[test]
fn a_training_completed_elsewhere_is_as_good_as_the_weekends() {
    let entries = [entry(Kind::EarlierTrainingAttested, "5.9.2026")];
    assert_eq!(status(&entries), Status::Trained);
}

#[test]
fn nobody_is_active_while_a_gate_is_open_on_that_day() {
    for missing in [Kind::CriterionMet, Kind::ConfidentialitySigned] {
        let mut entries = gates();
        entries.retain(|it| it.kind != missing);
        assert_eq!(
            refused(&entries, Kind::Activated, "1.10.2026"),
            Fault::GatesOpen
        );
    }
    let mut one_weekend = gates();
    one_weekend.remove(1);
    assert_eq!(
        refused(&one_weekend, Kind::Activated, "1.10.2026"),
        Fault::GatesOpen
    );
    assert_eq!(
        refused(&gates(), Kind::Activated, "20.9.2026"),
        Fault::GatesOpen,
        "signed the day after"
    );
    let activated = record(OWN, &gates(), &entry(Kind::Activated, "21.9.2026"));
    assert_eq!(activated.unwrap().status, Status::Active);
}

#[test]
fn the_criterion_may_be_attested_as_not_applicable_for_next_of_kin_alone() {
    let mut entries = gates();
    entries[0] = entry(Kind::CriterionNotApplicable, "1.9.2026");
    entries.push(entry(Kind::Activated, "1.10.2026"));
    assert_eq!(fold(KIN, &entries).status, Status::Active);
    assert_eq!(fold(OWN, &entries).status, Status::Trained);
    assert_eq!(
        refused(&[], Kind::CriterionNotApplicable, "1.9.2026"),
        Fault::CriterionApplies
    );
}

#[test]
fn a_support_person_pauses_resumes_and_ends() {
    let mut entries = active();
    for (kind, on, then) in [
        (Kind::Paused, "2.10.2026", Status::Paused),
        (Kind::Resumed, "2.10.2026", Status::Active),
        (Kind::Ended, "3.10.2026", Status::Ended),
    ] {
        let new = entry(kind, on);
        let standing = record(OWN, &entries, &new).unwrap();
        assert_eq!(standing.status, then);
        entries.push(new);
    }
    for kind in [
        Kind::Activated,
        Kind::Paused,
        Kind::Resumed,
        Kind::Ended,
        Kind::TrainingWeekendAttended,
        Kind::TrainingStarted,
    ] {
        assert_eq!(refused(&entries, kind, "4.10.2026"), Fault::WrongState);
    }
}

#[test]
fn an_act_out_of_turn_is_refused() {
    assert_eq!(
        refused(&gates(), Kind::Paused, "1.10.2026"),
        Fault::WrongState
    );
    assert_eq!(
        refused(&active(), Kind::Resumed, "2.10.2026"),
        Fault::WrongState
    );
    assert_eq!(
        refused(&active(), Kind::Activated, "2.10.2026"),
        Fault::WrongState
    );
    assert_eq!(
        refused(&active(), Kind::Paused, "30.9.2026"),
        Fault::WrongState,
        "not active yet on that day"
    );
    assert_eq!(
        refused(&gates(), Kind::TrainingStarted, "10.9.2026"),
        Fault::WrongState,
        "after the first weekend"
    );
    let started = [entry(Kind::TrainingStarted, "1.9.2026")];
    assert_eq!(
        refused(&started, Kind::TrainingStarted, "2.9.2026"),
        Fault::WrongState
    );
    assert_eq!(
        refused(&gates(), Kind::ConfidentialitySigned, "2.10.2026"),
        Fault::AlreadyRecorded
    );
}

#[test]
fn the_training_may_start_on_the_day_of_the_first_weekend() {
    let weekend = [entry(Kind::TrainingWeekendAttended, "5.9.2026")];
    let started = record(OWN, &weekend, &entry(Kind::TrainingStarted, "5.9.2026"));
    assert_eq!(started.unwrap().status, Status::InTraining);
}

#[test]
fn an_active_person_whose_gate_is_cancelled_is_active_no_longer() {
    let mut entries = active();
    entries.push(entry(Kind::Paused, "5.10.2026"));
    for kind in [
        Kind::CriterionMet,
        Kind::TrainingWeekendAttended,
        Kind::ConfidentialitySigned,
    ] {
        let standing = cancel(OWN, &entries, id_of(&entries, kind)).unwrap();
        let without_weekend = kind == Kind::TrainingWeekendAttended;
        let then = if without_weekend {
            Status::InTraining
        } else {
            Status::Trained
        };
        assert_eq!(standing.status, then);
        assert_eq!(standing.without_effect.len(), 2);
    }
}

#[test]
fn a_gate_attested_for_the_same_day_again_restores_the_state() {
    let mut entries = active();
    let before = fold(OWN, &entries);
    let signed = entries.remove(3);
    assert_eq!(status(&entries), Status::Trained);
    entries.push(entry(Kind::ConfidentialitySigned, "21.9.2026"));
    assert_eq!(fold(OWN, &entries), before);
    // Attested for a later day, it does not reach back to the activation.
    let last = entries.len() - 1;
    entries[last] = entry(Kind::ConfidentialitySigned, "5.10.2026");
    assert_eq!(status(&entries), Status::Trained);
    let again = record(OWN, &entries, &entry(Kind::Activated, "5.10.2026"));
    assert_eq!(again.unwrap().status, Status::Active);
    assert_eq!(signed.on, day("21.9.2026"));
}

#[test]
fn what_later_acts_stand_on_cannot_be_cancelled_or_moved_behind_them() {
    let mut entries = active();
    entries.push(entry(Kind::Paused, "5.10.2026"));
    entries.push(entry(Kind::Resumed, "9.10.2026"));
    for kind in [Kind::Activated, Kind::Paused] {
        assert_eq!(
            cancel(OWN, &entries, id_of(&entries, kind)),
            Err(Fault::LaterEntriesStandOnIt)
        );
    }
    let moved = entry(Kind::Activated, "6.10.2026");
    assert_eq!(
        correct(OWN, &entries, id_of(&entries, Kind::Activated), &moved),
        Err(Fault::LaterEntriesStandOnIt)
    );
    assert_eq!(
        refused(&entries, Kind::Ended, "7.10.2026"),
        Fault::LaterEntriesStandOnIt
    );
    let fits = entry(Kind::Activated, "30.9.2026");
    assert!(correct(OWN, &entries, id_of(&entries, Kind::Activated), &fits).is_ok());
}

#[test]
fn the_state_after_a_cancelled_mistake_is_the_state_without_it() {
    let entries = active();
    let without = fold(OWN, &entries);
    for (kind, on) in [
        (Kind::Paused, "5.10.2026"),
        (Kind::Ended, "5.10.2026"),
        (Kind::TrainingWeekendAttended, "6.9.2026"),
        (Kind::EarlierTrainingAttested, "6.9.2026"),
    ] {
        let mistake = entry(kind, on);
        assert!(record(OWN, &entries, &mistake).is_ok());
        let with: Vec<Entry> = entries.iter().chain([&mistake]).copied().collect();
        assert_eq!(cancel(OWN, &with, mistake.id).unwrap(), without);
    }
}
