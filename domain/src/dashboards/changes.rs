//! The news: what acts noted as changed, and who may hear of it.
//!
//! A dashboard is told that something of its viewer changed, and nothing more: it asks for the thing again, and is
//! answered as far as it may be. Whoever may not see a thing does not hear of it either.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{
    Id as _, OrganisationId, ReferralId, SupportPersonId, SupportRelationshipId, SupportedCaseId,
    encode,
};
use sea_orm::{FromQueryResult, Value};
use tokio::time::Instant;
use uuid::Uuid;

use crate::access::{self, Actor, ReadOrganisations, ReadPeople, SeeDashboard};
use crate::act::ChangeKind;
use crate::audit;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql::Sql;
use crate::store::Store;
use crate::texts::Language;
use crate::{referrals, support_persons, support_relationships};

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
                self.gaps
                    .extend((first..number).map(|gap| (gap, readings)));
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
                .words_on(
                    " OR id = ANY(",
                    " OR id IN (SELECT value FROM json_each(",
                )
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

/// The changes that the actor may hear of, each thing once, at the latest time: at most one statement for each kind of
/// thing, whatever the number of changes. What passes between the association and the person it has asked is told to
/// that person as a change of the proposal.
pub async fn visible(ctx: &Ctx, changes: &[Change]) -> Result<Vec<Change>> {
    let latest = latest(changes);
    let of = |kind: ChangeKind| -> Vec<Uuid> {
        latest
            .iter()
            .filter(|change| change.kind == kind)
            .map(|change| change.object)
            .collect()
    };
    let mut seen: HashSet<Uuid> = HashSet::new();
    let relationships = ids(&of(ChangeKind::SupportRelationship), SupportRelationshipId);
    if !relationships.is_empty() {
        let found = allowed(support_relationships::for_ids(ctx, &relationships).await)?;
        seen.extend(found.into_iter().flatten().map(|(id, _)| id.uuid()));
    }
    let people = ids(&of(ChangeKind::SupportPerson), SupportPersonId);
    if !people.is_empty() {
        let found = allowed(support_persons::for_ids(ctx, &people).await)?;
        seen.extend(found.into_iter().flatten().map(|(id, _)| id.uuid()));
    }
    todo!()
}
