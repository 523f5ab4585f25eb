//! The agreement between the supported person and the support person: how long, how often, where; and how the
//! professional stays by its side. A new version replaces the one before.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id as _, SupportAgreementId, SupportRelationshipId};
use rinnalla_entity::states::MeetingRhythm;
use sea_orm::{FromQueryResult, Value};

use super::standing::{self, FOR_ACT, ForAct, Own};
use crate::access::{RecordAgreements, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::calendar::add_months;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::joint_reviews::rules::INTERVAL_MONTHS;
use crate::reach::Question;
use crate::sql::{self, Sql};

/// An agreement starts at most so many months ahead. Our own choice: a slip of the year is caught.
const STARTS_AHEAD_MONTHS: i32 = 12;

/// An agreement with an end is for at most so many months; a longer one is open-ended. Our own choice.
const LASTS_MONTHS: i32 = 120;

/// How many places an agreement may name.
const PLACES_MAX: usize = 8;

/// What the two people agreed on.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none where it is open-ended.
    pub ends_on: Option<NaiveDate>,
    /// Said out loud, so that an end that was merely forgotten is no open end.
    pub is_open_ended: bool,
    /// How often they meet.
    pub rhythm: MeetingRhythm,
    /// Where: codes of the list `MEETING_PLACE`, one at least; "agreed each time" is one.
    pub places: Vec<String>,
    /// The review interval, in months.
    pub review_interval_months: i32,
    /// Whether the professional stays by its side.
    pub professional_follows: bool,
    /// The day of signing.
    pub signed_on: NaiveDate,
}

/// Records an agreement, the first or a new one.
#[derive(Clone, Debug)]
pub struct RecordAgreement {
    /// The relationship.
    pub relationship: SupportRelationshipId,
    /// The relationship's version.
    pub version: i32,
    /// What was agreed.
    pub terms: Terms,
}

/// Cancels an agreement that was recorded by mistake.
#[derive(Clone, Debug)]
pub struct CancelAgreement {
    /// The agreement.
    pub agreement: SupportAgreementId,
    /// The relationship's version.
    pub version: i32,
}

/// Puts other terms in the place of mistaken ones.
#[derive(Clone, Debug)]
pub struct CorrectAgreement {
    /// The agreement.
    pub agreement: SupportAgreementId,
    /// The relationship's version.
    pub version: i32,
    /// What was really agreed.
    pub terms: Terms,
}

/// Records an agreement. The first one opens the reviews; a later one replaces the one before at once.
///
/// Errors: `Invalid` (the fields of [`Terms`]; `WRONG_STATE`), `NotFound`, `Conflict`.
pub async fn record_agreement(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RecordAgreement,
) -> Result<SupportRelationshipId> {
    let scope = require::<RecordAgreements>(ctx)?;
    let terms = check(ctx, input.terms)?;
    let name = "supportAgreementRecord";
    let mut act = match ctx.begin(name, key, input.relationship).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(SupportRelationshipId::from_uuid(id)),
    };
    let loaded = standing::take(&act, &scope, input.relationship, input.version).await?;
    let own = add(&act, &loaded, &terms, None).await?;
    standing::rework(&mut act, &loaded, Some(own)).await?;
    finish(act, &scope, &loaded).await
}

/// Cancels an agreement: it stays, marked, and the relationship is as if it had never been.
///
/// Errors: `Invalid` (`ALREADY_CANCELLED`, `LATER_ENTRIES_STAND_ON_IT`), `NotFound`, `Conflict`.
pub async fn cancel_agreement(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelAgreement,
) -> Result<SupportRelationshipId> {
    let scope = require::<RecordAgreements>(ctx)?;
    let name = "supportAgreementCancel";
    let mut act = match ctx.begin(name, key, input.agreement).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return relationship_of(ctx, SupportAgreementId::from_uuid(id)).await,
    };
    let (loaded, _) = take_of_agreement(&act, &scope, input.agreement, input.version).await?;
    strike(&act, input.agreement).await?;
    standing::rework(&mut act, &loaded, None).await?;
    finish(act, &scope, &loaded).await
}

/// Puts other terms in the place of mistaken ones: as if they had been recorded so from the start.
///
/// Errors: as [`record_agreement`], and `LATER_ENTRIES_STAND_ON_IT`.
pub async fn correct_agreement(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CorrectAgreement,
) -> Result<SupportRelationshipId> {
    let scope = require::<RecordAgreements>(ctx)?;
    let terms = check(ctx, input.terms)?;
    let name = "supportAgreementCorrect";
    let mut act = match ctx.begin(name, key, input.agreement).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return relationship_of(ctx, SupportAgreementId::from_uuid(id)).await,
    };
    let (loaded, place) = take_of_agreement(&act, &scope, input.agreement, input.version).await?;
    strike(&act, input.agreement).await?;
    let own = add(&act, &loaded, &terms, Some(&place)).await?;
    standing::rework(&mut act, &loaded, Some(own)).await?;
    finish(act, &scope, &loaded).await
}

/// Terms that were checked as far as the input alone tells: places without repetition, the interval as it is stored.
struct Checked {
    terms: Terms,
    interval_months: i16,
}

fn check(ctx: &Ctx, mut terms: Terms) -> Result<Checked> {
    terms.places.sort_unstable();
    terms.places.dedup();
    let interval = u8::try_from(terms.review_interval_months);
    let interval = interval
        .ok()
        .filter(|months| INTERVAL_MONTHS.contains(months));
    let latest_start = add_months(ctx.today, STARTS_AHEAD_MONTHS);
    let ends_after = |from: NaiveDate| terms.ends_on.is_none_or(|on| on >= from);
    let ends_before = |to: NaiveDate| terms.ends_on.is_none_or(|on| on <= to);
    Violations::default()
        .check(terms.starts_on <= latest_start, "startsOn", "OUT_OF_RANGE")
        .check(
            terms.is_open_ended || terms.ends_on.is_some(),
            "endsOn",
            "REQUIRED",
        )
        .check(
            !terms.is_open_ended || terms.ends_on.is_none(),
            "endsOn",
            "NOT_APPLICABLE",
        )
        .check(ends_after(terms.starts_on), "endsOn", "DATES_OUT_OF_ORDER")
        .check(
            ends_before(add_months(terms.starts_on, LASTS_MONTHS)),
            "endsOn",
            "OUT_OF_RANGE",
        )
        .check(!terms.places.is_empty(), "places", "REQUIRED")
        .check(terms.places.len() <= PLACES_MAX, "places", "OUT_OF_RANGE")
        .check(
            terms.places.iter().all(|place| is_code(place)),
            "places",
            "UNKNOWN_CODE",
        )
        .check(interval.is_some(), "reviewIntervalMonths", "OUT_OF_RANGE")
        .check(terms.signed_on <= ctx.today, "signedOn", "DATE_IN_FUTURE")
        .done()?;
    Ok(Checked {
        interval_months: interval.unwrap_or_default().into(),
        terms,
    })
}

/// What no code looks like never reaches the database, whose text takes no NUL.
fn is_code(place: &str) -> bool {
    place
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

async fn finish(
    mut act: Act<'_>,
    scope: &Scope<RecordAgreements>,
    loaded: &ForAct,
) -> Result<SupportRelationshipId> {
    act.changed(
        scope,
        loaded.organisation_id,
        ObjectKind::SupportRelationship,
        loaded.id,
    );
    act.done().await?;
    Ok(loaded.id)
}

/// An agreement's place and number, which its correction takes.
#[derive(FromQueryResult)]
struct AgreementPlace {
    version_no: i16,
    is_cancelled: bool,
    place_id: SupportAgreementId,
    placed_at: DateTime<Utc>,
}

async fn take_of_agreement(
    act: &Act<'_>,
    scope: &Scope<RecordAgreements>,
    agreement: SupportAgreementId,
    version: i32,
) -> Result<(ForAct, AgreementPlace)> {
    #[derive(FromQueryResult)]
    struct Both {
        #[sea_orm(nested)]
        relationship: ForAct,
        #[sea_orm(nested)]
        place: AgreementPlace,
    }
    let mut question = Question::new(act.ctx.store.backend(), "SELECT ");
    question
        .words(FOR_ACT)
        .words(
            ", a.version_no, a.cancelled_at IS NOT NULL AS is_cancelled, coalesce(a.corrects_id, a.id) AS place_id,
               coalesce(a.corrects_at, a.recorded_at) AS placed_at
             FROM support_agreements a JOIN support_relationships r ON r.id = a.relationship_id WHERE a.id = ",
        )
        .bind(agreement.uuid())
        .words(" AND ")
        .reaches_relationship(scope);
    let found: Option<Both> = question.one(&act.tx).await?;
    let Some(found) = found else {
        act.ctx
            .refuse(scope, ObjectKind::SupportRelationship, agreement);
        return Err(Error::NotFound);
    };
    standing::take_version(act, &found.relationship, version).await?;
    if found.place.is_cancelled {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    Ok((found.relationship, found.place))
}

/// The relationship of an agreement that was changed before under the same key.
async fn relationship_of(
    ctx: &Ctx,
    agreement: SupportAgreementId,
) -> Result<SupportRelationshipId> {
    static SQL: Sql = Sql::new("SELECT relationship_id FROM support_agreements WHERE id = $1");
    #[derive(FromQueryResult)]
    struct Of {
        relationship_id: SupportRelationshipId,
    }
    let of: Option<Of> = SQL
        .one(ctx.store.reader(), [agreement.uuid().into()])
        .await?;
    of.map(|of| of.relationship_id).ok_or(Error::NotFound)
}

async fn strike(act: &Act<'_>, agreement: SupportAgreementId) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE support_agreements SET cancelled_at = $2, cancelled_by = $3 WHERE id = $1",
    );
    let values: [Value; 3] = [
        agreement.uuid().into(),
        act.ctx.now.into(),
        act.ctx.actor()?.person.uuid().into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// Writes an agreement with its places; a new one takes the next number, a correction that of the corrected one.
///
/// Errors: `Invalid` (`places`, `UNKNOWN_CODE`).
async fn add(
    act: &Act<'_>,
    loaded: &ForAct,
    checked: &Checked,
    place: Option<&AgreementPlace>,
) -> Result<Own> {
    static ADD: Sql = Sql::new(
        "INSERT INTO support_agreements (id, organisation_id, relationship_id, starts_on, ends_on, is_open_ended, rhythm,
           review_interval_months, professional_follows, signed_on, corrects_id, corrects_at, recorded_by, recorded_at, version_no)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, coalesce($15,
           (SELECT coalesce(max(version_no), 0) + 1 FROM support_agreements WHERE relationship_id = $3 AND cancelled_at IS NULL)))",
    );
    static PLACES: Sql = Sql::new(
        "INSERT INTO support_agreement_places (agreement_id, code)
         SELECT $1, code FROM codes WHERE list = 'MEETING_PLACE' AND is_active AND code = ANY_TEXT($2)",
    );
    let id = SupportAgreementId::random();
    let terms = &checked.terms;
    let values: [Value; 15] = [
        id.uuid().into(),
        loaded.organisation_id.uuid().into(),
        loaded.id.uuid().into(),
        terms.starts_on.into(),
        terms.ends_on.into(),
        terms.is_open_ended.into(),
        code(terms.rhythm),
        checked.interval_months.into(),
        terms.professional_follows.into(),
        terms.signed_on.into(),
        place.map(|place| place.place_id.uuid()).into(),
        place.map(|place| place.placed_at).into(),
        act.ctx.actor()?.person.uuid().into(),
        act.ctx.now.into(),
        place.map(|place| place.version_no).into(),
    ];
    ADD.run(&act.tx, values).await?;
    let codes = sql::texts(act.ctx.store.backend(), terms.places.iter().cloned());
    let known = PLACES.run(&act.tx, [id.uuid().into(), codes]).await?;
    if known != terms.places.len() as u64 {
        return Err(Error::invalid("places", "UNKNOWN_CODE"));
    }
    Ok(Own {
        entry: id.uuid(),
        day: "startsOn",
    })
}
