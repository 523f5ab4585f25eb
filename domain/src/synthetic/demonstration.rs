//! One invented association's two years, small enough to look through: every state occurs, and today something is due.

use rinnalla_entity::ids::{OrganisationId, PersonId};
use rinnalla_entity::states::{Role, SupportPersonStatus};
use uuid::Uuid;

use super::referral::Stage;
use super::rows::Sink;
use super::story::{Fate, Story, Wish};
use super::supporters::Supporter;
use super::team::Team;
use super::world::{Association, World};
use super::{courses, experts, groups, places, supervision, touches, trainings};
use crate::calendar::plus_days;
use crate::ctx::Register;
use crate::error::Result;
use crate::joint_reviews::rules::Timing;
use crate::joint_reviews::rules::reminders::ReviewNotice;

/// Somebody whose part a visitor can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Player {
    /// The role that is played.
    pub role: Role,
    /// Who plays it.
    pub person: PersonId,
}

/// What was set up.
#[derive(Clone, Debug)]
pub struct Demonstration {
    /// The association's name.
    pub association: String,
    /// One person for each role that the register knows something for.
    pub players: Vec<Player>,
}

/// Reviews of relationships that are under way: what goes out today, and where the others stand.
const ACTIVE: [(Wish, u32); 11] = [
    (Wish::Notice(ReviewNotice::Due), 2),
    (Wish::Notice(ReviewNotice::Coming), 1),
    (Wish::Notice(ReviewNotice::Nudge), 1),
    (Wish::Notice(ReviewNotice::BookedReminder), 1),
    (Wish::Notice(ReviewNotice::Overdue), 1),
    (Wish::Notice(ReviewNotice::OverdueAgain), 1),
    (Wish::Notice(ReviewNotice::DueNoProfessional), 1),
    (Wish::Standing(Timing::Upcoming), 14),
    (Wish::Standing(Timing::Due), 6),
    (Wish::Standing(Timing::Overdue), 3),
    (Wish::Quiet, 1),
];

/// With the 32 under way, 80 relationships.
const OTHERS: [(Fate, u32); 6] = [
    (Fate::Ended, 30),
    (Fate::Cancelled, 4),
    (Fate::Paused, 4),
    (Fate::Agreed, 3),
    (Fate::Met, 4),
    (Fate::Proposed, 3),
];

/// With the 80 that relationships came of, 120 referrals.
const STAGES: [(Stage, u32); 11] = [
    (Stage::Draft, 3),
    (Stage::Submitted, 6),
    (Stage::Waiting, 6),
    (Stage::Asked, 5),
    (Stage::Offered, 5),
    (Stage::Accepted, 3),
    (Stage::RefusedBySupportPerson, 1),
    (Stage::RefusedBySupported, 1),
    (Stage::Withdrawn, 4),
    (Stage::Declined, 3),
    (Stage::Expired, 3),
];

/// Of the support persons, 31 are in the stories; these stand beside them, and a few more come by their trainings.
const BESIDE: [(SupportPersonStatus, u32); 5] = [
    (SupportPersonStatus::Applicant, 2),
    (SupportPersonStatus::InTraining, 3),
    (SupportPersonStatus::Trained, 1),
    (SupportPersonStatus::Paused, 2),
    (SupportPersonStatus::Ended, 1),
];

const SUPPORTERS: usize = 31;
const PROFESSIONALS: u32 = 6;
/// As many reviews as fit into two years.
const MOST_CLOSED: usize = 3;
const SEED: u64 = 1930;

/// Sets up the association. The register's clock says when; the same day gives the same association.
pub async fn demonstrate(register: &Register) -> Result<Demonstration> {
    let mut world = World::new(register, SEED, None);
    let association = world.association(0, 2)?;
    let referrer = association.partners[0].clone();
    let mut team = Team::of(&mut world, &association, &referrer, PROFESSIONALS)?;
    for place in 0..SUPPORTERS {
        let max_active = if place % 3 == 0 { 3 } else { 2 };
        let supporter = Supporter::of(&mut world, &association, max_active)?;
        team.supporters.push(supporter);
    }
    team.is_complete = true;
    for (wish, number) in ACTIVE {
        for _ in 0..number {
            let today = world.today;
            let story = Story::tell(&mut world.chance, today, Fate::Active, wish, MOST_CLOSED);
            team.tell(&mut world, &story)?;
        }
    }
    for (fate, number) in OTHERS {
        for _ in 0..number {
            let today = world.today;
            let story = Story::tell(&mut world.chance, today, fate, Wish::Quiet, MOST_CLOSED);
            team.tell(&mut world, &story)?;
        }
    }
    for (stage, number) in STAGES {
        for _ in 0..number {
            team.refer(&mut world, stage)?;
        }
    }
    for (status, number) in BESIDE {
        for _ in 0..number {
            let supporter = Supporter::of(&mut world, &association, 2)?;
            supporter.write(&mut world, &association, status);
        }
    }
    let players = vec![
        (Role::Coordinator, association.first_coordinator()?.id),
        (Role::Professional, team.busiest_professional(&world)?),
        (Role::SupportPerson, team.busiest_supporter()?),
        (Role::Admin, association.admin),
        (Role::Analyst, association.analyst),
    ];
    let supporter = PersonId(team.busiest_supporter()?);
    team.finish(&mut world);
    let circles = circles(&mut world, &association, supporter)?;
    let mut sink = Sink::open(&register.store).await?;
    sink.put(world.take_batch()).await?;
    sink.commit(&register.store).await?;
    let players: Vec<Player> = players
        .into_iter()
        .map(|(role, person)| Player {
            role,
            person: PersonId(person),
        })
        .collect();
    touches::add(register, OrganisationId(association.id), &players).await?;
    courses::add(register, &circles.courses).await?;
    trainings::add(register, &circles.trainees).await?;
    experts::add(register, &circles.experts).await?;
    supervision::add(register, &circles.supervision).await?;
    places::add(register, &circles.place).await?;
    groups::add(register, &circles.groups).await?;
    let [facilitator, _] = circles.courses.facilitators;
    let mut players = players;
    let mut plays = |role, person| players.push(Player { role, person });
    plays(Role::Facilitator, facilitator);
    plays(Role::PeerGuide, circles.courses.peer_guide);
    if let Some(expert) = circles.experts.experts.first() {
        plays(Role::Expert, *expert);
    }
    plays(Role::Supervisor, circles.supervision.supervisor);
    plays(Role::PaidGuide, circles.place.guides[0]);
    plays(Role::PlaceKeeper, circles.place.keeper);
    Ok(Demonstration {
        association: association.name,
        players,
    })
}

/// Who has to do with what the demonstration's people do by themselves.
struct Circles<'a> {
    courses: courses::Circle,
    trainees: trainings::Trainees<'a>,
    experts: experts::Circle,
    supervision: supervision::Circle,
    place: places::Circle,
    groups: groups::Circle,
}

/// Who has to do with courses, trainings, experts, supervision, the drop-in place and the peer group. Drawn last, so that
/// everybody else is who they were.
fn circles<'a>(
    world: &mut World<'_>,
    association: &'a Association,
    supporter: PersonId,
) -> Result<Circles<'a>> {
    let since = plus_days(world.today, -700);
    let mut somebody =
        |of: Uuid, role| -> Result<PersonId> { Ok(PersonId(world.person(of, role, since)?.id)) };
    let (own, provider) = (association.id, association.provider);
    let coordinator = PersonId(association.first_coordinator()?.id);
    let of = OrganisationId(own);
    let facilitators = [
        somebody(own, Role::Facilitator)?,
        somebody(own, Role::Facilitator)?,
    ];
    let peer_guide = somebody(own, Role::PeerGuide)?;
    let mut several = |of: Uuid, role, n: usize| -> Result<Vec<PersonId>> {
        (0..n).map(|_| somebody(of, role)).collect()
    };
    let [first, second] = trainings::TRAINEES;
    let people = [
        several(own, Role::SupportPerson, first)?,
        several(own, Role::SupportPerson, second)?,
    ];
    let experts = several(own, Role::Expert, experts::EXPERTS)?;
    let supervisor = somebody(provider, Role::Supervisor)?;
    let guides = [
        somebody(own, Role::PaidGuide)?,
        somebody(own, Role::PaidGuide)?,
    ];
    let keeper = somebody(own, Role::PlaceKeeper)?;
    Ok(Circles {
        courses: courses::Circle {
            association: of,
            facilitators,
            peer_guide,
            coordinator,
        },
        trainees: trainings::Trainees {
            association: of,
            county: association.county,
            trainer: OrganisationId(provider),
            coordinator,
            people,
        },
        supervision: supervision::Circle {
            association: of,
            provider: OrganisationId(provider),
            supervisor,
            coordinator,
            others: [supporter, peer_guide]
                .into_iter()
                .chain(experts.first().copied())
                .collect(),
        },
        place: places::Circle {
            association: of,
            county: association.county,
            coordinator,
            guides,
            keeper,
            peer_guide,
            partners: association
                .partners
                .iter()
                .map(|it| OrganisationId(it.id))
                .collect(),
        },
        groups: groups::Circle {
            association: of,
            coordinator,
            leader: peer_guide,
        },
        experts: experts::Circle {
            association: of,
            city: OrganisationId(association.partners[1].id),
            trainer: OrganisationId(provider),
            coordinator,
            experts,
            driver: supporter,
        },
    })
}
