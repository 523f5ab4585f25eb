//! The acts on a support person: each gate and each state is one, each can be cancelled and put right.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, SupportPersonActId, SupportPersonId};
use rinnalla_entity::states::SupportPersonActKind as Kind;
use sea_orm::FromQueryResult;

use super::rules::{self, Entry, Fault};
use super::{experts, queries};
use crate::access::{self, ManageSupportPersons, PauseOneself, Permission, Scope};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::reach::Question;
use crate::sql::Sql;

/// Something that happened to a support person.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// Whom.
    pub support_person: SupportPersonId,
    /// The version that the act was made from.
    pub version: i32,
    /// The day on which it happened; today where nothing is said.
    pub on: Option<NaiveDate>,
}

/// The attestation of the one-year criterion.
#[derive(Clone, Copy, Debug)]
pub struct AttestCriterion {
    /// Whom, on which day.
    pub record: Record,
    /// Since when without substances. Used for the answer, and kept nowhere.
    pub substance_free_since: NaiveDate,
}

/// What the criterion came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attested {
    /// Whom.
    pub support_person: SupportPersonId,
    /// Whether a year had passed. Only then is something recorded: that it had.
    pub is_met: bool,
}

/// Takes back an entry that was recorded in error.
#[derive(Clone, Copy, Debug)]
pub struct ActCancel {
    /// The entry.
    pub act: SupportPersonActId,
    /// The support person's version.
    pub version: i32,
}

/// Puts the day of an entry right.
#[derive(Clone, Copy, Debug)]
pub struct ActCorrect {
    /// The entry.
    pub act: SupportPersonActId,
    /// The support person's version.
    pub version: i32,
    /// The day on which it really happened.
    pub on: NaiveDate,
}

/// Attests the one-year criterion as met, if it is on that day. The date since when is asked for, never kept: what is
/// not known cannot be told.
///
/// Errors: as [`start_training`].
pub async fn attest_criterion(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AttestCriterion,
) -> Result<Attested> {
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    let Record {
        support_person,
        version,
        on,
    } = input.record;
    let on = on.unwrap_or(ctx.today);
    Violations::default()
        .check(on <= ctx.today, "on", "DATE_IN_FUTURE")
        .check(
            input.substance_free_since <= ctx.today,
            "substanceFreeSince",
            "DATE_IN_FUTURE",
        )
        .done()?;
    let name = "supportPersonAttestCriterion";
    let mut act = match ctx.begin(name, key, support_person).await? {
        Begun::Fresh(act) => act,
        // Nothing is kept of an attestation that the criterion did not meet, its key neither.
        Begun::Done(done) => {
            return Ok(Attested {
                support_person: SupportPersonId(done),
                is_met: true,
            });
        }
    };
    let is_met = rules::is_criterion_met(input.substance_free_since, on);
    if is_met {
        let new = entry(Kind::CriterionMet, on);
        record_in(&mut act, &scope, support_person, version, new).await?;
        act.done().await?;
    } else {
        let held = hold(&act, &scope, support_person, version).await?;
        let seen = (held.organisation_id, support_person.0);
        ctx.see(&scope, ObjectKind::SupportPerson, [seen]);
    }
    Ok(Attested {
        support_person,
        is_met,
    })
}

macro_rules! acts {
    ($($(#[$doc:meta])+ $function:ident, $permission:ty, $name:literal, $kind:ident;)+) => {
        $(
            $(#[$doc])+
            ///
            /// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `DATE_IN_FUTURE`, `WRONG_STATE`,
            /// `GATES_OPEN`, `ALREADY_RECORDED`, `LATER_ENTRIES_STAND_ON_IT`.
            pub async fn $function(
                ctx: &Ctx,
                key: &IdempotencyKey,
                input: Record,
            ) -> Result<SupportPersonId> {
                let scope = access::require::<$permission>(ctx)?;
                record(ctx, key, &scope, $name, Kind::$kind, input).await
            }
        )+
    };
}

acts! {
    /// Attests that the one-year criterion does not apply: for a next of kin's background alone (`CRITERION_APPLIES`).
    attest_criterion_not_applicable, ManageSupportPersons, "supportPersonAttestCriterionNotApplicable", CriterionNotApplicable;
    /// Records that the training has started.
    start_training, ManageSupportPersons, "supportPersonStartTraining", TrainingStarted;
    /// Records a training weekend, each with a date of its own.
    record_weekend, ManageSupportPersons, "supportPersonRecordWeekend", TrainingWeekendAttended;
    /// Attests a training that was completed earlier or elsewhere.
    attest_earlier_training, ManageSupportPersons, "supportPersonAttestEarlierTraining", EarlierTrainingAttested;
    /// Records that the confidentiality undertaking was signed.
    sign_confidentiality, ManageSupportPersons, "supportPersonSignConfidentiality", ConfidentialitySigned;
    /// Lets a support person begin: the gates of the programme must be met on that day.
    activate, ManageSupportPersons, "supportPersonActivate", Activated;
    /// Pauses, by the coordinator or by the support person. No reason is asked for, and none is kept.
    pause, PauseOneself, "supportPersonPause", Paused;
    /// Resumes after a pause.
    resume, PauseOneself, "supportPersonResume", Resumed;
    /// Ends somebody's time as a support person, once no relationship and no proposal is open
    /// (`OPEN_RELATIONSHIPS_REMAIN`, `OPEN_PROPOSALS_REMAIN`).
    end, ManageSupportPersons, "supportPersonEnd", Ended;
}

async fn record<P: Permission>(
    ctx: &Ctx,
    key: &IdempotencyKey,
    scope: &Scope<P>,
    name: &'static str,
    kind: Kind,
    input: Record,
) -> Result<SupportPersonId> {
    let on = input.on.unwrap_or(ctx.today);
    Violations::default()
        .check(on <= ctx.today, "on", "DATE_IN_FUTURE")
        .done()?;
    let id = input.support_person;
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    record_in(&mut act, scope, id, input.version, entry(kind, on)).await?;
    act.done().await.map(SupportPersonId)
}

/// A fresh entry.
pub(super) fn entry(kind: Kind, on: NaiveDate) -> Entry {
    Entry {
        id: SupportPersonActId::random(),
        kind,
        on,
        gate: None,
        programme: None,
        expert: None,
    }
}

pub(super) async fn record_in<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    id: SupportPersonId,
    version: i32,
    new: Entry,
) -> Result<()> {
    let held = hold(act, scope, id, version).await?;
    let mut entries = queries::entries(&act.tx, id).await?;
    entries.push(new);
    let ground = ground(act, &held, &entries).await?;
    entries.pop();
    let standing = rules::record(&ground, &entries, &new).map_err(refused)?;
    if new.kind == Kind::Ended {
        nothing_is_open(act, id).await?;
    }
    insert(act, &held, id, &new, None).await?;
    queries::write_standing(&act.tx, id, &standing).await?;
    act.changed(scope, held.organisation_id, ObjectKind::SupportPerson, id);
    Ok(())
}

async fn ground(act: &Act<'_>, held: &queries::Held, entries: &[Entry]) -> Result<rules::Ground> {
    queries::ground(&act.tx, held.background, held.first_programme_id, entries).await
}

/// Cancels an entry. A gate can always be cancelled: whoever was active through it is active no longer.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `ALREADY_CANCELLED`, `LATER_ENTRIES_STAND_ON_IT`.
pub async fn cancel_act(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ActCancel,
) -> Result<SupportPersonId> {
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    if let Some(done) = ctx.done_before("supportPersonActCancel", key).await? {
        return Ok(SupportPersonId(done));
    }
    let of = owner(ctx, &scope, input.act).await?.support_person_id;
    let mut act = match ctx.begin("supportPersonActCancel", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    let held = hold(&act, &scope, of, input.version).await?;
    let entries = queries::entries(&act.tx, of).await?;
    standing_entry(&entries, input.act)?;
    let ground = ground(&act, &held, &entries).await?;
    let standing = rules::cancel(&ground, &entries, input.act).map_err(refused)?;
    strike(&act, input.act).await?;
    queries::write_standing(&act.tx, of, &standing).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::SupportPerson, of);
    act.done().await.map(SupportPersonId)
}

/// Puts the day of an entry right: the old one stays, marked, and the new one has its place.
///
/// Errors: as [`cancel_act`]; `Invalid`: `DATE_IN_FUTURE`, and `ATTEST_AGAIN` for the one-year criterion, which was
/// worked out for its day from a date that is not kept.
pub async fn correct_act(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ActCorrect,
) -> Result<SupportPersonId> {
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    if let Some(done) = ctx.done_before("supportPersonActCorrect", key).await? {
        return Ok(SupportPersonId(done));
    }
    Violations::default()
        .check(input.on <= ctx.today, "on", "DATE_IN_FUTURE")
        .done()?;
    let owner = owner(ctx, &scope, input.act).await?;
    let of = owner.support_person_id;
    let mut act = match ctx.begin("supportPersonActCorrect", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    let held = hold(&act, &scope, of, input.version).await?;
    let entries = queries::entries(&act.tx, of).await?;
    let old = standing_entry(&entries, input.act)?;
    if old.kind == Kind::CriterionMet {
        return Err(Error::invalid("", "ATTEST_AGAIN"));
    }
    if let Some(expert) = old.expert
        && experts::was_trained(&act.tx, expert, of, input.on).await? != Some(true)
    {
        return Err(Error::invalid("on", "NOT_TRAINED_THEN"));
    }
    let new = Entry {
        id: SupportPersonActId::random(),
        on: input.on,
        ..old
    };
    let ground = ground(&act, &held, &entries).await?;
    let standing = rules::correct(&ground, &entries, old.id, &new).map_err(refused)?;
    strike(&act, old.id).await?;
    insert(&act, &held, of, &new, Some(owner.seq)).await?;
    queries::write_standing(&act.tx, of, &standing).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::SupportPerson, of);
    act.done().await.map(SupportPersonId)
}

/// Loads the support person where the scope reaches it.
pub(super) async fn hold_at<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    id: SupportPersonId,
) -> Result<queries::Held> {
    let held = queries::held(&act.tx, scope, id).await?;
    if held.is_none() {
        act.ctx.refuse(scope, ObjectKind::SupportPerson, id);
    }
    held.ok_or(Error::NotFound)
}

/// The same, and takes it for this transaction.
pub(super) async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    id: SupportPersonId,
    version: i32,
) -> Result<queries::Held> {
    let held = hold_at(act, scope, id).await?;
    queries::lock(&act.tx, id, version).await?;
    Ok(held)
}

fn refused(fault: Fault) -> Error {
    let field = match fault {
        Fault::AlreadyRecorded => "on",
        _ => "",
    };
    Error::invalid(field, fault.code())
}

fn standing_entry(entries: &[Entry], id: SupportPersonActId) -> Result<Entry> {
    entries
        .iter()
        .find(|it| it.id == id)
        .copied()
        .ok_or_else(|| Error::invalid("", "ALREADY_CANCELLED"))
}

#[derive(FromQueryResult)]
struct Owner {
    support_person_id: SupportPersonId,
    seq: i32,
}

/// Whose entry it is, where the scope reaches it.
async fn owner<P: Permission>(
    ctx: &Ctx,
    scope: &Scope<P>,
    id: SupportPersonActId,
) -> Result<Owner> {
    let db = ctx.store.reader();
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT a.support_person_id, a.seq FROM support_person_acts a
         JOIN support_persons sp ON sp.id = a.support_person_id WHERE a.id = ",
    );
    question.bind(id.0).words(" AND ");
    queries::reaches_attested(&mut question, scope);
    let owner: Option<Owner> = question.one(db).await?;
    owner.ok_or_else(|| {
        ctx.refuse(scope, ObjectKind::SupportPerson, id);
        Error::NotFound
    })
}

/// Nobody is left without a support person by an end that is recorded over their heads.
async fn nothing_is_open(act: &Act<'_>, id: SupportPersonId) -> Result<()> {
    static OPEN: Sql = Sql::new(
        "SELECT (SELECT count(*) FROM support_relationships
                 WHERE support_person_id = $1 AND status NOT IN ('ENDED', 'CANCELLED')) AS relationships,
           (SELECT count(*) FROM match_proposals
            WHERE support_person_id = $1 AND status IN ('ASKED', 'OFFERED', 'ACCEPTED')) AS proposals",
    );
    #[derive(FromQueryResult)]
    struct Open {
        relationships: i64,
        proposals: i64,
    }
    let open: Option<Open> = OPEN.one(&act.tx, [id.0.into()]).await?;
    let open = open.ok_or(Error::NotFound)?;
    Violations::default()
        .check(open.relationships == 0, "", "OPEN_RELATIONSHIPS_REMAIN")
        .check(open.proposals == 0, "", "OPEN_PROPOSALS_REMAIN")
        .done()
}

/// Writes an entry: at the end, or in the place of the one that it corrects.
async fn insert(
    act: &Act<'_>,
    held: &queries::Held,
    of: SupportPersonId,
    new: &Entry,
    place: Option<i32>,
) -> Result<()> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO support_person_acts (id, organisation_id, support_person_id, kind, on_date, recorded_by, recorded_at, gate_id, programme_id, expert_id, seq)
         SELECT $1, $2, $3, $4, $5, $6, $7, $9, $10, $11,
           coalesce($8, (SELECT coalesce(max(seq), 0) + 1 FROM support_person_acts WHERE support_person_id = $3))",
    );
    let values = [
        new.id.0.into(),
        held.organisation_id.0.into(),
        of.0.into(),
        code(new.kind),
        new.on.into(),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
        place.into(),
        new.gate.map(|gate| gate.0).into(),
        new.programme.map(|programme| programme.0).into(),
        new.expert.map(|expert| expert.0).into(),
    ];
    INSERT.run(&act.tx, values).await?;
    Ok(())
}

pub(super) async fn strike(act: &Act<'_>, id: SupportPersonActId) -> Result<()> {
    static STRIKE: Sql = Sql::new(
        "UPDATE support_person_acts SET cancelled_at = $2, cancelled_by = $3 WHERE id = $1",
    );
    let by = act.ctx.actor()?.person;
    let values = [id.0.into(), act.ctx.now.into(), by.0.into()];
    STRIKE.run(&act.tx, values).await?;
    Ok(())
}
