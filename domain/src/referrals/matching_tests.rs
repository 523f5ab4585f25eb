use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::*;

fn codes(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|&code| code.to_owned()).collect()
}

fn sought() -> Sought {
    Sought {
        role: CaseRole::DependentOrRecovering,
        birth_decade: Some(1980),
        county: "20".to_owned(),
        municipality: Some("205".to_owned()),
        interests: codes(&["FISHING", "COFFEE", "NATURE_WALK", "MUSIC"]),
        languages: codes(&["fi", "en", "sv", "se"]),
        weekdays: Some(Weekdays(0b000_0011)),
    }
}

/// Shares the language and nothing else.
fn candidate(id: u128) -> Candidate {
    Candidate {
        id: Uuid::from_u128(id),
        background: Background::NextOfKin,
        birth_decade: Some(1950),
        county: "09".to_owned(),
        municipalities: codes(&["398"]),
        interests: codes(&[]),
        languages: codes(&["fi"]),
        weekdays: Some(Weekdays(0b110_0000)),
        occupied: 1,
        max: 2,
        is_expert: false,
    }
}

fn score(change: impl FnOnce(&mut Candidate)) -> u32 {
    let mut candidate = candidate(1);
    change(&mut candidate);
    rank(&sought(), &[candidate])[0].score
}

fn order(sought: &Sought, candidates: &[Candidate]) -> Vec<u128> {
    rank(sought, candidates)
        .iter()
        .map(|one| one.id.as_u128())
        .collect()
}

#[test]
fn whoever_fits_in_everything_is_shown_with_every_reason() {
    let best = Candidate {
        background: Background::OwnRecovery,
        birth_decade: Some(1980),
        county: "20".to_owned(),
        municipalities: codes(&["205", "290"]),
        interests: codes(&["COFFEE", "FISHING"]),
        languages: codes(&["fi", "sv"]),
        weekdays: Some(Weekdays(0b111_1111)),
        ..candidate(1)
    };
    let ranked = rank(&sought(), &[best]);
    assert_eq!(
        ranked[0].reasons,
        [
            MatchReason::Background,
            MatchReason::SameAgeBand,
            MatchReason::ServesMunicipality,
            MatchReason::SharedInterest("COFFEE".to_owned()),
            MatchReason::SharedInterest("FISHING".to_owned()),
            MatchReason::SharedLanguage("fi".to_owned()),
            MatchReason::SharedLanguage("sv".to_owned()),
            MatchReason::SharedWeekday,
            MatchReason::FreeCapacity(1),
        ]
    );
    assert_eq!(ranked[0].score, 100 + 15 + 20 + 10 + 2 + 5);
}

#[test]
fn a_recovering_person_needs_one_who_recovered_and_a_next_of_kin_a_next_of_kin() {
    let kin = candidate(1);
    let recovered = Candidate {
        background: Background::OwnRecovery,
        ..candidate(2)
    };
    let both = [kin, recovered];
    assert_eq!(order(&sought(), &both), [2, 1]);
    let for_kin = Sought {
        role: CaseRole::NextOfKin,
        ..sought()
    };
    assert_eq!(order(&for_kin, &both), [1, 2]);
}

#[test]
fn the_background_outweighs_everything_else_together() {
    let all_else = SERVES_MUNICIPALITY.max(SAME_COUNTY)
        + SAME_AGE_BAND.max(NEAR_AGE_BAND)
        + SHARED_INTEREST * INTERESTS_COUNTED
        + FURTHER_LANGUAGE * FURTHER_LANGUAGES_COUNTED
        + SHARED_WEEKDAY;
    let fits_in_all_else = score(|c| {
        c.birth_decade = Some(1980);
        c.municipalities = codes(&["205"]);
        c.interests = sought().interests;
        c.languages = sought().languages;
        c.weekdays = Some(Weekdays(1));
    });
    assert_eq!(fits_in_all_else, all_else);
    assert!(BACKGROUND > all_else);
}

#[test]
fn one_without_free_capacity_is_not_proposed() {
    let full = Candidate {
        occupied: 2,
        ..candidate(1)
    };
    let overfull = Candidate {
        occupied: 3,
        ..candidate(2)
    };
    assert_eq!(order(&sought(), &[full, overfull, candidate(3)]), [3]);
}

#[test]
fn one_without_a_shared_language_is_not_proposed() {
    let other = Candidate {
        languages: codes(&["smn"]),
        ..candidate(1)
    };
    let unknown = Candidate {
        languages: codes(&[]),
        ..candidate(2)
    };
    let all = [other, unknown, candidate(3)];
    assert_eq!(order(&sought(), &all), [3]);
    let any_language = Sought {
        languages: codes(&[]),
        ..sought()
    };
    assert_eq!(order(&any_language, &all), [1, 2, 3]);
}

#[test]
fn one_who_fits_in_nothing_else_is_still_in_the_list() {
    let ranked = rank(&sought(), &[candidate(1)]);
    assert_eq!(ranked[0].score, 0);
    let reasons = [
        MatchReason::SharedLanguage("fi".to_owned()),
        MatchReason::FreeCapacity(1),
    ];
    assert_eq!(ranked[0].reasons, reasons);
}

#[test]
fn the_same_decade_counts_most_the_next_one_half_and_others_nothing() {
    let age = |decade| score(|c| c.birth_decade = decade);
    assert_eq!(age(Some(1980)), SAME_AGE_BAND);
    assert_eq!([age(Some(1970)), age(Some(1990))], [NEAR_AGE_BAND; 2]);
    assert_eq!(
        [
            age(Some(1960)),
            age(Some(2000)),
            age(Some(i16::MIN)),
            age(None)
        ],
        [0; 4]
    );
}

#[test]
fn the_municipality_counts_before_the_county_and_never_on_top_of_it() {
    let both = score(|c| {
        c.county = "20".to_owned();
        c.municipalities = codes(&["205"]);
    });
    assert_eq!(both, SERVES_MUNICIPALITY);
    assert_eq!(score(|c| c.county = "20".to_owned()), SAME_COUNTY);
    let unknown = Sought {
        municipality: None,
        county: "09".to_owned(),
        ..sought()
    };
    assert_eq!(rank(&unknown, &[candidate(1)])[0].score, SAME_COUNTY);
}

#[test]
fn a_long_list_of_interests_does_not_win_by_its_length() {
    let mut many = candidate(1);
    many.interests = sought().interests;
    let ranked = rank(&sought(), &[many]);
    assert_eq!(ranked[0].score, 3 * SHARED_INTEREST);
    let shown = ranked[0].reasons.iter();
    assert_eq!(
        shown
            .filter(|r| matches!(r, MatchReason::SharedInterest(_)))
            .count(),
        4
    );
}

#[test]
fn a_wished_weekday_counts_once_and_an_unknown_one_not_at_all() {
    assert_eq!(
        score(|c| c.weekdays = Some(Weekdays(0b000_0011))),
        SHARED_WEEKDAY
    );
    assert_eq!(score(|c| c.weekdays = None), 0);
    let no_day = Weekdays(0b1000_0000);
    assert!(!no_day.shares_a_day_with(no_day));
}

#[test]
fn between_equals_the_one_with_most_free_capacity_comes_first_then_the_lower_id() {
    let free = Candidate {
        max: 5,
        ..candidate(9)
    };
    let all = [candidate(3), candidate(2), free];
    assert_eq!(order(&sought(), &all), [9, 2, 3]);
}

#[test]
fn the_order_is_the_same_whatever_order_the_candidates_come_in() {
    let mut rng = StdRng::seed_from_u64(1);
    for _ in 0..200 {
        let mut people: Vec<Candidate> = (0..rng.random_range(0..12))
            .map(|id| Candidate {
                background: if rng.random() {
                    Background::OwnRecovery
                } else {
                    Background::NextOfKin
                },
                birth_decade: Some(1960 + 10 * rng.random_range(0..4)),
                county: ["20", "09"][rng.random_range(0..2)].to_owned(),
                interests: codes(&["FISHING", "COFFEE"][rng.random_range(0..2)..]),
                occupied: rng.random_range(0..3),
                max: rng.random_range(1..4),
                ..candidate(id)
            })
            .collect();
        let first = rank(&sought(), &people);
        assert!(first.is_sorted_by_key(|one| Reverse(one.score)));
        assert_eq!(
            first.len(),
            people.iter().filter(|c| c.free_capacity() > 0).count()
        );
        for _ in 0..10 {
            people.shuffle(&mut rng);
            assert_eq!(rank(&sought(), &people), first);
        }
    }
}

#[test]
fn that_somebody_is_an_expert_is_told_and_adds_nothing() {
    let expert = Candidate {
        is_expert: true,
        ..candidate(1)
    };
    let [told] = &rank(&sought(), std::slice::from_ref(&expert))[..] else {
        panic!("one candidate");
    };
    assert!(told.reasons.contains(&MatchReason::Expert));
    assert_eq!(told.score, score(|_| {}));
}
