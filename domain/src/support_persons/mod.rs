//! Support persons: who they are to the association, what they can do, and whether they may act.
//!
//! A support person is somebody who has recovered, or a recovered next of kin, trained and coordinated by an association
//! (the support-person model of Kainuu). The gates of a programme stand before the first meeting; a coordinator attests them, and
//! what somebody is today is worked out from what stands ([`rules`]). Names and contact details are the person's
//! ([`crate::people`]); here is only what matching needs.

mod acts;
mod capacity;
mod experts;
mod profiles;
mod programmes;
mod queries;
pub mod rules;
mod weekends;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use rinnalla_entity::ids::{
    GateId, Id, OrganisationId, PersonId, ProgrammeId, SupportPersonActId, SupportPersonId,
};
use rinnalla_entity::states::{SupportBackground, SupportPersonActKind, SupportPersonStatus};
use sea_orm::FromQueryResult;

use crate::access::{self, ReadSupportPersons, Scope};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
use crate::organisations::rules::is_county_code;
use crate::page::{Cursor, Grouped, Page, PageArgs};

pub use acts::{
    ActCancel, ActCorrect, AttestCriterion, Attested, Record, activate, attest_criterion,
    attest_criterion_not_applicable, attest_earlier_training, cancel_act, correct_act, end, pause,
    record_weekend, resume, sign_confidentiality, start_training,
};
pub(crate) use capacity::room_of;
pub use capacity::{CountyCapacity, Occupancy, capacity_by_county, occupancy_for};
pub use experts::{AttestExpert, attest_expert_training};
pub(crate) use experts::{attest_expert, follow_expert};
pub(crate) use profiles::add_within;
pub use profiles::{Add, Correct, Profile, ProfileInput, add, correct, profiles_for};
pub use programmes::{
    AttestGate, ChangeProgramme, ChangeRequirements, attest_gate, change_programme,
    change_requirements,
};
pub(crate) use weekends::{Weekend, record_weekends};

/// A support person.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SupportPerson {
    /// Its id.
    pub id: SupportPersonId,
    /// The association.
    pub organisation_id: OrganisationId,
    /// Who it is.
    pub person_id: PersonId,
    /// The ground of the peerness.
    pub background: SupportBackground,
    /// The state today.
    pub status: SupportPersonStatus,
    /// The first year of the decade of birth, as 1980.
    pub birth_decade: Option<i16>,
    /// The official code of the county where the support person is.
    pub county_code: String,
    /// Days that suit, as bits: [`weekdays_of`].
    pub weekdays: i16,
    /// How many relationships and open proposals at once.
    pub max_active: i16,
    /// The programme of today.
    pub programme_id: Option<ProgrammeId>,
    /// Rises with every change.
    pub version: i32,
}

impl SupportPerson {
    /// Where the support person stands in [`list`].
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: None,
            id: self.id.0,
        }
    }
}

/// Something that was recorded about a support person's gates or state.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SupportPersonAct {
    /// The entry.
    pub id: SupportPersonActId,
    /// Whom it is about.
    pub support_person_id: SupportPersonId,
    /// What happened.
    pub kind: SupportPersonActKind,
    /// The day on which it happened.
    pub on_date: NaiveDate,
    /// Which further gate it attests, where it attests one.
    pub gate_id: Option<GateId>,
    /// Which programme it moves the support person to, where it does.
    pub programme_id: Option<ProgrammeId>,
    /// Who wrote it down.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// When it was cancelled, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Who cancelled it.
    pub cancelled_by: Option<PersonId>,
}

/// Which support persons to list; all that the reader may see where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub statuses: Vec<SupportPersonStatus>,
    /// In this county.
    pub county_code: Option<String>,
    /// With this background.
    pub background: Option<SupportBackground>,
    /// In this programme today.
    pub programme: Option<ProgrammeId>,
    /// Active ones who can take at least one more.
    pub has_free_capacity: bool,
}

impl Filter {
    /// Notes what cannot be.
    pub fn check(&self, faults: &mut Violations) {
        let is_county = self.county_code.as_deref().is_none_or(is_county_code);
        faults.check(is_county, "countyCode", "MALFORMED");
    }
}

/// The days that a bit mask stands for: bit 0 is Monday.
pub fn weekdays_of(mask: i16) -> Vec<Weekday> {
    (0..7u8)
        .filter(|day| mask & (1 << day) != 0)
        .filter_map(|day| Weekday::try_from(day).ok())
        .collect()
}

/// The bit mask of some days.
pub fn weekday_mask(days: &[Weekday]) -> i16 {
    days.iter()
        .fold(0, |mask, day| mask | 1 << day.num_days_from_monday())
}

/// The support persons among `ids` that the reader may see: a coordinator the own organisation's, a support person
/// oneself, a professional those whose contact details were disclosed for an own case.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[SupportPersonId],
) -> Result<HashMap<SupportPersonId, SupportPerson>> {
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    let is_reached = ctx.reached.has_support_persons(ids);
    let rows = queries::for_ids(ctx.store.reader(), &scope, ids, is_reached).await?;
    ctx.see(&scope, ObjectKind::SupportPerson, seen(&rows));
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// One support person; `None` where absent or not the reader's to know of.
pub async fn find(ctx: &Ctx, id: SupportPersonId) -> Result<Option<SupportPerson>> {
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::SupportPerson, id);
    }
    Ok(found)
}

/// Support persons, the longest in the register first.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<SupportPerson>> {
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    let mut faults = Violations::default();
    filter.check(&mut faults);
    faults.done()?;
    let db = ctx.store.reader();
    let rows = queries::list(db, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count(db, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    ctx.see(&scope, ObjectKind::SupportPerson, seen(&page.rows));
    Ok(page)
}

/// What is attested about each: for the coordinator and the support person, nobody else.
pub async fn gates_for(
    ctx: &Ctx,
    ids: &[SupportPersonId],
) -> Result<HashMap<SupportPersonId, rules::Gates>> {
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    queries::gates_for(ctx.store.reader(), &scope, ids).await
}

/// Everything that was recorded about each, what was cancelled as well, in the order of the days: for the coordinator
/// and the support person, nobody else.
pub async fn acts_for(
    ctx: &Ctx,
    ids: &[SupportPersonId],
) -> Result<Grouped<SupportPersonId, SupportPersonAct>> {
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    let mut grouped = Grouped::new();
    for act in acts(ctx, &scope, "a.support_person_id", ids).await? {
        grouped
            .entry(act.support_person_id)
            .or_insert_with(Vec::new)
            .push(act);
    }
    Ok(grouped)
}

/// One entry of a support person, cancelled or not; `None` where it is absent or hidden.
pub async fn find_act(ctx: &Ctx, id: SupportPersonActId) -> Result<Option<SupportPersonAct>> {
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    let found = acts(ctx, &scope, "a.id", &[id]).await?.pop();
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::SupportPerson, id);
    }
    Ok(found)
}

async fn acts<T: Id + Ord>(
    ctx: &Ctx,
    scope: &Scope<ReadSupportPersons>,
    column: &'static str,
    ids: &[T],
) -> Result<Vec<SupportPersonAct>> {
    let rows = queries::acts_for(ctx.store.reader(), scope, column, ids).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.act.support_person_id.0));
    ctx.see(scope, ObjectKind::SupportPerson, seen);
    Ok(rows.into_iter().map(|row| row.act).collect())
}

fn seen(rows: &[SupportPerson]) -> impl Iterator<Item = (OrganisationId, uuid::Uuid)> {
    rows.iter().map(|row| (row.organisation_id, row.id.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_read_back_from_its_mask() {
        let days = [Weekday::Mon, Weekday::Thu, Weekday::Sun];
        assert_eq!(weekday_mask(&days), 0b100_1001);
        assert_eq!(weekdays_of(weekday_mask(&days)), days);
        assert_eq!(weekdays_of(127).len(), 7);
    }
}
