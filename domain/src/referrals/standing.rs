//! Keeping a referral's row and its proposals' rows in step with the entries: lock, record, work out, write.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rinnalla_entity::ids::{
    Id as _, MatchProposalId, OrganisationId, ReferralActId, ReferralId, SupportPersonId,
};
use rinnalla_entity::states::{
    AskingChannel, MatchProposalStatus, ReferralActKind, ReferralStatus, SupportRelationshipStatus,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Value};

use super::rules::{self, Entry, Handover, Refused, Standing, Submitted};
use crate::access::{Permission, Scope};
use crate::act::{Act, code, take_version};
use crate::audit::ObjectKind;
use crate::calendar;
use crate::error::{Error, Result};
use crate::sql::Sql;

/// The code for what can no longer be taken back or moved, because something recorded later rests on it.
pub(super) const LATER_ENTRIES: &str = "LATER_ENTRIES_STAND_ON_IT";

/// What is to be recorded.
pub(super) struct New {
    pub kind: ReferralActKind,
    pub proposal: Option<MatchProposalId>,
    pub on: NaiveDate,
    pub channel: Option<AskingChannel>,
    pub reason: Option<String>,
    pub text_version: Option<String>,
}

impl New {
    pub fn of(kind: ReferralActKind, on: NaiveDate) -> Self {
        Self {
            kind,
            proposal: None,
            on,
            channel: None,
            reason: None,
            text_version: None,
        }
    }
}

/// Where a referral belongs, as far as an act on it must know.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct Held {
    pub organisation_id: OrganisationId,
}

/// What working a referral out anew has come to.
#[derive(Debug)]
pub(super) struct Reworked {
    pub status: ReferralStatus,
    /// Whose proposals are open that were not before.
    pub reopened: Vec<SupportPersonId>,
}

// Takes the referral for this transaction: nobody else's change comes between.
take_version!(pub(super) lock, "referrals", ReferralId);

/// Records something about a referral that is locked, at the end of its entries, and works its state out anew.
pub(super) async fn record(
    act: &Act<'_>,
    organisation: OrganisationId,
    referral: ReferralId,
    new: New,
) -> Result<Reworked> {
    static LAST: Sql =
        Sql::new("SELECT coalesce(max(seq), 0) AS seq FROM referral_acts WHERE referral_id = $1");
    #[derive(FromQueryResult)]
    struct Last {
        seq: i32,
    }
    let last: Option<Last> = LAST.one(&act.tx, [referral.0.into()]).await?;
    let seq = last.map_or(0, |last| last.seq) + 1;
    let id = insert(act, organisation, referral, seq, &new).await?;
    refold(&act.tx, referral, |refused| match refused {
        Refused { at, fault } if at == id => Error::invalid(fault.field(), fault.code()),
        _ => Error::invalid("", LATER_ENTRIES),
    })
    .await
}

/// Puts an entry in its place, without working anything out.
pub(super) async fn insert(
    act: &Act<'_>,
    organisation: OrganisationId,
    referral: ReferralId,
    seq: i32,
    new: &New,
) -> Result<ReferralActId> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO referral_acts (id, organisation_id, referral_id, proposal_id, kind, on_date, seq, channel, reason, text_version, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    );
    let id = ReferralActId::random();
    let values = [
        id.0.into(),
        organisation.0.into(),
        referral.0.into(),
        new.proposal.map(|it| it.0).into(),
        code(new.kind),
        new.on.into(),
        seq.into(),
        new.channel.map(AskingChannel::code).into(),
        new.reason.clone().into(),
        new.text_version.clone().into(),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
    ];
    INSERT.run(&act.tx, values).await?;
    Ok(id)
}

/// Marks an entry as cancelled; `false` where it was already.
pub(super) async fn strike(act: &Act<'_>, entry: ReferralActId) -> Result<bool> {
    static STRIKE: Sql = Sql::new(
        "UPDATE referral_acts SET cancelled_at = $2, cancelled_by = $3 WHERE id = $1 AND cancelled_at IS NULL",
    );
    let values = [
        entry.0.into(),
        act.ctx.now.into(),
        act.ctx.actor()?.person.0.into(),
    ];
    Ok(STRIKE.run(&act.tx, values).await? == 1)
}

/// Works a referral's state out anew after something changed in one of its relationships: a first meeting recorded or
/// cancelled, an end recorded or cancelled. Comes after that change, in its transaction. Answers the referral's state.
///
/// Errors: `Invalid` (`LATER_ENTRIES_STAND_ON_IT`) where the change would take the ground from under something that
/// was recorded about the referral since: a closing, or a proposal of another support person.
pub(crate) async fn rework<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    referral: ReferralId,
) -> Result<ReferralStatus> {
    let held = hold(&act.tx, referral).await?;
    let reworked = refold(&act.tx, referral, |_| Error::invalid("", LATER_ENTRIES)).await?;
    act.changed(scope, held.organisation_id, ObjectKind::Referral, referral);
    Ok(reworked.status)
}

/// Takes a referral for this transaction whatever its version: for changes that come from its relationships.
pub(super) async fn hold(tx: &DatabaseTransaction, referral: ReferralId) -> Result<Held> {
    static HOLD: Sql = Sql::new(
        "UPDATE referrals SET version = version + 1 WHERE id = $1 RETURNING organisation_id",
    );
    HOLD.one(tx, [referral.0.into()])
        .await?
        .ok_or(Error::NotFound)
}

#[derive(FromQueryResult)]
struct EntryRow {
    id: ReferralActId,
    kind: ReferralActKind,
    proposal_id: Option<MatchProposalId>,
    on_date: NaiveDate,
    recorded_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct RelationshipRow {
    proposal_id: MatchProposalId,
    status: SupportRelationshipStatus,
    first_meeting_on: Option<NaiveDate>,
}

pub(super) async fn handovers(
    tx: &impl ConnectionTrait,
    referral: ReferralId,
) -> Result<Vec<Handover>> {
    static RELATIONSHIPS: Sql = Sql::new(
        "SELECT proposal_id, status, first_meeting_on FROM support_relationships WHERE referral_id = $1",
    );
    let rows: Vec<RelationshipRow> = RELATIONSHIPS.all(tx, [referral.0.into()]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Handover::of(row.proposal_id, row.status, row.first_meeting_on))
        .collect())
}

/// Works the state out from the entries and writes it to the referral and its proposals.
pub(super) async fn refold(
    tx: &DatabaseTransaction,
    referral: ReferralId,
    refuse: impl FnOnce(Refused) -> Error,
) -> Result<Reworked> {
    static ENTRIES: Sql = Sql::new(
        "SELECT id, kind, proposal_id, on_date, recorded_at FROM referral_acts
         WHERE referral_id = $1 AND cancelled_at IS NULL ORDER BY seq, id",
    );
    static WRITE: Sql = Sql::new(
        "UPDATE referrals SET status = $2, submitted_at = $3, proposal_count = $4 WHERE id = $1",
    );
    let rows: Vec<EntryRow> = ENTRIES.all(tx, [referral.0.into()]).await?;
    let entries: Vec<Entry> = rows
        .into_iter()
        .map(|row| Entry {
            id: row.id,
            kind: row.kind,
            proposal: row.proposal_id,
            on: row.on_date,
            recorded_at: row.recorded_at,
        })
        .collect();
    let handovers = handovers(tx, referral).await?;
    let standing = rules::fold(&entries, &handovers).map_err(refuse)?;
    let values = [
        referral.0.into(),
        code(standing.status),
        standing.submitted.map(submitted_at).into(),
        standing.proposal_count().into(),
    ];
    WRITE.run(tx, values).await?;
    Ok(Reworked {
        status: standing.status,
        reopened: write_proposals(tx, referral, &standing).await?,
    })
}

/// The instant of recording; where the day was put right later, the beginning of that day.
fn submitted_at(submitted: Submitted) -> DateTime<Utc> {
    if calendar::helsinki_date(submitted.recorded_at) == submitted.on {
        submitted.recorded_at
    } else {
        calendar::helsinki_instant(submitted.on, NaiveTime::MIN)
    }
}

/// Writes what changed, closed proposals first: one open proposal a referral, at every moment. Answers whose proposals
/// have become open.
async fn write_proposals(
    tx: &DatabaseTransaction,
    referral: ReferralId,
    standing: &Standing,
) -> Result<Vec<SupportPersonId>> {
    static PROPOSALS: Sql = Sql::new(
        "SELECT id, support_person_id, status FROM match_proposals WHERE referral_id = $1 ORDER BY id",
    );
    static WRITE: Sql = Sql::new("UPDATE match_proposals SET status = $2 WHERE id = $1");
    #[derive(FromQueryResult)]
    struct Row {
        id: MatchProposalId,
        support_person_id: SupportPersonId,
        status: MatchProposalStatus,
    }
    let rows: Vec<Row> = PROPOSALS.all(tx, [referral.0.into()]).await?;
    let mut changed: Vec<(Row, MatchProposalStatus)> = rows
        .into_iter()
        .filter_map(|row| {
            // A proposal whose every entry was cancelled was never made.
            let status = standing.proposals.get(&row.id).copied();
            let status = status.unwrap_or(MatchProposalStatus::Withdrawn);
            (status != row.status).then_some((row, status))
        })
        .collect();
    changed.sort_by_key(|(_, to)| is_open(*to));
    for (row, to) in &changed {
        WRITE.run(tx, [Value::from(row.id.0), code(*to)]).await?;
    }
    Ok(changed
        .into_iter()
        .filter(|(row, to)| is_open(*to) && !holds_a_place(row.status))
        .map(|(row, _)| row.support_person_id)
        .collect())
}

/// Whether a proposal is under way before disclosure.
fn is_open(status: MatchProposalStatus) -> bool {
    use MatchProposalStatus::{Accepted, Asked, Offered};
    matches!(status, Asked | Offered | Accepted)
}

/// Whether a proposal, or the relationship that came of it, takes one of the support person's places.
fn holds_a_place(status: MatchProposalStatus) -> bool {
    is_open(status) || status == MatchProposalStatus::Disclosed
}
