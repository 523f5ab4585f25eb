//! The news: what acts noted as changed, and who may hear of it.
//!
//! A dashboard is told that something of its viewer changed, and nothing more: it asks for the thing again, and is
//! answered as far as it may be. Whoever may not see a thing does not hear of it either.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{
    Id, OrganisationId, ReferralId, SupportPersonId, SupportRelationshipId, SupportedCaseId, encode,
};
use rinnalla_entity::states::MatchProposalStatus;
use sea_orm::{FromQueryResult, Value};
use tokio::time::Instant;
use uuid::Uuid;

use crate::access::{self, Actor, ReadOrganisations, ReadPeople, SeeDashboard};
use crate::act::ChangeKind;
use crate::audit;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::referrals::{self, MatchProposal};
use crate::sql::Sql;
use crate::store::Store;
use crate::texts::Language;
use crate::{support_persons, support_relationships};

/// How many readings a number that was left out is waited for. Numbers are given when a row is written and seen when
/// its transaction ends, so a smaller one may come later; at two readings a second this is a minute, and no request
/// lives for more than half of one.
const READINGS_TO_WAIT: u64 = 120;
/// The most numbers that are waited for at once.
const MOST_GAPS: i64 = 1_000;
/// The most rows of one reading.
const MOST_ROWS: i64 = 5_000;
/// How long a listener's roles are taken to stand.
const ROLES_STAND: Duration = Duration::from_secs(5);

/// Something that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// Its row.
    pub object: Uuid,
    /// The organisation whose it is.
    pub organisation: OrganisationId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Change {
    /// The opaque id of what changed.
    pub fn id(&self) -> String {
        encode(self.kind.type_byte(), self.object)
    }
}

/// The numbers that a reader has seen, as far as they matter.
#[derive(Debug, Default)]
struct Place {
    last: i64,
    /// Numbers below `last` that have not been seen, with the reading at which they were missed.
    gaps: BTreeMap<i64, u64>,
    readings: u64,
}

impl Place {
    /// Takes note of the numbers of one reading, in order.
    fn pass(&mut self, numbers: impl IntoIterator<Item = i64>) {
        self.readings += 1;
        for number in numbers {
            if number > self.last {
                let first = (self.last + 1).max(number - MOST_GAPS);
                let readings = self.readings;
                self.gaps.extend((first..number).map(|gap| (gap, readings)));
                self.last = number;
            } else {
                self.gaps.remove(&number);
            }
        }
        let oldest = self.readings.saturating_sub(READINGS_TO_WAIT);
        self.gaps.retain(|_, missed_at| *missed_at >= oldest);
        while self.gaps.len() > MOST_GAPS.unsigned_abs() as usize {
            self.gaps.pop_first();
        }
    }
}

/// A reader of the news: from now on, each change once, also those of transactions that end out of order.
pub struct News {
    store: Store,
    place: Place,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    organisation_id: OrganisationId,
    kind: String,
    object_id: Uuid,
    at_ms: i64,
}

impl News {
    /// Begins to read: what is committed by now is not told any more.
    pub async fn begin(register: &Register) -> Result<Self> {
        #[derive(FromQueryResult)]
        struct Number {
            id: i64,
        }
        static LATEST: Sql = Sql::new(
            "SELECT id FROM changes WHERE id > (SELECT coalesce(max(id), 0) FROM changes) - $1 ORDER BY id",
        );
        let store = register.store.clone();
        let seen: Vec<Number> = LATEST.all(store.reader(), [MOST_GAPS.into()]).await?;
        let mut place = Place::default();
        if let Some(first) = seen.first() {
            place.last = first.id - 1;
        }
        place.pass(seen.into_iter().map(|number| number.id));
        Ok(Self { store, place })
    }

    /// What was committed since the last reading.
    pub async fn next(&mut self) -> Result<Vec<Change>> {
        let mut question = Question::new(
            self.store.backend(),
            "SELECT id, organisation_id, kind, object_id, at_ms FROM changes WHERE id > ",
        );
        question.bind(self.place.last);
        if !self.place.gaps.is_empty() {
            let gaps: Vec<i64> = self.place.gaps.keys().copied().collect();
            let gaps: Value = if self.store.is_postgres() {
                gaps.into()
            } else {
                serde_json::Value::from(gaps).to_string().into()
            };
            question
                .words_on(" OR id = ANY(", " OR id IN (SELECT value FROM json_each(")
                .bind(gaps)
                .words_on(")", "))");
        }
        question.words(" ORDER BY id LIMIT ").bind(MOST_ROWS);
        let rows: Vec<Row> = question.all(self.store.reader()).await?;
        self.place.pass(rows.iter().map(|row| row.id));
        Ok(rows.into_iter().filter_map(Row::read).collect())
    }
}

impl Row {
    /// A kind that this program does not know was written by a newer one, for newer dashboards.
    fn read(self) -> Option<Change> {
        Some(Change {
            kind: ChangeKind::of_code(&self.kind)?,
            object: self.object_id,
            organisation: self.organisation_id,
            at: DateTime::from_timestamp_millis(self.at_ms)?,
        })
    }
}

/// Somebody who listens, for longer than a request: every change is looked at with the roles that they have then.
pub struct Listener {
    actor: Actor,
    language: Language,
    renewed: Instant,
}

impl Listener {
    /// The actor, listening.
    ///
    /// Errors: `Unauthenticated`, `Forbidden` for roles that have no dashboard.
    pub fn of(ctx: &Ctx) -> Result<Self> {
        access::require::<SeeDashboard>(ctx)?;
        Ok(Self {
            actor: ctx.actor()?.clone(),
            language: ctx.language,
            renewed: Instant::now(),
        })
    }

    /// What of the changes the listener is to be told, logged as seen.
    ///
    /// Errors: `Unauthenticated` or `Forbidden` once the listener has no dashboard any more.
    pub async fn told(&mut self, register: &Register, changes: &[Change]) -> Result<Vec<Change>> {
        if self.renewed.elapsed() > ROLES_STAND {
            let renewed = access::renew(register, &self.actor).await?;
            self.actor = renewed.ok_or(Error::Unauthenticated)?;
            self.renewed = Instant::now();
        }
        let concern: Vec<Change> = changes
            .iter()
            .filter(|change| may_concern(&self.actor, change))
            .copied()
            .collect();
        let ctx = Ctx::new(register, Some(self.actor.clone()), self.language);
        access::require::<SeeDashboard>(&ctx)?;
        let told = visible(&ctx, &concern).await?;
        audit::write_seen(&ctx, "subscription").await?;
        Ok(told)
    }
}

/// Whether a change could concern somebody at all, by what is known without asking: whoever coordinates or administers
/// and nothing else hears of the own organisation alone.
fn may_concern(actor: &Actor, change: &Change) -> bool {
    change.object == actor.person.0
        || actor
            .grants
            .iter()
            .any(|grant| grant.organisation == change.organisation || grant.reaches_people())
}

/// The changes that the actor may hear of, each thing once: at most one statement for each kind of thing, whatever
/// the number of changes. A referral that the actor may not see, with a proposal to the actor under way, is told of as a
/// change of that proposal.
pub async fn visible(ctx: &Ctx, changes: &[Change]) -> Result<Vec<Change>> {
    let told = Told::of(changes);
    let relationships = told.ids(ChangeKind::SupportRelationship);
    let relationships = if_any(
        &relationships,
        support_relationships::for_ids(ctx, &relationships),
    );
    let relationships: HashMap<SupportRelationshipId, _> = relationships.await?;
    let people = told.ids(ChangeKind::SupportPerson);
    let people: HashMap<SupportPersonId, _> =
        if_any(&people, support_persons::for_ids(ctx, &people)).await?;
    let cases = told.ids(ChangeKind::SupportedCase);
    let cases: HashMap<SupportedCaseId, _> =
        if_any(&cases, referrals::cases_for_ids(ctx, &cases)).await?;
    let referral_ids = told.ids(ChangeKind::Referral);
    let referrals: HashMap<ReferralId, _> =
        if_any(&referral_ids, referrals::for_ids(ctx, &referral_ids)).await?;
    let hidden: Vec<ReferralId> = referral_ids
        .into_iter()
        .filter(|id| !referrals.contains_key(id))
        .collect();
    let proposals = if_any(&hidden, referrals::proposals_for_referrals(ctx, &hidden)).await?;
    let manages = access::require::<ReadPeople>(ctx).ok();
    let knows = access::require::<ReadOrganisations>(ctx).ok();
    let actor = ctx.actor()?.person;
    Ok(told
        .0
        .into_iter()
        .filter_map(|change| {
            let object = change.object;
            let is_visible = match change.kind {
                ChangeKind::SupportRelationship => {
                    relationships.contains_key(&SupportRelationshipId(object))
                }
                ChangeKind::SupportPerson => people.contains_key(&SupportPersonId(object)),
                ChangeKind::SupportedCase => cases.contains_key(&SupportedCaseId(object)),
                ChangeKind::Referral if referrals.contains_key(&ReferralId(object)) => true,
                ChangeKind::Referral => {
                    let open = proposals
                        .get(&ReferralId(object))?
                        .iter()
                        .find(is_under_way)?;
                    return Some(Change {
                        kind: ChangeKind::MatchProposal,
                        object: open.id.0,
                        ..change
                    });
                }
                // Written of a referral, never of its proposal.
                ChangeKind::MatchProposal => false,
                ChangeKind::Person => {
                    object == actor.0
                        || manages
                            .as_ref()
                            .is_some_and(|scope| scope.covers(change.organisation))
                }
                ChangeKind::Organisation | ChangeKind::Partnership => knows
                    .as_ref()
                    .is_some_and(|scope| scope.any_organisations().contains(&change.organisation)),
            };
            is_visible.then_some(change)
        })
        .collect())
}

fn is_under_way(proposal: &&MatchProposal) -> bool {
    matches!(
        proposal.status,
        MatchProposalStatus::Asked | MatchProposalStatus::Offered | MatchProposalStatus::Accepted
    )
}

/// Each changed thing once, in the order of its first change, with the time of its last.
struct Told(Vec<Change>);

impl Told {
    fn of(changes: &[Change]) -> Self {
        let mut places: HashMap<(ChangeKind, Uuid), usize> = HashMap::new();
        let mut told: Vec<Change> = Vec::new();
        for change in changes {
            match places.get(&(change.kind, change.object)) {
                Some(place) => told[*place] = *change,
                None => {
                    places.insert((change.kind, change.object), told.len());
                    told.push(*change);
                }
            }
        }
        Self(told)
    }

    fn ids<I: Id>(&self, kind: ChangeKind) -> Vec<I> {
        let of_kind = self.0.iter().filter(|change| change.kind == kind);
        of_kind.map(|change| I::from_uuid(change.object)).collect()
    }
}

/// What was found of some ids; nothing where there are none, and nothing for roles that may not ask at all.
async fn if_any<I, T: Default>(ids: &[I], find: impl Future<Output = Result<T>>) -> Result<T> {
    if ids.is_empty() {
        return Ok(T::default());
    }
    match find.await {
        Err(Error::Forbidden) => Ok(T::default()),
        found => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(seen: &[i64]) -> Place {
        let mut place = Place::default();
        place.pass(seen.iter().copied());
        place
    }

    fn gaps(place: &Place) -> Vec<i64> {
        place.gaps.keys().copied().collect()
    }

    #[test]
    fn a_number_that_was_left_out_is_waited_for_until_it_comes() {
        let mut place = place(&[1, 2, 5]);
        assert_eq!((place.last, gaps(&place)), (5, vec![3, 4]));
        place.pass([3, 6]);
        assert_eq!((place.last, gaps(&place)), (6, vec![4]));
    }

    #[test]
    fn a_number_that_never_comes_is_given_up() {
        let mut place = place(&[1, 3]);
        for _ in 0..READINGS_TO_WAIT {
            place.pass([]);
        }
        assert_eq!(gaps(&place), [2]);
        place.pass([]);
        assert_eq!(gaps(&place), Vec::<i64>::new());
    }

    #[test]
    fn a_leap_is_waited_for_at_its_near_end_alone() {
        let place = place(&[1, 1_000_000]);
        assert_eq!(place.gaps.len(), 1_000);
        assert_eq!(place.gaps.keys().next(), Some(&999_000));
    }

    #[test]
    fn a_thing_that_changed_twice_is_told_once_with_its_last_time() {
        let change = |object: u128, at: i64| Change {
            kind: ChangeKind::Referral,
            object: Uuid::from_u128(object),
            organisation: OrganisationId(Uuid::nil()),
            at: DateTime::from_timestamp(at, 0).unwrap(),
        };
        let told = Told::of(&[change(1, 1), change(2, 2), change(1, 3)]);
        assert_eq!(told.0, [change(1, 3), change(2, 2)]);
    }
}
