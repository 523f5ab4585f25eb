//! What stays hidden in tables that can be followed by hand.

use std::collections::BTreeSet;

use super::*;

fn counts(of: &[u64]) -> Vec<Count> {
    of.iter().copied().map(Count::each).collect()
}

fn hidden(of: &[u64]) -> OneWay {
    one_way(&counts(of), 5, false)
}

fn hiding(these: &[usize]) -> OneWay {
    OneWay::Hiding(these.iter().copied().collect())
}

#[test]
fn nothing_is_hidden_where_nothing_is_small() {
    assert_eq!(hidden(&[5, 12, 0, 30]), hiding(&[]));
}

#[test]
fn a_small_count_takes_the_next_smallest_with_it() {
    assert_eq!(hidden(&[3, 30, 12]), hiding(&[0, 2]));
    // Nought tells nothing and hides nothing.
    assert_eq!(hidden(&[3, 0, 30, 12]), hiding(&[0, 3]));
}

#[test]
fn two_small_counts_hide_each_other_only_if_either_could_be_large() {
    // Of 1 and 3 each is at most 3: two numbers under five are known to be under five.
    assert_eq!(hidden(&[1, 3, 9, 30]), hiding(&[0, 1, 2]));
    // Of 4 and 2 either could be five.
    assert_eq!(hidden(&[4, 2, 9, 30]), hiding(&[0, 1]));
}

#[test]
fn a_table_of_small_counts_alone_is_withheld() {
    assert_eq!(hidden(&[1, 1, 3]), OneWay::Withheld);
    assert_eq!(hidden(&[4]), OneWay::Withheld);
}

#[test]
fn reasons_are_withheld_as_a_whole() {
    assert_eq!(one_way(&counts(&[3, 30, 12]), 5, true), OneWay::Withheld);
    assert_eq!(one_way(&counts(&[8, 30, 12]), 5, true), hiding(&[]));
}

#[test]
fn many_meetings_of_few_people_are_small() {
    let few = Count { n: 80, behind: 2 };
    assert!(few.is_small(5));
    assert!(!Count { n: 80, behind: 5 }.is_small(5));
    assert!(!Count { n: 0, behind: 0 }.is_small(5));
}

fn table(of: &[&[u64]]) -> Vec<Vec<Count>> {
    of.iter().map(|row| counts(row)).collect()
}

fn rows_of(of: &[&[u64]]) -> Option<Vec<usize>> {
    rows(&table(of), 5).map(|hidden: BTreeSet<usize>| hidden.into_iter().collect())
}

#[test]
fn a_row_with_a_small_count_is_hidden_with_the_next_smallest() {
    assert_eq!(rows_of(&[&[3, 20], &[40, 50], &[10, 12]]), Some(vec![0, 2]));
    assert_eq!(rows_of(&[&[8, 20], &[40, 50], &[10, 0]]), Some(vec![]));
}

#[test]
fn rows_are_added_until_no_column_of_them_says_anything() {
    // Of the first two rows the first column would be 3: each is known to be under five.
    assert_eq!(
        rows_of(&[&[3, 20], &[0, 21], &[10, 12]]),
        Some(vec![0, 1, 2])
    );
    // Of the first two rows all but 4 would be in the first column.
    assert_eq!(
        rows_of(&[&[20, 4], &[25, 0], &[40, 9]]),
        Some(vec![0, 1, 2])
    );
}

fn of_year(quarters: [u64; 4]) -> Year<Count> {
    let [one, two, three, four] = quarters;
    Year {
        quarters: quarters.map(Count::each),
        halves: [Count::each(one + two), Count::each(three + four)],
        year: Count::each(one + two + three + four),
    }
}

#[test]
fn what_is_hidden_of_a_quarter_cannot_be_subtracted() {
    let shown = |quarters| year(&of_year(quarters), 5);
    let all = Year {
        quarters: [true; 4],
        halves: [true; 2],
        year: true,
    };
    assert_eq!(shown([9, 9, 9, 0]), all);
    // The next quarter hides the first, and the half-year tells of neither.
    assert_eq!(
        shown([3, 9, 9, 9]),
        Year {
            quarters: [false, false, true, true],
            halves: [true, true],
            year: true
        }
    );
    // The half-year would tell of the second; the third hides it from the year.
    assert_eq!(
        shown([9, 3, 9, 9]),
        Year {
            quarters: [true, false, false, true],
            halves: [false, false],
            year: true
        }
    );
    // Nothing comes after the fourth that could hide it.
    assert_eq!(
        shown([9, 9, 9, 3]),
        Year {
            quarters: [true, true, true, false],
            halves: [true, false],
            year: false
        }
    );
    assert_eq!(
        shown([3, 0, 0, 0]),
        Year {
            quarters: [false, true, true, true],
            halves: [false, true],
            year: false
        }
    );
}

#[test]
fn a_threshold_under_three_is_none() {
    assert!(
        !is_threshold(2) && is_threshold(3) && is_threshold(THRESHOLD_DEFAULT) && !is_threshold(51)
    );
}
