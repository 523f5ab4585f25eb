//! A relationship's history, written as if somebody had recorded it in the register today: each entry with a time of its
//! own, the reviews as they follow from them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rinnalla_entity::ids::{
    Id as _, JointReviewId, JointReviewRecordId, SupportAgreementId, SupportRelationshipActId,
};
use rinnalla_entity::states::{JointReviewStatus, SupportRelationshipActKind};
use sea_orm::Value;
use uuid::Uuid;

use super::batch::{Batch, Table};
use super::told::{RelationshipTold, Reviewed, Step};
use crate::act::code;
use crate::error::{Error, Result};
use crate::joint_reviews::{self, Recorded, State};
use crate::support_relationships::rules;

/// Whose history it is, who records it, and when.
#[derive(Clone, Copy)]
pub(super) struct Recording {
    pub organisation: Uuid,
    pub relationship: Uuid,
    pub by: Uuid,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
}

/// A history worked out.
pub(super) struct History {
    pub state: rules::State,
    pub reviews: Vec<(i32, State)>,
    /// The cycle that the last review is recorded for.
    pub reviewed_cycle: Option<i32>,
    steps: Vec<(Step, DateTime<Utc>)>,
}

impl History {
    /// Works out what follows from what is told.
    ///
    /// Errors: `Internal` where it makes no state, which was to be found before.
    pub(super) fn of(told: &RelationshipTold, recording: &Recording) -> Result<Self> {
        let unsound = || Error::internal("a history that was checked makes no state");
        let entries: Vec<rules::Entry> = told.entries().into_iter().map(|(_, it)| it).collect();
        let state =
            rules::state(told.disclosed_on, &entries, recording.today).map_err(|_| unsound())?;
        let steps = told.steps();
        // Entries are ordered by the time of recording.
        let first =
            recording.now - TimeDelta::microseconds(i64::try_from(steps.len()).unwrap_or(0));
        let at = |place: usize| first + TimeDelta::microseconds(i64::try_from(place).unwrap_or(0));
        let mut recorded: Vec<Recorded> = Vec::new();
        let mut reviewed_cycle = None;
        for (place, step) in steps.iter().enumerate() {
            if *step == Step::Reviewed {
                let reviews = joint_reviews::of_history(&recorded);
                let open = reviews
                    .iter()
                    .find(|(_, it)| it.status == JointReviewStatus::Planned);
                reviewed_cycle = Some(open.ok_or_else(unsound)?.0);
            }
            recorded.extend(entry(told, *step, reviewed_cycle, at(place)));
        }
        Ok(Self {
            state,
            reviews: joint_reviews::of_history(&recorded),
            reviewed_cycle,
            steps: steps
                .into_iter()
                .enumerate()
                .map(|(place, step)| (step, at(place)))
                .collect(),
        })
    }

    /// The entries of the relationship: acts and the agreement.
    pub(super) fn add_entries(&self, batch: &mut Batch, told: &RelationshipTold, to: &Recording) {
        for (step, at) in &self.steps {
            match *step {
                Step::Met(on) => add_act(
                    batch,
                    to,
                    SupportRelationshipActKind::FirstMeetingHeld,
                    on,
                    Some(told),
                    None,
                    *at,
                ),
                Step::Paused(on) => add_act(
                    batch,
                    to,
                    SupportRelationshipActKind::Paused,
                    on,
                    None,
                    None,
                    *at,
                ),
                Step::Resumed(on) => add_act(
                    batch,
                    to,
                    SupportRelationshipActKind::Resumed,
                    on,
                    None,
                    None,
                    *at,
                ),
                Step::Ended(on, reason) => {
                    let reason = Some(reason.code());
                    add_act(
                        batch,
                        to,
                        SupportRelationshipActKind::Ended,
                        on,
                        None,
                        reason,
                        *at,
                    );
                }
                Step::Agreed => add_agreement(batch, told, to, *at),
                Step::Reviewed => {}
            }
        }
    }

    /// The reviews, those under `known` numbers left out; and the record of the last one.
    pub(super) fn add_reviews(
        &self,
        batch: &mut Batch,
        told: &RelationshipTold,
        to: &Recording,
        known: &[(i32, JointReviewId)],
    ) {
        let mut of_cycle: Vec<(i32, JointReviewId)> = known.to_vec();
        for (cycle_no, state) in &self.reviews {
            let is_known = known.iter().any(|(number, _)| number == cycle_no);
            let is_closed = self.reviewed_cycle == Some(*cycle_no);
            // Of a relationship that was there before, what is open follows by itself.
            if is_known || (!known.is_empty() && !is_closed) {
                continue;
            }
            let id = JointReviewId::random();
            of_cycle.push((*cycle_no, id));
            let rest: [Value; 5] = [
                id.uuid().into(),
                (*cycle_no).into(),
                to.now.into(),
                to.relationship.into(),
                to.organisation.into(),
            ];
            batch.add(Table::Reviews, state.values().into_iter().chain(rest));
        }
        let at = self
            .steps
            .iter()
            .find(|(step, _)| *step == Step::Reviewed)
            .map(|(_, at)| *at);
        let review = of_cycle
            .iter()
            .find(|(number, _)| self.reviewed_cycle == Some(*number));
        if let (Some(reviewed), Some((_, review)), Some(at)) = (told.reviewed, review, at) {
            add_record(batch, reviewed, *review, to, at);
        }
    }
}

/// An entry as the rules of reviews know it.
fn entry(
    told: &RelationshipTold,
    step: Step,
    cycle_no: Option<i32>,
    placed_at: DateTime<Utc>,
) -> Option<Recorded> {
    let of = |kind: &str, on_date| Recorded {
        kind: kind.to_owned(),
        on_date,
        months: None,
        cycle_no: None,
        flag: None,
        is_joint: None,
        placed_at,
    };
    Some(match step {
        Step::Met(on) => of("FIRST_MEETING_HELD", Some(on)),
        Step::Agreed => {
            let agreed = told.agreed.as_ref()?;
            Recorded {
                months: Some(agreed.interval),
                flag: Some(agreed.follows),
                ..of("AGREED", Some(agreed.from))
            }
        }
        Step::Reviewed => match told.reviewed? {
            Reviewed::Held {
                on,
                supported,
                support_person,
                settles,
                ..
            } => Recorded {
                cycle_no,
                flag: Some(settles),
                is_joint: Some(supported && support_person),
                ..of("HELD", Some(on))
            },
            Reviewed::NotHeld(_) => Recorded {
                cycle_no,
                ..of("NOT_HELD", None)
            },
        },
        Step::Paused(on) => of("PAUSED", Some(on)),
        Step::Resumed(on) => of("RESUMED", Some(on)),
        Step::Ended(on, _) => of("ENDED", Some(on)),
    })
}

fn add_act(
    batch: &mut Batch,
    to: &Recording,
    kind: SupportRelationshipActKind,
    on: NaiveDate,
    first: Option<&RelationshipTold>,
    end_reason: Option<String>,
    at: DateTime<Utc>,
) {
    let exception = first
        .and_then(|told| told.met)
        .and_then(|met| met.exception);
    let was_there = first.map(|_| exception.is_none());
    let by = first
        .and_then(|told| told.professional)
        .filter(|_| was_there == Some(true));
    batch.add(
        Table::RelationshipActs,
        [
            SupportRelationshipActId::random().uuid().into(),
            to.organisation.into(),
            to.relationship.into(),
            code(kind),
            on.into(),
            was_there.into(),
            exception.map(|it| it.code()).into(),
            by.map(|it| it.uuid()).into(),
            end_reason.into(),
            to.by.into(),
            at.into(),
        ],
    );
}

fn add_agreement(batch: &mut Batch, told: &RelationshipTold, to: &Recording, at: DateTime<Utc>) {
    let Some(agreed) = &told.agreed else { return };
    let id = SupportAgreementId::random().uuid();
    batch.add(
        Table::Agreements,
        [
            id.into(),
            to.organisation.into(),
            to.relationship.into(),
            1_i16.into(),
            agreed.from.into(),
            agreed.until.into(),
            agreed.until.is_none().into(),
            code(agreed.rhythm),
            agreed.interval.into(),
            agreed.follows.into(),
            agreed.signed_on.into(),
            to.by.into(),
            at.into(),
        ],
    );
    for place in &agreed.places {
        batch.add(Table::AgreementPlaces, [id.into(), place.clone().into()]);
    }
}

fn add_record(
    batch: &mut Batch,
    reviewed: Reviewed,
    review: JointReviewId,
    to: &Recording,
    at: DateTime<Utc>,
) {
    let none = || Value::String(None);
    let cells: [Value; 10] = match reviewed {
        Reviewed::Held {
            on,
            supported,
            support_person,
            settles,
            channel,
            progress,
            outcome,
        } => [
            "HELD".into(),
            on.into(),
            true.into(),
            supported.into(),
            support_person.into(),
            code(channel),
            code(progress),
            code(outcome),
            settles.into(),
            none(),
        ],
        Reviewed::NotHeld(reason) => [
            "NOT_HELD".into(),
            None::<NaiveDate>.into(),
            None::<bool>.into(),
            None::<bool>.into(),
            None::<bool>.into(),
            none(),
            none(),
            none(),
            None::<bool>.into(),
            code(reason),
        ],
    };
    let head: [Value; 3] = [
        JointReviewRecordId::random().uuid().into(),
        to.organisation.into(),
        review.uuid().into(),
    ];
    let rest: [Value; 3] = [to.today.into(), to.by.into(), at.into()];
    batch.add(
        Table::ReviewRecords,
        head.into_iter().chain(cells).chain(rest),
    );
}
