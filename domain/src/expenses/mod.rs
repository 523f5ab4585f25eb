//! Expenses of experts and support persons a year (kulukorvaukset): kilometres and sums by kind, and a warning where a
//! limit of what is paid free of tax is reached.
//!
//! What is kept is as little as serves that: a year, a kind, a sum. Wages, identity numbers and reports to the tax
//! authority are no part of this register. The limits are data with a year ([`add_limits`]).

mod limits;
mod queries;
mod recording;
pub mod rules;

use std::collections::{BTreeMap, HashMap};

use rinnalla_entity::ids::{ExpenseId, Id as _, OrganisationId, PersonId};
use rinnalla_entity::states::ExpenseKind;
use sea_orm::FromQueryResult;

use crate::access::{ReadExpenses, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::{Cursor, Page, PageArgs};

pub use limits::{AddLimits, ExpenseLimits, add_limits, limits_of};
pub use recording::{Correct, Details, OnExpense, Record, cancel, correct, record};

/// An entry.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Expense {
    /// Its id.
    pub id: ExpenseId,
    /// Who paid.
    pub organisation_id: OrganisationId,
    /// To whom.
    pub person_id: PersonId,
    /// In which year.
    pub year: i16,
    /// For what.
    pub kind: ExpenseKind,
    /// The way, for travel in one's own vehicle.
    pub kilometres: Option<i32>,
    /// For how many days, of per diems.
    pub days: Option<i32>,
    /// How much.
    pub cents: i32,
    /// Grows with every change.
    pub version: i32,
}

/// What was paid for one thing in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// For what.
    pub kind: ExpenseKind,
    /// How much, in cents.
    pub cents: i64,
}

/// What one person was paid in a year.
#[derive(Clone, Debug)]
pub struct PersonYear {
    /// Who.
    pub person_id: PersonId,
    /// The entries, the latest first.
    pub entries: Vec<Expense>,
    /// The way travelled in their own vehicle.
    pub kilometres: i64,
    /// For how many days a per diem.
    pub days: i64,
    /// Sums by kind.
    pub sums: Vec<Sum>,
    /// Everything, in cents.
    pub cents: i64,
    /// Which limits are reached.
    pub warnings: Vec<rules::Warning>,
}

impl PersonYear {
    fn of(person_id: PersonId, entries: Vec<Expense>, limits: Option<rules::Limits>) -> Self {
        let mut by_kind: BTreeMap<ExpenseKind, i64> = BTreeMap::new();
        for entry in &entries {
            *by_kind.entry(entry.kind).or_default() += i64::from(entry.cents);
        }
        let kilometres = entries.iter().filter_map(|it| it.kilometres);
        let days = entries.iter().filter_map(|it| it.days);
        let days = days.map(i64::from).sum();
        let own_vehicle = by_kind.get(&ExpenseKind::OwnVehicle).copied();
        Self {
            person_id,
            kilometres: kilometres.map(i64::from).sum(),
            days,
            warnings: rules::warnings(limits, days, own_vehicle.unwrap_or_default()),
            cents: by_kind.values().sum(),
            sums: by_kind
                .into_iter()
                .map(|(kind, cents)| Sum { kind, cents })
                .collect(),
            entries,
        }
    }

    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor::of(self.person_id)
    }
}

/// What people were paid by an organisation in a year: everybody for the organisation, oneself for an expert or a support
/// person. Three statements, however many people.
///
/// Errors: `Invalid` (`year OUT_OF_RANGE`).
pub async fn years(
    ctx: &Ctx,
    (of, year): (OrganisationId, i32),
    page: PageArgs,
) -> Result<Page<PersonYear>> {
    let scope = require::<ReadExpenses>(ctx)?;
    let year = i16::try_from(year).map_err(|_| Error::invalid("year", "OUT_OF_RANGE"))?;
    let people = queries::people(ctx, &scope, (of, year), &page).await?;
    let total = match page.total {
        true => Some(queries::count(ctx, &scope, (of, year)).await?),
        false => None,
    };
    let ids: Vec<PersonId> = people.iter().map(|row| row.person_id).collect();
    let mut entries: HashMap<PersonId, Vec<Expense>> = HashMap::new();
    for row in queries::entries(ctx, &scope, (of, year), &ids).await? {
        entries.entry(row.person_id).or_default().push(row);
    }
    let limits = limits::holding(ctx.store.reader(), of, year).await?;
    ctx.see(
        &scope,
        ObjectKind::Person,
        ids.iter().map(|id| (of, id.uuid())),
    );
    let year_of = |person: PersonId| {
        let entries = entries.remove(&person).unwrap_or_default();
        PersonYear::of(person, entries, limits)
    };
    let rows: Vec<PersonYear> = ids.into_iter().map(year_of).collect();
    Ok(Page::of(rows, &page, total))
}

/// One entry; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: ExpenseId) -> Result<Option<Expense>> {
    let scope = require::<ReadExpenses>(ctx)?;
    let found = queries::find(ctx, &scope, id).await?;
    match &found {
        Some(row) => ctx.see(
            &scope,
            ObjectKind::Person,
            [(row.organisation_id, row.person_id.uuid())],
        ),
        None => ctx.refuse(&scope, ObjectKind::Person, id),
    }
    Ok(found)
}
