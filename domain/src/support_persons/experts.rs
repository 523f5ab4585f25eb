//! Experts by experience as support persons: their own training stands for the weekends, in a programme that takes experts,
//! for as long as the register of experts says that they were trained by then.

use chrono::NaiveDate;
use rinnalla_entity::ids::{ExpertProfileId, OrganisationId, SupportPersonActId, SupportPersonId};
use rinnalla_entity::states::SupportPersonActKind as Kind;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::acts::{self, Record};
use super::queries;
use super::rules::{self, Entry};
use crate::access::{self, ManageSupportPersons, Permission, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// The attestation of somebody's training as an expert.
#[derive(Clone, Copy, Debug)]
pub struct AttestExpert {
    /// Whom, on which day.
    pub record: Record,
    /// The same person's entry in the register of experts of the association.
    pub expert: ExpertProfileId,
}

/// Attests that a support person was trained as an expert by experience; it counts in programmes that take experts.
///
/// Errors: as an act on a support person; `Invalid`: `expertProfileId UNKNOWN` for one that is not the same person's in the
/// same association, `on NOT_TRAINED_THEN`.
pub async fn attest_expert_training(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AttestExpert,
) -> Result<SupportPersonId> {
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    let Record {
        support_person: id,
        version,
        on,
    } = input.record;
    let on = on.unwrap_or(ctx.today);
    Violations::default()
        .check(on <= ctx.today, "on", "DATE_IN_FUTURE")
        .done()?;
    let mut act = match ctx.begin("supportPersonAttestExpert", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    acts::hold_at(&act, &scope, id).await?;
    let was_trained = was_trained(&act.tx, input.expert, id, on).await?;
    Violations::default()
        .check(was_trained.is_some(), "expertProfileId", "UNKNOWN")
        .check(was_trained != Some(false), "on", "NOT_TRAINED_THEN")
        .done()?;
    attest_expert(&mut act, &scope, (id, version), (input.expert, on)).await?;
    act.done().await.map(SupportPersonId)
}

/// Whether a support person was trained as an expert by a day; `None` where the entry is not theirs.
pub(super) async fn was_trained(
    db: &impl ConnectionTrait,
    expert: ExpertProfileId,
    of: SupportPersonId,
    on: NaiveDate,
) -> Result<Option<bool>> {
    static SQL: Sql = Sql::new(
        "SELECT coalesce(h.ends_on < $3, e.trained_on <= $3) AS was_trained
         FROM expert_profiles e JOIN support_persons sp ON sp.person_id = e.person_id AND sp.organisation_id = e.organisation_id
         LEFT JOIN expert_cohorts h ON h.id = e.cohort_id WHERE e.id = $1 AND sp.id = $2 AND e.removed_at IS NULL",
    );
    #[derive(FromQueryResult)]
    struct Row {
        was_trained: bool,
    }
    let row: Option<Row> = SQL
        .one(db, [expert.0.into(), of.0.into(), on.into()])
        .await?;
    Ok(row.map(|row| row.was_trained))
}

/// Attests that a support person's training as an expert stands for the weekends, from a day on.
pub(crate) async fn attest_expert(
    act: &mut Act<'_>,
    scope: &Scope<ManageSupportPersons>,
    (id, version): (SupportPersonId, i32),
    (expert, on): (ExpertProfileId, NaiveDate),
) -> Result<()> {
    let new = Entry {
        expert: Some(expert),
        ..acts::entry(Kind::EarlierTrainingAttested, on)
    };
    acts::record_in(act, scope, id, version, new).await
}

#[derive(FromQueryResult)]
struct Stands {
    id: SupportPersonActId,
    support_person_id: SupportPersonId,
    on_date: NaiveDate,
}

/// Takes back what was attested of an expert who was not trained by then, as the register has it now: the gates are worked
/// out anew, and whoever was active through it is active no longer. `trained_from` is `None` for one who is no expert.
pub(crate) async fn follow_expert<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    of: OrganisationId,
    expert: ExpertProfileId,
    trained_from: Option<NaiveDate>,
) -> Result<()> {
    static STAND: Sql = Sql::new(
        "SELECT id, support_person_id, on_date FROM support_person_acts WHERE expert_id = $1 AND cancelled_at IS NULL ORDER BY id",
    );
    static HOLD: Sql = Sql::new("UPDATE support_persons SET version = version + 1 WHERE id = $1");
    let stand: Vec<Stands> = STAND.all(&act.tx, [expert.0.into()]).await?;
    let untrue = |it: &Stands| trained_from.is_none_or(|from| it.on_date < from);
    for entry in stand.into_iter().filter(untrue) {
        let id = entry.support_person_id;
        HOLD.run(&act.tx, [id.0.into()]).await?;
        let grounds = queries::grounds_of(&act.tx, &[id]).await?;
        let (ground, entries) = grounds.get(&id).ok_or(Error::NotFound)?;
        let refused = |fault: rules::Fault| Error::invalid("", fault.code());
        let standing = rules::cancel(ground, entries, entry.id).map_err(refused)?;
        acts::strike(act, entry.id).await?;
        queries::write_standing(&act.tx, id, &standing).await?;
        act.changed(scope, of, ObjectKind::SupportPerson, id);
    }
    Ok(())
}
