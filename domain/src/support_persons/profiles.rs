//! What a support person is matched by: where, how old, which interests and languages, which days, how many at once.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike as _, Weekday};
use rinnalla_entity::ids::{
    Id as _, OrganisationId, PersonId, ProgrammeId, RoleGrantId, SupportPersonId,
};
use rinnalla_entity::states::{Role, SupportBackground};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::queries::{self, reaches};
use super::{acts, rules, weekday_mask};
use crate::access::{self, ManageSupportPersons, ReadSupportPersons, Scope};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
use crate::organisations::rules::is_municipality_code;
use crate::organisations::{self, CodeList};
use crate::programmes;
use crate::reach::Question;
use crate::sql::Sql;
use crate::texts::Language;

/// How many codes of one list somebody may have: our own choice, far above need.
const MOST_CODES: usize = 40;

/// What a support person is matched by, besides the row itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Codes of interests.
    pub interests: Vec<String>,
    /// Codes of languages, as `fi`.
    pub languages: Vec<String>,
    /// Codes of the municipalities where the support person meets people.
    pub municipalities: Vec<String>,
}

/// What is told of a support person.
#[derive(Clone, Debug)]
pub struct ProfileInput {
    /// The ground of the peerness.
    pub background: SupportBackground,
    /// The official code of the county where the support person is.
    pub county_code: String,
    /// The first year of the decade of birth, as 1980.
    pub birth_decade: Option<i32>,
    /// Days that suit; any where nothing is said.
    pub weekdays: Option<Vec<Weekday>>,
    /// How many relationships and open proposals at once, 1 to 20; the organisation's default where nothing is said.
    pub max_active: Option<i32>,
    /// Codes of interests.
    pub interests: Vec<String>,
    /// Codes of languages, at least one.
    pub languages: Vec<String>,
    /// Three-digit codes of municipalities.
    pub municipalities: Vec<String>,
}

/// A new support person.
#[derive(Clone, Debug)]
pub struct Add {
    /// The association.
    pub organisation: OrganisationId,
    /// Who it is: somebody of the association.
    pub person: PersonId,
    /// The programme to begin in; the default one where nothing is said.
    pub programme: Option<ProgrammeId>,
    /// What is told.
    pub profile: ProfileInput,
}

/// A correction: everything as it should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The support person.
    pub id: SupportPersonId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told.
    pub profile: ProfileInput,
}

/// What each is matched by, for whoever may see the support person.
pub async fn profiles_for(
    ctx: &Ctx,
    ids: &[SupportPersonId],
) -> Result<HashMap<SupportPersonId, Profile>> {
    #[derive(FromQueryResult)]
    struct Row {
        support_person_id: SupportPersonId,
        list: i32,
        code: String,
    }
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "WITH q AS (SELECT sp.id FROM support_persons sp WHERE ",
    );
    question.is_one_of("sp.id", ids).words(" AND ");
    reaches(&mut question, &scope);
    question.words(
        ") SELECT q.id AS support_person_id, 1 AS list, t.code FROM q JOIN support_person_interests t ON t.support_person_id = q.id
         UNION ALL
         SELECT q.id, 2, t.code FROM q JOIN support_person_languages t ON t.support_person_id = q.id
         UNION ALL
         SELECT q.id, 3, t.code FROM q JOIN support_person_municipalities t ON t.support_person_id = q.id
         ORDER BY 2, 3",
    );
    let mut profiles: HashMap<SupportPersonId, Profile> = HashMap::new();
    for row in question.all::<Row>(db).await? {
        let profile = profiles.entry(row.support_person_id).or_default();
        match row.list {
            1 => profile.interests.push(row.code),
            2 => profile.languages.push(row.code),
            _ => profile.municipalities.push(row.code),
        }
    }
    Ok(profiles)
}

/// Makes somebody of the association an applicant, and gives the role of a support person with it.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `personId UNKNOWN` (nobody of this association),
/// `personId ALREADY_SUPPORT_PERSON`, `programmeId UNKNOWN`, `programmeId NOT_VALID_THEN`, and the faults of the profile.
pub async fn add(ctx: &Ctx, key: &IdempotencyKey, input: Add) -> Result<SupportPersonId> {
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    if let Some(done) = ctx.done_before("supportPersonAdd", key).await? {
        return Ok(SupportPersonId(done));
    }
    let told = check_new(ctx, &scope, &input, Violations::default()).await?;
    let id = SupportPersonId::random();
    let mut act = match ctx.begin("supportPersonAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    insert(&mut act, &scope, id, &input, &told).await?;
    act.done().await.map(SupportPersonId)
}

/// Makes somebody an applicant inside another act; with the faults that were found before.
///
/// Errors: as [`add`].
pub(crate) async fn add_within(
    act: &mut Act<'_>,
    scope: &Scope<ManageSupportPersons>,
    id: SupportPersonId,
    input: &Add,
    faults: Violations,
) -> Result<()> {
    let told = check_new(act.ctx, scope, input, faults).await?;
    insert(act, scope, id, input, &told).await
}

async fn check_new(
    ctx: &Ctx,
    scope: &Scope<ManageSupportPersons>,
    input: &Add,
    mut faults: Violations,
) -> Result<Told> {
    let is_covered = scope.covers(input.organisation);
    let db = ctx.store.reader();
    let belongs = belongs(db, input.person, input.organisation).await?;
    // Who and what belongs to another organisation is not told.
    faults.check(is_covered, "organisationId", "UNKNOWN").check(
        !is_covered || belongs,
        "personId",
        "UNKNOWN",
    );
    if let Some(programme) = input.programme {
        let of = input.organisation;
        let is_valid = programmes::valid_on(db, programme, of, ctx.today).await?;
        faults
            .check(!is_covered || is_valid.is_some(), "programmeId", "UNKNOWN")
            .check(
                !is_covered || is_valid != Some(false),
                "programmeId",
                "NOT_VALID_THEN",
            );
    }
    check(ctx, &input.profile, &mut faults).await
}

async fn insert(
    act: &mut Act<'_>,
    scope: &Scope<ManageSupportPersons>,
    id: SupportPersonId,
    input: &Add,
    told: &Told,
) -> Result<()> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO support_persons (id, organisation_id, person_id, background, status, birth_decade, county_code, weekdays, max_active, version, created_at,
           programme_id, first_programme_id)
         SELECT $1, o.id, $3, $4, 'APPLICANT', $5, $6, $7, coalesce($8, o.max_active_default), 1, $9, $10, $10 FROM organisations o WHERE o.id = $2",
    );
    let now = act.ctx.now;
    let programme = match input.programme {
        Some(programme) => programme,
        None => programmes::default_of(&act.tx, input.organisation, now).await?,
    };
    let values = [
        id.0.into(),
        input.organisation.0.into(),
        input.person.0.into(),
        code(told.background),
        told.birth_decade.into(),
        told.county_code.clone().into(),
        told.weekdays.into(),
        told.max_active.into(),
        now.into(),
        programme.0.into(),
    ];
    INSERT.run(&act.tx, values).await?;
    write_codes(act, id, told).await?;
    give_role(act, input.person, input.organisation).await?;
    act.changed(scope, input.organisation, ObjectKind::SupportPerson, id);
    act.changed(scope, input.organisation, ObjectKind::Person, input.person);
    Ok(())
}

/// Puts right what is told of a support person. Another background works the gates out anew.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: the faults of the profile.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<SupportPersonId> {
    static UPDATE: Sql = Sql::new(
        "UPDATE support_persons SET background = $2, birth_decade = $3, county_code = $4, weekdays = $5,
           max_active = coalesce($6, (SELECT o.max_active_default FROM organisations o WHERE o.id = organisation_id)), status = $7
         WHERE id = $1",
    );
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    if let Some(done) = ctx.done_before("supportPersonCorrect", key).await? {
        return Ok(SupportPersonId(done));
    }
    let told = check(ctx, &input.profile, &mut Violations::default()).await?;
    let id = input.id;
    let mut act = match ctx.begin("supportPersonCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    let held = acts::hold(&act, &scope, id, input.version).await?;
    let entries = queries::entries(&act.tx, id).await?;
    let first = held.first_programme_id;
    let ground = queries::ground(&act.tx, told.background, first, &entries).await?;
    let standing = rules::fold(&ground, &entries);
    let values = [
        id.0.into(),
        code(told.background),
        told.birth_decade.into(),
        told.county_code.clone().into(),
        told.weekdays.into(),
        told.max_active.into(),
        code(standing.status),
    ];
    UPDATE.run(&act.tx, values).await?;
    write_codes(&act, id, &told).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::SupportPerson, id);
    act.done().await.map(SupportPersonId)
}

/// What is told, checked.
struct Told {
    background: SupportBackground,
    county_code: String,
    birth_decade: Option<i16>,
    weekdays: i16,
    max_active: Option<i16>,
    interests: BTreeSet<String>,
    languages: BTreeSet<String>,
    municipalities: BTreeSet<String>,
}

async fn check(ctx: &Ctx, told: &ProfileInput, faults: &mut Violations) -> Result<Told> {
    let db = ctx.store.reader();
    let is_county = organisations::is_county(db, &told.county_code).await?;
    faults.check(is_county, "countyCode", "UNKNOWN_CODE");
    let birth_decade = told.birth_decade.map(i16::try_from).transpose().ok();
    let is_decade =
        |decade: &i16| decade % 10 == 0 && (1900..=ctx.today.year()).contains(&i32::from(*decade));
    faults.check(
        birth_decade.is_some_and(|decade| decade.as_ref().is_none_or(is_decade)),
        "birthDecade",
        "OUT_OF_RANGE",
    );
    let max_active = told.max_active.map(i16::try_from).transpose().ok();
    faults.check(
        max_active.is_some_and(|max| max.is_none_or(|max| (1..=20).contains(&max))),
        "maxActive",
        "OUT_OF_RANGE",
    );
    let weekdays = told.weekdays.as_deref().map_or(127, weekday_mask);
    faults.check(weekdays != 0, "weekdays", "REQUIRED");
    for (field, codes) in [
        ("interests", &told.interests),
        ("languages", &told.languages),
        ("municipalities", &told.municipalities),
    ] {
        faults.check(codes.len() <= MOST_CODES, field, "OUT_OF_RANGE");
    }
    let is_language = |code: &String| Language::ALL.iter().any(|it| it.code() == code);
    faults
        .check(!told.languages.is_empty(), "languages", "REQUIRED")
        .check(
            told.languages.iter().all(is_language),
            "languages",
            "UNKNOWN_CODE",
        )
        .check(
            told.municipalities
                .iter()
                .all(|it| is_municipality_code(it)),
            "municipalities",
            "MALFORMED",
        );
    if told.interests.len() <= MOST_CODES {
        let unknown = organisations::unknown_codes(db, CodeList::Interest, &told.interests).await?;
        faults.check(unknown.is_empty(), "interests", "UNKNOWN_CODE");
    }
    faults.done()?;
    Ok(Told {
        background: told.background,
        county_code: told.county_code.clone(),
        birth_decade: birth_decade.flatten(),
        weekdays,
        max_active: max_active.flatten(),
        interests: told.interests.iter().cloned().collect(),
        languages: told.languages.iter().cloned().collect(),
        municipalities: told.municipalities.iter().cloned().collect(),
    })
}

/// Whether somebody holds, or held, a role in an organisation: that makes them known there.
async fn belongs(
    db: &impl ConnectionTrait,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT p.id FROM people p WHERE p.id = $1 AND p.erased_at IS NULL AND EXISTS (
           SELECT 1 FROM role_grants g WHERE g.person_id = p.id AND g.organisation_id = $2 AND g.cancelled_at IS NULL)",
    );
    #[derive(FromQueryResult)]
    struct Row {
        #[allow(dead_code)]
        id: PersonId,
    }
    let row: Option<Row> = SQL
        .one(db, [person.0.into(), organisation.0.into()])
        .await?;
    Ok(row.is_some())
}

async fn write_codes(act: &Act<'_>, id: SupportPersonId, told: &Told) -> Result<()> {
    static FORGET: [Sql; 3] = [
        Sql::new("DELETE FROM support_person_interests WHERE support_person_id = $1"),
        Sql::new("DELETE FROM support_person_languages WHERE support_person_id = $1"),
        Sql::new("DELETE FROM support_person_municipalities WHERE support_person_id = $1"),
    ];
    static KEEP: [Sql; 3] = [
        Sql::new("INSERT INTO support_person_interests (support_person_id, code) VALUES ($1, $2)"),
        Sql::new("INSERT INTO support_person_languages (support_person_id, code) VALUES ($1, $2)"),
        Sql::new(
            "INSERT INTO support_person_municipalities (support_person_id, code) VALUES ($1, $2)",
        ),
    ];
    let lists = [&told.interests, &told.languages, &told.municipalities];
    for ((forget, keep), codes) in FORGET.iter().zip(&KEEP).zip(lists) {
        forget.run(&act.tx, [id.0.into()]).await?;
        for code in codes {
            keep.run(&act.tx, [id.0.into(), code.clone().into()])
                .await?;
        }
    }
    Ok(())
}

/// Gives the role from today on, unless the person has it.
async fn give_role(act: &Act<'_>, person: PersonId, organisation: OrganisationId) -> Result<()> {
    static GIVE: Sql = Sql::new(
        "INSERT INTO role_grants (id, person_id, organisation_id, role, valid_from, version, created_at)
         SELECT $1, $2, $3, $4, $5, 1, $6 WHERE NOT EXISTS (
           SELECT 1 FROM role_grants g WHERE g.person_id = $2 AND g.organisation_id = $3 AND g.role = $4
             AND g.cancelled_at IS NULL AND g.valid_from <= $5 AND (g.valid_to IS NULL OR g.valid_to >= $5))",
    );
    let values = [
        RoleGrantId::random().0.into(),
        person.0.into(),
        organisation.0.into(),
        code(Role::SupportPerson),
        act.ctx.today.into(),
        act.ctx.now.into(),
    ];
    GIVE.run(&act.tx, values).await?;
    Ok(())
}
