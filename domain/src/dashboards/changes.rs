//! What changed, and who may hear of it.
//!
//! A dashboard is told that something of its viewer changed, and nothing more: it asks for the thing again, and is
//! answered as far as it may be. Whoever may not see a thing does not hear of it either.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{
    CourseId, ExpertProfileId, GrantTargetId, Id, InfluenceItemId, OrganisationId, PeerGroupId,
    ReferralId, SupportPersonId, SupportRelationshipId, SupportedCaseId, TrainingId, encode,
};
use rinnalla_entity::states::MatchProposalStatus;
use tokio::time::Instant;
use uuid::Uuid;

use crate::access::{self, Actor, HearOfChanges, ReadOrganisations, ReadPeople};
use crate::act::ChangeKind;
use crate::audit;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::referrals::{self, MatchProposal};
use crate::texts::Language;
use crate::{
    courses, experts, grant_targets, influence_items, peer_groups, support_persons,
    support_relationships, trainings,
};

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

/// Somebody who listens, for longer than a request: every change is looked at with the roles that they have then.
pub struct Listener {
    actor: Actor,
    language: Language,
    renewed: Instant,
}

impl Listener {
    /// The actor, listening.
    ///
    /// Errors: `Unauthenticated`, `Forbidden` for roles that hear of nothing.
    pub fn of(ctx: &Ctx) -> Result<Self> {
        access::require::<HearOfChanges>(ctx)?;
        Ok(Self {
            actor: ctx.actor()?.clone(),
            language: ctx.language,
            renewed: Instant::now(),
        })
    }

    /// What of the changes the listener is to be told, logged as seen.
    ///
    /// Errors: `Unauthenticated` or `Forbidden` once the listener may hear of nothing any more.
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
        access::require::<HearOfChanges>(&ctx)?;
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
        support_relationships::for_ids(ctx, &relationships, Default::default()),
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
    let courses = told.ids(ChangeKind::Course);
    let courses: HashMap<CourseId, _> = if_any(&courses, courses::for_ids(ctx, &courses)).await?;
    let trainings = told.ids(ChangeKind::Training);
    let trainings: HashMap<TrainingId, _> =
        if_any(&trainings, trainings::for_ids(ctx, &trainings)).await?;
    let experts = told.ids(ChangeKind::Expert);
    let experts: HashMap<ExpertProfileId, _> =
        if_any(&experts, experts::for_ids(ctx, &experts)).await?;
    let groups = told.ids(ChangeKind::PeerGroup);
    let groups: HashMap<PeerGroupId, _> =
        if_any(&groups, peer_groups::for_ids(ctx, &groups)).await?;
    let items = told.ids(ChangeKind::InfluenceItem);
    let items: HashMap<InfluenceItemId, _> =
        if_any(&items, influence_items::for_ids(ctx, &items)).await?;
    let targets = told.ids(ChangeKind::GrantTarget);
    let targets: HashMap<GrantTargetId, _> =
        if_any(&targets, grant_targets::for_ids(ctx, &targets)).await?;
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
                ChangeKind::Course => courses.contains_key(&CourseId(object)),
                ChangeKind::Training => trainings.contains_key(&TrainingId(object)),
                ChangeKind::Expert => experts.contains_key(&ExpertProfileId(object)),
                ChangeKind::PeerGroup => groups.contains_key(&PeerGroupId(object)),
                ChangeKind::InfluenceItem => items.contains_key(&InfluenceItemId(object)),
                ChangeKind::GrantTarget => targets.contains_key(&GrantTargetId(object)),
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
