//! What changes hands when two records are merged, noted row by row so that it can be taken back.

use chrono::{Days, NaiveDate};
use rinnalla_entity::ids::{EnrolmentId, PersonId, PersonMergeId, SupportPersonId};
use rinnalla_entity::states::PersonMergeEntryKind;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::queries;
use super::rules::{self, AbsenceFate, Grant};
use crate::act::Act;
use crate::error::Result;
use crate::{notes, people};

/// A row that a merge touched.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Done {
    pub merge_id: PersonMergeId,
    pub kind: PersonMergeEntryKind,
    pub row_id: Uuid,
    pub former_to_on: Option<NaiveDate>,
}

/// What is handed from one record to the other as it is.
pub(super) const MOVED: [PersonMergeEntryKind; 14] = [
    PersonMergeEntryKind::AbsenceMoved,
    PersonMergeEntryKind::StandInMoved,
    PersonMergeEntryKind::SupportPersonMoved,
    PersonMergeEntryKind::ReferralMoved,
    PersonMergeEntryKind::SavedListMoved,
    PersonMergeEntryKind::EnrolmentMoved,
    PersonMergeEntryKind::FacilitatorMoved,
    PersonMergeEntryKind::ExpertMoved,
    PersonMergeEntryKind::ExpenseMoved,
    PersonMergeEntryKind::SupervisionMoved,
    PersonMergeEntryKind::ContactRequestMoved,
    PersonMergeEntryKind::PlaceTermMoved,
    PersonMergeEntryKind::ShiftMoved,
    PersonMergeEntryKind::GroupLeaderMoved,
];

/// The rows that a merge touches, as they are gathered.
pub(super) struct Rows {
    pub id: PersonMergeId,
    pub rows: Vec<Done>,
}

impl Rows {
    pub fn of(id: PersonMergeId) -> Self {
        Self {
            id,
            rows: Vec::new(),
        }
    }

    pub fn note(&mut self, kind: PersonMergeEntryKind, row_id: Uuid) {
        self.rows.push(Done {
            merge_id: self.id,
            kind,
            row_id,
            former_to_on: None,
        });
    }

    pub fn of_kind(&self, kind: PersonMergeEntryKind) -> Vec<Uuid> {
        let rows = self.rows.iter().filter(|row| row.kind == kind);
        rows.map(|row| row.row_id).collect()
    }

    pub fn enrolments(&self) -> Vec<EnrolmentId> {
        let rows = self.of_kind(PersonMergeEntryKind::EnrolmentMoved);
        rows.into_iter().map(EnrolmentId).collect()
    }

    pub fn support_persons(&self) -> Vec<SupportPersonId> {
        let rows = self.of_kind(PersonMergeEntryKind::SupportPersonMoved);
        rows.into_iter().map(SupportPersonId).collect()
    }
}

pub(super) fn yesterday(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(1)).unwrap_or(today)
}

pub(super) async fn roles(
    act: &Act<'_>,
    done: &mut Rows,
    of_kept: &[Grant],
    of_merged: &[Grant],
    kept: PersonId,
) -> Result<()> {
    let (today, now) = (act.ctx.today, act.ctx.now);
    let current: Vec<Grant> = of_merged
        .iter()
        .filter(|it| it.valid_to.is_none_or(|to| to >= today))
        .cloned()
        .collect();
    let change = rules::roles(&current, of_kept, today);
    for (grant, former_to_on) in change.end {
        queries::end_role(&act.tx, grant, yesterday(today)).await?;
        done.rows.push(Done {
            merge_id: done.id,
            kind: PersonMergeEntryKind::RoleEnded,
            row_id: grant.0,
            former_to_on,
        });
    }
    for grant in change.cancel {
        queries::cancel_role(&act.tx, grant, now).await?;
        done.note(PersonMergeEntryKind::RoleCancelled, grant.0);
    }
    for give in &change.give {
        let given = queries::give_role(&act.tx, kept, give, now).await?;
        done.note(PersonMergeEntryKind::RoleGiven, given.0);
    }
    Ok(())
}

pub(super) async fn absences(
    act: &Act<'_>,
    done: &mut Rows,
    merged: PersonId,
    kept: PersonId,
) -> Result<()> {
    let all = queries::absences(&act.tx, merged, kept, act.ctx.today).await?;
    for (absence, fate) in rules::absences(&all, merged, kept) {
        let kind = match fate {
            AbsenceFate::Moved => PersonMergeEntryKind::AbsenceMoved,
            AbsenceFate::StandsIn => PersonMergeEntryKind::StandInMoved,
            AbsenceFate::Cancelled => PersonMergeEntryKind::AbsenceCancelled,
        };
        match fate {
            AbsenceFate::Cancelled => {
                queries::cancel_absence(&act.tx, absence.0, act.ctx.now).await?;
            }
            _ => queries::hand(&act.tx, kind, &[absence.0], merged, kept).await?,
        }
        done.note(kind, absence.0);
    }
    Ok(())
}

pub(super) async fn belongings(
    act: &Act<'_>,
    done: &mut Rows,
    merged: PersonId,
    kept: PersonId,
) -> Result<()> {
    for kind in [
        PersonMergeEntryKind::SupportPersonMoved,
        PersonMergeEntryKind::ReferralMoved,
        PersonMergeEntryKind::SavedListMoved,
        PersonMergeEntryKind::EnrolmentMoved,
        PersonMergeEntryKind::FacilitatorMoved,
        PersonMergeEntryKind::ExpertMoved,
        PersonMergeEntryKind::ExpenseMoved,
        PersonMergeEntryKind::SupervisionMoved,
        PersonMergeEntryKind::ContactRequestMoved,
        PersonMergeEntryKind::PlaceTermMoved,
        PersonMergeEntryKind::ShiftMoved,
        PersonMergeEntryKind::GroupLeaderMoved,
    ] {
        let rows = queries::belonging(&act.tx, kind, merged, kept).await?;
        queries::hand(&act.tx, kind, &rows, merged, kept).await?;
        for row in rows {
            done.note(kind, row);
        }
    }
    follow(act, &done.support_persons(), merged, kept).await
}

/// What is sealed with the person's key, and what was disclosed of the person, follows the support person.
pub(super) async fn follow(
    act: &Act<'_>,
    of: &[SupportPersonId],
    from: PersonId,
    to: PersonId,
) -> Result<()> {
    if of.is_empty() {
        return Ok(());
    }
    notes::follow(act, of, from, to).await?;
    people::write_down_change_of(act, of).await
}
