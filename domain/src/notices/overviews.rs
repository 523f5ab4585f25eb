//! What whoever coordinates an association, or keeps its drop-in places, hears of as a whole: each month how many peers have
//! been without supervision for too long, and that a week of a place has fallen short, or will.
//!
//! Where an association has nobody who keeps its places, its coordinator hears of them; then its mailbox.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate};
use rinnalla_entity::ids::{DropInPlaceId, Id as _, OrganisationId, OutboxMessageId, PersonId};
use rinnalla_entity::states::{NoticeKind, Role};
use sea_orm::{DbBackend, FromQueryResult, Value};

use super::queries::recipients;
use super::resolve::{About, Decision, Mailing, address, mark};
use super::rules::{self, Candidate};
use super::{Claimed, Reason, key_version, opt_outs};
use crate::act::code;
use crate::calendar::{self, plus_days};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::{self, Contact, peers_on};
use crate::sql::{self, Sql};
use crate::texts::Language;

/// Plans what coordinators hear each month of who goes without supervision, where their association has set a limit; how
/// many were new. Whether anybody does is asked when it is sent.
pub async fn enqueue_monthly_overviews(ctx: &Ctx) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, k.organisation_id, 'SUPERVISION_MISSING', k.organisation_id, 0, 'COORDINATOR', $1, 'PLANNED', $2, $3, $4
         FROM supervision_settings k WHERE k.limit_days IS NOT NULL
           AND EXISTS (SELECT 1 FROM role_grants g WHERE g.organisation_id = k.organisation_id AND g.role = 'COORDINATOR'
             AND g.cancelled_at IS NULL AND g.valid_from <= $1 AND (g.valid_to IS NULL OR g.valid_to >= $1))
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO NOTHING",
    );
    let for_on = rules::monthly_on(ctx.today);
    if ctx.today < for_on || !calendar::is_working_day(ctx.today) {
        return Ok(0);
    }
    let values: [Value; 4] = [
        for_on.into(),
        rules::not_before(for_on).into(),
        key_version(ctx)?.into(),
        ctx.now.into(),
    ];
    SQL.run(ctx.store.writer(), values).await
}

/// Plans that a week, which begins on `monday`, falls short at these places; how many were new.
pub(crate) async fn plan_week(
    ctx: &Ctx,
    kind: NoticeKind,
    (monday, for_on): (NaiveDate, NaiveDate),
    short: &[DropInPlaceId],
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, p.organisation_id, $2, p.id, $3, 'PLACE_KEEPER', $4, 'PLANNED', $5, $6, $7
         FROM drop_in_places p WHERE p.id = ANY_ID($1)
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO NOTHING",
    );
    let values: [Value; 7] = [
        sql::ids(ctx.store.backend(), short.iter().copied()),
        code(kind),
        monday.num_days_from_ce().into(),
        for_on.into(),
        rules::not_before(for_on).into(),
        key_version(ctx)?.into(),
        ctx.now.into(),
    ];
    SQL.run(ctx.store.writer(), values).await
}

/// Cancels what is planned of a week that does not fall short at these places after all.
pub(crate) async fn cancel_week(
    ctx: &Ctx,
    kind: NoticeKind,
    monday: NaiveDate,
    enough: &[DropInPlaceId],
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE outbox_messages SET status = 'CANCELLED', reason = $4, ended_at = $5
         WHERE kind = $2 AND cycle_no = $3 AND status = 'PLANNED' AND subject_id = ANY_ID($1)",
    );
    let values: [Value; 5] = [
        sql::ids(ctx.store.backend(), enough.iter().copied()),
        code(kind),
        monday.num_days_from_ce().into(),
        Reason::NothingOpen.code().into(),
        ctx.now.into(),
    ];
    SQL.run(ctx.store.writer(), values).await
}

/// Whether a notice is about an association or a place as a whole.
pub(super) fn is_overview(kind: NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::SupervisionMissing | NoticeKind::PlaceWeekPast | NoticeKind::PlaceWeekNext
    )
}

#[derive(FromQueryResult)]
struct Matter {
    id: OrganisationId,
    name: String,
    is_name_neutral: bool,
    language: String,
    mailbox: Option<String>,
    missing: i64,
}

/// Each association with how many of its peers have been without supervision for longer than its limit. One statement.
async fn matters(
    ctx: &Ctx,
    of: &BTreeSet<OrganisationId>,
) -> Result<HashMap<OrganisationId, Matter>> {
    const SQL: &str = concat!(
        "SELECT o.id, o.name, o.is_name_neutral, o.language, o.mailbox,
           (SELECT count(*) FROM (SELECT w.person_id, coalesce((SELECT max(x.on_date) FROM supervision_attendances a
              JOIN supervision_sessions x ON x.id = a.session_id WHERE x.organisation_id = o.id AND x.status = 'HELD'
                AND a.cancelled_at IS NULL AND a.status = 'ATTENDED' AND a.person_id = w.person_id), w.peer_from) AS since_on
              FROM (",
        peers_on!("o.id", "$2"),
        ") w) u WHERE LIMIT_PASSED) AS missing
         FROM organisations o LEFT JOIN supervision_settings k ON k.organisation_id = o.id WHERE o.id = ANY_ID($1)"
    );
    let on = ctx.store.backend();
    // Days are added to a date otherwise by each database.
    let passed = match on {
        DbBackend::Postgres => "u.since_on + k.limit_days < $2",
        _ => "date(u.since_on, '+' || k.limit_days || ' days') < $2",
    };
    let text = sql::translate(&SQL.replace("LIMIT_PASSED", passed), on);
    let values = [sql::ids(on, of.iter().copied()), ctx.today.into()];
    let rows: Vec<Matter> = sql::all(ctx.store.reader(), &text, values).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Whoever may be written to in each association, the first first.
async fn readers(
    ctx: &Ctx,
    of: &BTreeSet<OrganisationId>,
    role: Role,
) -> Result<HashMap<OrganisationId, Vec<Candidate<PersonId>>>> {
    let mut readers: HashMap<OrganisationId, Vec<Candidate<PersonId>>> = HashMap::new();
    for (organisation, candidate) in recipients::holders(ctx, of.iter().copied(), role).await? {
        readers.entry(organisation).or_default().push(candidate);
    }
    Ok(readers)
}

/// Looks at claimed notices anew: five statements, however many.
pub(super) async fn resolve(
    ctx: &Ctx,
    claimed: &[&Claimed],
) -> Result<HashMap<OutboxMessageId, Decision>> {
    if claimed.is_empty() {
        return Ok(HashMap::new());
    }
    let of: BTreeSet<OrganisationId> = claimed.iter().map(|it| it.organisation).collect();
    let matters = matters(ctx, &of).await?;
    let coordinators = readers(ctx, &of, Role::Coordinator).await?;
    let keepers = readers(ctx, &of, Role::PlaceKeeper).await?;
    let reader = |it: &Claimed| {
        let first = |readers: &HashMap<_, Vec<Candidate<PersonId>>>| {
            let all = readers.get(&it.organisation)?;
            all.iter().find_map(Candidate::reached)
        };
        match it.kind {
            NoticeKind::SupervisionMissing => first(&coordinators),
            _ => first(&keepers).or_else(|| first(&coordinators)),
        }
    };
    let people: BTreeSet<PersonId> = claimed.iter().filter_map(|it| reader(it)).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let without = opt_outs::of_people(ctx.store.reader(), &people).await?;
    let contacts = people::contacts(&ctx.keys, ctx.store.reader(), &people).await?;
    let decide = |it: &Claimed| {
        let Some(matter) = matters.get(&it.organisation) else {
            return Decision::Cancel(Reason::Superseded);
        };
        let about = match about(ctx, it, matter) {
            Ok(about) => about,
            Err(reason) => return Decision::Cancel(reason),
        };
        let to = reader(it);
        match to.is_some_and(|to| without.contains(&(to, it.kind))) {
            true => Decision::Skip(Reason::OptedOut),
            false => write(ctx, it, (matter, about), (to, &contacts)),
        }
    };
    Ok(claimed.iter().map(|it| (it.id, decide(it))).collect())
}

/// What a notice says as things stand now, or why it applies no longer.
fn about(ctx: &Ctx, claimed: &Claimed, matter: &Matter) -> std::result::Result<About, Reason> {
    let opaque_id = DropInPlaceId::from_uuid(claimed.subject).encode();
    let week = NaiveDate::from_num_days_from_ce_opt(claimed.cycle_no);
    let within = |days: i64| {
        let monday = week.ok_or(Reason::Superseded)?;
        match ctx.today <= plus_days(monday, days) {
            true => Ok(About::Week {
                monday,
                opaque_id: opaque_id.clone(),
            }),
            false => Err(Reason::Superseded),
        }
    };
    match claimed.kind {
        NoticeKind::PlaceWeekPast => within(13),
        NoticeKind::PlaceWeekNext => within(6),
        _ if claimed.for_on != rules::monthly_on(ctx.today) => Err(Reason::Superseded),
        _ if matter.missing == 0 => Err(Reason::NothingOpen),
        _ => Ok(About::Count {
            count: matter.missing,
            opaque_id: matter.id.encode(),
        }),
    }
}

fn write(
    ctx: &Ctx,
    claimed: &Claimed,
    (matter, about): (&Matter, About),
    (to, contacts): (Option<PersonId>, &HashMap<PersonId, Contact>),
) -> Decision {
    let language = Language::of_code(&matter.language);
    let Some(address) = address(to, matter.mailbox.as_deref(), language, contacts) else {
        return Decision::Skip(Reason::NoRecipient);
    };
    let message_mac = match mark(ctx, claimed) {
        Ok(mark) => mark,
        Err(dead) => return dead,
    };
    Decision::Send(Box::new(Mailing {
        kind: claimed.kind,
        to: address.to,
        email: address.email,
        first_name: address.first_name,
        language: address.language,
        organisation_name: matter.is_name_neutral.then(|| matter.name.clone()),
        about,
        message_mac,
        written_at: claimed.created_at,
    }))
}
