//! Erasing somebody for good: a row stays, of which nothing is left but that it is somebody's, so that what happened is
//! still counted. It is refused as long as the register still needs to know who it is.
//!
//! Source: article 17 of the GDPR with its exceptions; the Accounting Act (1336/1997) chapter 2 section 10.

use chrono::Datelike as _;
use rinnalla_entity::ids::PersonId;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{may_give, queries};
use crate::access::{self, ErasePeople};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations;
use crate::sql::Sql;

/// What was paid is kept for six years after the year that it was paid in: Accounting Act 2:10.
const YEARS_ACCOUNTS_ARE_KEPT: i32 = 6;

/// Somebody to erase.
#[derive(Clone, Copy, Debug)]
pub struct Erase {
    /// The person.
    pub id: PersonId,
    /// Their version.
    pub version: i32,
}

/// Erases somebody whose roles were all in organisations that the actor administers: name, address, phone number and the key
/// of all that is sealed for them; sign-ins, own lists, opt-outs and absences; of a support person also interests, languages,
/// municipalities, the decade of birth and notes; requests, invitations and texts of supervision. What happened stays, under a
/// row that says nothing of them.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`: `personId IS_YOU`, `HELD_ELSEWHERE` (a role in an
/// organisation that the actor does not administer), `HAS_ROLES`, `HAS_CASES`, `IS_SUPPORT_PERSON` (not ended yet),
/// `IS_IN_COURSE`, `HAS_DUTIES` (at a place, a group, a course, of supervision or as an expert, now or to come),
/// `ACCOUNTS_ARE_KEPT` (something was paid less than six whole years ago).
pub async fn erase(ctx: &Ctx, key: &IdempotencyKey, input: Erase) -> Result<PersonId> {
    let scope = access::require::<ErasePeople>(ctx)?;
    let id = input.id;
    let mut act = match ctx.begin("personErase", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PersonId(done)),
    };
    let managed = organisations::managed(&act.tx, ctx, &scope).await?;
    queries::lock(&act.tx, id).await?;
    let is_there = queries::sealed(&act.tx, id).await?.is_some();
    let grants = queries::grants_of(&act.tx, id).await?;
    let by = grants
        .iter()
        .find_map(|grant| managed.get(&grant.organisation_id).copied());
    let (Some(by), true) = (by, is_there) else {
        ctx.refuse(&scope, ObjectKind::Person, id);
        return Err(Error::NotFound);
    };
    let is_theirs = grants.iter().all(|grant| {
        let by = managed.get(&grant.organisation_id).copied();
        by.is_some() && may_give(ctx, grant.role, by)
    });
    let needed = needed(&act.tx, ctx, id).await?;
    Violations::default()
        .check(id != scope.actor(), "personId", "IS_YOU")
        .check(is_theirs, "personId", "HELD_ELSEWHERE")
        .check(!needed.has_roles, "personId", "HAS_ROLES")
        .check(!needed.has_cases, "personId", "HAS_CASES")
        .check(!needed.is_support_person, "personId", "IS_SUPPORT_PERSON")
        .check(!needed.is_in_course, "personId", "IS_IN_COURSE")
        .check(!needed.has_duties, "personId", "HAS_DUTIES")
        .check(!needed.has_accounts, "personId", "ACCOUNTS_ARE_KEPT")
        .done()?;
    if blank(&act.tx, ctx, input).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    for sql in &BELONGINGS {
        sql.run(&act.tx, [id.0.into()]).await?;
    }
    end_consents(&act.tx, ctx, id, scope.actor()).await?;
    act.changed(&scope, by, ObjectKind::Person, id);
    act.done().await.map(PersonId)
}

/// Whether either was erased, so that nothing of them can be taken back.
pub(crate) async fn are_erased(
    db: &impl ConnectionTrait,
    one: PersonId,
    other: PersonId,
) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Found {
        are_erased: bool,
    }
    static SQL: Sql = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM people WHERE id IN ($1, $2) AND erased_at IS NOT NULL) AS are_erased",
    );
    let found: Option<Found> = SQL.one(db, [one.0.into(), other.0.into()]).await?;
    Ok(found.is_some_and(|it| it.are_erased))
}

/// Why the register still needs to know who somebody is.
#[derive(FromQueryResult)]
struct Needed {
    has_roles: bool,
    has_cases: bool,
    is_support_person: bool,
    is_in_course: bool,
    has_duties: bool,
    has_accounts: bool,
}

async fn needed(db: &impl ConnectionTrait, ctx: &Ctx, id: PersonId) -> Result<Needed> {
    static SQL: Sql = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM role_grants g WHERE g.person_id = $1 AND g.cancelled_at IS NULL
             AND (g.valid_to IS NULL OR g.valid_to >= $2)) AS has_roles,
           EXISTS (SELECT 1 FROM case_professionals c WHERE c.person_id = $1 AND (c.to_on IS NULL OR c.to_on >= $2)) AS has_cases,
           EXISTS (SELECT 1 FROM support_persons s WHERE s.person_id = $1 AND s.status <> 'ENDED') AS is_support_person,
           EXISTS (SELECT 1 FROM enrolments e JOIN courses c ON c.id = e.course_id WHERE e.person_id = $1
             AND e.status IN ('APPLIED', 'ENROLLED') AND c.status NOT IN ('FINISHED', 'CANCELLED')) AS is_in_course,
           (EXISTS (SELECT 1 FROM place_role_terms t WHERE t.person_id = $1 AND t.cancelled_at IS NULL
               AND (t.to_on IS NULL OR t.to_on >= $2))
             OR EXISTS (SELECT 1 FROM opening_shifts h JOIN openings o ON o.id = h.opening_id WHERE h.person_id = $1
               AND h.removed_at IS NULL AND o.on_date >= $2)
             OR EXISTS (SELECT 1 FROM peer_group_leaders l JOIN peer_groups p ON p.id = l.peer_group_id WHERE l.person_id = $1
               AND l.removed_at IS NULL AND p.cancelled_at IS NULL AND (p.to_on IS NULL OR p.to_on >= $2))
             OR EXISTS (SELECT 1 FROM course_facilitators f JOIN courses c ON c.id = f.course_id WHERE f.person_id = $1
               AND f.removed_at IS NULL AND c.status NOT IN ('FINISHED', 'CANCELLED'))
             OR EXISTS (SELECT 1 FROM supervision_sessions v WHERE $1 IN (v.supervisor_id, v.substitute_id)
               AND v.status = 'PLANNED')
             OR EXISTS (SELECT 1 FROM expert_assignments a JOIN expert_profiles x ON x.id = a.profile_id WHERE x.person_id = $1
               AND a.cancelled_at IS NULL AND (a.to_on IS NULL OR a.to_on >= $2))) AS has_duties,
           EXISTS (SELECT 1 FROM expenses y WHERE y.person_id = $1 AND y.year >= $3) AS has_accounts",
    );
    let year = ctx.today.year() - YEARS_ACCOUNTS_ARE_KEPT;
    let values = [id.0.into(), ctx.today.into(), year.into()];
    let found = SQL.one(db, values).await?;
    found.ok_or_else(|| Error::internal("a question with one answer had none"))
}

/// Nothing of the row but that it is somebody's. Without the key nothing that is sealed for them opens again.
async fn blank(db: &impl ConnectionTrait, ctx: &Ctx, input: Erase) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE people SET version = version + 1, is_active = false, erased_at = $3, language = 'fi', email_bounces = 0,
           data_key_sealed = $4, name_sealed = $4, email_sealed = NULL, phone_sealed = NULL, email_lookup = NULL,
           phone_lookup = NULL
         WHERE id = $1 AND version = $2",
    );
    let values: [Value; 4] = [
        input.id.0.into(),
        input.version.into(),
        ctx.now.into(),
        Vec::<u8>::new().into(),
    ];
    SQL.run(db, values).await
}

/// What is theirs alone, and what of it tells more than that something happened.
static BELONGINGS: [Sql; 15] = [
    Sql::new("DELETE FROM access_tokens WHERE person_id = $1"),
    Sql::new("DELETE FROM sessions WHERE person_id = $1"),
    Sql::new("DELETE FROM sign_in_links WHERE person_id = $1"),
    Sql::new("DELETE FROM notice_opt_outs WHERE person_id = $1"),
    Sql::new("DELETE FROM absences WHERE person_id = $1"),
    Sql::new("DELETE FROM saved_lists WHERE owner_id = $1 AND NOT is_shared"),
    Sql::new(
        "DELETE FROM support_person_notes WHERE support_person_id IN (SELECT id FROM support_persons WHERE person_id = $1)",
    ),
    Sql::new(
        "DELETE FROM sealed_labels WHERE relationship_id IN (SELECT r.id FROM support_relationships r
           JOIN support_persons s ON s.id = r.support_person_id WHERE s.person_id = $1)",
    ),
    Sql::new(
        "DELETE FROM support_person_interests WHERE support_person_id IN (SELECT id FROM support_persons WHERE person_id = $1)",
    ),
    Sql::new(
        "DELETE FROM support_person_languages WHERE support_person_id IN (SELECT id FROM support_persons WHERE person_id = $1)",
    ),
    Sql::new(
        "DELETE FROM support_person_municipalities
         WHERE support_person_id IN (SELECT id FROM support_persons WHERE person_id = $1)",
    ),
    Sql::new(
        "UPDATE support_persons SET version = version + 1, birth_decade = NULL, weekdays = 127 WHERE person_id = $1",
    ),
    Sql::new("DELETE FROM supervision_texts WHERE written_by = $1"),
    Sql::new("DELETE FROM supervision_contact_requests WHERE person_id = $1"),
    Sql::new("DELETE FROM supervision_invitations WHERE person_id = $1"),
];

/// Nobody is listed as an expert whom nobody can name.
async fn end_consents(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    of: PersonId,
    by: PersonId,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE expert_consents SET ended_by = $2, ended_at = $3 WHERE ended_at IS NULL
           AND profile_id IN (SELECT id FROM expert_profiles WHERE person_id = $1)",
    );
    SQL.run(db, [of.0.into(), by.0.into(), ctx.now.into()])
        .await?;
    Ok(())
}
