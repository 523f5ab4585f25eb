//! How many full-time experts there are.

use async_graphql::SimpleObject;
use rinnalla_domain::experts as domain;

use crate::graphql::scalars::Date;
use crate::graphql::written::Written;

/// Full-time experts of a register on a day, by the shares of the working time (kokemusasiantuntijoiden työpanos).
#[derive(SimpleObject, Written)]
pub struct ExpertCapacity {
    /// The day.
    on: Date,
    /// How many are planned for its year; absent where nothing was planned.
    planned: Option<f64>,
    /// The version of that plan; 0 where nothing was planned.
    plan_version: i32,
    /// How many there are: everything under way but what is only applied for.
    actual: f64,
    /// How many more there would be with what is applied for.
    applied_for: f64,
    /// What there is, by task.
    by_task: Vec<ExpertCapacityShare>,
    /// What there is, by employment.
    by_employment: Vec<ExpertCapacityShare>,
    /// Everything under way, by how its funding stands.
    by_funding: Vec<ExpertCapacityShare>,
}

/// A part of the experts' capacity (osuus työpanoksesta).
#[derive(SimpleObject, Written)]
pub struct ExpertCapacityShare {
    /// Of what: a task, an employment or a state of funding, as its code.
    code: String,
    /// Full-time experts.
    full_time: f64,
}

impl From<domain::Capacity> for ExpertCapacity {
    fn from(row: domain::Capacity) -> Self {
        let shares = |shares: Vec<domain::Share>| {
            let share = |share: domain::Share| ExpertCapacityShare {
                code: share.code,
                full_time: share.full_time,
            };
            shares.into_iter().map(share).collect()
        };
        Self {
            on: row.on.into(),
            planned: row.planned,
            plan_version: row.plan_version,
            actual: row.actual,
            applied_for: row.applied_for,
            by_task: shares(row.by_task),
            by_employment: shares(row.by_employment),
            by_funding: shares(row.by_funding),
        }
    }
}
