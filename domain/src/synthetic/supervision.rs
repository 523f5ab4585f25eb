//! The demonstration's supervision: held once a month by the provider's supervisor, one session cancelled, and one to come
//! to which peers are invited. The association is told after how long somebody is missing from it.

use chrono::NaiveTime;
use rinnalla_entity::ids::{OrganisationId, PersonId, SupervisionSessionId};
use rinnalla_entity::states::{SupervisionForm, SupervisionPresence, SupportPersonStatus};

use super::acting::Acting;
use crate::calendar::plus_days;
use crate::ctx::Register;
use crate::error::Result;
use crate::page::PageArgs;
use crate::supervision_sessions::{self, Details, Mark, OnSession, Plan, Record, SetLimit};
use crate::support_persons;

/// Who has to do with supervision.
pub(super) struct Circle {
    pub association: OrganisationId,
    pub provider: OrganisationId,
    pub supervisor: PersonId,
    pub coordinator: PersonId,
    /// Who is invited besides support persons.
    pub others: Vec<PersonId>,
}

/// How many support persons are in the group.
const GROUP: u16 = 6;

const STARTS_AT: NaiveTime = match NaiveTime::from_hms_opt(17, 30, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// In how many days, in which form, about what.
const TOLD: [(i64, SupervisionForm, &str); 5] = [
    (-96, SupervisionForm::Group, "TASK_AND_LIMITS"),
    (-68, SupervisionForm::Group, "COPING"),
    (-40, SupervisionForm::Remote, "INTERACTION"),
    (-12, SupervisionForm::Group, "CONFIDENTIALITY"),
    (9, SupervisionForm::Group, "BEGINNING_AND_ENDING"),
];
/// Which of them did not take place.
const CANCELLED: usize = 2;
const MINUTES: i32 = 90;
/// After so many days without supervision somebody is missing from it.
const LIMIT_DAYS: i32 = 60;

/// Adds it.
pub(super) async fn add(register: &Register, circle: &Circle) -> Result<()> {
    let mut acting = Acting::new(register, "supervision");
    let ctx = acting.as_on(circle.coordinator, acting.today).await?;
    let filter = support_persons::Filter {
        statuses: vec![SupportPersonStatus::Active],
        ..Default::default()
    };
    let page = PageArgs::new(Some(i32::from(GROUP)), None, false)?;
    let group = support_persons::list(&ctx, &filter, page).await?;
    let mut peers: Vec<PersonId> = group.rows.iter().map(|it| it.person_id).collect();
    let others = circle.others.iter();
    let others: Vec<_> = others.filter(|it| !peers.contains(it)).copied().collect();
    peers.extend(others);
    let limit = SetLimit {
        organisation: circle.association,
        version: 0,
        limit_days: Some(LIMIT_DAYS),
    };
    supervision_sessions::set_limit(&ctx, &acting.key(), limit).await?;
    for place in 0..TOLD.len() {
        session(&mut acting, circle, place, &peers).await?;
    }
    Ok(())
}

async fn session(
    acting: &mut Acting<'_>,
    circle: &Circle,
    place: usize,
    peers: &[PersonId],
) -> Result<()> {
    let (days, form, theme) = TOLD[place];
    let on = plus_days(acting.today, days);
    let planned_on = plus_days(on, -20).min(acting.today);
    let ctx = acting.as_on(circle.supervisor, planned_on).await?;
    let plan = Plan {
        provider: circle.provider,
        organisation: circle.association,
        details: Details {
            on,
            starts_at: STARTS_AT,
            minutes: MINUTES,
            form,
            themes: vec![theme.to_owned()],
            invitees: peers.to_vec(),
        },
    };
    let session = supervision_sessions::plan(&ctx, &acting.key(), plan).await?;
    if place == CANCELLED {
        let cancel = OnSession {
            session,
            version: 1,
        };
        supervision_sessions::cancel(&ctx, &acting.key(), cancel).await?;
    } else if on < acting.today {
        record(acting, circle, (session, place), peers).await?;
    }
    Ok(())
}

/// One of the group is away each time, and the last of it has not come for long.
async fn record(
    acting: &mut Acting<'_>,
    circle: &Circle,
    (session, place): (SupervisionSessionId, usize),
    peers: &[PersonId],
) -> Result<()> {
    let on = plus_days(acting.today, TOLD[place].0);
    let ctx = acting.as_on(circle.supervisor, plus_days(on, 1)).await?;
    let mark = |(of, person): (usize, &PersonId)| Mark {
        person: *person,
        status: match of == place || (of + 1 == peers.len() && place > 0) {
            true => SupervisionPresence::Absent,
            false => SupervisionPresence::Attended,
        },
    };
    let record = Record {
        session,
        version: 1,
        minutes: MINUTES,
        marks: peers.iter().enumerate().map(mark).collect(),
    };
    supervision_sessions::record(&ctx, &acting.key(), record).await?;
    Ok(())
}
