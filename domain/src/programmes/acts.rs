//! Defining a programme, and putting right what is told of it. What a programme asks for is changed where its support
//! persons are worked out anew, among the acts on them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{GateId, Id as _, OrganisationId, ProgrammeId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::rules::{MOST_GATES, MOST_WEEKENDS, Requirements};
use super::{Names, gates, queries};
use crate::access::{self, ManageProgrammes, Scope};
use crate::act::{Act, Begun, IdempotencyKey, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations::{self, CodeList};
use crate::sql::Sql;
use crate::text::{self, TextFault};
use crate::texts::Language;

/// The longest name of a programme or a gate, in characters: our own choice, as the database holds it too.
const NAME_MAX_CHARS: usize = 80;

/// How many codes of one list a programme may have: our own choice, far above need.
const MOST_CODES: usize = 40;

/// What is told of a programme.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub names: Names,
    /// The first day on which somebody may join it; today where nothing is said.
    pub valid_from: Option<NaiveDate>,
    /// The last such day.
    pub valid_to: Option<NaiveDate>,
    /// Codes of target groups.
    pub target_groups: Vec<String>,
    /// Codes of forms of support.
    pub forms: Vec<String>,
    /// Codes of languages.
    pub languages: Vec<String>,
}

/// What a programme is to ask for.
#[derive(Clone, Debug)]
pub struct RequirementsInput {
    /// The one-year criterion.
    pub asks_criterion: bool,
    /// How many training weekends, 0 to 20.
    pub training_weekends: i32,
    /// Whether a training completed earlier or elsewhere stands for them.
    pub accepts_earlier_training: bool,
    /// Whether experts by experience are taken.
    pub takes_experts: bool,
    /// The confidentiality undertaking.
    pub asks_confidentiality: bool,
    /// Gates of the association's own.
    pub gates: Vec<GateId>,
}

/// A new programme.
#[derive(Clone, Debug)]
pub struct Create {
    /// The association.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: Details,
    /// What it asks for.
    pub requirements: RequirementsInput,
}

/// A correction: everything as it should be, but for what the programme asks for.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The programme.
    pub id: ProgrammeId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// Defines a programme of the own association.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, and every fault of what is told and asked for.
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<ProgrammeId> {
    let scope = access::require::<ManageProgrammes>(ctx)?;
    if let Some(done) = ctx.done_before("programmeCreate", key).await? {
        return Ok(ProgrammeId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    let own = scope.covers(of).then_some(of);
    faults.check(own.is_some(), "organisationId", "UNKNOWN");
    let told = check(ctx, &input.details, &mut faults).await?;
    let asked = checked_requirements(ctx, own, &input.requirements, &mut faults).await?;
    faults.done()?;
    let (told, asked) = told.zip(asked).ok_or_else(unchecked)?;
    let id = ProgrammeId::random();
    let mut act = match ctx.begin("programmeCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ProgrammeId(done)),
    };
    queries::insert(&act.tx, id, of, &told, ctx.now).await?;
    queries::write_codes(&act.tx, id, &told).await?;
    let by = Some(scope.actor());
    queries::ask_from(&act.tx, id, told.valid_from, &asked, by, ctx.now).await?;
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(ProgrammeId)
}

/// Puts right what is told of a programme. Whoever is in it stays, also when it takes nobody in any more.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<ProgrammeId> {
    let scope = access::require::<ManageProgrammes>(ctx)?;
    if let Some(done) = ctx.done_before("programmeCorrect", key).await? {
        return Ok(ProgrammeId(done));
    }
    let mut faults = Violations::default();
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let mut act = match ctx.begin("programmeCorrect", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ProgrammeId(done)),
    };
    let of = lock(&act, &scope, input.id, input.version)
        .await?
        .organisation_id;
    queries::update(&act.tx, input.id, &told).await?;
    queries::write_codes(&act.tx, input.id, &told).await?;
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(ProgrammeId)
}

/// A programme that an act is about.
#[derive(FromQueryResult)]
pub(crate) struct Held {
    pub organisation_id: OrganisationId,
    pub is_default: bool,
    pub valid_from: NaiveDate,
}

/// Takes a programme of the own association for this transaction.
pub(crate) async fn lock(
    act: &Act<'_>,
    scope: &Scope<ManageProgrammes>,
    id: ProgrammeId,
    version: i32,
) -> Result<Held> {
    static FIND: Sql =
        Sql::new("SELECT organisation_id, is_default, valid_from FROM programmes WHERE id = $1");
    let found: Option<Held> = FIND.one(&act.tx, [id.0.into()]).await?;
    let Some(held) = found.filter(|held| scope.covers(held.organisation_id)) else {
        act.ctx.refuse(scope, ObjectKind::Organisation, id);
        return Err(Error::NotFound);
    };
    raise(&act.tx, id, version).await?;
    Ok(held)
}

take_version!(raise, "programmes", ProgrammeId);

/// The association's default programme, which comes into being with its first support person.
pub(crate) async fn default_of(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<ProgrammeId> {
    if let Some(id) = queries::find_default(db, organisation).await? {
        return Ok(id);
    }
    let id = ProgrammeId::random();
    if queries::insert_default(db, id, organisation, now).await? == 1 {
        let three = Requirements::three_gates();
        queries::ask_from(db, id, queries::SINCE_EVER, &three, None, now).await?;
        return Ok(id);
    }
    // Somebody else was first.
    let found = queries::find_default(db, organisation).await?;
    found.ok_or(Error::Unavailable)
}

/// What is told, checked.
pub(super) struct Told {
    pub names: Names,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub target_groups: BTreeSet<String>,
    pub forms: BTreeSet<String>,
    pub languages: BTreeSet<String>,
}

async fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Result<Option<Told>> {
    let names = check_names(&told.names, faults);
    let valid_from = told.valid_from.unwrap_or(ctx.today);
    let is_in_order = told.valid_to.is_none_or(|to| to >= valid_from);
    faults.check(is_in_order, "validTo", "DATES_OUT_OF_ORDER");
    let db = ctx.store.reader();
    for (field, list, codes) in [
        ("targetGroups", CodeList::TargetGroup, &told.target_groups),
        ("forms", CodeList::SupportForm, &told.forms),
    ] {
        if codes.len() > MOST_CODES {
            faults.check(false, field, "OUT_OF_RANGE");
        } else if !codes.is_empty() {
            let unknown = organisations::unknown_codes(db, list, codes).await?;
            faults.check(unknown.is_empty(), field, "UNKNOWN_CODE");
        }
    }
    let is_language = |code: &String| Language::ALL.iter().any(|it| it.code() == code);
    let are_languages = told.languages.iter().all(is_language);
    faults.check(are_languages, "languages", "UNKNOWN_CODE");
    Ok(names.map(|names| Told {
        names,
        valid_from,
        valid_to: told.valid_to,
        target_groups: told.target_groups.iter().cloned().collect(),
        forms: told.forms.iter().cloned().collect(),
        languages: told.languages.iter().cloned().collect(),
    }))
}

pub(super) fn check_names(told: &Names, faults: &mut Violations) -> Option<Names> {
    let mut clean = |field, name: &str| {
        let line = text::clean_line(name, NAME_MAX_CHARS);
        faults.take(field, line.map_err(TextFault::code))
    };
    let name_fi = clean("nameFi", &told.name_fi);
    let name_sv = clean("nameSv", &told.name_sv);
    let name_en = clean("nameEn", &told.name_en);
    Some(Names {
        name_fi: name_fi?,
        name_sv: name_sv?,
        name_en: name_en?,
    })
}

/// What a programme is to ask for, checked; every fault is noted. Whose gates are asked for is looked at within the own
/// association: elsewhere nothing is told of them.
pub(crate) async fn checked_requirements(
    ctx: &Ctx,
    own: Option<OrganisationId>,
    told: &RequirementsInput,
    faults: &mut Violations,
) -> Result<Option<Requirements>> {
    let weekends = usize::try_from(told.training_weekends).ok();
    let weekends = weekends.filter(|_| told.training_weekends <= MOST_WEEKENDS);
    faults.check(weekends.is_some(), "trainingWeekends", "OUT_OF_RANGE");
    let further: BTreeSet<GateId> = told.gates.iter().copied().collect();
    if further.len() > MOST_GATES {
        faults.check(false, "gateIds", "OUT_OF_RANGE");
    } else if let Some(own) = own.filter(|_| !further.is_empty()) {
        let all = further.iter().copied();
        let are_own = gates::is_gate_of(ctx.store.reader(), own, all).await?;
        faults.check(are_own, "gateIds", "UNKNOWN");
    }
    Ok(weekends.map(|training_weekends| Requirements {
        asks_criterion: told.asks_criterion,
        training_weekends,
        accepts_earlier_training: told.accepts_earlier_training,
        takes_experts: told.takes_experts,
        asks_confidentiality: told.asks_confidentiality,
        further,
    }))
}
