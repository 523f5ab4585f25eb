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
        gate: None,
        programme: None,
        expert: None,
    }
}

fn of(background: SupportBackground) -> Ground {
    Ground {
        background,
        first_programme: None,
        asked: AskedBy::default(),
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
    fold(&of(OWN), entries).status
}

fn refused(entries: &[Entry], kind: Kind, on: &str) -> Fault {
    record(&of(OWN), entries, &entry(kind, on)).unwrap_err()
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
        fold(&of(OWN), &entries).gates.training_complete_on,
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
    let activated = record(&of(OWN), &gates(), &entry(Kind::Activated, "21.9.2026"));
    assert_eq!(activated.unwrap().status, Status::Active);
}

#[test]
fn the_criterion_may_be_attested_as_not_applicable_for_next_of_kin_alone() {
    let mut entries = gates();
    entries[0] = entry(Kind::CriterionNotApplicable, "1.9.2026");
    entries.push(entry(Kind::Activated, "1.10.2026"));
    assert_eq!(fold(&of(KIN), &entries).status, Status::Active);
    assert_eq!(fold(&of(OWN), &entries).status, Status::Trained);
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
        let standing = record(&of(OWN), &entries, &new).unwrap();
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
    let started = record(
        &of(OWN),
        &weekend,
        &entry(Kind::TrainingStarted, "5.9.2026"),
    );
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
        let standing = cancel(&of(OWN), &entries, id_of(&entries, kind)).unwrap();
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
    let before = fold(&of(OWN), &entries);
    let signed = entries.remove(3);
    assert_eq!(status(&entries), Status::Trained);
    entries.push(entry(Kind::ConfidentialitySigned, "21.9.2026"));
    assert_eq!(fold(&of(OWN), &entries), before);
    // Attested for a later day, it does not reach back to the activation.
    let last = entries.len() - 1;
    entries[last] = entry(Kind::ConfidentialitySigned, "5.10.2026");
    assert_eq!(status(&entries), Status::Trained);
    let again = record(&of(OWN), &entries, &entry(Kind::Activated, "5.10.2026"));
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
            cancel(&of(OWN), &entries, id_of(&entries, kind)),
            Err(Fault::LaterEntriesStandOnIt)
        );
    }
    let moved = entry(Kind::Activated, "6.10.2026");
    assert_eq!(
        correct(&of(OWN), &entries, id_of(&entries, Kind::Activated), &moved),
        Err(Fault::LaterEntriesStandOnIt)
    );
    assert_eq!(
        refused(&entries, Kind::Ended, "7.10.2026"),
        Fault::LaterEntriesStandOnIt
    );
    let fits = entry(Kind::Activated, "30.9.2026");
    assert!(correct(&of(OWN), &entries, id_of(&entries, Kind::Activated), &fits).is_ok());
}

#[test]
fn the_state_after_a_cancelled_mistake_is_the_state_without_it() {
    let entries = active();
    let without = fold(&of(OWN), &entries);
    for (kind, on) in [
        (Kind::Paused, "5.10.2026"),
        (Kind::Ended, "5.10.2026"),
        (Kind::TrainingWeekendAttended, "6.9.2026"),
        (Kind::EarlierTrainingAttested, "6.9.2026"),
    ] {
        let mistake = entry(kind, on);
        assert!(record(&of(OWN), &entries, &mistake).is_ok());
        let with: Vec<Entry> = entries.iter().chain([&mistake]).copied().collect();
        assert_eq!(cancel(&of(OWN), &with, mistake.id).unwrap(), without);
    }
}

/// An association's own programme: no criterion, one weekend, and a further gate.
fn own_programme(gate: GateId, from: &str) -> (ProgrammeId, AskedBy) {
    let programme = ProgrammeId::random();
    let mut asked = AskedBy::default();
    let light = Requirements {
        asks_criterion: false,
        training_weekends: 1,
        accepts_earlier_training: false,
        further: BTreeSet::from([gate]),
        ..Requirements::three_gates()
    };
    asked.note(programme, day(from), light);
    (programme, asked)
}

fn within(programme: ProgrammeId, asked: AskedBy) -> Ground {
    Ground {
        first_programme: Some(programme),
        asked,
        ..of(OWN)
    }
}

fn attested(gate: GateId, on: &str) -> Entry {
    Entry {
        gate: Some(gate),
        ..entry(Kind::GateAttested, on)
    }
}

fn moved_to(programme: ProgrammeId, on: &str) -> Entry {
    Entry {
        programme: Some(programme),
        ..entry(Kind::ProgrammeChanged, on)
    }
}

#[test]
fn a_programme_asks_for_its_own_gates_and_for_no_others() {
    let gate = GateId::random();
    let (programme, asked) = own_programme(gate, "1.1.2026");
    let ground = within(programme, asked);
    let mut entries = vec![
        entry(Kind::TrainingWeekendAttended, "5.9.2026"),
        entry(Kind::ConfidentialitySigned, "21.9.2026"),
    ];
    let activated = entry(Kind::Activated, "1.10.2026");
    assert_eq!(fold(&ground, &entries).status, Status::Trained);
    assert_eq!(record(&ground, &entries, &activated), Err(Fault::GatesOpen));
    entries.push(attested(GateId::random(), "22.9.2026"));
    assert_eq!(
        record(&ground, &entries, &activated),
        Err(Fault::GatesOpen),
        "another gate"
    );
    entries.push(attested(gate, "22.9.2026"));
    let again = record(&ground, &entries, &attested(gate, "23.9.2026"));
    assert_eq!(again, Err(Fault::AlreadyRecorded));
    let standing = record(&ground, &entries, &activated).unwrap();
    assert_eq!(standing.status, Status::Active);
    assert_eq!(standing.programme, Some(programme));
}

#[test]
fn an_earlier_training_counts_where_the_programme_accepts_it() {
    let gate = GateId::random();
    let (programme, asked) = own_programme(gate, "1.1.2026");
    let earlier = [entry(Kind::EarlierTrainingAttested, "5.9.2026")];
    let status = |ground: &Ground| fold(ground, &earlier).status;
    assert_eq!(status(&of(OWN)), Status::Trained);
    assert_eq!(status(&within(programme, asked)), Status::Applicant);
}

#[test]
fn whoever_moves_to_a_programme_that_asks_for_more_is_active_no_longer_from_that_day() {
    let gate = GateId::random();
    let (programme, asked) = own_programme(gate, "1.1.2026");
    let ground = Ground { asked, ..of(OWN) };
    let mut entries = active();
    let moved = moved_to(programme, "1.11.2026");
    let standing = record(&ground, &entries, &moved).unwrap();
    assert_eq!(standing.status, Status::Trained);
    assert_eq!(standing.programme, Some(programme));
    entries.push(moved);
    assert_eq!(
        record(&ground, &entries, &moved_to(programme, "2.11.2026")),
        Err(Fault::AlreadyRecorded),
        "in it already"
    );
    entries.push(attested(gate, "3.11.2026"));
    assert_eq!(
        fold(&ground, &entries).status,
        Status::Trained,
        "a gate that is met later does not bring the activation back"
    );
    entries.push(entry(Kind::Activated, "4.11.2026"));
    assert_eq!(fold(&ground, &entries).status, Status::Active);
    // The move was a mistake: then nothing was ever in the way.
    let without = cancel(&ground, &entries, moved.id).unwrap();
    assert_eq!((without.status, without.programme), (Status::Active, None));
}

#[test]
fn whoever_has_the_gates_of_the_other_programme_stays_active_when_moving() {
    let gate = GateId::random();
    let (programme, asked) = own_programme(gate, "1.1.2026");
    let ground = Ground { asked, ..of(OWN) };
    let mut entries = active();
    entries.push(attested(gate, "15.10.2026"));
    let standing = record(&ground, &entries, &moved_to(programme, "1.11.2026")).unwrap();
    assert_eq!(standing.status, Status::Active);
}

#[test]
fn a_programme_that_asks_for_more_from_a_day_on_does_so_from_that_day() {
    let gate = GateId::random();
    let (programme, mut asked) = own_programme(gate, "1.1.2026");
    let more = Requirements {
        training_weekends: 3,
        ..Requirements::three_gates()
    };
    asked.note(programme, day("15.10.2026"), more);
    let ground = within(programme, asked);
    let mut entries = active();
    entries.push(attested(gate, "30.9.2026"));
    assert_eq!(
        gates_on(&ground, &entries, day("14.10.2026"))
            .asked
            .training_weekends,
        1
    );
    assert_eq!(fold(&ground, &entries).status, Status::InTraining);
    entries.push(entry(Kind::TrainingWeekendAttended, "15.10.2026"));
    assert_eq!(
        fold(&ground, &entries).status,
        Status::Active,
        "met on the day itself"
    );
    // A pause goes on, and ends only with the gates.
    let mut paused = active();
    paused.push(attested(gate, "30.9.2026"));
    paused.push(entry(Kind::Paused, "10.10.2026"));
    assert_eq!(fold(&ground, &paused).status, Status::Paused);
    let resumed = entry(Kind::Resumed, "20.10.2026");
    assert_eq!(record(&ground, &paused, &resumed), Err(Fault::WrongState));
}

#[test]
fn an_experts_training_stands_for_the_weekends_where_the_programme_takes_experts() {
    let programme = ProgrammeId::random();
    let expert = Entry {
        expert: Some(ExpertProfileId::random()),
        ..entry(Kind::EarlierTrainingAttested, "1.6.2026")
    };
    let trained = |takes_experts: bool, accepts_earlier_training: bool| {
        let mut asked = AskedBy::default();
        let light = Requirements {
            takes_experts,
            accepts_earlier_training,
            ..Requirements::three_gates()
        };
        asked.note(programme, day("1.1.2026"), light);
        let gates = gates_on(&within(programme, asked), &[expert], day("1.6.2026"));
        gates.has_training()
    };
    assert!(trained(true, false));
    assert!(
        !trained(false, true),
        "it is no training of support persons"
    );
    let asked = AskedBy::default();
    let gates = gates_on(&within(programme, asked), &[expert], day("1.6.2026"));
    assert!(
        !gates.has_training(),
        "the default programme takes no experts"
    );
}
