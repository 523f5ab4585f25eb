//! Which notices somebody does without. It is each person's own to say, and holds for whatever the person would get,
//! as substitute too. A notice that its reader does without goes to nobody else instead.

use std::collections::{BTreeSet, HashSet};

use rinnalla_entity::ids::{Id as _, PersonId};
use rinnalla_entity::states::NoticeKind;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::rules;
use crate::access::{self, ReadContacts};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::{self, Sql};

/// A kind of notice, and what somebody says to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The kind.
    pub kind: NoticeKind,
    /// Whether the person does without it.
    pub is_opted_out: bool,
    /// Whether one may do without it at all.
    pub may_opt_out: bool,
}

/// What the actor does without from now on: all of it.
#[derive(Clone, Debug)]
pub struct OptOuts {
    /// The version of the actor's own details.
    pub version: i32,
    /// The kinds.
    pub kinds: Vec<NoticeKind>,
}

#[derive(FromQueryResult)]
struct Row {
    person_id: PersonId,
    kind: NoticeKind,
}

/// Every kind of notice, with what the actor says to it.
pub async fn own_choices(ctx: &Ctx) -> Result<Vec<Choice>> {
    let actor = ctx.actor()?.person;
    let without = of_people(ctx.store.reader(), &[actor]).await?;
    let choice = |&kind: &NoticeKind| Choice {
        kind,
        is_opted_out: without.contains(&(actor, kind)),
        may_opt_out: rules::may_do_without(kind),
    };
    // A link for signing in is asked for each time; there is nothing to choose.
    let is_reminder = |kind: &&NoticeKind| **kind != NoticeKind::SignIn;
    let kinds = NoticeKind::ALL.iter().filter(is_reminder);
    Ok(kinds.map(choice).collect())
}

/// Changes which notices the actor does without. Mail that is not sent yet goes by the new choice.
///
/// Errors: `Conflict` (`STALE_VERSION`), `Invalid` (`kinds NOTICE_IS_NEEDED`).
pub async fn change_opt_outs(ctx: &Ctx, key: &IdempotencyKey, input: OptOuts) -> Result<PersonId> {
    static VERSION: Sql =
        Sql::new("UPDATE people SET version = version + 1 WHERE id = $1 AND version = $2");
    static CLEAR: Sql = Sql::new("DELETE FROM notice_opt_outs WHERE person_id = $1");
    static ADD: Sql = Sql::new("INSERT INTO notice_opt_outs (person_id, kind) VALUES ($1, $2)");
    let scope = access::require::<ReadContacts>(ctx)?;
    let kinds: BTreeSet<NoticeKind> = input.kinds.into_iter().collect();
    Violations::default()
        .check(
            kinds.iter().all(|kind| rules::may_do_without(*kind)),
            "kinds",
            "NOTICE_IS_NEEDED",
        )
        .done()?;
    let person = scope.actor();
    let mut act = match ctx.begin("noticeOptOutsChange", key, person).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PersonId::from_uuid(done)),
    };
    let values: [Value; 2] = [person.0.into(), input.version.into()];
    if VERSION.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    CLEAR.run(&act.tx, [person.0.into()]).await?;
    for kind in kinds {
        ADD.run(&act.tx, [person.0.into(), kind.code().into()])
            .await?;
    }
    if let Some(organisation) = scope.any_organisations().first().copied() {
        act.changed(&scope, organisation, ObjectKind::Person, person);
    }
    act.done().await.map(PersonId::from_uuid)
}

/// What each of these people does without; one statement.
pub(super) async fn of_people(
    db: &impl ConnectionTrait,
    people: &[PersonId],
) -> Result<HashSet<(PersonId, NoticeKind)>> {
    static SQL: Sql =
        Sql::new("SELECT person_id, kind FROM notice_opt_outs WHERE person_id = ANY_ID($1)");
    if people.is_empty() {
        return Ok(HashSet::new());
    }
    let people = sql::ids(db.get_database_backend(), people.iter().copied());
    let rows: Vec<Row> = SQL.all(db, [people]).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person_id, row.kind))
        .collect())
}
