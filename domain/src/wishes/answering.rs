//! What comes of a wish, and the erasing of one that does not belong in the box.

use rinnalla_entity::ids::{PersonId, WishId};
use rinnalla_entity::states::WishStatus;
use sea_orm::Value;

use super::queries::{self, About};
use super::rules;
use crate::access::{KeepWishes, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::areas::area;
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::sql::Sql;
use crate::text::free_line;

/// What a wish has come to: all of it, as it should be.
#[derive(Clone, Debug)]
pub struct AnswerWish {
    /// The wish.
    pub wish: WishId,
    /// The version that this is based on.
    pub version: i32,
    /// How it stands.
    pub status: WishStatus,
    /// The area of osallisuus, 1 to 3.
    pub area: Option<i32>,
    /// The wish as everybody reads it, in the place's own words; none where it is not told.
    pub told: Option<String>,
    /// What everybody is answered.
    pub answer: Option<String>,
}

/// A wish to erase.
#[derive(Clone, Copy, Debug)]
pub struct EraseWish {
    /// The wish.
    pub wish: WishId,
    /// The version that this is based on.
    pub version: i32,
}

/// Says what a wish has come to.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`told`, `answer EMPTY`, `TOO_LONG`, `CONTROL_CHARACTER`,
/// `LOOKS_LIKE_IDENTITY_NUMBER`; `answer ANSWER_NEEDED` where it is not possible, or where an answer that was given is left out;
/// `area OUT_OF_RANGE`; `status WRONG_STATE` where it would go back).
pub async fn answer(ctx: &Ctx, key: &IdempotencyKey, input: AnswerWish) -> Result<WishId> {
    static SQL: Sql = Sql::new(
        "UPDATE wishes SET status = $2, area = $3, told = $4, answer = $5, answered_by = $6,
           answered_on = CASE WHEN $5 IS NULL THEN NULL ELSE COALESCE(answered_on, $7) END WHERE id = $1",
    );
    let scope = require::<KeepWishes>(ctx)?;
    let mut faults = Violations::default();
    let told = input.told.as_deref();
    let told = told.map(|told| free_line(told, rules::TOLD_MAX_CHARS));
    let told = faults.take("told", told.transpose());
    let answer = input.answer.as_deref();
    let answer = answer.map(|answer| free_line(answer, rules::TEXT_MAX_CHARS));
    let answer = faults.take("answer", answer.transpose());
    let area = faults.take("area", area(input.area));
    let is_said = !rules::needs_answer(input.status) || input.answer.is_some();
    faults.check(is_said, "answer", "ANSWER_NEEDED").done()?;
    let (Some(told), Some(answer), Some(area)) = (told, answer, area) else {
        return Err(unchecked());
    };
    let id = input.wish;
    let mut act = match ctx.begin("wishAnswer", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(WishId(done)),
    };
    let held = queries::hold(&act, &scope, About::Wish(id)).await?;
    let kept = queries::kept(&act.tx, id).await?.ok_or(Error::NotFound)?;
    queries::take(&act.tx, id, input.version).await?;
    let stays_said = answer.is_some() || kept.answer.is_none();
    Violations::default()
        .check(kept.text.is_some(), "", "WRONG_STATE")
        .check(
            rules::may_follow(kept.status, input.status),
            "status",
            "WRONG_STATE",
        )
        .check(stays_said, "answer", "ANSWER_NEEDED")
        .done()?;
    let values: [Value; 7] = [
        id.0.into(),
        code(input.status),
        area.into(),
        told.into(),
        answer.into(),
        scope.actor().0.into(),
        ctx.today.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::DropInPlace,
        held.place_id,
    );
    act.done().await.map(WishId)
}

/// Erases a wish that does not belong in the box: its text, what was told of it, and the answer.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE` where it was erased before).
pub async fn erase(ctx: &Ctx, key: &IdempotencyKey, input: EraseWish) -> Result<WishId> {
    static SQL: Sql = Sql::new(
        "UPDATE wishes SET text = NULL, told = NULL, answer = NULL, answered_on = NULL, answered_by = $2,
           status = 'RECEIVED' WHERE id = $1 AND text IS NOT NULL",
    );
    let scope = require::<KeepWishes>(ctx)?;
    let id = input.wish;
    let mut act = match ctx.begin("wishErase", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(WishId(done)),
    };
    let held = queries::hold(&act, &scope, About::Wish(id)).await?;
    queries::take(&act.tx, id, input.version).await?;
    let by = scope.actor().0.into();
    if SQL.run(&act.tx, [id.0.into(), by]).await? == 0 {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::DropInPlace,
        held.place_id,
    );
    act.done().await.map(WishId)
}

/// What a house meeting has come to about a wish: it was talked over at least. A code where the wish would go back, or would
/// not be possible without an answer. One that was erased meanwhile stays as it is.
pub(crate) async fn talked_over(
    act: &Act<'_>,
    by: PersonId,
    wish: WishId,
    (status, answer): (Option<WishStatus>, Option<String>),
) -> Result<std::result::Result<(), &'static str>> {
    static SQL: Sql = Sql::new(
        "UPDATE wishes SET version = version + 1, status = $2, answer = COALESCE($3, answer),
           answered_by = CASE WHEN $3 IS NULL THEN answered_by ELSE $4 END,
           answered_on = CASE WHEN $3 IS NULL THEN answered_on ELSE COALESCE(answered_on, $5) END WHERE id = $1",
    );
    let kept = queries::kept(&act.tx, wish).await?.ok_or(Error::NotFound)?;
    if kept.text.is_none() {
        return Ok(Ok(()));
    }
    let is_answered = answer.is_some() || kept.answer.is_some();
    let status = match rules::after_talk(kept.status, status, is_answered) {
        Ok(status) => status,
        Err(code) => return Ok(Err(code)),
    };
    let values: [Value; 5] = [
        wish.0.into(),
        code(status),
        answer.into(),
        by.0.into(),
        act.ctx.today.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(Ok(()))
}
