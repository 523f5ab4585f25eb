//! What a house meeting decided, and which wishes it answered.

use std::collections::BTreeMap;

use rinnalla_entity::ids::{HouseMeetingId, Id as _};
use rinnalla_entity::states::{HouseMeetingStatus, WishStatus};

use super::{Item, queries, rules};
use crate::access::{KeepWishes, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::sql::Sql;
use crate::text::free_line;
use crate::wishes::{self, Wish};

/// What was decided in one matter.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Which matter of the agenda, from 1 on.
    pub no: i32,
    /// What was decided.
    pub decision: String,
    /// How the wish stands now, where the matter is one; talked over where nothing is said.
    pub wish_status: Option<WishStatus>,
    /// Whether the decision is what everybody is answered to the wish.
    pub answers_wish: bool,
}

impl Decision {
    /// What is wrong with it in a matter that is this wish, or none: the code that [`record`] would answer, for telling it beside
    /// the matter.
    pub fn fault(&self, wish: Option<&Wish>) -> Option<&'static str> {
        if let Err(code) = free_line(&self.decision, rules::DECISION_MAX_CHARS) {
            return Some(code);
        }
        match wish {
            None => self.needs_wish().then_some("NO_WISH"),
            Some(wish) if wish.text.is_none() => None,
            Some(wish) => {
                let is_answered = self.answers_wish || wish.answer.is_some();
                wishes::rules::after_talk(wish.status, self.wish_status, is_answered).err()
            }
        }
    }

    /// Whether it says something that can be said of a wish alone.
    fn needs_wish(&self) -> bool {
        self.answers_wish || self.wish_status.is_some()
    }
}

/// A meeting that was held.
#[derive(Clone, Debug)]
pub struct Record {
    /// The meeting.
    pub meeting: HouseMeetingId,
    /// The version that this is based on.
    pub version: i32,
    /// How many came.
    pub heads: i32,
    /// What was decided: all of it; matters that are left out were talked over without a decision.
    pub decisions: Vec<Decision>,
}

/// Records a meeting that was held, or puts right what was recorded. Each wish on the agenda counts as talked over.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`heads OUT_OF_RANGE`; `decisions` as free lines, `UNKNOWN` where
/// no matter has the number, `SAME_TWICE`, `NO_WISH` where a matter that is no wish would answer one, `WRONG_STATE` where a
/// wish would go back, `ANSWER_NEEDED`; `DATE_IN_FUTURE`, `WRONG_STATE` where it was called off).
pub async fn record(ctx: &Ctx, key: &IdempotencyKey, input: Record) -> Result<HouseMeetingId> {
    static SQL: Sql =
        Sql::new("UPDATE house_meetings SET status = 'HELD', heads = $2 WHERE id = $1");
    let scope = require::<KeepWishes>(ctx)?;
    let mut faults = Violations::default();
    let is_heads = rules::HEADS.contains(&input.heads);
    faults.check(is_heads, "heads", "OUT_OF_RANGE");
    let told = faults.take("decisions", lines(&input.decisions));
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = input.meeting;
    let mut act = match ctx.begin("houseMeetingRecord", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(HouseMeetingId(done)),
    };
    let held = queries::hold(&act, &scope, id).await?;
    queries::take(&act.tx, id, input.version).await?;
    Violations::default()
        .check(held.on_date <= ctx.today, "", "DATE_IN_FUTURE")
        .check(
            held.status != HouseMeetingStatus::Cancelled,
            "",
            "WRONG_STATE",
        )
        .done()?;
    let items = queries::items_of(&act.tx, id).await?;
    let is_known = |no: &i32| items.iter().any(|item| i32::from(item.no) == *no);
    if !told.keys().all(is_known) {
        return Err(Error::invalid("decisions", "UNKNOWN"));
    }
    for item in &items {
        let decision = told.get(&i32::from(item.no));
        if let Err(code) = decide(&act, &scope, item, decision).await? {
            return Err(Error::invalid("decisions", code));
        }
    }
    SQL.run(&act.tx, [id.0.into(), input.heads.into()]).await?;
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::DropInPlace,
        held.place_id,
    );
    act.done().await.map(HouseMeetingId)
}

/// Decisions by number, with their lines as they are kept.
fn lines(told: &[Decision]) -> std::result::Result<BTreeMap<i32, Decision>, &'static str> {
    if told.len() > rules::MOST_ITEMS {
        return Err("OUT_OF_RANGE");
    }
    let mut by_no = BTreeMap::new();
    for decision in told {
        let line = free_line(&decision.decision, rules::DECISION_MAX_CHARS)?;
        let kept = Decision {
            decision: line,
            ..decision.clone()
        };
        if by_no.insert(decision.no, kept).is_some() {
            return Err("SAME_TWICE");
        }
    }
    Ok(by_no)
}

/// Writes what was decided in one matter. A code where it cannot be.
async fn decide(
    act: &Act<'_>,
    scope: &crate::access::Scope<KeepWishes>,
    item: &Item,
    told: Option<&Decision>,
) -> Result<std::result::Result<(), &'static str>> {
    static SQL: Sql = Sql::new(
        "UPDATE house_meeting_items SET decision = $3 WHERE house_meeting_id = $1 AND no = $2",
    );
    let decision = told.map(|told| told.decision.clone());
    let values = [
        item.house_meeting_id.uuid().into(),
        item.no.into(),
        decision.clone().into(),
    ];
    SQL.run(&act.tx, values).await?;
    match item.wish_id {
        None if told.is_some_and(Decision::needs_wish) => Ok(Err("NO_WISH")),
        None => Ok(Ok(())),
        Some(wish) => {
            let status = told.and_then(|told| told.wish_status);
            let answer = decision.filter(|_| told.is_some_and(|told| told.answers_wish));
            wishes::talked_over(act, scope.actor(), wish, (status, answer)).await
        }
    }
}
