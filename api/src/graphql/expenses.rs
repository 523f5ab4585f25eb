//! What experts and support persons were paid for in a year.

mod acts;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::expenses::{self as domain, rules};
use rinnalla_domain::ids::{ExpenseId, OrganisationId};
use rinnalla_domain::page::{Cursor, PageArgs};
use rinnalla_domain::states;

pub use self::acts::ExpenseMutation;
use super::payload::{answer, ctx, for_client};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, filled};
use super::scalars::{Ref, id};
use super::written::{Answer, Written, written};

/// What a volunteer was paid for (kulukorvauksen laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::ExpenseKind")]
pub enum ExpenseKind {
    /// Travel in one's own vehicle, by the kilometre (kilometrikorvaus).
    OwnVehicle,
    /// Public transport, by receipt.
    PublicTransport,
    /// Lodging, by receipt.
    Lodging,
    /// A per diem (päiväraha).
    PerDiem,
    /// Something else.
    Other,
}

/// A limit of what is paid free of tax that is reached (verovapauden raja).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "rules::Warning")]
pub enum ExpenseWarning {
    /// Of the days of per diems in a year.
    PerDiemDays,
    /// Of travel in one's own vehicle in a year.
    OwnVehicle,
}

/// An entry of what somebody was paid for (vapaaehtoisen kulukorvaus).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Expense {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// In which year.
    year: i16,
    /// For what.
    kind: ExpenseKind,
    /// The way, for travel in one's own vehicle.
    kilometres: Option<i32>,
    /// For how many days, of per diems.
    days: Option<i32>,
    /// How much, in cents.
    cents: i32,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Expense,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// An entry of what somebody was paid for (vapaaehtoisen kulukorvaus).
#[written]
#[ComplexObject]
impl Expense {
    /// To whom.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl From<domain::Expense> for Expense {
    fn from(row: domain::Expense) -> Self {
        Self {
            id: id(row.id),
            year: row.year,
            kind: row.kind.into(),
            kilometres: row.kilometres,
            days: row.days,
            cents: row.cents,
            version: row.version,
            row,
            person: None,
        }
    }
}

impl Expense {
    /// One entry with what is selected below it.
    pub async fn load(ctx: &Ctx, id: ExpenseId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for Expense {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.person_id).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.row.person_id).cloned());
            }
        }
        Ok(())
    }
}

/// What was paid for one thing in a year (kulujen summa).
#[derive(SimpleObject, Written, Clone, Copy)]
pub struct ExpenseSum {
    /// For what.
    kind: ExpenseKind,
    /// How much, in cents.
    cents: i64,
}

/// What one person was paid for in a year (vuoden kulukorvaukset).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct ExpenseYear {
    /// The way travelled in their own vehicle.
    kilometres: i64,
    /// For how many days a per diem.
    per_diem_days: i64,
    /// Sums by kind; kinds without any are left out.
    sums: Vec<ExpenseSum>,
    /// Everything, in cents.
    cents: i64,
    /// Which limits of what is paid free of tax are reached.
    warnings: Vec<ExpenseWarning>,
    #[graphql(skip)]
    row: domain::PersonYear,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    entries: Option<Vec<Expense>>,
}

/// What one person was paid for in a year (vuoden kulukorvaukset).
#[written]
#[ComplexObject]
impl ExpenseYear {
    /// To whom.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }

    /// The entries, the latest first.
    async fn entries(&self) -> Result<&[Expense]> {
        Ok(filled(&self.entries)?)
    }
}

impl From<domain::PersonYear> for ExpenseYear {
    fn from(row: domain::PersonYear) -> Self {
        let sum = |sum: &domain::Sum| ExpenseSum {
            kind: sum.kind.into(),
            cents: sum.cents,
        };
        Self {
            kilometres: row.kilometres,
            per_diem_days: row.days,
            sums: row.sums.iter().map(sum).collect(),
            cents: row.cents,
            warnings: row.warnings.iter().map(|it| (*it).into()).collect(),
            row,
            person: None,
            entries: None,
        }
    }
}

impl ExpenseYear {
    fn cursor(&self) -> Cursor {
        self.row.cursor()
    }
}

impl Prefetch for ExpenseYear {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.person_id).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.row.person_id).cloned());
            }
        }
        if let Some(below) = look.child("entries") {
            for node in nodes.iter_mut() {
                let entries = node.row.entries.iter().copied().map(Expense::from);
                node.entries = Some(entries.collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.entries.as_mut());
            super::prefetch::fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

connection!(
    ExpenseYear,
    ExpenseYearConnection,
    ExpenseYearEdge,
    "A page of what people were paid for in a year."
);

/// What may be paid free of tax, from a year on until others are told (verovapauden rajat).
#[derive(SimpleObject, Written)]
pub struct ExpenseLimits {
    /// From which year on.
    from_year: i16,
    /// For how many days a per diem.
    per_diem_days: i16,
    /// How much for travel in one's own vehicle, in cents.
    own_vehicle_cents: i32,
    /// Whether the organisation added them itself.
    is_own: bool,
}

impl From<domain::ExpenseLimits> for ExpenseLimits {
    fn from(row: domain::ExpenseLimits) -> Self {
        Self {
            from_year: row.from_year,
            per_diem_days: row.per_diem_days,
            own_vehicle_cents: row.own_vehicle_cents,
            is_own: row.is_own,
        }
    }
}

/// What can be asked of expenses.
#[derive(Default)]
pub struct ExpenseQuery;

#[Object]
impl ExpenseQuery {
    /// What people were paid for in a year by an organisation: everybody for the own organisation, oneself for an expert or a
    /// support person.
    async fn expense_years(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who paid.")] organisation_id: Ref<OrganisationId>,
        #[graphql(desc = "In which year.")] year: i32,
        #[graphql(desc = "How many people, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<ExpenseYearConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let of = (organisation_id.or_unknown(), year);
            let mut page = domain::years(ctx, of, args).await?.map(ExpenseYear::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(ExpenseYearConnection::new(page, &args, ExpenseYear::cursor))
        };
        answer(ctx, page.await)
    }

    /// What may be paid free of tax, the latest year first; empty where one has nothing to do with the organisation.
    async fn expense_limits(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose own limits besides those of all.")] organisation_id: Ref<
            OrganisationId,
        >,
    ) -> Result<Answer<Vec<ExpenseLimits>>> {
        let ctx = ctx(c)?;
        let rows = domain::limits_of(ctx, organisation_id.or_unknown()).await;
        let rows = for_client(ctx, rows)?.into_iter();
        Ok(Answer(rows.map(ExpenseLimits::from).collect()))
    }
}
