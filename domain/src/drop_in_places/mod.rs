//! Drop-in places (kohtaamispaikka): open to anybody, without registering, on some days of each week.
//!
//! A place belongs to the association that keeps it; its coordinators say when it opens and who is there in which role. Its
//! paid guides keep the evening: who comes instead of whom, what is done, how many come. Of visits there is a count and
//! nothing else, and what everybody may read holds nobody's name. The rules are in [`rules`]; here places are read.

mod calendar;
mod closing;
mod costs;
mod counting;
mod opening_rules;
mod openings;
mod planning;
mod public;
mod queries;
pub mod rules;
mod shifts;
mod sources;
mod terms;
mod week_notices;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ClosedDayId, DropInPlaceId, Id as _, OpeningId, OpeningRuleId, OpeningShiftId, OrganisationId,
    PersonId, PlaceRoleTermId,
};
use rinnalla_entity::states::{ClosedReason, PlaceRole};
use sea_orm::FromQueryResult;

use crate::access::{ReadDropInPlaces, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::Grouped;
use crate::texts::Language;

pub(crate) use calendar::counted_weeks;
pub use calendar::{CountedWeek, Entry, PlaceWeek, calendar, weeks};
pub use closing::{AddClosedDays, CancelClosedDays, add_closed, cancel_closed, find_closed};
pub use costs::{AddCost, CancelCost, Cost, add_cost, cancel_cost, costs_for};
pub use counting::{Count, count, take_back};
pub use opening_rules::{AddRule, EndRule, add_rule, end_rule, find_rule};
pub use openings::{
    AddOpening, CancelOpening, DescribeOpening, OnOpening, TakeUp, add_opening, cancel_opening,
    describe_opening, find_opening, reinstate_opening, take_up,
};
pub use planning::{Correct, Create, Details, correct, create};
pub use public::{PublicOpening, PublicPlace, Served, public_calendar, served};
pub use shifts::{
    AddShift, RemoveShift, ReplaceShift, add_shift, find_shift, remove_shift, replace_shift,
};
pub use sources::{CountSource, Source, count_source, sources_for};
pub use terms::{AddTerm, EndTerm, add_term, end_term, find_term};
pub use week_notices::enqueue_week_notices;

/// A drop-in place.
#[derive(Clone, Debug, FromQueryResult)]
pub struct DropInPlace {
    /// Its id.
    pub id: DropInPlaceId,
    /// The association that keeps it.
    pub organisation_id: OrganisationId,
    /// The word by which its public calendar is found.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Where it is, as people read it.
    pub address: String,
    /// The official code of its county.
    pub county_code: String,
    /// The official code of its municipality.
    pub municipality_code: Option<String>,
    /// Whether everybody may read its calendar.
    pub is_public: bool,
    /// Whether everybody may send it wishes.
    pub takes_wishes: bool,
    /// How long a day must be open to count, in minutes.
    pub least_minutes: i16,
    /// On how many days of a week it is to be open.
    pub model_days: i16,
    /// How many paid guides it is to have.
    pub model_guides: i16,
    /// How many paid guides it has today.
    pub guides_today: i64,
    /// Grows with every change.
    pub version: i32,
}

impl DropInPlace {
    /// What its weeks are held against.
    pub fn model(&self) -> rules::Model {
        rules::Model {
            days: self.model_days,
            least_minutes: self.least_minutes,
            guides: self.model_guides,
        }
    }

    /// Whether it has fewer paid guides than it should have.
    pub fn has_too_few_guides(&self) -> bool {
        self.guides_today < self.model_guides.into()
    }
}

/// On which days, and from when to when, a place opens by itself.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OpeningRule {
    /// Its id.
    pub id: OpeningRuleId,
    /// The place.
    pub place_id: DropInPlaceId,
    /// The days, as a recurrence rule of RFC 5545.
    pub recurrence: String,
    /// When it opens, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// When it closes.
    pub ends_at: i16,
    /// The first day that it may open on; from here its weeks are counted.
    pub from_on: NaiveDate,
    /// The last day; open where none is said.
    pub to_on: Option<NaiveDate>,
    /// Whether it opens on public holidays and on the eves of Midsummer and Christmas too.
    pub opens_on_holidays: bool,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was taken back.
    pub is_cancelled: bool,
}

/// An opening of which something is recorded, or that no rule makes.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Opening {
    /// Its id.
    pub id: OpeningId,
    /// The place.
    pub place_id: DropInPlaceId,
    /// The rule that makes it, where one does.
    pub rule_id: Option<OpeningRuleId>,
    /// The day.
    pub on_date: NaiveDate,
    /// When it begins, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// When it ends.
    pub ends_at: i16,
    /// Why it does not take place, where it was cancelled.
    pub cancelled_for: Option<ClosedReason>,
    /// How many visits there were.
    pub visits: i32,
    /// How many of them were somebody's first.
    pub first_time_visits: i32,
    /// How often somebody was supported by themselves.
    pub personal_supports: i32,
    /// The area of osallisuus that it serves, 1 to 3, where somebody said so.
    pub area: Option<i16>,
    /// Grows with every change.
    pub version: i32,
}

/// Days on which a place is closed whatever its rules say.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ClosedDay {
    /// Their id.
    pub id: ClosedDayId,
    /// The place.
    pub place_id: DropInPlaceId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    /// Why.
    pub reason: ClosedReason,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was taken back.
    pub is_cancelled: bool,
}

/// As what somebody is at a place, from when to when.
#[derive(Clone, Debug, FromQueryResult)]
pub struct PlaceRoleTerm {
    /// Its id.
    pub id: PlaceRoleTermId,
    /// The place.
    pub place_id: DropInPlaceId,
    /// Who.
    pub person_id: PersonId,
    /// As what.
    pub role: PlaceRole,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day; open where none is said.
    pub to_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
    /// Whether it was taken back.
    pub is_cancelled: bool,
}

/// Somebody who is to be at an opening.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OpeningShift {
    /// Its id.
    pub id: OpeningShiftId,
    /// The opening.
    pub opening_id: OpeningId,
    /// Who.
    pub person_id: PersonId,
    /// As what.
    pub role: PlaceRole,
    /// In whose place they came, where they did.
    pub instead_of_id: Option<OpeningShiftId>,
    /// Whether they could not come.
    pub is_absent: bool,
}

/// What is done at an opening: a code, or an idea of the participants' own.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OpeningActivity {
    /// The opening.
    pub opening_id: OpeningId,
    /// A code.
    pub code: Option<String>,
    /// An idea, as everybody reads it.
    pub idea: Option<String>,
}

/// The drop-in places that the actor may see, in the order in which they were added.
pub async fn list(ctx: &Ctx) -> Result<Vec<DropInPlace>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::list(ctx, &scope).await?;
    see(ctx, &scope, rows.iter());
    Ok(rows)
}

/// One place; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: DropInPlaceId) -> Result<Option<DropInPlace>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::for_ids(ctx, &scope, &[id]).await?.pop();
    match &found {
        Some(place) => see(ctx, &scope, std::iter::once(place)),
        None => ctx.refuse(&scope, ObjectKind::DropInPlace, id),
    }
    Ok(found)
}

/// The places with these ids, as far as the actor may see them.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[DropInPlaceId],
) -> Result<HashMap<DropInPlaceId, DropInPlace>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids).await?;
    see(ctx, &scope, rows.iter());
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The partners of places.
pub async fn partners_for(
    ctx: &Ctx,
    of: &[DropInPlaceId],
) -> Result<Grouped<DropInPlaceId, OrganisationId>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::partners_for(ctx, &scope, of).await?;
    Ok(grouped(
        rows.into_iter()
            .map(|row| (row.place_id, row.organisation_id)),
    ))
}

/// The rules of places that have not ended yet.
pub async fn rules_for(
    ctx: &Ctx,
    of: &[DropInPlaceId],
) -> Result<Grouped<DropInPlaceId, OpeningRule>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::rules_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.place_id, row))))
}

/// The closed days of places that are not past.
pub async fn closed_days_for(
    ctx: &Ctx,
    of: &[DropInPlaceId],
) -> Result<Grouped<DropInPlaceId, ClosedDay>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::closed_days_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.place_id, row))))
}

/// Who is, was or will be at places in which role.
pub async fn terms_for(
    ctx: &Ctx,
    of: &[DropInPlaceId],
) -> Result<Grouped<DropInPlaceId, PlaceRoleTerm>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::terms_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.place_id, row))))
}

/// What is done at openings.
pub async fn activities_for(
    ctx: &Ctx,
    of: &[OpeningId],
) -> Result<Grouped<OpeningId, OpeningActivity>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::activities_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.opening_id, row))))
}

/// What is done at openings, as everybody reads it, in the reader's language. The openings were reached before, by their place.
pub async fn told_for(ctx: &Ctx, of: &[OpeningId]) -> Result<Grouped<OpeningId, String>> {
    require::<ReadDropInPlaces>(ctx)?;
    let language = ctx.language.readable(Language::Fi);
    let rows = queries::public_activities(ctx.store.reader(), of, language).await?;
    Ok(grouped(
        rows.into_iter().map(|row| (row.opening_id, row.text)),
    ))
}

/// Who is to be at openings, whoever could not come included.
pub async fn shifts_for(ctx: &Ctx, of: &[OpeningId]) -> Result<Grouped<OpeningId, OpeningShift>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let rows = queries::shifts_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.opening_id, row))))
}

fn grouped<K: std::hash::Hash + Eq, T>(rows: impl Iterator<Item = (K, T)>) -> Grouped<K, T> {
    let mut grouped = Grouped::new();
    for (of, row) in rows {
        let of_one: &mut Vec<T> = grouped.entry(of).or_default();
        of_one.push(row);
    }
    grouped
}

fn see<'a>(
    ctx: &Ctx,
    scope: &Scope<ReadDropInPlaces>,
    rows: impl Iterator<Item = &'a DropInPlace>,
) {
    let seen = rows.map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::DropInPlace, seen);
}
