//! An organisation's successor takes over: a city's cases go to a wellbeing services county, an association's to the one
//! that it merged into. One act moves everything that is the former organisation's to go on with, on both sides: what it
//! refers, and what it coordinates. People keep their rights through new grants in the successor.
//!
//! Both sides agree: an administrator of the former organisation proposes, one of the successor accepts. Whoever acts for
//! both does it in one. What went over is kept row by row ([`moving`]), so that it can be undone while nothing was built
//! on it, and so that figures of the time before count it where it was.

mod moving;
mod queries;
mod tables;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id as _, OrganisationId, SuccessionId};
use rinnalla_entity::states::SuccessionStatus;
use sea_orm::FromQueryResult;

use crate::access::{self, ManageSuccessions, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations;

pub use tables::{STAYS, tables};

/// One organisation taking over from another.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Succession {
    /// Its id.
    pub id: SuccessionId,
    /// The organisation that ends.
    pub former_id: OrganisationId,
    /// Its name: a succession is a bridge between the two, as a partnership is.
    pub former_name: String,
    /// The one that goes on.
    pub successor_id: OrganisationId,
    /// Its name.
    pub successor_name: String,
    /// The successor's first day.
    pub from_on: NaiveDate,
    /// How far it is.
    pub status: SuccessionStatus,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When it was made, where it was.
    pub made_at: Option<DateTime<Utc>>,
    /// When it was withdrawn or undone, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What went over, where it was made.
    #[sea_orm(nested)]
    pub moved: Moved,
    /// Rises with every change.
    pub version: i32,
}

/// How much went over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Moved {
    /// Cases.
    pub moved_cases: Option<i32>,
    /// Referrals.
    pub moved_referrals: Option<i32>,
    /// Support relationships.
    pub moved_relationships: Option<i32>,
    /// Support persons.
    pub moved_support_persons: Option<i32>,
    /// People whose roles went over.
    pub moved_people: Option<i32>,
}

/// What would go over today: counts, and nothing of what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Counts {
    /// Cases that the former organisation coordinates or has referred.
    pub cases: i64,
    /// Their referrals.
    pub referrals: i64,
    /// Support relationships.
    pub relationships: i64,
    /// Those of them that have not ended.
    pub open_relationships: i64,
    /// Support persons.
    pub support_persons: i64,
    /// Programmes.
    pub programmes: i64,
    /// Notices that have not gone out.
    pub unsent_notices: i64,
    /// Partnerships of that day and later.
    pub partnerships: i64,
    /// Roles of daily work of that day and later.
    pub role_grants: i64,
    /// Who holds them.
    pub people: i64,
    /// Support persons who are support persons of the successor already, and have not ended with the former one.
    pub support_persons_in_both: i64,
}

/// A succession to propose.
#[derive(Clone, Copy, Debug)]
pub struct Propose {
    /// The organisation that ends: one's own, or one that one's own looks after.
    pub former: OrganisationId,
    /// The one that goes on: one that the actor knows of.
    pub successor: OrganisationId,
    /// The successor's first day, today or earlier; today where nothing is said.
    pub from: Option<NaiveDate>,
}

/// An act on a succession.
#[derive(Clone, Copy, Debug)]
pub struct Decide {
    /// The succession.
    pub id: SuccessionId,
    /// The version that the act was decided on.
    pub version: i32,
}

/// Which sides of a succession the actor acts for, each with the own organisation that it is done for.
#[derive(Clone, Copy)]
struct Sides {
    former: Option<OrganisationId>,
    successor: Option<OrganisationId>,
}

impl Sides {
    /// Of those that are managed.
    fn of(managed: &HashMap<OrganisationId, OrganisationId>, both: [OrganisationId; 2]) -> Self {
        let [former, successor] = both.map(|of| managed.get(&of).copied());
        Self { former, successor }
    }

    fn is_any(self) -> bool {
        self.former.or(self.successor).is_some()
    }
}

/// The successions of own organisations and of those that they look after, the latest first.
pub async fn list(ctx: &Ctx) -> Result<Vec<Succession>> {
    let scope = access::require::<ManageSuccessions>(ctx)?;
    let db = ctx.store.reader();
    let managed = organisations::managed(db, ctx, &scope).await?;
    queries::list(db, managed.into_keys()).await
}

/// One succession; `None` where it is absent or the actor acts for neither side.
pub async fn find(ctx: &Ctx, id: SuccessionId) -> Result<Option<Succession>> {
    let scope = access::require::<ManageSuccessions>(ctx)?;
    let db = ctx.store.reader();
    // Asked in any case, so that what is hidden takes what is absent takes.
    let managed = organisations::managed(db, ctx, &scope).await?;
    let found = queries::find(db, id)
        .await?
        .filter(|it| Sides::of(&managed, [it.former_id, it.successor_id]).is_any());
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// What would go over from one organisation to another. `None` unless the actor acts for the former one and knows of the
/// other, or acts for the successor to which it was proposed.
pub async fn preview(ctx: &Ctx, input: Propose) -> Result<Option<Counts>> {
    let scope = access::require::<ManageSuccessions>(ctx)?;
    let db = ctx.store.reader();
    let both = [input.former, input.successor];
    let sides = Sides::of(&organisations::managed(db, ctx, &scope).await?, both);
    let known = organisations::for_ids(ctx, &both).await?;
    let is_proposed = sides.successor.is_some()
        && queries::is_proposed(db, input.former, Some(input.successor)).await?;
    let may_propose = sides.former.is_some() && known.contains_key(&input.successor);
    if !may_propose && !is_proposed {
        ctx.refuse(&scope, ObjectKind::Organisation, input.former);
        return Ok(None);
    }
    let from = input.from.unwrap_or(ctx.today);
    let counts = queries::to_move(db, input.former, input.successor, from).await?;
    Ok(Some(counts))
}

/// Proposes that one organisation takes over from another; where the actor acts for both, it is done at once.
///
/// Errors: `Invalid`: `formerId UNKNOWN`, `successorId UNKNOWN`, `successorId SAME_TWICE`, `from DATE_IN_FUTURE`, `formerId`
/// or `successorId ORGANISATION_CLOSED`, `formerId SUCCESSION_PROPOSED`, `formerId SUPPORT_PERSON_IN_BOTH`.
pub async fn propose(ctx: &Ctx, key: &IdempotencyKey, input: Propose) -> Result<SuccessionId> {
    let scope = access::require::<ManageSuccessions>(ctx)?;
    let id = SuccessionId::random();
    // Before anything is checked: what was made already would not pass a second time.
    let mut act = match ctx.begin("successionPropose", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SuccessionId(done)),
    };
    let db = ctx.store.reader();
    let both = [input.former, input.successor];
    let from_on = input.from.unwrap_or(ctx.today);
    let sides = Sides::of(&organisations::managed(db, ctx, &scope).await?, both);
    let known = organisations::for_ids(ctx, &both).await?;
    let mut faults = Violations::default();
    faults
        .check(sides.former.is_some(), "formerId", "UNKNOWN")
        .check(
            known.contains_key(&input.successor),
            "successorId",
            "UNKNOWN",
        )
        .check(input.former != input.successor, "successorId", "SAME_TWICE")
        .check(from_on <= ctx.today, "from", "DATE_IN_FUTURE")
        .done()?;
    may_stand(&act, &both).await?;
    let is_proposed = queries::is_proposed(&act.tx, input.former, None).await?;
    Violations::default()
        .check(!is_proposed, "formerId", "SUCCESSION_PROPOSED")
        .done()?;
    queries::insert(&act.tx, id, &both, from_on, scope.actor(), ctx.now).await?;
    let new = queries::find(&act.tx, id)
        .await?
        .ok_or(Error::Unavailable)?;
    tell(&mut act, &scope, &new, sides);
    if sides.successor.is_some() {
        make(&mut act, &scope, &new, "formerId").await?;
    }
    act.done().await.map(SuccessionId)
}

/// Agrees for the successor, and makes it so.
///
/// Errors: `NotFound` (also for whoever acts for the former organisation alone), `Conflict` (`STALE_VERSION`), `Invalid`:
/// `WRONG_STATE`, `ORGANISATION_CLOSED`, `SUPPORT_PERSON_IN_BOTH`.
pub async fn accept(ctx: &Ctx, key: &IdempotencyKey, input: Decide) -> Result<SuccessionId> {
    let scope = access::require::<ManageSuccessions>(ctx)?;
    let mut act = match ctx.begin("successionAccept", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SuccessionId(done)),
    };
    let (found, sides) = take(&act, &scope, input, |sides| sides.successor.is_some()).await?;
    in_state(&found, SuccessionStatus::Proposed)?;
    may_stand(&act, &[found.former_id, found.successor_id]).await?;
    tell(&mut act, &scope, &found, sides);
    make(&mut act, &scope, &found, "").await?;
    act.done().await.map(SuccessionId)
}

/// Takes a proposal back, or declines it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`: `WRONG_STATE`.
pub async fn withdraw(ctx: &Ctx, key: &IdempotencyKey, input: Decide) -> Result<SuccessionId> {
    let scope = access::require::<ManageSuccessions>(ctx)?;
    let mut act = match ctx.begin("successionWithdraw", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SuccessionId(done)),
    };
    let (found, sides) = take(&act, &scope, input, Sides::is_any).await?;
    in_state(&found, SuccessionStatus::Proposed)?;
    queries::cancel(
        &act.tx,
        input.id,
        SuccessionStatus::Withdrawn,
        scope.actor(),
        ctx.now,
    )
    .await?;
    tell(&mut act, &scope, &found, sides);
    act.done().await.map(SuccessionId)
}

/// Undoes what was made: everything is again as it was, as long as nothing was built on it.
///
/// Errors: `NotFound` (also for whoever acts for the former organisation alone), `Conflict` (`STALE_VERSION`), `Invalid`:
/// `WRONG_STATE`, `LATER_ENTRIES_STAND_ON_IT`.
pub async fn undo(ctx: &Ctx, key: &IdempotencyKey, input: Decide) -> Result<SuccessionId> {
    let scope = access::require::<ManageSuccessions>(ctx)?;
    let mut act = match ctx.begin("successionUndo", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SuccessionId(done)),
    };
    let (found, sides) = take(&act, &scope, input, |sides| sides.successor.is_some()).await?;
    in_state(&found, SuccessionStatus::Made)?;
    if moving::is_built_on(&act.tx, &found).await? {
        return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
    }
    queries::cancel(
        &act.tx,
        input.id,
        SuccessionStatus::Undone,
        scope.actor(),
        ctx.now,
    )
    .await?;
    tell(&mut act, &scope, &found, sides);
    tell_moved(&mut act, &scope, &found).await?;
    moving::back(&act.tx, &found, ctx.now).await?;
    act.done().await.map(SuccessionId)
}

/// Takes a succession for an act, if the actor acts for a side that may.
async fn take(
    act: &Act<'_>,
    scope: &Scope<ManageSuccessions>,
    input: Decide,
    may: impl Fn(Sides) -> bool,
) -> Result<(Succession, Sides)> {
    let managed = organisations::managed(&act.tx, act.ctx, scope).await?;
    let found = queries::find(&act.tx, input.id).await?.map(|it| {
        let sides = Sides::of(&managed, [it.former_id, it.successor_id]);
        (it, sides)
    });
    let Some((found, sides)) = found.filter(|(_, sides)| may(*sides)) else {
        act.ctx.refuse(scope, ObjectKind::Organisation, input.id);
        return Err(Error::NotFound);
    };
    queries::lock(&act.tx, input.id, input.version).await?;
    Ok((found, sides))
}

fn in_state(found: &Succession, status: SuccessionStatus) -> Result<()> {
    Violations::default()
        .check(found.status == status, "", "WRONG_STATE")
        .done()
}

/// Neither of the two is closed. Both are held until the act ends.
async fn may_stand(act: &Act<'_>, both: &[OrganisationId; 2]) -> Result<()> {
    let closed = organisations::lock_open(&act.tx, both).await?;
    Violations::default()
        .check(
            !closed.contains(&both[0]),
            "formerId",
            "ORGANISATION_CLOSED",
        )
        .check(
            !closed.contains(&both[1]),
            "successorId",
            "ORGANISATION_CLOSED",
        )
        .done()
}

async fn make(
    act: &mut Act<'_>,
    scope: &Scope<ManageSuccessions>,
    it: &Succession,
    field: &'static str,
) -> Result<()> {
    let (former, successor) = (it.former_id, it.successor_id);
    let counts = queries::to_move(&act.tx, former, successor, it.from_on).await?;
    Violations::default()
        .check(
            counts.support_persons_in_both == 0,
            field,
            "SUPPORT_PERSON_IN_BOTH",
        )
        .done()?;
    moving::over(&act.tx, it, act.ctx.now).await?;
    queries::mark_made(&act.tx, it.id, scope.actor(), act.ctx.now).await?;
    tell_moved(act, scope, it).await
}

/// Notes the act in the logs of both organisations, and of the one that it is done for.
fn tell(act: &mut Act<'_>, scope: &Scope<ManageSuccessions>, it: &Succession, sides: Sides) {
    let own = sides.former.into_iter().chain(sides.successor);
    let mut of: Vec<OrganisationId> = [it.former_id, it.successor_id]
        .into_iter()
        .chain(own)
        .collect();
    of.sort_unstable();
    of.dedup();
    for organisation in of {
        act.changed(scope, organisation, ObjectKind::Organisation, it.former_id);
        act.changed(
            scope,
            organisation,
            ObjectKind::Organisation,
            it.successor_id,
        );
    }
}

/// Notes everything that went over, or back: in the log of the organisation that had it, and of the one that has it.
async fn tell_moved(
    act: &mut Act<'_>,
    scope: &Scope<ManageSuccessions>,
    it: &Succession,
) -> Result<()> {
    for row in queries::touched(&act.tx, it.id).await? {
        let mut of = vec![row.organisation_id];
        if row.is_coordinated {
            of = vec![it.former_id, it.successor_id];
        }
        for organisation in of {
            row.note(act, scope, organisation);
        }
    }
    Ok(())
}
