//! Keeps the reviews of a relationship as what has been recorded of it says: the one act that writes their days.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id as _, JointReviewId, SupportRelationshipId};
use rinnalla_entity::states::{JointReviewStatus, NoticeKind, ReviewCancelledReason};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::Deserialize;

use super::rules::{self, Entry, Fate, ReviewCycle};
use super::state::{Settled, State};
use crate::act::Act;
use crate::calendar::helsinki_date;
use crate::error::Result;
use crate::notices;
use crate::reach::Question;
use crate::sql::Sql;

/// Works the reviews of a relationship out anew, writes those that differ, and cancels unsent notices that no longer
/// stand. Called by every act that bears on reviews, after it has written its entry and locked the relationship.
pub(crate) async fn follow(act: &mut Act<'_>, relationship: SupportRelationshipId) -> Result<()> {
    let recorded = standing_entries(&act.tx, relationship).await?;
    let rows = review_rows(&act.tx, relationship).await?;
    let Following { written, still } = following(&recorded, &rows);
    for one in &written {
        one.write(act, relationship).await?;
    }
    let mut cancelling = Question::new(act.ctx.store.backend(), "");
    notices::cancel_unsent(&mut cancelling, act.ctx, relationship, &still);
    cancelling.run(&act.tx).await?;
    Ok(())
}

/// What follows from what stands.
pub(super) struct Following {
    /// The rows that are to be changed or made. The open one last: there may be only one at any moment.
    pub written: Vec<Written>,
    /// The notices that are due of the open one.
    pub still: Vec<(NoticeKind, i32, NaiveDate)>,
}

/// What follows from the entries of a relationship that stand for its reviews.
pub(super) fn following(recorded: &[Recorded], rows: &[Row]) -> Following {
    let cycles = rules::cycles(&entries(recorded));
    let follows = professional_follows(recorded);
    let mut written: Vec<Written> = rows
        .iter()
        .filter_map(|row| {
            let cycle = cycles.get(&row.cycle_no.unsigned_abs());
            let now = of_row(row, cycle, recorded, follows);
            (now != row.state).then_some(Written {
                id: Some(row.id),
                cycle_no: row.cycle_no,
                state: now,
            })
        })
        .collect();
    for (number, cycle) in &cycles {
        let cycle_no = i32::try_from(*number).unwrap_or(i32::MAX);
        if rows.iter().all(|row| row.cycle_no != cycle_no) {
            let state = State::of(cycle, settled(recorded, cycle_no), None, follows);
            written.push(Written {
                id: None,
                cycle_no,
                state,
            });
        }
    }
    written.sort_by_key(|one| one.state.status == JointReviewStatus::Planned);
    let still = written
        .iter()
        .map(|one| (one.cycle_no, &one.state))
        .chain(rows.iter().map(|row| (row.cycle_no, &row.state)))
        .find(|(number, _)| is_open(&cycles, *number))
        .map_or_else(Vec::new, |(number, state)| state.notices(number, follows));
    Following { written, still }
}

fn is_open(cycles: &BTreeMap<u32, ReviewCycle>, cycle_no: i32) -> bool {
    let cycle = cycles.get(&cycle_no.unsigned_abs());
    cycle.is_some_and(|cycle| cycle.fate == Fate::Open)
}

/// An entry that still stands, of any of the three tables.
#[derive(Clone, Debug, FromQueryResult, Deserialize)]
pub(crate) struct Recorded {
    /// The kind of the act or record, or `AGREED`.
    pub kind: String,
    /// The day: of the act, of the agreement's start, of holding.
    pub on_date: Option<NaiveDate>,
    /// The review interval that was agreed, in months.
    pub months: Option<i16>,
    /// The review's cycle.
    pub cycle_no: Option<i32>,
    /// Of a review: whether it settles the cycle; of an agreement: whether the professional follows.
    pub flag: Option<bool>,
    /// Of a review: whether all three were there.
    pub is_joint: Option<bool>,
    /// When it was recorded: its place in the order.
    pub placed_at: DateTime<Utc>,
}

/// The reviews of a relationship whose history is written all at once: each cycle's number and state, as [`follow`]
/// would come to them.
pub(crate) fn of_history(recorded: &[Recorded]) -> Vec<(i32, State)> {
    let follows = professional_follows(recorded);
    let state = |(number, cycle): (&u32, &ReviewCycle)| {
        let cycle_no = i32::try_from(*number).unwrap_or(i32::MAX);
        let settled = settled(recorded, cycle_no);
        (cycle_no, State::of(cycle, settled, None, follows))
    };
    rules::cycles(&entries(recorded))
        .iter()
        .map(state)
        .collect()
}

/// The SELECT of what stands of a relationship, as [`Recorded`] and in its order; `$of` says which.
macro_rules! standing {
    ($of:literal) => {
        concat!(
            "SELECT kind, on_date, months, cycle_no, flag, is_joint, placed_at FROM (
               SELECT kind, on_date, CAST(NULL AS smallint) AS months, CAST(NULL AS integer) AS cycle_no,
                 CAST(NULL AS boolean) AS flag, CAST(NULL AS boolean) AS is_joint,
                 coalesce(corrects_at, recorded_at) AS placed_at, coalesce(corrects_id, id) AS place_id
               FROM support_relationship_acts WHERE relationship_id = ", $of, " AND cancelled_at IS NULL
               UNION ALL
               SELECT 'AGREED', starts_on, review_interval_months, NULL, professional_follows, NULL,
                 coalesce(corrects_at, recorded_at), coalesce(corrects_id, id)
               FROM support_agreements WHERE relationship_id = ", $of, " AND cancelled_at IS NULL
               UNION ALL
               SELECT e.kind, e.held_on, e.next_interval_months, v.cycle_no, e.settles_cycle,
                 e.professional_present AND e.supported_present AND e.support_person_present,
                 coalesce(e.corrects_at, e.recorded_at), coalesce(e.corrects_id, e.id)
               FROM joint_reviews v JOIN joint_review_records e ON e.joint_review_id = v.id
               WHERE v.relationship_id = ", $of, " AND e.cancelled_at IS NULL
             ) AS entries ORDER BY placed_at, place_id"
        )
    };
}
pub(super) use standing;

async fn standing_entries(
    db: &impl ConnectionTrait,
    relationship: SupportRelationshipId,
) -> Result<Vec<Recorded>> {
    static SQL: Sql = Sql::new(standing!("$1"));
    SQL.all(db, [relationship.uuid().into()]).await
}

/// The entries as the rules know them. Reviews begin when both the first meeting and an agreement stand.
fn entries(recorded: &[Recorded]) -> Vec<Entry> {
    let mut first_meeting = None;
    let mut agreed = None;
    let mut begun = false;
    let mut entries = Vec::with_capacity(recorded.len());
    for one in recorded {
        let recorded_on = helsinki_date(one.placed_at);
        let months = one.months.and_then(|months| u8::try_from(months).ok());
        let cycle_no = one.cycle_no.unwrap_or_default().unsigned_abs();
        match (one.kind.as_str(), one.on_date) {
            ("FIRST_MEETING_HELD", on) => first_meeting = on,
            ("AGREED", _) if begun => {
                entries.extend(
                    months.map(|interval_months| Entry::IntervalAgreed { interval_months }),
                );
            }
            ("AGREED", _) => agreed = months,
            ("HELD", Some(held_on)) => entries.push(Entry::Held {
                cycle_no,
                held_on,
                settles: one.flag == Some(true),
                next_interval_months: months,
                recorded_on,
            }),
            ("NOT_HELD", _) => entries.push(Entry::NotHeld {
                cycle_no,
                recorded_on,
            }),
            ("PAUSED", _) => entries.push(Entry::Paused),
            ("RESUMED", Some(resumed_on)) => entries.push(Entry::Resumed {
                resumed_on,
                recorded_on,
            }),
            ("ENDED", _) => entries.push(Entry::Ended),
            _ => {}
        }
        if let (false, Some(first_meeting_on), Some(interval_months)) =
            (begun, first_meeting, agreed)
        {
            begun = true;
            entries.push(Entry::Began {
                first_meeting_on,
                interval_months,
                recorded_on,
            });
        }
    }
    entries
}

fn professional_follows(recorded: &[Recorded]) -> bool {
    let latest = recorded.iter().rev().find(|one| one.kind == "AGREED");
    latest.and_then(|one| one.flag).unwrap_or(true)
}

/// The record that closed a cycle.
fn settled(recorded: &[Recorded], cycle_no: i32) -> Option<Settled> {
    let closes =
        |one: &&Recorded| one.kind == "NOT_HELD" || (one.kind == "HELD" && one.flag == Some(true));
    let of_cycle = recorded.iter().rev();
    let record = of_cycle
        .filter(|one| one.cycle_no == Some(cycle_no))
        .find(closes)?;
    Some(Settled {
        held_on: record.on_date,
        is_joint: record.is_joint,
    })
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: JointReviewId,
    pub cycle_no: i32,
    pub booked_for: Option<NaiveDate>,
    #[sea_orm(nested)]
    pub state: State,
}

async fn review_rows(
    db: &impl ConnectionTrait,
    relationship: SupportRelationshipId,
) -> Result<Vec<Row>> {
    static SQL: Sql = Sql::new(
        "SELECT id, cycle_no, booked_for, status, cancelled_reason, interval_months, base_on, raw_planned_on,
           raw_window_end_on, window_start_on, planned_on, window_end_on, coming_notice_on, due_notice_on, nudge_notice_on,
           overdue_notice_on, overdue_again_notice_on, booked_notice_on, held_on, is_joint
         FROM joint_reviews WHERE relationship_id = $1 ORDER BY cycle_no",
    );
    SQL.all(db, [relationship.uuid().into()]).await
}

/// A row as it should be. One whose cycle follows from nothing that stands keeps its days, as history.
fn of_row(row: &Row, cycle: Option<&ReviewCycle>, recorded: &[Recorded], follows: bool) -> State {
    let settled = settled(recorded, row.cycle_no);
    match cycle {
        Some(cycle) => State::of(cycle, settled, row.booked_for, follows),
        None => {
            let days_kept = row.state.clone().without_notices();
            days_kept.closed(settled, ReviewCancelledReason::RecordedInError)
        }
    }
}

/// A review whose row is to be changed, or made where it has no id yet.
pub(super) struct Written {
    pub id: Option<JointReviewId>,
    pub cycle_no: i32,
    pub state: State,
}

impl Written {
    async fn write(&self, act: &Act<'_>, relationship: SupportRelationshipId) -> Result<()> {
        let mut question = Question::new(act.ctx.store.backend(), "");
        match self.id {
            Some(id) => {
                self.change(&mut question, 1);
                question.words(" WHERE id = ").bind(id.uuid());
            }
            None => {
                self.add(&mut question, act.ctx.now);
                question
                    .words("r.id, r.organisation_id FROM support_relationships r WHERE r.id = ")
                    .bind(relationship.uuid());
            }
        }
        question.run(&act.tx).await?;
        Ok(())
    }

    /// An UPDATE that raises the version by so much, up to its WHERE.
    pub fn change(&self, question: &mut Question, raises: i32) {
        question
            .words("UPDATE joint_reviews SET (")
            .words(State::COLUMNS)
            .words(") = ")
            .words_on("ROW(", "(")
            .bind_all(self.state.values())
            .words("), version = version + ")
            .bind(raises);
    }

    /// An INSERT of a SELECT, up to the ids of the relationship and its organisation.
    pub fn add(&self, question: &mut Question, now: DateTime<Utc>) {
        let rest: [Value; 3] = [
            JointReviewId::random().uuid().into(),
            self.cycle_no.into(),
            now.into(),
        ];
        question
            .words("INSERT INTO joint_reviews (")
            .words(State::COLUMNS)
            .words(", id, cycle_no, created_at, relationship_id, organisation_id) SELECT ")
            .bind_all(self.state.values().into_iter().chain(rest))
            .words(", ");
    }
}
