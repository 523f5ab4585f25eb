//! One invented association's two years, small enough to look through: every state occurs, and today something is due.

use rinnalla_entity::ids::{OrganisationId, PersonId};
use rinnalla_entity::states::{Role, SupportPersonStatus};

use super::courses;
use super::referral::Stage;
use super::rows::Sink;
use super::story::{Fate, Story, Wish};
use super::supporters::Supporter;
use super::team::Team;
use super::touches;
use super::world::{Association, World};
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

/// Of the 40 support persons, 31 are in the stories; these stand beside them.
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
    team.finish(&mut world);
    let circle = circle(&mut world, &association)?;
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
    courses::add(register, &circle).await?;
    let [facilitator, _] = circle.facilitators;
    let leads = [
        (Role::Facilitator, facilitator),
        (Role::PeerGuide, circle.peer_guide),
    ];
    let players = players
        .into_iter()
        .chain(leads.map(|(role, person)| Player { role, person }));
    Ok(Demonstration {
        association: association.name,
        players: players.collect(),
    })
}

/// Who has to do with courses. Drawn last, so that everybody else is who they were.
fn circle(world: &mut World<'_>, association: &Association) -> Result<courses::Circle> {
    let since = plus_days(world.today, -700);
    let mut somebody =
        |role| -> Result<PersonId> { Ok(PersonId(world.person(association.id, role, since)?.id)) };
    Ok(courses::Circle {
        association: OrganisationId(association.id),
        facilitators: [somebody(Role::Facilitator)?, somebody(Role::Facilitator)?],
        peer_guide: somebody(Role::PeerGuide)?,
        coordinator: PersonId(association.first_coordinator()?.id),
    })
}
