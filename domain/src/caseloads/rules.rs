//! What moving a leaver's cases comes to, and what undoing it does.

use rinnalla_entity::ids::{CaseProfessionalId, PersonId, SupportedCaseId};
use sea_orm::FromQueryResult;

/// A professional's part in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Part {
    /// Its id.
    pub id: CaseProfessionalId,
    /// The case.
    pub case_id: SupportedCaseId,
    /// The professional.
    pub person_id: PersonId,
    /// Whether the professional is the one responsible.
    pub is_responsible: bool,
}

/// A part to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begin {
    /// The case.
    pub case_id: SupportedCaseId,
    /// The professional.
    pub person_id: PersonId,
    /// Whether the professional is the one responsible.
    pub is_responsible: bool,
}

/// What is to be ended and begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Parts to end.
    pub end: Vec<CaseProfessionalId>,
    /// Parts to begin.
    pub begin: Vec<Begin>,
}

/// Every part of the leaver ends; `to` takes it over as it was. Where `to` is on the case already, `to` becomes
/// responsible if the leaver was.
pub fn hand_over(leaver: &[Part], of_to: &[Part], to: PersonId) -> Change {
    let mut change = Change::default();
    for part in leaver {
        change.end.push(part.id);
        let own = of_to.iter().find(|own| own.case_id == part.case_id);
        match own {
            Some(own) if own.is_responsible || !part.is_responsible => continue,
            Some(own) => change.end.push(own.id),
            None => {}
        }
        change.begin.push(Begin {
            case_id: part.case_id,
            person_id: to,
            is_responsible: part.is_responsible,
        });
    }
    change
}

/// What brings the cases back to where they were before a move: its beginnings end, and what it ended begins again.
/// A case whose professionals were changed since stays as it was left: the later choice stands.
pub fn undo(ended: &[Part], begun: &[Part], current: &[Part]) -> Change {
    let mut change = Change::default();
    let mut cases: Vec<SupportedCaseId> = ended.iter().map(|part| part.case_id).collect();
    cases.sort_unstable();
    cases.dedup();
    for case in cases {
        let of = |parts: &[Part]| -> Vec<Part> {
            let same = parts.iter().filter(|part| part.case_id == case);
            same.copied().collect()
        };
        let (ended, begun, mut now) = (of(ended), of(begun), of(current));
        if !begun.iter().all(|part| now.contains(part)) {
            continue;
        }
        now.retain(|part| !begun.contains(part));
        change.end.extend(begun.iter().map(|part| part.id));
        let mut has_responsible = now.iter().any(|part| part.is_responsible);
        for part in ended {
            if now.iter().any(|other| other.person_id == part.person_id) {
                continue;
            }
            let is_responsible = part.is_responsible && !has_responsible;
            has_responsible |= is_responsible;
            change.begin.push(Begin {
                case_id: case,
                person_id: part.person_id,
                is_responsible,
            });
        }
    }
    change
}

#[cfg(test)]
mod tests {
    use rinnalla_entity::ids::Id as _;

    use super::*;

    fn part(case_id: SupportedCaseId, person_id: PersonId, is_responsible: bool) -> Part {
        Part {
            id: CaseProfessionalId::random(),
            case_id,
            person_id,
            is_responsible,
        }
    }

    /// The parts as they are after a change, in no order.
    fn apply(parts: &[Part], change: &Change) -> Vec<Part> {
        let stay = parts.iter().filter(|part| !change.end.contains(&part.id));
        let begin = change.begin.iter();
        stay.copied()
            .chain(begin.map(|new| part(new.case_id, new.person_id, new.is_responsible)))
            .collect()
    }

    fn who(parts: &[Part]) -> Vec<(SupportedCaseId, PersonId, bool)> {
        let mut who: Vec<_> = parts
            .iter()
            .map(|part| (part.case_id, part.person_id, part.is_responsible))
            .collect();
        who.sort_unstable();
        who
    }

    struct Office {
        leaver: PersonId,
        to: PersonId,
        parts: Vec<Part>,
    }

    /// Five cases: the leaver alone; the leaver with `to`, in each way of being responsible; another's with the leaver.
    fn office() -> Office {
        let [leaver, to, other] = [(); 3].map(|()| PersonId::random());
        let cases = [(); 5].map(|()| SupportedCaseId::random());
        let parts = vec![
            part(cases[0], leaver, true),
            part(cases[1], leaver, true),
            part(cases[1], to, false),
            part(cases[2], leaver, false),
            part(cases[2], to, true),
            part(cases[3], leaver, false),
            part(cases[3], other, true),
            part(cases[4], leaver, false),
            part(cases[4], to, false),
            part(cases[4], other, true),
        ];
        Office { leaver, to, parts }
    }

    fn of(parts: &[Part], person: PersonId) -> Vec<Part> {
        let own = parts.iter().filter(|part| part.person_id == person);
        own.copied().collect()
    }

    #[test]
    fn a_leaver_keeps_no_case_and_each_case_keeps_one_responsible() {
        let Office { leaver, to, parts } = office();
        let after = apply(&parts, &hand_over(&of(&parts, leaver), &of(&parts, to), to));
        assert_eq!(of(&after, leaver), []);
        let mut of_to: Vec<_> = of(&after, to).iter().map(|part| part.case_id).collect();
        of_to.sort_unstable();
        of_to.dedup();
        assert_eq!(of_to.len(), 5, "each case once");
        assert_eq!(of(&after, to).len(), 5);
        assert_eq!(after.iter().filter(|part| part.is_responsible).count(), 5);
    }

    #[test]
    fn a_move_undone_leaves_the_cases_as_they_were() {
        let Office { leaver, to, parts } = office();
        let change = hand_over(&of(&parts, leaver), &of(&parts, to), to);
        let after = apply(&parts, &change);
        let by_id = |end: bool| -> Vec<Part> {
            let from = if end { &parts } else { &after };
            from.iter()
                .filter(|part| match end {
                    true => change.end.contains(&part.id),
                    false => !parts.contains(part),
                })
                .copied()
                .collect()
        };
        let (ended, begun) = (by_id(true), by_id(false));
        let undone = apply(&after, &undo(&ended, &begun, &after));
        assert_eq!(who(&undone), who(&parts));
    }

    #[test]
    fn what_was_chosen_after_a_move_stands_when_the_move_is_undone() {
        let [leaver, to, third] = [(); 3].map(|()| PersonId::random());
        let case = SupportedCaseId::random();
        let ended = [part(case, leaver, true)];
        let begun = [part(case, to, true)];
        let since = [part(case, third, true)];
        assert_eq!(undo(&ended, &begun, &since), Change::default());
    }
}
