//! The mail with a link for signing in: planned for every link of somebody whom the register knows, and looked at again
//! just before it leaves, as every notice is. It leaves at any hour.
//!
//! Its link holds a secret, which stands nowhere in the database: it is made again here, from the link's row and a key.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{Id as _, OutboxMessageId, PersonId, SignInLinkId};
use sea_orm::FromQueryResult;

use super::resolve::{About, Decision, Mailing, first_name};
use super::rules::{FLAGGED_BOUNCES, SIGN_IN_LOOKS_BACK};
use super::{Claimed, Reason};
use crate::calendar::helsinki_date;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::people;
use crate::personal::Personal;
use crate::sql::{self, Sql};
use crate::texts::Language;
use crate::tokens::AccessToken;

/// Plans the mails of links that are waiting for one; how many. Run twice it plans none twice.
///
/// Nobody is written to who holds no role today: there would be nothing to see after signing in.
pub async fn enqueue_sign_ins(ctx: &Ctx) -> Result<u64> {
    static WAITING: Sql = Sql::new(
        "SELECT l.id FROM sign_in_links l
         WHERE l.created_at > $1 AND l.person_id IS NOT NULL AND l.used_at IS NULL AND l.expires_at > $2
           AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'SIGN_IN' AND m.subject_id = l.id)
         LIMIT 1000",
    );
    static PLAN: Sql = Sql::new(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, g.organisation_id, 'SIGN_IN', l.id, 1, 'ONESELF', $2, 'PLANNED', l.created_at, l.key_version,
           l.created_at
         FROM sign_in_links l
         JOIN role_grants g ON g.id = (SELECT x.id FROM role_grants x WHERE x.person_id = l.person_id
           AND x.cancelled_at IS NULL AND x.valid_from <= $2 AND (x.valid_to IS NULL OR x.valid_to >= $2)
           ORDER BY x.valid_from, x.id LIMIT 1)
         WHERE l.id = ANY_ID($1)
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO NOTHING",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: SignInLinkId,
    }
    let since = ctx.now - SIGN_IN_LOOKS_BACK;
    let waiting: Vec<Row> = WAITING
        .all(ctx.store.reader(), [since.into(), ctx.now.into()])
        .await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let ids = sql::ids(ctx.store.backend(), waiting.into_iter().map(|row| row.id));
    let today = helsinki_date(ctx.now);
    PLAN.run(ctx.store.writer(), [ids, today.into()]).await
}

#[derive(FromQueryResult)]
struct Row {
    message_id: OutboxMessageId,
    link_id: SignInLinkId,
    person_id: PersonId,
    is_good: bool,
    is_reachable: bool,
    used_at: Option<DateTime<Utc>>,
}

/// Looks at claimed mails of links anew: two statements, however many.
pub(super) async fn resolve(
    ctx: &Ctx,
    claimed: &[&Claimed],
) -> Result<HashMap<OutboxMessageId, Decision>> {
    static LINKS: Sql = Sql::new(
        "SELECT m.id AS message_id, l.id AS link_id, p.id AS person_id, l.expires_at > $1 AS is_good, l.used_at,
           (p.is_active AND p.erased_at IS NULL AND p.email_sealed IS NOT NULL AND p.email_bounces < $2) AS is_reachable
         FROM outbox_messages m JOIN sign_in_links l ON l.id = m.subject_id JOIN people p ON p.id = l.person_id
         WHERE m.id = ANY_ID($3)",
    );
    if claimed.is_empty() {
        return Ok(HashMap::new());
    }
    let db = ctx.store.reader();
    let ids = sql::ids(ctx.store.backend(), claimed.iter().map(|it| it.id));
    let values = [ctx.now.into(), FLAGGED_BOUNCES.into(), ids];
    let rows: Vec<Row> = LINKS.all(db, values).await?;
    let rows: HashMap<OutboxMessageId, Row> =
        rows.into_iter().map(|row| (row.message_id, row)).collect();
    let people: BTreeSet<PersonId> = rows.values().map(|row| row.person_id).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let contacts = people::contacts(&ctx.keys, db, &people).await?;
    let decide = |it: &Claimed| {
        let row = rows
            .get(&it.id)
            .filter(|row| row.is_good && row.used_at.is_none());
        let Some(row) = row else {
            return Decision::Cancel(Reason::LinkExpired);
        };
        let contact = contacts
            .get(&row.person_id)
            .filter(|_| row.is_reachable)
            .and_then(|contact| Some((contact, contact.email.clone()?)));
        let Some((contact, email)) = contact else {
            return Decision::Skip(Reason::NoRecipient);
        };
        let version = u32::try_from(it.key_version).unwrap_or_default();
        let macs = (
            ctx.keys.message_id_mac(version, it.id.0.as_bytes()),
            ctx.keys.sign_in_mac(version, row.link_id.uuid().as_bytes()),
        );
        let (Ok(message_mac), Ok(secret)) = macs else {
            return Decision::Dead("KEY_MISSING");
        };
        Decision::Send(Box::new(Mailing {
            kind: it.kind,
            to: Some(row.person_id),
            email,
            first_name: first_name(&contact.name),
            language: contact.language.readable(Language::Fi),
            organisation_name: None,
            about: About::SignIn {
                secret: Personal::from(AccessToken::of_bytes(&secret).reveal()),
            },
            message_mac,
            written_at: it.created_at,
        }))
    };
    Ok(claimed.iter().map(|it| (it.id, decide(it))).collect())
}
