use rinnalla_entity::ids::Id as _;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn told(people: &[(&str, Option<&str>, Option<&str>)]) -> Vec<(usize, usize, Vec<Reason>)> {
    let compared: Vec<Compared> = people
        .iter()
        .map(|(name, email, phone)| Compared::new(name, *email, *phone))
        .collect();
    pairs(&compared)
}

#[test]
fn one_person_written_down_twice_is_found() {
    let name = |other: &str| told(&[("Aino Esimerkki", None, None), (other, None, None)]);
    for same in ["aino esimerkki", "Esimerkki Aino", "Áino  Esimerkki"] {
        assert_eq!(name(same), [(0, 1, vec![Reason::SameName])], "{same}");
    }
    for near in [
        "Aino Esimerki",
        "Aino Esimmerkki",
        "Aino Esimerkku",
        "Anio Esimerkki",
    ] {
        assert_eq!(name(near), [(0, 1, vec![Reason::NearName])], "{near}");
    }
    for other in ["Aila Esimerkki", "Aino Esimerkinen", "Aino Toinen"] {
        assert_eq!(name(other), [], "{other}");
    }
    assert_eq!(
        told(&[("Aino Oja", None, None), ("Aino Aja", None, None)]).len(),
        1
    );
    assert_eq!(
        told(&[("Ai Oja", None, None), ("Ai Aja", None, None)]),
        [],
        "too short to tell"
    );
}

#[test]
fn a_mail_address_or_phone_number_tells_whatever_the_name() {
    let found = told(&[
        (
            "Aino Esimerkki",
            Some("aino@example.org"),
            Some("040 123 4567"),
        ),
        ("Aila Toinen", None, Some("+358401234567")),
        ("Arvo Kolmas", Some(" Aino@Example.org"), None),
        ("Aino Esimerkki", None, Some("00358 40 1234567")),
    ]);
    assert_eq!(
        found,
        [
            (0, 1, vec![Reason::SamePhone]),
            (0, 2, vec![Reason::SameEmail]),
            (0, 3, vec![Reason::SamePhone, Reason::SameName]),
            (1, 3, vec![Reason::SamePhone]),
        ]
    );
}

#[test]
fn a_thousand_people_are_compared_at_once() {
    let names: Vec<String> = (0..3000)
        .map(|n| {
            let letters = ["a", "e", "i", "o", "u", "y", "k", "l", "m", "n"];
            let word: String = format!("{n:04}")
                .bytes()
                .map(|b| letters[usize::from(b - b'0')])
                .collect();
            format!("{}ri{}nen Ka{}ja", word.repeat(2), word, word)
        })
        .collect();
    let compared: Vec<Compared> = names
        .iter()
        .map(|name| Compared::new(name, None, None))
        .collect();
    let began = std::time::Instant::now();
    let found = pairs(&compared);
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    assert_eq!(found, [], "each differs by several letters");
}

fn grant(organisation_id: OrganisationId, role: Role, from: &str, to: Option<&str>) -> Grant {
    Grant {
        id: RoleGrantId::random(),
        organisation_id,
        role,
        valid_from: day(from),
        valid_to: to.map(day),
    }
}

#[test]
fn roles_end_on_the_merged_record_and_begin_on_the_kept_one_unless_it_holds_them() {
    let (here, there) = (OrganisationId::random(), OrganisationId::random());
    let today = day("2026-11-23");
    let merged = [
        grant(here, Role::SupportPerson, "2020-01-01", None),
        grant(here, Role::Expert, "2020-01-01", Some("2026-12-31")),
        grant(there, Role::Professional, "2026-12-01", None),
    ];
    let kept = [
        grant(here, Role::SupportPerson, "2024-01-01", None),
        grant(there, Role::Professional, "2020-01-01", Some("2026-12-24")),
    ];
    let change = roles(&merged, &kept, today);
    assert_eq!(
        change.end,
        [
            (merged[0].id, None),
            (merged[1].id, Some(day("2026-12-31")))
        ]
    );
    assert_eq!(change.cancel, [merged[2].id]);
    let given: Vec<_> = change
        .give
        .iter()
        .map(|give| (give.role, give.from, give.to))
        .collect();
    assert_eq!(
        given,
        [
            (Role::Expert, today, Some(day("2026-12-31"))),
            (Role::Professional, day("2026-12-01"), None),
        ]
    );
}

#[test]
fn nobody_stands_in_for_themselves_or_is_away_twice() {
    let (kept, merged, third) = (PersonId::random(), PersonId::random(), PersonId::random());
    let here = OrganisationId::random();
    let away = |person_id, substitute_id, from: &str, to: &str| Away {
        id: AbsenceId::random(),
        person_id,
        substitute_id,
        organisation_id: here,
        from_on: day(from),
        to_on: day(to),
    };
    let all = [
        away(kept, third, "2026-12-01", "2026-12-10"),
        away(merged, third, "2026-12-10", "2026-12-20"),
        away(merged, third, "2027-01-01", "2027-01-10"),
        away(merged, kept, "2027-02-01", "2027-02-10"),
        away(third, merged, "2027-03-01", "2027-03-10"),
        away(kept, merged, "2027-04-01", "2027-04-10"),
        away(third, merged, "2026-12-05", "2026-12-06"),
    ];
    let fates: Vec<AbsenceFate> = absences(&all, merged, kept).iter().map(|it| it.1).collect();
    use AbsenceFate::{Cancelled, Moved, StandsIn};
    assert_eq!(
        fates,
        [Cancelled, Moved, Cancelled, StandsIn, Cancelled, Cancelled]
    );
}
