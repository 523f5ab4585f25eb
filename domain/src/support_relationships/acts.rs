//! Pauses, going on, the end; and putting such an entry, or the first meeting, right.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, PersonId, SupportRelationshipActId, SupportRelationshipId};
use rinnalla_entity::states::{EndReason, HandoverException, SupportRelationshipActKind};
use sea_orm::{FromQueryResult, Value};

use super::standing::{self, FOR_ACT, ForAct, Own};
use crate::access::{ManageRelationships, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::reach::Question;
use crate::referrals;
use crate::sql::Sql;
use chrono::{DateTime, Utc};

/// Lets a relationship rest.
#[derive(Clone, Debug)]
pub struct Pause {
    /// The relationship.
    pub relationship: SupportRelationshipId,
    /// Its version.
    pub version: i32,
    /// From this day.
    pub paused_on: NaiveDate,
}

/// Lets a relationship go on.
#[derive(Clone, Debug)]
pub struct Resume {
    /// The relationship.
    pub relationship: SupportRelationshipId,
    /// Its version.
    pub version: i32,
    /// From this day.
    pub resumed_on: NaiveDate,
}

/// Ends a relationship.
#[derive(Clone, Debug)]
pub struct End {
    /// The relationship.
    pub relationship: SupportRelationshipId,
    /// Its version.
    pub version: i32,
    /// The last day.
    pub ended_on: NaiveDate,
    /// Why.
    pub reason: EndReason,
}

/// Cancels an entry that was made by mistake.
#[derive(Clone, Debug)]
pub struct CancelAct {
    /// The entry.
    pub act: SupportRelationshipActId,
    /// The relationship's version.
    pub version: i32,
}

/// Puts another entry of the same kind in the place of a mistaken one. What does not belong to the kind stays empty.
#[derive(Clone, Debug)]
pub struct CorrectAct {
    /// The entry.
    pub act: SupportRelationshipActId,
    /// The relationship's version.
    pub version: i32,
    /// The day.
    pub on: NaiveDate,
    /// Of a first meeting: whether the professional was there.
    pub professional_present: Option<bool>,
    /// Of a first meeting without the professional: why.
    pub exception_reason: Option<HandoverException>,
    /// Of a first meeting: the professional who handed over.
    pub handover_by: Option<PersonId>,
    /// Of an end: why.
    pub end_reason: Option<EndReason>,
}

/// Records that a relationship rests. Its open review falls away.
///
/// Errors: `Invalid` (`pausedOn`; `WRONG_STATE`), `NotFound`, `Conflict`.
pub async fn pause(ctx: &Ctx, key: &IdempotencyKey, input: Pause) -> Result<SupportRelationshipId> {
    let scope = require::<ManageRelationships>(ctx)?;
    let kind = SupportRelationshipActKind::Paused;
    let details = Details::of(kind, input.paused_on, "pausedOn");
    let name = "supportRelationshipPause";
    record(
        ctx,
        key,
        &scope,
        name,
        input.relationship,
        input.version,
        details,
    )
    .await
}

/// Records that a relationship goes on. A new review opens, counted from that day.
///
/// Errors: `Invalid` (`resumedOn`; `WRONG_STATE`), `NotFound`, `Conflict`.
pub async fn resume(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: Resume,
) -> Result<SupportRelationshipId> {
    let scope = require::<ManageRelationships>(ctx)?;
    let kind = SupportRelationshipActKind::Resumed;
    let details = Details::of(kind, input.resumed_on, "resumedOn");
    let name = "supportRelationshipResume";
    record(
        ctx,
        key,
        &scope,
        name,
        input.relationship,
        input.version,
        details,
    )
    .await
}

/// Records the end. No review is open any more; another support person may follow on the same referral.
///
/// Errors: `Invalid` (`endedOn`; `WRONG_STATE`), `NotFound`, `Conflict`.
pub async fn end(ctx: &Ctx, key: &IdempotencyKey, input: End) -> Result<SupportRelationshipId> {
    let scope = require::<ManageRelationships>(ctx)?;
    let details = Details {
        end_reason: Some(input.reason),
        ..Details::of(SupportRelationshipActKind::Ended, input.ended_on, "endedOn")
    };
    let name = "supportRelationshipEnd";
    record(
        ctx,
        key,
        &scope,
        name,
        input.relationship,
        input.version,
        details,
    )
    .await
}

/// What an entry says.
#[derive(Clone, Debug)]
pub(super) struct Details {
    pub kind: SupportRelationshipActKind,
    pub on: NaiveDate,
    /// The input field of the day.
    pub day: &'static str,
    pub professional_present: Option<bool>,
    pub exception_reason: Option<HandoverException>,
    pub handover_by: Option<PersonId>,
    pub end_reason: Option<EndReason>,
}

impl Details {
    fn of(kind: SupportRelationshipActKind, on: NaiveDate, day: &'static str) -> Self {
        Self {
            kind,
            on,
            day,
            professional_present: None,
            exception_reason: None,
            handover_by: None,
            end_reason: None,
        }
    }

    /// Checks what the entry itself tells, together with what only the kind decides.
    fn check(&self, ctx: &Ctx) -> Result<()> {
        let is_first = self.kind == SupportRelationshipActKind::FirstMeetingHeld;
        let is_end = self.kind == SupportRelationshipActKind::Ended;
        let present = self.professional_present;
        let excused = self.exception_reason.is_some();
        Violations::default()
            .check(self.on <= ctx.today, self.day, "DATE_IN_FUTURE")
            .check(
                present.is_some() == is_first,
                "professionalPresent",
                if is_first {
                    "REQUIRED"
                } else {
                    "NOT_APPLICABLE"
                },
            )
            .check(
                present != Some(false) || excused,
                "professionalPresent",
                "PROFESSIONAL_MUST_BE_PRESENT",
            )
            .check(
                present == Some(false) || !excused,
                "exceptionReason",
                "NOT_APPLICABLE",
            )
            .check(
                present != Some(true) || self.handover_by.is_some(),
                "handoverById",
                "REQUIRED",
            )
            .check(
                is_first || self.handover_by.is_none(),
                "handoverById",
                "NOT_APPLICABLE",
            )
            .check(
                self.end_reason.is_some() == is_end,
                "endReason",
                if is_end { "REQUIRED" } else { "NOT_APPLICABLE" },
            )
            .done()
    }

    /// The exception is a coordinator's; the one who hands over is a professional of the case.
    async fn check_people(
        &self,
        act: &Act<'_>,
        scope: &Scope<ManageRelationships>,
        loaded: &ForAct,
    ) -> Result<()> {
        static ON_CASE: Sql = Sql::new(
            "SELECT person_id FROM case_professionals WHERE case_id = $1 AND person_id = $2 LIMIT 1",
        );
        #[derive(FromQueryResult)]
        struct OnCase {
            #[allow(dead_code)] // that there is a row is the answer
            person_id: PersonId,
        }
        let is_on_case = match self.handover_by {
            None => true,
            Some(person) => {
                let values = [loaded.case_id.uuid().into(), person.uuid().into()];
                let found: Option<OnCase> = ON_CASE.one(&act.tx, values).await?;
                found.is_some()
            }
        };
        Violations::default()
            .check(
                self.exception_reason.is_none() || scope.covers(loaded.organisation_id),
                "exceptionReason",
                "COORDINATOR_ONLY",
            )
            .check(is_on_case, "handoverById", "UNKNOWN")
            .done()
    }

    /// Whether the referral's state hangs on such an entry.
    fn bears_on_referral(&self) -> bool {
        bears_on_referral(self.kind)
    }
}

fn bears_on_referral(kind: SupportRelationshipActKind) -> bool {
    matches!(
        kind,
        SupportRelationshipActKind::FirstMeetingHeld | SupportRelationshipActKind::Ended
    )
}

pub(super) async fn record(
    ctx: &Ctx,
    key: &IdempotencyKey,
    scope: &Scope<ManageRelationships>,
    name: &'static str,
    relationship: SupportRelationshipId,
    version: i32,
    details: Details,
) -> Result<SupportRelationshipId> {
    details.check(ctx)?;
    let mut act = match ctx.begin(name, key, relationship).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(SupportRelationshipId::from_uuid(id)),
    };
    let loaded = standing::take(&act, scope, relationship, version).await?;
    details.check_people(&act, scope, &loaded).await?;
    let own = add(&act, &loaded, &details, None).await?;
    standing::rework(&mut act, &loaded, Some(own)).await?;
    finish(act, scope, &loaded, details.bears_on_referral()).await?;
    Ok(relationship)
}

/// Cancels an entry: it stays, marked, and the relationship is as if it had never been.
///
/// Errors: `Invalid` (`ALREADY_CANCELLED`, `LATER_ENTRIES_STAND_ON_IT`), `NotFound`, `Conflict`.
pub async fn cancel_act(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelAct,
) -> Result<SupportRelationshipId> {
    let scope = require::<ManageRelationships>(ctx)?;
    let name = "supportRelationshipActCancel";
    let mut act = match ctx.begin(name, key, input.act).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => {
            return relationship_of(ctx, SupportRelationshipActId::from_uuid(id)).await;
        }
    };
    let (loaded, entry) = take_of_entry(&act, &scope, input.act, input.version).await?;
    strike(&act, input.act).await?;
    standing::rework(&mut act, &loaded, None).await?;
    finish(act, &scope, &loaded, bears_on_referral(entry.kind)).await?;
    Ok(loaded.id)
}

/// Puts another entry in the place of a mistaken one: as if it had been recorded so from the start.
///
/// Errors: `Invalid` (`on` and what belongs to the kind; `LATER_ENTRIES_STAND_ON_IT`), `NotFound`, `Conflict`.
pub async fn correct_act(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CorrectAct,
) -> Result<SupportRelationshipId> {
    let scope = require::<ManageRelationships>(ctx)?;
    let name = "supportRelationshipActCorrect";
    let mut act = match ctx.begin(name, key, input.act).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => {
            return relationship_of(ctx, SupportRelationshipActId::from_uuid(id)).await;
        }
    };
    let (loaded, entry) = take_of_entry(&act, &scope, input.act, input.version).await?;
    let details = Details {
        kind: entry.kind,
        on: input.on,
        day: "on",
        professional_present: input.professional_present,
        exception_reason: input.exception_reason,
        handover_by: input.handover_by,
        end_reason: input.end_reason,
    };
    details.check(ctx)?;
    details.check_people(&act, &scope, &loaded).await?;
    strike(&act, input.act).await?;
    let own = add(&act, &loaded, &details, Some(&entry)).await?;
    standing::rework(&mut act, &loaded, Some(own)).await?;
    finish(act, &scope, &loaded, details.bears_on_referral()).await?;
    Ok(loaded.id)
}

async fn finish(
    mut act: Act<'_>,
    scope: &Scope<ManageRelationships>,
    loaded: &ForAct,
    bears_on_referral: bool,
) -> Result<()> {
    if bears_on_referral {
        referrals::rework(&mut act, scope, loaded.referral_id).await?;
    }
    act.changed(
        scope,
        loaded.organisation_id,
        ObjectKind::SupportRelationship,
        loaded.id,
    );
    act.done().await?;
    Ok(())
}

/// An entry's kind and its place, which its correction takes.
#[derive(FromQueryResult)]
struct EntryPlace {
    kind: SupportRelationshipActKind,
    is_cancelled: bool,
    place_id: SupportRelationshipActId,
    placed_at: DateTime<Utc>,
}

async fn take_of_entry(
    act: &Act<'_>,
    scope: &Scope<ManageRelationships>,
    entry: SupportRelationshipActId,
    version: i32,
) -> Result<(ForAct, EntryPlace)> {
    #[derive(FromQueryResult)]
    struct Both {
        #[sea_orm(nested)]
        relationship: ForAct,
        #[sea_orm(nested)]
        entry: EntryPlace,
    }
    let mut question = Question::new(act.ctx.store.backend(), "SELECT ");
    question
        .words(FOR_ACT)
        .words(
            ", e.kind, e.cancelled_at IS NOT NULL AS is_cancelled, coalesce(e.corrects_id, e.id) AS place_id,
               coalesce(e.corrects_at, e.recorded_at) AS placed_at
             FROM support_relationship_acts e JOIN support_relationships r ON r.id = e.relationship_id WHERE e.id = ",
        )
        .bind(entry.uuid())
        .words(" AND ")
        .reaches_relationship(scope);
    let found: Option<Both> = question.one(&act.tx).await?;
    let Some(found) = found else {
        act.ctx
            .refuse(scope, ObjectKind::SupportRelationship, entry);
        return Err(Error::NotFound);
    };
    standing::take_version(act, &found.relationship, version).await?;
    if found.entry.is_cancelled {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    Ok((found.relationship, found.entry))
}

/// The relationship of an entry that was changed before under the same key.
async fn relationship_of(
    ctx: &Ctx,
    entry: SupportRelationshipActId,
) -> Result<SupportRelationshipId> {
    static SQL: Sql =
        Sql::new("SELECT relationship_id FROM support_relationship_acts WHERE id = $1");
    #[derive(FromQueryResult)]
    struct Of {
        relationship_id: SupportRelationshipId,
    }
    let of: Option<Of> = SQL.one(ctx.store.reader(), [entry.uuid().into()]).await?;
    of.map(|of| of.relationship_id).ok_or(Error::NotFound)
}

async fn strike(act: &Act<'_>, entry: SupportRelationshipActId) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE support_relationship_acts SET cancelled_at = $2, cancelled_by = $3 WHERE id = $1",
    );
    let values: [Value; 3] = [
        entry.uuid().into(),
        act.ctx.now.into(),
        act.ctx.actor()?.person.uuid().into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

async fn add(
    act: &Act<'_>,
    loaded: &ForAct,
    details: &Details,
    place: Option<&EntryPlace>,
) -> Result<Own> {
    static SQL: Sql = Sql::new(
        "INSERT INTO support_relationship_acts (id, organisation_id, relationship_id, kind, on_date, professional_present,
           exception_reason, handover_by, end_reason, corrects_id, corrects_at, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    );
    let id = SupportRelationshipActId::random();
    let values: [Value; 13] = [
        id.uuid().into(),
        loaded.organisation_id.uuid().into(),
        loaded.id.uuid().into(),
        code(details.kind),
        details.on.into(),
        details.professional_present.into(),
        details.exception_reason.map(HandoverException::code).into(),
        details.handover_by.map(|person| person.uuid()).into(),
        details.end_reason.map(EndReason::code).into(),
        place.map(|place| place.place_id.uuid()).into(),
        place.map(|place| place.placed_at).into(),
        act.ctx.actor()?.person.uuid().into(),
        act.ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(Own {
        entry: id.uuid(),
        day: details.day,
    })
}
