//! One person who was written down twice: found, merged by one act, and told apart again where that was wrong.
//!
//! One record is kept and the other closed. Whatever goes on (roles, absences, cases, the standing as a support person,
//! open referrals) is the kept record's from then on. What is past stays where it was recorded: who looked, who recorded
//! and what was disclosed is never rewritten. Every row that a merge touched is written down, so that the merge can be
//! seen and taken back; what was changed since stays as it is.

mod duplicates;
mod moving;
mod queries;
pub mod rules;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{CaseloadMoveId, Id as _, OrganisationId, PersonId, PersonMergeId};
use rinnalla_entity::states::PersonMergeEntryKind;
use sea_orm::FromQueryResult;

use crate::access::{self, MergePeople, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::page::{Cursor, Page, PageArgs};
use crate::{caseloads, organisations, people};

use moving::{MOVED, Rows, follow, yesterday};
use rules::Grant;

pub use duplicates::{Pair, duplicates};

/// Two records that were merged.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Merge {
    /// Its id.
    pub id: PersonMergeId,
    /// The organisation that it was done for.
    pub organisation_id: OrganisationId,
    /// The record that goes on.
    pub kept_id: PersonId,
    /// The record that was closed.
    pub merged_id: PersonId,
    pub(crate) caseload_move_id: Option<CaseloadMoveId>,
    /// Who merged them.
    pub recorded_by: PersonId,
    pub(crate) recorded_on: NaiveDate,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// When it was taken back, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Grows with every change.
    pub version: i32,
}

impl Merge {
    /// Where it stands in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::of(self.id)
    }
}

/// What a merge did, by kind: `None` stands for the cases that changed hands.
pub type Changes = Vec<(Option<PersonMergeEntryKind>, i64)>;

/// Two records to merge.
#[derive(Clone, Copy, Debug)]
pub struct MergeTwo {
    /// The record that goes on.
    pub kept: PersonId,
    /// Its version.
    pub kept_version: i32,
    /// The record that is closed.
    pub merged: PersonId,
    /// Its version.
    pub merged_version: i32,
}

/// A merge to take back.
#[derive(Clone, Copy, Debug)]
pub struct MergeCancel {
    /// The merge.
    pub id: PersonMergeId,
    /// Its version.
    pub version: i32,
}

/// The merges of the own organisations, the latest first.
pub async fn list(ctx: &Ctx, page: PageArgs) -> Result<Page<Merge>> {
    let scope = access::require::<MergePeople>(ctx)?;
    let db = ctx.store.reader();
    let after = page.after.map(|cursor| cursor.id);
    let rows = queries::list(db, scope.organisations(), after, page.limit()).await?;
    let total = match page.total {
        true => Some(queries::count(db, scope.organisations()).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

/// One merge; `None` where it is absent or another organisation's.
pub async fn find(ctx: &Ctx, id: PersonMergeId) -> Result<Option<Merge>> {
    let scope = access::require::<MergePeople>(ctx)?;
    let found = queries::find(ctx.store.reader(), id, scope.organisations()).await?;
    match &found {
        Some(merge) => see(ctx, &scope, std::slice::from_ref(merge)),
        None => ctx.refuse(&scope, ObjectKind::Person, id),
    }
    Ok(found)
}

fn see(ctx: &Ctx, scope: &Scope<MergePeople>, rows: &[Merge]) {
    let both = rows
        .iter()
        .flat_map(|row| [row.kept_id, row.merged_id].map(|person| (row.organisation_id, person.0)));
    ctx.see(scope, ObjectKind::Person, both.collect::<Vec<_>>());
}

/// What each of these merges, which the actor has seen, did: how many rows of each kind.
pub async fn changes_for(
    ctx: &Ctx,
    of: &[PersonMergeId],
) -> Result<HashMap<PersonMergeId, Changes>> {
    access::require::<MergePeople>(ctx)?;
    let db = ctx.store.reader();
    let mut changes: HashMap<PersonMergeId, Changes> = HashMap::new();
    for moved in queries::cases_moved(db, of).await? {
        let of_one = changes.entry(moved.id).or_default();
        of_one.push((None, i64::from(moved.moved_count)));
    }
    for done in queries::entries(db, of).await? {
        let of_one = changes.entry(done.merge_id).or_default();
        match of_one.iter_mut().find(|(kind, _)| *kind == Some(done.kind)) {
            Some((_, count)) => *count += 1,
            None => of_one.push((Some(done.kind), 1)),
        }
    }
    Ok(changes)
}

/// Merges two records of one person: both with roles in organisations that the actor manages alone, and none that the
/// actor could not give.
///
/// Errors: `Conflict` (`STALE_VERSION`, also for a closed record), `Invalid` (`keptId UNKNOWN`, `mergedId UNKNOWN`, `mergedId
/// SAME_TWICE`, `mergedId IS_ONESELF`, `keptId NOT_YOURS_TO_MERGE`, `mergedId NOT_YOURS_TO_MERGE`, `mergedId
/// TWO_SUPPORT_PERSONS`, `mergedId BOTH_SIDES_OF_A_CASE`).
pub async fn merge(ctx: &Ctx, key: &IdempotencyKey, input: MergeTwo) -> Result<PersonMergeId> {
    let scope = access::require::<MergePeople>(ctx)?;
    let id = PersonMergeId::random();
    let mut act = match ctx.begin("personMerge", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PersonMergeId(done)),
    };
    let (kept, merged) = (input.kept, input.merged);
    let of_kept = queries::grants(&act.tx, kept).await?;
    let of_merged = queries::grants(&act.tx, merged).await?;
    let by = check(&act, &scope, &input, &of_kept, &of_merged).await?;
    // In the order of their ids, so that two acts never wait for each other crosswise.
    let mut both = [(kept, input.kept_version), (merged, input.merged_version)];
    both.sort_unstable();
    for (person, version) in both {
        if queries::take(&act.tx, person, version).await? == 0 {
            return Err(Error::Conflict("STALE_VERSION"));
        }
    }
    let mut done = Rows::of(id);
    moving::roles(&act, &mut done, &of_kept, &of_merged, kept).await?;
    moving::absences(&act, &mut done, merged, kept).await?;
    moving::belongings(&act, &mut done, merged, kept).await?;
    for token in queries::revoke_tokens(&act.tx, merged, ctx.now).await? {
        done.note(PersonMergeEntryKind::TokenRevoked, token);
    }
    let caseload_move_id = caseloads::hand_over(&mut act, &scope, merged, kept).await?;
    people::close(&act.tx, merged).await?;
    let merge = Merge {
        id,
        organisation_id: by,
        kept_id: kept,
        merged_id: merged,
        caseload_move_id,
        recorded_by: scope.actor(),
        recorded_on: ctx.today,
        recorded_at: ctx.now,
        cancelled_at: None,
        version: 1,
    };
    queries::insert(&act.tx, &merge, &done.rows).await?;
    for person in [kept, merged] {
        act.changed(&scope, by, ObjectKind::Person, person);
    }
    for support_person in done.support_persons() {
        act.changed(&scope, by, ObjectKind::SupportPerson, support_person);
    }
    for enrolment in done.enrolments() {
        act.changed(&scope, by, ObjectKind::Enrolment, enrolment);
    }
    act.done().await.map(PersonMergeId)
}

/// Takes a merge back. What was changed since stays with the kept record.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personMergeId WRONG_STATE` where it is taken back already,
/// `LATER_ENTRIES_STAND_ON_IT` where the kept record was merged into another, `IS_ERASED` where either was erased since,
/// `EMAIL_IN_USE`).
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: MergeCancel) -> Result<PersonMergeId> {
    let scope = access::require::<MergePeople>(ctx)?;
    let mut act = match ctx.begin("personMergeCancel", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PersonMergeId(done)),
    };
    let found = queries::find(&act.tx, input.id, scope.organisations()).await?;
    let Some(merge) = found else {
        ctx.refuse(&scope, ObjectKind::Person, input.id);
        return Err(Error::NotFound);
    };
    if merge.version != input.version {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let is_merged = queries::is_merged(&act.tx, merge.kept_id).await?;
    let are_erased = people::are_erased(&act.tx, merge.kept_id, merge.merged_id).await?;
    Violations::default()
        .check(merge.cancelled_at.is_none(), "personMergeId", "WRONG_STATE")
        .check(!are_erased, "personMergeId", "IS_ERASED")
        .check(!is_merged, "personMergeId", "LATER_ENTRIES_STAND_ON_IT")
        .done()?;
    if queries::cancel(&act.tx, input.id, input.version, ctx).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let rows = queries::entries(&act.tx, &[merge.id]).await?;
    let done = Rows { id: merge.id, rows };
    people::reopen(&act.tx, ctx, merge.merged_id).await?;
    let last_day = yesterday(merge.recorded_on);
    queries::restore(&act.tx, &merge, last_day, ctx.now).await?;
    for kind in MOVED {
        let rows = done.of_kind(kind);
        queries::hand(&act.tx, kind, &rows, merge.kept_id, merge.merged_id).await?;
    }
    let support_persons = done.support_persons();
    follow(&act, &support_persons, merge.kept_id, merge.merged_id).await?;
    if let Some(moved) = merge.caseload_move_id {
        caseloads::take_back(&mut act, &scope, moved).await?;
    }
    let by = merge.organisation_id;
    for person in [merge.kept_id, merge.merged_id] {
        act.changed(&scope, by, ObjectKind::Person, person);
    }
    for support_person in support_persons {
        act.changed(&scope, by, ObjectKind::SupportPerson, support_person);
    }
    for enrolment in done.enrolments() {
        act.changed(&scope, by, ObjectKind::Enrolment, enrolment);
    }
    act.done().await.map(PersonMergeId)
}

/// Whether the two may be merged, and the own organisation that it is done for.
async fn check(
    act: &Act<'_>,
    scope: &Scope<MergePeople>,
    input: &MergeTwo,
    of_kept: &[Grant],
    of_merged: &[Grant],
) -> Result<OrganisationId> {
    let ctx = act.ctx;
    let managed = organisations::managed(&act.tx, ctx, scope).await?;
    let by = |grants: &[Grant]| {
        let mut by = grants
            .iter()
            .filter_map(|it| managed.get(&it.organisation_id));
        by.next().copied()
    };
    let are_theirs = |grants: &[Grant]| {
        let current = grants
            .iter()
            .filter(|it| it.valid_to.is_none_or(|to| to >= ctx.today));
        current.into_iter().all(|it| {
            let by = managed.get(&it.organisation_id).copied();
            by.is_some() && people::may_give(ctx, it.role, by)
        })
    };
    let (by_kept, by_merged) = (by(of_kept), by(of_merged));
    for (known, person) in [(by_kept, input.kept), (by_merged, input.merged)] {
        if known.is_none() {
            ctx.refuse(scope, ObjectKind::Person, person);
        }
    }
    let mut faults = Violations::default();
    faults
        .check(by_kept.is_some(), "keptId", "UNKNOWN")
        .check(by_merged.is_some(), "mergedId", "UNKNOWN")
        .check(input.kept != input.merged, "mergedId", "SAME_TWICE")
        .check(input.merged != scope.actor(), "mergedId", "IS_ONESELF")
        .done()?;
    let obstacles = queries::obstacles(&act.tx, input.kept, input.merged).await?;
    faults
        .check(are_theirs(of_kept), "keptId", "NOT_YOURS_TO_MERGE")
        .check(are_theirs(of_merged), "mergedId", "NOT_YOURS_TO_MERGE")
        .check(
            !obstacles.are_both_support_persons,
            "mergedId",
            "TWO_SUPPORT_PERSONS",
        )
        .check(
            !obstacles.are_on_both_sides,
            "mergedId",
            "BOTH_SIDES_OF_A_CASE",
        )
        .done()?;
    by_merged.or(by_kept).ok_or(Error::NotFound)
}
