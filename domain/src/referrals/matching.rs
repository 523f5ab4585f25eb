//! Which support persons to propose for a case, best first, and why.
//!
//! The association offers a suitable person and may take into account for example age, place of residence
//! and interests: these three are the least that is looked at. Background, language and weekdays are added
//! to them. The order is a suggestion with its reasons in the open; a coordinator decides.
//!
//! Left out are those without free capacity, and those who share no language with the case (a case that
//! names no language leaves nobody out). Everyone else is in the list, however low their score.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use uuid::Uuid;

/// The same background. Peer support rests on having lived the same, so this alone outweighs everything
/// else together.
pub const BACKGROUND: u32 = 100;

/// Serves the very municipality: meetings happen often and face to face, so the way there counts most after
/// the background.
pub const SERVES_MUNICIPALITY: u32 = 20;

/// Lives or works in the same wellbeing services county, where the municipality is not known or not served;
/// half, since distances in a county are long.
pub const SAME_COUNTY: u32 = 10;

/// Born in the same decade: age is one of the model's three criteria.
pub const SAME_AGE_BAND: u32 = 15;

/// Born in the decade before or after; about half of the same.
pub const NEAR_AGE_BAND: u32 = 8;

/// One shared interest: what the two do together depends on the wishes of both.
pub const SHARED_INTEREST: u32 = 5;

/// Interests beyond the third are shown but add nothing, so that a long list does not win by its length.
pub const INTERESTS_COUNTED: u32 = 3;

/// A shared language beyond the one that is needed at all; a little, since one is enough for talking.
pub const FURTHER_LANGUAGE: u32 = 2;

/// Languages beyond the third add nothing.
pub const FURTHER_LANGUAGES_COUNTED: u32 = 2;

/// At least one wished weekday suits; little, since days can be agreed on.
pub const SHARED_WEEKDAY: u32 = 5;

const DECADE: i32 = 10;

/// What the supported person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseRole {
    /// Dependent on a substance or recovering.
    DependentOrRecovering,
    /// Close to someone who is.
    NextOfKin,
}

/// What a support person has lived through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Their own recovery.
    OwnRecovery,
    /// The recovery of a next of kin.
    NextOfKin,
}

impl CaseRole {
    /// The background that makes a support person a peer of this case.
    #[must_use]
    pub fn background_needed(self) -> Background {
        match self {
            Self::DependentOrRecovering => Background::OwnRecovery,
            Self::NextOfKin => Background::NextOfKin,
        }
    }
}

/// Days of the week: bit 0 is Monday, bit 6 Sunday; the highest bit means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(pub u8);

impl Weekdays {
    fn shares_a_day_with(self, other: Self) -> bool {
        self.0 & other.0 & 0b0111_1111 != 0
    }
}

/// What is sought for a case. All codes are those of the code lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// Decides the background needed.
    pub role: CaseRole,
    /// The first year of the decade of birth (1980), where known.
    pub birth_decade: Option<i16>,
    /// Wellbeing services county, two characters.
    pub county: String,
    /// Municipality, three digits, where given.
    pub municipality: Option<String>,
    /// Interests of the supported person.
    pub interests: BTreeSet<String>,
    /// Languages that the supported person can talk in; none means that any will do.
    pub languages: BTreeSet<String>,
    /// Weekdays wished for meetings, where given.
    pub weekdays: Option<Weekdays>,
}

/// A support person who could be proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The support person's id.
    pub id: Uuid,
    /// What they have lived through.
    pub background: Background,
    /// The first year of the decade of birth, where known.
    pub birth_decade: Option<i16>,
    /// Wellbeing services county, two characters.
    pub county: String,
    /// Municipalities where they are ready to meet.
    pub municipalities: BTreeSet<String>,
    /// Their interests.
    pub interests: BTreeSet<String>,
    /// Languages that they can talk in.
    pub languages: BTreeSet<String>,
    /// Weekdays that suit them, where known.
    pub weekdays: Option<Weekdays>,
    /// Support relationships and open proposals that they have now.
    pub occupied: u16,
    /// How many they take at most.
    pub max: u16,
    /// Whether they support people as an expert by experience.
    pub is_expert: bool,
}

impl Candidate {
    /// How many more they can take.
    #[must_use]
    pub fn free_capacity(&self) -> u16 {
        self.max.saturating_sub(self.occupied)
    }
}

/// One reason for a proposal, as the coordinator is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchReason {
    /// Has lived the same.
    Background,
    /// Born in the same decade.
    SameAgeBand,
    /// Born in the decade before or after.
    NearAgeBand,
    /// Meets people in the very municipality.
    ServesMunicipality,
    /// Is in the same wellbeing services county.
    SameCounty,
    /// Shares this interest.
    SharedInterest(String),
    /// Shares this language.
    SharedLanguage(String),
    /// At least one wished weekday suits.
    SharedWeekday,
    /// Is an expert by experience, whose own training stands for that of support persons; adds nothing to the score.
    Expert,
    /// Can take this many more; adds nothing to the score, decides between equals.
    FreeCapacity(u16),
}

/// A candidate in the list of proposals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The support person's id.
    pub id: Uuid,
    /// The sum of the weights; only its order means something.
    pub score: u32,
    /// Why, in the order of [`MatchReason`].
    pub reasons: Vec<MatchReason>,
}

/// The candidates who can be proposed, best first. Between equal scores the one with the most free capacity
/// comes first, then the lower id: the same people give the same order, whatever order they come in.
#[must_use]
pub fn rank(sought: &Sought, candidates: &[Candidate]) -> Vec<Ranked> {
    let mut ranked: Vec<(u16, Ranked)> = candidates
        .iter()
        .filter(|candidate| can_be_proposed(sought, candidate))
        .map(|candidate| (candidate.free_capacity(), judge(sought, candidate)))
        .collect();
    ranked.sort_by_key(|(free, one)| (Reverse(one.score), Reverse(*free), one.id));
    ranked.into_iter().map(|(_, one)| one).collect()
}

fn can_be_proposed(sought: &Sought, candidate: &Candidate) -> bool {
    let can_talk =
        sought.languages.is_empty() || !sought.languages.is_disjoint(&candidate.languages);
    candidate.free_capacity() > 0 && can_talk
}

/// What speaks for one candidate, whether or not they can be proposed.
#[must_use]
pub fn judge(sought: &Sought, candidate: &Candidate) -> Ranked {
    let mut reasons = Vec::new();
    let mut score = 0;
    let mut add = |reason, weight| {
        reasons.push(reason);
        score += weight;
    };
    if candidate.background == sought.role.background_needed() {
        add(MatchReason::Background, BACKGROUND);
    }
    match decades_apart(sought.birth_decade, candidate.birth_decade) {
        Some(0) => add(MatchReason::SameAgeBand, SAME_AGE_BAND),
        Some(1) => add(MatchReason::NearAgeBand, NEAR_AGE_BAND),
        _ => {}
    }
    let municipality = sought.municipality.as_ref();
    if municipality.is_some_and(|code| candidate.municipalities.contains(code)) {
        add(MatchReason::ServesMunicipality, SERVES_MUNICIPALITY);
    } else if candidate.county == sought.county {
        add(MatchReason::SameCounty, SAME_COUNTY);
    }
    for (counted, code) in (0..).zip(sought.interests.intersection(&candidate.interests)) {
        let weight = if counted < INTERESTS_COUNTED {
            SHARED_INTEREST
        } else {
            0
        };
        add(MatchReason::SharedInterest(code.clone()), weight);
    }
    for (counted, code) in (0..).zip(sought.languages.intersection(&candidate.languages)) {
        let is_further = (1..=FURTHER_LANGUAGES_COUNTED).contains(&counted);
        let weight = if is_further { FURTHER_LANGUAGE } else { 0 };
        add(MatchReason::SharedLanguage(code.clone()), weight);
    }
    let days = sought.weekdays.zip(candidate.weekdays);
    if days.is_some_and(|(wished, suiting)| wished.shares_a_day_with(suiting)) {
        add(MatchReason::SharedWeekday, SHARED_WEEKDAY);
    }
    if candidate.is_expert {
        add(MatchReason::Expert, 0);
    }
    add(MatchReason::FreeCapacity(candidate.free_capacity()), 0);
    Ranked {
        id: candidate.id,
        score,
        reasons,
    }
}

fn decades_apart(one: Option<i16>, other: Option<i16>) -> Option<i32> {
    one.zip(other).map(|(one, other)| {
        (i32::from(one).div_euclid(DECADE) - i32::from(other).div_euclid(DECADE)).abs()
    })
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
