use super::*;
use crate::error::Error;
use crate::texts::Language;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn held(role: Role, from: &str, to: Option<&str>) -> Held {
    Held {
        role,
        from: day(from),
        to: to.map(day),
    }
}

#[test]
fn a_substitute_holds_the_same_role_over_all_the_days() {
    let (from, to) = (day("2026-07-01"), day("2026-07-31"));
    let absent = [held(Role::Professional, "2020-01-01", None)];
    let fits = |substitute: &[Held]| may_stand_in(&absent, substitute, from, to);

    assert_eq!(fits(&absent), StandIn::Fits);
    let until_midsummer = held(Role::Professional, "2020-01-01", Some("2026-07-15"));
    assert_eq!(fits(&[until_midsummer]), StandIn::LacksRole);
    let afterwards = held(Role::Professional, "2026-07-16", None);
    assert_eq!(fits(&[until_midsummer, afterwards]), StandIn::Fits);
    let a_day_later = held(Role::Professional, "2026-07-17", None);
    assert_eq!(fits(&[until_midsummer, a_day_later]), StandIn::LacksRole);
    let coordinator = held(Role::Coordinator, "2020-01-01", None);
    assert_eq!(fits(&[coordinator]), StandIn::LacksRole);
}

#[test]
fn no_absence_lends_a_role_that_the_substitute_lacks() {
    let (from, to) = (day("2026-07-01"), day("2026-07-31"));
    let professional = held(Role::Professional, "2020-01-01", None);
    let coordinator = held(Role::Coordinator, "2026-07-20", None);
    let absent = [professional, coordinator];
    assert_eq!(
        may_stand_in(&absent, &[professional], from, to),
        StandIn::LacksRole
    );
    // The second role begins after the absence ends.
    assert_eq!(
        may_stand_in(&absent, &[professional], from, day("2026-07-19")),
        StandIn::Fits
    );
}

#[test]
fn oversight_is_not_lent_and_asks_for_no_substitute() {
    let (from, to) = (day("2026-07-01"), day("2026-07-31"));
    let admin = held(Role::Admin, "2020-01-01", None);
    assert_eq!(
        may_stand_in(&[admin], &[admin], from, to),
        StandIn::NothingToDo
    );
    let ended = held(Role::Professional, "2020-01-01", Some("2026-06-30"));
    assert_eq!(
        may_stand_in(&[ended], &[ended], from, to),
        StandIn::NothingToDo
    );
}

#[test]
fn periods_that_share_a_day_overlap() {
    let open = |from: &str| (day(from), None);
    let closed = |from: &str, to: &str| (day(from), Some(day(to)));
    let cases = [
        (closed("2026-01-01", "2026-01-31"), open("2026-01-31"), true),
        (
            closed("2026-01-01", "2026-01-31"),
            open("2026-02-01"),
            false,
        ),
        (open("2026-01-01"), open("2030-01-01"), true),
        (
            open("2026-02-01"),
            closed("2026-01-01", "2026-01-31"),
            false,
        ),
    ];
    for ((from, to), (other_from, other_to), shared) in cases {
        assert_eq!(
            overlap(from, to, other_from, other_to),
            shared,
            "{from} {other_from}"
        );
        assert_eq!(
            overlap(other_from, other_to, from, to),
            shared,
            "{other_from} {from}"
        );
    }
}

#[test]
fn details_are_kept_in_one_form_and_all_faults_told_at_once() {
    let told = |name: &str, email: &str, phone: &str| Details {
        name: name.into(),
        email: Some(email.into()),
        phone: Some(phone.into()),
        language: Language::Fi,
    };
    let mut faults = Violations::default();
    let good = check(
        &told(" Aino   Esimerkki ", "Aino@example.org", "040 123 4567"),
        &mut faults,
    )
    .unwrap();
    faults.done().unwrap();
    assert_eq!(good.name.reveal(), "Aino Esimerkki");
    assert_eq!(good.phone.unwrap().reveal(), "+358401234567");

    assert!(check(&told("", "aino@", "12"), &mut faults).is_none());
    let Err(Error::Invalid(violations)) = faults.done() else {
        panic!("accepted");
    };
    let said: Vec<_> = violations.iter().map(|v| (v.field, v.code)).collect();
    assert_eq!(
        said,
        [
            ("name", "EMPTY"),
            ("email", "MALFORMED"),
            ("phone", "MALFORMED")
        ]
    );
}
