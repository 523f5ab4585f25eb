//! What is done with expenses and their limits.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::expenses::{self as domain, OnExpense};
use rinnalla_domain::ids::{ExpenseId, OrganisationId, PersonId};

use super::{Expense, ExpenseKind};
use crate::graphql::organisations::Organisation;
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::Ref;

payload!(ExpensePayload, expense: Expense, "What came of an act on an entry of expenses.");
payload!(ExpenseLimitsPayload, organisation: Organisation, "The organisation, after limits were added.");

/// What was paid for: all of it, as it should be.
#[derive(InputObject)]
pub struct ExpenseDetailsInput {
    /// In which year: this one, or one of the six before.
    year: i32,
    /// For what.
    kind: ExpenseKind,
    /// The way: for travel in one's own vehicle alone.
    kilometres: Option<i32>,
    /// For how many days: of per diems alone.
    days: Option<i32>,
    /// How much, in cents.
    cents: i32,
}

impl From<ExpenseDetailsInput> for domain::Details {
    fn from(told: ExpenseDetailsInput) -> Self {
        Self {
            year: told.year,
            kind: told.kind.into(),
            kilometres: told.kilometres,
            days: told.days,
            cents: told.cents,
        }
    }
}

/// Records what somebody was paid for.
#[derive(InputObject)]
pub struct ExpenseRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Who paid.
    organisation_id: Ref<OrganisationId>,
    /// To whom: an expert or a support person of the organisation.
    person_id: Ref<PersonId>,
    /// What for.
    details: ExpenseDetailsInput,
}

/// Puts an entry right.
#[derive(InputObject)]
pub struct ExpenseCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The entry.
    expense_id: Ref<ExpenseId>,
    /// Its version.
    version: i32,
    /// What for.
    details: ExpenseDetailsInput,
}

/// Takes an entry back that was recorded in error.
#[derive(InputObject)]
pub struct ExpenseCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The entry.
    expense_id: Ref<ExpenseId>,
    /// Its version.
    version: i32,
}

/// Adds limits of the organisation's own.
#[derive(InputObject)]
pub struct ExpenseLimitsAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose.
    organisation_id: Ref<OrganisationId>,
    /// From which year on, 2019 to 2100.
    from_year: i32,
    /// For how many days a per diem, 0 to 366.
    per_diem_days: i32,
    /// How much for travel in one's own vehicle, in cents.
    own_vehicle_cents: i32,
}

/// What can be done with expenses.
#[derive(Default)]
pub struct ExpenseMutation;

#[Object]
impl ExpenseMutation {
    /// Records what somebody was paid for in a year. Nothing is refused for a limit; a warning tells of it.
    async fn expense_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "To whom, what for.")] input: ExpenseRecordInput,
    ) -> Result<ExpensePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let record = domain::Record {
            organisation: input.organisation_id.or_unknown(),
            person: input.person_id.or_unknown(),
            details: input.details.into(),
        };
        ExpensePayload::of(c, domain::record(ctx, &key, record).await, Expense::load).await
    }

    /// Puts an entry right.
    async fn expense_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: ExpenseCorrectInput,
    ) -> Result<ExpensePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            expense: input.expense_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        ExpensePayload::of(c, domain::correct(ctx, &key, correct).await, Expense::load).await
    }

    /// Takes an entry back that was recorded in error. Answers nothing but that it is done.
    async fn expense_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: ExpenseCancelInput,
    ) -> Result<ExpensePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = OnExpense {
            expense: input.expense_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel(ctx, &key, on).await;
        ExpensePayload::of(c, done, async |_, _, _| Ok(None)).await
    }

    /// Adds limits of what may be paid free of tax, from a year on, or puts those of that year right: for when the law changes.
    async fn expense_limits_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: ExpenseLimitsAddInput,
    ) -> Result<ExpenseLimitsPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = domain::AddLimits {
            organisation: input.organisation_id.or_unknown(),
            from_year: input.from_year,
            per_diem_days: input.per_diem_days,
            own_vehicle_cents: input.own_vehicle_cents,
        };
        let done = domain::add_limits(ctx, &key, add).await;
        ExpenseLimitsPayload::of(c, done, Organisation::load).await
    }
}
