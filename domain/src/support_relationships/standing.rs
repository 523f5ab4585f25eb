//! Keeping a relationship's row, its agreements' numbers and its reviews in step with the entries.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    Id as _, MatchProposalId, OrganisationId, ReferralId, SupportRelationshipId, SupportedCaseId,
};
use rinnalla_entity::states::{EndReason, SupportRelationshipStatus};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::rules::{self, Entry, Fault, State};
use crate::access::{Permission, Scope};
use crate::act::{Act, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::joint_reviews;
use crate::reach::Question;
use crate::sql::Sql;

/// The code for what can no longer be taken back or moved, because something recorded later rests on it.
pub(super) const LATER_ENTRIES: &str = "LATER_ENTRIES_STAND_ON_IT";

/// A relationship as an act needs it.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct ForAct {
    pub id: SupportRelationshipId,
    pub organisation_id: OrganisationId,
    pub case_id: SupportedCaseId,
    pub referral_id: ReferralId,
    pub proposal_id: MatchProposalId,
    pub status: SupportRelationshipStatus,
    pub proposed_on: NaiveDate,
    pub first_meeting_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
}

/// The columns of [`ForAct`].
pub(super) const FOR_ACT: &str =
    "r.id, r.organisation_id, r.case_id, r.referral_id, r.proposal_id, r.status, r.proposed_on,
    r.first_meeting_on, r.ended_on";

/// The relationship that an act is about, taken for this transaction.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid` (`WRONG_STATE`) where its disclosure was cancelled.
pub(super) async fn take<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    id: SupportRelationshipId,
    version: i32,
) -> Result<ForAct> {
    let mut question = Question::new(act.ctx.store.backend(), "SELECT ");
    question
        .words(FOR_ACT)
        .words(" FROM support_relationships r WHERE r.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_relationship(scope);
    let found: Option<ForAct> = question.one(&act.tx).await?;
    let Some(found) = found else {
        act.ctx.refuse(scope, ObjectKind::SupportRelationship, id);
        return Err(Error::NotFound);
    };
    take_version(act, &found, version).await?;
    Ok(found)
}

/// Takes a relationship that is loaded already.
pub(super) async fn take_version(act: &Act<'_>, loaded: &ForAct, version: i32) -> Result<()> {
    static TAKE: Sql = Sql::new(
        "UPDATE support_relationships SET version = version + 1 WHERE id = $1 AND version = $2",
    );
    let values = [loaded.id.uuid().into(), version.into()];
    if TAKE.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    if loaded.status == SupportRelationshipStatus::Cancelled {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    Ok(())
}

/// The entry that an act has just recorded, and the input field of its day: a fault of it is the person's own.
#[derive(Clone, Copy)]
pub(super) struct Own {
    pub entry: Uuid,
    pub day: &'static str,
}

impl Own {
    fn fault(own: Option<Self>, at: Option<Uuid>, fault: Fault) -> Error {
        match (own, fault) {
            (Some(own), Fault::OutOfOrder) if at.is_none_or(|at| at == own.entry) => {
                Error::invalid(own.day, "DATES_OUT_OF_ORDER")
            }
            (Some(own), Fault::SignedTooEarly) if at == Some(own.entry) => {
                Error::invalid("signedOn", "DATES_OUT_OF_ORDER")
            }
            (Some(own), Fault::WrongState) if at == Some(own.entry) => {
                Error::invalid("", "WRONG_STATE")
            }
            _ => Error::invalid("", LATER_ENTRIES),
        }
    }
}

/// Works a relationship out anew from the entries that stand, and writes its row, its agreements' numbers and its
/// reviews.
///
/// Errors: `Invalid` where the entries make no state.
pub(super) async fn rework(act: &mut Act<'_>, before: &ForAct, own: Option<Own>) -> Result<State> {
    let rows = standing_entries(&act.tx, before.id).await?;
    let entries: Option<Vec<Entry>> = rows.iter().map(EntryRow::entry).collect();
    let entries = entries.ok_or_else(|| Error::internal("an entry lacks what its kind needs"))?;
    let state = rules::state(before.proposed_on, &entries, act.ctx.today)
        .map_err(|(at, fault)| Own::fault(own, rows.get(at).map(|row| row.id), fault))?;
    if (state.first_meeting_on, state.ended_on) != (before.first_meeting_on, before.ended_on) {
        let happened = happened_between(&act.tx, before.id).await?;
        if !happened.lies_within(&state) {
            return Err(Own::fault(own, None, Fault::OutOfOrder));
        }
    }
    write(act, before.id, &state).await?;
    number_agreements(act, &rows).await?;
    joint_reviews::follow(act, before.id).await?;
    Ok(state)
}

#[derive(FromQueryResult)]
struct EntryRow {
    id: Uuid,
    kind: String,
    on_date: NaiveDate,
    ends_on: Option<NaiveDate>,
    signed_on: Option<NaiveDate>,
    months: Option<i16>,
    follows: Option<bool>,
    end_reason: Option<EndReason>,
    version_no: Option<i16>,
}

impl EntryRow {
    fn entry(&self) -> Option<Entry> {
        let on = self.on_date;
        Some(match self.kind.as_str() {
            "FIRST_MEETING_HELD" => Entry::FirstMeeting { on },
            "PAUSED" => Entry::Paused { on },
            "RESUMED" => Entry::Resumed { on },
            "ENDED" => Entry::Ended {
                on,
                reason: self.end_reason?,
            },
            _ => Entry::Agreed {
                starts_on: on,
                ends_on: self.ends_on,
                signed_on: self.signed_on?,
                interval_months: self.months?,
                professional_follows: self.follows?,
            },
        })
    }
}

async fn standing_entries(
    db: &impl ConnectionTrait,
    relationship: SupportRelationshipId,
) -> Result<Vec<EntryRow>> {
    static SQL: Sql = Sql::new(
        "SELECT id, kind, on_date, ends_on, signed_on, months, follows, end_reason, version_no FROM (
           SELECT id, kind, on_date, CAST(NULL AS date) AS ends_on, CAST(NULL AS date) AS signed_on,
             CAST(NULL AS smallint) AS months, CAST(NULL AS boolean) AS follows, end_reason,
             CAST(NULL AS smallint) AS version_no,
             coalesce(corrects_at, recorded_at) AS placed_at, coalesce(corrects_id, id) AS place_id
           FROM support_relationship_acts WHERE relationship_id = $1 AND cancelled_at IS NULL
           UNION ALL
           SELECT id, 'AGREED', starts_on, ends_on, signed_on, review_interval_months, professional_follows, NULL, version_no,
             coalesce(corrects_at, recorded_at), coalesce(corrects_id, id)
           FROM support_agreements WHERE relationship_id = $1 AND cancelled_at IS NULL
         ) AS entries ORDER BY placed_at, place_id",
    );
    SQL.all(db, [relationship.uuid().into()]).await
}

/// The first and the last day on which the people are recorded to have met, in meetings and reviews.
#[derive(FromQueryResult)]
struct Happened {
    first_on: Option<NaiveDate>,
    last_on: Option<NaiveDate>,
}

impl Happened {
    fn lies_within(&self, state: &State) -> bool {
        let after_first_meeting = self.first_on.is_none_or(|first_on| {
            state
                .first_meeting_on
                .is_some_and(|met_on| met_on <= first_on)
        });
        let before_end = self
            .last_on
            .zip(state.ended_on)
            .is_none_or(|(last_on, ended_on)| last_on <= ended_on);
        after_first_meeting && before_end
    }
}

async fn happened_between(
    db: &impl ConnectionTrait,
    relationship: SupportRelationshipId,
) -> Result<Happened> {
    static SQL: Sql = Sql::new(
        "SELECT min(on_date) AS first_on, max(on_date) AS last_on FROM (
           SELECT met_on AS on_date FROM meetings WHERE relationship_id = $1 AND cancelled_at IS NULL
           UNION ALL
           SELECT e.held_on FROM joint_reviews jr JOIN joint_review_records e ON e.joint_review_id = jr.id
           WHERE jr.relationship_id = $1 AND e.cancelled_at IS NULL AND e.held_on IS NOT NULL
         ) AS happened",
    );
    let happened: Option<Happened> = SQL.one(db, [relationship.uuid().into()]).await?;
    happened.ok_or_else(|| Error::internal("an aggregate without a row"))
}

async fn write(act: &Act<'_>, relationship: SupportRelationshipId, state: &State) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE support_relationships SET status = $2, first_meeting_on = $3, starts_on = $4, agreed_until = $5,
           ended_on = $6, end_reason = $7, review_interval_months = $8, professional_follows = $9 WHERE id = $1",
    );
    let values: [Value; 9] = [
        relationship.uuid().into(),
        code(state.status),
        state.first_meeting_on.into(),
        state.starts_on.into(),
        state.agreed_until.into(),
        state.ended_on.into(),
        state.end_reason.map(EndReason::code).into(),
        state.review_interval_months.into(),
        state.professional_follows.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// The agreements that stand are numbered from 1 in their order; where one was cancelled, those after it move up.
async fn number_agreements(act: &Act<'_>, rows: &[EntryRow]) -> Result<()> {
    static NUMBER: Sql = Sql::new("UPDATE support_agreements SET version_no = $2 WHERE id = $1");
    let agreements = rows
        .iter()
        .filter_map(|row| Some((row.id, row.version_no?)));
    for ((id, version_no), number) in agreements.zip(1_i16..) {
        if version_no != number {
            NUMBER.run(&act.tx, [id.into(), number.into()]).await?;
        }
    }
    Ok(())
}

/// Brings the relationships whose agreement starts today, or started while nobody looked, under way. Runs every day;
/// a second run changes nothing. Answers how many there were.
pub async fn start_agreed(ctx: &Ctx) -> Result<u64> {
    static NEWS: Sql = Sql::new(
        "INSERT INTO changes (organisation_id, kind, object_id, at_ms)
         SELECT organisation_id, 'SUPPORT_RELATIONSHIP', id, NOW_MS FROM support_relationships
         WHERE status = 'AGREED' AND starts_on <= $1",
    );
    static START: Sql = Sql::new(
        "UPDATE support_relationships SET status = 'ACTIVE', version = version + 1
         WHERE status = 'AGREED' AND starts_on <= $1",
    );
    let tx = ctx.store.begin_write().await?;
    NEWS.run(&tx, [ctx.today.into()]).await?;
    let started = START.run(&tx, [ctx.today.into()]).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(started)
}
