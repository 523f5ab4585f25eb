//! Trainings of support persons (tukihenkilökoulutus): two weekends, given by people who are experienced both as support
//! persons and as trainers, of the association itself or of a partner of it.
//!
//! Who was at a weekend is an entry of the support person, the same as a coordinator would record by hand; so whoever
//! was at both is through the gate of the training, and a mark that is taken back takes the gate back with all that
//! stands on it. The association's coordinator records who was there, or a facilitator of the organisation that gives the
//! training, who is told the names of its participants and nothing else of them. A training that was completed earlier or elsewhere is attested on the support person instead.

mod attendance;
mod participants;
mod planning;
mod queries;
pub mod rules;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    Id as _, OrganisationId, PersonId, SupportPersonId, TrainingId, TrainingParticipantId,
};
use sea_orm::FromQueryResult;

use crate::access::{ReadTrainings, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::{Cursor, Grouped, Page, PageArgs};
use crate::people;
use crate::personal::Personal;
use crate::sealing::SealFault;

pub use attendance::{Mark, RecordAttendance, Weekend, record_attendance};
pub use participants::{OnParticipant, add, remove};
pub use planning::{
    Correct, Create, Details, NAME_MAX_CHARS, OnTraining, cancel, correct, create, reinstate,
};

/// A training.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Training {
    /// Its id.
    pub id: TrainingId,
    /// The association whose support persons it trains.
    pub organisation_id: OrganisationId,
    /// The organisation of the trainers.
    pub trainer_id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The first day of the first weekend.
    pub first_on: NaiveDate,
    /// The first day of the second weekend.
    pub second_on: NaiveDate,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Grows with every change.
    pub version: i32,
}

impl Training {
    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.first_on),
            id: self.id.uuid(),
        }
    }
}

/// A support person who takes part in a training.
#[derive(Clone, Debug)]
pub struct Participant {
    /// The part's id.
    pub id: TrainingParticipantId,
    /// The training.
    pub training_id: TrainingId,
    /// Who.
    pub support_person_id: SupportPersonId,
    /// By what name; absent where it does not open any more.
    pub name: Option<Personal<String>>,
    /// Whether they were at the first weekend.
    pub attended_first: bool,
    /// Whether they were at the second.
    pub attended_second: bool,
}

/// A row with its sealed cells.
#[derive(FromQueryResult)]
struct Row {
    id: TrainingParticipantId,
    training_id: TrainingId,
    support_person_id: SupportPersonId,
    organisation_id: OrganisationId,
    person_id: PersonId,
    name_sealed: Option<Vec<u8>>,
    data_key_sealed: Option<Vec<u8>>,
    attended_first: bool,
    attended_second: bool,
}

impl Row {
    fn open(self, ctx: &Ctx) -> Result<Participant> {
        let sealed = self
            .data_key_sealed
            .as_deref()
            .zip(self.name_sealed.as_deref());
        let name = match sealed
            .map(|(key, name)| people::open_name(&ctx.keys, self.person_id, key, name))
        {
            Some(Err(SealFault::UnknownKeyVersion(fault))) => {
                return Err(Error::Internal(Box::new(fault)));
            }
            opened => opened.and_then(std::result::Result::ok),
        };
        Ok(Participant {
            id: self.id,
            training_id: self.training_id,
            support_person_id: self.support_person_id,
            name,
            attended_first: self.attended_first,
            attended_second: self.attended_second,
        })
    }
}

/// Which trainings a list holds; everything that is set must apply.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of this association.
    pub organisation: Option<OrganisationId>,
    /// Beginning on this day or later.
    pub from: Option<NaiveDate>,
    /// Beginning on this day or earlier.
    pub to: Option<NaiveDate>,
}

/// The trainings that the actor may see, the latest first.
///
/// Errors: `Invalid` for a filter or a cursor that cannot be.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<Training>> {
    let scope = require::<ReadTrainings>(ctx)?;
    let ends = filter.from.zip(filter.to);
    if ends.is_some_and(|(from, to)| from > to) {
        return Err(Error::invalid("to", "DATES_OUT_OF_ORDER"));
    }
    if page.after.is_some_and(|after| after.on.is_none()) {
        return Err(Error::invalid("after", "MALFORMED"));
    }
    let rows = queries::list(ctx, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    let seen = page.rows.iter();
    let seen = seen.map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(&scope, ObjectKind::Training, seen);
    Ok(page)
}

/// One training; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: TrainingId) -> Result<Option<Training>> {
    let scope = require::<ReadTrainings>(ctx)?;
    let found = queries::for_ids(ctx, &scope, &[id]).await?.pop();
    match &found {
        Some(row) => ctx.see(
            &scope,
            ObjectKind::Training,
            [(row.organisation_id, row.id.uuid())],
        ),
        None => ctx.refuse(&scope, ObjectKind::Training, id),
    }
    Ok(found)
}

/// The trainings with these ids, as far as the actor may see them.
pub async fn for_ids(ctx: &Ctx, ids: &[TrainingId]) -> Result<HashMap<TrainingId, Training>> {
    let scope = require::<ReadTrainings>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    let seen = rows.iter();
    let seen = seen.map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(&scope, ObjectKind::Training, seen);
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Who takes part, in the order in which they were added: all for the association and for those who give the training,
/// oneself for a support person.
pub async fn participants_for(
    ctx: &Ctx,
    of: &[TrainingId],
) -> Result<Grouped<TrainingId, Participant>> {
    let scope = require::<ReadTrainings>(ctx)?;
    let mut grouped: HashMap<TrainingId, Vec<Participant>> = HashMap::new();
    let rows = queries::participants_for(ctx, &scope, of).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.support_person_id.uuid()));
    ctx.see(&scope, ObjectKind::SupportPerson, seen);
    for row in rows {
        let participant = row.open(ctx)?;
        let of_one = grouped.entry(participant.training_id).or_default();
        of_one.push(participant);
    }
    Ok(grouped)
}
