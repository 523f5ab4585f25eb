//! How somebody's part in a course ends: the facilitators' recorded decision, never a number. What somebody goes on to
//! may be told, and need not be.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{EnrolmentDecisionId, EnrolmentId, Id as _};
use rinnalla_entity::states::{
    CourseSessionStatus, CourseStatus, EnrolmentDecisionKind, EnrolmentStatus,
};
use sea_orm::Value;

use super::enrolling::{done, take};
use super::{queries, rules};
use crate::access::{LeadCourses, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations::{self, CodeList};
use crate::sql::{self, Sql};

/// What was decided.
#[derive(Clone, Debug)]
pub enum Decision {
    /// They graduated; with codes of what they go on to, where they told.
    Graduated(Vec<String>),
    /// They left before the end.
    Interrupted,
    /// They never came.
    NoShow,
}

/// A decision on somebody's part.
#[derive(Clone, Debug)]
pub struct Decide {
    /// Whose part.
    pub enrolment: EnrolmentId,
    /// Its version.
    pub version: i32,
    /// What.
    pub decision: Decision,
    /// For which day.
    pub on: NaiveDate,
}

/// Takes a decision back.
#[derive(Clone, Copy, Debug)]
pub struct CancelDecision {
    /// Whose part.
    pub enrolment: EnrolmentId,
    /// Its version.
    pub version: i32,
}

impl Decision {
    fn kind(&self) -> EnrolmentDecisionKind {
        match self {
            Self::Graduated(_) => EnrolmentDecisionKind::Graduated,
            Self::Interrupted => EnrolmentDecisionKind::Interrupted,
            Self::NoShow => EnrolmentDecisionKind::NoShow,
        }
    }

    fn status(&self) -> EnrolmentStatus {
        match self {
            Self::Graduated(_) => EnrolmentStatus::Graduated,
            Self::Interrupted => EnrolmentStatus::Interrupted,
            Self::NoShow => EnrolmentStatus::NoShow,
        }
    }

    fn next_steps(&self) -> &[String] {
        match self {
            Self::Graduated(steps) => steps,
            Self::Interrupted | Self::NoShow => &[],
        }
    }
}

/// Records how somebody's part ends; graduation after the last session alone.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`on DATE_IN_FUTURE`, `on DATES_OUT_OF_ORDER`,
/// `nextSteps UNKNOWN_CODE`; `WRONG_STATE`, `LAST_SESSION_TO_COME`).
pub async fn decide(ctx: &Ctx, key: &IdempotencyKey, input: Decide) -> Result<EnrolmentId> {
    let scope = require::<LeadCourses>(ctx)?;
    let name = match input.decision {
        Decision::Graduated(_) => "enrolmentGraduate",
        Decision::Interrupted | Decision::NoShow => "enrolmentEnd",
    };
    if let Some(done) = ctx.done_before(name, key).await? {
        return Ok(EnrolmentId(done));
    }
    let steps = check(ctx, &input).await?;
    let id = input.enrolment;
    let act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let (held, part) = take(&act, &scope, id, input.version).await?;
    let contradicts = matches!(input.decision, Decision::NoShow) && part.came;
    let is_closed = held.status == CourseStatus::Cancelled;
    if part.status != EnrolmentStatus::Enrolled || contradicts || is_closed {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let sessions = queries::sessions_of(&act.tx, held.id).await?;
    let stands = |it: &&super::CourseSession| it.status != CourseSessionStatus::Cancelled;
    let mut days = sessions.iter().filter(stands).map(|it| it.on_date);
    let earliest = match input.decision {
        Decision::Graduated(_) => {
            if held.status != CourseStatus::Finished {
                return Err(Error::invalid("", "LAST_SESSION_TO_COME"));
            }
            days.next_back()
        }
        Decision::Interrupted | Decision::NoShow => days.next(),
    };
    if earliest.is_some_and(|earliest| input.on < earliest) {
        return Err(Error::invalid("on", "DATES_OUT_OF_ORDER"));
    }
    insert(&act, &input, &steps).await?;
    queries::set_part(&act.tx, id, input.decision.status()).await?;
    done(act, &scope, &held, id).await
}

/// Takes a decision back: the part goes on.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE` where there is none).
pub async fn cancel_decision(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelDecision,
) -> Result<EnrolmentId> {
    static SQL: Sql = Sql::new(
        "UPDATE enrolment_decisions SET cancelled_at = $2, cancelled_by = $3 WHERE enrolment_id = $1 AND cancelled_at IS NULL",
    );
    let scope = require::<LeadCourses>(ctx)?;
    let id = input.enrolment;
    let act = match ctx.begin("enrolmentDecisionCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let (held, _) = take(&act, &scope, id, input.version).await?;
    let by = act.ctx.actor()?.person;
    let values: [Value; 3] = [id.0.into(), ctx.now.into(), by.0.into()];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    queries::set_part(&act.tx, id, EnrolmentStatus::Enrolled).await?;
    done(act, &scope, &held, id).await
}

async fn check(ctx: &Ctx, input: &Decide) -> Result<BTreeSet<String>> {
    let mut faults = Violations::default();
    faults.check(input.on <= ctx.today, "on", "DATE_IN_FUTURE");
    let steps = input.decision.next_steps();
    if steps.len() > rules::MOST_NEXT_STEPS {
        faults.check(false, "nextSteps", "OUT_OF_RANGE");
    } else if !steps.is_empty() {
        let db = ctx.store.reader();
        let unknown = organisations::unknown_codes(db, CodeList::NextStep, steps).await?;
        faults.check(unknown.is_empty(), "nextSteps", "UNKNOWN_CODE");
    }
    faults.done()?;
    Ok(steps.iter().cloned().collect())
}

async fn insert(act: &Act<'_>, input: &Decide, steps: &BTreeSet<String>) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO enrolment_decisions (id, enrolment_id, kind, on_date, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    );
    let id = EnrolmentDecisionId::random();
    let values: [Value; 6] = [
        id.0.into(),
        input.enrolment.0.into(),
        code(input.decision.kind()),
        input.on.into(),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    let steps = steps.iter();
    let steps = steps.flat_map(|step| [Value::from(id.0), step.clone().into()]);
    let columns = "decision_id, code";
    sql::insert_many(&act.tx, "enrolment_next_steps", columns, steps.collect()).await
}
