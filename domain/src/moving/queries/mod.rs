//! The SQL of moving: what an organisation has in the register, read as it would stand in a file.

mod relationships;
mod taught;
mod volunteers;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ExpertProfileId, GateId, Id as _, MeetingId, OrganisationId, PersonId, ProgrammeId,
    RoleGrantId, SupportPersonActId, SupportPersonId, SupportRelationshipId,
};
use rinnalla_entity::states::{
    MeetingChannel, PartnershipKind, Role, SupportBackground, SupportPersonActKind,
    SupportPersonStatus,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::template::List;
use super::told::{MeetingTold, RoleTold, Stood, SupporterTold};
use super::words::Words;
use crate::access::{MoveRegister, Scope};
use crate::error::Result;
use crate::sql::Sql;
use crate::support_persons::rules::Entry;
pub(in crate::moving) use relationships::{
    Relationships, StoodRelationship, relationship_version, relationship_versions, relationships,
};
pub(in crate::moving) use taught::{Taught, Version};
pub(in crate::moving) use volunteers::{Named, Volunteers, named};

/// The organisation that is moved, where the scope covers it.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::moving) struct Own {
    pub id: OrganisationId,
    pub name: String,
    pub county_code: String,
    pub max_active_default: i16,
}

pub(in crate::moving) async fn own(
    db: &impl ConnectionTrait,
    scope: &Scope<MoveRegister>,
    id: OrganisationId,
) -> Result<Option<Own>> {
    static SQL: Sql = Sql::new(
        "SELECT id, name, county_code, max_active_default FROM organisations WHERE id = $1",
    );
    match scope.covers(id) {
        true => SQL.one(db, [id.0.into()]).await,
        false => Ok(None),
    }
}

/// A partner, and what it does.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::moving) struct Partner {
    pub id: OrganisationId,
    pub name: String,
    pub kind: PartnershipKind,
}

pub(in crate::moving) async fn partners(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    today: NaiveDate,
) -> Result<Vec<Partner>> {
    static SQL: Sql = Sql::new(
        "SELECT o.id, o.name, p.kind FROM partnerships p JOIN organisations o ON o.id = p.partner_id
         WHERE p.organisation_id = $1 AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to >= $2)
         ORDER BY o.name, o.id",
    );
    SQL.all(db, [of.0.into(), today.into()]).await
}

/// The words of the register's own lists.
pub(in crate::moving) async fn words(db: &impl ConnectionTrait) -> Result<Words> {
    static CODES: Sql =
        Sql::new("SELECT list, code, name_fi, name_sv, name_en FROM codes ORDER BY list, code");
    static COUNTIES: Sql = Sql::new(
        "SELECT 'COUNTY' AS list, code, name_fi, name_sv, name_fi AS name_en FROM counties ORDER BY code",
    );
    #[derive(FromQueryResult)]
    struct Row {
        list: String,
        code: String,
        name_fi: String,
        name_sv: String,
        name_en: String,
    }
    let mut rows: Vec<Row> = CODES.all(db, []).await?;
    rows.extend(COUNTIES.all::<Row>(db, []).await?);
    Ok(Words::new(rows.into_iter().filter_map(|row| {
        let list = List::stored(&row.list)?;
        Some((list, row.code, [row.name_fi, row.name_sv, row.name_en]))
    })))
}

#[derive(FromQueryResult)]
struct OnePerson {
    id: PersonId,
}

/// Everybody whom the organisation knows: in a role there or at a partner, or a professional of its cases.
pub(in crate::moving) async fn people(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    at: &[OrganisationId],
) -> Result<Vec<PersonId>> {
    static SQL: Sql = Sql::new(
        "SELECT g.person_id AS id FROM role_grants g WHERE g.cancelled_at IS NULL AND g.organisation_id = ANY_ID($1)
         UNION
         SELECT k.person_id FROM case_professionals k JOIN supported_cases c ON c.id = k.case_id
         WHERE c.organisation_id = $2 AND k.to_on IS NULL",
    );
    let ids = crate::sql::ids(db.get_database_backend(), at.iter().copied());
    let rows: Vec<OnePerson> = SQL.all(db, [ids, of.0.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Whose each mail address of the register is, by its keyed hash.
pub(in crate::moving) async fn addresses(
    db: &impl ConnectionTrait,
) -> Result<HashMap<Vec<u8>, PersonId>> {
    static SQL: Sql =
        Sql::new("SELECT id, email_lookup FROM people WHERE email_lookup IS NOT NULL");
    #[derive(FromQueryResult)]
    struct Row {
        id: PersonId,
        email_lookup: Vec<u8>,
    }
    let rows: Vec<Row> = SQL.all(db, []).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.email_lookup, row.id))
        .collect())
}

pub(in crate::moving) type Grants =
    BTreeMap<(PersonId, OrganisationId, Role), (RoleGrantId, Stood<RoleTold>)>;

/// The newest grant of each role.
pub(in crate::moving) async fn grants(
    db: &impl ConnectionTrait,
    at: &[OrganisationId],
) -> Result<Grants> {
    static SQL: Sql = Sql::new(
        "SELECT id, person_id, organisation_id, role, valid_from, valid_to, version FROM role_grants
         WHERE cancelled_at IS NULL AND organisation_id = ANY_ID($1) ORDER BY valid_from, id",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: RoleGrantId,
        person_id: PersonId,
        organisation_id: OrganisationId,
        role: Role,
        valid_from: NaiveDate,
        valid_to: Option<NaiveDate>,
        version: i32,
    }
    let ids = crate::sql::ids(db.get_database_backend(), at.iter().copied());
    let rows: Vec<Row> = SQL.all(db, [ids]).await?;
    let read = |row: Row| {
        let told = RoleTold {
            person: row.person_id,
            organisation: row.organisation_id,
            role: row.role,
            from: row.valid_from,
            to: row.valid_to,
        };
        let version = row.version.into();
        (
            (told.person, told.organisation, told.role),
            (row.id, Stood { told, version }),
        )
    };
    Ok(rows.into_iter().map(read).collect())
}

pub(in crate::moving) type Supporters = BTreeMap<PersonId, (SupportPersonId, Stood<SupporterTold>)>;

/// What a support person's gates are worked out from besides what a file tells.
#[derive(Clone, Debug)]
pub(in crate::moving) struct Held {
    pub status: SupportPersonStatus,
    pub first_programme: Option<ProgrammeId>,
    /// Further gates, and moves to other programmes: the template has no room for them, and they stay as they are.
    pub others: Vec<Entry>,
}

/// The organisation's support persons. Of several weekends the first two, of several pauses the last.
pub(in crate::moving) async fn supporters(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<(Supporters, HashMap<SupportPersonId, Held>)> {
    static PERSONS: Sql = Sql::new(
        "SELECT id, person_id, background, status, birth_decade, county_code, weekdays, max_active, first_programme_id, version
         FROM support_persons WHERE organisation_id = $1 ORDER BY id",
    );
    static ACTS: Sql = Sql::new(
        "SELECT id, support_person_id, kind, on_date, gate_id, programme_id, expert_id FROM support_person_acts
         WHERE organisation_id = $1 AND cancelled_at IS NULL ORDER BY on_date, seq, id",
    );
    static CODES: Sql = Sql::new(
        "SELECT sp.id AS support_person_id, 1 AS list, t.code FROM support_persons sp
           JOIN support_person_interests t ON t.support_person_id = sp.id WHERE sp.organisation_id = $1
         UNION ALL
         SELECT sp.id, 2, t.code FROM support_persons sp
           JOIN support_person_languages t ON t.support_person_id = sp.id WHERE sp.organisation_id = $1
         UNION ALL
         SELECT sp.id, 3, t.code FROM support_persons sp
           JOIN support_person_municipalities t ON t.support_person_id = sp.id WHERE sp.organisation_id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: SupportPersonId,
        person_id: PersonId,
        background: SupportBackground,
        status: SupportPersonStatus,
        birth_decade: Option<i16>,
        county_code: String,
        weekdays: i16,
        max_active: i16,
        first_programme_id: Option<ProgrammeId>,
        version: i32,
    }
    #[derive(FromQueryResult)]
    struct Act {
        id: SupportPersonActId,
        support_person_id: SupportPersonId,
        kind: SupportPersonActKind,
        on_date: NaiveDate,
        gate_id: Option<GateId>,
        programme_id: Option<ProgrammeId>,
        expert_id: Option<ExpertProfileId>,
    }
    #[derive(FromQueryResult)]
    struct Code {
        support_person_id: SupportPersonId,
        list: i32,
        code: String,
    }
    let own = || [Value::from(of.0)];
    let mut acts: HashMap<SupportPersonId, Vec<(SupportPersonActKind, NaiveDate)>> = HashMap::new();
    let mut others: HashMap<SupportPersonId, Vec<Entry>> = HashMap::new();
    for act in ACTS.all::<Act>(db, own()).await? {
        let of = act.support_person_id;
        if act.gate_id.is_some() || act.programme_id.is_some() || act.expert_id.is_some() {
            others.entry(of).or_default().push(Entry {
                id: act.id,
                kind: act.kind,
                on: act.on_date,
                gate: act.gate_id,
                programme: act.programme_id,
                expert: act.expert_id,
            });
        } else {
            acts.entry(of).or_default().push((act.kind, act.on_date));
        }
    }
    let mut codes: HashMap<SupportPersonId, [BTreeSet<String>; 3]> = HashMap::new();
    for code in CODES.all::<Code>(db, own()).await? {
        let lists = codes.entry(code.support_person_id).or_default();
        let place = usize::try_from(code.list - 1).unwrap_or_default();
        lists[place.min(2)].insert(code.code);
    }
    let rows: Vec<Row> = PERSONS.all(db, own()).await?;
    let (mut supporters, mut held) = (Supporters::new(), HashMap::new());
    for row in rows {
        let [interests, languages, municipalities] = codes.remove(&row.id).unwrap_or_default();
        let told = SupporterTold {
            person: row.person_id,
            background: row.background,
            county: row.county_code,
            birth_decade: row.birth_decade,
            weekdays: row.weekdays,
            max_active: row.max_active,
            interests,
            languages,
            municipalities,
            acts: as_columns(&acts.remove(&row.id).unwrap_or_default()),
        };
        let version = row.version.into();
        supporters.insert(row.person_id, (row.id, Stood { told, version }));
        let of_one = Held {
            status: row.status,
            first_programme: row.first_programme_id,
            others: others.remove(&row.id).unwrap_or_default(),
        };
        held.insert(row.id, of_one);
    }
    Ok((supporters, held))
}

/// The acts that the columns have room for.
fn as_columns(
    acts: &[(SupportPersonActKind, NaiveDate)],
) -> Vec<(SupportPersonActKind, NaiveDate)> {
    use SupportPersonActKind::{Paused, Resumed, TrainingWeekendAttended};
    let days = |kind| {
        acts.iter()
            .filter(move |(it, _)| *it == kind)
            .map(|(_, on)| *on)
    };
    let last_pause = days(Paused).next_back();
    let mut columns = Vec::new();
    for (column, kind) in super::told::ACTS {
        let on = match (column, kind) {
            ("weekend_2_on", TrainingWeekendAttended) => days(kind).nth(1),
            (_, Paused) => last_pause,
            (_, Resumed) => days(kind)
                .next_back()
                .filter(|on| last_pause.is_some_and(|from| *on >= from)),
            _ => days(kind).next(),
        };
        columns.extend(on.map(|on| (kind, on)));
    }
    columns
}

pub(in crate::moving) type Meetings = BTreeMap<MeetingId, Stood<MeetingTold>>;

/// The organisation's meetings that count.
pub(in crate::moving) async fn meetings(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<Meetings> {
    static SQL: Sql = Sql::new(
        "SELECT id, relationship_id, met_on, minutes, activity, channel, version FROM meetings
         WHERE organisation_id = $1 AND cancelled_at IS NULL",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: MeetingId,
        relationship_id: SupportRelationshipId,
        met_on: NaiveDate,
        minutes: i16,
        activity: String,
        channel: MeetingChannel,
        version: i32,
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    let read = |row: Row| {
        let told = MeetingTold {
            relationship: row.relationship_id,
            on: row.met_on,
            minutes: row.minutes,
            activity: row.activity,
            channel: row.channel,
        };
        let version = row.version.into();
        (row.id, Stood { told, version })
    };
    Ok(rows.into_iter().map(read).collect())
}

/// A row that was moved in before.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::moving) struct Moved {
    pub kind: String,
    pub key_lookup: Vec<u8>,
    pub object_id: Uuid,
    pub content_lookup: Vec<u8>,
    pub object_version: i64,
}

pub(in crate::moving) async fn moved(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<Vec<Moved>> {
    static SQL: Sql = Sql::new(
        "SELECT kind, key_lookup, object_id, content_lookup, object_version FROM moved_rows WHERE organisation_id = $1",
    );
    SQL.all(db, [of.0.into()]).await
}

/// Those of these case codes that are taken.
pub(in crate::moving) async fn taken_codes(
    db: &impl ConnectionTrait,
    codes: &BTreeSet<String>,
) -> Result<BTreeSet<String>> {
    static SQL: Sql =
        Sql::new("SELECT case_code FROM supported_cases WHERE case_code = ANY_TEXT($1)");
    #[derive(FromQueryResult)]
    struct Row {
        case_code: String,
    }
    let list = crate::sql::texts(db.get_database_backend(), codes.iter().cloned());
    let rows: Vec<Row> = SQL.all(db, [list]).await?;
    Ok(rows.into_iter().map(|row| row.case_code).collect())
}

/// Makes imports into one organisation wait for each other.
pub(in crate::moving) async fn lock(db: &impl ConnectionTrait, of: OrganisationId) -> Result<()> {
    static SQL: Sql = Sql::new("UPDATE organisations SET version = version WHERE id = $1");
    SQL.run(db, [of.uuid().into()]).await?;
    Ok(())
}
