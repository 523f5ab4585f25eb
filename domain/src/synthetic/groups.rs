//! The demonstration's peer group with its meetings, talks before rehabilitation, an initiative with its answer, the grant that
//! pays for all of it, and a survey that a group has answered.

use rinnalla_entity::ids::{OrganisationId, PersonId};
use rinnalla_entity::states::{
    GrantKind, InfluenceKind, InfluenceOutcome, PeerGroupKind, RehabilitationPhase,
};

use super::acting::Acting;
use crate::calendar::plus_days;
use crate::ctx::Register;
use crate::drop_in_places;
use crate::error::Result;
use crate::grant_targets::{self, Activities, Tie};
use crate::influence_items::{self, Record};
use crate::peer_groups::{self, RecordEncounter, RecordMeeting};
use crate::survey_waves::{self, Answer, Close, Open};

/// Who has to do with it.
pub(super) struct Circle {
    pub association: OrganisationId,
    pub coordinator: PersonId,
    pub leader: PersonId,
}

/// How many came to each weekly meeting, the first one first.
const HEADS: [i32; 10] = [5, 7, 6, 8, 9, 7, 8, 10, 9, 8];
/// How many motivation talks there were in each of the last weeks.
const TALKS: [i32; 4] = [1, 3, 2, 2];
/// How a group answered the ten statements: numbers alone.
const ANSWERS: [[i32; 10]; 6] = [
    [4, 4, 3, 5, 4, 3, 4, 4, 5, 4],
    [3, 4, 3, 4, 4, 2, 3, 4, 4, 3],
    [5, 5, 4, 5, 4, 4, 5, 5, 5, 4],
    [2, 3, 2, 3, 3, 2, 2, 3, 3, 2],
    [4, 5, 4, 4, 5, 3, 4, 4, 4, 4],
    [3, 3, 4, 4, 3, 3, 4, 3, 4, 3],
];

/// Adds it.
pub(super) async fn add(register: &Register, circle: &Circle) -> Result<()> {
    let mut acting = Acting::new(register, "groups");
    let begun = plus_days(acting.today, -90);
    let ctx = acting.as_on(circle.coordinator, begun).await?;
    let of = circle.association;
    let place = drop_in_places::list(&ctx).await?.pop();
    let group = peer_groups::Create {
        organisation: of,
        details: peer_groups::Details {
            name: "Läheisten ilta".to_owned(),
            kind: PeerGroupKind::PeerGroup,
            audiences: vec!["NEXT_OF_KIN".to_owned(), "PARENTS".to_owned()],
            place: None,
            drop_in_place: place.as_ref().map(|place| place.id),
            from: begun,
            to: None,
            leaders: vec![circle.leader],
        },
    };
    let group = peer_groups::create(&ctx, &acting.key(), group).await?;
    let item = Record {
        organisation: of,
        details: influence_items::Details {
            kind: InfluenceKind::Initiative,
            title: "Kokemusasiantuntijoita päihdepalveluihin".to_owned(),
            body: "Kaupunginhallitus".to_owned(),
            on: plus_days(acting.today, -60),
            section: Some("§ 112".to_owned()),
            register_number: None,
            participants: Some(3),
            outcome: InfluenceOutcome::Noted,
            outcome_told: Some("Valtuusto merkitsi vastauksen tiedoksi.".to_owned()),
            area: Some(2),
        },
    };
    let item = influence_items::record(&ctx, &acting.key(), item).await?;
    let target = grant_targets::Create {
        organisation: of,
        details: grant_targets::Details {
            funder: "STEA".to_owned(),
            code: "C1001".to_owned(),
            name: "Vertaistuki ja kohtaamispaikka".to_owned(),
            kind: GrantKind::Project,
            from: plus_days(acting.today, -400),
            to: Some(plus_days(acting.today, 400)),
            counts_encounters: true,
        },
    };
    let target = grant_targets::create(&ctx, &acting.key(), target).await?;
    let tie = Tie {
        target,
        version: 1,
        activities: Activities {
            places: place.into_iter().map(|place| place.id).collect(),
            groups: vec![group],
            influence: vec![item],
            ..Activities::default()
        },
    };
    grant_targets::tie(&ctx, &acting.key(), tie).await?;
    for (weeks, heads) in (1..).zip(HEADS) {
        let on = plus_days(begun, 7 * weeks);
        let ctx = acting.as_on(circle.leader, on).await?;
        let met = RecordMeeting {
            group,
            on,
            minutes: 90,
            heads,
            first_timers: Some(1),
        };
        peer_groups::record_meeting(&ctx, &acting.key(), met).await?;
    }
    for (weeks, talks) in (1..).zip(TALKS) {
        let on = plus_days(acting.today, -7 * weeks);
        let ctx = acting.as_on(circle.leader, on).await?;
        let talk = RecordEncounter {
            organisation: of,
            kind: "MOTIVATION_TALK".to_owned(),
            phase: RehabilitationPhase::BeforeRehab,
            on,
            talks,
        };
        peer_groups::record_encounter(&ctx, &acting.key(), talk).await?;
    }
    survey(&mut acting, circle).await
}

/// A survey that was answered on paper, and one that takes answers.
async fn survey(acting: &mut Acting<'_>, circle: &Circle) -> Result<()> {
    let on = plus_days(acting.today, -30);
    let ctx = acting.as_on(circle.coordinator, on).await?;
    let open = Open {
        organisation: circle.association,
        name: "Syksyn kysely".to_owned(),
    };
    let wave = survey_waves::open(&ctx, &acting.key(), open).await?;
    let mut version = 1;
    for answers in ANSWERS {
        let answer = Answer {
            wave,
            version,
            answers: answers.map(Some).to_vec(),
        };
        survey_waves::type_in(&ctx, &acting.key(), answer).await?;
        version += 1;
    }
    let close = Close { wave, version };
    survey_waves::close(&ctx, &acting.key(), close).await?;
    let ctx = acting.as_on(circle.coordinator, acting.today).await?;
    let open = Open {
        organisation: circle.association,
        name: "Talven kysely".to_owned(),
    };
    survey_waves::open(&ctx, &acting.key(), open).await?;
    Ok(())
}
