//! The notice that an expert's consent to be listed comes to its end, thirty days before: to that expert alone.
//!
//! One row a consent. A consent that is given anew, put right or ended is another one or none, and what is planned for the
//! former is cancelled by that act.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{ExpertProfileId, Id as _, OutboxMessageId, PersonId};
use rinnalla_entity::states::NoticeKind;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::resolve::{About, Decision, Mailing, first_name, mark};
use super::rules::{self, FLAGGED_BOUNCES};
use super::{Claimed, Reason, key_version, opt_outs};
use crate::appointments::days::Deadline;
use crate::calendar;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::{self, Contact};
use crate::sql::{self, Sql};
use crate::texts::Language;

/// Plans the notices of consents whose day has come; how many were new. Run twice, or late, it changes nothing more. A
/// consent that was given for a shorter time than the notice is early needs none.
pub async fn enqueue_listing_notices(ctx: &Ctx) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, e.organisation_id, 'LISTING_CONSENT_ENDS', k.id, 1, 'ONESELF', k.notice_on, 'PLANNED', $2, $3, $4
         FROM expert_consents k JOIN expert_profiles e ON e.id = k.profile_id AND e.removed_at IS NULL
         WHERE k.ended_at IS NULL AND k.notice_on <= $1 AND k.until_on >= $1 AND k.notice_on > k.given_on
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO NOTHING",
    );
    if !calendar::is_working_day(ctx.today) {
        return Ok(0);
    }
    let values: [Value; 4] = [
        ctx.today.into(),
        rules::not_before(ctx.today).into(),
        key_version(ctx)?.into(),
        ctx.now.into(),
    ];
    SQL.run(ctx.store.writer(), values).await
}

/// Cancels what is planned about a consent that stands no more.
pub(crate) async fn cancel_of_consent(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    consent: Uuid,
    reason: Reason,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE outbox_messages SET status = 'CANCELLED', reason = $2, ended_at = $3
         WHERE subject_id = $1 AND kind = 'LISTING_CONSENT_ENDS' AND status = 'PLANNED'",
    );
    let values: [Value; 3] = [consent.into(), reason.code().into(), ctx.now.into()];
    SQL.run(db, values).await
}

#[derive(FromQueryResult)]
struct Matter {
    message_id: OutboxMessageId,
    profile_id: ExpertProfileId,
    person_id: PersonId,
    until_on: NaiveDate,
    /// How many consents there were before: whoever renews puts the day in the calendar off.
    earlier: i64,
    stands: bool,
    is_reachable: bool,
    organisation_name: String,
    is_name_neutral: bool,
    organisation_language: String,
}

/// Looks at claimed notices anew: three statements, however many.
pub(super) async fn resolve(
    ctx: &Ctx,
    claimed: &[&Claimed],
) -> Result<HashMap<OutboxMessageId, Decision>> {
    static MATTERS: Sql = Sql::new(
        "SELECT m.id AS message_id, e.id AS profile_id, e.person_id, k.until_on,
           (SELECT count(*) FROM expert_consents b WHERE b.profile_id = e.id AND b.recorded_at < k.recorded_at) AS earlier,
           (k.ended_at IS NULL AND e.removed_at IS NULL AND k.until_on >= $3) AS stands,
           (p.is_active AND p.erased_at IS NULL AND p.email_sealed IS NOT NULL AND p.email_bounces < $1) AS is_reachable,
           o.name AS organisation_name, o.is_name_neutral, o.language AS organisation_language
         FROM outbox_messages m JOIN expert_consents k ON k.id = m.subject_id JOIN expert_profiles e ON e.id = k.profile_id
         JOIN people p ON p.id = e.person_id JOIN organisations o ON o.id = e.organisation_id
         WHERE m.id = ANY_ID($2)",
    );
    if claimed.is_empty() {
        return Ok(HashMap::new());
    }
    let db = ctx.store.reader();
    let ids = sql::ids(ctx.store.backend(), claimed.iter().map(|it| it.id));
    let values: [Value; 3] = [FLAGGED_BOUNCES.into(), ids, ctx.today.into()];
    let rows: Vec<Matter> = MATTERS.all(db, values).await?;
    let matters: HashMap<OutboxMessageId, Matter> =
        rows.into_iter().map(|row| (row.message_id, row)).collect();
    let people: Vec<PersonId> = matters.values().map(|row| row.person_id).collect();
    let without = opt_outs::of_people(db, &people).await?;
    let contacts = people::contacts(&ctx.keys, db, &people).await?;
    let decide = |it: &Claimed| match matters.get(&it.id) {
        Some(matter) if matter.stands => match without.contains(&(matter.person_id, it.kind)) {
            true => Decision::Skip(Reason::OptedOut),
            false => write(ctx, it, matter, contacts.get(&matter.person_id)),
        },
        _ => Decision::Cancel(Reason::ConsentWithdrawn),
    };
    Ok(claimed.iter().map(|it| (it.id, decide(it))).collect())
}

fn write(ctx: &Ctx, claimed: &Claimed, matter: &Matter, contact: Option<&Contact>) -> Decision {
    let reached = contact.filter(|_| matter.is_reachable);
    let Some((contact, email)) = reached.and_then(|it| Some((it, it.email.clone()?))) else {
        return Decision::Skip(Reason::NoRecipient);
    };
    let message_mac = match mark(ctx, claimed) {
        Ok(mark) => mark,
        Err(dead) => return dead,
    };
    let organisation_language = Language::of_code(&matter.organisation_language);
    Decision::Send(Box::new(Mailing {
        kind: NoticeKind::ListingConsentEnds,
        to: Some(matter.person_id),
        email,
        first_name: first_name(&contact.name),
        language: contact.language.readable(organisation_language),
        organisation_name: matter
            .is_name_neutral
            .then(|| matter.organisation_name.clone()),
        about: About::Consent {
            deadline: Deadline {
                uid: matter.profile_id.uuid(),
                on: matter.until_on,
                sequence: i32::try_from(matter.earlier).unwrap_or(i32::MAX),
                // The same over all attempts, as everything in a mail.
                changed_at: claimed.created_at,
            },
            opaque_id: matter.profile_id.encode(),
        },
        message_mac,
        written_at: claimed.created_at,
    }))
}
