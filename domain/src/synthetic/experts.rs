//! The demonstration's experts by experience: a cohort that has ended and one under way, consents of which one ends soon,
//! assignments beside the four full-time experts that are planned, and what volunteers were paid for this year.

use chrono::Datelike as _;
use rinnalla_entity::ids::{ExpertCohortId, ExpertProfileId, OrganisationId, PersonId};
use rinnalla_entity::states::{
    Compensation, Employment, ExpenseKind, FundingStatus, RehabilitationPhase,
};

use super::acting::Acting;
use crate::calendar::plus_days;
use crate::ctx::{Ctx, Register};
use crate::error::Result;
use crate::expenses;
use crate::experts::{
    self, AddCohort, Assign, AssignmentDetails, CohortDetails, Details, GiveConsent, SetTarget,
};

/// How many there are: three of the cohort that has ended, two of the one under way, one who was trained elsewhere.
pub(super) const EXPERTS: usize = 6;

/// Who has to do with experts.
pub(super) struct Circle {
    pub association: OrganisationId,
    /// Where some of them work.
    pub city: OrganisationId,
    pub trainer: OrganisationId,
    pub coordinator: PersonId,
    pub experts: Vec<PersonId>,
    /// A support person who drives far.
    pub driver: PersonId,
}

/// A cohort: its name, in how many days it begins and ends.
const COHORTS: [(&str, i64, i64); 2] = [
    ("Kokemusasiantuntijakoulutus, edellinen", -430, -210),
    ("Kokemusasiantuntijakoulutus, nykyinen", -75, 140),
];

/// Of each expert in turn: which cohort, and in how many days their consent to be listed ends. The first is told today.
const TOLD: [(Option<usize>, Option<i64>); EXPERTS] = [
    (Some(0), Some(30)),
    (Some(0), Some(400)),
    (Some(0), None),
    (Some(1), None),
    (Some(1), None),
    (None, Some(200)),
];

/// What was paid for this year: the place of an expert, or the driver; of what kind, kilometres, days, cents.
struct Paid(Option<usize>, ExpenseKind, Option<i32>, Option<i32>, i32);

const PAID: [Paid; 6] = [
    Paid(Some(0), ExpenseKind::OwnVehicle, Some(1240), None, 68_200),
    Paid(Some(0), ExpenseKind::PublicTransport, None, None, 4_680),
    Paid(Some(1), ExpenseKind::PerDiem, None, Some(20), 108_000),
    Paid(Some(5), ExpenseKind::Lodging, None, None, 18_900),
    Paid(None, ExpenseKind::OwnVehicle, Some(5_100), None, 280_500),
    Paid(None, ExpenseKind::OwnVehicle, Some(420), None, 23_100),
];

/// Adds them.
pub(super) async fn add(register: &Register, circle: &Circle) -> Result<()> {
    let mut acting = Acting::new(register, "expert");
    let mut cohorts = Vec::with_capacity(COHORTS.len());
    for (name, starts, ends) in COHORTS {
        let starts_on = plus_days(acting.today, starts);
        let ctx = acting
            .as_on(circle.coordinator, plus_days(starts_on, -20))
            .await?;
        let add = AddCohort {
            organisation: circle.association,
            details: CohortDetails {
                name: name.to_owned(),
                trainer: circle.trainer,
                starts_on,
                ends_on: plus_days(acting.today, ends),
            },
        };
        cohorts.push(experts::add_cohort(&ctx, &acting.key(), add).await?);
    }
    // Since the new cohort began they stand in the register.
    let ctx = acting
        .as_on(circle.coordinator, plus_days(acting.today, -70))
        .await?;
    let mut profiles = Vec::with_capacity(EXPERTS);
    for (person, told) in circle.experts.iter().zip(TOLD) {
        profiles.push(register_expert(&mut acting, (&ctx, circle), *person, told, &cohorts).await?);
    }
    assign(&mut acting, &ctx, circle, &profiles).await?;
    let target = SetTarget {
        organisation: circle.association,
        year: acting.today.year(),
        hundredths: 400,
        version: 0,
    };
    experts::set_target(&ctx, &acting.key(), target).await?;
    pay(&mut acting, circle).await
}

async fn register_expert(
    acting: &mut Acting<'_>,
    (ctx, circle): (&Ctx, &Circle),
    person: PersonId,
    (cohort, consent): (Option<usize>, Option<i64>),
    cohorts: &[ExpertCohortId],
) -> Result<ExpertProfileId> {
    let cohort = cohort.and_then(|place| cohorts.get(place)).copied();
    let add = experts::Add {
        organisation: circle.association,
        person,
        details: Details {
            trainer: circle.trainer,
            cohort,
            trained_on: cohort.is_none().then(|| plus_days(acting.today, -900)),
            purposes: vec!["CLIENT_WORK".to_owned(), "TRAINING".to_owned()],
        },
    };
    let profile = experts::add(ctx, &acting.key(), add).await?;
    if let Some(days) = consent {
        let consent = GiveConsent {
            profile,
            version: 1,
            until: plus_days(acting.today, days),
        };
        experts::give_consent(ctx, &acting.key(), consent).await?;
    }
    Ok(profile)
}

/// As the source has it: one at half of the working time in a patrol, funding for more applied for, and a panel.
async fn assign(
    acting: &mut Acting<'_>,
    ctx: &Ctx,
    circle: &Circle,
    profiles: &[ExpertProfileId],
) -> Result<()> {
    let today = acting.today;
    let half = AssignmentDetails {
        host: circle.city,
        task: "CLIENT_WORK".to_owned(),
        place: Some("Asumisen tukipartio".to_owned()),
        working_time_pct: 50,
        compensation: Compensation::Wage,
        employment: Employment::FixedTerm,
        funding: FundingStatus::Granted,
        phase: RehabilitationPhase::AfterRehab,
        target_groups: vec![
            "SUBSTANCE_RECOVERY".to_owned(),
            "THREAT_OF_HOMELESSNESS".to_owned(),
        ],
        from_on: plus_days(today, -60),
        to_on: None,
    };
    let applied = AssignmentDetails {
        place: Some("Päiväkeskus".to_owned()),
        working_time_pct: 100,
        funding: FundingStatus::Applied,
        phase: RehabilitationPhase::BeforeRehab,
        ..half.clone()
    };
    let panel = AssignmentDetails {
        host: circle.association,
        task: "CUSTOMER_PANEL".to_owned(),
        place: None,
        working_time_pct: 10,
        compensation: Compensation::Expenses,
        employment: Employment::Volunteer,
        phase: RehabilitationPhase::NoRehab,
        ..half.clone()
    };
    // Whoever has given a consent has a version more than whoever has not.
    for (place, version, details) in [(0, 2, half), (1, 2, applied), (2, 1, panel)] {
        let Some(profile) = profiles.get(place) else {
            continue;
        };
        let assign = Assign {
            profile: *profile,
            version,
            details,
        };
        experts::assign(ctx, &acting.key(), assign).await?;
    }
    Ok(())
}

async fn pay(acting: &mut Acting<'_>, circle: &Circle) -> Result<()> {
    let ctx = acting.as_on(circle.coordinator, acting.today).await?;
    for Paid(place, kind, kilometres, days, cents) in PAID {
        let expert = place.and_then(|place| circle.experts.get(place));
        let record = expenses::Record {
            organisation: circle.association,
            person: expert.copied().unwrap_or(circle.driver),
            details: expenses::Details {
                year: acting.today.year(),
                kind,
                kilometres,
                days,
                cents,
            },
        };
        expenses::record(&ctx, &acting.key(), record).await?;
    }
    Ok(())
}
