//! What a row tells once it is understood: the same whether it stands in a file or in the register, so that the two
//! can be compared.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{OrganisationId, PersonId, SupportPersonId, SupportRelationshipId};
use rinnalla_entity::states::{
    CaseBackground, EndReason, HandoverException, MeetingChannel, MeetingRhythm, NotHeldReason,
    RehabilitationPhase, ReviewChannel, ReviewOutcome, ReviewProgress, Role, SupportBackground,
    SupportForm, SupportPersonActKind,
};

use crate::people::Details;
use crate::personal::Personal;
use crate::support_relationships::rules::Entry;
use crate::texts::Language;

/// What can be compared: its content in one form.
pub(super) trait Told {
    /// The content. It is hashed under a key and kept nowhere.
    fn content(&self) -> String;
}

macro_rules! told_by_debug {
    ($($name:ty),+) => {
        $(impl Told for $name {
            fn content(&self) -> String {
                format!("{self:?}")
            }
        })+
    };
}
pub(super) use told_by_debug;

/// A person. Prints nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct PersonTold {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Language,
}

impl Told for PersonTold {
    fn content(&self) -> String {
        let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
        let parts = [
            self.name.clone(),
            or_none(&self.email),
            or_none(&self.phone),
            self.language.code().to_owned(),
        ];
        parts.join("\n")
    }
}

impl PersonTold {
    pub(super) fn details(&self) -> Details {
        Details {
            name: Personal::from(self.name.as_str()),
            email: self.email.as_deref().map(Personal::from),
            phone: self.phone.as_deref().map(Personal::from),
            language: self.language,
        }
    }
}

/// A role that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RoleTold {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub role: Role,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// A support person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SupporterTold {
    pub person: PersonId,
    pub background: SupportBackground,
    pub county: String,
    pub birth_decade: Option<i16>,
    pub weekdays: i16,
    pub max_active: i16,
    pub interests: BTreeSet<String>,
    pub languages: BTreeSet<String>,
    pub municipalities: BTreeSet<String>,
    /// Gates and changes of state, in the order of [`ACTS`].
    pub acts: Vec<(SupportPersonActKind, NaiveDate)>,
}

/// The columns of a support person's acts, in an order in which acts of one day can follow each other.
pub(super) const ACTS: [(&str, SupportPersonActKind); 11] = [
    ("training_started_on", SupportPersonActKind::TrainingStarted),
    ("criterion_met_on", SupportPersonActKind::CriterionMet),
    (
        "criterion_not_applicable_on",
        SupportPersonActKind::CriterionNotApplicable,
    ),
    (
        "weekend_1_on",
        SupportPersonActKind::TrainingWeekendAttended,
    ),
    (
        "weekend_2_on",
        SupportPersonActKind::TrainingWeekendAttended,
    ),
    (
        "earlier_training_on",
        SupportPersonActKind::EarlierTrainingAttested,
    ),
    (
        "confidentiality_on",
        SupportPersonActKind::ConfidentialitySigned,
    ),
    ("activated_on", SupportPersonActKind::Activated),
    ("paused_on", SupportPersonActKind::Paused),
    ("resumed_on", SupportPersonActKind::Resumed),
    ("ended_on", SupportPersonActKind::Ended),
];

/// What is told of a supported person: what matching needs, and no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CaseTold {
    pub background: CaseBackground,
    pub kin_relation: Option<String>,
    pub birth_decade: Option<i16>,
    pub county: String,
    pub municipality: Option<String>,
    pub language: String,
}

/// The first meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Met {
    pub on: NaiveDate,
    pub exception: Option<HandoverException>,
}

/// The agreement in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Agreed {
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub signed_on: NaiveDate,
    pub rhythm: MeetingRhythm,
    pub places: BTreeSet<String>,
    pub interval: i16,
    pub follows: bool,
}

/// What became of the last review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reviewed {
    Held {
        on: NaiveDate,
        supported: bool,
        support_person: bool,
        settles: bool,
        channel: ReviewChannel,
        progress: ReviewProgress,
        outcome: ReviewOutcome,
    },
    NotHeld(NotHeldReason),
}

/// A support relationship with its referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RelationshipTold {
    pub case: CaseTold,
    pub support_person: SupportPersonId,
    pub professional: Option<PersonId>,
    pub referring: OrganisationId,
    pub form: SupportForm,
    pub phase: RehabilitationPhase,
    pub consent_on: NaiveDate,
    pub disclosed_on: NaiveDate,
    pub met: Option<Met>,
    pub agreed: Option<Agreed>,
    pub reviewed: Option<Reviewed>,
    pub paused_on: Option<NaiveDate>,
    pub resumed_on: Option<NaiveDate>,
    pub ended: Option<(NaiveDate, EndReason)>,
}

/// One entry of a relationship's history, in the order in which it is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Met(NaiveDate),
    Agreed,
    Reviewed,
    Paused(NaiveDate),
    Resumed(NaiveDate),
    Ended(NaiveDate, EndReason),
}

impl RelationshipTold {
    /// The history as somebody would have recorded it through the register, one entry after the other.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        steps.extend(self.met.map(|met| Step::Met(met.on)));
        steps.extend(self.agreed.as_ref().map(|_| Step::Agreed));
        let review = self.reviewed.map(|_| Step::Reviewed);
        let is_after_pause = match (self.reviewed, self.resumed_on) {
            (Some(Reviewed::Held { on, .. }), Some(resumed_on)) => on > resumed_on,
            (Some(Reviewed::NotHeld(_)), Some(_)) => true,
            _ => false,
        };
        steps.extend(review.filter(|_| !is_after_pause));
        steps.extend(self.paused_on.map(Step::Paused));
        steps.extend(self.resumed_on.map(Step::Resumed));
        steps.extend(review.filter(|_| is_after_pause));
        steps.extend(self.ended.map(|(on, reason)| Step::Ended(on, reason)));
        steps
    }

    /// The same as the relationship's own rules know it.
    pub(super) fn entries(&self) -> Vec<(Step, Entry)> {
        let entry = |step: &Step| {
            Some(match *step {
                Step::Met(on) => Entry::FirstMeeting { on },
                Step::Agreed => {
                    let agreed = self.agreed.as_ref()?;
                    Entry::Agreed {
                        starts_on: agreed.from,
                        ends_on: agreed.until,
                        signed_on: agreed.signed_on,
                        interval_months: agreed.interval,
                        professional_follows: agreed.follows,
                    }
                }
                Step::Reviewed => return None,
                Step::Paused(on) => Entry::Paused { on },
                Step::Resumed(on) => Entry::Resumed { on },
                Step::Ended(on, reason) => Entry::Ended { on, reason },
            })
        };
        let steps = self.steps().into_iter();
        steps
            .filter_map(|step| Some((step, entry(&step)?)))
            .collect()
    }
}

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MeetingTold {
    pub relationship: SupportRelationshipId,
    pub on: NaiveDate,
    pub minutes: i16,
    pub activity: String,
    pub channel: MeetingChannel,
}

told_by_debug!(RoleTold, SupporterTold, RelationshipTold, MeetingTold);

/// What stands in the register, and its count of changes.
#[derive(Clone, Debug)]
pub(super) struct Stood<T> {
    pub told: T,
    pub version: i64,
}
