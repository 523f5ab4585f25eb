//! The words that a cell may hold in place of a code, in three languages.

use std::collections::BTreeMap;

use super::template::{List, of_three, plain};
use super::word_lists::LISTS;
use crate::texts::Language;

/// A code with its words.
#[derive(Clone, Debug)]
struct Word {
    code: String,
    /// In Finnish, Swedish and English: those that an export writes.
    names: [String; 3],
    /// Other words that people use for it.
    also: &'static [&'static str],
}

/// Every list, those of the register's own code tables included.
#[derive(Clone, Debug)]
pub struct Words(BTreeMap<List, Vec<Word>>);

impl Words {
    /// The program's own lists, and those of the register's code tables: list, code, and the three names.
    pub(super) fn new(stored: impl IntoIterator<Item = (List, String, [String; 3])>) -> Self {
        let mut lists: BTreeMap<List, Vec<Word>> = BTreeMap::new();
        for (list, words) in LISTS {
            let words = words.iter().map(|(code, names, also)| Word {
                code: (*code).to_owned(),
                names: names.map(str::to_owned),
                also,
            });
            lists.insert(*list, words.collect());
        }
        for (list, code, names) in stored {
            let also = &[][..];
            lists
                .entry(list)
                .or_default()
                .push(Word { code, names, also });
        }
        Self(lists)
    }

    fn of(&self, list: List) -> &[Word] {
        self.0.get(&list).map_or(&[], Vec::as_slice)
    }

    /// The code that a word of any of the languages stands for; the code itself does, too.
    pub fn code(&self, list: List, written: &str) -> Option<&str> {
        let written = plain(written);
        let means = |word: &&Word| {
            plain(&word.code) == written
                || word.names.iter().any(|name| plain(name) == written)
                || word.also.iter().any(|name| plain(name) == written)
        };
        self.of(list)
            .iter()
            .find(means)
            .map(|word| word.code.as_str())
    }

    /// The word for a code; the code itself where there is none.
    pub fn say<'a>(&'a self, list: List, code: &'a str, language: Language) -> &'a str {
        let word = self.of(list).iter().find(|word| word.code == code);
        word.map_or(code, |word| &word.names[of_three(language)])
    }

    /// All words of a list.
    pub fn all(&self, list: List, language: Language) -> impl Iterator<Item = &str> {
        let words = self.of(list).iter();
        words.map(move |word| word.names[of_three(language)].as_str())
    }

    /// The word of a list that was probably meant.
    pub fn nearest(&self, list: List, written: &str, language: Language) -> Option<&str> {
        let written = plain(written);
        let distance = |word: &Word| {
            let names = word
                .names
                .iter()
                .map(String::as_str)
                .chain(word.also.iter().copied());
            names
                .map(|name| strokes(&plain(name), &written))
                .min()
                .unwrap_or(usize::MAX)
        };
        let nearest = self.of(list).iter().min_by_key(|word| distance(word))?;
        let few = written.chars().count() / 2;
        (distance(nearest) <= few.clamp(1, 3)).then(|| nearest.names[of_three(language)].as_str())
    }
}

/// By how many strokes of a key two words differ.
fn strokes(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rinnalla_entity::states::{
        AttendanceStatus, CaseBackground, Compensation, CourseCostKind, Employment, EndReason,
        EnrolmentStatus, ExpenseKind, FundingStatus, HandoverException, MeetingChannel,
        MeetingRhythm, NotHeldReason, RehabilitationPhase, ReviewChannel, ReviewOutcome,
        ReviewProgress, Role, SupportBackground, SupportForm, SupportPersonStatus,
        SupportRelationshipStatus,
    };
    use std::collections::BTreeSet;

    type Listed = (List, fn() -> Vec<String>);

    /// The states of a list, and the stored forms of their words.
    const STATES: &[Listed] = &[
        (List::Role, || codes(Role::ALL, |it| it.code())),
        (List::Background, || {
            codes(SupportBackground::ALL, |it| it.code())
        }),
        (List::SupportPersonStatus, || {
            codes(SupportPersonStatus::ALL, |it| it.code())
        }),
        (List::CaseBackground, || {
            codes(CaseBackground::ALL, |it| it.code())
        }),
        (List::Form, || codes(SupportForm::ALL, |it| it.code())),
        (List::Phase, || {
            codes(RehabilitationPhase::ALL, |it| it.code())
        }),
        (List::Exception, || {
            codes(HandoverException::ALL, |it| it.code())
        }),
        (List::Rhythm, || codes(MeetingRhythm::ALL, |it| it.code())),
        (List::ReviewChannel, || {
            codes(ReviewChannel::ALL, |it| it.code())
        }),
        (List::Progress, || {
            codes(ReviewProgress::ALL, |it| it.code())
        }),
        (List::Outcome, || codes(ReviewOutcome::ALL, |it| it.code())),
        (List::NotHeldReason, || {
            codes(NotHeldReason::ALL, |it| it.code())
        }),
        (List::EndReason, || codes(EndReason::ALL, |it| it.code())),
        (List::MeetingChannel, || {
            codes(MeetingChannel::ALL, |it| it.code())
        }),
        (List::Attendance, || {
            codes(AttendanceStatus::ALL, |it| it.code())
        }),
        (List::EnrolmentStatus, || {
            let stands = EnrolmentStatus::ALL.iter().copied();
            let stands: Vec<_> = stands
                .filter(|it| *it != EnrolmentStatus::Cancelled)
                .collect();
            codes(&stands, |it| it.code())
        }),
        (List::CourseCostKind, || {
            codes(CourseCostKind::ALL, |it| it.code())
        }),
        (List::Compensation, || {
            codes(Compensation::ALL, |it| it.code())
        }),
        (List::Employment, || codes(Employment::ALL, |it| it.code())),
        (List::Funding, || codes(FundingStatus::ALL, |it| it.code())),
        (List::ExpenseKind, || {
            codes(ExpenseKind::ALL, |it| it.code())
        }),
        (List::RelationshipStatus, || {
            let told = SupportRelationshipStatus::ALL.iter().copied();
            let told: Vec<_> = told
                .filter(|it| *it != SupportRelationshipStatus::Cancelled)
                .collect();
            codes(&told, |it| it.code())
        }),
    ];

    fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> String) -> Vec<String> {
        all.iter().map(|it| code(*it)).collect()
    }

    #[test]
    fn every_state_has_its_words() {
        let words = Words::new([]);
        for (list, codes) in STATES {
            let said: Vec<&str> = words
                .of(*list)
                .iter()
                .map(|word| word.code.as_str())
                .collect();
            assert_eq!(codes(), said, "{list:?}");
        }
    }

    #[test]
    fn no_word_of_a_list_stands_for_two_codes() {
        let words = Words::new([]);
        for (list, all) in &words.0 {
            let mut taken = BTreeSet::new();
            for word in all {
                let names = word
                    .names
                    .iter()
                    .map(String::as_str)
                    .chain(word.also.iter().copied());
                let own: BTreeSet<String> = names.chain([word.code.as_str()]).map(plain).collect();
                for name in own {
                    // Numbers of weekdays are codes and no words.
                    assert!(taken.insert(name.clone()), "{list:?}: {name}");
                }
            }
        }
    }

    #[test]
    fn a_word_is_read_in_any_language_and_a_near_one_is_suggested() {
        let words = Words::new([]);
        assert_eq!(
            words.code(List::Background, "Oma  toipuminen "),
            Some("OWN_RECOVERY")
        );
        assert_eq!(
            words.code(List::Background, "egen återhämtning"),
            Some("OWN_RECOVERY")
        );
        assert_eq!(
            words.code(List::RelationshipStatus, "Päättynyt"),
            Some("ENDED")
        );
        assert_eq!(
            words.code(List::Role, "support-person"),
            Some("SUPPORT_PERSON")
        );
        assert_eq!(words.code(List::Role, "kuski"), None);
        assert_eq!(
            words.nearest(List::Role, "kordinaattori", Language::Fi),
            Some("koordinaattori")
        );
        assert_eq!(words.nearest(List::Role, "xyz", Language::Fi), None);
        assert_eq!(words.say(List::YesNo, "YES", Language::Sv), "ja");
    }
}
